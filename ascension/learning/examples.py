"""A teacher's decisions as one batch: what cloning imitates and the anchor holds on to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ascension.environment.batch import DecisionBatch
from ascension.records import Demonstrations


@dataclass(frozen=True, slots=True)
class Examples:
    """Decisions and what the teacher chose."""

    decisions: DecisionBatch
    actions: NDArray[np.int64]  # [B] position within the decision
    games: NDArray[np.int64]  # [B] number of the game, for splits that do not cut games

    def __len__(self) -> int:
        return len(self.actions)

    def take(self, rows: NDArray[np.int64]) -> Examples:
        """The examples at these positions."""
        return Examples(self.decisions.take(rows), self.actions[rows], self.games[rows])

    @staticmethod
    def of(demonstrations: Sequence[Demonstrations]) -> Examples:
        """All decisions of all games; actions that are no option are left out."""
        decisions = DecisionBatch.concatenate([demo.decisions for demo in demonstrations])
        actions = np.concatenate([np.zeros(0, np.int64), *(d.actions for d in demonstrations)])
        lengths = [len(demo) for demo in demonstrations]
        examples = Examples(
            decisions,
            actions.astype(np.int64),
            np.repeat(np.arange(len(lengths), dtype=np.int64), lengths),
        )
        valid = (examples.actions >= 0) & (examples.actions < decisions.option_counts())
        return examples if valid.all() else examples.take(np.flatnonzero(valid))
