"""Where a run stands, in plain values: what `ascension status` shows."""

from datetime import UTC, datetime
from typing import Any

from ascension.statistics import wilson
from dashboards import health
from dashboards.source import Source, opened, plain
from flows.project import Project
from flows.steps import due
from storage import checkpoints, database, facts
from storage.errors import TrainerBusy

ROLES = ("clone", "train", "evaluate", "up")
REFRESH_SECONDS = 5.0


def standing(project: Project) -> dict[str, Any]:
    """Checkpoint, rollouts, last update and evaluation, speed, problems; all JSON values.

    Looks at the files for what is there now, and at the database for numbers, which it brings up
    to date unless somebody else is doing that. Writes nothing in a folder that holds no run.
    """
    found: dict[str, Any] = {
        "run": project.run,
        "data": str(project.store.root),
        "checkpoint": _checkpoint(project),
        "games": due.games_collected(project),
        "waiting": due.waiting_rollouts(project),
        "rejected": facts.count(project.store, "rejections", project.run),
        "busy": {role: project.is_busy(role) for role in ROLES},
        "last_update": None,
        "last_evaluation": None,
        "speed": None,
        "problems": [],
    }
    if project.run not in project.store.runs():
        return found
    _refresh(project)
    with opened(project.store, project.run) as source:
        found |= {
            "last_update": _last_update(source),
            "last_evaluation": _last_evaluation(source),
            "speed": _speed(source),
            "problems": _problems(source),
        }
    result: dict[str, Any] = plain(found)
    return result


def _refresh(project: Project) -> None:
    try:
        database.refresh(project.store, patience_seconds=REFRESH_SECONDS)
    except TrainerBusy:
        if not project.store.database.exists():
            raise  # its first build is under way: there is nothing older to show


def _checkpoint(project: Project) -> dict[str, Any] | None:
    if not due.is_started(project):
        return None
    update = due.newest_update(project)
    metadata = checkpoints.read_metadata(project.store, project.run, update)
    return {"update": update, "id": metadata["checkpoint_id"], "made": metadata["created_at"]}


def _ago(at: datetime) -> str:
    return health.ago((datetime.now(UTC) - at).total_seconds() / 60)


def _last_update(source: Source) -> dict[str, Any] | None:
    rows = source.ask(
        "select total_updates, timestamp, mean_floor, approx_kl, clip_fraction, "
        "normalized_entropy, explained_variance, mean_lag, auto_tune_action, lr "
        "from updates where run = {run} order by total_updates desc limit 1"
    ).rows
    return rows[0] | {"ago": _ago(rows[0]["timestamp"])} if rows else None


def _last_evaluation(source: Source) -> dict[str, Any] | None:
    rows = source.ask(
        "select policy, model_update, timestamp, games, average_floor, win_rate, victories "
        "from evaluation_summary where run = {run} and policy <> 'teacher' "
        "order by games_collected desc, model_update desc limit 1"
    ).rows
    if not rows:
        return None
    interval = wilson(rows[0]["victories"], rows[0]["games"])
    extra = {"ago": _ago(rows[0]["timestamp"]), "win_interval": [interval.low, interval.high]}
    return rows[0] | extra


def _speed(source: Source) -> dict[str, Any] | None:
    rows = source.ask(
        "select minute, workers, decisions_per_second from throughput where run = {run} "
        "order by minute desc limit 1"
    ).rows
    return rows[0] if rows else None


def _problems(source: Source) -> list[dict[str, str]]:
    return [
        {"title": one.title, "tone": one.tone, "finding": one.finding, "advice": one.advice}
        for one in health.checks(source)
        if one.tone in ("warning", "bad")
    ]
