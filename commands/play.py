"""`ascension play`: a game in the terminal, played by you or by a policy."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import ActsOption, AscensionOption, DataOption, RunOption, SeedOption
from commands.output import console, refuses
from storage import StorageError

if TYPE_CHECKING:
    from ascension.agents.single import SinglePlayer
    from ascension.game.game import Game


@refuses(StorageError, ValueError)
def play(
    seed: SeedOption = "1",
    policy: Annotated[
        str, typer.Option("--policy", help="Who plays: you, random, teacher, newest, an update.")
    ] = "you",
    advice: Annotated[
        str, typer.Option("--advice", help="A policy whose opinion is shown beside the options.")
    ] = "",
    ascension: AscensionOption = 0,
    acts: ActsOption = 3,
    run: RunOption = "main",
    data: DataOption = None,
) -> None:
    """Play a seed in the terminal, or watch a policy play it with its top choices."""
    from ascension.agents.single import SinglePlayer
    from ascension.game.game import Game
    from ascension.game.rng import seed_from_text
    from flows.policies import policy_named
    from flows.project import open_project

    number = int(seed) if seed.lstrip("-").isdigit() else seed_from_text(seed)
    game = Game(number, ascension, acts)
    project = open_project(run, data)
    names = [name for name in (policy if policy != "you" else "", advice) if name]
    players = {name: SinglePlayer(policy_named(name, project)[0]) for name in names}
    while not game.is_over():
        if policy == "you":
            _show(game)
            _ask(game, players.get(advice))
        else:
            _watch(game, players[policy])
    _end(game)


def _show(game: "Game") -> None:
    from ascension.game.describe import describe_screen

    console.print()
    for line in describe_screen(game.run, game.combat):
        console.print(line, highlight=False, markup=False)


def _ask(game: "Game", adviser: "SinglePlayer | None") -> None:
    """Let the person choose one of the legal actions by its number."""
    legal = game.legal_actions()
    opinion = {}
    if adviser is not None:
        judged = adviser.judge(game)
        opinion = dict(zip(judged.options, judged.probabilities, strict=True))
    for number, action in enumerate(legal, start=1):
        shown = f"{100 * opinion[action]:3.0f}%" if action in opinion else ""
        console.print(f"  [bold]{number:2d}[/] {game.describe(action)}  [dim]{shown}[/]")
    answer = typer.prompt("number, or q to stop").strip()
    if answer == "q":
        raise typer.Exit(0)
    if not answer.isdigit() or not 1 <= int(answer) <= len(legal):
        console.print(f"[yellow]choose a number from 1 to {len(legal)}[/]")
        return
    game.apply(legal[int(answer) - 1])


def _watch(game: "Game", player: "SinglePlayer") -> None:
    """Show what the policy sees and weighs, then let it act."""
    judged = player.judge(game)
    if len(judged.options) > 1:
        _show(game)
        ranked = sorted(
            zip(judged.probabilities, judged.options, strict=True), key=lambda pair: -pair[0]
        )
        for probability, action in ranked[:3]:
            mark = "[green]>[/]" if action == judged.action else " "
            console.print(f" {mark} {100 * probability:3.0f}%  {game.describe(action)}")
    game.step(judged.action)


def _end(game: "Game") -> None:
    from ascension.game.run import VICTORY

    run = game.run
    if run.outcome == VICTORY:
        console.print(f"\n[bold green]victory[/] on floor {run.floor} with {run.hp} hp")
    else:
        console.print(f"\n[bold red]death[/] on floor {run.floor}, act {run.act}")
