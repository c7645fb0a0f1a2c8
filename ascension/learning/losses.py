"""The pieces of PPO's loss as pure functions of tensors.

Policies here are ragged: `scores` and `log_probs` hold one number per option [option], and
`segments` [option] says which decision an option belongs to.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

_EPSILON: Final = 1e-8


def segment_sum(values: Tensor, segments: Tensor, count: int) -> Tensor:
    """Sums of the values of each decision: [option] -> [decision]."""
    return values.new_zeros(count).index_add(0, segments, values)


def segment_max(values: Tensor, segments: Tensor, count: int) -> Tensor:
    """Largest value of each decision: [option] -> [decision]."""
    lowest = values.new_full((count,), -torch.inf)
    return lowest.scatter_reduce(0, segments, values, reduce="amax", include_self=False)


def ragged_log_softmax(scores: Tensor, segments: Tensor, count: int) -> Tensor:
    """Log-probabilities of the options within their decision: [option] -> [option]."""
    # The shift only keeps exp in range: no gradient needs to pass through it.
    shift = segment_max(scores.detach(), segments, count)
    shifted = scores - shift.index_select(0, segments)
    normaliser = segment_sum(shifted.exp(), segments, count).log()
    return shifted - normaliser.index_select(0, segments)


def ragged_entropy(log_probs: Tensor, segments: Tensor, count: int) -> Tensor:
    """Entropy in nats of each decision: [option] -> [decision]."""
    return -segment_sum(log_probs.exp() * log_probs, segments, count)


def normalized_entropy(entropy: Tensor, option_counts: Tensor) -> Tensor:
    """Entropy over that of a uniform choice, counting at least two options: [decision]."""
    return entropy / option_counts.clamp(min=2).to(entropy.dtype).log()


def normalize_advantages(advantages: Tensor) -> Tensor:
    """Advantages with mean 0 and deviation 1 over the whole batch: [step] -> [step]."""
    deviation = advantages.std(correction=0) if len(advantages) > 1 else advantages.new_zeros(())
    return (advantages - advantages.mean()) / (deviation + _EPSILON)


def clipped_surrogate(
    log_probs: Tensor, old_log_probs: Tensor, advantages: Tensor, clip_range: float
) -> Tensor:
    """PPO's policy loss: the more pessimistic of the plain and the clipped ratio."""
    ratio = (log_probs - old_log_probs).exp()
    clipped = ratio.clamp(1.0 - clip_range, 1.0 + clip_range)
    return -torch.min(ratio * advantages, clipped * advantages).mean()


def clip_fraction(log_probs: Tensor, old_log_probs: Tensor, clip_range: float) -> Tensor:
    """Share of transitions whose ratio lies outside the clip range."""
    ratio = (log_probs - old_log_probs).exp()
    return ((ratio - 1.0).abs() > clip_range).to(log_probs.dtype).mean()


def approximate_kl(log_probs: Tensor, old_log_probs: Tensor) -> Tensor:
    """Estimate of KL(old, new): the mean of old minus new log-probability."""
    return (old_log_probs - log_probs).mean()


def value_loss(values: Tensor, returns: Tensor) -> Tensor:
    """Plain mean squared error."""
    return F.mse_loss(values, returns)


def explained_variance_of(values: NDArray[np.float32], returns: NDArray[np.float32]) -> float:
    """1 is a perfect value function, 0 no better than a constant; NaN for constant returns."""
    variance = returns.var(dtype=np.float64)
    if variance == 0:
        return float("nan")
    return float(1.0 - (returns - values).var(dtype=np.float64) / variance)


def cross_entropy(
    log_probs: Tensor, chosen: Tensor, segments: Tensor, count: int, smoothing: float = 0.0
) -> Tensor:
    """Mean cross-entropy of the chosen options ([decision], positions among all options).

    `smoothing` of the target's probability is spread evenly over the decision's options.
    """
    hard = -log_probs.index_select(0, chosen)
    if smoothing == 0.0:
        return hard.mean()
    options = segment_sum(torch.ones_like(log_probs), segments, count)
    uniform = -segment_sum(log_probs, segments, count) / options
    return ((1.0 - smoothing) * hard + smoothing * uniform).mean()
