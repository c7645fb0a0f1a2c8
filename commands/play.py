"""`ascension play`: a game in the terminal, played by you, with advice if you like."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.options import ActsOption, AscensionOption, DataOption, RunOption, SeedOption
from commands.output import console, refuses
from storage import StorageError

if TYPE_CHECKING:
    from ascension.agents.single import SinglePlayer
    from ascension.game.game import Game

YOU = "you"
KEYS = "number = do it, d = deck, m = map, s = save, q = stop"
SAVED = "ascension-game.json"


@refuses(StorageError, ValueError, OSError)
def play(
    seed: SeedOption = "1",
    policy: Annotated[
        str, typer.Option("--policy", help="Who plays: you, or a policy as in `watch`.")
    ] = YOU,
    advice: Annotated[
        str,
        typer.Option("--advice", help="A policy whose probabilities stand beside the options."),
    ] = "",
    ascension: AscensionOption = 0,
    acts: ActsOption = 3,
    load: Annotated[
        Path | None, typer.Option(help="Go on with a game that was saved.", show_default=False)
    ] = None,
    run: RunOption = "main",
    data: DataOption = None,
) -> None:
    """Play a seed in the terminal, alone or with a policy's advice."""
    from ascension.agents.single import SinglePlayer
    from commands.watch import watch_game
    from flows.policies import policy_named
    from flows.project import open_project

    game = new_game(seed, ascension, acts) if load is None else saved_game(load)
    name = advice if policy == YOU else policy
    player = None if not name else SinglePlayer(policy_named(name, open_project(run, data))[0])
    if policy != YOU and player is not None:
        watch_game(game, player, 0.0, policy)
        return
    while not game.is_over():
        _show(game)
        _ask(game, player)
    console.print(end_text(game))


def new_game(seed: str, ascension: int, acts: int) -> "Game":
    """The game of a seed as it is typed: a number or the game's text; ValueError for others."""
    from ascension.game.game import Game
    from ascension.game.rng import seed_from_text

    number = int(seed) if seed.lstrip("-").isdigit() else seed_from_text(seed)
    return Game(number, ascension, acts)


def saved_game(file: Path) -> "Game":
    """The game of a file; SaveError with the file's name if it holds none."""
    from ascension.game.errors import SaveError
    from ascension.game.game import Game

    try:
        return Game.load(file.read_text(encoding="utf-8"))
    except (SaveError, UnicodeDecodeError) as error:
        raise SaveError(f"{file}: {error}") from error


def end_text(game: "Game") -> str:
    """How it ended, in a line of markup."""
    from ascension.game.run import VICTORY

    run = game.run
    if run.outcome == VICTORY:
        return f"\n[bold green]victory[/] on floor {run.floor} with {run.hp} hp"
    return f"\n[bold red]death[/] on floor {run.floor}, act {run.act}"


def _show(game: "Game") -> None:
    from ascension.game.run import MAP
    from commands.play_map import map_text
    from commands.play_scene import scene

    console.print()
    if game.combat is None and game.screen() == MAP:
        console.print(map_text(game.run))
    console.print(scene(game, "you"))


def _ask(game: "Game", adviser: "SinglePlayer | None") -> None:
    """Let the person choose one of the legal actions by its number."""
    from commands.play_scene import option_table

    legal = _different(game)
    shares = _opinion(game, adviser)
    lines = [
        (f"{number:3d}", shares.get(action), game.describe(action))
        for number, action in enumerate(legal, start=1)
    ]
    best = max(shares, key=lambda action: shares[action]) if shares else -1
    console.print(option_table(lines, legal.index(best) if best in legal else -1, numbered=True))
    answer = _answer()
    if answer.isdigit() and 1 <= int(answer) <= len(legal):
        game.apply(legal[int(answer) - 1])
    else:
        _other_answer(game, answer, len(legal))


def _different(game: "Game") -> list[int]:
    """The legal actions, equal cards at equal cost only once."""
    from ascension.game.actions import PLAY_CARD, first_of, verb_of

    seen: dict[tuple[str, int], int] = {}
    for action in game.legal_actions():
        is_card = game.combat is not None and verb_of(action) == PLAY_CARD
        cost = game.combat.hand[first_of(action)].cost_now if is_card else 0
        seen.setdefault((game.describe(action), cost), action)
    return list(seen.values())


def _opinion(game: "Game", adviser: "SinglePlayer | None") -> dict[int, float]:
    """Probability of every option that the adviser weighs."""
    if adviser is None:
        return {}
    judged = adviser.judge(game)
    return dict(zip(judged.options, judged.probabilities, strict=True))


def _answer() -> str:
    """What the person types; the end of the input stops the game."""
    try:
        return console.input(f"[dim]{KEYS}[/] > ").strip().lower()
    except EOFError:
        return "q"


def _other_answer(game: "Game", answer: str, options: int) -> None:
    from commands.play_map import map_text
    from commands.play_scene import deck_list

    if answer == "q":
        console.print("stopped")
        raise typer.Exit(0)
    if answer == "d":
        console.print(deck_list(game.run))
    elif answer == "m":
        console.print(map_text(game.run))
    elif answer == "s":
        Path(SAVED).write_text(game.save(), encoding="utf-8")
        console.print(f"saved: go on with `ascension play --load {SAVED}`")
    else:
        console.print(f"[yellow]choose a number from 1 to {options}, or d, m, s, q[/]")
