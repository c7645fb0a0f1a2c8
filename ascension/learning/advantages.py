"""Generalised advantage estimation over games, each by itself.

A game's last transition is terminal: nothing follows it. A fragment of a game that goes on is
closed by the value of the state that follows. Nothing ever crosses from one game to another.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ascension.records import Rollout


def advantages_of_game(
    rewards: NDArray[np.float32],
    values: NDArray[np.float32],
    gamma: float,
    gae_lambda: float,
    bootstrap_value: float = 0.0,
) -> NDArray[np.float32]:
    """Advantages of one game's transitions: [step] -> [step].

    `bootstrap_value` is the value of the state after the last one: 0 when the game has ended.
    """
    following = np.append(values[1:], np.float32(bootstrap_value)).astype(np.float64)
    deltas = rewards + gamma * following - values
    out = np.empty(len(deltas), dtype=np.float32)
    running = 0.0
    for step in range(len(deltas) - 1, -1, -1):
        running = float(deltas[step]) + gamma * gae_lambda * running
        out[step] = running
    return out


def advantages_of_rollouts(
    rollouts: Sequence[Rollout], gamma: float, gae_lambda: float
) -> NDArray[np.float32]:
    """Advantages of all transitions of all rollouts, in order: [step]."""
    parts = [
        advantages_of_game(
            rollout.rewards, rollout.values, gamma, gae_lambda, rollout.bootstrap_value
        )
        for rollout in rollouts
    ]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)
