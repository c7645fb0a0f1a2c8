"""The monster tables as numbers by ascension: hp, announced damage, hits, intents, effects.

A scaled number is written `3/2:4/17:5`: 3, from ascension 2 on 4, from 17 on 5. `-` in front of
the first tier means that there is nothing below it.
"""

from typing import Final, final

from mypy_extensions import i64

from ascension.game.tables import CARD_IDS, MONSTER_IDS, MOVE_IDS, POWER_IDS, index_of, read_rows

ASCENSIONS: Final = 21
ABSENT: Final = -1000  # no such effect at this ascension
OWN_NUMBER: Final = "*"  # the monster's own rule gives the number

# What an effect does.
HIT: Final = 0
BLOCK: Final = 1
HEAL: Final = 2
POWER: Final = 3
TO_DISCARD: Final = 4
TO_DRAW: Final = 5
# Whom it is for.
SELF: Final = 0
THE_PLAYER: Final = 1
EVERYONE: Final = 2  # every monster that is still there, in list order

# What follows a move.
OWN_RULE: Final = 0
ROLL: Final = 1  # a roll is queued as the last action of the turn
NEXT: Final = 2  # a set move is queued as the last action of the turn
NOW: Final = 3  # the next move is set when the turn starts
ROLL_NOW: Final = 4  # the roll happens when the turn starts, as recorded games have it


@final
class Effect:
    """One effect of a move or of a monster's first appearance."""

    __slots__ = ("amounts", "kind", "target", "what")

    def __init__(self, kind: i64, target: i64, what: i64, amounts: list[i64]) -> None:
        self.kind: i64 = kind
        self.target: i64 = target
        self.what: i64 = what  # power or card id
        self.amounts: list[i64] = amounts  # by ascension


def tiers(text: str) -> list[str]:
    """The words of a scaled cell for ascensions 0..20."""
    first, *steps = text.split("/")
    out = [first] * ASCENSIONS
    for step in steps:
        tier, word = step.split(":")
        out[int(tier) :] = [word] * (ASCENSIONS - int(tier))
    return out


def scaled(text: str) -> list[i64]:
    """A scaled number for ascensions 0..20."""
    out: list[i64] = []
    for word in tiers(text):
        out.append(ABSENT if word == "-" else int(word))
    return out


_POWER: Final = index_of(POWER_IDS)
_CARD: Final = index_of(CARD_IDS)
_MOVE: Final = index_of(MOVE_IDS)
_TARGET: Final = {"self": SELF, "player": THE_PLAYER, "everyone": EVERYONE}
_AMOUNT_KIND: Final = {"block": BLOCK, "heal": HEAL}
_PILE: Final = {"discard": TO_DISCARD, "draw": TO_DRAW}


def _effect(text: str) -> Effect:
    words = text.split()
    if words == ["hit"]:
        return Effect(HIT, THE_PLAYER, 0, scaled("0"))
    if words[0] == "block":
        return Effect(BLOCK, SELF, 0, scaled(words[1]))
    if words[0] in _PILE:
        return Effect(_PILE[words[0]], THE_PLAYER, _CARD[words[1]], scaled(words[2]))
    target = _TARGET[words[0]]
    if words[1] in _AMOUNT_KIND:
        return Effect(_AMOUNT_KIND[words[1]], target, 0, scaled(words[2]))
    return Effect(POWER, target, _POWER[words[1]], scaled(words[2]))


def effects_of(text: str) -> list[Effect]:
    """The effects written in a table cell, separated by semicolons."""
    return [_effect(part.strip()) for part in text.split(";") if part.strip()]


_MOVES: Final = read_rows("moves")
_MONSTERS: Final = read_rows("monsters")
INTENT_NAMES: Final = sorted({name for row in _MOVES for name in tiers(row["intent"])})


def _flat(column: str, empty: str) -> list[i64]:
    """A scaled column of the moves, flat: `ASCENSIONS * move + ascension`."""
    out: list[i64] = []
    for row in _MOVES:
        cell = row[column]
        out += scaled("0" if cell == OWN_NUMBER else cell or empty)
    return out


def _intents() -> list[i64]:
    code = index_of(INTENT_NAMES)
    return [code[name] for row in _MOVES for name in tiers(row["intent"])]


MOVE_DAMAGE: Final = _flat("damage", "-1")
MOVE_HITS: Final = _flat("hits", "0")
MOVE_INTENT: Final = _intents()
MOVE_EFFECTS: Final = [effects_of(row["effects"]) for row in _MOVES]
START_EFFECTS: Final = [effects_of(row["start"]) for row in _MONSTERS]

_FOLLOW: Final = {"": OWN_RULE, "roll": ROLL, "next": NEXT, "now": NOW, "roll_now": ROLL_NOW}
MOVE_FOLLOW: Final[list[i64]] = [_FOLLOW[row["then"].split(" ")[0]] for row in _MOVES]
# The move that follows with NEXT and NOW; the move itself otherwise.
MOVE_FOLLOWER: Final[list[i64]] = [
    _MOVE[f"{row['monster']}_{(row['then'].split(' ') + [row['move']])[1]}"] for row in _MOVES
]


def _hp(column: str, end: int) -> list[i64]:
    """Lowest (end 0) or highest (end -1) hp by monster."""
    return [int(row[column].split("-")[end]) for row in _MONSTERS]


HP_LOW: Final = _hp("hp_base", 0)
HP_HIGH: Final = _hp("hp_base", -1)
HP_LOW_AT_BREAK: Final = _hp("hp_at_break", 0)
HP_HIGH_AT_BREAK: Final = _hp("hp_at_break", -1)
# The ascension from which the second range holds; ASCENSIONS: never.
HP_BREAK: Final[list[i64]] = [
    ASCENSIONS if row["hp_break"] == "none" else int(row["hp_break"][1:]) for row in _MONSTERS
]
HP_DRAWS: Final[list[i64]] = [int(row["hp_draws"]) for row in _MONSTERS]
MONSTER_KINDS: Final = ["normal", "elite", "boss", "minion"]
MONSTER_KIND: Final[list[i64]] = [MONSTER_KINDS.index(row["kind"]) for row in _MONSTERS]
MONSTER_COUNT: Final = len(MONSTER_IDS)


def intent_name(move: i64, ascension: i64) -> str:
    """The intent that a player sees for a move, as a word; the real game's word lower-case."""
    return INTENT_NAMES[MOVE_INTENT[ASCENSIONS * move + ascension]]
