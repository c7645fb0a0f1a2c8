"""Learner states as arrays and JSON."""

import json

import numpy as np
import pytest

from ascension.learning.network import build_network
from ascension.learning.ppo import update
from ascension.learning.state import (
    FlatState,
    IncompatibleState,
    ReturnStatistics,
    flatten,
    new_learner,
    unflatten,
    unflatten_network,
)
from ascension.settings import NetworkSettings, TrainSettings
from tests.learning.batches import OPTION_WIDTH, STATE_WIDTH, random_rollout

SMALL = NetworkSettings(state_size=24, policy_size=20, value_size=16, option_size=12)
SETTINGS = TrainSettings(network=SMALL, device="cpu")


@pytest.fixture
def learner():
    learner = new_learner(SETTINGS, STATE_WIDTH, OPTION_WIDTH)
    update(learner, [random_rollout(np.random.default_rng(0))], SETTINGS)
    return learner


def test_a_learner_survives_json_and_arrays(learner):
    flat = flatten(learner)
    metadata = json.loads(json.dumps(flat.metadata))
    again = flatten(unflatten(FlatState(flat.weights, flat.optimizer, metadata), SETTINGS))
    assert again.metadata == flat.metadata
    for mine, theirs in ((flat.weights, again.weights), (flat.optimizer, again.optimizer)):
        assert mine.keys() == theirs.keys()
        assert all(mine[name].tobytes() == theirs[name].tobytes() for name in mine)


def test_flat_arrays_are_copies(learner):
    flat = flatten(learner)
    flat.weights["score"][:] = 7.0
    assert not (learner.network.score.detach().numpy() == 7.0).any()


def test_a_fresh_learner_has_no_moments_and_restores(learner):
    fresh = new_learner(SETTINGS, STATE_WIDTH, OPTION_WIDTH)
    flat = flatten(fresh)
    assert flat.optimizer == {}
    assert unflatten(flat, SETTINGS).update == 0


def test_a_network_is_rebuilt_from_its_weights_alone(learner):
    weights = flatten(learner).weights
    network = unflatten_network(weights)
    assert (network.state_width, network.option_width) == (STATE_WIDTH, OPTION_WIDTH)
    assert float(network.value_scale) == float(learner.network.value_scale)


def test_foreign_weights_and_moments_are_refused(learner):
    flat = flatten(learner)
    with pytest.raises(IncompatibleState, match="option-scoring"):
        unflatten_network({"weight": np.zeros(3)})
    with pytest.raises(IncompatibleState, match="without a parameter"):
        unflatten(FlatState(flat.weights, {"x/step": np.zeros(1)}, flat.metadata), SETTINGS)
    with pytest.raises(IncompatibleState, match="schema"):
        unflatten(FlatState(flat.weights, {}, {**flat.metadata, "learner_schema": 99}), SETTINGS)


def test_a_clone_of_another_layout_is_refused():
    with pytest.raises(IncompatibleState, match="clone again"):
        new_learner(SETTINGS, STATE_WIDTH, OPTION_WIDTH, build_network(5, 5, SMALL))


def test_running_deviation_equals_that_of_all_returns():
    generator = np.random.default_rng(1)
    batches = [generator.normal(3, 2, size).astype(np.float32) for size in (7, 100, 1)]
    statistics = ReturnStatistics()
    for batch in batches:
        statistics.add(batch)
    assert statistics.deviation() == pytest.approx(np.concatenate(batches).std(), rel=1e-6)
    assert ReturnStatistics().deviation() == 1.0
