"""The whole loop in one process: collect, update, repeat. No storage, no Prefect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ascension.agents.network import NetworkPolicy
from ascension.learning import ppo
from ascension.learning.collect import Collector, Origin
from ascension.learning.examples import Examples
from ascension.learning.state import LearnerState
from ascension.records import Rollout, Update
from ascension.settings import TrainSettings


class Turn(NamedTuple):
    """One turn of the loop: what was played and what it taught."""

    rollouts: list[Rollout]
    update: Update


def learn(
    learner: LearnerState,
    collector: Collector,
    settings: TrainSettings,
    origin: Origin,
    steps: int = 128,
    examples: Examples | None = None,
) -> Iterator[Turn]:
    """Turns without end: `steps` decisions of every game, then an update from all of them.

    Games go on from turn to turn; unfinished ones are closed by the value of what follows.
    """
    seed = int(learner.generator.integers(1 << 31))
    policy = NetworkPolicy(learner.network, seed=seed, threads=collector.settings.threads)
    while True:
        origin = replace(origin, update=learner.update)
        rollouts = collector.play_steps(policy, origin, steps)
        if not rollouts:
            return
        yield Turn(rollouts, ppo.update(learner, rollouts, settings, origin.run, examples))
