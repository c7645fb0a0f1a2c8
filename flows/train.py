"""The train flow: one PPO update for every batch of fresh rollouts that waits."""

import time
from typing import TYPE_CHECKING, Annotated

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows import goal
from flows.names import Reason, flow_run_name, labels
from flows.project import Project, RunName, open_project
from flows.retrying import IO_RETRIES
from flows.showing import best_effort
from flows.steps import due
from storage.errors import CheckpointNotFound, TrainerBusy

if TYPE_CHECKING:
    from ascension.records import Update

Linger = Annotated[
    float, Field(ge=0, le=3600, description="Seconds to wait for the next batch before ending")
]
Stay = Annotated[bool, Field(description="Stay and wait, even if no batch waits yet")]
Minutes = Annotated[float, Field(gt=0, le=240, description="Longest time to go on training")]
COLUMNS = (
    "total_updates transitions mean_floor mean_reward approx_kl clip_fraction normalized_entropy "
    "explained_variance lr auto_tune_action mean_lag update_seconds"
).split()
POLL_SECONDS = 0.5
SHOWN_UPDATES = 200  # the newest ones; all are in the table `updates`


@task(
    name="update",
    task_run_name="drain",
    timeout_seconds=5 * 3600,
    cache_policy=NO_CACHE,
    persist_result=False,
    **IO_RETRIES,
)
def drain(project: Project, linger_seconds: float, minutes: float) -> "list[Update]":
    """Update until no batch has come for `linger_seconds`; a Python start costs many updates."""
    from flows.steps import training

    log = get_run_logger()
    deadline = time.monotonic() + 60 * minutes

    def say(update: "Update") -> None:
        log.info(
            "update %d: %d transitions, mean floor %.1f, kl %.4f, %.1f s",
            update.total_updates,
            update.transitions,
            update.mean_floor,
            update.approx_kl,
            update.update_seconds,
        )

    def is_over(update: int) -> bool:
        return time.monotonic() > deadline or goal.is_reached(project, update)

    while not due.is_started(project) and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)  # only with `stay`: the clone is being made
    return training.train_waiting(
        project, linger_seconds=linger_seconds, is_over=is_over, on_update=say
    )


def _show(project: Project, updates: "list[Update]", reason: str) -> None:
    with best_effort("the table of updates"):
        create_table_artifact(
            [{name: getattr(u, name) for name in COLUMNS} for u in updates[-SHOWN_UPDATES:]],
            key=f"updates-{project.key}",
            description=f"{len(updates)} PPO updates of run {project.run} ({reason})",
        )


@flow(
    name="train",
    flow_run_name=flow_run_name,
    description="A PPO update whenever eight fresh rollouts wait, from most_rollouts at most.",
    timeout_seconds=5 * 3600,
    persist_result=False,
)
def train(
    run: RunName = "main",
    reason: Reason = "by hand",
    linger_seconds: Linger = 120.0,
    minutes: Minutes = 60.0,
    stay: Stay = False,
) -> int:
    """Returns the number of updates made. Does nothing if fewer rollouts wait than a batch.

    Args:
        run: Name of the training run: its folder, its rows, its settings.
        reason: Why it runs; becomes part of the flow run's name.
        linger_seconds: How long to wait for the next batch before ending.
        minutes: Longest time to go on training.
        stay: Stay and wait even if no batch waits yet: then no start of Python delays the first.
    """
    log = get_run_logger()
    project = open_project(run)
    if not (stay or due.batch_waits(project)):
        log.info("%d rollouts wait, fewer than a batch", due.waiting_rollouts(project))
        return 0
    try:
        with labels(run):
            updates = drain(project, linger_seconds, minutes)
    except (TrainerBusy, CheckpointNotFound) as error:
        log.info("%s", error)
        return 0
    if updates:
        _show(project, updates, reason)
    return len(updates)


if __name__ == "__main__":
    train()
