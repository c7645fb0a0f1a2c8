"""The collecting step: real games of act 1, committed facts first."""

import pytest

from ascension.game.version import RULES_VERSION
from flows.steps import collecting, due, training
from storage import facts, fresh, rollouts
from storage.errors import CheckpointNotFound
from tests.flows.test_training import Death, die


def test_a_batch_of_games_becomes_rollouts_that_the_trainer_takes(project):
    report = collecting.collect_games(project, "w")
    assert (report.update, report.games, report.waiting) == (0, 8, 8)
    assert due.games_collected(project) == 8
    (update,) = training.train_waiting(project)
    assert update.games == 8
    assert update.transitions == report.transitions


def test_rollouts_say_where_they_come_from(project):
    collecting.collect_games(project, "w")
    waiting = fresh.waiting(project.store, project.run, rules_version=RULES_VERSION)
    identities = [item.identity for item in waiting]
    assert {i.worker for i in identities} == {"w"}
    assert {i.update for i in identities} == {0}
    assert {i.settings_hash for i in identities} == {project.settings_hash}
    assert len({i.seed for i in identities}) == 8
    assert min(i.seed for i in identities) >= 1 << 31  # never a fixed seed


def test_every_batch_plays_other_seeds(project):
    collecting.collect_games(project, "w")
    collecting.collect_games(project, "w")
    files = rollouts.waiting_files(project.store, project.run)
    assert len({rollouts.read_identity(path).seed for path in files}) == 16


def test_a_death_between_facts_and_rollouts_leaves_no_game_out_of_the_tables(project, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(rollouts, "write_rollout", die)
        with pytest.raises(Death):
            collecting.collect_games(project, "w")
    assert (due.games_collected(project), due.waiting_rollouts(project)) == (8, 0)


def test_a_death_before_the_facts_leaves_nothing(project, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(facts, "append_games", die)
        with pytest.raises(Death):
            collecting.collect_games(project, "w")
    assert (due.games_collected(project), due.waiting_rollouts(project)) == (0, 0)


def test_games_are_told_as_they_are_committed(project):
    seen = []
    collecting.collect_games(
        project, "w", lambda group: seen.append((len(group), due.waiting_rollouts(project)))
    )
    assert seen == [(8, 8)]


def test_nobody_plays_before_the_first_checkpoint(unstarted):
    with pytest.raises(CheckpointNotFound, match="clone or train first"):
        collecting.collect_games(unstarted, "w")


def test_groups_keep_the_order_and_the_rest():
    assert list(collecting.grouped(iter("abcde"), 2)) == [["a", "b"], ["c", "d"], ["e"]]
