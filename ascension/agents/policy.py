"""The Policy protocol: a batch of decisions in, a choice for each out.

`random.py`, `network.py` and the teacher implement it; collection, evaluation and `play` use it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from ascension.environment.batch import DecisionBatch

if TYPE_CHECKING:
    from ascension.environment.batched import Position
    from ascension.game.game import Game


@dataclass(frozen=True, slots=True)
class Choices:
    """One choice for each decision of a batch."""

    actions: NDArray[np.int16]  # [B] position of the chosen option within its decision
    log_probs: NDArray[np.float32]  # [B] of the chosen option; 0 for a policy that never doubts
    values: NDArray[np.float32]  # [B] expected reward from here; 0 for a policy without an opinion
    probabilities: NDArray[np.float32] | None = None  # [O] of every option, when asked for


class Policy(Protocol):
    """Whoever chooses among options."""

    @property
    def name(self) -> str:
        """What tables and reports call it."""
        ...

    def choose(
        self,
        decisions: DecisionBatch,
        positions: Sequence[Position] = (),
        *,
        greedy: bool = False,
    ) -> Choices:
        """Choose for every decision; greedy takes the best option instead of drawing one.

        `positions` are given, one per decision, if the policy's `needs_positions` is true: the
        games themselves, of which a policy may read only what a player sees.
        """
        ...

    @property
    def needs_positions(self) -> bool:
        """Whether `choose` must be given positions."""
        ...


class PlayerPolicy(Protocol):
    """Whoever plays a single game by packed actions: for `play` and the bridge."""

    @property
    def name(self) -> str:
        """What tables and reports call it."""
        ...

    def decide(self, game: Game) -> int:
        """One of the game's legal actions."""
        ...


def sure_choices(actions: NDArray[np.int16]) -> Choices:
    """Choices of a policy that neither doubts nor values."""
    zeros = np.zeros(len(actions), dtype=np.float32)
    return Choices(actions, zeros, zeros.copy())


def sample_options(
    probabilities: NDArray[np.float64],
    offsets: NDArray[np.int64],
    generator: np.random.Generator,
) -> NDArray[np.int64]:
    """Draw one option per decision: probabilities [O], offsets [B + 1] -> positions [B].

    One uniform number a decision, in order, so that equal batches draw equally.
    """
    cumulative = np.zeros(len(probabilities) + 1)
    np.cumsum(probabilities, out=cumulative[1:])
    start, end = offsets[:-1], offsets[1:]
    low, high = cumulative[start], cumulative[end]
    target = low + generator.random(len(start)) * (high - low)
    drawn = np.searchsorted(cumulative, target, side="right") - 1
    return np.minimum(np.maximum(drawn, start), end - 1) - start


def best_options(scores: NDArray[np.float32], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first best option of each decision: scores [O], offsets [B + 1] -> positions [B]."""
    counts = np.diff(offsets)
    best = np.repeat(np.maximum.reduceat(scores, offsets[:-1]), counts)
    candidates = np.flatnonzero(scores == best)
    first = np.searchsorted(candidates, offsets[:-1])
    best_first: NDArray[np.int64] = candidates[first] - offsets[:-1]
    return best_first
