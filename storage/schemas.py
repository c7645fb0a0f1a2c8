"""The schemas of every table, in one place: names, types, and the version that files carry."""

from typing import Final

import pyarrow as pa

SCHEMA_VERSION: Final = 1
METADATA_KEY: Final = b"ascension"

_TIME = pa.timestamp("us", tz="UTC")


def rollout_schema(reward_terms: tuple[str, ...]) -> pa.Schema:
    """A row is a transition; an option's features are a slice of the decision's option entries.

    `option_lengths` has one entry for every legal option, so it is the legal mask as well:
    illegal actions are not stored at all.
    """
    return pa.schema(
        [
            pa.field("state_indices", pa.list_(pa.uint16()), nullable=False),
            pa.field("state_values", pa.list_(pa.float32()), nullable=False),
            pa.field("option_lengths", pa.list_(pa.uint16()), nullable=False),
            pa.field("option_indices", pa.list_(pa.uint16()), nullable=False),
            pa.field("option_values", pa.list_(pa.float32()), nullable=False),
            pa.field("kind", pa.int8(), nullable=False),
            pa.field("action", pa.int16(), nullable=False),
            pa.field("log_prob", pa.float32(), nullable=False),
            pa.field("value", pa.float32(), nullable=False),
            pa.field("reward", pa.float32(), nullable=False),
            pa.field("done", pa.bool_(), nullable=False),
            *[pa.field(f"reward_{term}", pa.float32(), nullable=False) for term in reward_terms],
        ]
    )


_PER_ACT: Final = [
    f"{kind}_{result}{suffix}"
    for suffix in ("", "_act1", "_act2", "_act3")
    for kind in ("elites", "bosses")
    for result in ("fought", "won")
]

_GAME_COLUMNS: Final = [
    ("seed", pa.int64()),
    ("ascension", pa.int32()),
    ("outcome", pa.string()),
    ("victory", pa.bool_()),
    ("final_floor", pa.int32()),
    ("final_act", pa.int32()),
    ("final_hp", pa.int32()),
    ("final_max_hp", pa.int32()),
    ("final_gold", pa.int32()),
    ("steps", pa.int32()),
    ("total_reward", pa.float64()),
    ("reward_by_term", pa.map_(pa.string(), pa.float64())),
    ("deck_size", pa.int32()),
    ("deck_upgraded", pa.int32()),
    ("relics", pa.int32()),
    ("potions", pa.int32()),
    ("digest", pa.string()),
    *[(name, pa.int32()) for name in _PER_ACT],
]

_FIGHT_COLUMNS: Final = [
    ("fight", pa.int32()),
    ("floor", pa.int32()),
    ("act", pa.int32()),
    ("fight_type", pa.string()),
    ("room_type", pa.string()),
    ("encounter", pa.string()),
    ("monsters", pa.string()),
    ("hp_before", pa.int32()),
    ("hp_after", pa.int32()),
    ("max_hp", pa.int32()),
    ("won", pa.bool_()),
    ("ended_by", pa.string()),
    ("turns", pa.int32()),
    ("steps", pa.int32()),
    ("damage_taken", pa.int32()),
    ("max_hit", pa.int32()),
    ("block_gained", pa.int32()),
]

_ORIGIN: Final = [
    ("run", pa.string()),
    ("game_id", pa.string()),  # the rollout's id, or the evaluation's id and position
    ("timestamp", _TIME),
]

FACT_SCHEMAS: Final[dict[str, pa.Schema]] = {
    # One row per finished training game.
    "games": pa.schema(
        [
            *_ORIGIN,
            ("worker", pa.string()),
            ("checkpoint_id", pa.string()),
            ("model_update", pa.int32()),
            ("rules_version", pa.string()),
            ("layout_version", pa.string()),
            ("settings_hash", pa.string()),
            *_GAME_COLUMNS,
        ]
    ),
    # One row per fight of a training or evaluation game.
    "fights": pa.schema([*_ORIGIN, ("source", pa.string()), ("seed", pa.int64()), *_FIGHT_COLUMNS]),
    # One row per PPO update.
    "updates": pa.schema(
        [
            ("run", pa.string()),
            ("timestamp", _TIME),
            ("checkpoint_id", pa.string()),
            ("total_updates", pa.int32()),
            ("game", pa.int64()),
            ("games", pa.int32()),
            ("transitions", pa.int64()),
            ("total_transitions", pa.int64()),
            ("pg_loss", pa.float64()),
            ("vf_loss", pa.float64()),
            ("entropy", pa.float64()),
            ("normalized_entropy", pa.float64()),
            ("approx_kl", pa.float64()),
            ("clip_fraction", pa.float64()),
            ("explained_variance", pa.float64()),
            ("mean_advantage", pa.float64()),
            ("std_advantage", pa.float64()),
            ("invalid_action_count", pa.int64()),
            ("mean_chosen_action_prob", pa.float64()),
            ("bc_loss", pa.float64()),
            ("bc_coef", pa.float64()),
            ("lr", pa.float64()),
            ("ent_coef", pa.float64()),
            ("auto_tune_action", pa.string()),
            ("early_stop", pa.bool_()),
            ("epochs", pa.int32()),
            ("minibatches", pa.int32()),
            ("value_only", pa.bool_()),
            ("grad_norm", pa.float64()),
            ("return_scale", pa.float64()),
            ("mean_return", pa.float64()),
            ("mean_reward", pa.float64()),
            ("mean_floor", pa.float64()),
            ("victories", pa.int32()),
            ("mean_lag", pa.float64()),
            ("max_lag", pa.int32()),
            ("batch_model_updates", pa.string()),
            ("batch_checkpoint_ids", pa.string()),
            ("entropy_by_kind", pa.map_(pa.string(), pa.float64())),
            ("stale_rollouts", pa.int64()),
            ("legacy_rollouts", pa.int64()),
            ("skipped_rollouts", pa.int64()),
            ("update_seconds", pa.float64()),
        ]
    ),
    # One row per rollout that was refused.
    "rejections": pa.schema(
        [
            ("run", pa.string()),
            ("rollout_id", pa.string()),
            ("timestamp", _TIME),
            ("reason", pa.string()),
            ("model_update", pa.int32()),
            ("current_update", pa.int32()),
            ("file", pa.string()),
        ]
    ),
    # One row per evaluated game.
    "evaluations": pa.schema(
        [
            ("run", pa.string()),
            ("evaluation_id", pa.string()),
            ("evaluation", pa.string()),
            ("timestamp", _TIME),
            ("reason", pa.string()),
            ("policy", pa.string()),
            ("checkpoint_id", pa.string()),
            ("model_update", pa.int32()),
            ("games_collected", pa.int64()),
            ("position", pa.int32()),
            ("seeds_hash", pa.string()),
            ("rules_version", pa.string()),
            ("layout_version", pa.string()),
            *_GAME_COLUMNS,
        ]
    ),
    # One row per evaluation of a run's own policy: whether it became the run's best, and why.
    "promotions": pa.schema(
        [
            ("run", pa.string()),
            ("timestamp", _TIME),
            ("evaluation", pa.string()),
            ("candidate_update", pa.int32()),
            ("candidate_checkpoint_id", pa.string()),
            ("incumbent_update", pa.int32()),  # null for the first
            ("incumbent_checkpoint_id", pa.string()),
            ("games", pa.int32()),
            ("seeds_hash", pa.string()),
            ("rules_version", pa.string()),
            ("ascension", pa.int32()),
            ("confidence", pa.float64()),
            ("mean_floor", pa.float64()),  # of the candidate
            ("win_rate", pa.float64()),
            ("floor_difference", pa.float64()),  # candidate minus incumbent
            ("floor_difference_low", pa.float64()),
            ("floor_difference_high", pa.float64()),
            ("win_rate_difference", pa.float64()),
            ("win_rate_difference_low", pa.float64()),
            ("win_rate_difference_high", pa.float64()),
            ("wins_only_incumbent", pa.int32()),
            ("wins_only_candidate", pa.int32()),
            ("mcnemar_p", pa.float64()),
            ("required_games", pa.int64()),
            ("promoted", pa.bool_()),
            ("reason", pa.string()),
        ]
    ),
    # One row per sign of life of a collector, trainer or evaluator.
    "beats": pa.schema(
        [
            ("run", pa.string()),
            ("worker", pa.string()),
            ("role", pa.string()),
            ("timestamp", _TIME),
            ("model_update", pa.int32()),
            ("games", pa.int64()),
            ("decisions_per_second", pa.float64()),
            ("message", pa.string()),
        ]
    ),
    # One row per epoch of behaviour cloning.
    "cloning": pa.schema(
        [
            ("run", pa.string()),
            ("timestamp", _TIME),
            ("epoch", pa.int32()),
            ("epochs", pa.int32()),
            ("samples", pa.int64()),
            ("train_samples", pa.int64()),
            ("val_samples", pa.int64()),
            ("train_loss", pa.float64()),
            ("train_acc", pa.float64()),
            ("val_loss", pa.float64()),
            ("val_acc", pa.float64()),
            ("best_val_loss", pa.float64()),
            ("lr", pa.float64()),
            ("batch_size", pa.int32()),
            ("weight_decay", pa.float64()),
            ("label_smoothing", pa.float64()),
            ("patience", pa.int32()),
            ("seconds", pa.float64()),
            ("accuracy_by_kind", pa.map_(pa.string(), pa.float64())),
        ]
    ),
}
