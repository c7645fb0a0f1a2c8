"""`ascension watch`: a policy plays one game before your eyes."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import ActsOption, AscensionOption, DataOption, RunOption, SeedOption
from commands.output import console, refuses
from storage import StorageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ascension.agents.single import Judgement, SinglePlayer
    from ascension.game.game import Game

BEST_SHOWN = 5
LINES_KEPT = 6
INTERRUPTED = 130


@refuses(StorageError, ValueError)
def watch(
    policy: Annotated[
        str,
        typer.Option(
            help="best (the one that ships), newest, teacher, random, an update, "
            "a checkpoint's id or its folder."
        ),
    ] = "best",
    seed: SeedOption = "1",
    ascension: AscensionOption = 0,
    acts: ActsOption = 3,
    speed: Annotated[
        float, typer.Option(min=0.0, help="Decisions a second; 0 for as fast as it goes.")
    ] = 1.5,
    sampled: Annotated[
        bool, typer.Option("--sampled", help="Draw from its probabilities, as when collecting.")
    ] = False,
    run: RunOption = "main",
    data: DataOption = None,
) -> None:
    """Watch a policy play one game: what it sees, what it weighs, what it does.

    On a terminal the picture stays in place; elsewhere every decision is one line.
    """
    from ascension.agents.single import SinglePlayer
    from commands.play import new_game
    from flows.policies import policy_named
    from flows.project import open_project

    game = new_game(seed, ascension, acts)
    player = SinglePlayer(policy_named(policy, open_project(run, data))[0], greedy=not sampled)
    watch_game(game, player, speed, policy)


def watch_game(game: "Game", player: "SinglePlayer", speed: float, name: str = "") -> None:
    """Show a game to its end; Ctrl-C stops it where it is."""
    from commands.play import end_text

    pause = 1.0 / speed if speed > 0 else 0.0
    try:
        with _shown(_who(player, name)) as show:
            while not game.is_over():
                judged = player.judge(game)
                if len(judged.options) > 1:
                    show(game, judged)
                    if console.is_terminal:
                        time.sleep(pause)
                game.step(judged.action)
    except KeyboardInterrupt:
        where = f"act {game.run.act} on floor {game.run.floor}"
        console.print(f"\nstopped in {where}", highlight=False)
        raise typer.Exit(INTERRUPTED) from None
    console.print(end_text(game))


def _who(player: "SinglePlayer", name: str) -> str:
    """What was asked for, and the checkpoint that it turned out to be."""
    return f"{name}: {player.name}" if "/" in player.name and name else name or player.name


@contextmanager
def _shown(who: str) -> "Iterator[Callable[[Game, Judgement], None]]":
    """How a decision is shown: a picture that stays in place, or lines."""
    if not console.is_terminal:
        yield _print_line
        return
    from rich.live import Live

    said: list[str] = []
    with Live(console=console, screen=False, auto_refresh=False) as live:

        def show(game: "Game", judged: "Judgement") -> None:
            from commands.play_scene import scene

            live.update(_picture(scene(game, who), game, judged, said), refresh=True)
            said.append(f"floor {game.run.floor:2d}  {game.describe(judged.action)}")
            del said[:-LINES_KEPT]

        yield show


def _ranked(judged: "Judgement") -> list[tuple[float, int]]:
    """The most likely options, best first, as (probability, action)."""
    pairs = zip(judged.probabilities, judged.options, strict=True)
    return sorted(pairs, key=lambda pair: -pair[0])[:BEST_SHOWN]


def _print_line(game: "Game", judged: "Judgement") -> None:
    """One line: where, hp, what was chosen, what came next."""
    run = game.run
    hp = run.hp if game.combat is None else game.combat.player.hp
    turn = "" if game.combat is None else f" turn {game.combat.turn}"
    share = judged.probabilities[judged.chosen]
    others = [
        f"{100 * weight:.0f}% {game.describe(action)}"
        for weight, action in _ranked(judged)
        if action != judged.action and weight >= 0.01
    ][:2]
    rest = f"  [{'; '.join(others)}]" if others else ""
    sys.stdout.write(
        f"act {run.act} floor {run.floor}{turn} hp {hp}/{run.max_hp}: "
        f"{game.describe(judged.action)} ({100 * share:.0f}%){rest}\n"
    )


def _picture(
    above: "RenderableType", game: "Game", judged: "Judgement", said: list[str]
) -> "RenderableType":
    """The scene, the options with their probabilities, and what was done before."""
    from rich.console import Group
    from rich.text import Text

    from commands.play_scene import option_table

    ranked = _ranked(judged)
    chosen = next((i for i, (_, action) in enumerate(ranked) if action == judged.action), -1)
    lines: list[tuple[str, float | None, str]] = [
        ("", share, game.describe(action)) for share, action in ranked
    ]
    left_out = len(judged.options) - len(ranked)
    rest = f"  and {left_out} more" if left_out else ""
    value = "" if judged.value == 0.0 else f"  expects {judged.value:+.2f} more reward"
    past = [Text(line, style="dim") for line in said]
    return Group(above, option_table(lines, chosen), Text(rest + value, style="dim"), *past)
