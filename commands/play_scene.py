"""A game as a picture of text: the player, the fight or the screen, and what can be done.

Shows what a player sees and nothing else; `play` and `watch` draw it.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ascension.game import tables
from ascension.game.combat.formulas import shown_damage
from ascension.game.combat.monsters.numbers import intent_name
from ascension.game.combat.state import ALIVE, HALF_DEAD, Combat, Creature
from ascension.game.describe import card_text, deck_card_text, describe_screen
from ascension.game.game import Game
from ascension.game.ids.relics import RUNIC_DOME
from ascension.game.rng import seed_to_text
from ascension.game.run import EMPTY_POTION, Run

BAR: Final = 16
SHARE_BAR: Final = 12
HALF: Final = 0.5
QUARTER: Final = 0.25
_TYPE_COLORS: Final = ["red", "green", "blue", "dim", "magenta"]


def bar(amount: int, most: int, width: int = BAR) -> Text:
    """A bar of blocks, coloured by how full it is."""
    share = amount / most if most > 0 else 0.0
    full = min(width, max(1 if amount > 0 else 0, round(share * width)))
    color = "green" if share > HALF else "yellow" if share > QUARTER else "red"
    return Text.assemble(("█" * full, color), ("░" * (width - full), "dim"))


def title(game: Game, who: str) -> str:
    """Who plays which game."""
    run = game.run
    return f"{who} · seed {seed_to_text(run.seed)} · ascension {run.ascension}"


def scene(game: Game, who: str) -> RenderableType:
    """Everything a player sees of the present decision, but the options."""
    parts: list[RenderableType] = [player_lines(game)]
    if game.combat is not None:
        parts += fight_lines(game.combat)
    else:
        parts += [Text(line) for line in describe_screen(game.run, None)[1:]]
    return Panel(Group(*parts), title=title(game, who), title_align="left", border_style="dim")


# --- The player ---------------------------------------------------------------------------------


def player_lines(game: Game) -> RenderableType:
    """Place, hp, gold and belongings."""
    run = game.run
    body = run if game.combat is None else game.combat.player
    first = Text.assemble(
        (f"act {run.act} floor {run.floor}  ", "bold"),
        bar(int(body.hp), int(body.max_hp)),
        f" {body.hp}/{body.max_hp} hp  {run.gold} gold  {len(run.deck)} cards",
        (_keys(run), "yellow"),
    )
    relics = ", ".join(_relic_text(run, position) for position in range(len(run.relics)))
    held = [tables.POTION_NAMES[p] for p in run.potions if p != EMPTY_POTION]
    free = len(run.potions) - len(held)
    potions = ", ".join([*held, *["-"] * free])
    return Group(first, _labelled("relics", relics), _labelled("potions", potions))


def _labelled(label: str, text: str) -> Text:
    return Text.assemble((f"{label} ", "dim"), text)


def _relic_text(run: Run, position: int) -> str:
    relic = run.relics[position]
    counter = f" {relic.counter}" if relic.counter > 0 else ""
    return f"{tables.RELIC_NAMES[relic.id]}{counter}"


def _keys(run: Run) -> str:
    owned = {"ruby": run.ruby_key, "emerald": run.emerald_key, "sapphire": run.sapphire_key}
    names = [name for name, has in owned.items() if has]
    return f"  keys: {', '.join(names)}" if names else ""


def deck_list(run: Run) -> RenderableType:
    """The deck, equal cards counted."""
    counted = Counter(deck_card_text(card) for card in run.deck)
    lines = [Text(f"{count:4d}  {name}") for name, count in sorted(counted.items())]
    return Group(Text(f"Deck of {len(run.deck)} cards", style="bold"), *lines)


# --- The fight ----------------------------------------------------------------------------------


def fight_lines(combat: Combat) -> list[RenderableType]:
    """Energy, powers, monsters with intents, the hand, the size of the piles."""
    player = combat.player
    state = Text.assemble(
        (f"turn {combat.turn}  ", "bold"),
        (f"{combat.energy} energy", "bold yellow"),
        (f"  {player.block} block", "cyan"),
        f"  {power_text(player)}",
    )
    piles = (
        f"draw pile {len(combat.draw_pile)}, discard pile {len(combat.discard_pile)}, "
        f"exhausted {len(combat.exhaust_pile)}"
    )
    return [Text(), state, _monster_table(combat), hand_text(combat), Text(piles, style="dim")]


def _monster_table(combat: Combat) -> Table:
    grid = Table.grid(padding=(0, 2))
    for position, monster in enumerate(combat.monsters):
        if monster.state not in (ALIVE, HALF_DEAD):
            continue
        grid.add_row(
            Text(f"{position + 1} {tables.MONSTER_NAMES[monster.id]}", style="bold"),
            bar(int(monster.hp), int(monster.max_hp)),
            f"{monster.hp}/{monster.max_hp}",
            Text(f"{monster.block} block" if monster.block else "", style="cyan"),
            Text(intent_text(combat, monster), style="red"),
            Text(power_text(monster), style="dim"),
        )
    return grid


def intent_text(combat: Combat, monster: Creature) -> str:
    """What the icon over a monster says; nothing under Runic Dome."""
    if combat.owned[RUNIC_DOME]:
        return "intent hidden"
    if monster.move < 0:
        return ""
    name = _intent_words(intent_name(monster.move, combat.run.ascension))
    if monster.base_damage < 0:
        return name
    hits = f" x {monster.hits}" if monster.hits > 1 else ""
    return f"{name} {shown_damage(combat, monster)}{hits}"


def _intent_words(name: str) -> str:
    return name.replace("strong_debuff", "strong debuff").replace("_", " + ")


def power_text(creature: Creature) -> str:
    """Powers with their amounts."""
    return ", ".join(f"{tables.POWER_NAMES[power.id]} {power.amount}" for power in creature.powers)


def hand_text(combat: Combat) -> Text:
    """The hand from left to right with what each card costs now, coloured by type."""
    text = Text()
    text.append("hand ", style="dim")
    for card in combat.hand:
        if text.plain != "hand ":
            text.append(", ")
        name = card_text(card.id, card.upgrades)
        text.append(f"{name}{_cost_text(card.cost_now)}", style=_TYPE_COLORS[card.type()])
    return text


def _cost_text(cost: int) -> str:
    if cost < -1:
        return ""
    return " (X)" if cost == -1 else f" ({cost})"


# --- The options --------------------------------------------------------------------------------


def share_text(share: float) -> Text:
    """A probability as a number and a bar."""
    full = round(share * SHARE_BAR)
    return Text.assemble(
        f"{100 * share:3.0f}% ", ("█" * full, "blue"), ("░" * (SHARE_BAR - full), "dim")
    )


def option_table(
    lines: Sequence[tuple[str, float | None, str]], chosen: int = -1, numbered: bool = False
) -> Table:
    """Options as (label, probability, words); the chosen one is marked."""
    grid = Table.grid(padding=(0, 1))
    for position, (label, share, words) in enumerate(lines):
        is_chosen = position == chosen
        mark = Text(label if numbered else "▶" if is_chosen else " ", style="bold green")
        weight = Text("bold green" if is_chosen else "")
        grid.add_row(
            mark,
            Text() if share is None else share_text(share),
            Text(words, style=weight.plain),
        )
    return grid
