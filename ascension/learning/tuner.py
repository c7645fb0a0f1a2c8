"""The auto-tuner: learning rate, entropy weight and anchor weight after each update.

A pure function of the state and the update's numbers, with the original's rules, bounds and
labels (original.md A7).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

LEARNING_RATE_BOUNDS: Final = (1e-6, 1e-4)
ENTROPY_BOUNDS: Final = (1e-5, 0.005)
ANCHOR_BOUNDS: Final = (0.001, 0.20)

UNDER_MOVE: Final = "under_move:lr_up_bc_down"
OVER_MOVE: Final = "over_move:lr_down_ent_down_bc_up"
LOW_ENTROPY: Final = "healthy_low_entropy:ent_up_bc_slow_down"
HIGH_ENTROPY: Final = "healthy_high_entropy:ent_down_bc_slow_down"
HEALTHY: Final = "healthy:bc_slow_down"
MIDDLE: Final = "middle:bc_slow_down"


@dataclass(frozen=True, slots=True)
class TunerState:
    """What the tuner tunes."""

    learning_rate: float
    entropy_coefficient: float
    anchor_coefficient: float  # 0 without demonstrations


@dataclass(frozen=True, slots=True)
class Movement:
    """How far an update moved the policy: what the tuner looks at."""

    approx_kl: float
    clip_fraction: float
    normalized_entropy: float
    early_stop: bool


class Tuning(NamedTuple):
    """The next state and the name of the rule that led to it."""

    state: TunerState
    label: str


def tune(state: TunerState, movement: Movement, has_demonstrations: bool) -> Tuning:
    """The state for the next update."""
    kl, clip = movement.approx_kl, movement.clip_fraction
    if kl < 0.003 and clip < 0.03:
        return _tuned(state, UNDER_MOVE, has_demonstrations, rate=1.25, anchor=0.85)
    if movement.early_stop or kl > 0.030 or clip > 0.25:
        raised = max(state.anchor_coefficient * 1.10, state.anchor_coefficient + 0.01)
        state = TunerState(state.learning_rate, state.entropy_coefficient, raised)
        return _tuned(state, OVER_MOVE, has_demonstrations, rate=0.5, entropy=0.8)
    label, entropy = _steady(movement)
    return _tuned(state, label, has_demonstrations, entropy=entropy, anchor=0.95)


def _steady(movement: Movement) -> tuple[str, float]:
    """Label and entropy factor of a policy that moved neither too little nor too much."""
    if not (0.005 <= movement.approx_kl <= 0.020 and movement.clip_fraction < 0.25):
        return MIDDLE, 1.0
    if movement.normalized_entropy < 0.20:
        return LOW_ENTROPY, 1.10
    if movement.normalized_entropy > 0.50:
        return HIGH_ENTROPY, 0.8
    return HEALTHY, 1.0


def _tuned(
    state: TunerState,
    label: str,
    has_demonstrations: bool,
    rate: float = 1.0,
    entropy: float = 1.0,
    anchor: float = 1.0,
) -> Tuning:
    scaled = TunerState(
        _within(state.learning_rate * rate, LEARNING_RATE_BOUNDS),
        _within(state.entropy_coefficient * entropy, ENTROPY_BOUNDS),
        _within(state.anchor_coefficient * anchor, ANCHOR_BOUNDS) if has_demonstrations else 0.0,
    )
    return Tuning(scaled, label)


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(max(value, bounds[0]), bounds[1])


def resume(stored: TunerState, flags: TunerState, override: bool = False) -> TunerState:
    """The state after a restart: the checkpoint's wins over the flags unless told otherwise.

    The anchor never falls below its bound while it is used, so that demonstrations stay loaded.
    """
    if override:
        return flags
    anchor = (
        stored.anchor_coefficient if stored.anchor_coefficient > 0 else flags.anchor_coefficient
    )
    return TunerState(
        stored.learning_rate,
        stored.entropy_coefficient,
        max(anchor, ANCHOR_BOUNDS[0]) if anchor > 0 else 0.0,
    )
