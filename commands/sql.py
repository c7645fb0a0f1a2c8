"""`ascension sql`: questions to the stats database."""

import csv
import sys
from typing import Annotated

import typer

from commands.options import DataOption
from commands.output import JsonOption, console, print_json, refuses, table
from storage import StorageError


@refuses(StorageError)
def sql(
    query: Annotated[
        str, typer.Argument(help="One SQL statement; `show tables` lists what there is.")
    ],
    data: DataOption = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV with a header line.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Ask the stats database, read-only.

    For example: ascension sql "select * from eval_stats limit 5"
    """
    from flows.project import data_folder
    from storage import Store, database

    result = database.query(Store(data_folder(data)), query)
    if as_json:
        print_json({"columns": result.columns, "rows": result.rows})
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(result.columns)
        writer.writerows(result.rows)
    else:
        console.print(table("", result.columns, result.rows))
        console.print(f"{len(result.rows)} rows", style="dim")
