"""The stats database: DuckDB tables built from the fact files, and the views people query.

Built into a temporary file by one short-lived writer and renamed, so readers never see a half
and it can always be rebuilt; the fact files stay the truth.
"""

import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

import duckdb

from storage import checkpoints, facts, tables
from storage.errors import DatabaseLocked, DatabaseMissing, InvalidQuery, from_os_error
from storage.files import TEMPORARY, flush
from storage.locks import exclusive
from storage.schemas import FACT_SCHEMAS
from storage.store import Store

VIEWS: Final = Path(__file__).parent / "views"
LOCK_RETRIES: Final = 20
LOCK_RETRY_SECONDS: Final = 0.1
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Names of the columns and the rows of an answer."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def dicts(self) -> list[dict[str, object]]:
        """The rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Ask(Protocol):
    """A question to an open database."""

    def __call__(self, sql: str, parameters: Sequence[object] = ()) -> QueryResult:
        """Raises InvalidQuery."""


def refresh(store: Store, *, rebuild: bool = False, patience_seconds: float = 0.2) -> int:
    """Bring the database up to date with the facts; returns the number of files read.

    `rebuild` starts from nothing and gives the same content. TrainerBusy if another process is
    refreshing for longer than `patience_seconds`; DiskFull or NotWritable leave the old database
    in place.
    """
    with exclusive(store.lock("database"), "a refresh of the stats database", patience_seconds):
        temporary = store.root / f"{TEMPORARY}{uuid.uuid4().hex}.duckdb"
        try:
            start_from_old = not rebuild and _version(store.database) == tables.version()
            if start_from_old:
                shutil.copyfile(store.database, temporary)
            read = _fill(store, temporary, create=not start_from_old)
            flush(temporary)
            os.replace(temporary, store.database)
            flush(store.root)
            return read
        except OSError as error:
            raise from_os_error(error, store.database) from error
        finally:
            temporary.unlink(missing_ok=True)


def _version(path: Path) -> int:
    """The version of an existing database, 0 if there is none or it is not ours."""
    if not path.exists():
        return 0
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            row = connection.execute("select version from database_version").fetchone()
    except duckdb.Error:
        return 0
    return int(row[0]) if row else 0


def _fill(store: Store, path: Path, create: bool) -> int:
    with duckdb.connect() as connection:
        # A storage version that the stock DuckDB command line can open, too.
        connection.execute(f"attach '{_quoted(path)}' as stats (storage_version 'v1.5.0')")
        connection.execute("use stats")
        connection.execute("begin")
        if create:
            _create_tables(connection)
        read = sum(_load_table(connection, store, table) for table in FACT_SCHEMAS)
        _load_checkpoints(connection, store)
        _create_views(connection)
        connection.execute("commit")
        connection.execute("use memory")
        connection.execute("detach stats")
    return read


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for statement in tables.statements():
        connection.execute(statement)
    connection.execute("insert into database_version values (?)", [tables.version()])


def _load_table(connection: duckdb.DuckDBPyConnection, store: Store, table: str) -> int:
    """Load the files of a fact table that are new or were replaced."""
    present = {str(path.relative_to(store.root)): path for path in facts.files(store, table)}
    known: dict[str, tuple[int, int, int]] = {
        path: (number, modified, size)
        for number, path, modified, size in connection.execute(
            "select file_number, path, modified, size from fact_files where starts_with(path, ?)",
            [f"facts/{table}/"],
        ).fetchall()
    }
    stats = {name: path.stat() for name, path in present.items()}
    unchanged = {
        name
        for name, (_, modified, size) in known.items()
        if name in stats and (stats[name].st_mtime_ns, stats[name].st_size) == (modified, size)
    }
    for name in known.keys() - unchanged:
        connection.execute(f"delete from {table} where file_number = ?", [known[name][0]])
        connection.execute("delete from fact_files where path = ?", [name])
    new = [name for name in present if name not in unchanged]
    if not new:
        return 0
    row = connection.execute("select coalesce(max(file_number), 0) from fact_files").fetchone()
    start = int(row[0]) + 1 if row else 1
    connection.executemany(
        "insert into fact_files values (?, ?, ?, ?)",
        [
            [start + n, name, stats[name].st_mtime_ns, stats[name].st_size]
            for n, name in enumerate(new)
        ],
    )
    columns = ", ".join(FACT_SCHEMAS[table].names)
    connection.execute(
        f"insert into {table} (file_number, {columns}) "
        f"select fact_files.file_number, {columns} "
        "from read_parquet(?, filename = true, hive_partitioning = false) as rows "
        "join fact_files on rows.filename = ? || fact_files.path",
        [[str(present[name]) for name in new], f"{store.root}/"],
    )
    return len(new)


def _load_checkpoints(connection: duckdb.DuckDBPyConnection, store: Store) -> None:
    known = set(connection.execute("select run, model_update from checkpoints").fetchall())
    for folder in sorted(store.root.glob("checkpoints/run=*")):
        run = folder.name.removeprefix("run=")
        for update in checkpoints.updates(store, run):
            if (run, update) not in known:
                metadata = checkpoints.read_metadata(store, run, update)
                places = ", ".join("?" * len(tables.CHECKPOINTS))
                connection.execute(
                    f"insert into checkpoints values ({places})", _checkpoint_row(metadata)
                )


def _checkpoint_row(metadata: dict[str, object]) -> list[object]:
    consumed = metadata["consumed"]
    assert isinstance(consumed, list)
    return [
        metadata["run"],
        metadata["update"],
        metadata["checkpoint_id"],
        metadata["parent"],
        metadata["created_at"],
        metadata["settings_hash"],
        metadata["rules_version"],
        metadata["layout_version"],
        len(consumed),
        consumed,
        json.dumps(metadata["settings"]),
    ]


def view_names() -> list[str]:
    """Names of the documented views, in the order they are created."""
    return [path.stem.split("_", 1)[1] for path in sorted(VIEWS.glob("*.sql"))]


def describe() -> dict[str, list[tuple[str, str]]]:
    """Names and types of the columns of every view, from an empty database."""
    with duckdb.connect() as connection:
        _create_tables(connection)
        _create_views(connection)
        return {
            name: [
                (str(row[0]), str(row[1]))
                for row in connection.execute(f"describe {name}").fetchall()
            ]
            for name in view_names()
        }


def view_text(name: str) -> str:
    """The SQL of a view with its comment."""
    (path,) = [path for path in VIEWS.glob("*.sql") if path.stem.split("_", 1)[1] == name]
    return path.read_text(encoding="utf-8")


def _create_views(connection: duckdb.DuckDBPyConnection) -> None:
    for path in sorted(VIEWS.glob("*.sql")):
        name = path.stem.split("_", 1)[1]
        connection.execute(f"create or replace view {name} as {path.read_text(encoding='utf-8')}")


def query(store: Store, sql: str, parameters: Sequence[object] = ()) -> QueryResult:
    """Answer one SQL statement, read-only and without access to other files.

    Raises DatabaseMissing, DatabaseLocked (after two seconds of trying) or InvalidQuery.
    """
    with reading(store) as ask:
        return ask(sql, parameters)


@contextmanager
def reading(store: Store) -> Iterator[Ask]:
    """Many questions to the database as it is now; raises what `query` raises."""
    if not store.database.exists():
        raise DatabaseMissing(
            f"there is no stats database at {store.database} yet: run `ascension local` or "
            "`ascension up` first"
        )
    connection = _retried(lambda: _opened(store.database), store.database)

    def ask(sql: str, parameters: Sequence[object] = ()) -> QueryResult:
        try:
            cursor = connection.execute(sql, list(parameters))
            columns = tuple(column[0] for column in cursor.description or ())
            return QueryResult(columns, tuple(cursor.fetchall()))
        except duckdb.Error as error:
            raise InvalidQuery(f"the stats database refused the query: {error}") from error

    try:
        yield ask
    finally:
        connection.close()


def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection that reads no other file and whose settings stay as they are."""
    connection = duckdb.connect(str(path), read_only=True)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def _retried(attempt: Callable[[], _Result], path: Path) -> _Result:
    for _ in range(LOCK_RETRIES):
        try:
            return attempt()
        except duckdb.IOException as error:
            if "lock" not in str(error):
                raise InvalidQuery(f"{path} cannot be opened as a database: {error}") from error
            time.sleep(LOCK_RETRY_SECONDS)
    raise DatabaseLocked(
        f"{path} is open for writing in another program: close it there, or open it read-only"
    )
