"""The newest evaluation with its intervals: what several pages show, from the views."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ascension.statistics import (
    Interval,
    bootstrap_mean,
    mcnemar,
    paired_difference,
    required_games,
    verdict_of,
    wilson,
)
from dashboards.source import Rows, Source, literal

ORDER: Final = ("teacher", "clone", "scratch", "ppo")
Z: Final = 1.959964  # half-width of a 95% interval in standard errors


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy's newest games on the fixed seeds."""

    name: str
    evaluation_id: str
    update: int
    games: int
    floor: Interval
    reward: Interval
    wins: int
    win_rate: Interval
    row: dict[str, Any]  # of evaluation_summary


@dataclass(frozen=True, slots=True)
class Pairing:
    """A policy against a baseline, seed by seed."""

    policy: str
    baseline: str
    games: int
    floor: Interval
    better: int
    worse: int
    only_policy: int
    only_baseline: int
    both: int
    neither: int
    p_value: float
    required: int  # pairs that would separate the observed difference; 0 if there is none

    @property
    def verdict(self) -> str:
        """Whether the interval of the floors excludes 0."""
        return verdict_of(self.floor)

    @property
    def sentence(self) -> str:
        """What the numbers say, in words."""
        numbers = (
            f"{self.floor.estimate:+.2f} floors, 95% interval {self.floor.low:+.2f} to "
            f"{self.floor.high:+.2f}, n = {self.games}"
        )
        if self.verdict == "separated":
            which = "got further" if self.floor.estimate > 0 else "fell behind"
            return f"{self.policy} {which} than {self.baseline} ({numbers})".replace(
                "fell behind than", "fell behind"
            )
        more = f"; about {self.required:,} seeds would be needed" if self.required else ""
        return f"{self.policy} did not separate from {self.baseline} ({numbers}{more})"


def newest_policies(source: Source) -> list[Policy]:
    """The newest games of every policy on the seeds of the newest evaluation."""
    summary = source.ask(
        "select * from evaluation_summary where run = {run} and seeds_hash = ("
        "select arg_max(seeds_hash, timestamp) from evaluation_summary where run = {run}) "
        "qualify row_number() over (partition by policy order by games_collected desc, "
        "model_update desc, timestamp desc) = 1"
    )
    ranked = sorted(summary.rows, key=lambda row: (_rank(row["policy"]), row["policy"]))
    return [_policy(source, row) for row in ranked]


def _rank(policy: str) -> int:
    return ORDER.index(policy) if policy in ORDER else len(ORDER)


def _policy(source: Source, row: dict[str, Any]) -> Policy:
    games = source.ask(
        "select final_floor, total_reward from eval_stats where training_run = {run} and "
        f"evaluation_id = {literal(row['evaluation_id'])}"
    ).rows
    return Policy(
        name=row["policy"],
        evaluation_id=row["evaluation_id"],
        update=row["model_update"],
        games=row["games"],
        floor=bootstrap_mean([game["final_floor"] for game in games]),
        reward=bootstrap_mean([game["total_reward"] for game in games]),
        wins=row["victories"],
        win_rate=wilson(row["victories"], row["games"]),
        row=row,
    )


def pairings(source: Source, policies: Sequence[Policy]) -> list[tuple[Pairing, Rows]]:
    """Every newest policy against every baseline, with the pairs themselves."""
    found = []
    for policy in policies:
        rows = source.ask(
            "select * from paired_evaluation where run = {run} and evaluation_id = "
            f"{literal(policy.evaluation_id)} order by baseline, position"
        ).rows
        for baseline in dict.fromkeys(row["baseline"] for row in rows):
            pairs = [row for row in rows if row["baseline"] == baseline]
            found.append((pairing(policy.name, baseline, pairs), pairs))
    return found


def pairing(policy: str, baseline: str, pairs: Rows) -> Pairing:
    """The statistics of the pairs."""
    floors = [row["floor"] for row in pairs]
    others = [row["baseline_floor"] for row in pairs]
    wins = [row["victory"] for row in pairs]
    other_wins = [row["baseline_victory"] for row in pairs]
    test = mcnemar(other_wins, wins)
    floor = paired_difference(others, floors)
    return Pairing(
        policy=policy,
        baseline=baseline,
        games=len(pairs),
        floor=floor,
        better=sum(a > b for a, b in zip(floors, others, strict=True)),
        worse=sum(a < b for a, b in zip(floors, others, strict=True)),
        only_policy=test.only_second,
        only_baseline=test.only_first,
        both=sum(a and b for a, b in zip(wins, other_wins, strict=True)),
        neither=sum(not a and not b for a, b in zip(wins, other_wins, strict=True)),
        p_value=test.p_value,
        required=_required(floor.estimate, floors, others),
    )


def _required(mean: float, floors: Sequence[int], others: Sequence[int]) -> int:
    if not mean:
        return 0
    differences = [a - b for a, b in zip(floors, others, strict=True)]
    variance = sum((one - mean) ** 2 for one in differences) / len(differences)
    return required_games(variance**0.5, mean)


def normal_interval(mean: float, deviation: float | None, count: int) -> tuple[float, float]:
    """A 95% interval of a mean from its standard error, for histories of many evaluations."""
    half = Z * (deviation or 0.0) / max(1, count) ** 0.5
    return mean - half, mean + half


def rate_rows(rows: Rows, successes: str, count: str) -> Rows:
    """The rows with Wilson's interval of a rate: columns share, low, high."""
    made = []
    for row in rows:
        interval = wilson(int(row[successes]), int(row[count]))
        made.append({**row, "share": interval.estimate, "low": interval.low, "high": interval.high})
    return made
