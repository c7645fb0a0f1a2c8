"""Atomic writes: a full disk or a dead writer leaves nothing that a reader would take."""

import errno
import os

import pytest

from storage import files
from storage.errors import DiskFull, NotWritable
from storage.files import TEMPORARY


def full(*arguments):
    raise OSError(errno.ENOSPC, "No space left on device")


def read_only(*arguments):
    raise OSError(errno.EROFS, "Read-only file system")


@pytest.mark.parametrize(
    ("failure", "error"), [(full, DiskFull), (read_only, NotWritable)], ids=["full", "read-only"]
)
@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    tmp_path, monkeypatch, failure, error, step
):
    path = tmp_path / "content.json"
    files.write_json(path, {"old": 1})
    with monkeypatch.context() as patch:
        patch.setattr(os, step, failure)
        with pytest.raises(error, match="content.json"):
            files.write_json(path, {"new": 2})
    assert path.read_text() == '{\n  "old": 1\n}\n'
    assert os.listdir(tmp_path) == ["content.json"]


def test_a_folder_that_cannot_be_committed_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(DiskFull), files.new_folder(tmp_path / "update=000001") as folder:
        (folder / "weights").write_bytes(b"w")
    assert os.listdir(tmp_path) == []


def test_what_killed_writers_left_is_swept_when_it_is_old(tmp_path):
    old, young = tmp_path / "a" / f"{TEMPORARY}old", tmp_path / f"{TEMPORARY}young"
    old.mkdir(parents=True)
    (old / "weights").write_bytes(b"w")
    young.write_bytes(b"y")
    (tmp_path / "kept.parquet").write_bytes(b"k")
    os.utime(old, (0, 0))
    assert files.sweep_temporary(tmp_path) == 1
    assert not old.exists()
    assert files.sweep_temporary(tmp_path, older_than_seconds=-1.0) == 1
    assert os.listdir(tmp_path) in (["a", "kept.parquet"], ["kept.parquet", "a"])
