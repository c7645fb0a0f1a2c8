"""Settings of the stages: one frozen record each, with a line of help for every field.

The same record is the command line, Prefect's parameter form, the stored configuration and its
hash. No torch here, so that help texts stay fast.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Preset = Literal["default", "long", "original"]
RewardName = Literal["default", "original"]
Head = Literal["options", "slots"]
Device = Annotated[str, Field(pattern=r"^(auto|cpu|cuda(:\d+)?)$")]
Positive = Annotated[int, Field(gt=0)]
Count = Annotated[int, Field(ge=0)]
PositiveNumber = Annotated[float, Field(gt=0)]
NonNegative = Annotated[float, Field(ge=0)]
Fraction = Annotated[float, Field(ge=0, le=1)]


class Settings(BaseModel):
    """A frozen record of settings; an unknown name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def settings_hash(settings: Settings) -> str:
    """Content hash of settings: equal values give equal hashes on every machine."""
    text = json.dumps(settings.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    name = type(settings).__name__
    return hashlib.blake2b(f"{name}:{text}".encode(), digest_size=16).hexdigest()


class NetworkSettings(Settings):
    """Sizes of the network, and how it scores options."""

    head: Head = Field(
        default="options",
        description="options: by what they are; slots: by their number (the control)",
    )
    state_size: Positive = Field(default=256, description="Width of the embedded state")
    policy_size: Positive = Field(
        default=256, description="Width of the policy's view of the state"
    )
    value_size: Positive = Field(default=256, description="Width of the value head's hidden layer")
    option_size: Positive = Field(default=128, description="Width of an embedded option")


class CollectSettings(Settings):
    """How games are played to collect rollouts."""

    games: Positive = Field(default=64, description="Games that one collect task plays to the end")
    parallel_games: Positive = Field(default=64, description="Games played at once in one process")
    steps: Count = Field(
        default=0,
        description="Decisions of every game per round, games go on; 0 plays whole games",
    )
    ascension: Annotated[int, Field(ge=0, le=20)] = Field(default=0, description="Ascension level")
    acts: Annotated[int, Field(ge=1, le=4)] = Field(default=3, description="Acts to win")
    reward: RewardName = Field(default="default", description="List of reward terms")
    seed: int = Field(default=1, description="Seed of the games' seeds and of the sampled actions")
    threads: Positive = Field(default=1, description="CPU threads of the network")
    device: Device = Field(default="cpu", description="cpu, cuda, cuda:N or auto")


class CloneSettings(Settings):
    """How the teacher is imitated before PPO starts."""

    games: Positive = Field(default=500, description="Teacher games to learn from")
    parallel_games: Positive = Field(default=64, description="Teacher games played at once")
    ascension: Annotated[int, Field(ge=0, le=20)] = Field(default=0, description="Ascension level")
    acts: Annotated[int, Field(ge=1, le=4)] = Field(default=3, description="Acts to win")
    learning_rate: PositiveNumber = Field(default=1e-3, description="Adam's learning rate")
    weight_decay: NonNegative = Field(default=1e-5, description="Adam's weight decay")
    batch_size: Positive = Field(default=1024, description="Decisions per gradient step")
    epochs: Positive = Field(default=4, description="Most passes over the training decisions")
    validation_fraction: Annotated[float, Field(ge=0, le=0.4)] = Field(
        default=0.1, description="Share of games held out; at most 0.1 of under 1,000 decisions"
    )
    patience: Positive = Field(default=2, description="Epochs without improvement before stopping")
    min_improvement: NonNegative = Field(
        default=1e-5, description="Least drop that counts as improvement"
    )
    label_smoothing: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=0.02, description="Probability spread over the legal options"
    )
    max_grad_norm: PositiveNumber = Field(
        default=1.0, description="Gradients are scaled down to this norm"
    )
    min_samples: Positive = Field(default=50, description="Fewer decisions than this are refused")
    seed: int = Field(
        default=20260511, description="Seed of the split, the order and the first weights"
    )
    threads: Positive = Field(default=1, description="CPU threads of the network")
    device: Device = Field(default="auto", description="cpu, cuda, cuda:N or auto")
    network: NetworkSettings = Field(default=NetworkSettings(), description="Sizes of the network")


class TrainSettings(Settings):
    """How PPO updates the policy."""

    learning_rate: PositiveNumber = Field(
        default=1e-3, description="Adam's learning rate at the start"
    )
    final_learning_rate: PositiveNumber = Field(
        default=1e-4, description="Learning rate after the decay"
    )
    entropy_coefficient: NonNegative = Field(
        default=0.01, description="Weight of entropy at the start"
    )
    final_entropy_coefficient: NonNegative = Field(
        default=0.003, description="Its weight after the decay"
    )
    macro_entropy_factor: NonNegative = Field(
        default=1.0, description="Entropy weighs this much more in decisions out of fights"
    )
    decay_transitions: Count = Field(
        default=6_000_000,
        description="Transitions over which these change linearly; 0 keeps them constant",
    )
    gamma: Fraction = Field(default=0.997, description="Discount of rewards per decision")
    final_gamma: Annotated[float, Field(ge=0, lt=1)] | None = Field(
        default=None,
        description="Discount after the decay, the horizon changing linearly; none keeps gamma",
    )
    gae_lambda: Fraction = Field(
        default=0.95, description="Trade-off of advantages: 0 low variance, 1 no bias"
    )
    clip_range: PositiveNumber = Field(
        default=0.2, description="Probability ratios count within 1 +- this"
    )
    epochs: Positive = Field(default=2, description="Passes over the batch")
    minibatch_size: Positive = Field(default=2048, description="Transitions per gradient step")
    value_coefficient: NonNegative = Field(default=0.5, description="Weight of the value loss")
    max_grad_norm: PositiveNumber = Field(
        default=0.5, description="Gradients are scaled down to this norm"
    )
    target_kl: PositiveNumber = Field(
        default=0.03, description="An epoch whose mean KL is above this is the update's last"
    )
    warmup_steps: Count = Field(
        default=32, description="First gradient steps of the policy, with a rising learning rate"
    )
    adam_epsilon: PositiveNumber = Field(default=1e-5, description="Adam's epsilon")
    scale_returns: bool = Field(
        default=True, description="Divide the value targets by their deviation"
    )
    warmup_transitions: Count = Field(
        default=48_000, description="Transitions after which that deviation stays fixed"
    )
    value_only_transitions: Count = Field(
        default=48_000, description="First transitions after cloning that train the value head only"
    )
    anchor_coefficient: NonNegative = Field(
        default=0.0,
        description="Weight of imitating demonstrations during PPO; needs demonstrations",
    )
    anchor_samples: Positive = Field(default=64, description="Demonstrations per gradient step")
    auto_tune: bool = Field(
        default=False,
        description="Adapt learning rate, entropy and anchor after each update by fixed rules",
    )
    max_invalid_rows: Count = Field(
        default=0, description="Malformed transitions that are dropped, not fatal"
    )
    batch_rollouts: Positive = Field(default=8, description="Fresh rollouts that start an update")
    most_rollouts: Positive = Field(
        default=64, description="An update takes at most so many of the rollouts that wait"
    )
    max_rollout_lag: Count = Field(default=4, description="Older rollouts, in updates, are stale")
    keep_consumed: bool = Field(
        default=False, description="Keep rollouts after the update that used them"
    )
    keep_weights_every: Positive = Field(
        default=50, description="Of the older checkpoints every so-manieth keeps its weights"
    )
    seed: int = Field(default=1, description="Seed of the first weights and of the minibatches")
    threads: Positive = Field(
        default=1, description="CPU threads; part of what makes results repeat exactly"
    )
    device: Device = Field(default="auto", description="cpu, cuda, cuda:N or auto")
    network: NetworkSettings = Field(default=NetworkSettings(), description="Sizes of the network")

    @model_validator(mode="after")
    def _horizons_are_finite(self) -> Self:
        if self.final_gamma is not None and self.gamma == 1:
            raise ValueError("gamma 1 has no horizon to change: leave final_gamma out")
        return self


class EvaluateSettings(Settings):
    """How fixed-seed evaluations are played."""

    games: Positive = Field(default=200, description="Seeds to play, from the start of the list")
    seeds_file: str = Field(
        default="", description="File of seeds; empty is the built-in list of 200"
    )
    parallel_games: Positive = Field(default=64, description="Games played at once in one process")
    ascension: Annotated[int, Field(ge=0, le=20)] = Field(default=0, description="Ascension level")
    acts: Annotated[int, Field(ge=1, le=4)] = Field(default=3, description="Acts to win")
    reward: RewardName = Field(
        default="default", description="List of reward terms that total_reward sums"
    )
    confidence: Annotated[float, Field(gt=0.5, lt=1)] = Field(
        default=0.95, description="Of all intervals"
    )
    every_games: Positive = Field(
        default=250, description="Collected games after which to evaluate again"
    )
    latest_games: Positive = Field(
        default=500, description="Collected games after which it is overdue"
    )
    threads: Positive = Field(default=1, description="CPU threads of the network")
    device: Device = Field(default="cpu", description="cpu, cuda, cuda:N or auto")


# original.md A6, central trainer: many small updates of a small step, held near the teacher.
_ORIGINAL_TRAINING: Final = TrainSettings(
    learning_rate=3e-5,
    final_learning_rate=3e-5,
    entropy_coefficient=0.001,
    final_entropy_coefficient=0.001,
    decay_transitions=0,
    gamma=0.99,
    clip_range=0.15,
    epochs=4,
    minibatch_size=64,
    warmup_steps=0,
    adam_epsilon=1e-8,
    scale_returns=False,
    warmup_transitions=0,
    value_only_transitions=0,
    anchor_coefficient=0.10,
    auto_tune=True,
    most_rollouts=8,
)

# For hours, not minutes: a slower decay, and in its course a horizon that reaches from a card
# picked in act 1 to the last boss.
_LONG_TRAINING: Final = TrainSettings(
    decay_transitions=12_000_000, final_gamma=0.999, batch_rollouts=128, most_rollouts=512
)

# original.md A5.
_ORIGINAL_CLONING: Final = CloneSettings(
    games=410,
    learning_rate=5e-4,
    batch_size=256,
    epochs=50,
    patience=12,
)


def train_preset(name: Preset) -> TrainSettings:
    """PPO settings: for minutes, for hours (`long`), or those of the seed's experiment."""
    return {"original": _ORIGINAL_TRAINING, "long": _LONG_TRAINING}.get(name, TrainSettings())


def clone_preset(name: Preset) -> CloneSettings:
    """Cloning settings: `default` is quick, `original` repeats the seed's experiment."""
    return _ORIGINAL_CLONING if name == "original" else CloneSettings()


def collect_preset(name: Preset) -> CollectSettings:
    """Collection settings: they differ in the reward and in whether games go on."""
    if name == "long":
        return CollectSettings(games=128, parallel_games=128, steps=160)
    return CollectSettings(reward=reward_of(name))


def reward_of(name: Preset) -> RewardName:
    """Name of a preset's reward."""
    return "original" if name == "original" else "default"
