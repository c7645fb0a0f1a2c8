"""`ascension evaluate`: policies on fixed seeds, greedily, compared in pairs."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.options import ActsOption, AscensionOption, DataOption, RunOption
from commands.output import JsonOption, console, print_json, progress_bar, refuses
from commands.report import ReportsOption
from commands.tables import comparison_table, evaluation_table
from storage import StorageError

if TYPE_CHECKING:
    from ascension.records import EvaluationGame
    from ascension.settings import EvaluateSettings
    from flows.policies import Source

PolicyOption = Annotated[
    list[str],
    typer.Option(
        "--policy",
        help="teacher, cloned, newest, best (the one that ships), best_of_run, random, an update, "
        "a checkpoint's id or its folder; repeat to compare.",
    ),
]


@refuses(StorageError, ValueError, FileNotFoundError)
def evaluate(
    policy: PolicyOption = ["teacher", "newest"],  # noqa: B006 - typer copies it
    games: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Seeds, from the start of the list.",
            show_default="25, or all seeds of the file given",
        ),
    ] = None,
    seeds_file: Annotated[
        Path | None, typer.Option("--seeds", help="File of seeds; the built-in 200 without it.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, help="Processes; changes nothing but the time.", show_default="one a core"
        ),
    ] = None,
    run: RunOption = "main",
    ascension: AscensionOption = 0,
    acts: ActsOption = 3,
    confidence: Annotated[
        float, typer.Option(min=0.51, max=0.999, help="Of all intervals.")
    ] = 0.95,
    data: DataOption = None,
    report: Annotated[
        str,
        typer.Option("--report", help="Write it as an experiment of this name, with its report."),
    ] = "",
    reports: ReportsOption = Path("docs/experiments"),
    as_json: JsonOption = False,
) -> None:
    """Play fixed seeds greedily and compare the policies, paired by seed.

    Changes nothing but the report asked for: the evaluations that are kept belong to the loop. The
    same checkpoint and seeds give the same games, however they are split over processes.
    """
    from ascension.evaluation import read_seeds
    from ascension.settings import EvaluateSettings
    from flows.policies import resolve
    from flows.project import checked_run, open_project
    from flows.steps.reporting import record_evaluation

    project = open_project(run, data)
    seeds = read_seeds(seeds_file or "")[: games or (None if seeds_file else 25)]
    settings = EvaluateSettings(
        games=max(1, len(seeds)), ascension=ascension, acts=acts, confidence=confidence
    )
    sources = [resolve(name, project) for name in dict.fromkeys(policy)]
    groups = _play(sources, seeds, settings, workers)
    if report:
        command = _command(sources, len(seeds), seeds_file, report)
        record_evaluation(reports, checked_run(report), groups, confidence, command)
    if as_json:
        print_json(_answer(groups, confidence))
        return
    from flows.steps.statistics import compared, summarized

    console.print(evaluation_table(summarized(groups, confidence)))
    if len(groups) > 1:
        console.print(comparison_table(compared(groups, confidence)))


def _play(
    sources: "Sequence[Source]",
    seeds: Sequence[int],
    settings: "EvaluateSettings",
    workers: int | None,
) -> "list[list[EvaluationGame]]":
    """The rows of every policy, one after the other, with a progress bar each."""
    from flows.steps.playing import default_workers, play_seeds

    groups = []
    with progress_bar() as bar:
        for source in sources:
            task = bar.add_task(f"playing: {source.name}", total=len(seeds), note="")

            def advance(ended: int, task: Any = task) -> None:
                bar.advance(task, ended)

            rows = play_seeds(source, seeds, settings, workers or default_workers(), advance)
            groups.append(rows)
    return groups


def _command(sources: "Sequence[Source]", games: int, seeds_file: Path | None, report: str) -> str:
    """The command that repeats it, as the report prints it; a folder of one machine is left out."""
    shown = seeds_file.name if seeds_file and seeds_file.is_absolute() else seeds_file
    place = f" --seeds {shown}" if shown else ""
    names = " ".join(f"--policy {source.name}" for source in sources)
    return f"ascension evaluate {names} --games {games}{place} --report {report}"


def _answer(groups: "Sequence[Sequence[EvaluationGame]]", confidence: float) -> dict[str, Any]:
    """Summaries, paired differences and every game; `summary` if there is one policy only."""
    from ascension.evaluation import summarize
    from flows.steps.statistics import compared, flat_summary, game_numbers

    first = groups[0][0]
    summaries = [
        flat_summary(summarize(rows, confidence), rows[0].checkpoint_id) for rows in groups
    ]
    return {
        "confidence": confidence,
        "ascension": first.game.ascension,
        "rules_version": first.rules_version,
        "layout_version": first.layout_version,
        "seeds_hash": first.seeds_hash,
        **({"summary": summaries[0]} if len(summaries) == 1 else {}),
        "evaluation": summaries,
        "comparison": compared(groups, confidence),
        "rows": [game_numbers(row) for rows in groups for row in rows],
    }
