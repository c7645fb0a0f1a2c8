"""The evaluate flow: fixed seeds, played greedily by teacher, clone and newest policy."""

import os
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from prefect import flow, get_run_logger, runtime, task
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows import goal
from flows.names import Reason, flow_run_name, labels
from flows.project import Project, RunName, open_project
from flows.report import publish, write
from flows.retrying import IO_RETRIES
from flows.steps import due
from storage.errors import CheckpointNotFound, TrainerBusy

if TYPE_CHECKING:
    from flows.steps.evaluations import Evaluated

POLL_SECONDS = 0.5
NICE = 10  # collectors and trainer go first; when it is late they wait, and it has the machine
REPORT_SECONDS = 60.0  # between two reports of one flow run
Force = Annotated[bool, Field(description="Evaluate even if none is due")]
Linger = Annotated[
    float, Field(ge=0, le=3600, description="Seconds to wait for the next evaluation to be due")
]


@task(
    name="play-fixed-seeds",
    task_run_name="play-{reason}",
    timeout_seconds=2 * 3600,
    cache_policy=NO_CACHE,
    persist_result=False,
    **IO_RETRIES,
)
def play(project: Project, reason: str) -> "Evaluated":
    """Play the seeds with every policy that has not played them yet."""
    from flows.steps import evaluating

    log = get_run_logger()
    return evaluating.evaluate(
        project, reason, lambda policy, games: log.info("%s: %d games", policy, games)
    )


def _reasons(project: Project, reason: str, force: bool, linger_seconds: float) -> Iterator[str]:
    """Whenever an evaluation is due; a last one at the run's goal. Ends when none comes."""
    if force or due.evaluation_is_due(project):
        yield reason
    deadline = time.monotonic() + linger_seconds
    while time.monotonic() < deadline:
        if goal.is_reached(project, due.newest_update(project)) and not project.is_busy("train"):
            if not due.newest_is_evaluated(project):
                yield "goal"
            return
        if due.evaluation_is_due(project):
            yield f"{due.games_collected(project)} games"
            deadline = time.monotonic() + linger_seconds
        time.sleep(POLL_SECONDS)


@flow(
    name="evaluate",
    flow_run_name=flow_run_name,
    description="Play the fixed seeds greedily with teacher, clone and newest policy.",
    timeout_seconds=5 * 3600,
    persist_result=False,
)
def evaluate(
    run: RunName = "main",
    reason: Reason = "by hand",
    force: Force = False,
    linger_seconds: Linger = 120.0,
) -> list[str]:
    """Returns the names of the evaluations made.

    Does nothing if none is due; else it stays for the next, which saves a start.

    Args:
        run: Name of the training run: its folder, its rows, its settings.
        reason: Why it runs; becomes part of the flow run's name.
        force: Evaluate even if none is due.
        linger_seconds: How long to wait for the next evaluation to be due before ending.
    """
    log = get_run_logger()
    project = open_project(run)
    if runtime.deployment.id:
        os.nice(NICE)
    if not (force or due.evaluation_is_due(project)):
        log.info("%d games since the last evaluation", due.games_since_evaluation(project))
        return []
    names: list[str] = []
    reported, told = -REPORT_SECONDS, 0
    with labels(run):
        try:
            for occasion in _reasons(project, reason, force, linger_seconds):
                names.append(play(project, occasion).name)
                if time.monotonic() - reported >= REPORT_SECONDS:
                    write(project)
                    publish(project)
                    reported, told = time.monotonic(), len(names)
        except (CheckpointNotFound, TrainerBusy) as error:
            log.info("%s", error)
        if told < len(names):
            write(project)
            publish(project)
    return names


if __name__ == "__main__":
    evaluate(force=True, linger_seconds=0)
