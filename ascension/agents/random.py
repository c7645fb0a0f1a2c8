"""A policy that draws every option with the same probability: the floor of all comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ascension.agents.policy import Choices
from ascension.environment.batch import DecisionBatch

if TYPE_CHECKING:
    from ascension.environment.batched import Position


class RandomPolicy:
    """Uniform choices from its own generator; greedy makes no difference to it."""

    name = "random"
    needs_positions = False

    def __init__(self, seed: int = 0) -> None:
        self.generator = np.random.default_rng(seed)

    def choose(
        self,
        decisions: DecisionBatch,
        positions: Sequence[Position] = (),
        *,
        greedy: bool = False,
    ) -> Choices:
        """One uniform draw a decision."""
        counts = decisions.option_counts()
        actions = (self.generator.random(len(counts)) * counts).astype(np.int16)
        log_probs = -np.log(counts).astype(np.float32)
        return Choices(actions, log_probs, np.zeros(len(counts), dtype=np.float32))
