"""The run's best checkpoint: named by the promotion gate, kept as rows, never as a pointer."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ascension.evaluation import Comparison, Decision, summarize
from ascension.records import EvaluationGame
from flows.project import Project
from storage import facts
from storage.errors import CheckpointNotFound

Row = dict[str, Any]


def history(project: Project) -> list[Row]:
    """All decisions of the gate, oldest first."""
    return facts.read_rows(project.store, "promotions", project.run)


def promoted_updates(project: Project) -> list[int]:
    """Updates of all checkpoints that were the run's best in their time, oldest first."""
    return [int(row["candidate_update"]) for row in history(project) if row["promoted"]]


def incumbent_update(project: Project) -> int | None:
    """Update of the run's best checkpoint; None before the first evaluation."""
    promoted = promoted_updates(project)
    return promoted[-1] if promoted else None


def best_update(project: Project) -> int:
    """The same; CheckpointNotFound before the first evaluation."""
    update = incumbent_update(project)
    if update is None:
        raise CheckpointNotFound(
            f"no checkpoint of run {project.run} has been evaluated yet: evaluate the run first"
        )
    return update


def is_decided(project: Project, evaluation: str, update: int) -> bool:
    """Whether the gate has decided about this update in this evaluation."""
    return any(
        (row["evaluation"], row["candidate_update"]) == (evaluation, update)
        for row in history(project)
    )


def record(
    project: Project,
    decision: Decision,
    candidate: Sequence[EvaluationGame],
    update: int,
    incumbent: tuple[int, str] | None,
) -> None:
    """Keep a decision; `incumbent` is the update and the id of the best so far."""
    first = candidate[0]
    summary = summarize(candidate, project.settings.evaluate.confidence)
    row = {
        "run": project.run,
        "timestamp": datetime.now(UTC),
        "evaluation": first.run,
        "candidate_update": update,
        "candidate_checkpoint_id": first.checkpoint_id,
        "incumbent_update": None if incumbent is None else incumbent[0],
        "incumbent_checkpoint_id": None if incumbent is None else incumbent[1],
        "games": summary.games,
        "seeds_hash": first.seeds_hash,
        "rules_version": first.rules_version,
        "ascension": first.game.ascension,
        "confidence": project.settings.evaluate.confidence,
        "mean_floor": summary.floor.estimate,
        "win_rate": summary.win_rate.estimate,
        **_statistics(decision.comparison),
        "promoted": decision.promoted,
        "reason": decision.reason,
    }
    facts.append(project.store, "promotions", project.run, [row], f"{first.run}.{update:06d}")


def _statistics(comparison: Comparison | None) -> Row:
    names = ("floor_difference", "win_rate_difference")
    if comparison is None:
        counts = ("wins_only_incumbent", "wins_only_candidate", "mcnemar_p", "required_games")
        columns = [f"{name}{end}" for name in names for end in ("", "_low", "_high")]
        return dict.fromkeys([*columns, *counts])
    row: Row = {}
    for name, interval in zip(names, (comparison.floor, comparison.win_rate), strict=True):
        row |= {name: interval.estimate, f"{name}_low": interval.low, f"{name}_high": interval.high}
    return row | {
        "wins_only_incumbent": comparison.wins.only_first,
        "wins_only_candidate": comparison.wins.only_second,
        "mcnemar_p": comparison.wins.p_value,
        "required_games": comparison.required_games,
    }
