"""The numbers of hits and block: powers and relics in their order, then floored (combat.md 6).

The game computes in 32-bit floats. Products with 0.75, 1.5, 1.25, 1.75, 2 and 0.5 are exact for
all amounts that occur, so only slow's factor needs rounding.
"""

from mypy_extensions import i64

from ascension.game.combat.powers import has_power
from ascension.game.combat.relics import card_damage_bonus, vulnerable_factor
from ascension.game.combat.state import Card, Combat, Creature
from ascension.game.ids import cards as card_ids
from ascension.game.ids import monsters
from ascension.game.ids import powers as ids
from ascension.game.rng import f32
from ascension.game.tables import CARD_BLOCK, CARD_MAGIC

# --- The player's cards ---


def card_damage(c: Combat, card: Card, base: i64, target: Creature | None) -> i64:
    """What a card of this base damage deals to the target; without one, before its powers."""
    damage = card_damage_bonus(c, card, float(base))
    times: i64 = CARD_MAGIC[card.row()] if card.id == card_ids.HEAVY_BLADE else 1
    damage = _given(c.player, damage, times)
    if target is not None:
        damage = _received(c, target, damage)
        damage = _finally_received(target, damage)
    return floored(damage)


def block_from_card(c: Combat, card: Card, base: i64) -> i64:
    """The block that a card of this base block gives."""
    block = float(base)
    for power in c.player.powers:
        if power.id == ids.DEXTERITY:
            block = max(0.0, block + float(power.amount))
        elif power.id == ids.FRAIL:
            block *= 0.75
    if has_power(c.player, ids.NO_BLOCK):
        return 0
    return floored(block)


def base_block(card: Card) -> i64:
    """The block printed on the card."""
    return CARD_BLOCK[card.row()]


# --- Monsters ---


def monster_damage(c: Combat, monster: Creature, base: i64) -> i64:
    """What a monster's hit of this base damage deals, before block."""
    damage = _received(c, c.player, _given(monster, float(base), 1))
    amount = floored(_finally_received(c.player, damage))
    return amount * 3 // 2 if is_behind(c, monster) else amount


def shown_damage(c: Combat, monster: Creature) -> i64:
    """The number on the monster's intent; -1 when it does not attack.

    A back attack is floored before the final steps, the hit itself after them.
    """
    if monster.base_damage < 0:
        return -1
    damage = _received(c, c.player, _given(monster, float(monster.base_damage), 1))
    if is_behind(c, monster):
        damage = float(floored(damage * 1.5))
    return floored(_finally_received(c.player, damage))


def is_behind(c: Combat, monster: Creature) -> bool:
    """Whether the player is surrounded and the monster stands behind him (combat.md 13)."""
    if monster.id == monsters.SPIRE_SHIELD:
        return not c.facing_left and has_power(c.player, ids.SURROUNDED)
    if monster.id == monsters.SPIRE_SPEAR:
        return c.facing_left and has_power(c.player, ids.SURROUNDED)
    return False


# --- Steps ---


def _given(attacker: Creature, damage: float, strength_times: i64) -> float:
    """The attacker's powers, in list order."""
    for power in attacker.powers:
        id = power.id
        if id == ids.STRENGTH:
            damage += float(power.amount * strength_times)
        elif id == ids.VIGOR:
            damage += float(power.amount)
        elif id == ids.PEN_NIB:
            damage *= 2.0
        elif id == ids.WEAK:
            damage *= 0.75
    return damage


def _received(c: Combat, target: Creature, damage: float) -> float:
    """The target's powers, in list order."""
    for power in target.powers:
        if power.id == ids.VULNERABLE:
            damage *= vulnerable_factor(c, target)
        elif power.id == ids.SLOW:
            factor = f32(1.0 + f32(float(power.amount) * f32(0.1)))
            damage = f32(damage * factor)
    return damage


def _finally_received(target: Creature, damage: float) -> float:
    """The target's final steps, in list order."""
    for power in target.powers:
        if power.id == ids.FLIGHT:
            damage *= 0.5
        elif power.id == ids.INTANGIBLE and damage > 1.0:
            damage = 1.0
    return damage


def floored(damage: float) -> i64:
    """Rounded down, at least 0."""
    return i64(int(damage)) if damage > 0.0 else 0
