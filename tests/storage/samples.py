"""Small, valid records for the tests of storage."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from ascension.environment.batch import DecisionBatch
from ascension.records import CloneEpoch, Fight, Game, Identity, Rollout, Update, time_ordered_id
from storage.checkpoints import Checkpoint

TERMS = ("floor", "hp")


def offsets(lengths):
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def batch(decisions, seed=0):
    rng = np.random.default_rng(seed)
    counts = rng.integers(2, 6, decisions)
    options = rng.integers(1, 5, counts.sum())
    state = rng.integers(1, 9, decisions)
    return DecisionBatch(
        state_indices=rng.integers(0, 2000, state.sum()).astype(np.int32),
        state_values=rng.random(state.sum(), dtype=np.float32),
        state_offsets=offsets(state),
        option_indices=rng.integers(0, 900, options.sum()).astype(np.int32),
        option_values=rng.random(options.sum(), dtype=np.float32),
        option_offsets=offsets(options),
        decision_offsets=offsets(counts),
        kinds=rng.integers(0, 5, decisions).astype(np.int8),
    )


def fight(**changes):
    sample = Fight(
        floor=3,
        act=1,
        fight_type="elite",
        room_type="elite",
        encounter="gremlin_nob",
        monsters=("gremlin_nob",),
        hp_before=80,
        hp_after=60,
        max_hp=80,
        won=True,
        ended_by="post_combat",
        turns=4,
        steps=12,
        damage_taken=20,
        max_hit=14,
        block_gained=30,
    )
    return replace(sample, **changes)


def game(**changes):
    sample = Game(
        seed=5,
        ascension=0,
        outcome="death",
        final_floor=16,
        final_act=1,
        final_hp=0,
        final_max_hp=80,
        final_gold=99,
        steps=20,
        total_reward=3.25,
        reward_by_term={"floor": 1.5, "hp": 1.75},
        deck_size=15,
        deck_upgraded=3,
        relics=4,
        potions=1,
        fights=(fight(),),
        digest="d",
    )
    return replace(sample, **changes)


def rollout(number=0, update=0, run="main", **identity):
    made = Identity(
        run=run,
        rollout_id=time_ordered_id(1_000_000 + number, number.to_bytes(10, "big")),
        checkpoint_id="c",
        update=update,
        seed=5,
        ascension=0,
        worker="w1",
        rules_version="r1",
        layout_version="l1",
        settings_hash="h",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    by_term = np.random.default_rng(number).random((20, 2), dtype=np.float32)
    return Rollout(
        identity=replace(made, **identity),
        decisions=batch(20, number),
        actions=np.zeros(20, np.int16),
        log_probs=np.full(20, -0.5, np.float32),
        values=np.ones(20, np.float32),
        rewards=by_term.sum(axis=1),
        reward_terms=TERMS,
        rewards_by_term=by_term,
        game=game(),
    )


def checkpoint(update=0, consumed=(), run="main", value=1.0):
    return Checkpoint(
        run=run,
        update=update,
        weights={"w": np.full(3, value, np.float32)},
        optimizer={"m": np.zeros(2, np.float32)},
        state={"tuner": {"lr": 0.001}},
        settings={"epochs": 2},
        settings_hash="h",
        rules_version="r1",
        layout_version="l1",
        consumed=tuple(consumed),
    )


def update(number=1, **changes):
    values = {
        name: 0.5
        for name in (
            "pg_loss vf_loss entropy normalized_entropy approx_kl clip_fraction "
            "explained_variance mean_advantage std_advantage mean_chosen_action_prob bc_loss "
            "bc_coef lr ent_coef grad_norm return_scale mean_return mean_reward mean_floor mean_lag"
        ).split()
    }
    sample = Update(
        run="main",
        total_updates=number,
        game=8 * number,
        games=8,
        transitions=160,
        total_transitions=160 * number,
        invalid_action_count=0,
        auto_tune_action="healthy:bc_slow_down",
        early_stop=False,
        epochs=2,
        minibatches=2,
        value_only=False,
        victories=0,
        max_lag=0,
        batch_model_updates=(0,),
        batch_checkpoint_ids=("c",),
        timestamp=datetime(2026, 1, 1, tzinfo=UTC),
        **values,
    )
    return replace(sample, **changes)


def epoch(number):
    return CloneEpoch(
        epoch=number,
        epochs=4,
        samples=100,
        train_samples=90,
        val_samples=10,
        train_loss=0.5,
        train_acc=0.8,
        val_loss=0.6,
        val_acc=0.7,
        best_val_loss=0.6,
        lr=0.001,
        batch_size=64,
        weight_decay=0.0,
        label_smoothing=0.0,
        patience=2,
        accuracy_by_kind={"combat": 0.7},
    )
