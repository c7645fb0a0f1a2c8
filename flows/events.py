"""What the flows tell each other through Prefect's events.

An event is a hint: it may be lost, doubled or late. Whoever wakes up looks at storage and decides
by that; whoever waits for something says so again after a while.
"""

import time
from collections.abc import Callable
from typing import Final

from prefect.events import emit_event

from flows.project import Project
from flows.steps import due

UNSTARTED: Final = "ascension.run.unstarted"
BATCH_READY: Final = "ascension.rollouts.batch-ready"
MILESTONE: Final = "ascension.games.milestone"


def _emit(event: str, run: str, payload: dict[str, str | int]) -> None:
    emit_event(
        event,
        resource={"prefect.resource.id": f"ascension.run.{run}", "prefect.resource.name": run},
        payload={"run": run, **payload},
    )


class Announcer:
    """Wakes cloning, trainer and evaluator when storage says there is work and none is at it.

    At most one call each in `quiet_seconds`: a call that is lost is repeated, a call that is not
    needed would only leave a cancelled flow run in the list.
    """

    def __init__(self, project: Project, quiet_seconds: float = 20.0) -> None:
        self.project = project
        self.quiet_seconds = quiet_seconds
        self.called: dict[str, float] = {}

    def look(self) -> None:
        """Emit what is due now."""
        project = self.project
        if not due.is_started(project):
            self._call("clone", UNSTARTED, lambda: {})
            return
        if due.batch_waits(project):
            self._call("train", BATCH_READY, lambda: {"waiting": due.waiting_rollouts(project)})
        if due.evaluation_is_due(project):
            self._call("evaluate", MILESTONE, lambda: {"games": due.games_collected(project)})

    def _call(self, role: str, event: str, payload: Callable[[], dict[str, str | int]]) -> None:
        """Emit the event unless it was just emitted or someone is at work already."""
        now = time.monotonic()
        quiet_until = self.called.get(role, -self.quiet_seconds) + self.quiet_seconds
        if now < quiet_until or self.project.is_busy(role):
            return
        self.called[role] = now
        _emit(event, self.project.run, payload())
