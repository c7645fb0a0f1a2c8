"""`ascension bench`: what a decision costs, part by part. Figures, never pass or fail."""

from typing import Annotated, Any

import typer

from commands.output import JsonOption, console, print_json, refuses, table

bench = typer.Typer(
    help="Measure the engine, the environment, collecting, training, storage and orchestration.",
    no_args_is_help=True,
)

SecondsOption = Annotated[float, typer.Option("--seconds", min=0.1, help="Time per measurement.")]
Figures = dict[str, Any]


def _print(title: str, figures: Figures, as_json: bool) -> None:
    if as_json:
        print_json(figures)
        return
    rows = [(name.replace("_", " "), value) for name, value in figures.items()]
    console.print(table(title, ["figure", "value"], rows))


@bench.command()
def engine(seconds: SecondsOption = 5.0, as_json: JsonOption = False) -> None:
    """Random play over whole games on one core: decisions/s, microseconds a clone."""
    from flows.benchmarks_playing import engine

    _print("Engine, one core, random play", engine(seconds), as_json)


@bench.command()
def environment(seconds: SecondsOption = 5.0, as_json: JsonOption = False) -> None:
    """Step, options and encoding in the batched environment: microseconds a decision."""
    from flows.benchmarks_playing import environment

    _print("Batched environment, one core", environment(seconds), as_json)


@bench.command()
def collect(
    seconds: SecondsOption = 10.0,
    parallel_games: Annotated[int, typer.Option(min=1, help="Games at once.")] = 128,
    as_json: JsonOption = False,
) -> None:
    """Playing with a network of about 0.5M parameters: decisions/s and where the time goes."""
    from flows.benchmarks import collect

    _print("Collecting, one core", collect(seconds, parallel_games), as_json)


@bench.command()
def train(
    games: Annotated[int, typer.Option(min=1, help="Games in the batch.")] = 64,
    as_json: JsonOption = False,
) -> None:
    """One PPO update at two epochs: transitions/s."""
    from flows.benchmarks import train

    _print("PPO update, one thread", train(games), as_json)


@bench.command()
@refuses(RuntimeError)
def peers(
    rounds: Annotated[int, typer.Option(min=1, help="Updates of each, in turns.")] = 3,
    as_json: JsonOption = False,
) -> None:
    """The whole loop against sb3-contrib's MaskablePPO (extra `bench`): transitions/s, ratio."""
    from flows.benchmarks import peers

    _print("Loop against MaskablePPO, one thread", peers(rounds), as_json)


@bench.command()
def store(
    games: Annotated[int, typer.Option(min=1, help="Rollouts to write and read.")] = 64,
    as_json: JsonOption = False,
) -> None:
    """Writing and reading rollouts, a checkpoint and the stats database: milliseconds."""
    from flows.benchmarks import store

    _print("Storage", store(games), as_json)


@bench.command()
@refuses(RuntimeError)
def orchestration(
    updates: Annotated[int, typer.Option(min=1, help="PPO updates of each of the two runs.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """The same work by `up` and by `local`: what Prefect costs, and its share of ten minutes."""
    from flows.benchmarks import orchestration

    _print("Orchestration", orchestration(updates), as_json)


@bench.command(name="storage-scale")
def storage_scale(
    games: Annotated[int, typer.Option(min=8, help="Games whose facts are stored.")] = 100_000,
    as_json: JsonOption = False,
) -> None:
    """A long run's storage: deciding what is fresh, refreshing the database, every view."""
    from flows.benchmarks import machine
    from flows.scale import storage_scale

    _print("Storage after a long run", storage_scale(games) | machine(), as_json)
