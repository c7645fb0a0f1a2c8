"""The evaluation step: fixed seeds, and nothing is played that is known."""

import pytest

from flows.steps import due, evaluating, evaluations
from flows.steps.training import train_waiting
from storage import facts
from storage.errors import CheckpointNotFound, TrainerBusy
from storage.locks import exclusive
from tests.flows.projects import let_games_be_collected, let_wait
from tests.flows.test_training import Death


def names(evaluated):
    return [group[0].policy for group in evaluated.groups]


def rows(project):
    return facts.count(project.store, "evaluations", project.run)


@pytest.fixture
def played(monkeypatch):
    """The policies that really played, in order."""
    seen = []
    really = evaluating.play_evaluation

    def play(policy, *args, **kwargs):
        seen.append(kwargs["policy_name"])
        return really(policy, *args, **kwargs)

    monkeypatch.setattr(evaluating, "play_evaluation", play)
    return seen


def test_teacher_and_first_policy_play_every_fixed_seed(project, played):
    evaluated = evaluating.evaluate(project, "start")
    assert names(evaluated) == played == ["teacher", "scratch"]
    assert [len(group) for group in evaluated.groups] == [3, 3]
    assert {game.seeds_hash for group in evaluated.groups for game in group} == {
        evaluated.groups[0][0].seeds_hash
    }
    assert due.newest_is_evaluated(project)


def test_evaluating_twice_plays_and_records_nothing_new(project, played):
    first = evaluating.evaluate(project, "start")
    second = evaluating.evaluate(project, "again")
    assert second.groups == first.groups
    assert len(played) == 2
    assert rows(project) == 6


def test_only_the_newest_policy_plays_in_later_evaluations(project, played):
    evaluating.evaluate(project, "start")
    let_wait(project, range(8))
    train_waiting(project)
    assert not due.newest_is_evaluated(project)
    evaluated = evaluating.evaluate(project, "later")
    assert names(evaluated) == ["teacher", "scratch", "ppo"]
    assert played == ["teacher", "scratch", "ppo"]
    assert evaluated.update == 1


def test_an_evaluation_without_a_new_policy_still_counts(project, played):
    evaluating.evaluate(project, "start")
    let_games_be_collected(project, 250)
    assert due.evaluation_is_due(project)
    evaluating.evaluate(project, "250 games")
    assert not due.evaluation_is_due(project)
    assert len(played) == 2


def test_a_death_before_the_newest_policy_has_played_leaves_the_evaluation_due(
    project, monkeypatch
):
    really = evaluating.play_evaluation

    def play(policy, *args, **kwargs):
        if kwargs["policy_name"] != "teacher":
            raise Death
        return really(policy, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(evaluating, "play_evaluation", play)
        with pytest.raises(Death):
            evaluating.evaluate(project, "start")
    assert due.evaluation_is_due(project)
    evaluating.evaluate(project, "again")
    assert rows(project) == 6


def test_the_report_compares_the_newest_games_of_every_policy(project):
    evaluating.evaluate(project, "start")
    let_wait(project, range(8))
    train_waiting(project)
    evaluating.evaluate(project, "later")
    newest = evaluations.newest(project)
    assert newest is not None
    assert names(newest) == ["teacher", "scratch", "ppo"]
    assert newest.update == 1


def test_there_is_no_newest_evaluation_before_the_first(project):
    assert evaluations.newest(project) is None


def test_only_one_evaluator_works_on_a_run(project):
    with exclusive(project.lock("evaluate"), "a test"), pytest.raises(TrainerBusy):
        evaluating.evaluate(project, "start")


def test_nobody_is_evaluated_before_the_first_checkpoint(unstarted):
    with pytest.raises(CheckpointNotFound):
        evaluating.evaluate(unstarted, "start")
