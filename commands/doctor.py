"""`ascension doctor`: what works on this machine, and what to do where it does not."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from commands.options import DataOption
from commands.output import JsonOption, console, print_json, table

LIBRARIES = "torch numpy pyarrow duckdb prefect fastapi sqlalchemy gymnasium".split()
LEAST_FREE_BYTES = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its name, whether all is well, what was found and what to do."""

    check: str
    ok: bool
    found: str
    advice: str = ""


def _python() -> Finding:
    found = sys.version.split()[0]
    return Finding("python", sys.version_info >= (3, 11), found, "install Python 3.11 or newer")


def _engine() -> Finding:
    from ascension.game.rng import COMPILED

    if COMPILED:
        return Finding("engine", True, "compiled")
    return Finding("engine", True, "interpreted: slower, same results (`make build` compiles)")


def _library(name: str) -> Finding:
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(name, False, "missing", "pip install -c constraints.txt -e .")


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


def _quarantine(root: Path) -> Finding:
    from storage import Store

    files = [path for path in Store(root).quarantine.rglob("*.reason.json")]
    advice = "reasons are beside the files" if files else ""
    return Finding("quarantine", True, f"{len(files)} files", advice)


def _server() -> Finding:
    from flows.server import api_url, is_healthy

    url = api_url()
    if is_healthy(url):
        return Finding("prefect server", True, url)
    return Finding("prefect server", True, f"none at {url}: `ascension up` starts one")


def findings(data: Path) -> list[Finding]:
    """All checks, in order."""
    checks: list[Callable[[], Finding]] = [
        _python,
        _engine,
        *[lambda name=name: _library(name) for name in LIBRARIES],
        lambda: _folder(data),
        lambda: _database(data),
        lambda: _quarantine(data),
        _server,
    ]
    return [check() for check in checks]


def doctor(
    data: DataOption = None,
    observations: Annotated[
        bool, typer.Option("--observations", help="Print the layout of the observation.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check versions, engine, disk, database and server; exit code 1 if something is wrong."""
    if observations:
        from ascension.environment.layout import describe

        console.print(describe(), highlight=False, markup=False)
        return
    from flows.project import data_folder

    found = findings(data_folder(data))
    if as_json:
        print_json({"ok": all(f.ok for f in found), "findings": [vars_of(f) for f in found]})
    else:
        rows = [
            (f.check, "[green]ok[/]" if f.ok else "[red]problem[/]", f.found, f.advice)
            for f in found
        ]
        console.print(table("This machine", ["check", "", "found", "what to do"], rows))
    if not all(f.ok for f in found):
        raise typer.Exit(1)


def vars_of(finding: Finding) -> dict[str, object]:
    """A finding as JSON values."""
    return {name: getattr(finding, name) for name in Finding.__slots__}
