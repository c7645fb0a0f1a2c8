"""What a player cannot know, changed at will: nothing that agents are shown may change with it.

Used by the campaigns and by the tests of the environment.
"""

import random
from typing import Final, NamedTuple

from ascension.environment.batch import DecisionBatch
from ascension.environment.batched import batch_of
from ascension.environment.decisions import kind_of, options_of
from ascension.environment.encode import Encoder
from ascension.environment.encode_map import Outlook
from ascension.environment.layout import OPTION_WIDTH, STATE_WIDTH
from ascension.fuzzing.invariants import STREAMS, need, piles_of
from ascension.game.combat.state import FROM_DRAW, Combat
from ascension.game.describe import describe_screen
from ascension.game.game import Game
from ascension.game.ids import events, relics
from ascension.game.rng import Rng
from ascension.game.run import EVENT, TREASURE, Run
from ascension.game.world.events_shrines import HIDDEN
from ascension.game.world.screens import EventScreen, TreasureScreen

HIDDEN_LISTS: Final = (
    *("monster_list", "elite_list", "event_list", "shrine_list", "one_time_events"),
    *("common_relics", "uncommon_relics", "rare_relics", "shop_relics", "boss_relics"),
    "colorless_pool",
)
CHEST_TIERS: Final = 3
_FIRST_FIND: Final = 2  # dead adventurer: searches made, encounter, then the finds


class Shown(NamedTuple):
    """All that agents are told about a decision."""

    batch: DecisionBatch
    screen: list[str]
    actions: list[str]  # legal actions and options in words, in order


def shown(game: Game) -> Shown:
    """What agents and people are shown of the present decision."""
    encoder = Encoder()
    options = options_of(game)
    kind = kind_of(game, options)
    encoder.add(game.run, game.combat, Outlook(), kind, options)
    words = [game.describe(action) for action in _in_order(game)]
    words += [game.describe(option) for option in options]
    return Shown(
        batch_of(encoder).check(STATE_WIDTH, OPTION_WIDTH),
        describe_screen(game.run, game.combat),
        words,
    )


def check_honesty(game: Game, chance: random.Random) -> None:
    """Broken if anything that is shown changes with what is hidden."""
    before = shown(game)
    other = game.clone()
    scramble_hidden(other, chance)
    after = shown(other)
    need(_equal(before.batch, after.batch), "hidden things are not encoded", game.run.floor)
    need(before.screen == after.screen, "hidden things are not shown", after.screen)
    need(before.actions == after.actions, "hidden things change no action", after.actions)


def _equal(first: DecisionBatch, second: DecisionBatch) -> bool:
    return all(
        getattr(first, name).tobytes() == getattr(second, name).tobytes()
        for name in DecisionBatch.__dataclass_fields__
    )


def _in_order(game: Game) -> list[int]:
    """The legal actions; a choice from the draw pile in an order that does not tell the pile's."""
    legal = game.legal_actions()
    if game.combat is not None and _chooses_from_draw_pile(game.combat):
        return sorted(legal, key=game.describe)
    return legal


def _chooses_from_draw_pile(c: Combat) -> bool:
    return c.selection is not None and c.selection.source == FROM_DRAW


# --- Changing what is hidden --------------------------------------------------------------------


def scramble_hidden(game: Game, chance: random.Random) -> None:
    """Change everything that a player cannot know; the game stays a possible one."""
    run = game.run
    for name in STREAMS:
        setattr(run, name, Rng(chance.getrandbits(60)))
    for name in HIDDEN_LISTS:
        hidden = getattr(run, name)
        setattr(run, name, chance.sample(hidden, len(hidden)))
    run.card_rarity_offset = chance.randrange(-40, 6)
    run.potion_chance_offset = chance.randrange(-40, 40)
    run.event_monster_chance = chance.random()
    run.second_boss = run.boss
    _scramble_screen(run, chance)
    if game.combat is not None:
        _scramble_fight(game.combat, chance)


def _scramble_screen(run: Run, chance: random.Random) -> None:
    screen = run.screens[-1]
    if screen.kind == TREASURE and isinstance(screen, TreasureScreen):
        screen = TreasureScreen(screen.size, chance.randrange(CHEST_TIERS), chance.random() < 0.5)
        run.screens[-1] = screen
    elif screen.kind == EVENT and isinstance(screen, EventScreen):
        if screen.event == events.DEAD_ADVENTURER:
            _scramble_finds(screen, chance)
        elif screen.event == events.MATCH_AND_KEEP:
            _scramble_board(screen, chance)


def _scramble_finds(screen: EventScreen, chance: random.Random) -> None:
    """The finds still to come change places."""
    made = _FIRST_FIND + screen.numbers[0]
    finds = screen.numbers[made:]
    screen.numbers = screen.numbers[:made] + chance.sample(finds, len(finds))


def _scramble_board(screen: EventScreen, chance: random.Random) -> None:
    """The cards that were never turned over change places."""
    unseen = [n for n in range(len(screen.cards)) if screen.numbers[1 + n] == HIDDEN]
    cards = screen.cards[:]
    for place, taken_from in zip(unseen, chance.sample(unseen, len(unseen)), strict=True):
        cards[place] = screen.cards[taken_from]
    screen.cards = cards


def _scramble_fight(c: Combat, chance: random.Random) -> None:
    if not c.owned[relics.FROZEN_EYE]:
        _shuffle_draw_pile(c, chance)
    if c.owned[relics.RUNIC_DOME]:
        _change_intents(c, chance)
    _renumber_cards(c, chance)


def _shuffle_draw_pile(c: Combat, chance: random.Random) -> None:
    order = chance.sample(range(len(c.draw_pile)), len(c.draw_pile))
    c.draw_pile = [c.draw_pile[place] for place in order]
    selection = c.selection
    if selection is not None and _chooses_from_draw_pile(c):
        now_at = {before: after for after, before in enumerate(order)}
        selection.indices = sorted(now_at[place] for place in selection.indices)
        selection.picked = [now_at[place] for place in selection.picked]


def _change_intents(c: Combat, chance: random.Random) -> None:
    for monster in c.monsters:
        monster.base_damage = chance.randrange(-1, 40)
        monster.hits = chance.randrange(1, 5)


def _renumber_cards(c: Combat, chance: random.Random) -> None:
    """The numbers by which the engine knows cards; copies that share one still do."""
    held = [card for pile in piles_of(c) for card in pile]
    numbers = sorted({card.uid for card in held})
    renamed = dict(zip(numbers, chance.sample(numbers, len(numbers)), strict=True))
    for card in held:
        card.uid = renamed[card.uid]
