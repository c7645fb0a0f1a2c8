"""DecisionBatch: taking rows, joining batches, refusing malformed arrays."""

import dataclasses

import numpy as np
import pytest

from ascension.environment.batch import DecisionBatch, MalformedBatch


def batch_of(seed: int, decisions: int) -> DecisionBatch:
    random = np.random.default_rng(seed)
    counts = random.integers(1, 5, decisions)
    state = random.integers(0, 7, decisions)
    option = random.integers(0, 4, counts.sum())
    return DecisionBatch(
        state_indices=random.integers(0, 50, state.sum()).astype(np.int32),
        state_values=random.random(state.sum()).astype(np.float32),
        state_offsets=np.concatenate([[0], np.cumsum(state)]).astype(np.int64),
        option_indices=random.integers(0, 20, option.sum()).astype(np.int32),
        option_values=random.random(option.sum()).astype(np.float32),
        option_offsets=np.concatenate([[0], np.cumsum(option)]).astype(np.int64),
        decision_offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        kinds=random.integers(0, 10, decisions).astype(np.int8),
    )


def equal(a: DecisionBatch, b: DecisionBatch) -> bool:
    return all(
        np.array_equal(getattr(a, field.name), getattr(b, field.name))
        and getattr(a, field.name).dtype == getattr(b, field.name).dtype
        for field in dataclasses.fields(a)
    )


def test_taking_every_row_gives_the_same_batch() -> None:
    batch = batch_of(1, 9)
    assert equal(batch.take(np.arange(9)), batch)


def test_taking_rows_one_by_one_and_joining_gives_the_same_batch() -> None:
    batch = batch_of(2, 7)
    assert equal(DecisionBatch.concatenate([batch.take([row]) for row in range(7)]), batch)


def test_rows_can_be_repeated_and_reordered() -> None:
    batch = batch_of(3, 6)
    taken = batch.take([4, 4, 0])
    assert equal(taken.take([0]), taken.take([1]))
    assert equal(taken.take([2]), batch.take([0]))


def test_the_empty_batch_joins_with_others() -> None:
    batch = batch_of(4, 3)
    joined = DecisionBatch.concatenate([DecisionBatch.empty(), batch])
    assert equal(joined, batch)
    assert len(DecisionBatch.concatenate([])) == 0


def test_a_good_batch_passes_the_check() -> None:
    batch = batch_of(5, 8)
    assert batch.check(50, 20) is batch
    assert DecisionBatch.empty().check(50, 20).n_options == 0


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("state_values", np.full(3, np.nan, np.float32), "state"),
        ("kinds", np.zeros(2, np.int8), "decisions"),
        ("state_offsets", np.zeros(9, np.int64), "state_offsets"),
        ("decision_offsets", np.zeros(9, np.int64), "decision_offsets"),
    ],
)
def test_malformed_batches_are_refused_with_the_reason(
    field: str, value: np.ndarray, message: str
) -> None:
    batch = dataclasses.replace(batch_of(6, 8), **{field: value})
    with pytest.raises(MalformedBatch, match=message):
        batch.check(50, 20)


def test_indices_beyond_the_width_are_refused() -> None:
    with pytest.raises(MalformedBatch, match="state_indices"):
        batch_of(7, 8).check(10, 20)
