"""The numbers of an experiment, in the form of the index: evaluations, comparisons, training."""

from collections.abc import Sequence
from typing import Any

from ascension.evaluation import Comparison, Summary, compare, summarize
from ascension.records import EvaluationGame
from ascension.statistics import Interval
from flows.project import Project
from storage import database

Numbers = dict[str, Any]
TRAINING_METRICS = """
select
    (select count(*) from games where run = $run) as games_collected,
    (select count(distinct worker) from games where run = $run) as rollout_workers,
    (select avg(final_floor) from games where run = $run) as average_final_floor,
    (select avg(total_reward) from games where run = $run) as average_reward,
    (select avg(victory::integer) from games where run = $run) as win_rate,
    (select avg((final_act >= 2 or victory)::integer) from games where run = $run)
        as act2_reach_rate,
    (select avg((final_floor >= 20)::integer) from games where run = $run) as floor20_rate,
    (select sum(elites_fought) from games where run = $run) as elite_fights,
    (select sum(elites_won) from games where run = $run) as elite_wins,
    (select sum(bosses_fought) from games where run = $run) as boss_fights,
    (select sum(bosses_won) from games where run = $run) as boss_wins,
    (select count(*) from updates where run = $run) as ppo_updates,
    (select sum(games) from updates where run = $run) as rollouts_consumed,
    (select max(total_transitions) from updates where run = $run) as transitions,
    (select count(*) from rejections where run = $run) as rollouts_rejected
"""


def training_numbers(project: Project) -> Numbers:
    """Sums over the run's training games and updates, and the newest update's metrics."""
    sql = TRAINING_METRICS.replace("$run", "?")
    (totals,) = database.query(project.store, sql, [project.run] * sql.count("?")).dicts()
    newest = database.query(
        project.store,
        "select approx_kl, clip_fraction, explained_variance, early_stop, lr, ent_coef, "
        "normalized_entropy, auto_tune_action from updates where run = ? "
        "order by total_updates desc limit 1",
        [project.run],
    ).dicts()
    return totals | {f"latest_{name}": value for row in newest for name, value in row.items()}


def _interval(interval: Interval) -> list[float]:
    return [round(float(value), 4) for value in interval]


def evaluation_numbers(summary: Summary) -> Numbers:
    """One policy's row of the evaluation table; intervals are [estimate, low, high]."""
    return {
        "policy": summary.policy,
        "games": summary.games,
        "average_floor": _interval(summary.floor),
        "best_floor": summary.best_floor,
        "average_reward": _interval(summary.reward),
        "win_rate": _interval(summary.win_rate),
        "act2_reach_rate": _interval(summary.act2_rate),
        "act3_reach_rate": _interval(summary.act3_rate),
        "floor20_rate": _interval(summary.floor20_rate),
        "elite_fights": summary.elites_fought,
        "elite_wins": summary.elites_won,
        "boss_fights": summary.bosses_fought,
        "boss_wins": summary.bosses_won,
    }


def flat_summary(summary: Summary, checkpoint_id: str = "") -> Numbers:
    """The same as plain numbers: name, name_low, name_high; for programs."""
    numbers: Numbers = {
        "policy": summary.policy,
        "checkpoint_id": checkpoint_id,
        "games": summary.games,
    }
    for name, interval in (
        ("mean_floor", summary.floor),
        ("win_rate", summary.win_rate),
        ("act2_reach_rate", summary.act2_rate),
        ("act3_reach_rate", summary.act3_rate),
        ("floor20_rate", summary.floor20_rate),
        ("mean_reward", summary.reward),
    ):
        ends = ("", "_low", "_high")
        numbers |= {f"{name}{end}": float(v) for end, v in zip(ends, interval, strict=True)}
    return numbers | {
        "best_floor": summary.best_floor,
        "elite_fights": summary.elites_fought,
        "elite_wins": summary.elites_won,
        "boss_fights": summary.bosses_fought,
        "boss_wins": summary.bosses_won,
    }


def game_numbers(row: EvaluationGame) -> Numbers:
    """One evaluated game; the digest tells whether two evaluations played the same game."""
    game = row.game
    return {
        "policy": row.policy,
        "position": row.position,
        "seed": row.seed,
        "floor": game.final_floor,
        "act": game.final_act,
        "victory": game.victory,
        "outcome": game.outcome,
        "reward": game.total_reward,
        "hp": game.final_hp,
        "max_hp": game.final_max_hp,
        "gold": game.final_gold,
        "deck_size": game.deck_size,
        "relics": game.relics,
        "decisions": game.steps,
        "killed_by": game.fights[-1].encounter if game.fights and not game.victory else "",
        "digest": game.digest,
    }


def comparison_numbers(comparison: Comparison) -> Numbers:
    """A paired difference, second minus first."""
    return {
        "first": comparison.first,
        "second": comparison.second,
        "games": comparison.games,
        "floor_difference": _interval(comparison.floor),
        "floor_verdict": comparison.floor_verdict,
        "reward_difference": _interval(comparison.reward),
        "win_rate_difference": _interval(comparison.win_rate),
        "mcnemar_p": comparison.wins.p_value,
        "wins_only_first": comparison.wins.only_first,
        "wins_only_second": comparison.wins.only_second,
        "better_on": comparison.better,
        "worse_on": comparison.worse,
        "required_games": comparison.required_games,
    }


def compared(groups: Sequence[Sequence[EvaluationGame]], confidence: float) -> list[Numbers]:
    """Every policy against every later one: teacher, clone, ppo."""
    found = []
    for position, first in enumerate(groups):
        for second in groups[position + 1 :]:
            found.append(comparison_numbers(compare(first, second, confidence)))
    return found


def summarized(groups: Sequence[Sequence[EvaluationGame]], confidence: float) -> list[Numbers]:
    """The evaluation table."""
    return [evaluation_numbers(summarize(group, confidence)) for group in groups]
