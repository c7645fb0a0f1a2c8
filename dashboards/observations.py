"""What the network really saw: columns of the observation that never change are blind spots."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascension.environment.batch import DecisionBatch
from ascension.environment.layout import OPTION, STATE, Layout
from dashboards.source import Source
from storage import StorageError, rollouts

MOST_FILES: Final = 48
EXAMPLES: Final = 6
# Blocks that a few dozen games may well leave empty, and why.
RARE: Final = {
    "next_draw": "needs Frozen Eye",
    "lose_relic": "one event",
    "lose_potion": "needs a full belt",
}
SPARE_SLOTS: Final = ("monster_3", "monster_4")


@dataclass(frozen=True, slots=True)
class BlockHealth:
    """How much of one block was ever written."""

    layout: str
    block: str
    columns: int
    seen: int
    unseen: tuple[str, ...]  # a few examples
    note: str

    @property
    def is_blind(self) -> bool:
        """Whether nothing of it was ever seen, and that is not to be expected."""
        return self.seen == 0 and not self.note


@dataclass(frozen=True, slots=True)
class ObservationHealth:
    """All blocks over a sample of games."""

    blocks: tuple[BlockHealth, ...]
    games: int
    decisions: int

    @property
    def constant(self) -> int:
        """Columns that never left zero."""
        return sum(block.columns - block.seen for block in self.blocks)


def sample(source: Source, most: int = MOST_FILES) -> ObservationHealth:
    """Look through waiting or kept rollouts, and through demonstrations where there are few."""
    seen = {layout.name: np.zeros(layout.width, dtype=bool) for layout in (STATE, OPTION)}
    games = decisions = 0
    for batch in _batches(source, most):
        games += 1
        decisions += len(batch.kinds)
        _mark(seen["state"], batch.state_indices, batch.state_values)
        _mark(seen["option"], batch.option_indices, batch.option_values)
    blocks = [*_blocks(STATE, seen["state"]), *_blocks(OPTION, seen["option"])]
    return ObservationHealth(tuple(blocks) if games else (), games, decisions)


def _mark(seen: NDArray[np.bool_], indices: NDArray[np.int32], values: NDArray[np.float32]) -> None:
    written = indices[values != 0]
    seen[written[written < len(seen)]] = True


def _batches(source: Source, most: int) -> Iterator[DecisionBatch]:
    """Decisions of up to `most` games; files that vanish or do not fit are left out."""
    taken = 0
    for path in _files(source, most):
        try:
            if "demonstrations" in path.parts:
                batch = rollouts.read_demonstrations(path).decisions
            else:
                batch = rollouts.read_rollout(path).decisions
        except (StorageError, FileNotFoundError):
            continue  # consumed or quarantined meanwhile: the page shows refusals elsewhere
        taken += 1
        yield batch
        if taken == most:
            return


def _files(source: Source, most: int) -> list[Path]:
    store = source.store
    own = [*store.rollouts(source.run).rglob("*.parquet")]
    own += store.kept_rollouts(source.run).rglob("*.parquet")
    newest = sorted(own, key=lambda path: path.name, reverse=True)[:most]
    teacher = sorted((store.root / "demonstrations").rglob("seed=*.parquet"))
    return newest + teacher[:most]


def _blocks(layout: Layout, seen: NDArray[np.bool_]) -> Iterator[BlockHealth]:
    for block in layout.blocks:
        start = layout.offset(block.name)
        met = seen[start : start + block.width]
        unseen = [name for name, is_met in zip(block.columns, met, strict=True) if not is_met]
        note = RARE.get(block.name, "")
        if block.name.startswith(SPARE_SLOTS):
            note = "needs four or more monsters"
        examples = tuple(unseen[:EXAMPLES])
        yield BlockHealth(layout.name, block.name, block.width, int(met.sum()), examples, note)
