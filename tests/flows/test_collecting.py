"""The collecting step: real games of act 1, committed facts first."""

from dataclasses import replace

import pytest

from ascension.game.version import RULES_VERSION
from ascension.settings import CollectSettings
from flows.steps import collecting, due, training
from storage import facts, fresh, rollouts
from storage.errors import CheckpointNotFound
from tests.flows.projects import started_project
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


def test_games_that_go_on_become_fragments_until_they_end(tmp_path):
    collect = CollectSettings(games=4, parallel_games=4, acts=1, steps=20)
    project = started_project(tmp_path / "data", collect=collect)
    play = collecting.rounds(project, "w")
    reports = [play(None) for _ in range(6)]
    assert [report.transitions for report in reports] == [80] * 6
    read = [rollouts.read_rollout(p) for p in rollouts.waiting_files(project.store, project.run)]
    finished = [rollout for rollout in read if rollout.is_finished]
    assert sum(report.games for report in reports) == len(finished) == due.games_collected(project)
    assert 0 < len(finished) < len(read)
    assert {rollout.bootstrap_value for rollout in finished} == {0.0}


def test_fragments_of_a_game_name_the_policy_that_played_them(tmp_path):
    collect = CollectSettings(games=4, parallel_games=4, acts=1, steps=10)
    project = started_project(tmp_path / "data", collect=collect)
    play = collecting.rounds(project, "w")
    play(None)
    paths = list(rollouts.waiting_files(project.store, project.run))
    first = {rollouts.read_identity(path).seed for path in paths}
    (update,) = training.train_waiting(replace_batch(project, 4))
    play(None)
    paths = list(rollouts.waiting_files(project.store, project.run))
    again = [rollouts.read_identity(path) for path in paths]
    assert update.transitions == 40
    assert {identity.update for identity in again} == {1}
    assert first & {identity.seed for identity in again}


def replace_batch(project, batch_rollouts):
    train = project.settings.train.model_copy(update={"batch_rollouts": batch_rollouts})
    return replace(project, settings=project.settings.model_copy(update={"train": train}))


def test_nobody_plays_before_the_first_checkpoint(unstarted):
    with pytest.raises(CheckpointNotFound, match="clone or train first"):
        collecting.collect_games(unstarted, "w")


def test_groups_keep_the_order_and_the_rest():
    assert list(collecting.grouped(iter("abcde"), 2)) == [["a", "b"], ["c", "d"], ["e"]]
