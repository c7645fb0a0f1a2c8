"""What 100,000 stored games cost: deciding what is fresh, refreshing the database, asking it.

The facts are made up, in files as collectors write them: eight games each, about ten fights a game.
"""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from flows.project import Project, ProjectSettings
from flows.steps import due
from storage import Store, database, fresh
from storage.schemas import FACT_SCHEMAS, METADATA_KEY, SCHEMA_VERSION

Figures = dict[str, Any]
RUN: Final = "main"
GAMES_A_FILE: Final = 8
FIGHTS_A_GAME: Final = 10
GAMES_AN_UPDATE: Final = 64
START: Final = datetime(2026, 1, 1, tzinfo=UTC)
SHOWN_ROWS: Final = 500  # of a view
LOOKS: Final = 5


def storage_scale(games: int) -> Figures:
    """The figures for so many games, and then some more: milliseconds, the slowest view by name."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        project = Project(store, ProjectSettings(run=RUN))
        _make_games(store, 0, games)
        first = _milliseconds(lambda: database.refresh(store))
        _make_games(store, games, GAMES_AN_UPDATE * 4)
        again = _milliseconds(lambda: database.refresh(store))
        unchanged = _milliseconds(lambda: database.refresh(store))
        views = {name: _view(store, name) for name in database.view_names()}
        slowest = max(views, key=views.__getitem__)
        return {
            "games": games,
            "milliseconds_to_decide": _best(lambda: _decide(project)),
            "milliseconds_to_refresh_incrementally": again,
            "milliseconds_to_refresh_nothing": unchanged,
            "milliseconds_to_build": first,
            "slowest_view": slowest,
            "milliseconds_slowest_view": views[slowest],
            "megabytes_database": round(store.database.stat().st_size / 1e6, 1),
            "fact_files": sum(1 for _ in store.all_facts.rglob("*.parquet")),
            "milliseconds_by_view": views,
        }


def _decide(project: Project) -> None:
    """Everything a collector, the trainer and the evaluator look at before they work."""
    due.newest_update(project)
    due.must_pause(project)
    due.batch_waits(project)
    due.evaluation_is_due(project)
    fresh.waiting(project.store, project.run)


def _view(store: Store, name: str) -> float:
    return _best(lambda: database.query(store, f"select * from {name} limit {SHOWN_ROWS}"))


def _milliseconds(what: Callable[[], object]) -> float:
    started = time.perf_counter()
    what()
    return round(1e3 * (time.perf_counter() - started), 1)


def _best(what: Callable[[], object]) -> float:
    """The quickest of a few tries: other programs share the machine."""
    return min(_milliseconds(what) for _ in range(LOOKS))


def _make_games(store: Store, start: int, games: int) -> None:
    """Fact files of so many games, as quick as they can be written: nothing is flushed."""
    patterns = {table: _pattern(table) for table in ("games", "fights")}
    for table in patterns:
        os.makedirs(store.facts(table, RUN), exist_ok=True)
    for first in range(start, start + games, GAMES_A_FILE):
        for table, pattern in patterns.items():
            _write(store, table, pattern, first)


def _pattern(table: str) -> pa.Table:
    """The rows of one file; only what tells games apart is replaced from file to file."""
    fights = range(FIGHTS_A_GAME if table == "fights" else 1)
    rows = [_row(table, game, fight) for game in range(GAMES_A_FILE) for fight in fights]
    schema = FACT_SCHEMAS[table].with_metadata({METADATA_KEY: str(SCHEMA_VERSION).encode()})
    return pa.Table.from_pylist(rows, schema=schema)


def _write(store: Store, table: str, pattern: pa.Table, first: int) -> None:
    copies = pattern.num_rows // GAMES_A_FILE
    games = [game for game in range(first, first + GAMES_A_FILE) for _ in range(copies)]
    changed = {
        "game_id": [f"{game:012d}" for game in games],
        "timestamp": [START + timedelta(seconds=game) for game in games],
        "model_update": [game // GAMES_AN_UPDATE for game in games],
        "final_floor": [1 + game % 55 for game in games],
    }
    for name in changed.keys() & set(pattern.column_names):
        field = pattern.schema.field(name)
        position = pattern.schema.get_field_index(name)
        pattern = pattern.set_column(position, field, pa.array(changed[name], field.type))
    path = store.facts(table, RUN) / f"{first:012d}-n{pattern.num_rows}.parquet"
    pq.write_table(pattern, path, compression="zstd")


def _row(table: str, game: int, fight: int) -> dict[str, object]:
    """A row with plausible spread in the columns that views group by."""
    known: dict[str, object] = {
        "run": RUN,
        "game_id": f"{game:012d}",
        "timestamp": START + timedelta(seconds=game),
        "worker": f"worker-{game % 4}",
        "model_update": game // GAMES_AN_UPDATE,
        "checkpoint_id": f"checkpoint-{game // GAMES_AN_UPDATE}",
        "source": "training",
        "final_floor": 1 + game % 55,
        "floor": 1 + 5 * fight,
        "fight": fight + 1,
        "fight_type": ("monster", "elite", "boss")[fight % 3],
        "encounter": f"encounter {(game + fight) % 60}",
        "reward_by_term": [("floor", 1.0), ("win", 0.0)],
        "won": fight < FIGHTS_A_GAME - 1,
    }
    return {
        field.name: known.get(field.name, _filler(field.type, game))
        for field in FACT_SCHEMAS[table]
    }


def _filler(kind: pa.DataType, game: int) -> object:
    if pa.types.is_string(kind):
        return f"value {game % 7}"
    if pa.types.is_boolean(kind):
        return game % 9 == 0
    return float(game % 50) if pa.types.is_floating(kind) else game % 50
