"""Build step: compile the rules and the encoder with mypyc where a C compiler is at hand.

Without one the package installs all the same and runs interpreted, with the same results.
`ASCENSION_ENGINE=interpreted pip install .` skips the compilation.
"""

import json
import os
import shutil
import sys
import sysconfig
from pathlib import Path

from setuptools import setup

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))

from ascension.engine_build import BUILD_FILE, compiled_sources, source_hash  # noqa: E402


def has_compiler() -> bool:
    """Whether the C compiler that Python was built with (or cc) can be called."""
    configured = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    return any(shutil.which(name) for name in (configured, "cc", "gcc", "clang", "cl"))


def extensions() -> list:
    """The mypyc extensions, or an empty list where nothing can be compiled."""
    build_file = ROOT / "ascension" / BUILD_FILE
    build_file.unlink(missing_ok=True)
    if os.environ.get("ASCENSION_ENGINE") == "interpreted" or not has_compiler():
        print("ascension: no C compiler (or not wanted): the engine will run interpreted")
        return []
    from mypyc.build import mypycify

    sources = compiled_sources(ROOT / "ascension")
    modules = mypycify(
        ["--config-file", "", *[str(path.relative_to(ROOT)) for path in sources]],
        opt_level=os.environ.get("ASCENSION_OPT_LEVEL", "2"),
        debug_level="0",
        group_name="ascension",
    )
    build_file.write_text(
        json.dumps({"sources": source_hash(ROOT / "ascension"), "python": sys.version}),
        encoding="utf-8",
    )
    return modules


setup(ext_modules=extensions())
