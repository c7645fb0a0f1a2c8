"""Card choices out of a fight: which cards qualify, and what is done with the chosen ones.

Opened by Neow, rest sites, shops, events and relics; every choice is forced once it is open.
"""

from mypy_extensions import i64

from ascension.game.actions import SELECT_CARD, make
from ascension.game.ids import relics as R
from ascension.game.run import DeckCard, Run
from ascension.game.tables import (
    BASIC,
    CARD_RARITY,
    CARD_REMOVABLE,
    CARD_TYPE,
    CURSE_RARITY,
    RARE,
    UNCOMMON,
)
from ascension.game.world import deck, relics
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
    # UNCERTAIN(relics.csv astrolabe): Astrolabe offers bottled cards. Settled by: take Astrolabe
    #   with a bottled card: is it in the list?
    if purpose == TRANSFORM_UPGRADE:  # astrolabe offers bottled cards too (rewards.md 7)
        return CARD_REMOVABLE[card.id] != 0
    if purpose == BOTTLE:
        return CARD_REMOVABLE[card.id] != 0 and CARD_TYPE[card.id] == card_type
    return can_remove(card)


def candidates(run: Run, purpose: i64, card_type: i64 = -1) -> list[i64]:
    """Deck positions of the cards that qualify, in deck order."""
    out: list[i64] = []
    for position, card in enumerate(run.deck):
        if qualifies(card, purpose, card_type):
            out.append(position)
    return out


def open_deck_select(
    run: Run,
    purpose: i64,
    count: i64 = 1,
    stream: i64 = MISC_STREAM,
    *,
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


def legal(screen: CardSelectScreen) -> list[i64]:
    """One action per card shown."""
    shown = len(screen.offer) if screen.purpose == OBTAIN else len(screen.indices)
    out: list[i64] = []
    for position in range(shown):
        out.append(make(SELECT_CARD, position))
    return out


def choose(run: Run, screen: CardSelectScreen, position: i64) -> None:
    """Choose the card at this position of the list; the last choice completes the screen."""
    if screen.purpose == OBTAIN:
        close(run, screen)
        card = screen.offer[position]
        deck.add_card(run, card.id, card.upgrades, card.misc)
        return
    screen.chosen.append(screen.indices[position])
    del screen.indices[position]
    if len(screen.chosen) == screen.pick:
        close(run, screen)
        complete(run, screen)


def complete(run: Run, screen: CardSelectScreen) -> None:
    """Do to the chosen cards what the screen was opened for."""
    chosen = screen.chosen
    rng = run.neow_rng if screen.stream == NEOW_STREAM else run.misc_rng
    if screen.purpose == REMOVE:
        deck.remove_at(run, chosen)
    elif screen.purpose == UPGRADE:
        _upgrade_all(run, chosen)
    elif screen.purpose in (TRANSFORM, TRANSFORM_UPGRADE):
        deck.transform_at(run, chosen, rng, screen.purpose == TRANSFORM_UPGRADE)
    elif screen.purpose == DUPLICATE:
        deck.duplicate_at(run, chosen[0])
    elif screen.purpose == BOTTLE:
        deck.bottle_at(run, chosen[0])
    elif screen.purpose == BONFIRE_SPIRITS:
        _offer_to_spirits(run, chosen[0])
    if screen.then == THEN_UPGRADE_RANDOM:
        deck.upgrade_random(run, 1, run.misc_rng)


def _upgrade_all(run: Run, positions: list[i64]) -> None:
    for position in positions:
        deck.upgrade_at(run, position)


def _offer_to_spirits(run: Run, position: i64) -> None:
    """Bonfire spirits: the rarity of the offered card decides the reward (events.md 3)."""
    rarity = CARD_RARITY[run.deck[position].id]
    deck.remove_at(run, [position])
    if rarity == CURSE_RARITY:
        relics.obtain(run, R.SPIRIT_POOP)
    elif rarity == RARE:
        relics.gain_max_hp(run, 10)
        relics.heal(run, run.max_hp)
    elif rarity == UNCOMMON:
        relics.heal(run, run.max_hp)
    elif rarity != BASIC:
        relics.heal(run, 5)
