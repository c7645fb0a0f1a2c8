"""`ascension fuzz`: many random games, everything checked that must always hold."""

import time
from typing import TYPE_CHECKING, Annotated

import typer

from commands.output import JsonOption, console, fail, print_json, progress_bar, refuses, table

if TYPE_CHECKING:
    from ascension.fuzzing.playing import Failure, Report

MIXED = "mixed"
LAST_ASCENSION = 20
NAMES_SHOWN = 6
ACTIONS_SHOWN = 20


def fuzz(
    games: Annotated[int, typer.Option(help="Random games to play.", min=1)] = 200,
    seed: Annotated[int, typer.Option(help="Seed of the first game; the others follow.")] = 1,
    ascension: Annotated[
        str, typer.Option("--ascension", "-a", help="mixed, or a level from 0 to 20.")
    ] = MIXED,
    workers: Annotated[int, typer.Option(help="Processes.", min=1)] = 2,
    every: Annotated[
        int,
        typer.Option(help="Copies, refusals and encoding at one of so many decisions.", min=1),
    ] = 50,
    show: Annotated[int, typer.Option(help="Failures to print.", min=0)] = 5,
    as_json: JsonOption = False,
) -> None:
    """Play random games over all acts and ascensions and check what must always hold.

    Half of the games start with many random cards, relics and potions, a quarter with much hp.
    Before every decision: hp, block, energy, hand, piles, counters and legal actions. At some:
    copies, refused actions, the encoding, and that nothing hidden is shown. At the end: saving.
    A game depends on its seed alone. Exit code 1 when anything fails.
    """
    level = _level(ascension)
    _fuzz(games, seed, level, workers, every, show, as_json)


def _level(ascension: str) -> int | None:
    if ascension == MIXED:
        return None
    if not ascension.isdigit() or int(ascension) > LAST_ASCENSION:
        fail(f"--ascension {ascension}: give mixed or a level from 0 to 20", 2)
    return int(ascension)


@refuses()
def _fuzz(
    games: int, seed: int, level: int | None, workers: int, every: int, show: int, as_json: bool
) -> None:
    from ascension.fuzzing import campaign

    started = time.perf_counter()
    with progress_bar() as bar:
        task = bar.add_task("random games", total=games, note="")

        def advance(so_far: "Report") -> None:
            pace = so_far.decisions / (time.perf_counter() - started)
            note = f"{so_far.decisions:,} decisions, {pace:,.0f}/s, {len(so_far.failures)} failures"
            bar.update(task, completed=so_far.games, note=note)

        report = campaign.run(games, seed, level, workers, every, advance)
    seconds = time.perf_counter() - started
    if as_json:
        print_json({**report.as_json(), "seconds": seconds})
    else:
        _print(report, seconds, show, level)
    if report.failures:
        raise typer.Exit(1)


def _print(report: "Report", seconds: float, show: int, level: int | None) -> None:
    outcomes = ", ".join(f"{count} {name}" for name, count in sorted(report.outcomes.items()))
    console.print(
        f"{report.games:,} games ({outcomes}), {report.decisions:,} decisions in {seconds:,.0f} s "
        f"({report.decisions / seconds:,.0f}/s), {report.checks:,} of them checked in full; "
        f"the longest game had {report.longest:,}.",
        highlight=False,
    )
    rows = [
        (kind.replace("_", " "), f"{share.met} of {share.of}", _some(share.never))
        for kind, share in report.coverage.shares().items()
    ]
    console.print(table("Met", ["content", "met", "never"], rows))
    for failure in report.failures[:show]:
        _print_failure(failure, level)
    if not report.failures:
        console.print("[green]no failures[/]")
    elif len(report.failures) > show:
        console.print(f"... and {len(report.failures) - show} more failures")


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:NAMES_SHOWN])
    return shown if len(names) <= NAMES_SHOWN else f"{shown}, {len(names) - NAMES_SHOWN} more"


def _print_failure(failure: "Failure", level: int | None) -> None:
    last = " ".join(str(action) for action in failure.actions[-ACTIONS_SHOWN:])
    chosen = "" if level is None else f" --ascension {level}"
    console.print(
        f"\n[bold red]failure[/] seed {failure.seed}, ascension {failure.start.ascension} "
        f"({failure.start.kind} start), decision {failure.decision}",
        highlight=False,
    )
    console.print(f"  {failure.rule}: {failure.found}", highlight=False, markup=False)
    console.print(f"  last actions: {last} (all with --json)", highlight=False)
    console.print(f"  again: ascension fuzz --games 1 --seed {failure.seed}{chosen}")
