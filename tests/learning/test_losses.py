"""The pieces of the loss against dense, independent and hand-made references."""

import math

import numpy as np
import pytest
import torch

from ascension.learning import losses

SEGMENTS = torch.tensor([0, 0, 0, 1, 2, 2])
SCORES = torch.tensor([1.0, 2.0, 3.0, 7.0, -1.0, -1.0])


def dense(scores, segments, count):
    """The same decisions as rows, illegal places at -1e8."""
    width = int(torch.bincount(segments).max())
    rows = torch.full((count, width), -1e8)
    for decision in range(count):
        options = scores[segments == decision]
        rows[decision, : len(options)] = options
    return rows


def random_case(seed):
    generator = torch.Generator().manual_seed(seed)
    counts = torch.randint(1, 9, (20,), generator=generator)
    segments = torch.repeat_interleave(torch.arange(20), counts)
    return torch.randn(len(segments), generator=generator) * 5, segments, counts


@pytest.mark.parametrize("seed", range(5))
def test_ragged_softmax_equals_masked_dense_softmax(seed):
    scores, segments, counts = random_case(seed)
    found = losses.ragged_log_softmax(scores, segments, 20)
    rows = torch.log_softmax(dense(scores, segments, 20), dim=1)
    expected = torch.cat([rows[i, : counts[i]] for i in range(20)])
    torch.testing.assert_close(found, expected)
    entropy = losses.ragged_entropy(found, segments, 20)
    distribution = torch.distributions.Categorical(logits=dense(scores, segments, 20))
    torch.testing.assert_close(entropy, distribution.entropy(), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_ragged_softmax_has_the_gradient_of_the_dense_one(seed):
    scores, segments, counts = random_case(seed)
    ragged = scores.clone().requires_grad_()
    losses.ragged_log_softmax(ragged, segments, 20)[::2].sum().backward()
    plain = scores.clone().requires_grad_()
    rows = torch.log_softmax(dense(plain, segments, 20), dim=1)
    torch.cat([rows[i, : counts[i]] for i in range(20)])[::2].sum().backward()
    torch.testing.assert_close(ragged.grad, plain.grad)


def test_extreme_scores_stay_finite():
    scores = torch.tensor([1e4, -1e4, 3e4, -3e4])
    log_probs = losses.ragged_log_softmax(scores, torch.tensor([0, 0, 1, 1]), 2)
    assert torch.isfinite(losses.ragged_entropy(log_probs, torch.tensor([0, 0, 1, 1]), 2)).all()
    assert log_probs[0] == 0.0 and log_probs[2] == 0.0


def test_normalised_entropy_of_uniform_choices_is_one_and_of_forced_ones_zero():
    log_probs = torch.log(torch.tensor([0.25] * 4 + [1.0]))
    segments, counts = torch.tensor([0, 0, 0, 0, 1]), torch.tensor([4, 1])
    entropy = losses.ragged_entropy(log_probs, segments, 2)
    torch.testing.assert_close(losses.normalized_entropy(entropy, counts), torch.tensor([1.0, 0.0]))


def test_advantages_are_standardised_over_the_batch():
    found = losses.normalize_advantages(torch.tensor([1.0, 2.0, 3.0, 4.0]))
    assert found.mean().abs() < 1e-6
    torch.testing.assert_close(found.std(correction=0), torch.tensor(1.0))
    assert losses.normalize_advantages(torch.tensor([5.0])).tolist() == [0.0]


@pytest.mark.parametrize(
    ("ratio", "advantage", "expected"),
    [
        (1.0, 2.0, -2.0),
        (1.5, 2.0, -2.4),  # a good action counts up to 1.2 only
        (0.5, 2.0, -1.0),  # made less likely by mistake: the whole gradient pulls it back
        (1.5, -2.0, 3.0),
        (0.5, -2.0, 1.6),  # a bad action counts down to 0.8 only
    ],
)
def test_the_surrogate_is_clipped_on_the_side_that_pays(ratio, advantage, expected):
    loss = losses.clipped_surrogate(
        torch.tensor([math.log(ratio)]), torch.zeros(1), torch.tensor([advantage]), 0.2
    )
    assert float(loss) == pytest.approx(expected, rel=1e-6)


def test_a_clipped_transition_has_no_gradient():
    log_probs = torch.tensor([math.log(1.5), 0.0], requires_grad=True)
    losses.clipped_surrogate(log_probs, torch.zeros(2), torch.ones(2), 0.2).backward()
    assert log_probs.grad.tolist() == [0.0, -0.5]


def test_clip_fraction_counts_ratios_outside():
    log_probs = torch.log(torch.tensor([1.0, 1.19, 1.21, 0.79]))
    assert float(losses.clip_fraction(log_probs, torch.zeros(4), 0.2)) == 0.5


def test_kl_estimate_is_the_mean_of_old_minus_new():
    kl = losses.approximate_kl(torch.tensor([-1.0, -2.0]), torch.tensor([-0.5, -1.0]))
    assert float(kl) == 0.75


def test_explained_variance_knows_perfect_constant_and_useless_values():
    returns = np.array([1.0, 2.0, 4.0], dtype=np.float32)
    assert losses.explained_variance_of(returns, returns) == 1.0
    assert losses.explained_variance_of(np.zeros(3, np.float32), returns) == pytest.approx(0.0)
    assert losses.explained_variance_of(-returns, returns) == pytest.approx(-3.0)
    assert math.isnan(losses.explained_variance_of(returns, np.ones(3, np.float32)))


def test_cross_entropy_without_and_with_smoothing():
    log_probs = losses.ragged_log_softmax(SCORES, SEGMENTS, 3)
    chosen = torch.tensor([2, 3, 4])
    expected = -(log_probs[2] + log_probs[3] + log_probs[4]) / 3
    torch.testing.assert_close(losses.cross_entropy(log_probs, chosen, SEGMENTS, 3), expected)
    uniform = -(log_probs[:3].mean() + log_probs[3] + log_probs[4:].mean()) / 3
    smooth = losses.cross_entropy(log_probs, chosen, SEGMENTS, 3, smoothing=0.1)
    torch.testing.assert_close(smooth, 0.9 * expected + 0.1 * uniform)
