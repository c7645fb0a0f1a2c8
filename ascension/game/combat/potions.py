"""Potions in a fight (combat.md 16): a small function each, and the whole use of one.

The number that an effect gets is the potency, already doubled by sacred bark. Potions that deal
with cards are in `potions_cards.py`.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import relics
from ascension.game.combat.actions import (
    apply_power,
    bottom,
    draw_cards,
    gain_block,
    gain_energy,
    heal,
    thorns_damage,
    thorns_damage_all,
)
from ascension.game.combat.damage import all_gone, gain_max_hp, heal_now
from ascension.game.combat.formulas import is_behind
from ascension.game.combat.registry import POTION_USE, new_action, potion_use
from ascension.game.combat.relics_start import has_boss
from ascension.game.combat.state import SMOKED, Action, Combat, Creature
from ascension.game.ids import potions as ids
from ascension.game.ids import powers
from ascension.game.ids import relics as relic_ids
from ascension.game.run import EMPTY_POTION
from ascension.game.tables import POTION_NEEDS_TARGET
from ascension.game.world.potions import obtain_potion, potency, potion_by_rarity, share_of

# --- Using one ---


def can_use_in_combat(c: Combat, slot: i64) -> bool:
    """Whether the slot's potion may be used now; a target is the caller's affair."""
    potion = c.run.potions[slot]
    if potion in (EMPTY_POTION, ids.FAIRY_IN_A_BOTTLE) or c.turn_ended or all_gone(c):
        return False
    return potion != ids.SMOKE_BOMB or _can_flee(c)


def _can_flee(c: Combat) -> bool:
    if has_boss(c):
        return False
    return not any(is_behind(c, monster) for monster in c.monsters)


def needs_target(c: Combat, slot: i64) -> bool:
    """Whether the slot's potion is thrown at a chosen enemy."""
    return POTION_NEEDS_TARGET[c.run.potions[slot]] == 1


def use_potion(c: Combat, slot: i64, target: Creature | None) -> None:
    """Queue the potion's effects, then the relics', then empty the slot."""
    potion = c.run.potions[slot]
    effect = POTION_USE[potion]
    if effect is not None:
        effect(c, potency(c.run, potion), target)
    relics.on_use_potion(c)
    c.run.potions[slot] = EMPTY_POTION


def use_fairy(c: Combat) -> bool:
    """Whether a fairy in a bottle saves the player at 0 hp; the one in the lowest slot is used."""
    if relics.owns(c, relic_ids.MARK_OF_THE_BLOOM):
        return False
    for slot, potion in enumerate(c.run.potions):
        if potion == ids.FAIRY_IN_A_BOTTLE:
            c.run.potions[slot] = EMPTY_POTION
            c.player.hp = 0
            heal_now(c, c.player, max(1, share_of(c.player.max_hp, potency(c.run, potion))))
            return True
    return False


# --- Powers for the player ---


def _gain(c: Combat, power: i64, n: i64) -> None:
    bottom(c, apply_power(c.player, c.player, power, n))


@potion_use(ids.HEART_OF_IRON)
def _heart_of_iron(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.METALLICIZE, n)


@potion_use(ids.DEXTERITY_POTION)
def _dexterity_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.DEXTERITY, n)


@potion_use(ids.STRENGTH_POTION)
def _strength_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.STRENGTH, n)


@potion_use(ids.REGEN_POTION)
def _regen_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.REGEN, n)


@potion_use(ids.ANCIENT_POTION)
def _ancient_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.ARTIFACT, n)


@potion_use(ids.LIQUID_BRONZE)
def _liquid_bronze(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.THORNS, n)


@potion_use(ids.ESSENCE_OF_STEEL)
def _essence_of_steel(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.PLATED_ARMOR, n)


@potion_use(ids.DUPLICATION_POTION)
def _duplication_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.DUPLICATION, n)


@potion_use(ids.CULTIST_POTION)
def _cultist_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.RITUAL, n)


@potion_use(ids.FLEX_POTION)
def _flex_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.STRENGTH, n)
    _gain(c, powers.LOSE_STRENGTH, n)


@potion_use(ids.SPEED_POTION)
def _speed_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _gain(c, powers.DEXTERITY, n)
    _gain(c, powers.LOSE_DEXTERITY, n)


# --- Other effects on the player ---


@potion_use(ids.BLOOD_POTION)
def _blood_potion(c: Combat, n: i64, target: Creature | None) -> None:
    bottom(c, heal(c.player, share_of(c.player.max_hp, n)))


@potion_use(ids.FRUIT_JUICE)
def _fruit_juice(c: Combat, n: i64, target: Creature | None) -> None:
    gain_max_hp(c, n)


@potion_use(ids.BLOCK_POTION)
def _block_potion(c: Combat, n: i64, target: Creature | None) -> None:
    bottom(c, gain_block(c.player, n))


@potion_use(ids.ENERGY_POTION)
def _energy_potion(c: Combat, n: i64, target: Creature | None) -> None:
    bottom(c, gain_energy(n))


@potion_use(ids.SWIFT_POTION)
def _swift_potion(c: Combat, n: i64, target: Creature | None) -> None:
    bottom(c, draw_cards(n))


# --- Enemies ---


@potion_use(ids.FIRE_POTION)
def _fire_potion(c: Combat, n: i64, target: Creature | None) -> None:
    if target is not None:
        bottom(c, thorns_damage(c.player, target, n))


@potion_use(ids.EXPLOSIVE_POTION)
def _explosive_potion(c: Combat, n: i64, target: Creature | None) -> None:
    bottom(c, thorns_damage_all(None, n))


@potion_use(ids.WEAK_POTION)
def _weak_potion(c: Combat, n: i64, target: Creature | None) -> None:
    if target is not None:
        bottom(c, apply_power(target, c.player, powers.WEAK, n))


@potion_use(ids.FEAR_POTION)
def _fear_potion(c: Combat, n: i64, target: Creature | None) -> None:
    if target is not None:
        bottom(c, apply_power(target, c.player, powers.VULNERABLE, n))


# --- Potions and flight ---


@potion_use(ids.ENTROPIC_BREW)
def _entropic_brew(c: Combat, n: i64, target: Creature | None) -> None:
    for _ in range(len(c.run.potions)):
        action = Action(OBTAIN_POTION)
        action.amount = potion_by_rarity(c.run, True)
        bottom(c, action)


def _obtain_potion(c: Combat, action: Action) -> None:
    obtain_potion(c.run, action.amount)


OBTAIN_POTION: Final = new_action(_obtain_potion)


@potion_use(ids.SMOKE_BOMB)
def _smoke_bomb(c: Combat, n: i64, target: Creature | None) -> None:
    bottom(c, Action(FLEE))


# UNCERTAIN(combat.md 15): after a smoke bomb the victory hooks of relics run: Burning Blood
#   heals. Settled by: flee wounded with Burning Blood: is hp higher on the map?
def _flee(c: Combat, action: Action) -> None:
    """Leave once what was queued behind the potion has happened (toy ornithopter's heal)."""
    if len(c.actions) > 0:
        bottom(c, action)
    else:
        c.outcome = SMOKED


FLEE: Final = new_action(_flee)
