"""The numbers of an update: gathered minibatch by minibatch, then one Update record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ascension.environment.kinds import KIND_NAMES
from ascension.learning.losses import explained_variance_of
from ascension.learning.targets import Targets
from ascension.learning.tuner import TunerState
from ascension.records import Rollout, Update

_KINDS = 128  # decision kinds are int8


@dataclass(slots=True)
class Averages:
    """Weighted means of named numbers."""

    sums: dict[str, float] = field(default_factory=dict)
    weight: float = 0.0

    def add(self, numbers: dict[str, float], weight: float) -> None:
        """Add one minibatch's numbers."""
        self.weight += weight
        for name, number in numbers.items():
            self.sums[name] = self.sums.get(name, 0.0) + weight * number

    def mean(self, name: str) -> float:
        """Mean of one number; 0 if it was never added."""
        return self.sums.get(name, 0.0) / self.weight if self.weight else 0.0


@dataclass(slots=True)
class KindMeans:
    """Means of a number by decision kind."""

    sums: NDArray[np.float64] = field(default_factory=lambda: np.zeros(_KINDS))
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(_KINDS, dtype=np.int64))

    def add(self, kinds: NDArray[np.int8], numbers: NDArray[np.float32]) -> None:
        """Add one number for each decision: [B], [B]."""
        self.sums += np.bincount(kinds, weights=numbers, minlength=_KINDS)
        self.counts += np.bincount(kinds, minlength=_KINDS)

    def named(self, names: Sequence[str]) -> dict[str, float]:
        """Means of the kinds that occurred; a kind without a name is called by its number."""
        return {
            names[kind] if kind < len(names) else str(kind): float(self.sums[kind] / count)
            for kind, count in enumerate(self.counts)
            if count
        }


@dataclass(slots=True)
class Progress:
    """What an update has done so far."""

    overall: Averages = field(default_factory=Averages)
    epoch: Averages = field(default_factory=Averages)  # of the current, at the end the last epoch
    entropy_by_kind: KindMeans = field(default_factory=KindMeans)  # of the first epoch
    epochs: int = 0
    minibatches: int = 0
    early_stop: bool = False


@dataclass(frozen=True, slots=True)
class Counters:
    """Where a run stands after an update, and how the update was set."""

    run: str
    update: int
    games: int
    transitions: int
    used: TunerState
    label: str
    value_only: bool
    value_scale: float


def make_record(
    counters: Counters,
    rollouts: Sequence[Rollout],
    targets: Targets,
    progress: Progress,
) -> Update:
    """The Update record of a finished update.

    KL and clip fraction are those of the last epoch (the KL stop and the tuner look at them);
    the other averages are over all gradient steps.
    """
    mean = progress.overall.mean
    games = [rollout.game for rollout in rollouts if rollout.game is not None]
    updates = sorted({rollout.identity.update for rollout in rollouts})
    lags = [counters.update - 1 - rollout.identity.update for rollout in rollouts]
    return Update(
        run=counters.run,
        total_updates=counters.update,
        game=counters.games,
        games=len(games),
        transitions=len(targets),
        total_transitions=counters.transitions,
        pg_loss=mean("pg_loss"),
        vf_loss=mean("vf_loss"),
        entropy=mean("entropy"),
        normalized_entropy=mean("normalized_entropy"),
        approx_kl=progress.epoch.mean("approx_kl"),
        clip_fraction=progress.epoch.mean("clip_fraction"),
        explained_variance=explained_variance_of(targets.values, targets.returns),
        mean_advantage=float(targets.advantages.mean(dtype=np.float64)),
        std_advantage=float(targets.advantages.std(dtype=np.float64)),
        invalid_action_count=targets.invalid,
        mean_chosen_action_prob=mean("mean_chosen_action_prob"),
        bc_loss=mean("bc_loss"),
        bc_coef=counters.used.anchor_coefficient,
        lr=counters.used.learning_rate,
        ent_coef=counters.used.entropy_coefficient,
        auto_tune_action=counters.label,
        early_stop=progress.early_stop,
        epochs=progress.epochs,
        minibatches=progress.minibatches,
        value_only=counters.value_only,
        grad_norm=mean("grad_norm"),
        return_scale=counters.value_scale,
        mean_return=float(targets.returns.mean(dtype=np.float64)),
        mean_reward=_mean([game.total_reward for game in games]),
        mean_floor=_mean([game.final_floor for game in games]),
        victories=sum(game.victory for game in games),
        mean_lag=_mean(lags),
        max_lag=max(lags),
        batch_model_updates=tuple(updates),
        batch_checkpoint_ids=tuple(sorted({r.identity.checkpoint_id for r in rollouts})),
        entropy_by_kind=progress.entropy_by_kind.named(KIND_NAMES),
    )


def _mean(numbers: Sequence[float]) -> float:
    return float(np.mean(numbers)) if numbers else 0.0
