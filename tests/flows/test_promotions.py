"""The promotion gate: a new best only when separated, every decision on record."""

from dataclasses import replace

import pytest

from ascension.evaluation import DifferentRules, DifferentSeeds, DuplicateSeeds, promote
from flows.policies import resolve
from flows.steps import evaluating, promotions
from flows.steps.training import train_waiting
from storage import database
from storage.errors import CheckpointNotFound
from tests.flows.projects import let_games_be_collected, let_wait
from tests.flows.test_training import Death, die
from tests.test_evaluation import row

LOW = [row(seed, 10 + seed % 5) for seed in range(40)]
HIGH = [row(seed, 12 + seed % 5) for seed in range(40)]
NOISY = [row(seed, 10 + seed % 5 + (3 if seed % 2 else -3)) for seed in range(40)]


def test_the_first_checkpoint_is_the_best_so_far():
    decision = promote(None, LOW)
    assert decision.promoted
    assert "n = 40 seeds of list s" in decision.reason


def test_a_separated_candidate_is_promoted_and_its_reason_gives_n_seeds_and_interval():
    decision = promote(LOW, HIGH)
    assert decision.promoted
    assert decision.reason.startswith("separated: +2.00 floors, 95% +2.00 to +2.00, n = 40 seeds")


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [(NOISY, "not separated"), (LOW, "not separated"), ([], "")],
    ids=["noise", "the same games", "nothing"],
)
def test_a_candidate_that_is_not_separated_is_not_promoted(candidate, reason):
    if not candidate:
        with pytest.raises(ValueError, match="without games"):
            promote(LOW, candidate)
        return
    decision = promote(LOW, candidate)
    assert not decision.promoted
    assert decision.reason.startswith(reason)


def test_a_separated_but_worse_candidate_is_not_promoted():
    decision = promote(HIGH, LOW)
    assert not decision.promoted
    assert decision.reason.startswith("separated, but worse")


def test_the_gate_refuses_what_cannot_be_compared():
    with pytest.raises(DifferentSeeds):
        promote(LOW, [row(seed + 1) for seed in range(40)])
    with pytest.raises(DuplicateSeeds):
        promote(LOW, [row(1)] * 40)
    with pytest.raises(DifferentRules):
        promote(LOW, [replace(game, rules_version="r2") for game in HIGH])


# --- in the evaluation step --------------------------------------------------------------------


def trained(project, numbers):
    let_wait(project, numbers)
    train_waiting(project)


def better_games(monkeypatch, by):
    """Let every policy but the first be better by so many floors."""
    really = evaluating.play_evaluation

    def play(*args, **kwargs):
        games = really(*args, **kwargs)
        gain = by if kwargs["policy_name"] == "ppo" else 0
        return [
            replace(g, game=replace(g.game, final_floor=g.game.final_floor + gain)) for g in games
        ]

    monkeypatch.setattr(evaluating, "play_evaluation", play)


def test_every_evaluation_decides_once_and_the_rows_can_be_queried(project, monkeypatch):
    better_games(monkeypatch, by=5)
    evaluating.evaluate(project, "start")
    evaluating.evaluate(project, "again")
    assert promotions.best_update(project) == 0
    trained(project, range(8))
    evaluating.evaluate(project, "later")
    assert promotions.best_update(project) == 1
    assert resolve("best_of_run", project).label == "main/1"
    database.refresh(project.store)
    sql = "select candidate_update, incumbent_update, promoted, games from promotion_history"
    assert database.query(project.store, sql).rows == ((0, None, True, 3), (1, 0, True, 3))
    best = database.query(project.store, "select model_update, reason from best_of_run").rows
    assert best[0][0] == 1 and "n = 3 seeds" in str(best[0][1])


def test_a_worse_policy_does_not_become_the_best_of_its_run(project, monkeypatch):
    better_games(monkeypatch, by=-1)
    evaluating.evaluate(project, "start")
    trained(project, range(8))
    evaluating.evaluate(project, "later")
    assert promotions.best_update(project) == 0
    assert [line["promoted"] for line in promotions.history(project)] == [True, False]


def test_a_later_candidate_is_compared_with_the_best_not_with_the_newest(project, monkeypatch):
    better_games(monkeypatch, by=5)
    evaluating.evaluate(project, "start")
    for numbers, games in ((range(8), 0), (range(8, 16), 50)):
        trained(project, numbers)
        let_games_be_collected(project, games)
        evaluating.evaluate(project, "later")
    last = promotions.history(project)[-1]
    assert (last["candidate_update"], last["incumbent_update"], last["promoted"]) == (2, 1, False)
    assert resolve("best_of_run", project).label == "main/1"


def test_a_death_before_the_decision_is_made_up_for(project, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(promotions, "record", die)
        with pytest.raises(Death):
            evaluating.evaluate(project, "start")
    evaluating.evaluate(project, "again")
    assert promotions.best_update(project) == 0


def test_before_the_first_evaluation_there_is_no_best(project):
    with pytest.raises(CheckpointNotFound, match="evaluate the run first"):
        promotions.best_update(project)
