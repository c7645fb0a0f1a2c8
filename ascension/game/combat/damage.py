"""Damage, healing and block as they happen (combat.md 7)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import relics
from ascension.game.combat.actions_powers import reduce_power
from ascension.game.combat.death import reach_zero
from ascension.game.combat.formulas import block_from_card, card_damage, monster_damage
from ascension.game.combat.piles import shift_cost
from ascension.game.combat.power_hooks import ATTACKED, BLOCK_GAINED, HP_LOST, INFLICTED
from ascension.game.combat.powers import find_power, fire, fire_hit, has_power
from ascension.game.combat.queues import finish_damage, top
from ascension.game.combat.registry import MONSTER_ON_DAMAGED
from ascension.game.combat.state import (
    ALIVE,
    HP_LOSS,
    LOST,
    NORMAL,
    Combat,
    Creature,
)
from ascension.game.combat.targets import all_gone, is_fallen, is_gone, living, random_enemy
from ascension.game.ids import cards as card_ids
from ascension.game.ids import powers as ids

__all__ = [
    "add_block",
    "all_gone",
    "block_from_card",
    "card_damage",
    "damage_creature",
    "damage_monster",
    "damage_player",
    "finish_damage",
    "gain_max_hp",
    "heal_now",
    "is_gone",
    "living",
    "monster_damage",
    "random_enemy",
]

LARGEST_BLOCK: Final = 999

# --- Damage ---


def damage_creature(
    c: Combat, target: Creature, amount: i64, kind: i64, source: Creature | None
) -> None:
    """Damage to whoever it is."""
    if target.is_player():
        damage_player(c, amount, kind, source)
    else:
        damage_monster(c, target, amount, kind, source)


def damage_player(c: Combat, amount: i64, kind: i64, source: Creature | None) -> None:
    """Damage of a kind from a source through everything that changes and answers it."""
    player = c.player
    if amount > 1 and has_power(player, ids.INTANGIBLE):
        amount = 1
    if kind != HP_LOSS:
        amount -= _absorbed(player, amount)
    if amount > 0 and has_power(player, ids.BUFFER):
        top(c, reduce_power(player, ids.BUFFER, 1))
        amount = 0
    if source is not None:
        fire_hit(c, player, ATTACKED, source, amount, kind)
        if kind == NORMAL:
            amount = relics.on_attacked(c, source, amount)
    amount = relics.change_hp_loss(c, amount)
    if amount > 0:
        _player_loses_hp(c, amount, kind, source)


def _player_loses_hp(c: Combat, amount: i64, kind: i64, source: Creature | None) -> None:
    fire_hit(c, c.player, HP_LOST, source, amount, kind)
    relics.was_hp_lost(c, amount)
    if source is not None:
        fire_hit(c, source, INFLICTED, source, amount, kind)
    c.player.hp = max(0, c.player.hp - amount)
    c.hp_losses += 1
    _cheapen_blood_for_blood(c)
    if not c.bloodied and is_bloodied(c):
        c.bloodied = True
        relics.on_bloodied(c)
    if c.player.hp < 1:
        _player_dies(c)


def is_bloodied(c: Combat) -> bool:
    """Whether the player has half of his hp or less."""
    return c.player.hp * 2 <= c.player.max_hp


def _cheapen_blood_for_blood(c: Combat) -> None:
    for pile in (c.hand, c.draw_pile, c.discard_pile):
        for card in pile:
            if card.id == card_ids.BLOOD_FOR_BLOOD:
                shift_cost(card, -1)


def _player_dies(c: Combat) -> None:
    """A fairy in a bottle saves, then an unused lizard tail; otherwise the fight is lost."""
    # Imported late: potions are built on this module.
    from ascension.game.combat.potions import use_fairy

    if not use_fairy(c) and not relics.use_lizard_tail(c):
        c.outcome = LOST


def damage_monster(
    c: Combat, monster: Creature, amount: i64, kind: i64, source: Creature | None
) -> None:
    """Damage of a kind from a source through everything that changes and answers it."""
    if is_fallen(monster):
        return
    if amount > 1 and has_power(monster, ids.INTANGIBLE):
        amount = 1
    if kind != HP_LOSS and monster.block > 0:
        absorbed = _absorbed(monster, amount)
        amount -= absorbed
        if absorbed > 0 and monster.block == 0:
            relics.on_block_broken(c, monster)
    if kind == NORMAL and source is c.player:
        amount = relics.change_attack_damage(c, monster, amount)
    amount = _capped(monster, amount)
    fire_hit(c, monster, HP_LOST, source, amount, kind)
    fire_hit(c, monster, ATTACKED, source, amount, kind)
    _monster_loses_hp(c, monster, amount)


def _absorbed(creature: Creature, amount: i64) -> i64:
    """Block takes what it can; returns how much."""
    absorbed = min(creature.block, amount)
    creature.block -= absorbed
    return absorbed


def _capped(monster: Creature, amount: i64) -> i64:
    """Invincible lets through only what is left of its amount this turn."""
    invincible = find_power(monster, ids.INVINCIBLE)
    if invincible is None:
        return amount
    amount = min(amount, invincible.amount)
    invincible.amount -= amount
    return amount


def _monster_loses_hp(c: Combat, monster: Creature, amount: i64) -> None:
    monster.last_damage_taken = min(amount, monster.hp)
    if amount <= 0:
        return
    monster.hp -= monster.last_damage_taken
    if monster.hp == 0:
        reach_zero(c, monster)
    rule = MONSTER_ON_DAMAGED[monster.id]
    if rule is not None:
        rule(c, monster)


# --- Healing and block ---


def heal_now(c: Combat, creature: Creature, n: i64) -> None:
    """Heal at once, at most to full hp; relics change what the player heals."""
    if not creature.is_player():
        if creature.state == ALIVE:
            creature.hp = min(creature.max_hp, creature.hp + n)
        return
    creature.hp = min(creature.max_hp, creature.hp + relics.change_heal(c, n))
    if c.bloodied and not is_bloodied(c):
        c.bloodied = False
        relics.on_unbloodied(c)


def gain_max_hp(c: Combat, n: i64) -> None:
    """Raise the player's maximum and heal him by as much."""
    c.player.max_hp += n
    heal_now(c, c.player, n)


def add_block(c: Combat, creature: Creature, n: i64) -> None:
    """Gain block at once, at most 999 in all."""
    creature.block = min(LARGEST_BLOCK, creature.block + n)
    if n > 0:
        fire(c, creature, BLOCK_GAINED)
