"""Changes of the deck: adding, removing, upgrading and transforming cards, with what relics do.

The deck list and its cards are replaced, never changed in place, so that clones share them.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.ids import cards
from ascension.game.rng import Rng, java_shuffled
from ascension.game.run import DeckCard, Run
from ascension.game.tables import CARD_IS_STARTER, CARD_TYPE, CARD_UPGRADABLE
from ascension.game.world import pools, relics

PARASITE_MAX_HP: Final = 3


def can_upgrade(card: DeckCard) -> bool:
    """Whether the card can be upgraded (once more: searing blow)."""
    if CARD_UPGRADABLE[card.id] == 0:
        return False
    return card.upgrades == 0 or card.id == cards.SEARING_BLOW


def add_card(run: Run, card_id: i64, upgrades: i64 = 0, misc: i64 = 0) -> bool:
    """Obtain a card: omamori may turn it away (False), eggs and the other relics act."""
    if relics.blocks_card(run, card_id):
        return False
    enter_deck(run, card_id, upgrades, misc)
    return True


def enter_deck(run: Run, card_id: i64, upgrades: i64 = 0, misc: i64 = 0) -> None:
    """Obtain a card that omamori has already let pass (events test it earlier)."""
    card = DeckCard(card_id, relics.egg_upgrades(run, card_id, upgrades), misc)
    run.deck = [*run.deck, card]
    relics.card_obtained(run, card)


def remove_at(run: Run, positions: list[i64]) -> None:
    """Remove the cards at these positions of the deck; a parasite costs 3 max hp."""
    kept: list[DeckCard] = []
    removed: list[DeckCard] = []
    for position, card in enumerate(run.deck):
        if position in positions:
            removed.append(card)
        else:
            kept.append(card)
    run.deck = kept
    for card in removed:
        if card.id == cards.PARASITE:
            relics.lose_max_hp(run, PARASITE_MAX_HP)


def replace_at(run: Run, position: i64, card: DeckCard) -> None:
    """Put another card in the place of one."""
    deck = run.deck[:]
    deck[position] = card
    run.deck = deck


def upgrade_at(run: Run, position: i64) -> None:
    """Upgrade the card at this position."""
    old = run.deck[position]
    replace_at(run, position, DeckCard(old.id, old.upgrades + 1, old.misc, old.bottled))


def bottle_at(run: Run, position: i64) -> None:
    """Put the card at this position into a bottle."""
    old = run.deck[position]
    replace_at(run, position, DeckCard(old.id, old.upgrades, old.misc, True))


def duplicate_at(run: Run, position: i64) -> None:
    """Obtain a copy of the card at this position; the copy is not bottled."""
    old = run.deck[position]
    add_card(run, old.id, old.upgrades, old.misc)


def transform_at(run: Run, positions: list[i64], rng: Rng, upgrade: bool) -> None:
    """Transform cards: drawn in this order, the old ones leave first (rewards.md 7)."""
    results: list[i64] = []
    for position in positions:
        results.append(pools.transformed(run.deck[position].id, rng))
    remove_at(run, positions)
    for card_id in results:
        upgraded = upgrade and CARD_UPGRADABLE[card_id] != 0
        add_card(run, card_id, 1 if upgraded else 0)


def upgradable(run: Run, card_type: i64 = -1) -> list[i64]:
    """Positions of upgradable cards, of one type if given, in deck order."""
    out: list[i64] = []
    for position, card in enumerate(run.deck):
        if can_upgrade(card) and (card_type < 0 or CARD_TYPE[card.id] == card_type):
            out.append(position)
    return out


def upgrade_random(run: Run, count: i64, rng: Rng, card_type: i64 = -1) -> None:
    """Shuffle the upgradable cards (one long of `rng`, even with none) and upgrade the first."""
    order = java_shuffled(upgradable(run, card_type), rng)
    for position in order[:count]:
        upgrade_at(run, position)


def starter_positions(run: Run) -> list[i64]:
    """Positions of the starter strikes and defends."""
    out: list[i64] = []
    for position, card in enumerate(run.deck):
        if CARD_IS_STARTER[card.id] != 0:
            out.append(position)
    return out


def starting_deck(ascension: i64) -> list[DeckCard]:
    """The Ironclad's deck, with ascender's bane in front from ascension 10."""
    deck: list[DeckCard] = []
    if ascension >= 10:
        deck.append(DeckCard(cards.ASCENDERS_BANE))
    for _ in range(5):
        deck.append(DeckCard(cards.STRIKE_RED))
    for _ in range(4):
        deck.append(DeckCard(cards.DEFEND_RED))
    deck.append(DeckCard(cards.BASH))
    return deck
