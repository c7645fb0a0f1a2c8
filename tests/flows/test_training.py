"""The training step: batches, stale rollouts, and death at every moment of a commit."""

import threading

import numpy as np
import pytest

from flows.steps import due, training
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
