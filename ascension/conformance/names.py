"""Where the recorded games write a name differently from the content tables."""

from typing import Final

from ascension.game import tables
from ascension.game.errors import unknown

_POTIONS: Final = {"elixir": "elixir_potion", "fairy_in_a_bottle": "fairy_potion"}
_EVENTS: Final = {
    "council_of_ghosts": "ghosts",
    "mind_bloom": "mindbloom",
    "transmogrifier": "transmorgrifier",
}
_MOVES: Final = {"gremlin_wizard_charge": "gremlin_wizard_charging"}
_MONSTER_POWERS: Final = {"strength_up": "generic_strength_up", "regenerate": "regen"}
_PLAYER_POWERS: Final = {"sadistic_nature": "sadistic"}

POTIONS: Final = [_POTIONS.get(name, name) for name in tables.POTION_IDS]
EVENTS: Final = [_EVENTS.get(name, name) for name in tables.EVENT_IDS]
MOVES: Final = [_MOVES.get(name, name) for name in tables.MOVE_IDS]
MONSTER_POWERS: Final = [_MONSTER_POWERS.get(name, name) for name in tables.POWER_IDS]
PLAYER_POWERS: Final = [_PLAYER_POWERS.get(name, name) for name in tables.POWER_IDS]
POTION_NUMBER: Final = tables.index_of(POTIONS)


def potion(number: int) -> str:
    """A potion slot's content as recorded."""
    return "empty" if number < 0 else POTIONS[number]


def potion_number(name: str) -> int:
    """The potion of a recorded name; UnknownContent for others."""
    if name not in POTION_NUMBER:
        raise unknown("potion", name, POTION_NUMBER)
    return POTION_NUMBER[name]
