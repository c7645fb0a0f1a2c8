"""Act 3 elites: giant head, nemesis, reptomancer with daggers (monsters.md 6)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom
from ascension.game.combat.monsters.framework import (
    announce,
    at_least,
    birth,
    coin,
    gain_power,
    move_damage,
    not_dying_others,
    perform,
    special_move,
    start_effects,
    stepped,
)
from ascension.game.combat.monsters.history import is_first, last, last2, set_next_move
from ascension.game.combat.monsters.summons import occupant, summon
from ascension.game.combat.powers import has_power
from ascension.game.combat.registry import monster_roll, pre_battle
from ascension.game.combat.state import Combat, Creature
from ascension.game.ids import monsters, moves, powers

# --- giant head: memory = its count ---------------------------------------------------------


@birth(monsters.GIANT_HEAD)
def start_count(c: Combat, m: Creature) -> None:
    """It counts from 5."""
    m.memory = 5


@pre_battle(monsters.GIANT_HEAD)
def start_giant_head(c: Combat, m: Creature) -> None:
    """From ascension 18 on its time comes a turn earlier."""
    start_effects(c, m)
    if at_least(c, 18):
        m.memory -= 1


@monster_roll(monsters.GIANT_HEAD)
def roll_giant_head(c: Combat, m: Creature, r: i64) -> None:
    """Counts down, then hits harder every turn."""
    if m.memory <= 1:
        m.memory = max(m.memory - 1, -6)
        damage = move_damage(c, moves.GIANT_HEAD_IT_IS_TIME) - 5 * m.memory
        set_next_move(m, moves.GIANT_HEAD_IT_IS_TIME, damage, 1)
        return
    m.memory -= 1
    glare, count = moves.GIANT_HEAD_GLARE, moves.GIANT_HEAD_COUNT
    glares = not last2(m, glare) if r < 50 else last2(m, count)
    announce(c, m, glare if glares else count)


# --- nemesis: memory = scythe cooldown ------------------------------------------------------


@monster_roll(monsters.NEMESIS)
def roll_nemesis(c: Combat, m: Creature, r: i64) -> None:
    """After a scythe one choice cannot be a scythe."""
    m.memory -= 1
    if is_first(m):
        announce(c, m, moves.NEMESIS_ATTACK if r < 50 else moves.NEMESIS_DEBUFF)
        return
    move = _nemesis_choice(c, m, r)
    if move == moves.NEMESIS_SCYTHE:
        m.memory = 2
    announce(c, m, move)


def _nemesis_choice(c: Combat, m: Creature, r: i64) -> i64:
    if r < 30:
        if not last(m, moves.NEMESIS_SCYTHE) and m.memory <= 0:
            return moves.NEMESIS_SCYTHE
        if coin(c):
            return _unless_twice(m, moves.NEMESIS_ATTACK, moves.NEMESIS_DEBUFF)
        return _unless_last(m, moves.NEMESIS_DEBUFF, moves.NEMESIS_ATTACK)
    if r < 65:
        if not last2(m, moves.NEMESIS_ATTACK):
            return moves.NEMESIS_ATTACK
        if coin(c):
            return moves.NEMESIS_DEBUFF if m.memory > 0 else moves.NEMESIS_SCYTHE
        return moves.NEMESIS_DEBUFF
    if not last(m, moves.NEMESIS_DEBUFF):
        return moves.NEMESIS_DEBUFF
    if coin(c) and m.memory <= 0:
        return moves.NEMESIS_SCYTHE
    return moves.NEMESIS_ATTACK


def _unless_twice(m: Creature, move: i64, other: i64) -> i64:
    return other if last2(m, move) else move


def _unless_last(m: Creature, move: i64, other: i64) -> i64:
    return other if last(m, move) else move


@special_move(moves.NEMESIS_ATTACK, moves.NEMESIS_SCYTHE, moves.NEMESIS_DEBUFF)
def nemesis_move(c: Combat, m: Creature) -> None:
    """Fades out again whenever it is solid at the start of its turn."""
    perform(c, m)
    if not has_power(m, powers.INTANGIBLE):
        gain_power(c, m, powers.INTANGIBLE, 1)


# --- reptomancer ----------------------------------------------------------------------------

# The four places of daggers in the order in which they are filled.
DAGGER_SLOTS: Final[list[i64]] = [4, 1, 3, 0]
DAGGER_POSITIONS: Final[list[i64]] = [210, -220, 180, -250]


@monster_roll(monsters.REPTOMANCER)
def roll_reptomancer(c: Combat, m: Creature, r: i64) -> None:
    """Summons while there is room."""
    if is_first(m):
        announce(c, m, moves.REPTOMANCER_SUMMON)
    else:
        announce(c, m, _reptomancer_choice(c, m, r))


def _reptomancer_choice(c: Combat, m: Creature, r: i64) -> i64:
    if r < 33:
        if not last(m, moves.REPTOMANCER_SNAKE_STRIKE):
            return moves.REPTOMANCER_SNAKE_STRIKE
        return _reptomancer_choice(c, m, c.run.ai_rng.between(33, 99))
    if r < 66:
        if last2(m, moves.REPTOMANCER_SUMMON) or not_dying_others(c, m) > 3:
            return moves.REPTOMANCER_SNAKE_STRIKE
        return moves.REPTOMANCER_SUMMON
    if not last(m, moves.REPTOMANCER_BIG_BITE):
        return moves.REPTOMANCER_BIG_BITE
    return _reptomancer_choice(c, m, c.run.ai_rng.between(0, 65))


@special_move(moves.REPTOMANCER_SUMMON)
def summon_daggers(c: Combat, m: Creature) -> None:
    """Daggers for the first free places."""
    wanted = stepped(c, 1, 18, 2)
    place: i64 = 0
    while place < 4 and wanted > 0:
        if occupant(c, DAGGER_SLOTS[place]) is None:
            summon(c, monsters.DAGGER, DAGGER_SLOTS[place], DAGGER_POSITIONS[place])
            wanted -= 1
        place += 1


@monster_roll(monsters.DAGGER)
def roll_dagger(c: Combat, m: Creature, r: i64) -> None:
    """Stabs once, then explodes."""
    announce(c, m, moves.DAGGER_STAB if is_first(m) else moves.DAGGER_EXPLODE)


@special_move(moves.DAGGER_EXPLODE)
def explode_dagger(c: Combat, m: Creature) -> None:
    """The dagger does not survive its blow."""
    perform(c, m)
    bottom(c, actions.lose_hp(m, m, m.hp))
