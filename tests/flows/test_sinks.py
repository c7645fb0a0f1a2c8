"""Numbers of every update as event files: only where a run asks for them."""

import sys

import pytest

from flows.extras import MissingExtra
from flows.steps import due, sinks
from flows.steps.training import train_waiting
from tests.flows.projects import let_wait, started_project


def test_without_the_setting_nothing_is_written(project):
    let_wait(project, range(8))
    train_waiting(project)
    assert not sinks.folder_of(project).exists()


def test_every_number_of_every_update_is_written(tmp_path):
    pytest.importorskip("tensorboard", reason="needs the extra tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    project = started_project(tmp_path, tensorboard=True)
    let_wait(project, range(16))
    updates = train_waiting(project)
    events = EventAccumulator(str(sinks.folder_of(project)))
    events.Reload()
    assert set(events.Tags()["scalars"]) == {n for u in updates for n in sinks.scalars(u)}
    losses = events.Scalars("pg_loss")
    assert [event.step for event in losses] == [update.total_transitions for update in updates]
    assert losses[-1].value == pytest.approx(updates[-1].pg_loss, rel=1e-5)


def test_a_missing_library_is_named_before_anything_is_trained(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorboard", None)
    project = started_project(tmp_path, tensorboard=True)
    let_wait(project, range(8))
    with pytest.raises(MissingExtra, match=r"\[tensorboard\]"):
        train_waiting(project)
    assert due.newest_update(project) == 0


def test_mappings_become_one_number_for_each_key(project):
    let_wait(project, range(8))
    (update,) = train_waiting(project)
    numbers = sinks.scalars(update)
    assert {"entropy_by_kind/combat", "lr", "total_updates"} <= set(numbers)
    assert numbers["early_stop"] in (0.0, 1.0)
    assert "run" not in numbers
