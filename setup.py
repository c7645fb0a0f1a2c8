"""Build step: compile the rules and the encoder with mypyc where a C compiler is at hand.

Without one the package installs all the same and runs interpreted, with the same results.
`ASCENSION_ENGINE=interpreted pip install .` skips the compilation.
"""

import importlib.util
import json
import os
import shutil
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

from setuptools import setup
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).parent
BUILDS = {"build", "build_ext", "editable_wheel", "bdist_wheel", "develop", "install"}


def engine_build() -> ModuleType:
    """`ascension/engine_build.py` alone: importing the package would refuse a stale build."""
    spec = importlib.util.spec_from_file_location(
        "engine_build", ROOT / "ascension" / "engine_build.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def has_compiler() -> bool:
    """Whether the C compiler that Python was built with (or cc) can be called."""
    configured = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    return any(shutil.which(name) for name in (configured, "cc", "gcc", "clang", "cl"))


def extensions() -> list:
    """The mypyc extensions, or an empty list where nothing can be compiled."""
    if not BUILDS.intersection(sys.argv):
        return []  # pip asks for names and requirements first: nothing to compile for that
    rules = engine_build()
    build_file = ROOT / "ascension" / rules.BUILD_FILE
    build_file.unlink(missing_ok=True)
    if os.environ.get("ASCENSION_ENGINE") == "interpreted" or not has_compiler():
        print("ascension: no C compiler (or not wanted): the engine will run interpreted")
        return []
    from mypyc.build import mypycify

    sources = rules.compiled_sources(ROOT / "ascension")
    names = [str(path.relative_to(ROOT)) for path in sources]
    modules = mypycify(
        ["--config-file", str(ROOT / "mypyc.ini"), *names],
        opt_level=os.environ.get("ASCENSION_OPT_LEVEL", "2"),
        debug_level="0",
        multi_file=True,
        group_name="ascension",
    )
    if sys.platform == "linux":
        # The engine's modules call each other directly, not through the table of symbols.
        for module in modules:
            module.extra_compile_args += ["-fno-semantic-interposition"]
            module.extra_link_args += ["-Wl,-Bsymbolic-functions"]
    build_file.write_text(
        json.dumps({"sources": rules.source_hash(ROOT / "ascension"), "python": sys.version}),
        encoding="utf-8",
    )
    return modules


class ParallelBuild(build_ext):
    """Compiles the C files of the extension on all cores: setuptools takes one after the other."""

    def build_extensions(self) -> None:
        """Build, with the compiler's `compile` spread over threads."""
        compile_together = self.compiler.compile

        def compile_in_parallel(sources: list[str], **options: object) -> list[str]:
            def compile_one(source: str) -> list[str]:
                return compile_together([source], **options)

            with ThreadPoolExecutor(os.cpu_count()) as pool:
                return [name for names in pool.map(compile_one, sources) for name in names]

        self.compiler.compile = compile_in_parallel
        super().build_extensions()


setup(ext_modules=extensions(), cmdclass={"build_ext": ParallelBuild})
