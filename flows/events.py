"""What the flows tell each other through Prefect's events.

An event is a hint: it may be lost, doubled or late. Whoever wakes up looks at storage and decides
by that.
"""

from typing import Final

from prefect.events import emit_event

BATCH_READY: Final = "ascension.rollouts.batch-ready"
MILESTONE: Final = "ascension.games.milestone"


def _emit(event: str, run: str, payload: dict[str, str | int]) -> None:
    emit_event(
        event,
        resource={"prefect.resource.id": f"ascension.run.{run}", "prefect.resource.name": run},
        payload={"run": run, **payload},
    )


def batch_ready(run: str, waiting: int) -> None:
    """At least one batch of rollouts waits for the trainer."""
    _emit(BATCH_READY, run, {"waiting": waiting})


def milestone(run: str, games: int) -> None:
    """Enough games were collected since the last evaluation."""
    _emit(MILESTONE, run, {"games": games})
