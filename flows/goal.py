"""How far `ascension up` wants a run to go: all flows of the run look here and end in order.

The goal counts only while the command lives: it holds a lock that the kernel frees, so a killed
command leaves nothing behind that would stop the run the next time.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.project import Project
from storage.files import write_json
from storage.locks import exclusive

ROLE = "up"


def _path(project: Project) -> Path:
    return project.store.root / "settings" / f"{project.run}.goal.json"


@contextmanager
def driving(project: Project) -> Iterator[None]:
    """Be the one command that drives the run; TrainerBusy if another one does."""
    with exclusive(project.lock(ROLE), f"`ascension up` of run {project.run}"):
        _path(project).unlink(missing_ok=True)
        try:
            yield
        finally:
            _path(project).unlink(missing_ok=True)


def set_goal(project: Project, update: int) -> None:
    """The run shall end at this update; collectors, trainer and evaluator then end, too."""
    write_json(_path(project), {"update": update})


def goal_of(project: Project) -> int | None:
    """The update at which the run shall end; None if it shall go on."""
    try:
        update = int(json.loads(_path(project).read_text(encoding="utf-8"))["update"])
    except FileNotFoundError:
        return None
    return update if project.is_busy(ROLE) else None


def is_reached(project: Project, update: int) -> bool:
    """Whether a run at this update has reached its goal."""
    goal = goal_of(project)
    return goal is not None and update >= goal
