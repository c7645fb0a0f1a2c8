"""The report step: stats database, experiment index and Markdown report, from what is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ascension.records import EvaluationGame
from flows.project import Project, reports_folder
from flows.steps import due, evaluations, report_text
from flows.steps.evaluations import Evaluated
from flows.steps.reproducing import command_of
from flows.steps.statistics import compared, summarized, training_numbers
from storage import checkpoints, database, experiments

if TYPE_CHECKING:
    from dashboards.site import Site

REFRESH_SECONDS = 60.0  # one refresh waits for another
REPLAYS = 4  # games of each evaluation that are played again for the pages


@dataclass(frozen=True, slots=True)
class Reported:
    """Where the report lies and what it says."""

    path: Path
    entry: dict[str, Any]

    @property
    def markdown(self) -> str:
        """The report's text."""
        return self.path.read_text(encoding="utf-8")


def write_site(project: Project, replays: int = REPLAYS) -> "Site":
    """Bring the database up to date and write the dashboard's pages; there may be no data yet."""
    from dashboards import site  # charts and templates are not for those who only want the report

    database.refresh(project.store, patience_seconds=REFRESH_SECONDS)
    return site.build(project.store, project.run, replays=replays)


def write_report(
    project: Project, folder: Path | None = None, notes: str | None = None
) -> Reported | None:
    """Refresh the database and write index and report; None before the first evaluation."""
    database.refresh(project.store, patience_seconds=REFRESH_SECONDS)
    evaluated = evaluations.newest(project)
    if evaluated is None:
        return None
    entry = _entry(project, evaluated)
    place = reports_folder(folder)
    path = experiments.record(place, project.run, entry, report_text.render, notes)
    return Reported(path, entry)


def _entry(project: Project, evaluated: Evaluated) -> dict[str, Any]:
    update = due.newest_update(project)
    metadata = checkpoints.read_metadata(project.store, project.run, update)
    training = training_numbers(project)
    confidence = project.settings.evaluate.confidence
    first = evaluated.groups[0]
    path = checkpoints.checkpoint_path(project.store, project.run, update)
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "purpose": _purpose(project, update),
        "command": command_of(project.settings, update),
        "model_path": str(path.relative_to(project.store.root)),
        "checkpoint_id": metadata["checkpoint_id"],
        "rules_version": metadata["rules_version"],
        "settings_hash": project.settings_hash,
        "training_mode": _mode(project, update),
        "games": training["games_collected"],
        "worker_count": training["rollout_workers"],
        "hyperparameters": _hyperparameters(project),
        "training_metrics": training,
        "eval_run_id": evaluated.name,
        "confidence": confidence,
        "evaluation": summarized(evaluated.groups, confidence),
        "comparison": compared(evaluated.groups, confidence),
        "seed_audit": _seed_audit(first),
    }


def _mode(project: Project, update: int) -> str:
    if project.settings.from_scratch:
        return "PPO from scratch"
    return "BC -> PPO" if update else "BC"


def _purpose(project: Project, update: int) -> str:
    if not update:
        return (
            "Behaviour cloning: a network imitates the rule-based teacher's decisions; see on "
            "fixed seeds how much of its play is kept. PPO starts from here."
        )
    start = "random weights" if project.settings.from_scratch else "the teacher's clone"
    return (
        f"PPO fine-tuning from {start}: collect checkpoint-tagged rollouts, update whenever "
        f"{project.settings.train.batch_rollouts} fresh ones wait, reject stale ones, and see on "
        "fixed seeds whether the policy separates from its start."
    )


def record_evaluation(
    folder: Path,
    name: str,
    groups: Sequence[Sequence[EvaluationGame]],
    confidence: float,
    command: str,
) -> Reported:
    """Write an evaluation of several policies into the experiment index, with its report.

    A person's words about an earlier one of the same name are kept.
    """
    first = groups[0]
    entry = {
        "date": datetime.now(UTC).date().isoformat(),
        "purpose": "Fixed-seed evaluation: the same seeds, played greedily by every policy, "
        "compared in pairs.",
        "command": command,
        "training_mode": "evaluation",
        "rules_version": first[0].rules_version,
        "checkpoints": {rows[0].policy: rows[0].checkpoint_id for rows in groups},
        "hyperparameters": {"ascension": first[0].game.ascension},
        "training_metrics": {},
        "eval_run_id": first[0].run,
        "confidence": confidence,
        "evaluation": summarized(groups, confidence),
        "comparison": compared(groups, confidence),
        "seed_audit": _seed_audit(first),
    }
    path = experiments.record(folder, name, entry, report_text.render, None)
    return Reported(path, entry)


def _seed_audit(games: Sequence[EvaluationGame]) -> dict[str, Any]:
    return {
        "games": len(games),
        "unique_seeds": len({game.seed for game in games}),
        "seeds_hash": games[0].seeds_hash,
    }


def _hyperparameters(project: Project) -> dict[str, Any]:
    train = project.settings.train.model_dump(mode="json", exclude={"network"})
    collect = project.settings.collect
    return train | {
        "ascension": collect.ascension,
        "acts": collect.acts,
        "head": project.settings.train.network.head,
        "reward": collect.reward,
        "games_at_a_time": project.games_at_a_time,
    }
