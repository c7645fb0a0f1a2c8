"""The train flow: one PPO update for every batch of fresh rollouts that waits."""

from typing import Annotated

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from ascension.records import Update
from flows.project import Project, RunName, open_project
from flows.steps import training
from storage.errors import CheckpointNotFound, TrainerBusy

Linger = Annotated[
    float, Field(ge=0, le=3600, description="Seconds to wait for the next batch before ending")
]
COLUMNS = (
    "total_updates transitions mean_floor mean_reward approx_kl clip_fraction normalized_entropy "
    "explained_variance lr auto_tune_action mean_lag update_seconds"
).split()


def _flow_run_name() -> str:
    reason = str(runtime.flow_run.parameters["reason"]).replace(" ", "-")
    return f"train-{runtime.flow_run.parameters['run']}-{reason}"


@task(
    name="update",
    task_run_name="drain",
    timeout_seconds=3 * 3600,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def drain(project: Project, linger_seconds: float) -> list[Update]:
    """Update until no batch has come for `linger_seconds`."""
    log = get_run_logger()

    def say(update: Update) -> None:
        log.info(
            "update %d: %d transitions, mean floor %.1f, kl %.4f, %.1f s",
            update.total_updates,
            update.transitions,
            update.mean_floor,
            update.approx_kl,
            update.update_seconds,
        )

    return training.train_waiting(project, linger_seconds=linger_seconds, on_update=say)


@flow(
    name="train",
    flow_run_name=_flow_run_name,
    description="One PPO update for every eight fresh rollouts that wait.",
    timeout_seconds=4 * 3600,
    persist_result=False,
)
def train(run: RunName = "main", reason: str = "by hand", linger_seconds: Linger = 120.0) -> int:
    """Returns the number of updates made. Does nothing if fewer rollouts wait than a batch."""
    log = get_run_logger()
    project = open_project(run)
    waiting = training.waiting_count(project)
    if waiting < project.settings.train.batch_rollouts:
        log.info(
            "%d rollouts wait, %d make a batch: nothing to do",
            waiting,
            project.settings.train.batch_rollouts,
        )
        return 0
    try:
        updates = drain(project, linger_seconds)
    except (TrainerBusy, CheckpointNotFound) as error:
        log.warning("%s", error)
        return 0
    if updates:
        create_table_artifact(
            [{name: getattr(update, name) for name in COLUMNS} for update in updates],
            key=f"updates-{run.lower()}",
            description=f"PPO updates of run {run} ({reason})",
        )
    return len(updates)


if __name__ == "__main__":
    train()
