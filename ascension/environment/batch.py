"""A batch of decisions as flat arrays: states and their legal options as (index, value) pairs.

Born in the batched environment, stored in rollouts, fed to the network. Widths of the indices
are in `layout.py`; this module knows only the shapes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


class MalformedBatch(ValueError):
    """Arrays that do not describe a batch of decisions; says which one and why."""


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The concatenation of `arange(start, start + length)` for every pair."""
    total = int(lengths.sum())
    before = np.cumsum(lengths) - lengths
    out: NDArray[np.int64] = np.arange(total, dtype=np.int64)
    out += np.repeat(starts - before, lengths)
    return out


def _offsets(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Offsets from lengths: one more entry, the first is 0."""
    out = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=out[1:])
    return out


def _join_offsets(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Offsets of the concatenation of the parts that these offsets describe."""
    return _offsets(np.concatenate([np.diff(part) for part in parts]))


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise MalformedBatch(message)


def _check_offsets(name: str, offsets: NDArray[np.int64], end: int) -> None:
    _require(len(offsets) > 0 and int(offsets[0]) == 0, f"{name} must start with 0")
    _require(int(offsets[-1]) == end, f"{name} must end at {end}, not {int(offsets[-1])}")
    _require(bool((np.diff(offsets) >= 0).all()), f"{name} must never decrease")


def _check_entries(
    name: str, indices: NDArray[np.int32], values: NDArray[np.float32], width: int
) -> None:
    _require(len(indices) == len(values), f"{name}: {len(indices)} indices, {len(values)} values")
    _require(bool(np.isfinite(values).all()), f"{name}_values must be finite")
    if len(indices):
        low, high = int(indices.min()), int(indices.max())
        _require(
            low >= 0 and high < width, f"{name}_indices must be in [0, {width}): {low}, {high}"
        )


@dataclass(frozen=True, slots=True)
class DecisionBatch:
    """B decisions with O options in all; the options of decision b follow each other."""

    state_indices: NDArray[np.int32]  # [state entry]
    state_values: NDArray[np.float32]  # [state entry]
    state_offsets: NDArray[np.int64]  # [B + 1], into the state entries
    option_indices: NDArray[np.int32]  # [option entry]
    option_values: NDArray[np.float32]  # [option entry]
    option_offsets: NDArray[np.int64]  # [O + 1], into the option entries
    decision_offsets: NDArray[np.int64]  # [B + 1], into the options
    kinds: NDArray[np.int8]  # [B], numbers of kinds.py

    def __len__(self) -> int:
        """Number of decisions."""
        return len(self.kinds)

    @property
    def n_options(self) -> int:
        """Number of options of all decisions together."""
        return len(self.option_offsets) - 1

    def option_counts(self) -> NDArray[np.int64]:
        """Number of options of each decision, [B]."""
        return np.diff(self.decision_offsets)

    def take(self, rows: NDArray[np.int64] | Sequence[int]) -> "DecisionBatch":
        """The decisions at these positions, in this order (repeats allowed), as copies."""
        chosen = np.asarray(rows, dtype=np.int64)
        state_lengths = np.diff(self.state_offsets)[chosen]
        state = _ranges(self.state_offsets[chosen], state_lengths)
        counts = np.diff(self.decision_offsets)[chosen]
        options = _ranges(self.decision_offsets[chosen], counts)
        option_lengths = np.diff(self.option_offsets)[options]
        entries = _ranges(self.option_offsets[options], option_lengths)
        return DecisionBatch(
            state_indices=self.state_indices[state],
            state_values=self.state_values[state],
            state_offsets=_offsets(state_lengths),
            option_indices=self.option_indices[entries],
            option_values=self.option_values[entries],
            option_offsets=_offsets(option_lengths),
            decision_offsets=_offsets(counts),
            kinds=self.kinds[chosen],
        )

    @staticmethod
    def concatenate(batches: Sequence["DecisionBatch"]) -> "DecisionBatch":
        """All decisions of all batches, in order; of no batches, the empty batch."""
        if not batches:
            return DecisionBatch.empty()
        return DecisionBatch(
            state_indices=np.concatenate([b.state_indices for b in batches]),
            state_values=np.concatenate([b.state_values for b in batches]),
            state_offsets=_join_offsets([b.state_offsets for b in batches]),
            option_indices=np.concatenate([b.option_indices for b in batches]),
            option_values=np.concatenate([b.option_values for b in batches]),
            option_offsets=_join_offsets([b.option_offsets for b in batches]),
            decision_offsets=_join_offsets([b.decision_offsets for b in batches]),
            kinds=np.concatenate([b.kinds for b in batches]),
        )

    @staticmethod
    def empty() -> "DecisionBatch":
        """A batch of no decisions."""
        zero = np.zeros(1, dtype=np.int64)
        return DecisionBatch(
            state_indices=np.zeros(0, dtype=np.int32),
            state_values=np.zeros(0, dtype=np.float32),
            state_offsets=zero,
            option_indices=np.zeros(0, dtype=np.int32),
            option_values=np.zeros(0, dtype=np.float32),
            option_offsets=zero.copy(),
            decision_offsets=zero.copy(),
            kinds=np.zeros(0, dtype=np.int8),
        )

    def copy(self) -> "DecisionBatch":
        """A batch that owns its arrays: the environment reuses the buffers behind its views."""
        return DecisionBatch(*(getattr(self, field.name).copy() for field in fields(self)))

    def check(self, state_width: int, option_width: int) -> "DecisionBatch":
        """Itself, or MalformedBatch: for batches that come from a file or another process."""
        _check_entries("state", self.state_indices, self.state_values, state_width)
        _check_entries("option", self.option_indices, self.option_values, option_width)
        _check_offsets("state_offsets", self.state_offsets, len(self.state_indices))
        _check_offsets("option_offsets", self.option_offsets, len(self.option_indices))
        _check_offsets("decision_offsets", self.decision_offsets, self.n_options)
        for name in ("state_offsets", "decision_offsets"):
            length = len(getattr(self, name))
            _require(length == len(self) + 1, f"{name}: {length} entries for {len(self)} decisions")
        _require(bool((self.option_counts() > 0).all()), "every decision needs an option")
        return self
