"""`ascension status`: one screen about a run: where it stands, how fast, what is wrong."""

from typing import Any

from commands.options import DataOption, RunOption
from commands.output import JsonOption, console, print_json, refuses
from storage import StorageError

TONES = {"good": "green", "warning": "yellow", "bad": "red", "plain": "dim"}


@refuses(StorageError)
def status(run: RunOption = "main", data: DataOption = None, as_json: JsonOption = False) -> None:
    """Show checkpoint, waiting rollouts, last update, last evaluation, speed and problems."""
    from flows.project import open_project
    from flows.steps import standing

    found = standing.standing(open_project(run, data))
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(found: dict[str, Any]) -> None:
    console.print(f"[bold]run {found['run']}[/]  [dim]{found['data']}[/]", highlight=False)
    for name, text in _lines(found):
        console.print(f"  [dim]{name:<12}[/] {text}", highlight=False)
    for problem in found["problems"]:
        tone = TONES[problem["tone"]]
        advice = f" [dim]{problem['advice']}[/]" if problem["advice"] else ""
        console.print(f"  [{tone}]{problem['title']:<12}[/] {problem['finding']}{advice}")
    if not found["problems"]:
        console.print("  [green]no problem was found[/]")


def _lines(found: dict[str, Any]) -> list[tuple[str, str]]:
    checkpoint, update = found["checkpoint"], found["last_update"]
    evaluated, speed = found["last_evaluation"], found["speed"]
    busy = [name for name, is_busy in found["busy"].items() if is_busy]
    return [
        (
            "checkpoint",
            f"update {checkpoint['update']}  {checkpoint['id']}"
            if checkpoint
            else "none yet: run `ascension local` or `ascension up`",
        ),
        ("working", ", ".join(busy) or "nobody right now"),
        ("games", f"{found['games']:,} played, {found['waiting']:,} rollouts wait"),
        ("last update", _update(update)),
        ("evaluation", _evaluation(evaluated)),
        ("speed", f"{speed['decisions_per_second']:,.0f} decisions/s collecting" if speed else "-"),
    ]


def _update(update: dict[str, Any] | None) -> str:
    if update is None:
        return "none yet"
    numbers = (
        f"floor {update['mean_floor']:.1f}, KL {update['approx_kl']:.4f}, "
        f"entropy {update['normalized_entropy']:.2f}, "
        f"explained variance {update['explained_variance']:.2f}"
    )
    return f"{update['total_updates']}, {update['ago']}: {numbers}"


def _evaluation(evaluated: dict[str, Any] | None) -> str:
    if evaluated is None:
        return "none yet"
    low, high = evaluated["win_interval"]
    return (
        f"{evaluated['policy']} {evaluated['model_update']}, {evaluated['ago']}: floor "
        f"{evaluated['average_floor']:.1f}, wins {evaluated['win_rate']:.0%} ({low:.0%} to "
        f"{high:.0%}, n = {evaluated['games']})"
    )
