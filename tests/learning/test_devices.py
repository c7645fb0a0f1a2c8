"""Devices: what is there, what `auto` takes, and what is said when one is missing or lost."""

import numpy as np
import pytest
import torch

from ascension.learning import cloning, devices, inference, ppo
from ascension.learning.cloning import clone
from ascension.learning.devices import choose_device, present_devices
from ascension.learning.errors import DeviceError
from ascension.learning.examples import Examples
from ascension.learning.inference import ask
from ascension.learning.network import build_network
from ascension.learning.ppo import update
from ascension.learning.state import flatten, new_learner, unflatten
from ascension.settings import CloneSettings, NetworkSettings, TrainSettings
from tests.learning.batches import OPTION_WIDTH, STATE_WIDTH, random_decisions, random_rollout

SMALL = NetworkSettings(state_size=8, policy_size=8, value_size=8, option_size=8)
needs_gpu = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")


def test_auto_takes_a_gpu_where_there_is_one():
    wanted = "cuda" if torch.cuda.is_available() else "cpu"
    assert choose_device("auto").type == wanted == present_devices()[-1]
    assert choose_device("cpu").type == "cpu"


def test_a_missing_device_is_named_with_what_to_choose():
    with pytest.raises(DeviceError, match="'cuda:99'.*choose cpu, or auto"):
        choose_device("cuda:99")


def test_a_word_that_is_no_device_is_refused():
    with pytest.raises(DeviceError, match="'gpu' is no device"):
        choose_device("gpu")


def lost(*args, **kwargs):
    raise torch.AcceleratorError("CUDA error: device lost\nlong explanation")


def test_a_device_lost_while_playing_is_named(monkeypatch):
    network = build_network(STATE_WIDTH, OPTION_WIDTH, SMALL)
    monkeypatch.setattr(inference, "to_inputs", lost)
    with pytest.raises(DeviceError, match=r"device cpu failed \(CUDA error: device lost\)"):
        ask(network, random_decisions(np.random.default_rng(0), 3))


def test_a_device_lost_while_training_is_named(monkeypatch):
    settings = TrainSettings(network=SMALL, device="cpu")
    learner = new_learner(settings, STATE_WIDTH, OPTION_WIDTH)
    monkeypatch.setattr(ppo, "to_inputs", lost)
    with pytest.raises(DeviceError, match="nothing since the last checkpoint is kept"):
        update(learner, [random_rollout(np.random.default_rng(0))], settings)


def test_a_device_lost_while_cloning_is_named(monkeypatch):
    decisions = random_decisions(np.random.default_rng(0), 80)
    actions = np.minimum(np.arange(80) % 2, decisions.option_counts() - 1)
    examples = Examples(decisions, actions, np.arange(80) // 8)
    monkeypatch.setattr(cloning, "to_inputs", lost)
    with pytest.raises(DeviceError):
        clone(examples, CloneSettings(network=SMALL, device="cpu"), STATE_WIDTH, OPTION_WIDTH)


def test_other_errors_pass_unchanged():
    with pytest.raises(ZeroDivisionError), devices.watched(torch.device("cpu")):
        _ = 1 / 0


@needs_gpu
def test_training_and_inference_work_on_a_gpu_and_their_state_goes_back_and_forth():
    settings = TrainSettings(network=SMALL, device="auto", minibatch_size=32)
    learner = new_learner(settings, STATE_WIDTH, OPTION_WIDTH)
    assert learner.device.type == "cuda"
    rollouts = [random_rollout(np.random.default_rng(n)) for n in range(4)]
    record = update(learner, rollouts, settings)
    assert np.isfinite(record.pg_loss)
    home = settings.model_copy(update={"device": "cpu"})
    moved = unflatten(flatten(learner), home)
    batch = random_decisions(np.random.default_rng(9), 12)
    np.testing.assert_allclose(
        ask(moved.network, batch).log_probs, ask(learner.network, batch).log_probs, atol=1e-3
    )
    update(moved, rollouts, home)
    update(unflatten(flatten(moved), settings), rollouts, settings)
