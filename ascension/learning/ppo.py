"""Proximal policy optimisation: one update of a learner from a list of rollouts.

Rollouts -> targets -> epochs of minibatches -> an Update record. The same settings, learner and
rollouts give the same bytes on a CPU: one generator orders everything, threads are a setting.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ascension.environment.kinds import COMBAT, SELECTION
from ascension.learning import losses, tuner
from ascension.learning.devices import watched
from ascension.learning.errors import TrainingDiverged
from ascension.learning.examples import Examples
from ascension.learning.inference import limited_threads
from ascension.learning.metrics import Averages, Counters, Progress, make_record
from ascension.learning.network import Inputs, Output, to_inputs
from ascension.learning.state import LearnerState
from ascension.learning.targets import Targets, make_targets
from ascension.learning.tuner import Movement, TunerState
from ascension.records import Rollout, Update
from ascension.settings import TrainSettings


def coefficients(learner: LearnerState, settings: TrainSettings) -> TunerState:
    """Learning rate, entropy weight and anchor weight of the next update."""
    if settings.auto_tune:
        return learner.tuner
    done = _decayed(learner, settings)
    rate, final_rate = settings.learning_rate, settings.final_learning_rate
    entropy, final_entropy = settings.entropy_coefficient, settings.final_entropy_coefficient
    return TunerState(
        rate + (final_rate - rate) * done,
        entropy + (final_entropy - entropy) * done,
        settings.anchor_coefficient,
    )


def _decayed(learner: LearnerState, settings: TrainSettings) -> float:
    """How much of the decay is done, 0 to 1."""
    decay = settings.decay_transitions
    return min(1.0, learner.transitions / decay) if decay else 0.0


def discount(learner: LearnerState, settings: TrainSettings) -> float:
    """Discount of the next update. Its horizon 1 / (1 - gamma) changes linearly, in decisions."""
    if settings.final_gamma is None:
        return settings.gamma
    first, last = 1.0 / (1.0 - settings.gamma), 1.0 / (1.0 - settings.final_gamma)
    return 1.0 - 1.0 / (first + (last - first) * _decayed(learner, settings))


@dataclass(frozen=True, slots=True)
class _Job:
    """One update: who learns what, and how."""

    learner: LearnerState
    targets: Targets
    advantages: NDArray[np.float32]  # [step] normalised over the whole batch
    settings: TrainSettings
    used: TunerState
    examples: Examples | None
    value_only: bool
    progress: Progress = field(default_factory=Progress)


def update(
    learner: LearnerState,
    rollouts: Sequence[Rollout],
    settings: TrainSettings,
    run: str = "",
    examples: Examples | None = None,
) -> Update:
    """Improve the learner by one batch of rollouts; all numbers of it.

    Refused rollouts (InvalidTransitions, NoTransitions) leave the learner as it was.
    """
    gamma = discount(learner, settings)
    targets = make_targets(rollouts, gamma, settings.gae_lambda, settings.max_invalid_rows)
    games = sum(rollout.is_finished for rollout in rollouts)
    used, value_only = coefficients(learner, settings), learner.value_only_left > 0
    progress, label = improve(learner, targets, settings, examples, games)
    counters = Counters(
        run=run,
        update=learner.update,
        games=learner.games,
        transitions=learner.transitions,
        used=used,
        label=label,
        value_only=value_only,
        value_scale=float(learner.network.value_scale),
    )
    return make_record(counters, rollouts, targets, progress)


def improve(
    learner: LearnerState,
    targets: Targets,
    settings: TrainSettings,
    examples: Examples | None = None,
    games: int = 0,
) -> tuple[Progress, str]:
    """One update on ready targets: what it did, and the tuner's label.

    After TrainingDiverged or DeviceError the learner is spoilt: go back to its last checkpoint.
    """
    _scale_values(learner, targets, settings)
    advantages = losses.normalize_advantages(torch.from_numpy(targets.advantages)).numpy()
    used, value_only = coefficients(learner, settings), learner.value_only_left > 0
    job = _Job(learner, targets, advantages, settings, used, examples, value_only)
    with limited_threads(settings.threads), watched(learner.device):
        _run_epochs(job)
    learner.update += 1
    learner.games += games
    learner.transitions += len(targets)
    learner.value_only_left = max(0, learner.value_only_left - len(targets))
    return job.progress, _tune(job)


def _scale_values(learner: LearnerState, targets: Targets, settings: TrainSettings) -> None:
    """Find the unit of the value head during the first transitions; then it stays."""
    if not settings.scale_returns:
        return
    if learner.returns.count == 0 or learner.transitions < settings.warmup_transitions:
        learner.returns.add(targets.returns)
        learner.network.rescale_values(learner.returns.deviation())


def _run_epochs(job: _Job) -> None:
    progress, settings = job.progress, job.settings
    for _ in range(settings.epochs):
        progress.epoch = Averages()
        for rows in _minibatches(job):
            _step(job, rows)
        progress.epochs += 1
        # Checked after the epoch, as the original did: one overshooting epoch always completes.
        if progress.epoch.mean("approx_kl") > settings.target_kl:
            progress.early_stop = True
            return


def _minibatches(job: _Job) -> list[NDArray[np.int64]]:
    """A random partition into minibatches of nearly equal size."""
    count = len(job.targets)
    order = job.learner.generator.permutation(count)
    return np.array_split(order, max(1, round(count / job.settings.minibatch_size)))


@dataclass(frozen=True, slots=True)
class Minibatch:
    """The rows of one gradient step as tensors."""

    inputs: Inputs
    chosen: Tensor  # [step] position among all options
    log_probs: Tensor  # [step] of the policy that played
    advantages: Tensor  # [step] normalised
    returns: Tensor  # [step] in units of the value head
    entropy_weights: Tensor  # [step]


def _minibatch(job: _Job, rows: NDArray[np.int64]) -> Minibatch:
    device, targets = job.learner.device, job.targets
    inputs = to_inputs(targets.decisions.take(rows), device)
    return Minibatch(
        inputs=inputs,
        chosen=inputs.first_options + torch.from_numpy(targets.actions[rows]).to(device),
        log_probs=torch.from_numpy(targets.log_probs[rows]).to(device),
        advantages=torch.from_numpy(job.advantages[rows]).to(device),
        entropy_weights=torch.from_numpy(_entropy_weights(job, rows)).to(device),
        returns=torch.from_numpy(targets.returns[rows]).to(device)
        / job.learner.network.value_scale,
    )


def _entropy_weights(job: _Job, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Decisions out of fights are few and their habits stick: they may be kept open longer."""
    in_fight = np.isin(job.targets.decisions.kinds[rows], (COMBAT, SELECTION))
    return np.where(in_fight, 1.0, job.settings.macro_entropy_factor).astype(np.float32)


@dataclass(frozen=True, slots=True)
class LossParts:
    """The terms of PPO's loss for one minibatch, before weighting."""

    policy: Tensor
    value: Tensor
    entropy: Tensor  # mean over decisions, nats
    weighted_entropy: Tensor  # the same with the decisions' weights
    log_probs: Tensor  # [step] of the chosen options
    normalized_entropy: Tensor  # [step]


def loss_parts(output: Output, batch: Minibatch, clip_range: float) -> LossParts:
    """All terms of the loss from the network's output."""
    inputs = batch.inputs
    log_probs = output.log_probs.index_select(0, batch.chosen)
    count = len(inputs.option_counts)
    entropy = losses.ragged_entropy(output.log_probs, inputs.segments, count)
    return LossParts(
        policy=losses.clipped_surrogate(log_probs, batch.log_probs, batch.advantages, clip_range),
        value=losses.value_loss(output.values, batch.returns),
        entropy=entropy.detach().mean(),
        weighted_entropy=(entropy * batch.entropy_weights).mean(),
        log_probs=log_probs.detach(),
        normalized_entropy=losses.normalized_entropy(entropy.detach(), inputs.option_counts),
    )


def _step(job: _Job, rows: NDArray[np.int64]) -> None:
    """One gradient step."""
    batch = _minibatch(job, rows)
    parts = loss_parts(job.learner.network(batch.inputs), batch, job.settings.clip_range)
    anchor = _anchor(job)
    loss = job.settings.value_coefficient * parts.value
    if not job.value_only:
        loss = loss + parts.policy - job.used.entropy_coefficient * parts.weighted_entropy
        loss = loss + job.used.anchor_coefficient * anchor
    numbers = _numbers(parts, batch, job.settings.clip_range)
    numbers["bc_loss"] = float(anchor.detach())
    _set_rate(job)
    numbers["grad_norm"] = _descend(job, loss)
    _count(job.progress, numbers, parts, job.targets.decisions.kinds[rows])


def _set_rate(job: _Job) -> None:
    """Adam's first steps are all of full length, whatever the gradient: they start short.

    Counted by the policy's own steps, so that the first ones after value-only updates are short.
    """
    warmup = job.settings.warmup_steps
    step = job.learner.policy_steps()
    share = min(1.0, (step + 1) / warmup) if warmup and not job.value_only else 1.0
    for group in job.learner.optimizer.param_groups:
        group["lr"] = job.used.learning_rate * share


def _anchor(job: _Job) -> Tensor:
    """Cross-entropy of a few random demonstrations: the pull back to the teacher."""
    examples, device = job.examples, job.learner.device
    if not examples or job.used.anchor_coefficient == 0.0:
        return torch.zeros((), device=device)
    rows = job.learner.generator.integers(0, len(examples), job.settings.anchor_samples)
    inputs = to_inputs(examples.decisions.take(rows), device)
    chosen = inputs.first_options + torch.from_numpy(examples.actions[rows]).to(device)
    log_probs = job.learner.network(inputs).log_probs
    return losses.cross_entropy(log_probs, chosen, inputs.segments, len(rows))


def _descend(job: _Job, loss: Tensor) -> float:
    """Follow the gradient; its norm before clipping."""
    learner = job.learner
    learner.optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    if job.value_only:
        learner.network.keep_value_gradients()
    norm = float(nn.utils.clip_grad_norm_(learner.network.parameters(), job.settings.max_grad_norm))
    if not (math.isfinite(norm) and bool(torch.isfinite(loss))):
        raise TrainingDiverged(
            f"the loss of update {learner.update + 1} is {float(loss.detach())}, its gradient "
            f"{norm}: lower the learning rate or look for extreme features or rewards"
        )
    learner.optimizer.step()
    return norm


def _numbers(parts: LossParts, batch: Minibatch, clip_range: float) -> dict[str, float]:
    return {
        "pg_loss": float(parts.policy.detach()),
        "vf_loss": float(parts.value.detach()),
        "entropy": float(parts.entropy),
        "normalized_entropy": float(parts.normalized_entropy.mean()),
        "approx_kl": float(losses.approximate_kl(parts.log_probs, batch.log_probs)),
        "clip_fraction": float(losses.clip_fraction(parts.log_probs, batch.log_probs, clip_range)),
        "mean_chosen_action_prob": float(parts.log_probs.exp().mean()),
    }


def _count(
    progress: Progress, numbers: dict[str, float], parts: LossParts, kinds: NDArray[np.int8]
) -> None:
    progress.overall.add(numbers, len(kinds))
    progress.epoch.add(numbers, len(kinds))
    progress.minibatches += 1
    if progress.epochs == 0:
        progress.entropy_by_kind.add(kinds, parts.normalized_entropy.cpu().numpy())


def _tune(job: _Job) -> str:
    """Let the auto-tuner set the next update's coefficients; the label of its rule."""
    if not job.settings.auto_tune or job.value_only:
        return ""
    movement = Movement(
        approx_kl=job.progress.epoch.mean("approx_kl"),
        clip_fraction=job.progress.epoch.mean("clip_fraction"),
        normalized_entropy=job.progress.overall.mean("normalized_entropy"),
        early_stop=job.progress.early_stop,
    )
    job.learner.tuner, label = tuner.tune(job.learner.tuner, movement, bool(job.examples))
    return label
