"""The tables of the stats database: their columns as SQL, and what a row of each one is.

The fact tables mirror `storage.schemas`; `database` creates and fills them, `sql_docs` lists them.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

import pyarrow as pa

from storage.schemas import FACT_SCHEMAS

_SQL_TYPES: Final = {
    pa.string(): "VARCHAR",
    pa.bool_(): "BOOLEAN",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
    pa.map_(pa.string(), pa.float64()): "MAP(VARCHAR, DOUBLE)",
}

CHECKPOINTS: Final[Mapping[str, str]] = {
    "run": "VARCHAR",
    "model_update": "INTEGER",
    "checkpoint_id": "VARCHAR",
    "parent": "VARCHAR",
    "created_at": "TIMESTAMPTZ",
    "settings_hash": "VARCHAR",
    "rules_version": "VARCHAR",
    "layout_version": "VARCHAR",
    "rollouts_consumed": "INTEGER",
    "consumed": "VARCHAR[]",
    "settings": "JSON",
}

ROWS: Final[Mapping[str, str]] = {
    "games": "One row per finished training game.",
    "fights": "One row per fight of a training or evaluation game.",
    "updates": "One row per PPO update.",
    "rejections": "One row per rollout that was refused.",
    "evaluations": "One row per evaluated game.",
    "promotions": "One row per decision of the promotion gate.",
    "beats": "One row per sign of life of a collector, trainer or evaluator.",
    "cloning": "One row per epoch of behaviour cloning.",
    "checkpoints": "One row per checkpoint, with the ids of the rollouts it consumed.",
}


def fact_columns(table: str) -> dict[str, str]:
    """Names and SQL types of a fact table's columns."""
    return {field.name: _SQL_TYPES[field.type] for field in FACT_SCHEMAS[table]}


def statements() -> list[str]:
    """The statements that create all tables, empty."""
    return [
        "create table database_version (version bigint)",
        "create table fact_files (file_number bigint, path varchar, modified bigint, size bigint)",
        *[
            _create(table, {"file_number": "BIGINT", **fact_columns(table)})
            for table in FACT_SCHEMAS
        ],
        _create("checkpoints", CHECKPOINTS),
    ]


def _create(table: str, columns: Mapping[str, str]) -> str:
    return f"create table {table} ({', '.join(f'{n} {kind}' for n, kind in columns.items())})"


def version() -> int:
    """Changes whenever a column does: a database of another version is built anew."""
    digest = hashlib.blake2b("\n".join(statements()).encode(), digest_size=7)
    return int.from_bytes(digest.digest(), "big")
