"""Queued actions that deal damage, heal and give block (combat.md 7, 15)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.damage import (
    add_block,
    damage_creature,
    damage_monster,
    damage_player,
    heal_now,
)
from ascension.game.combat.formulas import card_damage, monster_damage
from ascension.game.combat.queues import finish_damage, top
from ascension.game.combat.registry import CARD_BASE_DAMAGE, KEPT, new_action
from ascension.game.combat.state import (
    DEAD,
    HP_LOSS,
    NORMAL,
    THORNS,
    Action,
    Card,
    Combat,
    Creature,
)
from ascension.game.combat.targets import is_gone, random_enemy

# --- Hits on one creature ---


def attack(source: Creature, target: Creature, amount: i64) -> Action:
    """A card's hit; the amount was fixed when the card was used."""
    action = Action(ATTACK)
    action.source = source
    action.target = target
    action.amount = amount
    return action


def _attack(c: Combat, action: Action) -> None:
    target, source = action.target, action.source
    assert target is not None
    if not is_gone(target) and (source is None or source.state != DEAD):
        damage_creature(c, target, action.amount, NORMAL, source)
        finish_damage(c)


ATTACK: Final = new_action(_attack, KEPT)


def monster_attack(c: Combat, monster: Creature, base: i64) -> Action:
    """A monster's hit on the player; its number is computed when it lands."""
    action = Action(MONSTER_ATTACK)
    action.source = monster
    action.amount = base
    return action


def _monster_attack(c: Combat, action: Action) -> None:
    monster = action.source
    assert monster is not None
    if monster.state != DEAD:
        damage_player(c, monster_damage(c, monster, action.amount), NORMAL, monster)
        finish_damage(c)


MONSTER_ATTACK: Final = new_action(_monster_attack, KEPT)


def thorns_damage(source: Creature | None, target: Creature, amount: i64) -> Action:
    """Damage that no power of either side computes: thorns, potions, powers."""
    action = Action(THORNS_DAMAGE)
    action.source = source
    action.target = target
    action.amount = amount
    return action


def _thorns_damage(c: Combat, action: Action) -> None:
    target = action.target
    assert target is not None
    damage_creature(c, target, action.amount, THORNS, action.source)
    finish_damage(c)


THORNS_DAMAGE: Final = new_action(_thorns_damage, KEPT)


def lose_hp(source: Creature | None, target: Creature, amount: i64) -> Action:
    """Loss of hp that block does not stop."""
    action = Action(LOSE_HP)
    action.source = source
    action.target = target
    action.amount = amount
    return action


def _lose_hp(c: Combat, action: Action) -> None:
    target = action.target
    assert target is not None
    damage_creature(c, target, action.amount, HP_LOSS, action.source)
    finish_damage(c)


LOSE_HP: Final = new_action(_lose_hp, KEPT)

# --- Hits on all, hits on anyone ---


def attack_all(source: Creature, amounts: list[i64]) -> Action:
    """A card's hit on every enemy; the amounts by position were fixed when it was used."""
    action = Action(ATTACK_ALL)
    action.source = source
    action.amounts = amounts
    return action


def _attack_all(c: Combat, action: Action) -> None:
    amounts = action.amounts
    assert amounts is not None
    for position, monster in enumerate(c.monsters[: len(amounts)]):
        if not is_gone(monster):
            damage_monster(c, monster, amounts[position], NORMAL, action.source)
    finish_damage(c)


ATTACK_ALL: Final = new_action(_attack_all, KEPT)


def thorns_damage_all(source: Creature | None, amount: i64) -> Action:
    """Damage to every living enemy that no power computes."""
    action = Action(THORNS_DAMAGE_ALL)
    action.source = source
    action.amount = amount
    return action


def _thorns_damage_all(c: Combat, action: Action) -> None:
    for monster in c.monsters:
        if not is_gone(monster):
            damage_monster(c, monster, action.amount, THORNS, action.source)
    finish_damage(c)


THORNS_DAMAGE_ALL: Final = new_action(_thorns_damage_all, KEPT)


def attack_random(card: Card) -> Action:
    """A card's hit on anyone: picked, and computed, when it is executed."""
    action = Action(ATTACK_RANDOM)
    action.card = card
    return action


def _attack_random(c: Combat, action: Action) -> None:
    card = action.card
    assert card is not None
    target = random_enemy(c)
    if target is not None:
        top(c, attack(c.player, target, card_damage(c, card, base_damage(c, card), target)))


ATTACK_RANDOM: Final = new_action(_attack_random, KEPT)


def base_damage(c: Combat, card: Card) -> i64:
    """The card's base damage as it counts it now: body slam, perfected strike, ..."""
    rule = CARD_BASE_DAMAGE[card.id]
    return card.base_damage if rule is None else rule(c, card)


def thorns_damage_random(source: Creature | None, amount: i64) -> Action:
    """Damage to a random enemy, picked when it is executed."""
    action = Action(THORNS_DAMAGE_RANDOM)
    action.source = source
    action.amount = amount
    return action


def _thorns_damage_random(c: Combat, action: Action) -> None:
    target = random_enemy(c)
    if target is not None:
        damage_monster(c, target, action.amount, THORNS, action.source)
    finish_damage(c)


THORNS_DAMAGE_RANDOM: Final = new_action(_thorns_damage_random, KEPT)

# --- Block and healing ---


def gain_block(target: Creature, amount: i64) -> Action:
    """Block."""
    action = Action(GAIN_BLOCK)
    action.target = target
    action.amount = amount
    return action


def _gain_block(c: Combat, action: Action) -> None:
    target = action.target
    assert target is not None
    if not is_gone(target):
        add_block(c, target, action.amount)


GAIN_BLOCK: Final = new_action(_gain_block, KEPT)


def heal(target: Creature, amount: i64) -> Action:
    """Healing."""
    action = Action(HEAL)
    action.target = target
    action.amount = amount
    return action


def _heal(c: Combat, action: Action) -> None:
    target = action.target
    assert target is not None
    heal_now(c, target, action.amount)


HEAL: Final = new_action(_heal, KEPT)
