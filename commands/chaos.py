"""`ascension chaos`: kill the deployed loop process by process and prove that nothing is lost."""

from pathlib import Path
from typing import Annotated

import typer

from commands.output import JsonOption, console, errors, print_json, refuses, table


@refuses(RuntimeError)
def chaos(
    kills: Annotated[int, typer.Option("--kills", min=0, help="Processes to kill.")] = 20,
    seed: Annotated[int, typer.Option("--seed", help="Of what is killed when.")] = 1,
    minutes: Annotated[
        float, typer.Option("--minutes", min=0, help="Least time to run: a soak with --kills 0.")
    ] = 0.0,
    every: Annotated[
        float, typer.Option("--every", min=1.5, help="Seconds between kills, on average.")
    ] = 6.0,
    within: Annotated[
        float, typer.Option("--within", min=0.1, help="Minutes after which nothing is killed.")
    ] = 10_000.0,
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Keep data and logs here; a temporary folder without it."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Run the deployed loop on a Prefect server of its own and kill -9 it at random moments.

    Collector, trainer, evaluator, worker, server, or all at once. Afterwards: no rollout trained
    twice, none that was committed lost, every checkpoint loads, the stats database rebuilds to
    the same rows, no slot was held for more than two minutes, and updates kept coming. Exit code 1
    if not. Memory of every process is sampled on the way.
    """
    from flows.chaos.campaign import Plan, chaos

    def say(message: str) -> None:
        errors.print(message, highlight=False)

    place = None if folder is None else folder.absolute()
    figures = chaos(Plan(kills, seed, minutes, every, within), say, place)
    if as_json:
        print_json(figures)
    else:
        _show(figures)
    if not figures["ok"]:
        raise typer.Exit(1)


def _show(figures: dict[str, object]) -> None:
    samples = figures.pop("memory_megabytes")
    assert isinstance(samples, list)
    rows = [(name.replace("_", " "), str(value)) for name, value in figures.items()]
    console.print(table("Chaos", ["what", "figure"], rows))
    kinds = sorted({kind for sample in samples for kind in sample} - {"minute"})
    step = max(1, len(samples) // 12)
    shown = [[s["minute"], *(s.get(kind, "") for kind in kinds)] for s in samples[::step]]
    console.print(table("Memory, megabytes", ["minute", *kinds], shown))
