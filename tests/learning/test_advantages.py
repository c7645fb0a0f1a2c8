"""Advantages against closed forms, and that games never leak into each other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ascension.learning.advantages import advantages_of_game, advantages_of_rollouts
from tests.learning.batches import random_rollout

GAMMA, LAMBDA = 0.9, 0.8


def floats(*numbers):
    return np.array(numbers, dtype=np.float32)


def test_one_terminal_step_is_reward_minus_value():
    assert advantages_of_game(floats(3.0), floats(1.0), GAMMA, LAMBDA) == 2.0


def test_three_steps_match_the_sum_written_out():
    rewards, values = floats(1.0, -2.0, 5.0), floats(0.5, 1.5, -1.0)
    last = 5.0 + 1.0
    middle = -2.0 + GAMMA * -1.0 - 1.5
    first = 1.0 + GAMMA * 1.5 - 0.5
    k = GAMMA * LAMBDA
    expected = [first + k * middle + k * k * last, middle + k * last, last]
    np.testing.assert_allclose(
        advantages_of_game(rewards, values, GAMMA, LAMBDA), expected, rtol=1e-6
    )


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=20), st.floats(0, 1))
def test_lambda_one_gives_discounted_return_minus_value(rewards, gamma):
    values = np.linspace(-1, 1, len(rewards)).astype(np.float32)
    returns = [sum(gamma**k * r for k, r in enumerate(rewards[t:])) for t in range(len(rewards))]
    found = advantages_of_game(floats(*rewards), values, gamma, 1.0)
    np.testing.assert_allclose(found, np.array(returns) - values, atol=1e-4)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=20))
def test_lambda_zero_gives_one_step_errors(rewards):
    values = np.linspace(-1, 1, len(rewards)).astype(np.float32)
    expected = floats(*rewards) + GAMMA * np.append(values[1:], 0.0) - values
    found = advantages_of_game(floats(*rewards), values, GAMMA, 0.0)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_fragment_is_closed_by_its_bootstrap_value():
    found = advantages_of_game(floats(1.0), floats(0.25), GAMMA, LAMBDA, bootstrap_value=2.0)
    np.testing.assert_allclose(found, 1.0 + GAMMA * 2.0 - 0.25, rtol=1e-6)


def test_cutting_a_game_in_two_fragments_with_lambda_zero_changes_nothing():
    rewards, values = floats(1, 2, 3, 4), floats(0.1, 0.2, 0.3, 0.4)
    whole = advantages_of_game(rewards, values, GAMMA, 0.0)
    first = advantages_of_game(rewards[:2], values[:2], GAMMA, 0.0, float(values[2]))
    second = advantages_of_game(rewards[2:], values[2:], GAMMA, 0.0)
    np.testing.assert_array_equal(whole, np.concatenate([first, second]))


def test_a_game_is_unmoved_by_its_neighbours():
    generator = np.random.default_rng(0)
    rollouts = [random_rollout(generator, steps) for steps in (5, 9, 7)]
    together = advantages_of_rollouts(rollouts, GAMMA, LAMBDA)
    alone = [advantages_of_rollouts([rollout], GAMMA, LAMBDA) for rollout in rollouts]
    np.testing.assert_array_equal(together, np.concatenate(alone))
    rollouts[1].rewards[:] = 1e6
    moved = advantages_of_rollouts(rollouts, GAMMA, LAMBDA)
    np.testing.assert_array_equal(moved[:5], together[:5])
    np.testing.assert_array_equal(moved[14:], together[14:])


def test_no_rollouts_have_no_advantages():
    assert len(advantages_of_rollouts([], GAMMA, LAMBDA)) == 0
