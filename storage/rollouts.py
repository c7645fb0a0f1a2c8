"""Rollouts: one finished game, one Parquet file, in partitions by run, update and worker."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ascension.environment.batch import DecisionBatch
from ascension.records import Demonstrations, Fight, Game, Identity, Rollout
from storage.errors import CorruptFile, ForeignFile
from storage.files import write_atomically
from storage.schemas import METADATA_KEY, SCHEMA_VERSION, rollout_schema
from storage.store import Store, checked_name

UNSIGNED_16 = 1 << 16
_Scalar = TypeVar("_Scalar", bound=np.generic)


def _lists(
    values: NDArray[np.generic], offsets: NDArray[np.int64], kind: pa.DataType
) -> pa.ListArray:
    return pa.ListArray.from_arrays(
        pa.array(offsets.astype(np.int32)), pa.array(values).cast(kind, safe=False)
    )


def _decision_columns(batch: DecisionBatch) -> dict[str, pa.Array]:
    """The columns that hold a DecisionBatch, one row per decision."""
    lengths = np.diff(batch.option_offsets).astype(np.uint16)
    entries = batch.option_offsets[batch.decision_offsets]
    return {
        "state_indices": _lists(batch.state_indices, batch.state_offsets, pa.uint16()),
        "state_values": _lists(batch.state_values, batch.state_offsets, pa.float32()),
        "option_lengths": _lists(lengths, batch.decision_offsets, pa.uint16()),
        "option_indices": _lists(batch.option_indices, entries, pa.uint16()),
        "option_values": _lists(batch.option_values, entries, pa.float32()),
        "kind": pa.array(batch.kinds, pa.int8()),
    }


def _column(table: pa.Table, name: str) -> pa.Array:
    column = table[name]
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _values(array: pa.ListArray, dtype: type[_Scalar]) -> NDArray[_Scalar]:
    values: NDArray[_Scalar] = array.flatten().to_numpy(zero_copy_only=False)
    return values.astype(dtype, copy=False)


def _offsets(array: pa.ListArray) -> NDArray[np.int64]:
    offsets: NDArray[np.int64] = array.offsets.to_numpy().astype(np.int64)
    shifted: NDArray[np.int64] = offsets - offsets[0]
    return shifted


def _decisions(table: pa.Table) -> DecisionBatch:
    lengths = _column(table, "option_lengths")
    option_offsets = np.zeros(len(lengths.flatten()) + 1, dtype=np.int64)
    np.cumsum(_values(lengths, np.int64), out=option_offsets[1:])
    state = _column(table, "state_indices")
    return DecisionBatch(
        state_indices=_values(state, np.int32),
        state_values=_values(_column(table, "state_values"), np.float32),
        state_offsets=_offsets(state),
        option_indices=_values(_column(table, "option_indices"), np.int32),
        option_values=_values(_column(table, "option_values"), np.float32),
        option_offsets=option_offsets,
        decision_offsets=_offsets(lengths),
        kinds=_column(table, "kind").to_numpy(zero_copy_only=False).astype(np.int8),
    )


def game_to_json(game: Game) -> dict[str, object]:
    """A game record as plain JSON values."""
    return asdict(game)


def game_from_json(content: dict[str, object]) -> Game:
    """The game record that `game_to_json` wrote."""
    values = dict(content)
    fights = values.pop("fights")
    assert isinstance(fights, list)
    parsed = tuple(Fight(**{**fight, "monsters": tuple(fight["monsters"])}) for fight in fights)
    return Game(fights=parsed, **values)  # type: ignore[arg-type]


def _metadata(rollout: Rollout) -> bytes:
    identity = asdict(rollout.identity) | {"created_at": rollout.identity.created_at.isoformat()}
    content = {
        "schema_version": SCHEMA_VERSION,
        "kind": "rollout",
        "identity": identity,
        "reward_terms": rollout.reward_terms,
        "bootstrap_value": rollout.bootstrap_value,
        "game": game_to_json(rollout.game) if rollout.game is not None else None,
    }
    return json.dumps(content).encode()


def rollout_path(store: Store, identity: Identity) -> Path:
    """Where a rollout belongs."""
    worker = checked_name("worker", identity.worker)
    folder = store.rollouts(identity.run) / f"update={identity.update:06d}" / f"worker={worker}"
    return folder / f"{checked_name('rollout', identity.rollout_id)}.parquet"


def write_rollout(store: Store, rollout: Rollout) -> Path:
    """Commit one rollout atomically; returns its path."""
    done = np.zeros(len(rollout), dtype=bool)
    done[-1:] = rollout.is_finished
    columns = _decision_columns(rollout.decisions) | {
        "action": pa.array(rollout.actions, pa.int16()),
        "log_prob": pa.array(rollout.log_probs, pa.float32()),
        "value": pa.array(rollout.values, pa.float32()),
        "reward": pa.array(rollout.rewards, pa.float32()),
        "done": pa.array(done),
    }
    for position, term in enumerate(rollout.reward_terms):
        term_rewards = np.ascontiguousarray(rollout.rewards_by_term[:, position])
        columns[f"reward_{term}"] = pa.array(term_rewards, pa.float32())
    schema = rollout_schema(rollout.reward_terms).with_metadata({METADATA_KEY: _metadata(rollout)})
    table = pa.Table.from_arrays([columns[name] for name in schema.names], schema=schema)
    path = rollout_path(store, rollout.identity)
    # Flushing would take as long as all else here, for a game that is played again in no time.
    write_atomically(
        path, lambda temporary: _write_table(table, temporary), survives_power_loss=False
    )
    return path


def _write_table(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", compression_level=3, use_dictionary=False)


def _read(path: Path) -> tuple[pa.Table, dict[str, object]]:
    """The table and our metadata; CorruptFile or ForeignFile if there is none."""
    try:
        table = pq.read_table(path, partitioning=None)
    except FileNotFoundError:
        raise
    except (OSError, pa.ArrowException) as error:
        raise CorruptFile(f"{path} is not a complete Parquet file: {error}") from error
    raw = (table.schema.metadata or {}).get(METADATA_KEY)
    if raw is None:
        raise ForeignFile(f"{path} is a Parquet file of another program")
    content = json.loads(raw)
    if content.get("schema_version") != SCHEMA_VERSION:
        raise ForeignFile(
            f"{path} has schema version {content.get('schema_version')}, not {SCHEMA_VERSION}"
        )
    return table, content


def read_identity(path: Path) -> Identity:
    """Who made a rollout, from the file's footer alone.

    Raises CorruptFile for a truncated file and ForeignFile for one of another schema.
    """
    try:
        raw = (pq.read_schema(path).metadata or {}).get(METADATA_KEY)
    except FileNotFoundError:
        raise
    except (OSError, pa.ArrowException) as error:
        raise CorruptFile(f"{path} is not a complete Parquet file: {error}") from error
    if raw is None:
        raise ForeignFile(f"{path} is a Parquet file of another program")
    content = json.loads(raw)
    if content.get("schema_version") != SCHEMA_VERSION or content.get("kind") != "rollout":
        raise ForeignFile(f"{path} is not a rollout of schema version {SCHEMA_VERSION}")
    return _identity(content["identity"])


def _identity(content: dict[str, object]) -> Identity:
    created_at = datetime.fromisoformat(str(content["created_at"]))
    return Identity(**{**content, "created_at": created_at})  # type: ignore[arg-type]


def read_rollout(path: Path) -> Rollout:
    """Read one rollout back, checked.

    Raises CorruptFile or ForeignFile; a malformed batch counts as corrupt.
    """
    table, content = _read(path)
    terms: tuple[str, ...] = tuple(content["reward_terms"])  # type: ignore[arg-type]
    if table.schema.names != rollout_schema(terms).names:
        raise ForeignFile(f"{path} has other columns than a rollout of version {SCHEMA_VERSION}")
    decisions = _decisions(table)
    try:
        decisions.check(UNSIGNED_16, UNSIGNED_16)
    except ValueError as error:
        raise CorruptFile(f"{path}: {error}") from error
    by_term = [_numbers(table, f"reward_{term}") for term in terms]
    game = content["game"]
    return Rollout(
        identity=_identity(content["identity"]),  # type: ignore[arg-type]
        decisions=decisions,
        actions=_column(table, "action").to_numpy(zero_copy_only=False).astype(np.int16),
        log_probs=_numbers(table, "log_prob"),
        values=_numbers(table, "value"),
        rewards=_numbers(table, "reward"),
        reward_terms=terms,
        rewards_by_term=(
            np.stack(by_term, axis=1) if terms else np.zeros((table.num_rows, 0), np.float32)
        ),
        game=game_from_json(game) if isinstance(game, dict) else None,
        bootstrap_value=float(content["bootstrap_value"]),  # type: ignore[arg-type]
    )


def _numbers(table: pa.Table, name: str) -> NDArray[np.float32]:
    numbers: NDArray[np.float32] = _column(table, name).to_numpy(zero_copy_only=False)
    return numbers.astype(np.float32, copy=False)


def waiting_files(store: Store, run: str) -> Iterator[Path]:
    """Every rollout file in the waiting partitions, without opening any."""
    folder = store.rollouts(run)
    if not folder.exists():
        return
    for update in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if update.is_dir() and update.name.startswith("update="):
            yield from sorted(Path(update.path).glob("worker=*/*.parquet"))


def update_of(path: Path) -> int:
    """The policy's update number from the partition; -1 if the folder is not one of ours."""
    text = path.parent.parent.name.removeprefix("update=")
    return int(text) if text.isdigit() else -1


def write_demonstrations(store: Store, name: str, game: Demonstrations) -> Path:
    """Keep one teacher's game; the file is named by its seed, so collection can be resumed."""
    columns = _decision_columns(game.decisions) | {"action": pa.array(game.actions, pa.int16())}
    metadata = json.dumps(
        {
            "schema_version": SCHEMA_VERSION,
            "kind": "demonstrations",
            "seed": game.seed,
            "game": game_to_json(game.game),
        }
    ).encode()
    table = pa.table(columns).replace_schema_metadata({METADATA_KEY: metadata})
    path = store.demonstrations(name) / f"seed={game.seed}.parquet"
    write_atomically(path, lambda temporary: _write_table(table, temporary))
    return path


def read_demonstrations(path: Path) -> Demonstrations:
    """Read one teacher's game back; CorruptFile or ForeignFile if it is none."""
    table, content = _read(path)
    if content.get("kind") != "demonstrations":
        raise ForeignFile(f"{path} holds no demonstrations")
    return Demonstrations(
        seed=int(content["seed"]),  # type: ignore[call-overload]
        decisions=_decisions(table),
        actions=_column(table, "action").to_numpy(zero_copy_only=False).astype(np.int16),
        game=game_from_json(content["game"]),  # type: ignore[arg-type]
    )


def demonstrated_seeds(store: Store, name: str) -> dict[int, Path]:
    """Seeds of a demonstration set that are there already, and their files."""
    found = store.demonstrations(name).glob("seed=*.parquet")
    return {int(path.stem.removeprefix("seed=")): path for path in found}
