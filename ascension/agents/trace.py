"""The transitions of one game while it is being played.

A step of many games is one batch; each game keeps its own rows of these batches as slices and
joins them once, when it is finished. Slicing costs about 3 microseconds a decision, `take` 30.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ascension.agents.policy import Choices
from ascension.environment.batch import DecisionBatch


class Slice(NamedTuple):
    """One decision of a batch: views of its arrays."""

    state_indices: NDArray[np.int32]
    state_values: NDArray[np.float32]
    option_indices: NDArray[np.int32]
    option_values: NDArray[np.float32]
    option_ends: NDArray[np.int64]  # [option] ends of the options' entries, from the slice's start
    kind: int


class Slicer:
    """Cuts a batch into decisions; keeps what all cuts of one batch share."""

    def __init__(self, batch: DecisionBatch) -> None:
        self.batch = batch
        self.state_edges: list[int] = batch.state_offsets.tolist()
        self.decision_edges: list[int] = batch.decision_offsets.tolist()
        self.entry_edges: list[int] = batch.option_offsets[batch.decision_offsets].tolist()
        self.kinds: list[int] = batch.kinds.tolist()

    def cut(self, row: int) -> Slice:
        """The decision at a row."""
        batch = self.batch
        state = slice(self.state_edges[row], self.state_edges[row + 1])
        start, end = self.entry_edges[row], self.entry_edges[row + 1]
        first, last = self.decision_edges[row], self.decision_edges[row + 1]
        return Slice(
            batch.state_indices[state],
            batch.state_values[state],
            batch.option_indices[start:end],
            batch.option_values[start:end],
            batch.option_offsets[first + 1 : last + 1] - start,
            self.kinds[row],
        )


def join_slices(slices: Sequence[Slice]) -> DecisionBatch:
    """One batch of the decisions, in order."""
    if not slices:
        return DecisionBatch.empty()
    starts = [0, *accumulate(len(part.option_indices) for part in slices)]
    ends = [part.option_ends + start for part, start in zip(slices, starts, strict=False)]
    return DecisionBatch(
        state_indices=np.concatenate([part.state_indices for part in slices]),
        state_values=np.concatenate([part.state_values for part in slices]),
        state_offsets=_offsets([len(part.state_indices) for part in slices]),
        option_indices=np.concatenate([part.option_indices for part in slices]),
        option_values=np.concatenate([part.option_values for part in slices]),
        option_offsets=np.concatenate([np.zeros(1, dtype=np.int64), *ends]),
        decision_offsets=_offsets([len(part.option_ends) for part in slices]),
        kinds=np.array([part.kind for part in slices], dtype=np.int8),
    )


def _offsets(lengths: Sequence[int]) -> NDArray[np.int64]:
    return np.array([0, *accumulate(lengths)], dtype=np.int64)


class Trace:
    """What one game has seen, done and earned so far, and which policy began it."""

    def __init__(self, seed: int, update: int, checkpoint_id: str) -> None:
        self.seed = seed
        self.update = update
        self.checkpoint_id = checkpoint_id
        self.slices: list[Slice] = []
        self.actions: list[int] = []
        self.log_probs: list[float] = []
        self.values: list[float] = []
        self.rewards: list[NDArray[np.float32]] = []  # [term] each

    def __len__(self) -> int:
        return len(self.actions)

    def add(self, decision: Slice, choices: Choices, row: int) -> None:
        """One decision and the choice made."""
        self.slices.append(decision)
        self.actions.append(int(choices.actions[row]))
        self.log_probs.append(float(choices.log_probs[row]))
        self.values.append(float(choices.values[row]))

    def earn(self, rewards: NDArray[np.float32]) -> None:
        """What the last decision earned, by term, until the next one."""
        self.rewards.append(rewards)

    def decisions(self) -> DecisionBatch:
        """All kept decisions as one batch."""
        return join_slices(self.slices)
