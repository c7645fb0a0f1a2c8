"""What must not stop the trainer: each bad file is refused with a reason row, the loop goes on."""

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.retrying import passes_by_itself
from flows.steps import collecting, due, training
from storage import checkpoints, database, facts, fresh, rollouts
from storage.errors import DiskFull, NotWritable, StorageError
from tests.flows.projects import let_wait, made_up_rollout, small_settings, started_project


def reasons(project):
    """Reasons of the refused rollouts, from their rows."""
    database.refresh(project.store)
    return [row[0] for row in database.query(project.store, "select reason from rejections").rows]


def trained(project):
    """Ids of all consumed rollouts."""
    return list(checkpoints.ledger(project.store, project.run, 0))


def folder_of(project, update=0):
    return project.store.rollouts(project.run) / f"update={update:06d}" / "worker=w"


def write_changed(project, number, **identity):
    rollout = made_up_rollout(project, number)
    changed = replace(rollout, identity=replace(rollout.identity, **identity))
    return rollouts.write_rollout(project.store, changed)


def foreign_parquet(project):
    pq.write_table(pa.table({"a": [1, 2]}), folder_of(project) / "foreign.parquet")


def foreign_bytes(project):
    (folder_of(project) / "foreign.parquet").write_bytes(b"not Parquet at all")


def from_the_future(project):
    write_changed(project, 90, update=7)


def of_other_rules(project):
    write_changed(project, 90, rules_version="another")


def of_another_layout(project):
    write_changed(project, 90, layout_version="another")


def doubled(project):
    path = next(rollouts.waiting_files(project.store, project.run))
    other = path.parent.parent / "worker=w2"
    other.mkdir()
    (other / path.name).write_bytes(path.read_bytes())


def of_another_run(project):
    path = write_changed(project, 90, run="other")
    path.rename(folder_of(project) / path.name)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (foreign_parquet, "foreign: "),
        (foreign_bytes, "corrupt: "),
        (from_the_future, "from the future: update 7 > 0"),
        (of_other_rules, "rules version another, not"),
        (of_another_layout, "layout version another, not"),
        (doubled, "duplicate rollout id"),
        (of_another_run, "misplaced: belongs to other"),
    ],
    ids=lambda value: getattr(value, "__name__", "").replace("_", " "),
)
def test_a_bad_rollout_is_refused_with_its_reason_and_the_others_are_trained(
    project, damage, reason
):
    let_wait(project, range(8))
    damage(project)
    (update,) = training.train_waiting(project)
    assert update.games == 8
    (found,) = reasons(project)
    assert found.startswith(reason)
    assert len(list(project.store.quarantine.rglob("*.reason.json"))) == 1
    assert due.waiting_rollouts(project) == 0
    let_wait(project, range(20, 28), update=1)
    assert len(training.train_waiting(project)) == 1


@pytest.mark.parametrize("hours", [-48, 48])
def test_rollouts_of_a_worker_with_a_wrong_clock_are_trained_once(project, hours):
    let_wait(project, range(4))
    skewed = datetime.now(UTC) + timedelta(hours=hours)
    for number in range(4, 8):
        write_changed(project, number, created_at=skewed)
    assert len(training.train_waiting(project)) == 1
    assert len(set(trained(project))) == 8
    assert reasons(project) == []


def failing(number):
    def fail(*arguments):
        raise OSError(number, os.strerror(number))

    return fail


FAILURES = [(errno.ENOSPC, DiskFull), (errno.EROFS, NotWritable)]


@pytest.mark.parametrize(("number", "error"), FAILURES, ids=["full disk", "read-only root"])
@pytest.mark.parametrize("step", ["rename", "fsync"])
def test_an_update_that_cannot_be_committed_changes_nothing_and_comes_later(
    project, monkeypatch, number, error, step
):
    let_wait(project, range(8))
    with monkeypatch.context() as patch:
        patch.setattr(os, step, failing(number))
        with pytest.raises(error):
            training.train_waiting(project)
    assert (due.newest_update(project), due.waiting_rollouts(project)) == (0, 8)
    assert trained(project) == []
    assert len(training.train_waiting(project)) == 1
    assert len(trained(project)) == 8


@pytest.mark.parametrize(("number", "error"), FAILURES, ids=["full disk", "read-only root"])
def test_games_that_cannot_be_committed_leave_no_half_rollout(project, monkeypatch, number, error):
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing(number))
        with pytest.raises(error):
            collecting.collect_games(project, "w")
    assert due.waiting_rollouts(project) == 0
    collecting.collect_games(project, "w")
    assert len(fresh.waiting(project.store, project.run)) == 8
    assert facts.count(project.store, "games", project.run) == 8


class Failed:
    """A task's state."""

    def __init__(self, error):
        self.error = error

    def result(self, raise_on_failure):
        return self.error


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (DiskFull("full"), True),
        (ConnectionResetError("server"), True),
        (NotWritable("read-only"), False),
        (StorageError("damaged"), False),
        (ValueError("ours"), False),
    ],
)
def test_only_failures_that_pass_by_themselves_are_tried_again(error, passes):
    assert passes_by_itself(None, None, Failed(error)) == passes


def test_draining_looks_at_staleness_again_before_every_update(tmp_path):
    project = started_project(
        tmp_path, train=small_settings().train.model_copy(update={"max_rollout_lag": 1})
    )
    let_wait(project, range(24))
    updates = training.train_waiting(project)
    assert [(update.total_updates, update.max_lag) for update in updates] == [(1, 0), (2, 1)]
    assert reasons(project) == ["stale: lag 2 > 1 updates"] * 8
