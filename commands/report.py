"""`ascension report`: the experiment's report and index, from what is stored."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import DataOption, RunOption
from commands.output import JsonOption, console, fail, print_json, refuses
from commands.tables import comparison_table, evaluation_table
from storage import StorageError

ReportsOption = Annotated[
    Path, typer.Option("--reports", help="Folder of index.json and the Markdown reports.")
]


@refuses(StorageError)
def report(
    run: RunOption = "main",
    data: DataOption = None,
    reports: ReportsOption = Path("docs/experiments"),
    notes: Annotated[
        str | None, typer.Option("--notes", help="Your own words about the experiment.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Refresh the stats database and write the run's report and index entry."""
    from flows.project import open_project
    from flows.steps import report_text, reporting

    reported = reporting.write_report(open_project(run, data), reports, notes)
    if reported is None:
        fail(f"run {run} has not been evaluated yet: run `ascension local` or `ascension evaluate`")
    if as_json:
        print_json(reported.entry)
        return
    console.print(evaluation_table(reported.entry["evaluation"]))
    console.print(comparison_table(reported.entry["comparison"]))
    console.print(report_text.interpretation(reported.entry), highlight=False)
    console.print(f"\nreport: {reported.path}")
