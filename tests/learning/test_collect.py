"""Collection on the toy of test_playing: rollouts, fragments with their bootstrap, the loop."""

import itertools

import numpy as np
import pytest

from ascension.learning.advantages import advantages_of_rollouts
from ascension.learning.collect import (
    LOWEST_TRAINING_SEED,
    Collector,
    Origin,
    training_seeds,
)
from ascension.learning.loop import learn
from ascension.learning.state import new_learner
from ascension.settings import CollectSettings, NetworkSettings, TrainSettings
from tests.learning.test_playing import Last, Toy, same, toy_decision

ORIGIN = Origin("run", "c7", 7, "w", "r1", "l1", "s1")
SMALL = NetworkSettings(state_size=16, policy_size=16, value_size=16, option_size=8)


def collector(slots=2, seeds=(3, 5, 2, 4)):
    return Collector(CollectSettings(ascension=3), Toy(slots, seeds))


def test_a_rollout_is_a_whole_game_with_its_identity():
    rollouts = collector().finish_games(Last(), ORIGIN, games=4)
    assert [rollout.identity.seed for rollout in rollouts] == [3, 2, 5, 4]
    for rollout in rollouts:
        seed = rollout.identity.seed
        assert rollout.is_finished and rollout.game.seed == seed == len(rollout)
        assert (rollout.identity.checkpoint_id, rollout.identity.update) == ("c7", 7)
        assert (rollout.identity.ascension, rollout.identity.worker) == (3, "w")
        assert rollout.reward_terms == ("choice", "ones")
        np.testing.assert_array_equal(rollout.rewards, rollout.rewards_by_term.sum(axis=1))
        assert rollout.actions.dtype == np.int16 and rollout.rewards.dtype == np.float32
    ids = [rollout.identity.rollout_id for rollout in rollouts]
    assert len(set(ids)) == 4


def test_collecting_goes_on_where_it_stopped():
    games = collector()
    first = games.finish_games(Last(), ORIGIN, games=1)
    rest = games.finish_games(Last(), ORIGIN, games=99)
    assert [r.identity.seed for r in [*first, *rest]] == [3, 2, 5, 4]
    assert games.finish_games(Last(), ORIGIN, games=1) == []


def test_fragments_are_closed_by_the_value_of_what_follows():
    games = collector()
    rollouts = games.play_steps(Last(), ORIGIN, steps=4)
    assert [(r.identity.seed, r.is_finished, len(r)) for r in rollouts] == [
        (3, True, 3),
        (2, False, 1),
        (5, False, 4),
    ]
    assert [r.bootstrap_value for r in rollouts] == [0.0, 1.0, 4.0]  # the toy values its steps
    more = games.play_steps(Last(), ORIGIN, steps=9)
    assert [(r.identity.seed, len(r)) for r in more] == [(2, 1), (5, 1), (4, 4)]
    assert same(more[1].decisions, toy_decision(5, 4))
    assert games.play_steps(Last(), ORIGIN, steps=1) == []


def test_cut_games_have_the_advantages_of_whole_ones_when_lambda_is_zero():
    whole = collector().finish_games(Last(), ORIGIN, games=99)
    games = collector()
    cut = [r for _ in range(9) for r in games.play_steps(Last(), ORIGIN, steps=2)]
    cut.sort(key=lambda r: ([3, 2, 5, 4].index(r.identity.seed), r.values[0]))
    np.testing.assert_allclose(
        advantages_of_rollouts(cut, 0.9, 0.0), advantages_of_rollouts(whole, 0.9, 0.0), atol=1e-6
    )


def test_training_seeds_repeat_and_never_meet_evaluation_seeds():
    first, again = (list(itertools.islice(training_seeds(5), 50)) for _ in range(2))
    assert first == again
    assert min(first) >= LOWEST_TRAINING_SEED
    assert first != list(itertools.islice(training_seeds(6), 50))


@pytest.mark.parametrize("steps", [3, 8])
def test_the_loop_learns_to_choose_the_last_option(steps):
    settings = TrainSettings(
        network=SMALL, minibatch_size=64, learning_rate=5e-3, decay_transitions=0, device="cpu"
    )
    learner = new_learner(settings, 30, 5)
    games = Collector(CollectSettings(), Toy(16, [20] * 2000))
    turns = list(itertools.islice(learn(learner, games, settings, ORIGIN, steps), 120 // steps * 4))
    assert [turn.update.total_updates for turn in turns] == list(range(1, len(turns) + 1))
    assert turns[-1].rollouts[0].identity.update >= len(turns) - 20
    chosen = np.concatenate([r.rewards for turn in turns[-5:] for r in turn.rollouts])
    before = np.concatenate([r.rewards for turn in turns[:5] for r in turn.rollouts])
    assert chosen.mean() > before.mean() + 0.4
