"""`ascension doctor`: what works on this machine, and what to do where it does not."""

import os
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from ascension.health.finding import Finding
from commands.observations import examine_observations, print_layout
from commands.options import DataOption
from commands.output import JsonOption, console, errors, print_json, table
from flows.diagnosis import repair, server_findings, storage_findings

LIBRARIES = "torch numpy pyarrow duckdb prefect fastapi sqlalchemy gymnasium".split()
LEAST_FREE_BYTES = 2 * 1024**3
# Versions at which something breaks without saying so (pyproject.toml keeps them out).
TRAPS = {
    "prefect": ((3, 9), "3.9 has not been tried with these flows"),
    "fastapi": ((0, 151), "the Prefect server refuses null values: deploying fails"),
    "sqlalchemy": ((2, 1), "no schedule of Prefect ever creates a run"),
}


def _python() -> Finding:
    found = sys.version.split()[0]
    ok = sys.version_info >= (3, 11)
    return Finding("python", ok, found, "" if ok else "install Python 3.11 or newer")


def _engine() -> Finding:
    from ascension.game.rng import COMPILED

    if COMPILED:
        return Finding("engine", True, "compiled")
    return Finding("engine", True, "interpreted: slower, same results (`make build` compiles)")


def _library(name: str) -> Finding:
    repair_command = "pip install -c constraints.txt -e ."
    try:
        found = version(name)
    except PackageNotFoundError:
        return Finding(name, False, "missing", repair_command)
    limit, consequence = TRAPS.get(name, ((10**6,), ""))
    if _numbers(found) < limit:
        return Finding(name, True, found)
    return Finding(name, False, f"{found}: {consequence}", repair_command)


def _numbers(text: str) -> tuple[int, ...]:
    """The first two numbers of a version."""
    return tuple(int(part) for part in text.split(".")[:2] if part.isdigit())


def _folder(root: Path) -> Finding:
    place = next(path for path in [root, *root.absolute().parents] if path.exists())
    if not os.access(place, os.W_OK):
        return Finding("data folder", False, f"{place} is read-only", "choose another --data")
    free = shutil.disk_usage(place).free
    advice = "free some room" if free < LEAST_FREE_BYTES else ""
    return Finding("data folder", not advice, f"{root}: {free / 1024**3:.1f} GB free", advice)


def _database(root: Path) -> Finding:
    from storage import StorageError, Store, database

    store = Store(root)
    if not store.database.exists():
        return Finding("stats database", True, "not built yet")
    try:
        rows = database.query(store, "select count(*) from games").rows
    except StorageError as error:
        return Finding("stats database", False, str(error), "delete it: it is rebuilt from facts")
    return Finding("stats database", True, f"{rows[0][0]} games")


def findings(data: Path) -> list[Finding]:
    """All checks, in order."""
    from storage import Store

    checks: list[Callable[[], Finding]] = [
        _python,
        _engine,
        *[lambda name=name: _library(name) for name in LIBRARIES],
        lambda: _folder(data),
        lambda: _database(data),
    ]
    found = [check() for check in checks]
    return [*found, *storage_findings(Store(data)), *server_findings()]


def doctor(
    data: DataOption = None,
    observations: Annotated[
        bool,
        typer.Option(
            "--observations", help="Play games and examine observation and reward instead."
        ),
    ] = False,
    layout: Annotated[
        bool, typer.Option("--layout", help="Print the layout of the observation instead.")
    ] = False,
    games: Annotated[int, typer.Option(min=3, help="Games for --observations.")] = 36,
    mend: Annotated[
        bool, typer.Option("--repair", help="Remove old temporary files, end zombies, then check.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check versions, engine, disk, database and Prefect; exit code 1 if something is wrong."""
    if layout:
        print_layout()
        return
    if observations:
        examine_observations(games, as_json)
        return
    from flows.project import data_folder
    from storage import Store

    if mend:
        for done in repair(Store(data_folder(data))):
            errors.print(done)
    found = findings(data_folder(data))
    if as_json:
        print_json({"ok": all(f.ok for f in found), "findings": [f._asdict() for f in found]})
    else:
        rows = [
            (f.check, "[green]ok[/]" if f.ok else "[red]problem[/]", f.found, f.advice)
            for f in found
        ]
        console.print(table("This machine", ["check", "", "found", "what to do"], rows))
    if not all(f.ok for f in found):
        raise typer.Exit(1)
