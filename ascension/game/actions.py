"""Packed actions: everything a player can do is one integer, `verb | first << 8 | second << 20`.

Positions count from 0; a target is stored as its index + 1, so that 0 means "no target".
"""

from typing import Final

from mypy_extensions import i64

PLAY_CARD: Final = 0  # hand index, target + 1
USE_POTION: Final = 1  # in a fight: slot, target + 1
END_TURN: Final = 2
SELECT: Final = 3  # in a fight: index in the shown list
CONFIRM_SELECTION: Final = 4
SKIP_SELECTION: Final = 5
DISCARD_POTION: Final = 6  # slot
DRINK_POTION: Final = 7  # out of a fight: slot
NEOW_OPTION: Final = 8  # option
GO: Final = 9  # x, y
EVENT_OPTION: Final = 10  # the option's number within its event
FLIP_TWO: Final = 11  # two positions of match and keep
TAKE_GOLD: Final = 12  # reward
TAKE_CARD: Final = 13  # reward, card
TAKE_RELIC: Final = 14  # reward
TAKE_POTION: Final = 15  # reward
TAKE_KEY: Final = 16  # RUBY_KEY, EMERALD_KEY or SAPPHIRE_KEY
SINGING_BOWL: Final = 17  # reward
LEAVE: Final = 18  # leave, skip or proceed
BUY_CARD: Final = 19
BUY_RELIC: Final = 20
BUY_POTION: Final = 21
BUY_REMOVAL: Final = 22
OPEN_CHEST: Final = 23
REST: Final = 24
SMITH: Final = 25
RECALL: Final = 26
LIFT: Final = 27
TOKE: Final = 28
DIG: Final = 29
TAKE_BOSS_RELIC: Final = 30
SELECT_CARD: Final = 31  # out of a fight: index in the shown list

VERB_NAMES: Final = [
    "play_card",
    "use_potion",
    "end_turn",
    "select",
    "confirm_selection",
    "skip_selection",
    "discard_potion",
    "drink_potion",
    "neow_option",
    "go",
    "event_option",
    "flip_two",
    "take_gold",
    "take_card",
    "take_relic",
    "take_potion",
    "take_key",
    "singing_bowl",
    "leave",
    "buy_card",
    "buy_relic",
    "buy_potion",
    "buy_removal",
    "open_chest",
    "rest",
    "smith",
    "recall",
    "lift",
    "toke",
    "dig",
    "take_boss_relic",
    "select_card",
]

RUBY_KEY: Final = 0
EMERALD_KEY: Final = 1
SAPPHIRE_KEY: Final = 2


# What one more costs the second argument: targets are counted up without packing each action.
NEXT_SECOND: Final = 1 << 20


def make(verb: i64, first: i64 = 0, second: i64 = 0) -> i64:
    """Pack an action."""
    return verb | (first << 8) | (second << 20)


def verb_of(action: i64) -> i64:
    """What kind of action it is."""
    return action & 255


def first_of(action: i64) -> i64:
    """The first argument."""
    return (action >> 8) & 4095


def second_of(action: i64) -> i64:
    """The second argument."""
    return action >> 20
