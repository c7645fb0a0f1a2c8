"""Every rule, bound and label of the auto-tuner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascension.learning.tuner import Movement, TunerState, resume, tune

START = TunerState(2e-5, 0.001, 0.10)


def tuned(kl, clip=0.1, entropy=0.3, early_stop=False, state=START, demos=True):
    return tune(state, Movement(kl, clip, entropy, early_stop), demos)


RULES = [
    # kl, clip, entropy, early stop -> lr, entropy, anchor factors, label
    (0.001, 0.01, 0.3, False, 1.25, 1.0, 0.85, "under_move:lr_up_bc_down"),
    (0.0029, 0.029, 0.9, True, 1.25, 1.0, 0.85, "under_move:lr_up_bc_down"),
    (0.001, 0.03, 0.3, False, 1.0, 1.0, 0.95, "middle:bc_slow_down"),
    (0.003, 0.01, 0.3, False, 1.0, 1.0, 0.95, "middle:bc_slow_down"),
    (0.010, 0.10, 0.3, True, 0.5, 0.8, 1.10, "over_move:lr_down_ent_down_bc_up"),
    (0.031, 0.10, 0.3, False, 0.5, 0.8, 1.10, "over_move:lr_down_ent_down_bc_up"),
    (0.010, 0.26, 0.3, False, 0.5, 0.8, 1.10, "over_move:lr_down_ent_down_bc_up"),
    (0.005, 0.10, 0.19, False, 1.0, 1.1, 0.95, "healthy_low_entropy:ent_up_bc_slow_down"),
    (0.020, 0.10, 0.51, False, 1.0, 0.8, 0.95, "healthy_high_entropy:ent_down_bc_slow_down"),
    (0.010, 0.10, 0.20, False, 1.0, 1.0, 0.95, "healthy:bc_slow_down"),
    (0.010, 0.10, 0.50, False, 1.0, 1.0, 0.95, "healthy:bc_slow_down"),
    (0.010, 0.25, 0.1, False, 1.0, 1.0, 0.95, "middle:bc_slow_down"),
    (0.021, 0.10, 0.1, False, 1.0, 1.0, 0.95, "middle:bc_slow_down"),
    (0.030, 0.10, 0.9, False, 1.0, 1.0, 0.95, "middle:bc_slow_down"),
    (0.004, 0.10, 0.1, False, 1.0, 1.0, 0.95, "middle:bc_slow_down"),
]


@pytest.mark.parametrize(("kl", "clip", "entropy", "stop", "lr", "ent", "bc", "label"), RULES)
def test_each_rule_has_its_factors_and_label(kl, clip, entropy, stop, lr, ent, bc, label):
    state, found = tuned(kl, clip, entropy, stop)
    assert found == label
    assert state.learning_rate == pytest.approx(2e-5 * lr)
    assert state.entropy_coefficient == pytest.approx(0.001 * ent)
    assert state.anchor_coefficient == pytest.approx(0.10 * bc)


def test_a_small_anchor_rises_by_a_hundredth_rather_than_a_tenth():
    state, _ = tuned(0.05, state=TunerState(2e-5, 0.001, 0.02))
    assert state.anchor_coefficient == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("kl", "clip", "state", "expected"),
    [
        (0.0, 0.0, TunerState(9e-5, 0.001, 0.001), TunerState(1e-4, 0.001, 0.001)),
        (0.1, 0.1, TunerState(1.5e-6, 1.1e-5, 0.199), TunerState(1e-6, 1e-5, 0.20)),
    ],
)
def test_bounds_hold(kl, clip, state, expected):
    found, _ = tuned(kl, clip, state=state)
    assert found == expected


def test_entropy_never_rises_above_its_bound():
    found, _ = tuned(0.01, entropy=0.1, state=TunerState(2e-5, 0.0049, 0.1))
    assert found.entropy_coefficient == 0.005


def test_without_demonstrations_the_anchor_is_zero():
    assert tuned(0.05, demos=False).state.anchor_coefficient == 0.0
    assert tuned(0.0, 0.0, demos=False).state.anchor_coefficient == 0.0


@given(
    st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1), st.booleans(),
    st.floats(1e-9, 1), st.floats(0, 1), st.floats(0, 1),
)  # fmt: skip
def test_any_update_leaves_everything_within_bounds(kl, clip, entropy, stop, lr, ent, bc):
    state, label = tuned(kl, clip, entropy, stop, TunerState(lr, ent, bc))
    assert 1e-6 <= state.learning_rate <= 1e-4
    assert 1e-5 <= state.entropy_coefficient <= 0.005
    assert 0.001 <= state.anchor_coefficient <= 0.20
    assert label


def test_a_restart_keeps_the_checkpoints_values_unless_overridden():
    flags = TunerState(3e-5, 0.002, 0.10)
    assert resume(START, flags) == START
    assert resume(START, flags, override=True) == flags
    assert resume(TunerState(1e-5, 0.001, 0.0), flags).anchor_coefficient == 0.10
    assert resume(TunerState(1e-5, 0.001, 1e-4), flags).anchor_coefficient == 0.001
