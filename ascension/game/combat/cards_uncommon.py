"""Uncommon Ironclad cards (cards.md 4)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power,
    attack,
    attack_all,
    bottom,
    draw_cards,
    exhaust_card,
    gain_block,
    gain_energy,
    lose_hp,
    make_in_hand,
    top,
)
from ascension.game.combat.card_effects import (
    add_to_hand_later,
    block,
    damage_to_each,
    draw,
    hit,
    magic,
    power_on,
    power_on_each,
    power_on_self,
    queue,
    rolled_card,
    same_instances,
    shuffle_in,
)
from ascension.game.combat.card_selections import DUAL_WIELD, EXHAUST_ONE
from ascension.game.combat.damage import add_block
from ascension.game.combat.piles import set_cost_for_turn
from ascension.game.combat.powers import has_power
from ascension.game.combat.registry import (
    CARD_BASE_DAMAGE,
    CARD_ON_EXHAUST,
    card_use,
    new_action,
)
from ascension.game.combat.relics import owns
from ascension.game.combat.state import Action, Card, Combat, Creature
from ascension.game.ids import cards as ids
from ascension.game.ids import powers, relics
from ascension.game.tables import ATTACK, CARD_DAMAGE, IN_COMBAT_RED_ATTACK

BLOODLETTING_HP: Final = 3
CHEMICAL_X: Final = 2  # added to X by the relic


# --- Attacks ---


def _searing_blow_damage(c: Combat, card: Card) -> i64:
    n = card.upgrades
    return CARD_DAMAGE[2 * ids.SEARING_BLOW] + n * (n + 7) // 2


CARD_BASE_DAMAGE[ids.SEARING_BLOW] = _searing_blow_damage


def _non_attacks(c: Combat) -> list[Card]:
    out: list[Card] = []
    for card in c.hand:
        if card.type() != ATTACK:
            out.append(card)
    return out


def _exhaust_non_attacks(c: Combat, action: Action) -> None:
    for card in _non_attacks(c):
        top(c, exhaust_card(card))


EXHAUST_NON_ATTACKS: Final = new_action(_exhaust_non_attacks)


@card_use(ids.SEVER_SOUL)
def _sever_soul(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(EXHAUST_NON_ATTACKS))
    hit(c, card, target)


def _kick(c: Combat, action: Action) -> None:
    target = action.target
    if target is None:
        return
    if has_power(target, powers.VULNERABLE):
        top(c, draw_cards(1))
        top(c, gain_energy(1))
    top(c, attack(c.player, target, action.amount))


KICK: Final = new_action(_kick)


@card_use(ids.DROPKICK)
def _dropkick(c: Combat, card: Card, target: Creature | None) -> None:
    action = Action(KICK)
    action.target = target
    action.amount = card.damage
    bottom(c, action)


@card_use(ids.HEMOKINESIS)
def _hemokinesis(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, lose_hp(c.player, c.player, magic(card)))
    hit(c, card, target)


@card_use(ids.PUMMEL)
def _pummel(c: Combat, card: Card, target: Creature | None) -> None:
    for _ in range(magic(card)):
        hit(c, card, target)


def _grow(c: Combat, action: Action) -> None:
    card = action.card
    if card is None:
        return
    for other in same_instances(c, card):
        other.base_damage += action.amount


GROW: Final = new_action(_grow)


@card_use(ids.RAMPAGE)
def _rampage(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    action = Action(GROW)
    action.card = card
    action.amount = magic(card)
    bottom(c, action)


@card_use(ids.RECKLESS_CHARGE)
def _reckless_charge(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    shuffle_in(c, ids.DAZED, 1)


@card_use(ids.UPPERCUT)
def _uppercut(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    power_on(c, target, powers.WEAK, magic(card))
    power_on(c, target, powers.VULNERABLE, magic(card))


def _whirl(c: Combat, action: Action) -> None:
    n = action.amount + (CHEMICAL_X if owns(c, relics.CHEMICAL_X) else 0)
    if n == 0:
        return
    for _ in range(n):
        bottom(c, attack_all(c.player, action.amounts or []))
    if not action.flag:
        c.energy = 0


WHIRL: Final = new_action(_whirl)


@card_use(ids.WHIRLWIND)
def _whirlwind(c: Combat, card: Card, target: Creature | None) -> None:
    action = Action(WHIRL)
    action.amounts = damage_to_each(c, card)
    action.amount = card.energy_on_use
    action.flag = card.free_once
    bottom(c, action)


# --- Skills ---


@card_use(ids.BATTLE_TRANCE)
def _battle_trance(c: Combat, card: Card, target: Creature | None) -> None:
    draw(c, magic(card))
    power_on_self(c, powers.NO_DRAW, 1)


@card_use(ids.BLOODLETTING)
def _bloodletting(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, lose_hp(c.player, c.player, BLOODLETTING_HP))
    bottom(c, gain_energy(magic(card)))


@card_use(ids.BURNING_PACT)
def _burning_pact(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(EXHAUST_ONE))
    draw(c, magic(card))


@card_use(ids.DISARM)
def _disarm(c: Combat, card: Card, target: Creature | None) -> None:
    power_on(c, target, powers.STRENGTH, -magic(card))


def _double_block(c: Combat, action: Action) -> None:
    add_block(c, c.player, c.player.block)


DOUBLE_BLOCK: Final = new_action(_double_block)


@card_use(ids.ENTRENCH)
def _entrench(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(DOUBLE_BLOCK))


@card_use(ids.DUAL_WIELD)
def _dual_wield(c: Combat, card: Card, target: Creature | None) -> None:
    queue(c, DUAL_WIELD, magic(card))


@card_use(ids.FLAME_BARRIER)
def _flame_barrier(c: Combat, card: Card, target: Creature | None) -> None:
    block(c, card)
    power_on_self(c, powers.FLAME_BARRIER, magic(card))


@card_use(ids.INFERNAL_BLADE)
def _infernal_blade(c: Combat, card: Card, target: Creature | None) -> None:
    rolled = rolled_card(c, IN_COMBAT_RED_ATTACK)
    set_cost_for_turn(rolled, 0)
    bottom(c, make_in_hand(rolled, 1))


@card_use(ids.INTIMIDATE)
def _intimidate(c: Combat, card: Card, target: Creature | None) -> None:
    power_on_each(c, powers.WEAK, magic(card))


@card_use(ids.SHOCKWAVE)
def _shockwave(c: Combat, card: Card, target: Creature | None) -> None:
    for monster in c.monsters:
        power_on(c, monster, powers.WEAK, magic(card))
        power_on(c, monster, powers.VULNERABLE, magic(card))


@card_use(ids.POWER_THROUGH)
def _power_through(c: Combat, card: Card, target: Creature | None) -> None:
    add_to_hand_later(c, ids.WOUND, 2)
    block(c, card)


def _burn_hand_for_block(c: Combat, action: Action) -> None:
    cards = _non_attacks(c)
    for _ in cards:
        top(c, gain_block(c.player, action.amount))
    for card in cards:
        top(c, exhaust_card(card))


BURN_HAND_FOR_BLOCK: Final = new_action(_burn_hand_for_block)


@card_use(ids.SECOND_WIND)
def _second_wind(c: Combat, card: Card, target: Creature | None) -> None:
    queue(c, BURN_HAND_FOR_BLOCK, card.block)


@card_use(ids.SEEING_RED)
def _seeing_red(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, gain_energy(magic(card)))


def _sentinel_exhausted(c: Combat, card: Card) -> None:
    top(c, gain_energy(magic(card)))


CARD_ON_EXHAUST[ids.SENTINEL] = _sentinel_exhausted


def _spot(c: Combat, action: Action) -> None:
    if action.target is not None and action.target.base_damage >= 0:
        bottom(c, apply_power(c.player, c.player, powers.STRENGTH, action.amount))


SPOT: Final = new_action(_spot)


@card_use(ids.SPOT_WEAKNESS)
def _spot_weakness(c: Combat, card: Card, target: Creature | None) -> None:
    action = Action(SPOT)
    action.target = target
    action.amount = magic(card)
    bottom(c, action)
