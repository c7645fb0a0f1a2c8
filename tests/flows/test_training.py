"""The training step: batches, stale rollouts, and death at every moment of a commit."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from ascension.learning.errors import DeviceError, TrainingDiverged
from ascension.learning.state import IncompatibleState
from flows.steps import due, training
from flows.steps.learner import load_checkpoint
from storage import checkpoints, facts, fresh, rollouts
from storage.errors import CheckpointNotFound, TrainerBusy
from storage.locks import exclusive
from tests.flows.projects import let_wait, made_up_rollout, small_settings, started_project, weights


class Death(BaseException):
    """The process is killed here."""


def die(*args, **kwargs):
    raise Death


def consumed(project):
    newest = due.newest_update(project)
    return [
        rollout_id
        for update in range(1, newest + 1)
        for rollout_id in checkpoints.read_metadata(project.store, project.run, update)["consumed"]
    ]


def test_eight_waiting_rollouts_make_one_update(project):
    let_wait(project, range(8))
    (update,) = training.train_waiting(project)
    assert (update.total_updates, update.games, update.transitions) == (1, 8, 48)
    assert due.newest_update(project) == 1
    assert due.waiting_rollouts(project) == 0
    assert facts.count(project.store, "updates", project.run) == 1


def test_seven_waiting_rollouts_make_none(project):
    let_wait(project, range(7))
    assert training.train_waiting(project) == []
    assert due.waiting_rollouts(project) == 7


def test_a_backlog_is_trained_batch_after_batch_in_order_of_age(project):
    let_wait(project, range(20))
    updates = training.train_waiting(project)
    assert [update.total_updates for update in updates] == [1, 2]
    assert [rollout_id[:4] for rollout_id in consumed(project)] == [f"{n:04d}" for n in range(16)]
    assert due.waiting_rollouts(project) == 4


def test_rollouts_of_policies_too_long_ago_are_refused_with_their_reason(project):
    for update in range(1, 6):
        let_wait(project, range(8), update=update - 1)
        training.train_waiting(project)
    let_wait(project, range(100, 108), update=0)
    let_wait(project, range(200, 208), update=5)
    (update,) = training.train_waiting(project)
    assert (update.total_updates, update.stale_rollouts, update.max_lag) == (6, 8, 0)
    assert due.waiting_rollouts(project) == 0
    reasons = list(project.store.quarantine.rglob("*.reason.json"))
    assert len(reasons) == 8
    assert "lag 5 > 4" in reasons[0].read_text()


def test_a_malformed_rollout_is_refused_and_does_not_stop_the_trainer(project):
    bad = made_up_rollout(project, 0)
    bad.log_probs[2] = np.nan
    rollouts.write_rollout(project.store, bad)
    let_wait(project, range(1, 9))
    (update,) = training.train_waiting(project)
    assert update.games == 8
    (reason,) = project.store.quarantine.rglob("*.reason.json")
    assert "malformed: 1 of 6 transitions" in reason.read_text()


def test_a_damaged_rollout_is_refused_and_does_not_stop_the_trainer(project):
    let_wait(project, range(9))
    first = next(rollouts.waiting_files(project.store, project.run))
    content = bytearray(first.read_bytes())
    content[4:200] = bytes(196)
    first.write_bytes(bytes(content))
    (update,) = training.train_waiting(project)
    assert update.games == 8
    assert facts.count(project.store, "rejections", project.run) == 1


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (training.ppo, "update"),
        (training, "commit_learner"),
        (checkpoints, "new_folder"),
        (facts, "append_update"),
        (fresh, "discard"),
    ],
)
def test_death_at_any_step_of_an_update_changes_nothing_in_the_end(
    tmp_path, monkeypatch, module, name
):
    whole = started_project(tmp_path / "whole")
    killed = started_project(tmp_path / "killed")
    for number in range(16):
        rollout = made_up_rollout(whole, number)
        rollouts.write_rollout(whole.store, rollout)
        rollouts.write_rollout(killed.store, rollout)
    training.train_waiting(whole)
    with monkeypatch.context() as patch:
        patch.setattr(module, name, die)
        with pytest.raises(Death):
            training.train_waiting(killed)
    training.train_waiting(killed)
    assert weights(killed, 2) == weights(whole, 2)
    assert consumed(killed) == consumed(whole)
    assert due.waiting_rollouts(killed) == 0
    assert facts.count(killed.store, "updates", killed.run) == 2


def test_death_in_the_middle_of_the_clean_up_trains_nothing_twice(project, monkeypatch):
    let_wait(project, range(16))
    with monkeypatch.context() as patch:
        patch.setattr(fresh, "discard", lambda store, run, taken, keep: die(taken[0].path.unlink()))
        with pytest.raises(Death):
            training.train_waiting(project)
    assert due.waiting_rollouts(project) == 15
    training.train_waiting(project)
    assert len(consumed(project)) == len(set(consumed(project))) == 16


def test_only_one_trainer_works_on_a_run(project):
    with exclusive(project.lock("train"), "a test"), pytest.raises(TrainerBusy):
        training.train_waiting(project)


def test_there_is_nothing_to_train_before_the_first_checkpoint(unstarted):
    with pytest.raises(CheckpointNotFound, match="clone or train first"):
        training.train_waiting(unstarted)


def test_a_round_that_is_being_committed_is_trained_as_one(tmp_path, monkeypatch):
    train = small_settings().train.model_copy(update={"most_rollouts": 64})
    project = started_project(tmp_path / "data", train=train)
    let_wait(project, range(8))
    arriving = iter([range(8, 16), range(16, 24)])
    monkeypatch.setattr(training.time, "sleep", lambda _: let_wait(project, next(arriving, ())))
    updates = training.train_waiting(project, linger_seconds=30, is_over=lambda update: update >= 1)
    assert [update.games for update in updates] == [24]


def test_a_lingering_trainer_takes_the_next_batch_without_a_new_start(project, monkeypatch):
    monkeypatch.setattr(training, "POLL_SECONDS", 0.01)
    let_wait(project, range(8))
    second = threading.Thread(target=let_wait, args=(project, range(8, 16)))

    def on_update(update):
        if update.total_updates == 1:
            second.start()

    updates = training.train_waiting(
        project, linger_seconds=30, is_over=lambda update: update >= 2, on_update=on_update
    )
    second.join()
    assert [update.total_updates for update in updates] == [1, 2]


def test_consumed_rollouts_are_kept_if_so_set(tmp_path):
    settings = small_settings()
    train = settings.train.model_copy(update={"keep_consumed": True})
    project = started_project(tmp_path, train=train)
    let_wait(project, range(8))
    training.train_waiting(project)
    assert due.waiting_rollouts(project) == 0
    assert len(list(project.store.kept_rollouts(project.run).rglob("*.parquet"))) == 8


# --- bad input ---------------------------------------------------------------------------------


def exploding_rollouts(project, numbers, update=0):
    """Rollouts whose numbers are finite and whose squares are not."""
    for number in numbers:
        rollout = made_up_rollout(project, number, update)
        rollout.rewards[2] = 3e38
        rollouts.write_rollout(project.store, rollout)


def test_a_batch_that_is_stale_altogether_is_refused_and_the_next_one_trained(project):
    for update in range(1, 6):
        let_wait(project, range(8), update=update - 1)
        training.train_waiting(project)
    let_wait(project, range(100, 108), update=0)
    assert training.train_waiting(project) == []
    assert due.newest_update(project) == 5
    assert facts.count(project.store, "rejections", project.run) == 8
    let_wait(project, range(200, 208), update=5)
    (update,) = training.train_waiting(project)
    assert update.total_updates == 6


def test_a_batch_that_spoils_the_weights_is_refused_and_leaves_no_trace_in_them(
    tmp_path, monkeypatch
):
    spoilt, clean = started_project(tmp_path / "a"), started_project(tmp_path / "b")
    exploding_rollouts(spoilt, range(8))
    for number in range(8, 16):
        rollout = made_up_rollout(clean, number)
        rollouts.write_rollout(clean.store, rollout)
        rollouts.write_rollout(spoilt.store, rollout)
    training.train_waiting(clean)
    (update,) = training.train_waiting(spoilt)
    assert update.total_updates == due.newest_update(spoilt) == 1
    assert weights(spoilt, 1) == weights(clean, 1)
    reasons = [path.read_text() for path in spoilt.store.quarantine.rglob("*.reason.json")]
    assert len(reasons) == facts.count(spoilt.store, "rejections", spoilt.run) == 8
    assert all("diverged: the loss of update 1" in reason for reason in reasons)


def test_if_batch_after_batch_diverges_the_trainer_says_so_and_the_last_checkpoint_stays(project):
    let_wait(project, range(8))
    training.train_waiting(project)
    exploding_rollouts(project, range(100, 124), update=1)
    with pytest.raises(TrainingDiverged, match="3 batches in a row.*checkpoint 1 is the last good"):
        training.train_waiting(project)
    assert due.newest_update(project) == 1
    let_wait(project, range(200, 208), update=1)
    (update,) = training.train_waiting(project)
    assert update.total_updates == 2


def test_a_lost_device_changes_nothing_and_the_batch_can_be_trained_later(project, monkeypatch):
    let_wait(project, range(8))

    def lose(*args):
        raise DeviceError("device cuda failed")

    with monkeypatch.context() as patch:
        patch.setattr(training.ppo, "update", lose)
        with pytest.raises(DeviceError):
            training.train_waiting(project)
    assert (due.newest_update(project), due.waiting_rollouts(project)) == (0, 8)
    (update,) = training.train_waiting(project)
    assert update.total_updates == 1


def test_a_checkpoint_of_other_shapes_is_refused_by_name(project):
    checkpoint = load_checkpoint(project)
    other = dict(checkpoint.weights)
    other["state.weight"] = other["state.weight"][:-7]
    checkpoints.commit(project.store, replace(checkpoint, update=1, weights=other))
    let_wait(project, range(8))
    with pytest.raises(IncompatibleState, match="reads .* features, this program writes"):
        training.train_waiting(project)
    assert due.waiting_rollouts(project) == 8
