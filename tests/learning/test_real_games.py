"""The learning parts on real games: records add up, evaluations repeat, one game equals many."""

import itertools

import numpy as np
import pytest

from ascension.agents.heuristic import HeuristicPolicy
from ascension.agents.network import NetworkPolicy
from ascension.agents.random import RandomPolicy
from ascension.agents.single import SinglePlayer
from ascension.environment.layout import LAYOUT_VERSION, OPTION_WIDTH, STATE_WIDTH
from ascension.evaluation import DuplicateSeeds, read_seeds
from ascension.game.game import Game
from ascension.learning.collect import (
    Collector,
    Origin,
    play_demonstrations,
    play_evaluation,
    play_rollouts,
)
from ascension.learning.loop import learn
from ascension.learning.network import build_network
from ascension.learning.state import new_learner
from ascension.settings import (
    CloneSettings,
    CollectSettings,
    EvaluateSettings,
    NetworkSettings,
    TrainSettings,
)

SMALL = NetworkSettings(state_size=16, policy_size=16, value_size=16, option_size=8)
ORIGIN = Origin("run", "c0", 0, "w", "1", LAYOUT_VERSION, "s")
SEEDS = read_seeds()[:6]


@pytest.fixture(scope="module")
def policy():
    return NetworkPolicy(build_network(STATE_WIDTH, OPTION_WIDTH, SMALL, seed=3), seed=1)


def evaluated(policy, parallel=6, **options):
    settings = EvaluateSettings(parallel_games=parallel)
    return play_evaluation(policy, SEEDS, settings, evaluation="e", **options)


def content(rows):
    return [(row.seed, row.position, row.game) for row in rows]


def test_rollouts_are_well_formed_and_earn_what_their_games_record(policy):
    settings = CollectSettings(parallel_games=3)
    rollouts = list(play_rollouts(policy, settings, ORIGIN, 1 << 40, games=5))
    assert sorted(r.identity.seed - (1 << 40) for r in rollouts) == list(range(5))
    for rollout in rollouts:
        rollout.decisions.check(STATE_WIDTH, OPTION_WIDTH)
        counts = rollout.decisions.option_counts()
        assert (counts >= 2).all() and (rollout.actions < counts).all()
        assert len(rollout) == rollout.game.steps
        assert rollout.rewards.sum() == pytest.approx(rollout.game.total_reward, abs=1e-4)
        by_term = dict(zip(rollout.reward_terms, rollout.rewards_by_term.sum(axis=0), strict=True))
        assert by_term == pytest.approx(dict(rollout.game.reward_by_term), abs=1e-4)


def test_an_evaluation_repeats_whatever_is_played_beside(policy):
    first = evaluated(policy)
    assert [row.seed for row in first] == list(SEEDS)
    assert content(evaluated(policy)) == content(first)
    assert content(evaluated(policy, parallel=2)) == content(first)
    rest = evaluated(policy, already_played=SEEDS[:4])
    assert content(rest) == content(first)[4:]
    assert evaluated(policy, already_played=SEEDS) == []


def test_a_single_player_plays_the_evaluations_game(policy):
    row = evaluated(policy)[0]
    game, player = Game(row.seed), SinglePlayer(policy)
    while not game.is_over():
        game.apply(player.decide(game))
    assert game.fingerprint() == row.game.digest


def test_a_judgement_weighs_every_option(policy):
    game, player = Game(SEEDS[0]), SinglePlayer(policy)
    judgement = player.judge(game)
    assert judgement.action in game.legal_actions()
    assert sum(judgement.probabilities) == pytest.approx(1.0, abs=1e-5)
    assert len(judgement.probabilities) == len(judgement.options) > 1
    assert judgement.chosen == int(np.argmax(judgement.probabilities))
    assert max(SinglePlayer(HeuristicPolicy()).judge(game).probabilities) == 1.0


def test_an_evaluation_refuses_duplicate_seeds(policy):
    with pytest.raises(DuplicateSeeds):
        play_evaluation(policy, [5, 5], EvaluateSettings(), evaluation="e")


def test_demonstrations_hold_the_teachers_choices():
    teacher = HeuristicPolicy()
    demos = list(play_demonstrations(teacher, CloneSettings(), [1 << 40]))
    assert [demo.seed for demo in demos] == [1 << 40]
    assert len(demos[0]) == demos[0].game.steps == len(demos[0].decisions)
    again = list(play_demonstrations(teacher, CloneSettings(), [1 << 40]))
    np.testing.assert_array_equal(demos[0].actions, again[0].actions)
    wanted = play_demonstrations(teacher, CloneSettings(), [1 << 40], lambda game: False)
    assert list(wanted) == []


def test_the_random_policy_plays_to_the_end():
    rollouts = play_rollouts(RandomPolicy(1), CollectSettings(), ORIGIN, 1 << 41, games=3)
    assert all(rollout.game.outcome != "unfinished" for rollout in rollouts)


def test_the_loop_repeats_on_real_games():
    settings = TrainSettings(network=SMALL, minibatch_size=64, device="cpu")
    results = []
    for _ in range(2):
        learner = new_learner(settings, STATE_WIDTH, OPTION_WIDTH)
        collector = Collector(CollectSettings(parallel_games=4))
        turns = itertools.islice(learn(learner, collector, settings, ORIGIN, steps=20), 3)
        updates = [turn.update for turn in turns]
        results.append((updates, learner.network.score.detach().numpy().tobytes()))
    assert results[0] == results[1]
    assert [update.transitions for update in results[0][0]] == [80, 80, 80]
