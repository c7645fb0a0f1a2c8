"""The collect flow: play games for a while, batch after batch, always with the newest policy."""

import time
from typing import TYPE_CHECKING, Annotated

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from flows import goal
from flows.events import Announcer
from flows.names import flow_run_name, labels
from flows.project import Project, RunName, open_project
from flows.retrying import IO_RETRIES
from flows.showing import Progress
from flows.steps import due

if TYPE_CHECKING:
    from flows.steps.collecting import Round

PAUSE_SECONDS = 0.25
TASK_SECONDS = 20.0  # a task costs the server about 50 ms, so it should be worth it
Minutes = Annotated[float, Field(gt=0, le=240, description="How long to go on playing")]


@task(
    name="play",
    task_run_name="play-from-{games}-games",
    timeout_seconds=3600,
    cache_policy=NO_CACHE,
    persist_result=False,
    **IO_RETRIES,
)
def play(
    project: Project, announcer: Announcer, games: int, seconds: float, play_round: "Round"
) -> int:
    """Play rounds for a while and commit their rollouts; returns how many games ended.

    Waits while there must be no more games, and calls for those who must work first.
    """
    played, deadline = 0, time.monotonic() + seconds
    while time.monotonic() < deadline and not _is_over(project):
        if not due.is_started(project) or due.must_pause(project):
            announcer.look()
            time.sleep(PAUSE_SECONDS)
            continue
        report = play_round(lambda group: announcer.look())
        played += report.games
        get_run_logger().info(
            "%d games, %.0f decisions/s, policy of update %d, %d rollouts wait",
            report.games,
            report.decisions_per_second,
            report.update,
            report.waiting,
        )
    return played


def _is_over(project: Project) -> bool:
    return goal.is_reached(project, due.newest_update(project))


@flow(
    name="collect",
    flow_run_name=flow_run_name,
    description="Play games with the newest policy and commit each as one Parquet rollout.",
    timeout_seconds=5 * 3600,
    persist_result=False,
)
def collect(run: RunName = "main", minutes: Minutes = 30.0) -> int:
    """Returns the number of games played.

    Args:
        run: Name of the training run: its folder, its rows, its settings.
        minutes: How long to go on playing.
    """
    from flows.steps import collecting

    project = open_project(run)
    play_round = collecting.rounds(project, collecting.worker_name())
    announcer = Announcer(project)
    progress = Progress(f"collect-{project.key}", f"Playing time of run {run}")
    games, started, seconds = 0, time.monotonic(), 60 * minutes
    with labels(run):
        while (left := started + seconds - time.monotonic()) > 0 and not _is_over(project):
            games += play(project, announcer, games, min(left, TASK_SECONDS), play_round)
            progress.show(100 * (1 - left / seconds))
    progress.show(100.0)
    return games


if __name__ == "__main__":
    collect()
