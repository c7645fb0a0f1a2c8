"""Settings: help for every field, hashes by content, presets with the original's numbers."""

import pytest
from pydantic import ValidationError

from ascension.settings import (
    CloneSettings,
    CollectSettings,
    EvaluateSettings,
    NetworkSettings,
    TrainSettings,
    clone_preset,
    settings_hash,
    train_preset,
)

ALL = [NetworkSettings, CollectSettings, CloneSettings, TrainSettings, EvaluateSettings]


@pytest.mark.parametrize("settings", ALL)
def test_every_field_has_a_line_of_help_and_a_default(settings):
    for name, field in settings.model_fields.items():
        assert field.description, name
        assert "\n" not in field.description
        assert not field.is_required(), name


def test_settings_are_frozen_and_know_their_names():
    with pytest.raises(ValidationError):
        TrainSettings().epochs = 3  # type: ignore[misc]
    with pytest.raises(ValidationError):
        TrainSettings(epoch=3)  # type: ignore[call-arg]
    with pytest.raises(ValidationError):
        TrainSettings(device="tpu")


def test_hashes_follow_the_content():
    assert settings_hash(TrainSettings()) == settings_hash(TrainSettings())
    assert settings_hash(TrainSettings()) != settings_hash(TrainSettings(epochs=3))
    assert settings_hash(CollectSettings()) != settings_hash(EvaluateSettings())
    again = TrainSettings.model_validate_json(TrainSettings(gamma=0.9).model_dump_json())
    assert settings_hash(again) == settings_hash(TrainSettings(gamma=0.9))


def test_the_original_preset_has_the_originals_numbers():
    train, clone = train_preset("original"), clone_preset("original")
    assert (train.learning_rate, train.gamma, train.gae_lambda) == (3e-5, 0.99, 0.95)
    assert (train.clip_range, train.epochs, train.minibatch_size) == (0.15, 4, 64)
    assert (train.entropy_coefficient, train.anchor_coefficient) == (0.001, 0.10)
    assert (train.value_coefficient, train.max_grad_norm, train.target_kl) == (0.5, 0.5, 0.03)
    assert train.auto_tune and not train.scale_returns
    assert (clone.learning_rate, clone.batch_size, clone.epochs) == (5e-4, 256, 50)
    assert (clone.patience, clone.label_smoothing, clone.seed) == (12, 0.02, 20260511)


def test_the_default_preset_has_the_studys_numbers():
    train = train_preset("default")
    assert (train.learning_rate, train.gamma, train.gae_lambda) == (1e-3, 0.997, 0.95)
    assert (train.clip_range, train.epochs, train.minibatch_size) == (0.2, 2, 2048)
    assert (train.entropy_coefficient, train.final_entropy_coefficient) == (0.01, 0.003)
    assert (train.value_only_transitions, train.adam_epsilon) == (48_000, 1e-5)
    assert train.anchor_coefficient == 0.0 and not train.auto_tune
