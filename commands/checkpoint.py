"""`ascension checkpoint`: the checkpoints of a run, and the one that ships with the program."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import DataOption, RunOption
from commands.output import JsonOption, console, errors, fail, print_json, refuses, table
from storage import StorageError

checkpoint = typer.Typer(
    help="List a run's checkpoints; choose the one that ships with the program.",
    no_args_is_help=True,
)
SHOWN = 20
COLUMNS = ["update", "checkpoint", "created", "transitions", "mean floor", "best of run"]


@checkpoint.command("list")
@refuses(StorageError)
def show(
    run: RunOption = "main",
    most: Annotated[int, typer.Option(min=1, help="The newest so many.")] = SHOWN,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """The newest checkpoints of a run, and which one the promotion gate named the best."""
    from flows.project import open_project
    from flows.steps import promotions
    from storage import checkpoints

    project = open_project(run, data)
    best = promotions.incumbent_update(project)
    rows = []
    for update in checkpoints.updates(project.store, project.run)[-most:]:
        found = checkpoints.read_metadata(project.store, project.run, update)
        metrics = found["metrics"]
        assert isinstance(metrics, dict)
        rows.append(
            {
                "update": update,
                "checkpoint": found["checkpoint_id"],
                "created": str(found["created_at"])[:19],
                "transitions": metrics.get("total_transitions"),
                "mean floor": metrics.get("mean_floor"),
                "best of run": update == best,
            }
        )
    if as_json:
        print_json({"run": project.run, "checkpoints": rows})
        return
    shown = [[*list(row.values())[:-1], "*" if row["best of run"] else ""] for row in rows]
    console.print(table(f"Checkpoints of run {project.run}", COLUMNS, shown))


@checkpoint.command()
@refuses(StorageError, ValueError)
def ship(
    name: Annotated[str, typer.Argument(help="newest, best_of_run, an update, an id or a folder.")],
    to: Annotated[
        Path | None,
        typer.Option(help="Folder to write to.", show_default="ascension/data/best"),
    ] = None,
    precision: Annotated[
        str,
        typer.Option(
            help="float32, float16, or auto: float16 only for more than 4 MB of weights "
            "and only if it plays the same games."
        ),
    ] = "auto",
    run: RunOption = "main",
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Export a checkpoint's weights and lineage: what `--policy best` plays from then on."""
    from flows.project import open_project
    from flows.steps.shipping import COMPARED_GAMES, export

    if precision not in ("auto", "float32", "float16"):
        fail(f"precision {precision!r}: choose auto, float32 or float16")
    exported = export(open_project(run, data), name, to, precision)  # type: ignore[arg-type]
    if as_json:
        print_json({n: getattr(exported, n) for n in type(exported).__slots__})
        return
    if exported.same_games is not None:
        errors.print(f"float16 plays {exported.same_games} of {COMPARED_GAMES} games as float32")
    console.print(
        f"shipped [bold]{exported.label}[/] ({exported.checkpoint_id}) to {exported.folder}: "
        f"{exported.size / 1024**2:.1f} MB, {exported.weights_type}",
        highlight=False,
    )
