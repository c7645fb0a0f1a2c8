"""`ascension report`: the experiment's report and index, from what is stored."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import DataOption, RunOption
from commands.output import JsonOption, console, errors, fail, print_json, refuses
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
    replays: Annotated[
        int, typer.Option(min=0, help="Evaluated games to play again for the Decisions page.")
    ] = 8,
    as_json: JsonOption = False,
) -> None:
    """Write the run's report, its index entry and the dashboard's pages."""
    from flows.project import open_project
    from flows.steps import report_text, reporting

    project = open_project(run, data)
    reported = reporting.write_report(project, reports, notes)
    site = reporting.write_site(project, replays)
    for problem in site.problems:
        errors.print(f"not replayed: {problem}", highlight=False, markup=False)
    if reported is None:
        fail(
            f"run {run} has not been evaluated yet: run `ascension local` or `ascension evaluate`; "
            f"what there is so far: {site.index}"
        )
    if as_json:
        print_json(reported.entry | {"dashboard": str(site.index)})
        return
    console.print(evaluation_table(reported.entry["evaluation"]))
    console.print(comparison_table(reported.entry["comparison"]))
    console.print(report_text.interpretation(reported.entry), highlight=False)
    console.print(f"\nreport:    {reported.path}", highlight=False, markup=False, soft_wrap=True)
    console.print(f"dashboard: {site.index}", highlight=False, markup=False, soft_wrap=True)
