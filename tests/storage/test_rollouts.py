"""Rollouts: what is written comes back, and what is no rollout is refused by name."""

from dataclasses import fields

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ascension.environment.batch import DecisionBatch
from ascension.records import Demonstrations
from storage import Store, rollouts
from storage.errors import CorruptFile, DiskFull, ForeignFile, NotWritable, StorageError
from tests.storage import samples


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def assert_same_decisions(a, b):
    for field in fields(DecisionBatch):
        left, right = getattr(a, field.name), getattr(b, field.name)
        assert left.dtype == right.dtype
        np.testing.assert_array_equal(left, right)


def test_a_rollout_comes_back_as_it_was_written(store):
    written = samples.rollout(3)
    read = rollouts.read_rollout(rollouts.write_rollout(store, written))
    assert_same_decisions(read.decisions, written.decisions)
    assert read.identity == written.identity
    assert read.game == written.game
    assert read.reward_terms == written.reward_terms
    for name in ("actions", "log_probs", "values", "rewards", "rewards_by_term"):
        np.testing.assert_array_equal(getattr(read, name), getattr(written, name))


def test_a_rollout_lies_in_the_partition_of_its_run_update_and_worker(store):
    path = rollouts.write_rollout(store, samples.rollout(1, update=12))
    folders = path.relative_to(store.root).parts
    assert folders[:4] == ("rollouts", "run=main", "update=000012", "worker=w1")
    assert rollouts.update_of(path) == 12


def test_only_the_last_transition_of_a_finished_game_is_done(store):
    path = rollouts.write_rollout(store, samples.rollout())
    assert pq.read_table(path, partitioning=None)["done"].to_pylist() == [False] * 19 + [True]


def test_the_identity_is_read_from_the_footer_alone(store):
    written = samples.rollout(7)
    assert rollouts.read_identity(rollouts.write_rollout(store, written)) == written.identity


@pytest.mark.parametrize("kept_bytes", [0, 10, 500])
def test_a_truncated_file_is_called_corrupt(store, kept_bytes):
    path = rollouts.write_rollout(store, samples.rollout())
    path.write_bytes(path.read_bytes()[:kept_bytes])
    with pytest.raises(CorruptFile, match="not a complete Parquet file"):
        rollouts.read_rollout(path)
    with pytest.raises(CorruptFile):
        rollouts.read_identity(path)


def test_a_parquet_file_of_another_program_is_called_foreign(store, tmp_path):
    path = tmp_path / "other.parquet"
    pq.write_table(pa.table({"x": [1]}), path)
    with pytest.raises(ForeignFile, match="another program"):
        rollouts.read_rollout(path)


def test_offsets_that_do_not_fit_are_called_corrupt(store):
    written = samples.rollout()
    path = rollouts.write_rollout(store, written)
    table = pq.read_table(path, partitioning=None)
    shifted = table.set_column(
        table.schema.get_field_index("option_lengths"),
        table.schema.field("option_lengths"),
        pa.array([[1]] * table.num_rows, pa.list_(pa.uint16())),
    )
    pq.write_table(shifted, path)
    with pytest.raises(CorruptFile, match="option_offsets"):
        rollouts.read_rollout(path)


def test_nothing_is_left_when_the_disk_is_full(store, monkeypatch):
    def full(table, path):
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rollouts, "_write_table", full)
    with pytest.raises(DiskFull, match="free some room"):
        rollouts.write_rollout(store, samples.rollout())
    assert not [path for path in store.root.rglob("*") if path.is_file()]


def test_a_read_only_folder_is_named(store, monkeypatch):
    def refused(table, path):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(rollouts, "_write_table", refused)
    with pytest.raises(NotWritable, match="make the folder writable"):
        rollouts.write_rollout(store, samples.rollout())


@pytest.mark.parametrize("name", ["../up", "", "a/b", ".hidden", "x" * 65])
def test_a_worker_name_cannot_leave_its_folder(store, name):
    with pytest.raises(StorageError, match="worker"):
        rollouts.write_rollout(store, samples.rollout(worker=name))


def test_demonstrations_come_back_and_are_found_by_seed(store):
    game = Demonstrations(77, samples.batch(9), np.arange(9, dtype=np.int16) % 2, samples.game())
    path = rollouts.write_demonstrations(store, "teacher", game)
    read = rollouts.read_demonstrations(path)
    assert_same_decisions(read.decisions, game.decisions)
    np.testing.assert_array_equal(read.actions, game.actions)
    assert rollouts.demonstrated_seeds(store, "teacher") == {77: path}
    with pytest.raises(ForeignFile, match="no demonstrations"):
        rollouts.read_demonstrations(rollouts.write_rollout(store, samples.rollout()))
