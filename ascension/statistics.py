"""Statistics of evaluations: intervals of rates and means, paired tests, required sizes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

RESAMPLES: Final = 10_000
_BOOTSTRAP_SEED: Final = 20260506  # the same rows always give the same interval

Numbers = Sequence[float] | NDArray[Any]
Verdict = Literal["separated", "not separated"]


class NoPairs(ValueError):
    """Two lists of results that do not pair up."""


class Interval(NamedTuple):
    """An estimate and the interval around it."""

    estimate: float
    low: float
    high: float


def wilson(successes: int, n: int, confidence: float = 0.95) -> Interval:
    """Wilson's interval of a rate."""
    if n == 0:
        return Interval(math.nan, 0.0, 1.0)
    interval = stats.binomtest(successes, n).proportion_ci(confidence, method="wilson")
    return Interval(successes / n, float(interval.low), float(interval.high))


def bootstrap_mean(values: Numbers, confidence: float = 0.95) -> Interval:
    """Percentile bootstrap of a mean, from a fixed seed."""
    sample = np.asarray(values, dtype=np.float64)
    if len(sample) == 0:
        return Interval(math.nan, math.nan, math.nan)
    mean = float(sample.mean())
    if len(sample) == 1 or np.all(sample == sample[0]):
        return Interval(mean, mean, mean)
    result = stats.bootstrap(
        (sample,),
        np.mean,
        n_resamples=RESAMPLES,
        batch=1000,
        confidence_level=confidence,
        method="percentile",
        rng=np.random.default_rng(_BOOTSTRAP_SEED),
    )
    return Interval(mean, *(float(end) for end in result.confidence_interval))


def paired_difference(first: Numbers, second: Numbers, confidence: float = 0.95) -> Interval:
    """Bootstrap of the mean of second - first, pair by pair."""
    if len(first) != len(second):
        raise NoPairs(f"{len(first)} against {len(second)} games are no pairs")
    difference = np.asarray(second, dtype=np.float64) - np.asarray(first, dtype=np.float64)
    return bootstrap_mean(difference, confidence)


class McNemar(NamedTuple):
    """Exact McNemar test of two lists of wins, paired by seed."""

    only_first: int  # seeds that only the first won
    only_second: int
    p_value: float


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> McNemar:
    """Exact McNemar test: a fair coin decides which of the two wins where they differ."""
    if len(first) != len(second):
        raise NoPairs(f"{len(first)} against {len(second)} games are no pairs")
    only_first = sum(a and not b for a, b in zip(first, second, strict=True))
    only_second = sum(b and not a for a, b in zip(first, second, strict=True))
    discordant = only_first + only_second
    p_value = float(stats.binomtest(only_first, discordant).pvalue) if discordant else 1.0
    return McNemar(only_first, only_second, p_value)


def required_games(
    deviation: float, difference: float, confidence: float = 0.95, power: float = 0.8
) -> int:
    """Games (or pairs) needed to see a difference of means with this probability.

    `deviation` is that of the games, or of the paired differences.
    """
    if difference == 0:
        raise ValueError("no number of games shows a difference of 0")
    z = float(stats.norm.ppf(0.5 + confidence / 2) + stats.norm.ppf(power))
    return max(2, math.ceil((z * deviation / difference) ** 2))


def required_games_for_rate(
    rate: float, difference: float, confidence: float = 0.95, power: float = 0.8
) -> int:
    """Games per policy needed to see rate against rate + difference, unpaired."""
    other = rate + difference
    if not (0 <= rate <= 1 and 0 <= other <= 1):
        raise ValueError(f"rates must lie in [0, 1]: {rate} and {other}")
    variance = rate * (1 - rate) + other * (1 - other)
    return required_games(math.sqrt(variance), difference, confidence, power)


def verdict_of(interval: Interval) -> Verdict:
    """Separated if the interval excludes 0."""
    return "separated" if interval.low > 0 or interval.high < 0 else "not separated"
