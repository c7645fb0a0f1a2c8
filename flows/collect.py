"""The collect flow: play games for a while, batch after batch, always with the newest policy."""

import time
from typing import Annotated

from prefect import flow, get_run_logger, runtime, task
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows import events
from flows.project import Project, RunName, open_project
from flows.steps import collecting, evaluating, training
from flows.steps.collecting import Collected
from storage.errors import CheckpointNotFound

PAUSE_SECONDS = 0.5
Minutes = Annotated[float, Field(gt=0, le=240, description="How long to go on playing")]


def _flow_run_name() -> str:
    return f"collect-{runtime.flow_run.parameters['run']}"


class Announcer:
    """Wakes trainer and evaluator when storage says there is work and none is at it.

    At most one call each in `quiet_seconds`: a call that is lost is repeated, a call that is not
    needed would only leave a cancelled run in the list.
    """

    def __init__(self, project: Project, quiet_seconds: float = 15.0) -> None:
        self.project = project
        self.quiet_seconds = quiet_seconds
        self.last = {"train": -quiet_seconds, "evaluate": -quiet_seconds}

    def look(self) -> None:
        """Emit what is due now."""
        project = self.project
        waiting = training.waiting_count(project)
        if waiting >= project.settings.train.batch_rollouts and self._may("train"):
            events.batch_ready(project.run, waiting)
        if evaluating.is_due(project) and self._may("evaluate"):
            events.milestone(project.run, evaluating.games_collected(project))

    def _may(self, role: str) -> bool:
        now = time.monotonic()
        if now - self.last[role] < self.quiet_seconds or self.project.is_busy(role):
            return False
        self.last[role] = now
        return True


@task(
    name="play-batch",
    task_run_name="batch-{batch}",
    retries=2,
    retry_delay_seconds=2,
    retry_jitter_factor=0.5,
    timeout_seconds=1800,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def play_batch(announcer: Announcer, worker: str, batch: int) -> Collected:
    """Play one batch of games and commit its rollouts."""
    return collecting.collect_batch(
        announcer.project, worker, batch, on_games=lambda group: announcer.look()
    )


@flow(
    name="collect",
    flow_run_name=_flow_run_name,
    description="Play games with the newest policy and commit each as one Parquet rollout.",
    timeout_seconds=5 * 3600,
    persist_result=False,
)
def collect(run: RunName = "main", minutes: Minutes = 30.0) -> int:
    """Returns the number of games played."""
    log = get_run_logger()
    project = open_project(run)
    announcer = Announcer(project)
    worker = collecting.worker_name()
    started = time.monotonic()
    progress = create_progress_artifact(0.0, key=f"collect-{run.lower()}", description="Time used")
    games = batch = 0
    while (used := time.monotonic() - started) < minutes * 60:
        if collecting.must_pause(project):
            announcer.look()  # the first call may have been lost
            time.sleep(PAUSE_SECONDS)
            continue
        try:
            report = play_batch(announcer, worker, batch)
        except CheckpointNotFound as error:
            log.warning("%s", error)
            break
        games += report.games
        batch += 1
        log.info(
            "%d games, %.0f decisions/s, policy of update %d, %d rollouts wait",
            report.games,
            report.decisions_per_second,
            report.update,
            report.waiting,
        )
        update_progress_artifact(progress, min(100.0, 100 * used / (minutes * 60)))
    return games


if __name__ == "__main__":
    collect()
