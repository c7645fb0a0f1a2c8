"""What Prefect costs: the same work by `ascension up` and by `ascension local`."""

import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from math import inf
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

from flows import goal
from flows.driver import Driver
from flows.local import Goal, Observer, run
from flows.project import Project, create_project, preset_settings
from flows.stack import Places, Stack
from flows.steps import due
from storage import checkpoints

TEN_MINUTES: Final = 600.0
ROOT: Final = Path(__file__).resolve().parents[1]
Figures = dict[str, Any]


class _Silent:
    """Shows nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *told: None


SILENT: Final = cast(Observer, _Silent())


def orchestration(updates: int) -> Figures:
    """The extra seconds of `up` as a share of ten minutes, and where they go.

    Both start from random weights with the default settings in folders of their own. `up` trains
    while it collects, so with two cores a longer run wins time as well.
    """
    with tempfile.TemporaryDirectory() as folder:
        local_seconds = _local(Path(folder) / "local", updates)
        up = _up(Path(folder) / "up", updates)
    extra = up["up_seconds"] - local_seconds
    return {
        "overhead_share": round(max(0.0, extra) / TEN_MINUTES, 4),
        "extra_seconds": round(extra, 1),
        "local_seconds": round(local_seconds, 1),
        **up,
        "updates": updates,
    }


def _project(folder: Path) -> Project:
    settings = preset_settings("default").model_copy(update={"from_scratch": True})
    return create_project(settings, folder / "data")


def _local(folder: Path, updates: int) -> float:
    started = time.perf_counter()
    run(_project(folder), Goal(updates, inf), SILENT, folder / "reports")
    return time.perf_counter() - started


def _up(folder: Path, updates: int) -> Figures:
    project = _project(folder)
    places = Places(folder / "home", project.store.root, folder / "reports", ROOT)
    url = f"http://127.0.0.1:{_free_port()}/api"
    stack = Stack(url, project.run, places, lambda stage: None, may_start_server=True)
    driver = Driver(project, stack, SILENT)
    seconds: dict[str, float] = {}
    try:
        with goal.driving(project):
            _clocked(seconds, "startup_seconds", stack.start)
            _clocked(seconds, "driving_seconds", lambda: driver.drive(updates, None))
            _clocked(seconds, "finishing_seconds", lambda: driver.finish(places.reports))
    finally:
        _clocked(seconds, "shutdown_seconds", stack.stop)
    return {"up_seconds": round(sum(seconds.values()), 1), **seconds, **_latencies(project)}


def _clocked(seconds: dict[str, float], name: str, stage: Callable[[], object]) -> None:
    started = time.perf_counter()
    stage()
    seconds[name] = round(time.perf_counter() - started, 1)


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _latencies(project: Project) -> Figures:
    """Seconds from the end of a batch's last game to the start of its update."""
    newest = due.newest_update(project)
    waited = [_latency(project, number) for number in range(1, newest + 1)]
    return {
        "first_batch_waited_seconds": round(waited[0], 1),
        "median_batch_waited_seconds": round(statistics.median(waited), 2),
    }


def _latency(project: Project, number: int) -> float:
    metadata: dict[str, Any] = checkpoints.read_metadata(project.store, project.run, number)
    metrics = metadata["metrics"]
    began = datetime.fromisoformat(metrics["timestamp"]).timestamp() - metrics["update_seconds"]
    return float(began - max(_created(rollout_id) for rollout_id in metadata["consumed"]))


def _created(rollout_id: str) -> float:
    """Unix time of a time-ordered id: its first 48 bits are milliseconds."""
    return (UUID(rollout_id).int >> 80) / 1000
