"""Queued actions that draw, make and move cards, and those about energy (combat.md 9)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import relics
from ascension.game.combat.piles import (
    HAND_LIMIT,
    add_to_hand,
    copy_card,
    draw_now,
    exhaust_now,
    random_hand_card,
    reshuffle_now,
    to_discard,
    to_draw_random,
    to_draw_top,
)
from ascension.game.combat.powers import has_power
from ascension.game.combat.queues import queue_autoplay, top
from ascension.game.combat.registry import new_action
from ascension.game.combat.state import Action, Card, Combat, Creature
from ascension.game.ids import powers as ids

LARGEST_ENERGY: Final = 999

# --- Drawing ---


def draw_cards(n: i64) -> Action:
    """Draw cards, as far as the hand has room."""
    action = Action(DRAW_CARDS)
    action.amount = n
    return action


def _draw_cards(c: Combat, action: Action) -> None:
    n = min(action.amount, HAND_LIMIT - len(c.hand))
    size: i64 = len(c.draw_pile)
    if n <= 0 or size + len(c.discard_pile) == 0 or has_power(c.player, ids.NO_DRAW):
        return
    if n <= size:
        while n > 0:
            draw_now(c)
            n -= 1
        return
    top(c, draw_cards(n - size))
    top(c, reshuffle(c))
    if size > 0:
        top(c, draw_cards(size))


DRAW_CARDS: Final = new_action(_draw_cards)


def reshuffle(c: Combat) -> Action:
    """Shuffle the discard pile into the draw pile. Relics hear of it now, not when it happens."""
    relics.on_shuffle(c)
    return Action(RESHUFFLE)


def _reshuffle(c: Combat, action: Action) -> None:
    reshuffle_now(c)


RESHUFFLE: Final = new_action(_reshuffle)

# --- Making ---


def make_in_hand(card: Card, n: i64) -> Action:
    """Create n of the card in the hand; what does not fit goes to the discard pile."""
    return _making(MAKE_IN_HAND, card, n)


def make_in_discard(card: Card, n: i64) -> Action:
    """Create n of the card on the discard pile."""
    return _making(MAKE_IN_DISCARD, card, n)


def make_in_draw(card: Card, n: i64, on_top: bool) -> Action:
    """Create n of the card on top of the draw pile, or at random spots of it."""
    action = _making(MAKE_IN_DRAW, card, n)
    action.flag = on_top
    return action


def _making(operation: i64, card: Card, n: i64) -> Action:
    action = Action(operation)
    action.card = card
    action.amount = n
    return action


def _made(c: Combat, action: Action) -> list[Card]:
    """The cards that an action creates: the one it holds, and copies of it."""
    card = action.card
    assert card is not None
    cards: list[Card] = []
    n = action.amount
    while n > 0:
        cards.append(card if len(cards) == 0 else copy_card(c, card))
        n -= 1
    return cards


def _make_in_hand(c: Combat, action: Action) -> None:
    for card in _made(c, action):
        add_to_hand(c, card)


def _make_in_discard(c: Combat, action: Action) -> None:
    for card in _made(c, action):
        to_discard(c, card)


def _make_in_draw(c: Combat, action: Action) -> None:
    for card in _made(c, action):
        if action.flag:
            to_draw_top(c, card)
        else:
            to_draw_random(c, card)


MAKE_IN_HAND: Final = new_action(_make_in_hand)
MAKE_IN_DISCARD: Final = new_action(_make_in_discard)
MAKE_IN_DRAW: Final = new_action(_make_in_draw)

# --- Cards of the hand ---


def exhaust_card(card: Card) -> Action:
    """Exhaust this card, if it is in the hand then."""
    action = Action(EXHAUST_CARD)
    action.card = card
    return action


def _exhaust_card(c: Combat, action: Action) -> None:
    card = action.card
    if card is not None and card in c.hand:
        c.hand.remove(card)
        exhaust_now(c, card)


EXHAUST_CARD: Final = new_action(_exhaust_card)


def exhaust_random_card() -> Action:
    """Exhaust a random card of the hand; the only card without a roll."""
    return Action(EXHAUST_RANDOM_CARD)


def _exhaust_random_card(c: Combat, action: Action) -> None:
    card = c.hand[0] if len(c.hand) == 1 else random_hand_card(c)
    if card is not None:
        c.hand.remove(card)
        exhaust_now(c, card)


EXHAUST_RANDOM_CARD: Final = new_action(_exhaust_random_card)


# --- Playing from the draw pile ---


def play_top_card(target: Creature | None, exhaust: bool) -> Action:
    """Play the top card of the draw pile on a target that was rolled already."""
    action = Action(PLAY_TOP_CARD)
    action.target = target
    action.flag = exhaust
    return action


def _play_top_card(c: Combat, action: Action) -> None:
    if len(c.draw_pile) + len(c.discard_pile) == 0:
        return
    if len(c.draw_pile) == 0:
        top(c, action)
        top(c, reshuffle(c))
        return
    card = c.draw_pile.pop()
    card.exhaust_once = action.flag
    queue_autoplay(c, card, action.target)


PLAY_TOP_CARD: Final = new_action(_play_top_card)

# --- Energy ---


def gain_energy(amount: i64) -> Action:
    """Energy for this turn."""
    action = Action(GAIN_ENERGY)
    action.amount = amount
    return action


def lose_energy(amount: i64) -> Action:
    """Lose energy, at most all of it."""
    return gain_energy(-amount)


def _gain_energy(c: Combat, action: Action) -> None:
    c.energy = max(0, min(LARGEST_ENERGY, c.energy + action.amount))


GAIN_ENERGY: Final = new_action(_gain_energy)
