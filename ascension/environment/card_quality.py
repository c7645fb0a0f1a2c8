"""How good a card is by itself, from about -8 (a curse) to 10: a table of judgements.

Used by the reward that pays for the deck's quality and by the rule-based teacher.
"""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ascension.game.run import DeckCard
from ascension.game.tables import CARD_IDS, index_of

_TABLE: Final = Path(__file__).parent.parent / "data" / "card_quality.csv"
FOREIGN_QUALITY: Final = 0.0  # cards of other classes: the rules cannot play them
UPGRADE_FACTOR: Final = 1.3


def _read() -> list[float]:
    quality = [FOREIGN_QUALITY] * len(CARD_IDS)
    position = index_of(CARD_IDS)
    with _TABLE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            quality[position[row["card"]]] = float(row["quality"])
    return quality


CARD_QUALITY: Final = _read()


def deck_potential(deck: Iterable[DeckCard]) -> float:
    """Mean quality of a deck, an upgraded card counting 1.3 times; 0 for an empty one."""
    values = [
        CARD_QUALITY[card.id] * (UPGRADE_FACTOR if card.upgrades > 0 else 1.0) for card in deck
    ]
    return sum(values) / len(values) if values else 0.0
