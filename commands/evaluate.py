"""`ascension evaluate`: a policy on fixed seeds, greedily."""

from pathlib import Path
from typing import Annotated

import typer

from commands.options import ActsOption, AscensionOption, DataOption, RunOption
from commands.output import JsonOption, console, print_json, progress_bar, refuses
from commands.tables import comparison_table, evaluation_table
from storage import StorageError


@refuses(StorageError, ValueError, FileNotFoundError)
def evaluate(
    policy: Annotated[
        list[str], typer.Option("--policy", help="teacher, newest, random or an update; repeat.")
    ] = ["teacher", "newest"],  # noqa: B006 - typer copies it
    games: Annotated[int, typer.Option(min=1, help="Seeds, from the start of the list.")] = 25,
    seeds_file: Annotated[
        Path | None, typer.Option("--seeds", help="File of seeds; the built-in 200 without it.")
    ] = None,
    run: RunOption = "main",
    ascension: AscensionOption = 0,
    acts: ActsOption = 3,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Play fixed seeds greedily and compare the policies, paired by seed.

    Changes nothing: the evaluations that are kept belong to the loop.
    """
    from ascension.evaluation import read_seeds
    from ascension.learning.collect import play_evaluation
    from ascension.settings import EvaluateSettings
    from flows.policies import policy_named
    from flows.project import open_project
    from flows.steps.statistics import compared, summarized

    project = open_project(run, data)
    seeds = read_seeds(seeds_file or "")[:games]
    settings = EvaluateSettings(games=len(seeds), ascension=ascension, acts=acts)
    groups = []
    with progress_bar() as bar:
        for name in policy:
            player, checkpoint_id = policy_named(name, project)
            task = bar.add_task(f"playing: {name}", total=len(seeds), note="")
            groups.append(
                play_evaluation(
                    player,
                    seeds,
                    settings,
                    evaluation="command",
                    policy_name=name,
                    checkpoint_id=checkpoint_id,
                    on_game=lambda _, task=task: bar.advance(task),  # type: ignore[misc]
                )
            )
    rows = summarized(groups, settings.confidence)
    pairs = compared(groups, settings.confidence)
    if as_json:
        print_json({"evaluation": rows, "comparison": pairs})
        return
    console.print(evaluation_table(rows))
    if pairs:
        console.print(comparison_table(pairs))
