"""Where the numbers of every update go besides the tables: TensorBoard, if the run asks for it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from ascension.records import Update
from flows.extras import require
from flows.project import Project


class MetricSink(Protocol):
    """Whoever wants the numbers of every update."""

    def record(self, update: Update) -> None:
        """Take the numbers of a committed update."""


class NoSink:
    """Nobody."""

    def record(self, update: Update) -> None:
        """Do nothing."""


class TensorBoard:
    """Event files of a run: every number of every update, by transitions."""

    def __init__(self, folder: Path) -> None:
        require("tensorboard", "tensorboard", "the setting `tensorboard` of this run")
        writing = require("torch.utils.tensorboard", "tensorboard", "the setting `tensorboard`")
        self._writer: Any = writing.SummaryWriter(str(folder))

    def record(self, update: Update) -> None:
        """Write the numbers at once: whoever looks on sees them."""
        for name, number in scalars(update).items():
            self._writer.add_scalar(name, number, update.total_transitions)
        self._writer.flush()

    def close(self) -> None:
        """Finish the event file."""
        self._writer.close()


def scalars(update: Update) -> dict[str, float]:
    """All numbers of an update by name; those of mappings as `name/key`."""
    found: dict[str, float] = {}
    for name, value in asdict(update).items():
        if isinstance(value, bool | int | float):
            found[name] = float(value)
        elif isinstance(value, Mapping):
            found |= {f"{name}/{key}": float(number) for key, number in value.items()}
    return found


def folder_of(project: Project) -> Path:
    """Where the run's event files lie."""
    return project.store.root / "tensorboard" / f"run={project.run}"


@contextmanager
def sink_of(project: Project) -> Iterator[MetricSink]:
    """What the run's settings ask for; MissingExtra if it is not installed."""
    if not project.settings.tensorboard:
        yield NoSink()
        return
    board = TensorBoard(folder_of(project))
    try:
        yield board
    finally:
        board.close()
