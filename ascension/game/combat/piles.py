"""Cards in a fight: making them, their costs, moving them between piles (cards.md 2, combat.md 2).

A card that is made gets a provisional negative uid; the running number is given when it first
enters a pile, so that cards which are only offered use none up.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import relics
from ascension.game.combat.power_hooks import DRAWN, EXHAUSTED
from ascension.game.combat.powers import fire_card, has_power
from ascension.game.combat.registry import CARD_ON_DRAW, CARD_ON_EXHAUST
from ascension.game.combat.state import Card, Combat
from ascension.game.ids import cards as ids
from ascension.game.ids import powers
from ascension.game.rng import java_shuffle_order
from ascension.game.tables import (
    CARD_COST,
    CARD_DAMAGE,
    CARD_UPGRADABLE,
    CURSE,
    SKILL,
    STATUS,
)

HAND_LIMIT: Final = 10
ALL_THE_COST: Final = 9  # corruption lowers costs by more than any card costs

# --- Making cards ---


def new_card(c: Combat, card_id: i64, upgrades: i64) -> Card:
    """A fresh card. Blood for Blood knows the losses of the fight so far."""
    card = Card(card_id, upgrades, _draft_uid(c))
    if card_id == ids.BLOOD_FOR_BLOOD:
        card.cost = max(0, card.cost - c.hp_losses)
        card.cost_now = card.cost
    return card


def copy_card(c: Combat, card: Card) -> Card:
    """A stat-equivalent copy: the same numbers and costs, a new uid."""
    return card.copy(_draft_uid(c))


def _draft_uid(c: Combat) -> i64:
    c.drafts += 1
    return -c.drafts


def _enter(c: Combat, card: Card) -> None:
    """Number a card that enters a pile for the first time."""
    if card.uid < 0:
        card.uid = c.next_uid
        c.next_uid += 1


# --- Costs and upgrades ---


def set_cost_for_turn(card: Card, n: i64) -> None:
    """Cost until the end of the turn; X and unplayable cards keep theirs."""
    if card.cost_now >= 0:
        card.cost_now = max(0, n)


def lower_cost_for_combat(card: Card, k: i64) -> None:
    """Lower what the card costs now, and with it what it costs in this fight."""
    if card.cost_now > 0:
        card.cost_now = max(0, card.cost_now - k)
        card.cost = card.cost_now
    elif card.cost >= 0:
        card.cost = max(0, card.cost - k)
        card.cost_now = 0


def shift_cost(card: Card, k: i64) -> None:
    """Shift the cost of the fight; a difference of this turn's cost stays."""
    if not _cost_may_shift(card):
        return
    difference = card.cost - card.cost_now
    cost = max(0, card.cost + k)
    if cost != card.cost:
        card.cost = cost
        card.cost_now = max(0, cost - difference)


def _cost_may_shift(card: Card) -> bool:
    type = card.type()
    if type == CURSE:
        return card.id == ids.PRIDE
    return type != STATUS or card.id == ids.SLIMED


def can_upgrade(card: Card) -> bool:
    """Whether the card can be upgraded in a fight; searing blow always can."""
    if card.type() == CURSE or card.type() == STATUS:
        return False
    if card.id == ids.SEARING_BLOW:
        return True
    return card.upgrades == 0 and CARD_UPGRADABLE[card.id] == 1


def upgrade_card(card: Card) -> None:
    """Upgrade for the rest of the fight."""
    if card.upgrades == 0:
        base = 2 * card.id
        card.base_damage += CARD_DAMAGE[base + 1] - CARD_DAMAGE[base]
        if card.id == ids.BLOOD_FOR_BLOOD:
            _set_base_cost(card, max(0, card.cost - 1) if card.cost < 4 else 3)
        elif CARD_COST[base + 1] != CARD_COST[base]:
            _set_base_cost(card, CARD_COST[base + 1])
    card.upgrades += 1


def _set_base_cost(card: Card, cost: i64) -> None:
    difference = card.cost_now - card.cost
    card.cost = cost
    if card.cost_now > 0:
        card.cost_now = max(0, cost + difference)


def reset_costs(c: Combat) -> None:
    """The end of the turn: what was changed for the turn is forgotten (not in the exhaust pile)."""
    for card in c.draw_pile:
        card.cost_now = card.cost
    for card in c.discard_pile:
        card.cost_now = card.cost
    for card in c.hand:
        card.cost_now = card.cost


# --- Moving cards (a card to be moved has left its old pile already) ---


def add_to_hand(c: Combat, card: Card) -> None:
    """To the right end of the hand; to the discard pile when the hand is full."""
    if len(c.hand) >= HAND_LIMIT:
        to_discard(c, card)
        return
    _enter(c, card)
    if card.type() == SKILL and has_power(c.player, powers.CORRUPTION):
        set_cost_for_turn(card, 0)
    c.hand.append(card)


def to_discard(c: Combat, card: Card) -> None:
    """To the top of the discard pile."""
    _enter(c, card)
    c.discard_pile.append(card)


def to_draw_top(c: Combat, card: Card) -> None:
    """To the top of the draw pile."""
    _enter(c, card)
    c.draw_pile.append(card)


def to_draw_bottom(c: Combat, card: Card) -> None:
    """To the bottom of the draw pile."""
    _enter(c, card)
    c.draw_pile.insert(0, card)


def to_draw_random(c: Combat, card: Card) -> None:
    """To a random spot of the draw pile, never the very top unless it is empty."""
    _enter(c, card)
    size: i64 = len(c.draw_pile)
    if size == 0:
        c.draw_pile.append(card)
    else:
        c.draw_pile.insert(c.run.card_random_rng.random(size - 1), card)


def exhaust_now(c: Combat, card: Card) -> None:
    """Exhaust a card: relics, powers and the card itself react, then it lies on the pile."""
    relics.on_exhaust(c, card)
    fire_card(c, c.player, EXHAUSTED, card, None)
    rule = CARD_ON_EXHAUST[card.id]
    if rule is not None:
        rule(c, card)
    _enter(c, card)
    c.exhaust_pile.append(card)


def draw_now(c: Combat) -> None:
    """Draw the top card; the draw pile is not empty and the hand not full."""
    card = c.draw_pile.pop()
    rule = CARD_ON_DRAW[card.id]
    if rule is not None:
        rule(c, card)
    c.hand.append(card)
    fire_card(c, c.player, DRAWN, card, None)


def reshuffle_now(c: Combat) -> None:
    """Shuffle the discard pile onto the draw pile; costs a draw even when it is empty."""
    discarded = c.discard_pile
    order = java_shuffle_order(len(discarded), c.run.shuffle_rng)
    c.discard_pile = []
    for position in order:
        c.draw_pile.append(discarded[position])


def random_hand_card(c: Combat) -> Card | None:
    """A card of the hand picked with `card_random_rng`; None, and no roll, for an empty hand."""
    size: i64 = len(c.hand)
    if size == 0:
        return None
    return c.hand[c.run.card_random_rng.random(size - 1)]
