"""Writes an option: what is done with which object, and what follows from it, as numbers.

One function per verb; `layout.OPTION` names the columns.
"""

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from ascension.environment.encode_cards import number, write_card_traits, write_play, write_target
from ascension.environment.encode_columns import CARD_COLUMN, TASK_COLUMN
from ascension.environment.encode_offers import (
    write_buy_card,
    write_buy_potion,
    write_buy_relic,
    write_buy_removal,
    write_select_card,
    write_swap_potion,
    write_take_boss_relic,
    write_take_card,
    write_take_potion,
    write_take_relic,
)
from ascension.environment.encode_option import Options, fight_of, write_copies
from ascension.environment.encode_way import (
    write_drink,
    write_event,
    write_map,
    write_neow,
    write_nothing,
    write_rest,
)
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

_VERB: Final[i64] = OPTION.offset("verb")
_KIND: Final[i64] = OPTION.offset("kind")
_PICK_CARD: Final[i64] = OPTION.offset("pick_card")
_USE_POTION: Final[i64] = OPTION.offset("use_potion")
_TASK: Final[i64] = OPTION.offset("task")

_UNCOVERED: Final[i64] = number("uncovered_damage")
_DIES: Final[i64] = number("dies")
_ENERGY_UNSPENT: Final[i64] = number("energy_unspent")
_PLAYABLE_LEFT: Final[i64] = number("playable_left")
_PICKED: Final[i64] = number("picked")


def encode_options(options: Options) -> None:
    """Write every option as a row."""
    sink = options.sink
    for action in options.actions:
        verb = verb_of(action)
        if verb == PLAY_CARD:  # most options are; they begin with a block of their own
            view = fight_of(options)
            write_play(sink, view, first_of(action), second_of(action) - 1)
            write_copies(options, view.combat.hand[first_of(action)])
        else:
            sink.flag(_VERB + verb)
            sink.flag(_KIND + options.kind)
            _WRITERS[verb](options, action)
        sink.end_row()


def write_potion(options: Options, action: i64) -> None:
    """A potion used in a fight."""
    potion = options.run.potions[first_of(action)]
    options.sink.flag(_USE_POTION + potion)
    write_target(options.sink, fight_of(options), second_of(action) - 1)


def write_end_turn(options: Options, action: i64) -> None:
    """What ending the turn costs, and what it leaves unused."""
    view = fight_of(options)
    sink = options.sink
    sink.number(_UNCOVERED, view.uncovered, 0.03)
    if view.uncovered >= view.combat.player.hp:
        sink.flag(_DIES)
    sink.number(_ENERGY_UNSPENT, view.combat.energy, 0.25)
    sink.number(_PLAYABLE_LEFT, i64(len(options.actions)) - 1, 0.1)


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
    options.sink.number(_PICKED, i64(len(selection.picked)), 0.2)


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
