"""Known worlds of five seeds: maps, lists, pools, Neow, rewards, shops, chests, "?" rolls."""

import json
from pathlib import Path
from typing import Any

from ascension.game.rng import seed_from_text
from ascension.game.run import EMPTY_POTION, DeckCard, Run
from ascension.game.tables import CARD_IDS, POTION_IDS, RELIC_IDS
from ascension.game.world import progress

_FILE = Path(__file__).parent.parent / "data" / "world_vectors.json"
VECTORS: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
SEEDS = sorted(VECTORS)


def run_of(seed: str, ascension: int = 0, acts: int = 4) -> Run:
    """A run at its start, by the seed's text."""
    return progress.start_run(seed_from_text(seed), ascension, acts)


def card_names(cards: list[DeckCard]) -> list[str]:
    """The ids of cards as text."""
    return [CARD_IDS[card.id] for card in cards]


def relic_names(relics: list[int]) -> list[str]:
    """The ids of relics as text."""
    return [RELIC_IDS[relic] for relic in relics]


def potion_names(potions: list[int]) -> list[str]:
    """The ids of potions as text; empty slots are `empty`."""
    return ["empty" if p == EMPTY_POTION else POTION_IDS[p] for p in potions]
