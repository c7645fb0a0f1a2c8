"""Writes options out of fights that acquire nothing by themselves: Neow, map, events, rest."""

from typing import Final

from mypy_extensions import i64

from ascension.environment.encode_cards import number
from ascension.environment.encode_columns import (
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
)
from ascension.environment.encode_map import successors, write_rows
from ascension.environment.encode_option import Options, write_deck_card
from ascension.environment.encode_scalars import scaled
from ascension.environment.layout import OPTION
from ascension.game.actions import first_of
from ascension.game.world.map import destinations, is_connected
from ascension.game.world.rest import rest_heal
from ascension.game.world.screens import EventScreen, NeowScreen, top

_DECK_CARD: Final[i64] = OPTION.offset("deck_card")
_USE_POTION: Final[i64] = OPTION.offset("use_potion")
_LOSE_POTION: Final[i64] = OPTION.offset("lose_potion")
_LOSE_RELIC: Final[i64] = OPTION.offset("lose_relic")
_EVENT_OPTION: Final[i64] = OPTION.offset("event_option")
_NEOW_BONUS: Final[i64] = OPTION.offset("neow_bonus")
_NEOW_DRAWBACK: Final[i64] = OPTION.offset("neow_drawback")
_ROOM: Final[i64] = OPTION.offset("room")
_OUTLOOK: Final[i64] = OPTION.offset("outlook")
_NEXT_ROW: Final[i64] = OPTION.offset("next_row")

_IS_FLIGHT: Final[i64] = number("is_flight")
_IS_BURNING: Final[i64] = number("is_burning")
_HEAL: Final[i64] = number("heal")
_HP_AFTER: Final[i64] = number("hp_after")
_HP_CHANGE: Final[i64] = number("hp_change")
_MAX_HP_CHANGE: Final[i64] = number("max_hp_change")
_GOLD_CHANGE: Final[i64] = number("gold_change")
_PICKED: Final[i64] = number("picked")


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
        sink.number(_HP_CHANGE, value, 0.05)
    elif fact == FACT_MAX_HP:
        sink.put(_MAX_HP_CHANGE, -scaled(value, 0.05))
    elif fact == FACT_TRIES:
        sink.number(_PICKED, value, 0.2)


def write_rest(options: Options, action: i64) -> None:
    """How much resting heals."""
    run = options.run
    after = min(run.max_hp, run.hp + rest_heal(run))
    options.sink.number(_HEAL, after - run.hp, 0.03)
    options.sink.put(_HP_AFTER, float(after) / float(run.max_hp))


def write_drink(options: Options, action: i64) -> None:
    """A potion drunk out of a fight."""
    options.sink.flag(_USE_POTION + options.run.potions[first_of(action)])


def write_nothing(options: Options, action: i64) -> None:
    """The verb says it all."""
