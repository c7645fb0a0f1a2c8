"""Card choices out of a fight: which cards qualify, and what is done with the chosen ones.

Opened by Neow, rest sites, shops, events and relics; every choice is forced once it is open.
"""

from mypy_extensions import i64

from ascension.game.actions import SELECT_CARD, make
from ascension.game.ids import cards, relics
from ascension.game.rng import Rng
from ascension.game.run import DeckCard, Run
from ascension.game.tables import (
    BASIC,
    CARD_RARITY,
    CARD_REMOVABLE,
    CARD_TYPE,
    CARD_UPGRADABLE,
    CURSE,
    RARE,
    SPECIAL,
    UNCOMMON,
)
from ascension.game.tables import COMMON as COMMON_RARITY
from ascension.game.world import deck
from ascension.game.world.screens import (
    BONFIRE_SPIRITS,
    BOTTLE,
    DUPLICATE,
    MISC_STREAM,
    NEOW_STREAM,
    OBTAIN,
    REMOVE,
    THEN_NOTHING,
    THEN_UPGRADE_RANDOM,
    TRANSFORM,
    TRANSFORM_UPGRADE,
    UPGRADE,
    CardSelectScreen,
    close,
    push,
)


def can_remove(card: DeckCard) -> bool:
    """Whether removal and transform lists show the card: not eternal, not bottled."""
    return CARD_REMOVABLE[card.id] != 0 and not card.bottled


def qualifies(card: DeckCard, purpose: i64, card_type: i64) -> bool:
    """Whether a card may be chosen for the purpose; `card_type` matters for bottles only."""
    if purpose == UPGRADE:
        return deck.can_upgrade(card)
    if purpose == DUPLICATE:
        return True
    if purpose == TRANSFORM_UPGRADE:  # astrolabe offers bottled cards too (rewards.md 7)
        return CARD_REMOVABLE[card.id] != 0
    if purpose == BOTTLE:
        return CARD_REMOVABLE[card.id] != 0 and CARD_TYPE[card.id] == card_type
    return can_remove(card)


def candidates(run: Run, purpose: i64, card_type: i64 = -1) -> list[i64]:
    """Deck positions of the cards that qualify, in deck order."""
    out: list[i64] = []
    position: i64 = 0
    for card in run.deck:
        if qualifies(card, purpose, card_type):
            out.append(position)
        position += 1
    return out


def open_deck_select(
    run: Run,
    purpose: i64,
    count: i64 = 1,
    stream: i64 = MISC_STREAM,
    card_type: i64 = -1,
    then: i64 = THEN_NOTHING,
    automatic: bool = False,
) -> bool:
    """Ask for `count` cards of the deck, on top of the present screen.

    False, and nothing opens, when no card qualifies. `automatic`: with no more than `count`
    cards all are taken without asking (astrolabe, empty cage).
    """
    indices = candidates(run, purpose, card_type)
    if len(indices) == 0:
        return False
    screen = CardSelectScreen(purpose, min(count, i64(len(indices))))
    screen.indices = indices
    screen.stream = stream
    screen.then = then
    if automatic and i64(len(indices)) <= count:
        screen.chosen = indices
        complete(run, screen)
    else:
        push(run, screen)
    return True


def open_offer(run: Run, offer: list[DeckCard]) -> None:
    """Ask for one card out of `offer` to put into the deck (the library)."""
    screen = CardSelectScreen(OBTAIN, 1)
    screen.offer = offer
    push(run, screen)
