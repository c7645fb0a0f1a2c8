"""Act 4: spire shield, spire spear, the corrupt heart (monsters.md 7)."""

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom
from ascension.game.combat.damage import monster_damage
from ascension.game.combat.monsters.framework import (
    add_status,
    announce,
    at_least,
    coin,
    gain_power,
    hit,
    special_move,
)
from ascension.game.combat.monsters.history import is_first, last
from ascension.game.combat.piles import new_card
from ascension.game.combat.powers import power_amount
from ascension.game.combat.registry import monster_roll, on_death
from ascension.game.combat.state import Combat, Creature
from ascension.game.ids import cards, monsters, moves, powers

# --- shield and spear: memory = choices made ------------------------------------------------


@monster_roll(monsters.SPIRE_SHIELD)
def roll_spire_shield(c: Combat, m: Creature, r: i64) -> None:
    """Bash and fortify in any order, then smash."""
    step = m.memory % 3
    m.memory += 1
    if step == 2:
        announce(c, m, moves.SPIRE_SHIELD_SMASH)
        return
    fortifies = coin(c) if step == 0 else last(m, moves.SPIRE_SHIELD_BASH)
    announce(c, m, moves.SPIRE_SHIELD_FORTIFY if fortifies else moves.SPIRE_SHIELD_BASH)


@special_move(moves.SPIRE_SHIELD_SMASH)
def smash(c: Combat, m: Creature) -> None:
    """Block as large as the hit is at the start of the turn."""
    block: i64 = 99 if at_least(c, 18) else monster_damage(c, m, m.base_damage)
    hit(c, m)
    bottom(c, actions.gain_block(m, block))


@monster_roll(monsters.SPIRE_SPEAR)
def roll_spire_spear(c: Combat, m: Creature, r: i64) -> None:
    """Skewers every third turn."""
    step = m.memory % 3
    m.memory += 1
    if step == 1:
        announce(c, m, moves.SPIRE_SPEAR_SKEWER)
        return
    pierces = last(m, moves.SPIRE_SPEAR_BURN_STRIKE) if step == 0 else coin(c)
    announce(c, m, moves.SPIRE_SPEAR_PIERCER if pierces else moves.SPIRE_SPEAR_BURN_STRIKE)


@special_move(moves.SPIRE_SPEAR_BURN_STRIKE)
def burn_strike(c: Combat, m: Creature) -> None:
    """From ascension 18 on the burns come next."""
    hit(c, m)
    if at_least(c, 18):
        bottom(c, actions.make_in_draw(new_card(c, cards.BURN, 0), 2, True))
    else:
        add_status(c, cards.BURN, 2, True)


@on_death(monsters.SPIRE_SHIELD, monsters.SPIRE_SPEAR)
def no_longer_surrounded(c: Combat, m: Creature) -> None:
    """The player turns to the one that is left."""
    bottom(c, actions.remove_power(c.player, powers.SURROUNDED))
    c.facing_left = m.id == monsters.SPIRE_SPEAR


# --- corrupt heart: memory = choices made after the first, memory2 = buffs made --------------


@monster_roll(monsters.CORRUPT_HEART)
def roll_corrupt_heart(c: Combat, m: Creature, r: i64) -> None:
    """Debilitates, then two attacks in any order and a buff."""
    if is_first(m):
        announce(c, m, moves.CORRUPT_HEART_DEBILITATE)
        return
    step = m.memory % 3
    m.memory += 1
    if step == 2:
        announce(c, m, moves.CORRUPT_HEART_BUFF)
        return
    shoots = coin(c) if step == 0 else last(m, moves.CORRUPT_HEART_ECHO)
    announce(c, m, moves.CORRUPT_HEART_BLOOD_SHOTS if shoots else moves.CORRUPT_HEART_ECHO)


@special_move(moves.CORRUPT_HEART_BUFF)
def heart_buff(c: Combat, m: Creature) -> None:
    """Strength beyond any loss of it, and something new each time."""
    lost = -min(power_amount(m, powers.STRENGTH), 0)
    gain_power(c, m, powers.STRENGTH, 2 + lost)
    _extra_buff(c, m)
    m.memory2 += 1


def _extra_buff(c: Combat, m: Creature) -> None:
    if m.memory2 == 0:
        gain_power(c, m, powers.ARTIFACT, 2)
    elif m.memory2 == 1:
        gain_power(c, m, powers.BEAT_OF_DEATH, 1)
    elif m.memory2 == 2:
        gain_power(c, m, powers.PAINFUL_STABS, 1)
    else:
        gain_power(c, m, powers.STRENGTH, 10 if m.memory2 == 3 else 50)
