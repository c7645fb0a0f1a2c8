"""What commands have in common: the console, `--json`, and one clear sentence for an error."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Annotated, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

P = ParamSpec("P")
R = TypeVar("R")

console = Console()
errors = Console(stderr=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object for programs.")]


def fail(message: str, code: int = 1) -> NoReturn:
    """One sentence on the error stream, and a non-zero exit code."""
    errors.print(f"[bold red]error:[/] {message}", highlight=False, soft_wrap=True)
    raise typer.Exit(code)


def refuses(*expected: type[Exception]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorator: the named exceptions become one sentence and exit code 1; Ctrl-C becomes 130."""

    def decorate(command: Callable[P, R]) -> Callable[P, R]:
        @wraps(command)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return command(*args, **kwargs)
            except KeyboardInterrupt:
                fail("stopped; everything committed so far is kept", 130)
            except expected as error:
                fail(str(error))

        return wrapped

    return decorate


def print_json(content: object) -> None:
    """One JSON object on the standard output."""
    sys.stdout.write(json.dumps(content, default=str) + "\n")


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """A terminal table; numbers are right-aligned."""
    shown = Table(title=title, title_justify="left", header_style="bold")
    for position, name in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[position], int | float) for row in rows)
        shown.add_column(name, justify="right" if numeric else "left")
    for row in rows:
        shown.add_row(*[_cell(value) for value in row])
    return shown


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}" if abs(value) >= 10000 else str(value)
    return str(value)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A progress bar on a terminal, silent elsewhere."""
    with Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}"),
        console=errors,
        disable=not errors.is_terminal,
    ) as bar:
        yield bar
