"""Compiled or interpreted: which sources are compiled, and that a build matches its sources.

Never compiled itself. A compiled module shadows its `.py`, so an edit after the build would go
unnoticed; `check_build` makes that an error at import.
"""

import hashlib
import importlib.abc
import importlib.machinery
import json
import os
import sys
from collections.abc import Sequence
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from pathlib import Path
from types import ModuleType

ENGINE_VARIABLE = "ASCENSION_ENGINE"  # set to "interpreted" to ignore compiled modules
BUILD_FILE = "engine_build.json"
PACKAGE = Path(__file__).parent

# Tables, command-line texts and what must stay plain Python are not compiled.
_COMPILED = (
    *("game/*.py", "game/combat/**/*.py", "game/world/**/*.py"),
    *("environment/encod*.py", "environment/decisions*.py", "environment/session.py"),
    *("environment/standing.py", "environment/rewards.py", "environment/fights.py"),
)
_PLAIN = {"__init__.py", "wrapping.py", "describe.py", "recorded_relics.py", "recorded.py"}
# Rooms that a game enters a few times: compiling them would double the build and gain nothing.
_PLAIN |= {"digest.py", "errors.py", "coverage.py", "neow.py", "pickups.py"}
_PLAIN |= {"event_text.py", "neow_text.py"}
_PLAIN |= {f"events_{name}.py" for name in "act1 act2 act3 once shrines trades".split()}


class StaleBuild(ImportError):
    """The compiled engine was built from other sources than those on disk."""


def compiled_sources(package: Path = PACKAGE) -> list[Path]:
    """The files that mypyc compiles, in a fixed order."""
    found = {path for pattern in _COMPILED for path in package.glob(pattern)}
    return sorted(path for path in found if path.name not in _PLAIN)


def source_hash(package: Path = PACKAGE) -> str:
    """One hash over names and contents of the compiled sources."""
    digest = hashlib.blake2b(digest_size=16)
    for path in compiled_sources(package):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def wants_interpreted() -> bool:
    """Whether the environment asks for the interpreted engine."""
    return os.environ.get(ENGINE_VARIABLE) == "interpreted"


def check_build(package: Path = PACKAGE) -> None:
    """Raise StaleBuild if there is a compiled engine that does not match the sources."""
    build_file = package / BUILD_FILE
    if wants_interpreted() or not build_file.exists():
        return
    if json.loads(build_file.read_text(encoding="utf-8"))["sources"] != source_hash(package):
        raise StaleBuild(
            "the engine's sources changed after it was compiled: run `make build`, or set "
            f"{ENGINE_VARIABLE}=interpreted to run the sources as they are"
        )


class _SourceFinder(importlib.abc.MetaPathFinder):
    """Finds `.py` files only, so that compiled modules beside them are passed over."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if path is None or not name.startswith("ascension."):
            return None
        loader = (SourceFileLoader, importlib.machinery.SOURCE_SUFFIXES)
        for folder in path:
            spec = FileFinder(folder, loader).find_spec(name)
            if spec is not None:
                return spec
        return None


def prepare() -> None:
    """Called when `ascension` is imported: choose the engine and check the build."""
    if wants_interpreted():
        sys.meta_path.insert(0, _SourceFinder())
    check_build()
