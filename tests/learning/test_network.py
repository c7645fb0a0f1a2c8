"""The network: dense reference, independence of neighbours, repeatability."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from ascension.agents.network import NetworkPolicy
from ascension.environment.batch import DecisionBatch
from ascension.learning.inference import ask
from ascension.learning.network import (
    SparseLinear,
    build_network,
    count_parameters,
    to_inputs,
)
from ascension.settings import NetworkSettings
from tests.learning.batches import OPTION_WIDTH, STATE_WIDTH, random_decisions

CPU = torch.device("cpu")
SIZES = NetworkSettings(state_size=64, policy_size=48, value_size=32, option_size=24)


def dense_rows(indices, values, offsets, width):
    rows = np.zeros((len(offsets) - 1, width), dtype=np.float32)
    for row in range(len(rows)):
        entries = slice(offsets[row], offsets[row + 1])
        np.add.at(rows[row], indices[entries], values[entries])
    return torch.from_numpy(rows)


@pytest.fixture
def batch():
    return random_decisions(np.random.default_rng(3), 40)


@pytest.fixture
def network():
    return build_network(STATE_WIDTH, OPTION_WIDTH, SIZES, seed=1)


def test_the_default_size_is_what_the_study_used():
    assert 0.5e6 < count_parameters(build_network(2706, 3500)) < 1.5e6
    half = NetworkSettings(state_size=128, policy_size=128, value_size=128, option_size=48)
    assert count_parameters(build_network(2706, 3000, half)) == pytest.approx(0.5e6, rel=0.15)


def test_scores_and_values_equal_a_dense_computation(batch, network):
    output = network(to_inputs(batch, CPU))
    state = dense_rows(batch.state_indices, batch.state_values, batch.state_offsets, STATE_WIDTH)
    option = dense_rows(
        batch.option_indices, batch.option_values, batch.option_offsets, OPTION_WIDTH
    )
    state = F.relu(state @ network.state.weight + network.state.bias)
    option = F.relu(option @ network.option.weight + network.option.bias)
    policy = F.relu(network.policy(state))
    for decision in range(len(batch)):
        rows = slice(batch.decision_offsets[decision], batch.decision_offsets[decision + 1])
        mixed = F.relu(network.mix_option(option[rows]) + network.mix_state(policy[decision]))
        scores = mixed @ network.score + option[rows] @ network.query(policy[decision])
        torch.testing.assert_close(
            output.log_probs[rows], torch.log_softmax(scores, 0), atol=1e-5, rtol=1e-4
        )
    values = F.relu(network.value(state)) @ network.value_weight + network.value_bias
    torch.testing.assert_close(output.values, values, atol=1e-5, rtol=1e-4)


def test_the_sparse_layer_has_the_gradient_of_the_dense_one(batch):
    layer = SparseLinear(STATE_WIDTH, 16)
    torch.nn.init.normal_(layer.weight, generator=torch.Generator().manual_seed(0))
    inputs = to_inputs(batch, CPU)
    pull = torch.randn(len(batch), 16, generator=torch.Generator().manual_seed(1))
    found = layer(inputs.state_indices, inputs.state_values, inputs.state_offsets)
    (found * pull).sum().backward()
    rows = dense_rows(batch.state_indices, batch.state_values, batch.state_offsets, STATE_WIDTH)
    torch.testing.assert_close(layer.weight.grad, rows.T @ pull, atol=1e-5, rtol=1e-5)


def test_a_row_without_entries_is_the_bias():
    layer = SparseLinear(5, 3)
    torch.nn.init.ones_(layer.weight)
    offsets = torch.tensor([0, 0, 2, 2], dtype=torch.int32)
    indices = torch.tensor([1, 4], dtype=torch.int32)
    found = layer(indices, torch.ones(2), offsets)
    assert found.sum(1).tolist() == [0.0, 6.0, 0.0]
    found.sum().backward()
    assert layer.weight.grad.sum(1).tolist() == [0.0, 3.0, 0.0, 0.0, 3.0]


def test_options_of_a_decision_may_come_in_any_order(network):
    batch = random_decisions(np.random.default_rng(5), 1, most_options=9)
    count = batch.n_options
    entries = len(batch.option_indices) // count
    order = np.arange(count)[::-1]
    shuffled = DecisionBatch(
        batch.state_indices,
        batch.state_values,
        batch.state_offsets,
        batch.option_indices.reshape(count, entries)[order].ravel(),
        batch.option_values.reshape(count, entries)[order].ravel(),
        batch.option_offsets,
        batch.decision_offsets,
        batch.kinds,
    )
    np.testing.assert_allclose(
        ask(network, shuffled).log_probs, ask(network, batch).log_probs[order], atol=1e-5
    )


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 8, 13, 39])
def test_an_answer_does_not_depend_on_the_neighbours(batch, network, size):
    whole = ask(network, batch)
    for start in (0, 40 - size):
        part = ask(network, batch.take(range(start, start + size)))
        options = slice(batch.decision_offsets[start], batch.decision_offsets[start + size])
        np.testing.assert_array_equal(part.values, whole.values[start : start + size])
        np.testing.assert_array_equal(part.log_probs, whole.log_probs[options])


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    first, second = (build_network(9, 7, SIZES, seed=4).state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)
    other = build_network(9, 7, SIZES, seed=5).state_dict()
    assert not torch.equal(first["state.weight"], other["state.weight"])


def test_the_first_policy_is_nearly_uniform(batch, network):
    probabilities = np.exp(ask(network, batch).log_probs)
    uniform = np.repeat(1 / batch.option_counts(), batch.option_counts())
    assert np.abs(probabilities / uniform - 1).max() < 0.25


def test_rescaling_values_changes_their_unit_and_not_their_meaning(batch, network):
    before = ask(network, batch).values
    network.rescale_values(7.5)
    np.testing.assert_allclose(ask(network, batch).values, before, rtol=1e-4, atol=1e-6)
    assert float(network.value_scale) == 7.5


def test_an_empty_batch_has_no_answer(network):
    assert len(ask(network, DecisionBatch.empty()).values) == 0


def test_greedy_takes_the_best_and_sampling_follows_the_probabilities(network):
    batch = random_decisions(np.random.default_rng(8), 1, most_options=4).take([0] * 20_000)
    policy = NetworkPolicy(network, seed=0)
    best = policy.choose(batch, greedy=True)
    count = int(batch.option_counts()[0])
    probabilities = best.probabilities[:count]
    assert set(best.actions.tolist()) == {int(probabilities.argmax())}
    drawn = np.bincount(policy.choose(batch).actions, minlength=count) / len(batch)
    np.testing.assert_allclose(drawn, probabilities, atol=0.02)


def test_choices_repeat_with_the_seed(batch, network):
    first, second = (NetworkPolicy(network, seed=3).choose(batch) for _ in range(2))
    np.testing.assert_array_equal(first.actions, second.actions)
    np.testing.assert_array_equal(first.log_probs, second.log_probs)
    rows = batch.decision_offsets[:-1] + first.actions
    np.testing.assert_array_equal(first.log_probs, ask(network, batch).log_probs[rows])
