"""Append-only fact tables: small Parquet files, one per batch of rows, named by what they hold.

A file's name is `<id>-n<rows>.parquet`: rows are counted without opening a file, and writing the
same facts again replaces the file instead of doubling the rows.
"""

import glob
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ascension.records import (
    CloneEpoch,
    EvaluationGame,
    Fight,
    Game,
    Identity,
    Update,
    fight_counts,
    new_id,
)
from storage.files import write_atomically
from storage.schemas import FACT_SCHEMAS, METADATA_KEY, SCHEMA_VERSION
from storage.store import Store

Row = Mapping[str, object]
_COUNTED = re.compile(r"-n(\d+)\.parquet$")


def append(store: Store, table: str, run: str, rows: Sequence[Row], file_id: str = "") -> Path:
    """Write rows of one fact table as one file; returns its path.

    Every row must have exactly the columns of the table (KeyError otherwise); `file_id` makes the
    write repeatable, a fresh time-ordered id is taken without one.
    """
    schema = FACT_SCHEMAS[table].with_metadata({METADATA_KEY: str(SCHEMA_VERSION).encode()})
    columns = {name: [row[name] for row in rows] for name in schema.names}
    data = pa.Table.from_pydict(columns, schema=schema)
    path = store.facts(table, run) / f"{file_id or new_id()}-n{len(rows)}.parquet"
    write_atomically(path, lambda temporary: pq.write_table(data, temporary, compression="zstd"))
    return path


def count(store: Store, table: str, run: str) -> int:
    """Number of rows of a run in a fact table, from the file names alone."""
    folder = store.facts(table, run)
    if not folder.exists():
        return 0
    found = (_COUNTED.search(path.name) for path in folder.iterdir())
    return sum(int(match.group(1)) for match in found if match)


def files(store: Store, table: str) -> list[Path]:
    """All files of a fact table, oldest first by their time-ordered names within each run."""
    return sorted((store.all_facts / table).glob("run=*/*-n*.parquet"))


def game_columns(game: Game) -> dict[str, object]:
    """The columns that training games and evaluation games share."""
    return {
        "seed": game.seed,
        "ascension": game.ascension,
        "outcome": game.outcome,
        "victory": game.victory,
        "final_floor": game.final_floor,
        "final_act": game.final_act,
        "final_hp": game.final_hp,
        "final_max_hp": game.final_max_hp,
        "final_gold": game.final_gold,
        "steps": game.steps,
        "total_reward": game.total_reward,
        "reward_by_term": list(game.reward_by_term.items()),
        "deck_size": game.deck_size,
        "deck_upgraded": game.deck_upgraded,
        "relics": game.relics,
        "potions": game.potions,
        "digest": game.digest,
        **fight_counts(game),
    }


def _fight_row(
    run: str, game_id: str, at: datetime, source: str, seed: int, number: int, fight: Fight
) -> Row:
    return {
        "run": run,
        "game_id": game_id,
        "timestamp": at,
        "source": source,
        "seed": seed,
        "fight": number,
        "floor": fight.floor,
        "act": fight.act,
        "fight_type": fight.fight_type,
        "room_type": fight.room_type,
        "encounter": fight.encounter,
        "monsters": ";".join(fight.monsters),
        "hp_before": fight.hp_before,
        "hp_after": fight.hp_after,
        "max_hp": fight.max_hp,
        "won": fight.won,
        "ended_by": fight.ended_by,
        "turns": fight.turns,
        "steps": fight.steps,
        "damage_taken": fight.damage_taken,
        "max_hit": fight.max_hit,
        "block_gained": fight.block_gained,
    }


def append_games(store: Store, games: Sequence[tuple[Identity, Game]]) -> None:
    """Record finished training games and their fights; all of one run."""
    if not games:
        return
    run = games[0][0].run
    rows = [
        {
            "run": identity.run,
            "game_id": identity.rollout_id,
            "timestamp": identity.created_at,
            "worker": identity.worker,
            "checkpoint_id": identity.checkpoint_id,
            "model_update": identity.update,
            "rules_version": identity.rules_version,
            "layout_version": identity.layout_version,
            "settings_hash": identity.settings_hash,
            **game_columns(game),
        }
        for identity, game in games
    ]
    fights = [
        _fight_row(run, identity.rollout_id, identity.created_at, "training", game.seed, n, fight)
        for identity, game in games
        for n, fight in enumerate(game.fights, start=1)
    ]
    file_id = games[0][0].rollout_id
    if fights:
        append(store, "fights", run, fights, file_id)
    append(store, "games", run, rows, file_id)


def append_evaluation(
    store: Store,
    run: str,
    games: Sequence[EvaluationGame],
    *,
    update: int,
    games_collected: int,
    reason: str,
) -> str:
    """Record one policy's evaluation and its fights; returns the evaluation's id.

    The file is named by evaluation, policy and update, so a repeated evaluation replaces itself.
    """
    first = games[0]
    evaluation_id = f"{first.run}.{first.policy}.{update:06d}"
    rows = [
        {
            "run": run,
            "evaluation_id": evaluation_id,
            "evaluation": game.run,
            "timestamp": game.timestamp,
            "reason": reason,
            "policy": game.policy,
            "checkpoint_id": game.checkpoint_id,
            "model_update": update,
            "games_collected": games_collected,
            "position": game.position,
            "seeds_hash": game.seeds_hash,
            "rules_version": game.rules_version,
            "layout_version": game.layout_version,
            **game_columns(game.game),
        }
        for game in games
    ]
    fights = [
        _fight_row(
            run, f"{evaluation_id}/{g.position}", g.timestamp, "evaluation", g.seed, n, fight
        )
        for g in games
        for n, fight in enumerate(g.game.fights, start=1)
    ]
    if fights:
        append(store, "fights", run, fights, f"evaluation-{evaluation_id}")
    append(store, "evaluations", run, rows, evaluation_id)
    return evaluation_id


def _fight(row: Mapping[str, Any]) -> Fight:
    names = Fight.__slots__
    return Fight(**{name: row[name] for name in names} | {"monsters": _split(row["monsters"])})


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def _rows(folder: Path, file_id: str) -> list[dict[str, Any]]:
    """The rows of the file with this id; [] if there is none."""
    for path in folder.glob(f"{glob.escape(file_id)}-n*.parquet"):
        rows: list[dict[str, Any]] = pq.read_table(path, partitioning=None).to_pylist()
        return rows
    return []


def read_rows(store: Store, table: str, run: str) -> list[dict[str, Any]]:
    """All rows of a run in a fact table, in the order of their files' names."""
    found = sorted(store.facts(table, run).glob("*-n*.parquet"))
    return [row for path in found for row in pq.read_table(path, partitioning=None).to_pylist()]


def evaluation_ids(store: Store, run: str) -> list[str]:
    """Ids of all recorded evaluations of a run, sorted."""
    found = store.facts("evaluations", run).glob("*-n*.parquet")
    return sorted(_COUNTED.sub("", path.name) for path in found)


def read_evaluation(store: Store, run: str, evaluation_id: str) -> list[EvaluationGame]:
    """The games of a recorded evaluation, fights included; [] if there is none."""
    fights: dict[str, list[Fight]] = {}
    for row in _rows(store.facts("fights", run), f"evaluation-{evaluation_id}"):
        fights.setdefault(row["game_id"], []).append(_fight(row))
    games = []
    for row in _rows(store.facts("evaluations", run), evaluation_id):
        game_fights = tuple(fights.get(f"{evaluation_id}/{row['position']}", ()))
        names = [name for name in Game.__slots__ if name not in ("fights", "reward_by_term")]
        game = Game(
            **{name: row[name] for name in names},
            reward_by_term=dict(row["reward_by_term"]),
            fights=game_fights,
        )
        games.append(
            EvaluationGame(
                run=row["evaluation"],
                policy=row["policy"],
                checkpoint_id=row["checkpoint_id"],
                position=row["position"],
                seeds_hash=row["seeds_hash"],
                rules_version=row["rules_version"],
                layout_version=row["layout_version"],
                timestamp=row["timestamp"],
                game=game,
            )
        )
    return games


def append_update(store: Store, update: Update, checkpoint_id: str) -> None:
    """Record one PPO update; the file is named by its number."""
    row: dict[str, object] = {
        name: getattr(update, name)
        for name in FACT_SCHEMAS["updates"].names
        if name != "checkpoint_id"
    }
    row["checkpoint_id"] = checkpoint_id
    row["timestamp"] = update.timestamp or datetime.now(UTC)
    row["batch_model_updates"] = ";".join(map(str, update.batch_model_updates))
    row["batch_checkpoint_ids"] = ";".join(update.batch_checkpoint_ids)
    row["entropy_by_kind"] = list(update.entropy_by_kind.items())
    append(store, "updates", update.run, [row], f"update-{update.total_updates:06d}")


def append_cloning(store: Store, run: str, epochs: Sequence[CloneEpoch]) -> None:
    """Record all epochs of a cloning; a repeated cloning replaces them."""
    now = datetime.now(UTC)
    rows = [
        {
            **{name: getattr(epoch, name) for name in CloneEpoch.__slots__},
            "accuracy_by_kind": list(epoch.accuracy_by_kind.items()),
            "run": run,
            "timestamp": now,
        }
        for epoch in epochs
    ]
    for old in store.facts("cloning", run).glob("cloning-n*.parquet"):
        old.unlink(missing_ok=True)
    append(store, "cloning", run, rows, "cloning")


def has_update(store: Store, run: str, number: int) -> bool:
    """Whether the row of an update is there."""
    return (store.facts("updates", run) / f"update-{number:06d}-n1.parquet").exists()


def append_beat(
    store: Store,
    run: str,
    worker: str,
    role: str,
    *,
    update: int,
    games: int,
    decisions_per_second: float = 0.0,
    message: str = "",
) -> None:
    """Record a sign of life; one file per worker and role and minute, the newest of it wins."""
    now = datetime.now(UTC)
    row = {
        "run": run,
        "worker": worker,
        "role": role,
        "timestamp": now,
        "model_update": update,
        "games": games,
        "decisions_per_second": decisions_per_second,
        "message": message,
    }
    append(store, "beats", run, [row], f"{now:%Y%m%dT%H%M}-{role}-{worker}")
