"""Optional libraries: imported when they are needed, named with their extra when they miss."""

from importlib import import_module
from types import ModuleType


class MissingExtra(RuntimeError):
    """A library that an optional feature needs is not installed."""


def require(module: str, extra: str, purpose: str) -> ModuleType:
    """The module, or MissingExtra with the command that installs it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra(
            f"{purpose} needs {module.partition('.')[0]} ({error}): "
            f"pip install -c constraints.txt -e '.[{extra}]'"
        ) from error
