"""What PPO learns from: rollouts turned into one batch with advantages and returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ascension.environment.batch import DecisionBatch
from ascension.learning.advantages import advantages_of_rollouts
from ascension.records import Rollout


class InvalidTransitions(ValueError):
    """More malformed transitions than the settings allow; the update has changed nothing."""


class NoTransitions(ValueError):
    """An update without a single usable transition; the update has changed nothing."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Transitions of many games, each with what the loss compares it with."""

    decisions: DecisionBatch
    actions: NDArray[np.int64]  # [step] position within the decision
    log_probs: NDArray[np.float32]  # [step] of the policy that played
    values: NDArray[np.float32]  # [step] of the policy that played
    advantages: NDArray[np.float32]  # [step] in units of reward
    returns: NDArray[np.float32]  # [step] in units of reward
    invalid: int = 0  # malformed transitions that were left out

    def __len__(self) -> int:
        return len(self.actions)


def valid_rows(rollout: Rollout) -> NDArray[np.bool_]:
    """[step] whether the action is one of the options and every number is finite."""
    actions = rollout.actions.astype(np.int64)
    chosen = (actions >= 0) & (actions < rollout.decisions.option_counts())
    numbers = np.stack([rollout.log_probs, rollout.values, rollout.rewards])
    return np.asarray(chosen & np.isfinite(numbers).all(axis=0))


def make_targets(
    rollouts: Sequence[Rollout], gamma: float, gae_lambda: float, max_invalid: int = 0
) -> Targets:
    """Targets of all rollouts; raises InvalidTransitions if too many rows are malformed."""
    valid = [valid_rows(rollout) for rollout in rollouts]
    invalid = int(sum((~rows).sum() for rows in valid))
    if invalid > max_invalid:
        names = [
            r.identity.rollout_id for r, rows in zip(rollouts, valid, strict=True) if not rows.all()
        ]
        raise InvalidTransitions(
            f"{invalid} malformed transitions (allowed: {max_invalid}) in {', '.join(names[:5])}; "
            "remove these rollouts or raise max_invalid_rows"
        )
    if invalid:
        rollouts = [_without_gaps(rollout) for rollout in rollouts]
    targets = _join(rollouts, gamma, gae_lambda)
    if invalid:
        targets = _keep(targets, np.flatnonzero(np.concatenate(valid)), invalid)
    if len(targets) == 0:
        raise NoTransitions("the rollouts hold no usable transition")
    return targets


def _without_gaps(rollout: Rollout) -> Rollout:
    """Non-finite numbers as 0: one bad row must not spoil the advantages of those before it."""
    return replace(
        rollout,
        values=np.nan_to_num(rollout.values, posinf=0.0, neginf=0.0),
        rewards=np.nan_to_num(rollout.rewards, posinf=0.0, neginf=0.0),
    )


def _join(rollouts: Sequence[Rollout], gamma: float, gae_lambda: float) -> Targets:
    advantages = advantages_of_rollouts(rollouts, gamma, gae_lambda)
    values = _concatenate([rollout.values for rollout in rollouts])
    return Targets(
        decisions=DecisionBatch.concatenate([rollout.decisions for rollout in rollouts]),
        actions=_concatenate([rollout.actions for rollout in rollouts]).astype(np.int64),
        log_probs=_concatenate([rollout.log_probs for rollout in rollouts]),
        values=values,
        advantages=advantages,
        returns=advantages + values,
    )


def _concatenate(parts: Sequence[NDArray[np.generic]]) -> NDArray[np.float32]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)


def _keep(targets: Targets, rows: NDArray[np.int64], invalid: int) -> Targets:
    return Targets(
        decisions=targets.decisions.take(rows),
        actions=targets.actions[rows],
        log_probs=targets.log_probs[rows],
        values=targets.values[rows],
        advantages=targets.advantages[rows],
        returns=targets.returns[rows],
        invalid=invalid,
    )
