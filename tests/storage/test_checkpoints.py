"""Checkpoints: complete or absent, verified by hash, never overwritten."""

import json
import os
from dataclasses import replace

import numpy as np
import pytest

from storage import Store, checkpoints
from storage.errors import (
    CheckpointExists,
    CheckpointNotFound,
    CorruptCheckpoint,
    IncompatibleCheckpoint,
)
from tests.storage import samples


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def test_a_checkpoint_comes_back_as_it_was_committed(store):
    written = samples.checkpoint(3, consumed=("a", "b"))
    checkpoint_id = checkpoints.commit(store, written)
    read = checkpoints.load(store, "main")
    assert read.checkpoint_id == checkpoint_id == written.checkpoint_id
    assert (read.update, read.consumed, read.state) == (3, ("a", "b"), written.state)
    np.testing.assert_array_equal(read.weights["w"], written.weights["w"])


def test_a_single_number_comes_back_without_an_axis(store):
    written = replace(samples.checkpoint(), optimizer={"step": np.array(2.0, np.float32)})
    checkpoints.commit(store, written)
    assert checkpoints.load(store, "main").optimizer["step"].shape == ()


def test_the_id_is_the_content_and_not_the_time(store):
    assert samples.checkpoint(1).checkpoint_id == samples.checkpoint(2).checkpoint_id
    assert samples.checkpoint(value=2.0).checkpoint_id != samples.checkpoint().checkpoint_id


def test_the_newest_checkpoint_is_the_highest_update(store):
    for update in (2, 10, 9):
        checkpoints.commit(store, samples.checkpoint(update))
    assert checkpoints.updates(store, "main") == [2, 9, 10]
    assert checkpoints.load(store, "main").update == 10


def test_a_committed_update_is_never_overwritten(store):
    checkpoints.commit(store, samples.checkpoint(1, value=1.0))
    with pytest.raises(CheckpointExists, match="update 1 of run main"):
        checkpoints.commit(store, samples.checkpoint(1, value=2.0))
    assert checkpoints.load(store, "main").weights["w"][0] == 1.0


@pytest.mark.parametrize("step", ["write", "rename"])
def test_a_death_before_the_rename_leaves_no_checkpoint(store, monkeypatch, step):
    class Killed(BaseException):
        pass

    def killed(*arguments):
        raise Killed

    target = (checkpoints, "_metadata") if step == "write" else (os, "rename")
    monkeypatch.setattr(*target, killed)
    with pytest.raises(Killed):
        checkpoints.commit(store, samples.checkpoint(1))
    assert checkpoints.updates(store, "main") == []


def test_a_missing_checkpoint_says_what_to_do(store):
    with pytest.raises(CheckpointNotFound, match="clone or train first"):
        checkpoints.load(store, "main")
    with pytest.raises(CheckpointNotFound, match="update 7"):
        checkpoints.load(store, "main", 7)


@pytest.mark.parametrize("name", [checkpoints.WEIGHTS, checkpoints.OPTIMIZER])
def test_a_truncated_tensor_file_is_called_corrupt(store, name):
    checkpoints.commit(store, samples.checkpoint())
    path = checkpoints.checkpoint_path(store, "main", 0) / name
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(CorruptCheckpoint, match="damaged"):
        checkpoints.load(store, "main")


def test_changed_weights_do_not_match_their_hash(store):
    checkpoints.commit(store, samples.checkpoint())
    path = checkpoints.checkpoint_path(store, "main", 0) / checkpoints.WEIGHTS
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(CorruptCheckpoint, match="does not match its hash"):
        checkpoints.load(store, "main")


def test_metadata_that_is_not_json_is_called_corrupt(store):
    checkpoints.commit(store, samples.checkpoint())
    path = checkpoints.checkpoint_path(store, "main", 0) / checkpoints.METADATA
    path.write_text(path.read_text()[:50])
    with pytest.raises(CorruptCheckpoint, match="not readable JSON"):
        checkpoints.load(store, "main")


@pytest.mark.parametrize("what", ["rules_version", "layout_version"])
def test_a_checkpoint_of_another_version_is_refused(store, what):
    checkpoints.commit(store, samples.checkpoint())
    with pytest.raises(IncompatibleCheckpoint, match="this program has new"):
        checkpoints.load(store, "main", **{what: "new"})


def test_a_checkpoint_holds_only_safetensors_and_json(store):
    checkpoints.commit(store, samples.checkpoint())
    folder = checkpoints.checkpoint_path(store, "main", 0)
    assert {path.suffix for path in folder.iterdir()} == {".safetensors", ".json"}
    json.loads((folder / checkpoints.METADATA).read_text())


def test_the_ledger_lists_what_later_checkpoints_consumed(store):
    for update in (1, 2, 3):
        checkpoints.commit(store, samples.checkpoint(update, consumed=(f"r{update}",)))
    assert list(checkpoints.ledger(store, "main", 1)) == ["r2", "r3"]


def test_thinning_deletes_weights_and_keeps_the_ledger(store):
    for update in range(1, 15):
        checkpoints.commit(store, samples.checkpoint(update, consumed=(f"r{update}",)))
    assert checkpoints.thin(store, "main", keep_every=2, keep_newest=4) == 5
    assert len(list(checkpoints.ledger(store, "main", 0))) == 14
    assert checkpoints.load(store, "main", 2).update == 2
    with pytest.raises(CorruptCheckpoint, match="thinned"):
        checkpoints.load(store, "main", 3)


def test_thinning_after_every_commit_keeps_the_newest_and_every_so_manieth(store):
    for update in range(1, 13):
        checkpoints.commit(store, samples.checkpoint(update))
        checkpoints.thin(store, "main", keep_every=5, keep_newest=3, keep=(7,))
    kept = [
        u for u in checkpoints.updates(store, "main") if checkpoints.has_weights(store, "main", u)
    ]
    assert kept == [5, 7, 10, 11, 12]
