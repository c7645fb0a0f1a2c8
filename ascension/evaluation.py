"""Fixed-seed evaluation: the list of seeds, and what a difference on it is worth.

`learning.collect.play_evaluation` plays; here nothing but records is needed.

Every comparison is paired by seed and carries an interval. What cannot be compared (other seeds,
duplicate seeds, other rules) is refused with a named exception.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ascension.records import EvaluationGame
from ascension.statistics import (
    Interval,
    McNemar,
    Verdict,
    bootstrap_mean,
    mcnemar,
    paired_difference,
    required_games,
    verdict_of,
    wilson,
)


class EvaluationError(ValueError):
    """Evaluations that must not be compared or summed up."""


class DuplicateSeeds(EvaluationError):
    """A seed occurs twice: its game would count twice."""


class DifferentSeeds(EvaluationError):
    """Two evaluations played different seeds: their difference would be luck."""


class DifferentRules(EvaluationError):
    """Two evaluations played different versions of the rules or of the settings."""


class MalformedSeeds(EvaluationError):
    """A seeds file that holds something else than one integer a line."""


def parse_seeds(text: str) -> tuple[int, ...]:
    """Seeds of a file's text: one integer a line; `#` starts a comment; no duplicates."""
    seeds: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.split("#", 1)[0].strip()
        if not content:
            continue
        try:
            seeds.append(int(content))
        except ValueError as error:
            raise MalformedSeeds(f"line {number}: {content!r} is no integer") from error
    return check_seeds(seeds)


def read_seeds(path: str | Path = "") -> tuple[int, ...]:
    """Seeds of a file; without a path the built-in 200."""
    if not path:
        return parse_seeds(files("ascension").joinpath("data/eval_200.txt").read_text("utf-8"))
    return parse_seeds(Path(path).read_text("utf-8"))


def check_seeds(seeds: Sequence[int]) -> tuple[int, ...]:
    """The seeds, or DuplicateSeeds."""
    if len(set(seeds)) != len(seeds):
        twice = sorted({seed for seed in seeds if seeds.count(seed) > 1})
        raise DuplicateSeeds(f"{len(twice)} seeds occur more than once: {twice[:5]}")
    return tuple(seeds)


def seeds_hash(seeds: Sequence[int]) -> str:
    """Content hash of a list of seeds, order included."""
    return hashlib.blake2b(",".join(map(str, seeds)).encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Summary:
    """One evaluation in numbers."""

    policy: str
    games: int
    floor: Interval
    reward: Interval
    win_rate: Interval
    act2_rate: Interval
    act3_rate: Interval
    floor20_rate: Interval
    best_floor: int
    elites_fought: int
    elites_won: int
    bosses_fought: int
    bosses_won: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two evaluations of the same seeds: second against first."""

    first: str
    second: str
    games: int
    floor: Interval  # of second - first
    floor_verdict: Verdict
    reward: Interval
    win_rate: Interval  # of second - first, bootstrap
    wins: McNemar
    wins_verdict: Verdict
    better: int  # seeds on which the second got further
    worse: int
    required_games: int  # pairs that would separate the observed difference of floors


def summarize(games: Sequence[EvaluationGame], confidence: float = 0.95) -> Summary:
    """Means and rates of one evaluation, with intervals."""
    _check_one(games)
    played = [row.game for row in games]
    count = len(played)

    def rate(successes: Iterator[bool]) -> Interval:
        return wilson(sum(successes), count, confidence)

    return Summary(
        policy=games[0].policy,
        games=count,
        floor=bootstrap_mean([game.final_floor for game in played], confidence),
        reward=bootstrap_mean([game.total_reward for game in played], confidence),
        win_rate=rate(game.victory for game in played),
        act2_rate=rate(game.final_act >= 2 for game in played),
        act3_rate=rate(game.final_act >= 3 for game in played),
        floor20_rate=rate(game.final_floor >= 20 for game in played),
        best_floor=max(game.final_floor for game in played),
        elites_fought=sum(game.fought("elite") for game in played),
        elites_won=sum(game.won("elite") for game in played),
        bosses_fought=sum(game.fought("boss") for game in played),
        bosses_won=sum(game.won("boss") for game in played),
    )


def compare(
    first: Sequence[EvaluationGame], second: Sequence[EvaluationGame], confidence: float = 0.95
) -> Comparison:
    """What the second policy gained over the first on the same seeds."""
    pairs = pair(first, second)
    floors = np.array([(a.game.final_floor, b.game.final_floor) for a, b in pairs], dtype=float)
    rewards = np.array([(a.game.total_reward, b.game.total_reward) for a, b in pairs])
    wins = np.array([(a.game.victory, b.game.victory) for a, b in pairs])
    floor = paired_difference(floors[:, 0], floors[:, 1], confidence)
    test = mcnemar(wins[:, 0].tolist(), wins[:, 1].tolist())
    return Comparison(
        first=first[0].policy,
        second=second[0].policy,
        games=len(pairs),
        floor=floor,
        floor_verdict=verdict_of(floor),
        reward=paired_difference(rewards[:, 0], rewards[:, 1], confidence),
        win_rate=paired_difference(wins[:, 0], wins[:, 1], confidence),
        wins=test,
        wins_verdict="separated" if test.p_value < 1 - confidence else "not separated",
        better=int((floors[:, 1] > floors[:, 0]).sum()),
        worse=int((floors[:, 1] < floors[:, 0]).sum()),
        required_games=_required_pairs(floors[:, 1] - floors[:, 0], confidence),
    )


def _required_pairs(differences: NDArray[np.float64], confidence: float) -> int:
    """Pairs that would show the observed difference; 0 if nothing was observed."""
    mean, deviation = float(differences.mean()), float(differences.std())
    return required_games(deviation, mean, confidence) if mean else 0


def pair(
    first: Sequence[EvaluationGame], second: Sequence[EvaluationGame]
) -> list[tuple[EvaluationGame, EvaluationGame]]:
    """The games of two evaluations, seed by seed, in the first one's order."""
    _check_one(first)
    _check_one(second)
    by_seed = {row.seed: row for row in second}
    if {row.seed for row in first} != set(by_seed):
        missing = len({row.seed for row in first} ^ set(by_seed))
        raise DifferentSeeds(f"{missing} seeds were played by only one of the two policies")
    _same_rules([*first, *second])
    return [(row, by_seed[row.seed]) for row in first]


def _check_one(games: Sequence[EvaluationGame]) -> None:
    if not games:
        raise EvaluationError("an evaluation without games says nothing")
    check_seeds([row.seed for row in games])
    _same_rules(games)


def _same_rules(games: Sequence[EvaluationGame]) -> None:
    versions = {row.rules_version for row in games}
    if len(versions) > 1:
        raise DifferentRules(f"rules versions {sorted(versions)}: evaluate again with one of them")
    ascensions = {row.game.ascension for row in games}
    if len(ascensions) > 1:
        raise DifferentRules(f"ascension levels {sorted(ascensions)} cannot be compared")


@dataclass(frozen=True, slots=True)
class Decision:
    """What the promotion gate says about a candidate, and why."""

    promoted: bool
    reason: str  # n, seeds and interval in words
    comparison: Comparison | None  # candidate minus incumbent; None for the first candidate


def promote(
    incumbent: Sequence[EvaluationGame] | None,
    candidate: Sequence[EvaluationGame],
    confidence: float = 0.95,
) -> Decision:
    """Whether the candidate is the new best: only if it is separated from the best so far.

    Separated: the interval of the paired difference of floors lies above zero. Every evaluation
    is one more look at the same seeds, so over many of them a lucky candidate passes now and
    then: confirm a best on other seeds before quoting its number.
    """
    _check_one(candidate)
    where = f"n = {len(candidate)} seeds of list {candidate[0].seeds_hash}"
    if incumbent is None:
        return Decision(True, f"the first checkpoint evaluated ({where})", None)
    found = compare(incumbent, candidate, confidence)
    estimate, low, high = found.floor
    numbers = f"{estimate:+.2f} floors, {100 * confidence:g}% {low:+.2f} to {high:+.2f}, {where}"
    if low > 0:
        return Decision(True, f"separated: {numbers}", found)
    verdict = "separated, but worse" if high < 0 else "not separated"
    needed = f"; about {found.required_games:,} seeds would be needed" if estimate > 0 else ""
    return Decision(False, f"{verdict}: {numbers}{needed}", found)
