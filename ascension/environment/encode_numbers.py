"""What a card would do if it were played now: hits, damage, block, price in hp.

Estimates from what the screen shows. Chance (random targets, drawn cards) is left to the learner.
"""

from typing import Final, final

from mypy_extensions import i64, mypyc_attr

from ascension.environment.encode_view import View, amount_of
from ascension.game.combat.damage import block_from_card, card_damage
from ascension.game.combat.registry import CARD_BASE_DAMAGE
from ascension.game.combat.state import ALIVE, Card, Combat, Creature
from ascension.game.ids import cards, powers, relics
from ascension.game.tables import (
    ALL_ENEMIES,
    ATTACK,
    CARD_BLOCK,
    CARD_MAGIC,
    CARD_TARGET,
    RANDOM_ENEMY,
)

X_COST: Final = -1

# How often a card hits: a number, or one of these.
_ONCE: Final = 1
_TWICE: Final = 2
_MAGIC: Final = -1  # as often as its magic number says
_ENERGY: Final = -2
_HAND: Final = -3  # once for every other card in hand


def _hit_table() -> list[i64]:
    out: list[i64] = [i64(_ONCE)] * cards.COUNT
    out[cards.TWIN_STRIKE] = _TWICE
    out[cards.PUMMEL] = _MAGIC
    out[cards.SWORD_BOOMERANG] = _MAGIC
    out[cards.WHIRLWIND] = _ENERGY
    out[cards.FIEND_FIRE] = _HAND
    return out


def _hp_cost_table() -> list[i64]:
    out: list[i64] = [i64(0)] * cards.COUNT
    out[cards.OFFERING] = 6
    out[cards.HEMOKINESIS] = 2
    out[cards.BLOODLETTING] = 3
    out[cards.JAX] = 3
    return out


HITS: Final = _hit_table()
HP_COST: Final = _hp_cost_table()


@final
@mypyc_attr(free_list_len=1)
class Outcome:
    """What playing one card at one target would do."""

    def __init__(self) -> None:
        self.hits: i64 = 0
        self.damage: i64 = 0  # to the target, or to the hardest hit of all
        self.damage_all: i64 = 0  # to all together
        self.kills: i64 = 0
        self.block: i64 = 0
        self.hp_cost: i64 = 0


def cost_of(combat: Combat, card: Card) -> i64:
    """Energy that playing it takes: all of it for an X card."""
    if card.cost_now == X_COST:
        return combat.energy
    if card.free_once or card.cost_now < 0:
        return 0
    return card.cost_now


def hits_of(view: View, card: Card) -> i64:
    """How often it hits, doubled plays included."""
    combat = view.combat
    hits = HITS[card.id]
    if hits == _MAGIC:
        hits = CARD_MAGIC[card.row()]
    elif hits == _ENERGY:
        hits = combat.energy + (2 if combat.owned[relics.CHEMICAL_X] else 0)
    elif hits == _HAND:
        hits = max(0, len(combat.hand) - 1)
    return 2 * hits if view.plays_twice else hits


def base_damage_of(combat: Combat, card: Card) -> i64:
    """The number its damage starts from."""
    rule = CARD_BASE_DAMAGE[card.id]
    return card.base_damage if rule is None else rule(combat, card)


def _add_damage(outcome: Outcome, view: View, card: Card, base: i64, monster: Creature) -> None:
    """Damage to one monster; blocked damage counts as damage, a kill needs hp and block."""
    total = card_damage(view.combat, card, base, monster) * outcome.hits
    outcome.damage_all += total
    outcome.damage = max(outcome.damage, total)
    if total >= monster.hp + monster.block:
        outcome.kills += 1


def _attack(outcome: Outcome, view: View, card: Card, target: Creature | None) -> None:
    outcome.hits = hits_of(view, card)
    base = base_damage_of(view.combat, card)
    aim = CARD_TARGET[card.row()]
    for monster in view.monsters:
        if monster.state != ALIVE:
            continue
        if aim == ALL_ENEMIES or monster is target or aim == RANDOM_ENEMY and outcome.damage == 0:
            _add_damage(outcome, view, card, base, monster)
    if aim == RANDOM_ENEMY and len(view.monsters) > 1:
        outcome.kills = 0


def _block(view: View, card: Card) -> i64:
    combat = view.combat
    if card.id == cards.ENTRENCH:
        return combat.player.block
    base = CARD_BLOCK[card.row()]
    if base == 0:
        return 0
    block = block_from_card(combat, card, base)
    if card.id == cards.SECOND_WIND:
        block *= _non_attacks(combat) - 1
    return block


def _non_attacks(combat: Combat) -> i64:
    count: i64 = 0
    for card in combat.hand:
        if card.type() != ATTACK:
            count += 1
    return count


def _hp_cost(view: View, card: Card) -> i64:
    """Its own price plus what pain, hides and thorns answer with, block not counted."""
    cost = HP_COST[card.id] + view.pains + view.beats
    if card.id == cards.PAIN:
        cost -= 1  # only the others hurt
    return cost + view.hides if card.type() == ATTACK else cost


def judge(view: View, card: Card, target: Creature | None) -> Outcome:
    """What playing the card would do."""
    outcome = Outcome()
    if card.type() == ATTACK:
        _attack(outcome, view, card, target)
    outcome.block = _block(view, card)
    outcome.hp_cost = _hp_cost(view, card)
    if target is not None and outcome.hits > 0:
        outcome.hp_cost += amount_of(target, powers.THORNS) * outcome.hits
    return outcome
