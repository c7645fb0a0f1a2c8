"""The words that card functions are written in: hit, block, a power on self, a generated card.

Each queues to the bottom, in the order called, with the numbers that were fixed when `use`
started (cards.md 3).
"""

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power,
    attack,
    attack_all,
    bottom,
    draw_cards,
    gain_block,
    make_in_discard,
    make_in_draw,
    make_in_hand,
)
from ascension.game.combat.damage import card_damage, damage_monster, is_gone
from ascension.game.combat.piles import new_card
from ascension.game.combat.powers import has_power
from ascension.game.combat.state import DEAD, NORMAL, Action, Card, Combat, Creature
from ascension.game.ids import powers
from ascension.game.tables import CARD_MAGIC


def magic(card: Card) -> i64:
    """The card's third number, M of cards.md."""
    return CARD_MAGIC[card.row()]


def queue(c: Combat, operation: i64, amount: i64) -> None:
    """Queue an action of the card's own that needs one number."""
    action = Action(operation)
    action.amount = amount
    bottom(c, action)


def hit(c: Combat, card: Card, target: Creature | None) -> None:
    """Hit the chosen target for the card's damage."""
    if target is not None:
        bottom(c, attack(c.player, target, card.damage))


def damage_to_each(c: Combat, card: Card) -> list[i64]:
    """The card's damage to every monster, by position in `c.monsters`."""
    amounts: list[i64] = []
    for monster in c.monsters:
        amounts.append(card_damage(c, card, card.base_damage, monster))
    return amounts


def hit_all(c: Combat, card: Card) -> None:
    """Hit every enemy at once."""
    bottom(c, attack_all(c.player, damage_to_each(c, card)))


def block(c: Combat, card: Card) -> None:
    """Gain the card's block."""
    bottom(c, gain_block(c.player, card.block))


def draw(c: Combat, n: i64) -> None:
    """Draw cards."""
    bottom(c, draw_cards(n))


def power_on_self(c: Combat, power: i64, n: i64) -> None:
    """The player gives himself a power."""
    bottom(c, apply_power(c.player, c.player, power, n))


def power_on(c: Combat, target: Creature | None, power: i64, n: i64) -> None:
    """The player gives the target a power."""
    if target is not None:
        bottom(c, apply_power(target, c.player, power, n))


def power_on_each(c: Combat, power: i64, n: i64) -> None:
    """One application per enemy, the dead included: theirs do nothing."""
    for monster in c.monsters:
        bottom(c, apply_power(monster, c.player, power, n))


def add_to_discard(c: Combat, id: i64, n: i64) -> None:
    """Create cards in the discard pile."""
    bottom(c, make_in_discard(new_card(c, id, 0), n))


def shuffle_in(c: Combat, id: i64, n: i64) -> None:
    """Create cards at random spots of the draw pile."""
    bottom(c, make_in_draw(new_card(c, id, 0), n, False))


def add_to_hand_later(c: Combat, id: i64, n: i64) -> None:
    """Create cards in the hand."""
    bottom(c, make_in_hand(new_card(c, id, 0), n))


def rolled_card(c: Combat, pool: list[i64]) -> Card:
    """A fresh card of a random kind from an ordered list (combat.md 9)."""
    return new_card(c, pool[c.run.card_random_rng.random(len(pool) - 1)], 0)


# --- Hits that reward a kill ---


def killing_blow(operation: int, card: Card, target: Creature | None) -> Action:
    """An action that hits the target and rewards its death with the card's magic number."""
    action = Action(operation)
    action.target = target
    action.card = card
    action.amount = card.damage
    action.extra = magic(card)
    return action


def strike_to_kill(c: Combat, action: Action) -> bool:
    """Deal the queued damage; whether it killed an enemy that counts (not a minion)."""
    target = action.target
    if target is None or is_gone(target):
        return False
    damage_monster(c, target, action.amount, NORMAL, c.player)
    return target.state == DEAD and not has_power(target, powers.MINION)


def same_instances(c: Combat, card: Card) -> list[Card]:
    """The card and every other card of the fight with its uid (its copies being played)."""
    out = [card]
    for pile in [c.hand, c.draw_pile, c.discard_pile, c.exhaust_pile, c.limbo]:
        for other in pile:
            if other.uid == card.uid and other is not card:
                out.append(other)
    return out
