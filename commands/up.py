"""`ascension up`: the loop as Prefect deployments on this machine, until its goal or Ctrl-C."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.local import (
    GamesOption,
    MinutesOption,
    PresetOption,
    Screen,
    UpdatesOption,
    settings_of,
    summary,
)
from commands.options import ActsOption, AscensionOption, DataOption, RunOption
from commands.output import JsonOption, errors, print_json, refuses
from commands.report import ReportsOption
from storage import StorageError

if TYPE_CHECKING:
    from flows.project import Project
    from flows.server import Stack

LOOK_SECONDS = 1.0


@refuses(StorageError, ValueError, RuntimeError)
def up(
    run: RunOption = "main",
    preset: PresetOption = "default",
    updates: UpdatesOption = 40,
    minutes: MinutesOption = 10.0,
    forever: Annotated[
        bool, typer.Option("--forever", help="Go on until Ctrl-C instead of to a goal.")
    ] = False,
    ascension: AscensionOption = 0,
    acts: ActsOption = 3,
    teacher_games: GamesOption = None,
    seeds: Annotated[int, typer.Option(min=1, help="Fixed seeds to evaluate on.")] = 25,
    data: DataOption = None,
    reports: ReportsOption = Path("docs/experiments"),
    home: Annotated[
        Path, typer.Option("--home", help="Prefect's home: database, logs.")
    ] = Path(".prefect"),
    root: Annotated[Path, typer.Option("--root", help="Folder of prefect.yaml.")] = Path(),
    as_json: JsonOption = False,
) -> None:
    """Start what is missing (Prefect server, pool, deployments, worker) and show the loop.

    Ends after --updates or --minutes with an evaluation and a summary; Ctrl-C ends it at once.
    Everything committed is kept: run it again and it goes on.
    """
    from flows.project import create_project
    from flows.server import Stack, api_url, running

    project = create_project(
        settings_of(preset, run, ascension, acts, teacher_games, seeds), data
    )
    with Screen() as screen:
        stack = Stack(
            url=api_url(),
            home=home.absolute(),
            data=project.store.root,
            root=root.absolute(),
            say=screen.stage,
        )
        started = time.monotonic()
        with running(stack):
            screen.stage(f"Prefect UI at {stack.url.removesuffix('/api')}/v2")
            outcome = _drive(project, stack, screen, updates, None if forever else minutes, reports)
    outcome.seconds = time.monotonic() - started
    if as_json:
        assert outcome.report is not None
        print_json({"seconds": outcome.seconds, "entry": outcome.report.entry})
        return
    summary(project, outcome)


def _drive(
    project: "Project",
    stack: "Stack",
    screen: Screen,
    updates: int,
    minutes: float | None,
    reports: Path,
) -> "object":
    """Start the first runs, then watch storage until the goal."""
    from flows.driver import Driver

    driver = Driver(project, stack, screen)
    try:
        driver.begin()
        driver.watch(updates, minutes, LOOK_SECONDS)
    finally:
        errors.print("", end="")
    return driver.finish(reports)
