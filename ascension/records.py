"""Frozen records that travel between the parts: finished games, rollouts, updates, evaluations.

Only numpy here: `storage` turns these into tables and files, `learning` and `environment` make
them. Field names equal the columns of the tables (the original's names where it had one).
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ascension.environment.batch import DecisionBatch

FightKind = Literal["monster", "elite", "boss"]
Outcome = Literal["victory", "death", "unfinished"]
MINIMUM_ACTS: Final = 3


@dataclass(frozen=True, slots=True)
class Fight:
    """One fight of one game, also when the player died in it."""

    floor: int
    act: int
    fight_type: FightKind
    room_type: str
    encounter: str
    monsters: tuple[str, ...]
    hp_before: int
    hp_after: int
    max_hp: int
    won: bool
    ended_by: str  # "terminal" (the game ended with it) or "post_combat"
    turns: int
    steps: int  # decisions that the player took in it
    damage_taken: int  # HP lost, healing not counted against it
    max_hit: int  # most HP lost at once
    block_gained: int


@dataclass(frozen=True, slots=True)
class Game:
    """One finished game, whoever played it."""

    seed: int
    ascension: int
    outcome: Outcome
    final_floor: int
    final_act: int
    final_hp: int
    final_max_hp: int
    final_gold: int
    steps: int  # decisions with at least two options
    total_reward: float
    reward_by_term: Mapping[str, float]
    deck_size: int
    deck_upgraded: int
    relics: int
    potions: int
    fights: tuple[Fight, ...]
    digest: str = ""  # of the final state: the same seed and decisions give the same digest

    @property
    def victory(self) -> bool:
        """Whether the game was won."""
        return self.outcome == "victory"

    def fought(self, fight_type: FightKind, act: int | None = None) -> int:
        """Number of fights of a kind, in one act or in all."""
        return sum(_is_fight(fight, fight_type, act) for fight in self.fights)

    def won(self, fight_type: FightKind, act: int | None = None) -> int:
        """Number of won fights of a kind, in one act or in all."""
        return sum(fight.won and _is_fight(fight, fight_type, act) for fight in self.fights)


def _is_fight(fight: Fight, fight_type: FightKind, act: int | None) -> bool:
    return fight.fight_type == fight_type and act in (None, fight.act)


def fight_counts(game: Game) -> dict[str, int]:
    """The original's columns: elites_fought, ... and the same per act, elites_fought_act1, ..."""
    counts: dict[str, int] = {}
    for act in (None, *range(1, MINIMUM_ACTS + 1)):
        suffix = "" if act is None else f"_act{act}"
        counts[f"elites_fought{suffix}"] = game.fought("elite", act)
        counts[f"elites_won{suffix}"] = game.won("elite", act)
        counts[f"bosses_fought{suffix}"] = game.fought("boss", act)
        counts[f"bosses_won{suffix}"] = game.won("boss", act)
    return counts


@dataclass(frozen=True, slots=True)
class Identity:
    """Where a rollout comes from: everything needed to find its policy and to repeat its game."""

    run: str
    rollout_id: str  # time-ordered UUID: sorting ids sorts by creation
    checkpoint_id: str
    update: int  # update number of the policy that played
    seed: int
    ascension: int
    worker: str
    rules_version: str
    layout_version: str
    settings_hash: str
    created_at: datetime  # with time zone, UTC


@dataclass(frozen=True, slots=True)
class Rollout:
    """The transitions of one game, in order; the last one is terminal if `is_finished`.

    decisions: [step] decisions with their options
    actions: [step] int16, position of the chosen option within its decision
    log_probs, values, rewards: [step] float32
    rewards_by_term: [step, term] float32; `rewards` is its sum over terms
    """

    identity: Identity
    decisions: DecisionBatch
    actions: NDArray[np.int16]
    log_probs: NDArray[np.float32]
    values: NDArray[np.float32]
    rewards: NDArray[np.float32]
    reward_terms: tuple[str, ...]
    rewards_by_term: NDArray[np.float32]
    game: Game | None  # None for a fragment whose game goes on
    bootstrap_value: float = 0.0  # value of the state after a fragment; 0 after a finished game

    @property
    def kinds(self) -> NDArray[np.int8]:
        """[step] decision kinds."""
        return self.decisions.kinds

    @property
    def is_finished(self) -> bool:
        """Whether the game ended with the last transition."""
        return self.game is not None

    def __len__(self) -> int:
        return int(self.actions.shape[0])


@dataclass(frozen=True, slots=True)
class Demonstrations:
    """A teacher's decisions of one game: what it saw and which option it chose."""

    seed: int
    decisions: DecisionBatch
    actions: NDArray[np.int16]
    game: Game

    def __len__(self) -> int:
        return int(self.actions.shape[0])


@dataclass(frozen=True, slots=True)
class Update:
    """All numbers of one PPO update (a row of training_stats with worker = "trainer")."""

    run: str
    total_updates: int
    game: int  # games consumed by the run so far, this update's included
    games: int  # games consumed by this update
    transitions: int  # of this update
    total_transitions: int
    pg_loss: float
    vf_loss: float
    entropy: float
    normalized_entropy: float
    approx_kl: float
    clip_fraction: float
    explained_variance: float
    mean_advantage: float
    std_advantage: float
    invalid_action_count: int
    mean_chosen_action_prob: float
    bc_loss: float
    bc_coef: float
    lr: float
    ent_coef: float
    auto_tune_action: str
    early_stop: bool
    epochs: int  # epochs completed
    minibatches: int  # gradient steps taken
    value_only: bool  # the policy was left as it was (first updates after cloning)
    grad_norm: float  # mean, before clipping
    return_scale: float  # returns are divided by it for the value head
    mean_return: float
    mean_reward: float  # reward per game
    mean_floor: float
    victories: int
    mean_lag: float  # updates between the policy that played and the one that learns
    max_lag: int
    batch_model_updates: tuple[int, ...]
    batch_checkpoint_ids: tuple[str, ...]
    entropy_by_kind: Mapping[str, float] = field(default_factory=dict)  # normalised
    stale_rollouts: int = 0
    legacy_rollouts: int = 0
    skipped_rollouts: int = 0
    update_seconds: float = 0.0
    timestamp: datetime | None = None


@dataclass(frozen=True, slots=True)
class CloneEpoch:
    """One pass of cloning over the teacher's decisions (a row of bc_train_stats)."""

    epoch: int  # from 1
    epochs: int  # at most
    samples: int
    train_samples: int
    val_samples: int
    train_loss: float
    train_acc: float
    val_loss: float  # NaN without validation games
    val_acc: float
    best_val_loss: float
    lr: float
    batch_size: int
    weight_decay: float
    label_smoothing: float
    patience: int
    accuracy_by_kind: Mapping[str, float]  # on validation games, or on all if there are none
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class EvaluationGame:
    """One greedy game of a fixed-seed evaluation (a row of eval_stats)."""

    run: str  # name of the evaluation
    policy: str
    checkpoint_id: str  # "" for a policy that is no checkpoint
    position: int  # place of the seed in its list, from 0
    seeds_hash: str  # of the whole list of seeds: what may be compared with what
    rules_version: str
    layout_version: str
    timestamp: datetime
    game: Game

    @property
    def seed(self) -> int:
        """Seed of the game."""
        return self.game.seed


def time_ordered_id(milliseconds: int, entropy: bytes) -> str:
    """UUID version 7 (RFC 9562) of a Unix time in milliseconds and ten random bytes."""
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(entropy[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def new_id() -> str:
    """A fresh time-ordered UUID."""
    return time_ordered_id(time.time_ns() // 1_000_000, os.urandom(10))
