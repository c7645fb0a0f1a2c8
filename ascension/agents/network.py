"""The learned policy: an option-scoring network behind the Policy protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ascension.agents.policy import Choices, best_options, sample_options
from ascension.environment.batch import DecisionBatch
from ascension.learning.inference import ask
from ascension.learning.network import PolicyNetwork

if TYPE_CHECKING:
    from ascension.environment.batched import Position


class NetworkPolicy:
    """Draws from the network's distribution, or takes its best option when greedy."""

    needs_positions = False

    def __init__(
        self, network: PolicyNetwork, seed: int = 0, name: str = "network", threads: int = 1
    ) -> None:
        self.network = network
        self.threads = threads
        self.generator = np.random.default_rng(seed)
        self.name = name

    def choose(
        self,
        decisions: DecisionBatch,
        positions: Sequence[Position] = (),
        *,
        greedy: bool = False,
    ) -> Choices:
        """One pass of the network for the whole batch."""
        answer = ask(self.network, decisions, self.threads)
        offsets = decisions.decision_offsets
        probabilities = np.exp(answer.log_probs)
        if greedy:
            actions = best_options(answer.log_probs, offsets)
        else:
            actions = sample_options(probabilities.astype(np.float64), offsets, self.generator)
        return Choices(
            actions=actions.astype(np.int16),
            log_probs=answer.log_probs[offsets[:-1] + actions],
            values=answer.values,
            probabilities=probabilities,
        )
