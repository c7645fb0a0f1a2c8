"""The chance to win from a decision: fitted where games were won, else counted by floor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from dashboards.source import Source

FEWEST: Final = 4  # games of either outcome that a fit needs
PENALTY: Final = 0.05
LAST_FLOOR: Final = 57


@dataclass(frozen=True, slots=True)
class Fit:
    """chance = 1 / (1 + exp(-(bias + value * v + floor * f / 50)))"""

    bias: float
    value: float
    floor: float
    games: int
    wins: int


def fit(replays: Sequence[dict[str, Any]]) -> Fit | None:
    """Logistic regression of victory on value and floor, each game with the same weight.

    None if fewer than four games were won or lost: nothing could be learnt from so few.
    """
    wins = sum(one["end"]["outcome"] == "victory" for one in replays)
    if min(wins, len(replays) - wins) < FEWEST:
        return None
    features, won, weights = _samples(replays)

    def loss(parameters: NDArray[np.float64]) -> float:
        margin = (2 * won - 1) * (features @ parameters)
        fitted = float((weights * np.logaddexp(0.0, -margin)).sum())
        return fitted + PENALTY * float((parameters[1:] ** 2).sum())

    best = minimize(loss, np.zeros(3), method="BFGS").x
    return Fit(float(best[0]), float(best[1]), float(best[2]), len(replays), wins)


def _samples(
    replays: Sequence[dict[str, Any]],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    rows, won, weights = [], [], []
    for one in replays:
        for _, value, _, _, _, _, seen in one["decisions"]:
            rows.append((1.0, value, seen["floor"] / 50))
            won.append(float(one["end"]["outcome"] == "victory"))
            weights.append(1.0 / len(one["decisions"]))
    return np.array(rows), np.array(won), np.array(weights)


def by_floor(source: Source) -> dict[str, Any]:
    """Of the run's own evaluated games that reached a floor, the share that was won."""
    rows = source.ask(
        "select floor, sum(reached)::bigint as reached from floor_survival where run = {run} and "
        "policy <> 'teacher' group by floor order by floor"
    ).rows
    wins = source.value(
        "select sum(victories) from evaluation_summary where run = {run} and policy <> 'teacher'"
    )
    reached = {row["floor"]: row["reached"] for row in rows}
    shares = [
        (int(wins or 0) / reached[floor]) if reached.get(floor) else None
        for floor in range(1, LAST_FLOOR + 1)
    ]
    return {"shares": shares, "games": reached.get(1, 0), "wins": int(wins or 0)}
