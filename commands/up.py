"""`ascension up`: the loop as Prefect deployments on this machine, until its goal or Ctrl-C."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.local import (
    NO_LIMIT,
    GamesOption,
    MinutesOption,
    PresetOption,
    Screen,
    UpdatesOption,
    settings_of,
    summary,
)
from commands.options import ActsOption, AscensionOption, DataOption, RunOption
from commands.output import JsonOption, print_json, refuses
from commands.report import ReportsOption
from storage import StorageError

if TYPE_CHECKING:
    from flows.local import Outcome
    from flows.project import Project
    from flows.stack import Places

REPOSITORY = Path(__file__).resolve().parents[1]


@refuses(StorageError, ValueError, RuntimeError)
def up(
    run: RunOption = "main",
    preset: PresetOption = "default",
    updates: UpdatesOption = NO_LIMIT,
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
    home: Annotated[Path, typer.Option("--home", help="Prefect's home: database, logs.")] = Path(
        ".prefect"
    ),
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Of the server, if one must be started.")
    ] = 4200,
    root: Annotated[Path, typer.Option("--root", help="Folder of prefect.yaml.")] = REPOSITORY,
    as_json: JsonOption = False,
) -> None:
    """Start what is missing (Prefect server, pool, deployments, worker) and show the loop.

    Uses the server at $PREFECT_API_URL if that is set. Ends after --updates or --minutes with an
    evaluation and a summary; Ctrl-C ends it at once. Everything committed is kept: run it again
    and it goes on.
    """
    from flows.project import create_project
    from flows.stack import Places

    settings = settings_of(preset, run, ascension, acts, teacher_games, seeds)
    project = create_project(settings, data)
    places = Places(home.absolute(), project.store.root, reports.absolute(), root.absolute())
    goal = (None, None) if forever else (updates, minutes)
    with _ended_by_terminate():
        outcome = _drive(project, places, port, *goal)
    if as_json:
        assert outcome.report is not None
        print_json(
            {"seconds": outcome.seconds, "updates": len(outcome.updates)}
            | {"games": outcome.games, "report": str(outcome.report.path)}
            | {"entry": outcome.report.entry}
        )
        return
    summary(project, outcome)


def _drive(
    project: "Project",
    places: "Places",
    port: int,
    updates: int | None,
    minutes: float | None,
) -> "Outcome":
    """Start everything, watch it to the goal, stop everything."""
    from flows import goal
    from flows.driver import Driver
    from flows.server import api_url
    from flows.stack import Stack, running

    with Screen() as screen, goal.driving(project):
        stack = Stack(api_url(port), project.run, places, screen.stage)
        with running(stack):
            screen.show("Prefect UI", f"{stack.url.removesuffix('/api')}/v2")
            driver = Driver(project, stack, screen)
            driver.drive(updates, minutes)
            return driver.finish(places.reports)


@contextmanager
def _ended_by_terminate() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl-C does: in order."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
