"""The slot-number control: the same state, loop and reward, but it never sees an option."""

import itertools

import numpy as np
import pytest
import torch

from ascension.agents.network import NetworkPolicy
from ascension.environment.layout import LAYOUT_VERSION, OPTION_WIDTH, STATE_WIDTH
from ascension.learning.cloning import clone
from ascension.learning.collect import Collector, Origin
from ascension.learning.examples import Examples
from ascension.learning.inference import ask
from ascension.learning.loop import learn
from ascension.learning.network import SLOTS, SlotNetwork, build_network, to_inputs
from ascension.learning.ppo import update
from ascension.learning.state import (
    IncompatibleState,
    flatten,
    flatten_network,
    new_learner,
    unflatten,
    unflatten_network,
)
from ascension.settings import CloneSettings, CollectSettings, NetworkSettings, TrainSettings
from tests.learning import batches
from tests.learning.batches import Bandit, random_decisions, random_rollout

CONTROL = NetworkSettings(
    state_size=32, policy_size=32, value_size=16, option_size=16, head="slots"
)
SEEING = CONTROL.model_copy(update={"head": "options"})
SETTINGS = TrainSettings(network=CONTROL, minibatch_size=64, device="cpu", scale_returns=False)


def control(seed=1):
    return build_network(batches.STATE_WIDTH, batches.OPTION_WIDTH, CONTROL, seed)


@pytest.fixture
def batch():
    return random_decisions(np.random.default_rng(0), 20)


def test_option_i_is_scored_by_output_unit_i(batch):
    network = control()
    inputs = to_inputs(batch, torch.device("cpu"))
    policy = torch.randn(len(batch), 32, generator=torch.Generator().manual_seed(0))
    units = network.slots(policy)
    scores = network.scores(policy, inputs)
    for row, count in enumerate(batch.option_counts()):
        start = int(batch.decision_offsets[row])
        assert torch.equal(scores[start : start + count], units[row, :count])


def test_it_does_not_see_what_the_options_are(batch):
    network = control()
    other = random_decisions(np.random.default_rng(0), 20)
    other.option_values[:] = 0.5
    np.testing.assert_array_equal(ask(network, batch).log_probs, ask(network, other).log_probs)


def test_more_options_than_slots_share_the_last_slot():
    one = random_decisions(np.random.default_rng(0), 1, most_options=1)
    many = one.option_offsets[1] * np.arange(SLOTS + 31, dtype=np.int64)
    crowd = type(one)(
        one.state_indices, one.state_values, one.state_offsets,
        np.tile(one.option_indices, SLOTS + 30), np.tile(one.option_values, SLOTS + 30), many,
        np.array([0, SLOTS + 30]), one.kinds,
    )  # fmt: skip
    answer = ask(control(), crowd).log_probs
    assert np.isfinite(answer).all()
    assert np.unique(answer[SLOTS - 1 :]).size == 1


def test_its_weights_and_its_learner_are_stored_and_restored():
    network = control(seed=4)
    again = unflatten_network(flatten_network(network))
    assert isinstance(again, SlotNetwork)
    assert (again.state_width, again.option_width) == (batches.STATE_WIDTH, batches.OPTION_WIDTH)
    learner = new_learner(SETTINGS, batches.STATE_WIDTH, batches.OPTION_WIDTH, network)
    for number in range(3):
        update(learner, [random_rollout(np.random.default_rng(number))], SETTINGS)
        learner = unflatten(flatten(learner), SETTINGS)
    straight = new_learner(SETTINGS, batches.STATE_WIDTH, batches.OPTION_WIDTH, network)
    for number in range(3):
        update(straight, [random_rollout(np.random.default_rng(number))], SETTINGS)
    first, second = flatten_network(learner.network), flatten_network(straight.network)
    assert {n: a.tobytes() for n, a in first.items()} == {n: a.tobytes() for n, a in second.items()}


def test_half_a_control_is_refused():
    weights = flatten_network(control())
    del weights["option_columns"]
    with pytest.raises(IncompatibleState):
        unflatten_network(weights)


def bandit_reward(network_settings, updates=40):
    settings = SETTINGS.model_copy(
        update={"network": network_settings, "warmup_steps": 0, "learning_rate": 0.01}
    )
    bandit = Bandit(seed=3)
    learner = new_learner(settings, 6, 6)
    for number in range(updates):
        policy = NetworkPolicy(learner.network, seed=number)
        update(learner, bandit.play(policy, games=16, update=number), settings)
    rollouts = bandit.play(NetworkPolicy(learner.network, seed=99), games=40)
    return float(np.mean([rollout.rewards.mean() for rollout in rollouts]))


def test_where_options_come_in_any_order_only_the_network_that_sees_them_learns():
    assert bandit_reward(SEEING) > 0.8
    assert bandit_reward(CONTROL) < 0.35  # chance is 1 in 6


def test_it_is_cloned_by_the_same_code():
    decisions = random_decisions(np.random.default_rng(1), 400)
    actions = np.minimum(1, decisions.option_counts() - 1)
    examples = Examples(decisions, actions, np.arange(400) // 10)
    settings = CloneSettings(network=CONTROL, epochs=3, batch_size=64, device="cpu")
    made = clone(examples, settings, batches.STATE_WIDTH, batches.OPTION_WIDTH)
    assert isinstance(made.network, SlotNetwork)
    assert made.best.val_acc > 0.9  # the second option: a thing that slots can say


def test_it_is_trained_on_real_games_by_the_same_loop():
    learner = new_learner(SETTINGS, STATE_WIDTH, OPTION_WIDTH)
    collector = Collector(CollectSettings(parallel_games=3))
    origin = Origin("run", "c0", 0, "w", "1", LAYOUT_VERSION, "s")
    turns = list(itertools.islice(learn(learner, collector, SETTINGS, origin, steps=15), 2))
    assert [turn.update.transitions for turn in turns] == [45, 45]
    assert all(np.isfinite(turn.update.pg_loss) for turn in turns)
