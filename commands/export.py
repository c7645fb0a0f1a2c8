"""`ascension export`: the tables as CSV files with the original's columns."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import DataOption, RunOption
from commands.output import JsonOption, console, print_json, refuses
from storage import StorageError

FolderOption = Annotated[Path, typer.Option("--to", help="Folder for the CSV files.")]


@refuses(StorageError)
def export(
    run: RunOption = "main",
    data: DataOption = None,
    to: FolderOption = Path("export"),
    as_json: JsonOption = False,
) -> None:
    """Write training_stats.csv, fight_stats.csv and the others, columns in the original's order."""
    from flows.project import open_project
    from storage import csv_export, database

    project = open_project(run, data)
    database.refresh(project.store, patience_seconds=60.0)
    written = csv_export.export(project.store, project.run, to)
    if as_json:
        print_json({path.name: rows for path, rows in written.items()})
        return
    for path, rows in written.items():
        console.print(f"{path}  {rows:,} rows", highlight=False, markup=False, soft_wrap=True)
