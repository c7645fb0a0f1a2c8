"""`ascension conformance`: recorded games replayed against the rules."""

from pathlib import Path
from typing import Annotated

import typer

from commands.output import JsonOption, console, print_json, progress_bar, refuses, table


def conformance(
    place: Annotated[
        Path, typer.Argument(help="Folder of recorded games (*.jsonl.gz), or one file.")
    ],
    workers: Annotated[int, typer.Option(help="Processes; 0 takes every core.", min=0)] = 0,
    show: Annotated[int, typer.Option(help="First divergences to list.", min=0)] = 10,
    as_json: JsonOption = False,
) -> None:
    """Replay recorded games decision by decision and compare every recorded field.

    Exit code 1 when anything diverges.
    """
    _conformance(place, workers, show, as_json)


def _conformance(place: Path, workers: int, show: int, as_json: bool) -> None:
    from ascension.conformance import campaign
    from ascension.conformance.recordings import MalformedRecording

    @refuses(MalformedRecording, FileNotFoundError)
    def replayed() -> campaign.Result:
        with progress_bar() as bar:
            task = bar.add_task("replaying files", total=None, note="")

            def advance(file: Path, done: int, total: int) -> None:
                bar.update(task, completed=done, total=total, note=file.name)

            return campaign.run(place, workers or None, advance)

    result = replayed()
    if as_json:
        print_json(result.as_json())
    else:
        _print(result, show)
    if not result.exact:
        raise typer.Exit(1)


def _print(result: "object", show: int) -> None:
    from ascension.conformance.campaign import Result

    assert isinstance(result, Result)
    rows = [
        (name, f"{t.games_exact} of {t.games}", f"{t.decisions_exact} of {t.decisions}")
        for name, t in [*sorted(result.groups.items()), ("all", result.total)]
    ]
    console.print(table("Recorded games", ["group", "games exact", "decisions exact"], rows))
    for divergence, rule in result.known:
        console.print(
            f"known: {divergence.file} game {divergence.game} breaks {rule} at decision "
            f"{divergence.decision} ({divergence.field}); docs/conformance.md",
            highlight=False,
        )
    if result.divergences:
        found = [
            (d.file, d.game, d.seed, d.decision, d.field, str(d.expected)[:60], str(d.got)[:60])
            for d in result.divergences[:show]
        ]
        columns = ["file", "game", "seed", "decision", "field", "expected", "got"]
        console.print(table("First divergences", columns, found))
