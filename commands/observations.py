"""`ascension doctor --observations`: whether what an agent sees and earns is alive and honest."""

import typer

from commands.output import console, errors, print_json, table


def examine_observations(games: int, as_json: bool) -> None:
    """Play games, print the findings; exit code 1 if there is a problem."""
    from ascension.health.checks import examine, report

    health = examine(games, lambda stage: errors.print(stage, style="dim"))
    content = report(health)
    found = content["findings"]
    assert isinstance(found, list)
    if as_json:
        print_json(content)
    else:
        rows = [
            (f["check"], "[green]ok[/]" if f["ok"] else "[red]problem[/]", f["found"], f["advice"])
            for f in found
        ]
        title = f"Observations and rewards: {health.games} games, {health.decisions:,} decisions"
        console.print(table(title, ["check", "", "found", "what to do"], rows))
    if not content["ok"]:
        raise typer.Exit(1)


def print_layout() -> None:
    """Every block of the observation."""
    from ascension.environment.layout import describe

    console.print(describe(), highlight=False, markup=False)
