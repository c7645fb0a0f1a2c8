"""Which content of the tables has its rules: the one list of what is missing."""

from typing import Final

from ascension.game import tables
from ascension.game.combat import content  # noqa: F401 - registers cards, monsters, potions
from ascension.game.combat.registry import (
    CARD_END_OF_TURN,
    CARD_USE,
    MONSTER_ROLL,
    MONSTER_TURN,
    POTION_USE,
)
from ascension.game.ids import potions

# Relics and events whose rules are not written yet, by name. A test holds that every other one is
# mentioned by a rule; pools leave these out.
MISSING_RELICS: Final[tuple[str, ...]] = ()
MISSING_EVENTS: Final[tuple[str, ...]] = ()

UNPLAYABLE: Final = -2
AUTOMATIC_POTIONS: Final = {potions.FAIRY_IN_A_BOTTLE}  # used by the engine when the player dies


def counts() -> dict[str, int]:
    """Rows of every table of content."""
    return {
        "cards": sum(tables.CARD_IS_OURS),
        "relics": len(tables.RELIC_IDS),
        "potions": len(tables.POTION_IDS),
        "monsters": len(tables.MONSTER_IDS),
        "encounters": len(tables.ENCOUNTER_IDS),
        "events": len(tables.EVENT_IDS),
    }


def names_by_kind() -> dict[str, list[str]]:
    """The names of everything in the tables; cards of other classes, only ever offered, too."""
    return {
        "cards": list(tables.CARD_IDS),
        "relics": list(tables.RELIC_IDS),
        "potions": list(tables.POTION_IDS),
        "powers": list(tables.POWER_IDS),
        "monsters": list(tables.MONSTER_IDS),
        "encounters": list(tables.ENCOUNTER_IDS),
        "events": list(tables.EVENT_IDS),
    }


def _card_is_known(card: int) -> bool:
    if CARD_USE[card] is not None or CARD_END_OF_TURN[card] is not None:
        return True
    return tables.CARD_COST[2 * card] == UNPLAYABLE  # nothing to play


def missing_content() -> dict[str, list[str]]:
    """Names by kind of what has no rules; kinds without a gap are left out."""
    found = {
        "cards": [
            name
            for card, name in enumerate(tables.CARD_IDS)
            if tables.CARD_IS_OURS[card] and not _card_is_known(card)
        ],
        "relics": list(MISSING_RELICS),
        "potions": [
            name
            for potion, name in enumerate(tables.POTION_IDS)
            if POTION_USE[potion] is None and potion not in AUTOMATIC_POTIONS
        ],
        "monsters": [
            name
            for monster, name in enumerate(tables.MONSTER_IDS)
            if MONSTER_ROLL[monster] is None or MONSTER_TURN[monster] is None
        ],
        "events": list(MISSING_EVENTS),
    }
    return {kind: names for kind, names in found.items() if names}
