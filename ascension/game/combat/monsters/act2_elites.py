"""Act 2 elites: gremlin leader, book of stabbing, taskmaster (monsters.md 4)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom
from ascension.game.combat.encounters import GREMLINS, WIZARD_SHIFT
from ascension.game.combat.monsters.framework import (
    announce,
    at_least,
    birth,
    move_damage,
    not_dying_others,
    present,
    special_move,
    stepped,
    stepped_twice,
)
from ascension.game.combat.monsters.history import last, last2, set_next_move
from ascension.game.combat.monsters.summons import occupant, queue_start, summon
from ascension.game.combat.registry import monster_roll
from ascension.game.combat.state import Combat, Creature
from ascension.game.ids import monsters, moves, powers

# --- gremlin leader -------------------------------------------------------------------------

# The leader's three places in the order in which they are filled.
GREMLIN_SLOTS: Final[list[i64]] = [1, 2, 0]
GREMLIN_POSITIONS: Final[list[i64]] = [-366, -170, -532]


@monster_roll(monsters.GREMLIN_LEADER)
def roll_gremlin_leader(c: Combat, m: Creature, r: i64) -> None:
    """Rallies when it is alone or nearly so."""
    gremlins = not_dying_others(c, m)
    if gremlins == 0:
        announce(c, m, _leader_alone(m, r))
    elif gremlins == 1:
        announce(c, m, _leader_with_one(c, m, r))
    else:
        announce(c, m, _leader_with_two(m, r))


def _leader_alone(m: Creature, r: i64) -> i64:
    stabs = (
        last(m, moves.GREMLIN_LEADER_RALLY) if r < 75 else not last(m, moves.GREMLIN_LEADER_STAB)
    )
    return moves.GREMLIN_LEADER_STAB if stabs else moves.GREMLIN_LEADER_RALLY


def _leader_with_one(c: Combat, m: Creature, r: i64) -> i64:
    if r < 50:
        if not last(m, moves.GREMLIN_LEADER_RALLY):
            return moves.GREMLIN_LEADER_RALLY
        return _leader_with_one(c, m, c.run.ai_rng.between(50, 99))
    if r < 80:
        if not last(m, moves.GREMLIN_LEADER_ENCOURAGE):
            return moves.GREMLIN_LEADER_ENCOURAGE
        return moves.GREMLIN_LEADER_STAB
    if not last(m, moves.GREMLIN_LEADER_STAB):
        return moves.GREMLIN_LEADER_STAB
    return _leader_with_one(c, m, c.run.ai_rng.between(0, 80))


def _leader_with_two(m: Creature, r: i64) -> i64:
    if r < 66:
        stabs = last(m, moves.GREMLIN_LEADER_ENCOURAGE)
    else:
        stabs = not last(m, moves.GREMLIN_LEADER_STAB)
    return moves.GREMLIN_LEADER_STAB if stabs else moves.GREMLIN_LEADER_ENCOURAGE


@special_move(moves.GREMLIN_LEADER_ENCOURAGE)
def encourage(c: Combat, m: Creature) -> None:
    """Strength for all, block for the others."""
    c.run.ai_rng.random(2)  # what it shouts
    strength = stepped_twice(c, 3, 3, 4, 18, 5)
    block = stepped(c, 6, 18, 10)
    for other in present(c):
        bottom(c, actions.apply_power(other, m, powers.STRENGTH, strength))
        if other is not m:
            bottom(c, actions.gain_block(other, block))


@special_move(moves.GREMLIN_LEADER_RALLY)
def rally(c: Combat, m: Creature) -> None:
    """Two gremlins for the first two free places, chosen and built now."""
    called: i64 = 0
    place: i64 = 0
    while place < 3 and called < 2:
        slot = GREMLIN_SLOTS[place]
        if occupant(c, slot) is None:
            kind = GREMLINS[c.run.ai_rng.random(7)]
            x = GREMLIN_POSITIONS[place]
            if kind == monsters.GREMLIN_WIZARD:
                x += WIZARD_SHIFT
            queue_start(c, summon(c, kind, slot, x))
            called += 1
        place += 1


# --- book of stabbing: memory = stabs of the next multi stab --------------------------------


@birth(monsters.BOOK_OF_STABBING)
def open_book(c: Combat, m: Creature) -> None:
    """The first multi stab will be one more than this."""
    m.memory = 1


@monster_roll(monsters.BOOK_OF_STABBING)
def roll_book(c: Combat, m: Creature, r: i64) -> None:
    """Each multi stab has one hit more; from ascension 18 on single stabs count too."""
    if r < 15:
        single = not last(m, moves.BOOK_OF_STABBING_SINGLE_STAB)
    else:
        single = last2(m, moves.BOOK_OF_STABBING_MULTI_STAB)
    if not single or at_least(c, 18):
        m.memory += 1
    if single:
        announce(c, m, moves.BOOK_OF_STABBING_SINGLE_STAB)
    else:
        move = moves.BOOK_OF_STABBING_MULTI_STAB
        set_next_move(m, move, move_damage(c, move), m.memory)


# --- taskmaster -----------------------------------------------------------------------------


@monster_roll(monsters.TASKMASTER)
def roll_taskmaster(c: Combat, m: Creature, r: i64) -> None:
    """Always whips."""
    announce(c, m, moves.TASKMASTER_SCOURING_WHIP)
