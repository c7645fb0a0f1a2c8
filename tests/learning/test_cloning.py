"""Cloning: it overfits a toy, holds out whole games, stops early and keeps its best weights."""

import numpy as np
import pytest

from ascension.learning.cloning import TooFewSamples, clone, measure, split_by_game
from ascension.learning.errors import OneSidedExamples, TrainingDiverged
from ascension.learning.examples import Examples
from ascension.records import Demonstrations
from ascension.settings import CloneSettings, NetworkSettings
from tests.learning.batches import (
    OPTION_WIDTH,
    STATE_WIDTH,
    Bandit,
    random_decisions,
    some_game,
)

SETTINGS = CloneSettings(
    network=NetworkSettings(state_size=32, policy_size=32, value_size=8, option_size=16),
    batch_size=32,
    epochs=60,
    patience=60,
    learning_rate=5e-3,
    label_smoothing=0.0,
    validation_fraction=0.0,
    device="cpu",
)


def random_examples(count=200, games=10, seed=0):
    """Decisions whose right choice is pure chance: it can only be learned by heart."""
    generator = np.random.default_rng(seed)
    decisions = random_decisions(generator, count)
    actions = (generator.random(count) * decisions.option_counts()).astype(np.int64)
    return Examples(decisions, actions, np.arange(count) * games // count)


def bandit_examples(count=1500, games=30):
    bandit = Bandit(seed=5)
    decisions, right = bandit.decisions(count)
    return bandit, Examples(decisions, right, np.arange(count) * games // count)


def cloned(examples, settings=SETTINGS, widths=(STATE_WIDTH, OPTION_WIDTH), **kwargs):
    return clone(examples, settings, *widths, **kwargs)


def test_cloning_learns_a_toy_by_heart():
    result = cloned(random_examples(100))
    assert measure(result.network, random_examples(100)).accuracy > 0.98
    assert result.epochs[-1].train_loss < 0.1 < result.epochs[0].train_loss


def test_cloning_generalises_a_rule_to_unseen_games():
    bandit, examples = bandit_examples()
    settings = SETTINGS.model_copy(update={"validation_fraction": 0.2, "epochs": 30})
    result = cloned(examples, settings, (bandit.arms, bandit.arms))
    assert result.best.val_acc > 0.98
    assert result.best.accuracy_by_kind == {"combat": result.best.val_acc}


def test_held_out_games_are_whole_and_their_number_is_bounded():
    examples = random_examples(400, games=20)
    training, validation = split_by_game(examples, 0.4, np.random.default_rng(0))
    assert len(training) + len(validation) == 400
    assert not set(training.games) & set(validation.games)
    assert len(set(validation.games)) == 2  # a tenth: there are under 1,000 decisions
    many = random_examples(2000, games=20)
    assert len(set(split_by_game(many, 0.4, np.random.default_rng(0))[1].games)) == 8


def test_cloning_stops_when_patience_is_out_and_restores_the_best_weights():
    settings = SETTINGS.model_copy(
        update={"validation_fraction": 0.1, "patience": 3, "epochs": 200}
    )
    examples = random_examples(300)
    result = cloned(examples, settings)
    assert len(result.epochs) < 200
    assert len(result.epochs) - result.best.epoch == 3
    held_out = split_by_game(examples, 0.1, np.random.default_rng(settings.seed))[1]
    assert measure(result.network, held_out).loss == pytest.approx(result.best.val_loss, rel=1e-5)
    assert result.best.val_loss == min(epoch.val_loss for epoch in result.epochs)


def test_progress_is_told_epoch_by_epoch():
    told = []
    settings = SETTINGS.model_copy(update={"epochs": 3})
    result = cloned(random_examples(), settings, on_epoch=told.append)
    assert tuple(told) == result.epochs
    assert [epoch.epoch for epoch in told] == [1, 2, 3]


def test_cloning_twice_gives_the_same_bytes():
    settings = SETTINGS.model_copy(update={"epochs": 3})
    first, second = (cloned(random_examples(), settings).network.state_dict() for _ in range(2))
    assert all(first[name].numpy().tobytes() == second[name].numpy().tobytes() for name in first)


def test_too_few_decisions_are_refused():
    with pytest.raises(TooFewSamples, match="at least 50"):
        cloned(random_examples(49))


def test_demonstrations_join_and_lose_choices_that_are_no_option():
    generator = np.random.default_rng(0)
    demos = [
        Demonstrations(
            seed=n,
            decisions=random_decisions(generator, 5),
            actions=np.array([0, 0, 0, 99, 0], dtype=np.int16),
            game=some_game(),
        )
        for n in range(3)
    ]
    examples = Examples.of(demos)
    assert examples.games.tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert len(examples.decisions) == 12
    assert len(Examples.of([])) == 0


def test_examples_that_always_choose_the_same_option_are_refused():
    examples = random_examples(100)
    examples.actions[:] = 0
    with pytest.raises(OneSidedExamples, match="all 100 decisions choose option 0"):
        cloned(examples)


def test_no_examples_are_refused():
    with pytest.raises(TooFewSamples, match="0 decisions"):
        cloned(Examples.of([]))


def test_a_loss_that_is_no_number_stops_the_cloning():
    examples = random_examples(100)
    examples.decisions.state_values[5] = np.inf
    with pytest.raises(TrainingDiverged, match="cloning epoch 1"):
        cloned(examples)
