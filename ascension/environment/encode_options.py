"""Writes an option: what is done with which object, and what follows from it, as numbers.

One function per verb; `layout.OPTION` names the columns.
"""

from collections.abc import Callable
from typing import Final, final

from mypy_extensions import i64

from ascension.environment.encode_cards import (
    number,
    write_card_traits,
    write_deck_traits,
    write_play,
    write_target,
)
from ascension.environment.encode_columns import (
    CARD_COLUMN,
    EVENT_FACT,
    EVENT_FACT_POSITION,
    EVENT_OPTION_COLUMN,
    EVENT_SLOTS,
    FACT_CARD,
    FACT_GOLD,
    FACT_HEAL,
    FACT_HP,
    FACT_MAX_HP,
    FACT_POTION,
    FACT_RELIC,
    FACT_TRIES,
    NO_FACT,
    TASK_COLUMN,
)
from ascension.environment.encode_map import Outlook, successors, write_rows
from ascension.environment.encode_scalars import scaled
from ascension.environment.encode_sink import Counts, Sink
from ascension.environment.encode_view import View
from ascension.environment.layout import OPTION
from ascension.game.actions import (
    BUY_CARD,
    BUY_POTION,
    BUY_RELIC,
    BUY_REMOVAL,
    CONFIRM_SELECTION,
    DISCARD_POTION,
    DRINK_POTION,
    END_TURN,
    EVENT_OPTION,
    GO,
    NEOW_OPTION,
    PLAY_CARD,
    REST,
    SELECT,
    SELECT_CARD,
    SKIP_SELECTION,
    TAKE_BOSS_RELIC,
    TAKE_CARD,
    TAKE_KEY,
    TAKE_POTION,
    TAKE_RELIC,
    USE_POTION,
    VERB_NAMES,
    first_of,
    second_of,
    verb_of,
)
from ascension.game.combat.state import (
    FROM_DISCARD,
    FROM_DRAW,
    FROM_EXHAUST,
    FROM_HAND,
    Card,
    Combat,
    Selection,
)
from ascension.game.run import DeckCard, Run
from ascension.game.world.map import destinations, is_connected
from ascension.game.world.rest import rest_heal
from ascension.game.world.screens import (
    OBTAIN,
    BossRelicScreen,
    CardSelectScreen,
    EventScreen,
    NeowScreen,
    RewardScreen,
    ShopScreen,
    top,
)

_VERB: Final[i64] = OPTION.offset("verb")
_KIND: Final[i64] = OPTION.offset("kind")
_PICK_CARD: Final[i64] = OPTION.offset("pick_card")
_TAKE_CARD: Final[i64] = OPTION.offset("take_card")
_DECK_CARD: Final[i64] = OPTION.offset("deck_card")
_USE_POTION: Final[i64] = OPTION.offset("use_potion")
_TAKE_POTION: Final[i64] = OPTION.offset("take_potion")
_LOSE_POTION: Final[i64] = OPTION.offset("lose_potion")
_TAKE_RELIC: Final[i64] = OPTION.offset("take_relic")
_LOSE_RELIC: Final[i64] = OPTION.offset("lose_relic")
_EVENT_OPTION: Final[i64] = OPTION.offset("event_option")
_NEOW_BONUS: Final[i64] = OPTION.offset("neow_bonus")
_NEOW_DRAWBACK: Final[i64] = OPTION.offset("neow_drawback")
_ROOM: Final[i64] = OPTION.offset("room")
_TASK: Final[i64] = OPTION.offset("task")
_PURPOSE: Final[i64] = OPTION.offset("purpose")
_OUTLOOK: Final[i64] = OPTION.offset("outlook")
_NEXT_ROW: Final[i64] = OPTION.offset("next_row")

_PRICE: Final[i64] = number("price")
_GOLD_LEFT: Final[i64] = number("gold_left")
_IS_FLIGHT: Final[i64] = number("is_flight")
_IS_BURNING: Final[i64] = number("is_burning")
_UNCOVERED: Final[i64] = number("uncovered_damage")
_DIES: Final[i64] = number("dies")
_ENERGY_UNSPENT: Final[i64] = number("energy_unspent")
_PLAYABLE_LEFT: Final[i64] = number("playable_left")
_HEAL: Final[i64] = number("heal")
_HP_AFTER: Final[i64] = number("hp_after")
_HP_CHANGE: Final[i64] = number("hp_change")
_MAX_HP_CHANGE: Final[i64] = number("max_hp_change")
_GOLD_CHANGE: Final[i64] = number("gold_change")
_PICKED: Final[i64] = number("picked")
_PICKS_LEFT: Final[i64] = number("picks_left")
_COPIES_IN_DECK: Final[i64] = number("copies_in_deck")


@final
class Options:
    """What the writers need: the decision, and where to write."""

    def __init__(
        self, sink: Sink, run: Run, view: View | None, outlook: Outlook, deck: Counts
    ) -> None:
        self.sink: Sink = sink
        self.run: Run = run
        self.view: View | None = view
        self.outlook: Outlook = outlook
        self.deck: Counts = deck  # copies in the deck, by card column
        self.kind: i64 = 0
        self.actions: list[i64] = []


def fight_of(options: Options) -> View:
    """The fight that the decision belongs to."""
    view = options.view
    assert view is not None
    return view


def encode_options(options: Options) -> None:
    """Write every option as a row."""
    sink = options.sink
    for action in options.actions:
        verb = verb_of(action)
        sink.flag(_VERB + verb)
        sink.flag(_KIND + options.kind)
        if verb == PLAY_CARD:
            write_play(sink, fight_of(options), first_of(action), second_of(action) - 1)
            write_copies(options, fight_of(options).combat.hand[first_of(action)])
        else:
            _WRITERS[verb](options, action)
        sink.end_row()


def write_copies(options: Options, card: Card) -> None:
    """How many of them the deck holds."""
    options.sink.put(_COPIES_IN_DECK, scaled(options.deck.of(CARD_COLUMN[card.row()]), 0.2))


# --- In a fight -------------------------------------------------------------------------------


def write_potion(options: Options, action: i64) -> None:
    """A potion used in a fight."""
    potion = options.run.potions[first_of(action)]
    options.sink.flag(_USE_POTION + potion)
    write_target(options.sink, fight_of(options), second_of(action) - 1)


def write_end_turn(options: Options, action: i64) -> None:
    """What ending the turn costs, and what it leaves unused."""
    view = fight_of(options)
    sink = options.sink
    sink.put(_UNCOVERED, scaled(view.uncovered, 0.03))
    if view.uncovered >= view.combat.player.hp:
        sink.flag(_DIES)
    sink.put(_ENERGY_UNSPENT, scaled(view.combat.energy, 0.25))
    sink.put(_PLAYABLE_LEFT, scaled(i64(len(options.actions)) - 1, 0.1))


def shown_card(combat: Combat, selection: Selection, position: i64) -> Card:
    """The card at a position of what a choice shows."""
    if selection.source == FROM_HAND:
        return combat.hand[position]
    if selection.source == FROM_DRAW:
        return combat.draw_pile[position]
    if selection.source == FROM_DISCARD:
        return combat.discard_pile[position]
    if selection.source == FROM_EXHAUST:
        return combat.exhaust_pile[position]
    return selection.offer[position]


def write_pick(options: Options, action: i64) -> None:
    """A card chosen in a fight."""
    combat = fight_of(options).combat
    selection = combat.selection
    assert selection is not None
    card = shown_card(combat, selection, first_of(action))
    options.sink.flag(_PICK_CARD + CARD_COLUMN[card.row()])
    write_card_traits(options.sink, card.id, card.upgrades, card.cost)
    write_copies(options, card)
    write_task(options, action)


def write_task(options: Options, action: i64) -> None:
    """What a choice in a fight is for, and how far it is: also for confirming and skipping."""
    selection = fight_of(options).combat.selection
    assert selection is not None
    options.sink.flag(_TASK + TASK_COLUMN[selection.task])
    options.sink.put(_PICKED, scaled(i64(len(selection.picked)), 0.2))


# --- Cards, relics, potions -------------------------------------------------------------------


def write_deck_card(options: Options, card: DeckCard, block: i64) -> None:
    """A card of the deck, or one that may join it."""
    row = 2 * card.id + (1 if card.upgrades > 0 else 0)
    options.sink.flag(block + CARD_COLUMN[row])
    write_deck_traits(options.sink, card)
    options.sink.put(_COPIES_IN_DECK, scaled(options.deck.of(CARD_COLUMN[row]), 0.2))


def write_take_card(options: Options, action: i64) -> None:
    """A card of a reward."""
    screen = top(options.run)
    assert isinstance(screen, RewardScreen)
    write_deck_card(options, screen.cards[first_of(action)][second_of(action)], _TAKE_CARD)


def write_select_card(options: Options, action: i64) -> None:
    """A card chosen for a purpose, out of a fight."""
    screen = top(options.run)
    assert isinstance(screen, CardSelectScreen)
    position = first_of(action)
    options.sink.flag(_PURPOSE + screen.purpose)
    if screen.purpose == OBTAIN:
        write_deck_card(options, screen.offer[position], _TAKE_CARD)
    else:
        write_deck_card(options, options.run.deck[screen.indices[position]], _DECK_CARD)
    options.sink.put(_PICKS_LEFT, scaled(screen.pick - i64(len(screen.chosen)), 0.2))


def write_take_relic(options: Options, action: i64) -> None:
    """A relic of a reward screen."""
    screen = top(options.run)
    assert isinstance(screen, RewardScreen)
    options.sink.flag(_TAKE_RELIC + screen.relics[first_of(action)])


def write_take_potion(options: Options, action: i64) -> None:
    """A potion of a reward screen."""
    screen = top(options.run)
    assert isinstance(screen, RewardScreen)
    options.sink.flag(_TAKE_POTION + screen.potions[first_of(action)])


def write_swap_potion(options: Options, action: i64) -> None:
    """A potion thrown away to make room for what the reward screen offers."""
    screen = top(options.run)
    options.sink.flag(_LOSE_POTION + options.run.potions[first_of(action)])
    if isinstance(screen, RewardScreen):
        for potion in screen.potions:
            options.sink.flag(_TAKE_POTION + potion)


def write_take_boss_relic(options: Options, action: i64) -> None:
    """One of the relics in the boss's chest."""
    screen = top(options.run)
    assert isinstance(screen, BossRelicScreen)
    options.sink.flag(_TAKE_RELIC + screen.relics[first_of(action)])


# --- Shop -------------------------------------------------------------------------------------


def shop_of(options: Options) -> ShopScreen:
    """The open shop."""
    screen = top(options.run)
    assert isinstance(screen, ShopScreen)
    return screen


def write_price(options: Options, price: i64) -> None:
    """What it costs and what is left."""
    options.sink.put(_PRICE, scaled(price, 0.007))
    options.sink.put(_GOLD_LEFT, scaled(options.run.gold - price, 0.004))


def write_buy_card(options: Options, action: i64) -> None:
    """A card of the shop."""
    shop = shop_of(options)
    write_deck_card(options, shop.cards[first_of(action)], _TAKE_CARD)
    write_price(options, shop.card_prices[first_of(action)])


def write_buy_relic(options: Options, action: i64) -> None:
    """A relic of the shop."""
    shop = shop_of(options)
    options.sink.flag(_TAKE_RELIC + shop.relics[first_of(action)])
    write_price(options, shop.relic_prices[first_of(action)])


def write_buy_potion(options: Options, action: i64) -> None:
    """A potion of the shop."""
    shop = shop_of(options)
    options.sink.flag(_TAKE_POTION + shop.potions[first_of(action)])
    write_price(options, shop.potion_prices[first_of(action)])


def write_buy_removal(options: Options, action: i64) -> None:
    """The removal of a card."""
    write_price(options, shop_of(options).removal_price)


# --- The way ----------------------------------------------------------------------------------


def write_neow(options: Options, action: i64) -> None:
    """A bonus and its drawback."""
    screen = top(options.run)
    assert isinstance(screen, NeowScreen)
    options.sink.flag(_NEOW_BONUS + screen.bonuses[first_of(action)])
    options.sink.flag(_NEOW_DRAWBACK + screen.drawbacks[first_of(action)])


def write_map(options: Options, action: i64) -> None:
    """A node of the next row and what lies beyond it."""
    run = options.run
    for node in destinations(run):
        if node.x != first_of(action):
            continue
        options.sink.flag(_ROOM + node.room)
        if node.y >= len(run.map_rows):
            return
        options.outlook.write(options.sink, _OUTLOOK, [node])
        write_rows(options.sink, _NEXT_ROW, run, successors(run, [node]))
        if run.y >= 0 and not is_connected(run, node.x):
            options.sink.flag(_IS_FLIGHT)
        if node.x == run.burning_x and node.y == run.burning_y:
            options.sink.flag(_IS_BURNING)


def write_event(options: Options, action: i64) -> None:
    """An option of an event, and what its text says about cost and object."""
    screen = top(options.run)
    assert isinstance(screen, EventScreen)
    place = screen.event * EVENT_SLOTS + first_of(action)
    options.sink.flag(_EVENT_OPTION + EVENT_OPTION_COLUMN[place])
    if EVENT_FACT[place] != NO_FACT:
        write_fact(options, EVENT_FACT[place], screen.numbers[EVENT_FACT_POSITION[place]])


def write_fact(options: Options, fact: i64, value: i64) -> None:
    """A rolled number that the option's text shows."""
    sink = options.sink
    if fact == FACT_CARD:
        write_deck_card(options, options.run.deck[value], _DECK_CARD)
    elif fact == FACT_RELIC:
        sink.flag(_LOSE_RELIC + value)
    elif fact == FACT_POTION:
        sink.flag(_LOSE_POTION + options.run.potions[value])
    elif fact == FACT_GOLD:
        sink.put(_GOLD_CHANGE, -scaled(value, 0.01))
    elif fact == FACT_HP:
        sink.put(_HP_CHANGE, -scaled(value, 0.05))
    elif fact == FACT_HEAL:
        sink.put(_HP_CHANGE, scaled(value, 0.05))
    elif fact == FACT_MAX_HP:
        sink.put(_MAX_HP_CHANGE, -scaled(value, 0.05))
    elif fact == FACT_TRIES:
        sink.put(_PICKED, scaled(value, 0.2))


def write_rest(options: Options, action: i64) -> None:
    """How much resting heals."""
    run = options.run
    after = min(run.max_hp, run.hp + rest_heal(run))
    options.sink.put(_HEAL, scaled(after - run.hp, 0.03))
    options.sink.put(_HP_AFTER, float(after) / float(run.max_hp))


def write_drink(options: Options, action: i64) -> None:
    """A potion drunk out of a fight."""
    options.sink.flag(_USE_POTION + options.run.potions[first_of(action)])


def write_nothing(options: Options, action: i64) -> None:
    """The verb says it all."""


Writer = Callable[[Options, i64], None]


def _writers() -> list[Writer]:
    out: list[Writer] = []
    for _ in VERB_NAMES:
        out.append(write_nothing)
    out[USE_POTION] = write_potion
    out[END_TURN] = write_end_turn
    out[SELECT] = write_pick
    out[CONFIRM_SELECTION] = write_task
    out[SKIP_SELECTION] = write_task
    out[DISCARD_POTION] = write_swap_potion
    out[DRINK_POTION] = write_drink
    out[NEOW_OPTION] = write_neow
    out[GO] = write_map
    out[EVENT_OPTION] = write_event
    out[TAKE_CARD] = write_take_card
    out[TAKE_RELIC] = write_take_relic
    out[TAKE_POTION] = write_take_potion
    out[TAKE_KEY] = write_nothing
    out[BUY_CARD] = write_buy_card
    out[BUY_RELIC] = write_buy_relic
    out[BUY_POTION] = write_buy_potion
    out[BUY_REMOVAL] = write_buy_removal
    out[REST] = write_rest
    out[TAKE_BOSS_RELIC] = write_take_boss_relic
    out[SELECT_CARD] = write_select_card
    return out


_WRITERS: Final = _writers()
