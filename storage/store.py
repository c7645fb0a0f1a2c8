"""The places of one data folder; every path of the project is made here."""

import re
from dataclasses import dataclass
from pathlib import Path

from storage.errors import StorageError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def checked_name(kind: str, name: str) -> str:
    """The name of a run, worker or policy if it is fit for a path; StorageError otherwise."""
    if not _NAME.fullmatch(name):
        raise StorageError(
            f"{kind} {name!r}: use 1 to 64 letters, digits, '_', '-' or '.', not starting with '.'"
        )
    return name


@dataclass(frozen=True, slots=True)
class Store:
    """A data folder. Nothing is created before something is written."""

    root: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "root", Path(self.root).resolve())

    def rollouts(self, run: str) -> Path:
        """Folder of a run's rollouts that wait for the trainer."""
        return self.root / "rollouts" / f"run={checked_name('run', run)}"

    def kept_rollouts(self, run: str) -> Path:
        """Folder of consumed rollouts, where a setting keeps them."""
        return self.root / "kept_rollouts" / f"run={checked_name('run', run)}"

    def demonstrations(self, name: str) -> Path:
        """Folder of a teacher's games."""
        return self.root / "demonstrations" / f"set={checked_name('demonstrations', name)}"

    def checkpoints(self, run: str) -> Path:
        """Folder of a run's checkpoints."""
        return self.root / "checkpoints" / f"run={checked_name('run', run)}"

    def facts(self, table: str, run: str) -> Path:
        """Folder of one fact table's files of a run."""
        return self.root / "facts" / table / f"run={checked_name('run', run)}"

    @property
    def all_facts(self) -> Path:
        """Folder of all fact tables."""
        return self.root / "facts"

    @property
    def quarantine(self) -> Path:
        """Folder of files that could not be used, each with its reason."""
        return self.root / "quarantine"

    @property
    def database(self) -> Path:
        """The stats database."""
        return self.root / "stats.duckdb"

    def lock(self, name: str) -> Path:
        """A lock file."""
        return self.root / "locks" / f"{checked_name('lock', name)}.lock"

    def runs(self) -> list[str]:
        """Names of all runs with a checkpoint or a fact, sorted."""
        folders = [*self.root.glob("checkpoints/run=*"), *self.root.glob("facts/*/run=*")]
        return sorted({folder.name.removeprefix("run=") for folder in folders})
