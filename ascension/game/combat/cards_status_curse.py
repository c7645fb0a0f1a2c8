"""Status and curse cards (cards.md 7 and 8).

What they do elsewhere: Pain reacts to other cards and Normality forbids them (`engine.py`,
`legal.py`), Parasite and the curses that cannot be removed belong to the deck (`world/deck.py`).
"""

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power_from_monster,
    bottom,
    lose_energy,
    lose_hp,
    make_in_draw,
    make_in_hand,
    thorns_damage,
    top,
)
from ascension.game.combat.card_effects import magic
from ascension.game.combat.piles import copy_card, new_card
from ascension.game.combat.registry import (
    CARD_END_OF_TURN,
    CARD_ON_DRAW,
    CARD_ON_EXHAUST,
    card_use,
)
from ascension.game.combat.state import Card, CardItem, Combat, Creature
from ascension.game.ids import cards as ids
from ascension.game.ids import powers

# --- In the hand at the end of the turn ---
# First the card queues itself; then, in its turn, it is used as a no-trigger card. Played by
# hand through Blue Candle or Medical Kit these cards do nothing of their own.


def _queue_itself(c: Combat, card: Card) -> None:
    card.no_trigger = True
    c.card_queue.append(CardItem(card))


def _queue_regret(c: Combat, card: Card) -> None:
    card.base_magic = len(c.hand)
    _queue_itself(c, card)


def _queue_pride(c: Combat, card: Card) -> None:
    bottom(c, make_in_draw(copy_card(c, card), 1, True))


for _id in [ids.BURN, ids.DECAY, ids.DOUBT, ids.SHAME]:
    CARD_END_OF_TURN[_id] = _queue_itself
CARD_END_OF_TURN[ids.REGRET] = _queue_regret
CARD_END_OF_TURN[ids.PRIDE] = _queue_pride


@card_use(ids.BURN, ids.DECAY)
def _burn(c: Combat, card: Card, target: Creature | None) -> None:
    if card.no_trigger:
        top(c, thorns_damage(c.player, c.player, magic(card)))


@card_use(ids.REGRET)
def _regret(c: Combat, card: Card, target: Creature | None) -> None:
    if card.no_trigger:
        top(c, lose_hp(c.player, c.player, card.base_magic))


@card_use(ids.DOUBT)
def _doubt(c: Combat, card: Card, target: Creature | None) -> None:
    _weaken_self(c, card, powers.WEAK)


@card_use(ids.SHAME)
def _shame(c: Combat, card: Card, target: Creature | None) -> None:
    _weaken_self(c, card, powers.FRAIL)


def _weaken_self(c: Combat, card: Card, power: i64) -> None:
    """The flag of a monster's debuff makes it last through the next turn (powers.md 3)."""
    if card.no_trigger:
        top(c, apply_power_from_monster(c.player, c.player, power, magic(card)))


# --- Drawn, exhausted ---


def _void_drawn(c: Combat, card: Card) -> None:
    bottom(c, lose_energy(1))


def _necronomicurse_exhausted(c: Combat, card: Card) -> None:
    bottom(c, make_in_hand(new_card(c, ids.NECRONOMICURSE, 0), 1))


CARD_ON_DRAW[ids.VOID] = _void_drawn
CARD_ON_EXHAUST[ids.NECRONOMICURSE] = _necronomicurse_exhausted
