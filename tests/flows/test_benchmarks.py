"""Benchmarks run and say what they measured; how fast it was is no test's business."""

import sys

import pytest

from ascension.learning.devices import present_devices
from flows import benchmarks, peers
from flows.extras import MissingExtra, require


def test_collecting_and_training_report_every_device_that_is_there():
    collected = benchmarks.collect(0.1, 4)
    trained = benchmarks.train(2)
    for device in present_devices():
        assert collected[f"decisions_per_second_{device}"] > 0
        assert trained[f"transitions_per_second_{device}"] > 0
    assert collected["decisions_per_second"] == collected["decisions_per_second_cpu"]


def test_the_comparison_with_the_peer_uses_networks_of_the_same_size(monkeypatch):
    pytest.importorskip("sb3_contrib", reason="needs the extra bench")
    for name, value in (("GAMES", 2), ("STEPS", 8), ("MINIBATCH", 8)):
        monkeypatch.setattr(peers, name, value)
    figures = peers.peers(rounds=1)
    assert figures["ratio"] > 0
    assert figures["peer_parameters"] == pytest.approx(figures["parameters"], rel=0.02)


def test_the_peer_sees_the_state_as_the_environment_shows_it():
    from ascension.environment.gym import IroncladEnvironment

    whole, part = IroncladEnvironment(), peers.StateOnly()
    observation, _ = whole.reset(seed=5)
    state, _ = part.reset(seed=5)
    assert part.observation_space.contains(state)
    assert (state == observation["state"]).all()
    assert (part.action_masks() == observation["action_mask"]).all()
    state, earned, *_ = part.step(0)
    observation, whole_earned, *_ = whole.step(0)
    assert earned == whole_earned
    assert (state == observation["state"]).all()


def test_a_missing_library_is_named_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "sb3_contrib", None)
    with pytest.raises(MissingExtra, match=r"needs sb3_contrib .*'\.\[bench\]'"):
        require("sb3_contrib", "bench", "the comparison")
