"""Rare Ironclad cards (cards.md 4)."""

from typing import Final

from ascension.game.combat.actions import (
    apply_power,
    attack,
    bottom,
    finish_damage,
    gain_energy,
    heal,
    lose_hp,
    top,
)
from ascension.game.combat.card_effects import (
    add_to_discard,
    damage_to_each,
    draw,
    hit_all,
    killing_blow,
    magic,
    power_on_self,
    strike_to_kill,
)
from ascension.game.combat.card_selections import ROLL_EXHAUST
from ascension.game.combat.card_selections_piles import EXHUME
from ascension.game.combat.damage import damage_monster, gain_max_hp, is_gone
from ascension.game.combat.piles import ALL_THE_COST, lower_cost_for_combat
from ascension.game.combat.powers import has_power, power_amount
from ascension.game.combat.registry import card_use, new_action
from ascension.game.combat.state import NORMAL, Action, Card, Combat, Creature
from ascension.game.ids import cards as ids
from ascension.game.ids import powers
from ascension.game.tables import SKILL

OFFERING_HP: Final = 6
OFFERING_ENERGY: Final = 2


# --- Attacks ---


def _feed(c: Combat, action: Action) -> None:
    if strike_to_kill(c, action):
        gain_max_hp(c, action.extra)
    finish_damage(c)


FEED: Final = new_action(_feed)


@card_use(ids.FEED)
def _use_feed(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, killing_blow(FEED, card, target))


def _burn_hand(c: Combat, action: Action) -> None:
    if action.target is None:
        return
    n = len(c.hand)
    for _ in range(n):
        top(c, attack(c.player, action.target, action.amount))
    for _ in range(n):
        top(c, Action(ROLL_EXHAUST))


BURN_HAND: Final = new_action(_burn_hand)


@card_use(ids.FIEND_FIRE)
def _fiend_fire(c: Combat, card: Card, target: Creature | None) -> None:
    action = Action(BURN_HAND)
    action.target = target
    action.amount = card.damage
    bottom(c, action)


@card_use(ids.IMMOLATE)
def _immolate(c: Combat, card: Card, target: Creature | None) -> None:
    hit_all(c, card)
    add_to_discard(c, ids.BURN, 1)


def _drain(c: Combat, action: Action) -> None:
    amounts = action.amounts or []
    lost = 0
    for i in range(len(amounts)):
        monster = c.monsters[i]
        if not is_gone(monster):
            damage_monster(c, monster, amounts[i], NORMAL, c.player)
            lost += monster.last_damage_taken
    if lost > 0:
        bottom(c, heal(c.player, lost))
    finish_damage(c)


DRAIN: Final = new_action(_drain)


@card_use(ids.REAPER)
def _reaper(c: Combat, card: Card, target: Creature | None) -> None:
    action = Action(DRAIN)
    action.amounts = damage_to_each(c, card)
    bottom(c, action)


# --- Skills ---


@card_use(ids.EXHUME)
def _exhume(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(EXHUME))


def _double_strength(c: Combat, action: Action) -> None:
    strength = power_amount(c.player, powers.STRENGTH)
    if strength != 0:
        top(c, apply_power(c.player, c.player, powers.STRENGTH, strength))


DOUBLE_STRENGTH: Final = new_action(_double_strength)


@card_use(ids.LIMIT_BREAK)
def _limit_break(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(DOUBLE_STRENGTH))


@card_use(ids.OFFERING)
def _offering(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, lose_hp(c.player, c.player, OFFERING_HP))
    bottom(c, gain_energy(OFFERING_ENERGY))
    draw(c, magic(card))


# --- Powers ---


@card_use(ids.BARRICADE)
def _barricade(c: Combat, card: Card, target: Creature | None) -> None:
    power_on_self(c, powers.BARRICADE, 1)


@card_use(ids.BERSERK)
def _berserk(c: Combat, card: Card, target: Creature | None) -> None:
    power_on_self(c, powers.VULNERABLE, magic(card))
    power_on_self(c, powers.BERSERK, 1)


@card_use(ids.CORRUPTION)
def _corruption(c: Combat, card: Card, target: Creature | None) -> None:
    if has_power(c.player, powers.CORRUPTION):
        return
    power_on_self(c, powers.CORRUPTION, 1)
    # The costs fall when `use` runs, before the power is there (cards.md 4).
    for pile in [c.hand, c.draw_pile, c.discard_pile, c.exhaust_pile]:
        for other in pile:
            if other.type() == SKILL:
                lower_cost_for_combat(other, ALL_THE_COST)
