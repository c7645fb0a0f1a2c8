"""Act 2 bosses with their minions: automaton and orbs, champ, collector and torch heads
(monsters.md 4)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom
from ascension.game.combat.monsters.debuffs import queue_remove_debuffs
from ascension.game.combat.monsters.framework import (
    announce,
    at_least,
    perform,
    special_move,
    stepped,
)
from ascension.game.combat.monsters.history import before, is_first, last, last2
from ascension.game.combat.monsters.stasis import STASIS
from ascension.game.combat.monsters.summons import occupant, summon
from ascension.game.combat.registry import monster_roll
from ascension.game.combat.state import Action, Combat, Creature
from ascension.game.ids import monsters, moves, powers

# --- bronze automaton: memory = moves since the last hyper beam -----------------------------


@monster_roll(monsters.BRONZE_AUTOMATON)
def roll_automaton(c: Combat, m: Creature, r: i64) -> None:
    """Flail and boost in turn, then a hyper beam."""
    if is_first(m):
        announce(c, m, moves.BRONZE_AUTOMATON_SPAWN_ORBS)
    elif m.memory == 4:
        m.memory = 0
        announce(c, m, moves.BRONZE_AUTOMATON_HYPER_BEAM)
    elif last(m, moves.BRONZE_AUTOMATON_HYPER_BEAM):
        rests = not at_least(c, 19)
        announce(c, m, moves.BRONZE_AUTOMATON_STUNNED if rests else moves.BRONZE_AUTOMATON_BOOST)
    else:
        flails = last(m, moves.BRONZE_AUTOMATON_STUNNED) or last(m, moves.BRONZE_AUTOMATON_BOOST)
        flails = flails or last(m, moves.BRONZE_AUTOMATON_SPAWN_ORBS)
        m.memory += 1
        announce(c, m, moves.BRONZE_AUTOMATON_FLAIL if flails else moves.BRONZE_AUTOMATON_BOOST)


@special_move(moves.BRONZE_AUTOMATON_SPAWN_ORBS)
def spawn_orbs(c: Combat, m: Creature) -> None:
    """One orb to each side."""
    summon(c, monsters.BRONZE_ORB, 0, -300)
    summon(c, monsters.BRONZE_ORB, 2, 200)


# --- bronze orb: memory = 1 once stasis was chosen ------------------------------------------


@monster_roll(monsters.BRONZE_ORB)
def roll_orb(c: Combat, m: Creature, r: i64) -> None:
    """Takes a card once, then shoots and supports."""
    if m.memory == 0 and r >= 25:
        m.memory = 1
        announce(c, m, moves.BRONZE_ORB_STASIS)
    elif (r >= 70 and not last2(m, moves.BRONZE_ORB_SUPPORT_BEAM)) or last2(
        m, moves.BRONZE_ORB_BEAM
    ):
        announce(c, m, moves.BRONZE_ORB_SUPPORT_BEAM)
    else:
        announce(c, m, moves.BRONZE_ORB_BEAM)


@special_move(moves.BRONZE_ORB_SUPPORT_BEAM)
def support_beam(c: Combat, m: Creature) -> None:
    """Block for the automaton."""
    for other in c.monsters:
        if other.id == monsters.BRONZE_AUTOMATON:
            bottom(c, actions.gain_block(other, 12))


@special_move(moves.BRONZE_ORB_STASIS)
def stasis(c: Combat, m: Creature) -> None:
    """Takes a card out of the player's piles."""
    action = Action(STASIS)
    action.target = m
    bottom(c, action)


# --- the champ: memory = defensive stances, memory2 = 1 once angry, memory3 = turns since taunt


@monster_roll(monsters.THE_CHAMP)
def roll_champ(c: Combat, m: Creature, r: i64) -> None:
    """Gets angry below half hp and executes every third turn from then on."""
    m.memory3 += 1
    if m.hp < m.max_hp // 2 and m.memory2 == 0:
        m.memory2 = 1
        announce(c, m, moves.THE_CHAMP_ANGER)
    elif m.memory2 == 1 and not _executed_lately(m):
        announce(c, m, moves.THE_CHAMP_EXECUTE)
    elif m.memory3 == 4 and m.memory2 == 0:
        m.memory3 = 0
        announce(c, m, moves.THE_CHAMP_TAUNT)
    else:
        announce(c, m, _champ_choice(c, m, r))


def _executed_lately(m: Creature) -> bool:
    return last(m, moves.THE_CHAMP_EXECUTE) or before(m, moves.THE_CHAMP_EXECUTE)


def _champ_choice(c: Combat, m: Creature, r: i64) -> i64:
    stood = last(m, moves.THE_CHAMP_DEFENSIVE_STANCE)
    if not stood and m.memory < 2 and r <= stepped(c, 15, 19, 30):
        m.memory += 1
        return moves.THE_CHAMP_DEFENSIVE_STANCE
    if not last(m, moves.THE_CHAMP_GLOAT) and not stood and r <= 30:
        return moves.THE_CHAMP_GLOAT
    if not last(m, moves.THE_CHAMP_FACE_SLAP) and r <= 55:
        return moves.THE_CHAMP_FACE_SLAP
    if not last(m, moves.THE_CHAMP_HEAVY_SLASH):
        return moves.THE_CHAMP_HEAVY_SLASH
    return moves.THE_CHAMP_FACE_SLAP


@special_move(moves.THE_CHAMP_ANGER)
def anger(c: Combat, m: Creature) -> None:
    """Shakes off its debuffs, then gains strength."""
    queue_remove_debuffs(c, m)
    bottom(c, actions.remove_power(m, powers.SHACKLED))
    perform(c, m)


# --- the collector: memory = 1 once the mega debuff was executed ----------------------------

TORCH_SLOTS: Final[list[i64]] = [1, 0]
TORCH_POSITIONS: Final[list[i64]] = [-285, -470]


@monster_roll(monsters.THE_COLLECTOR)
def roll_collector(c: Combat, m: Creature, r: i64) -> None:
    """Keeps its torch heads burning; one mega debuff on the fourth turn."""
    if is_first(m):
        announce(c, m, moves.THE_COLLECTOR_SPAWN)
    elif m.moves_made >= 3 and m.memory == 0:
        announce(c, m, moves.THE_COLLECTOR_MEGA_DEBUFF)
    elif r <= 25 and _torch_missing(c) and not last(m, moves.THE_COLLECTOR_REVIVE):
        announce(c, m, moves.THE_COLLECTOR_REVIVE)
    elif r <= 70 and not last2(m, moves.THE_COLLECTOR_FIREBALL):
        announce(c, m, moves.THE_COLLECTOR_FIREBALL)
    elif not last(m, moves.THE_COLLECTOR_BUFF):
        announce(c, m, moves.THE_COLLECTOR_BUFF)
    else:
        announce(c, m, moves.THE_COLLECTOR_FIREBALL)


def _torch_missing(c: Combat) -> bool:
    return occupant(c, TORCH_SLOTS[0]) is None or occupant(c, TORCH_SLOTS[1]) is None


@special_move(moves.THE_COLLECTOR_SPAWN, moves.THE_COLLECTOR_REVIVE)
def light_torches(c: Combat, m: Creature) -> None:
    """A torch head for every place without one."""
    place: i64 = 0
    while place < 2:
        if occupant(c, TORCH_SLOTS[place]) is None:
            summon(c, monsters.TORCH_HEAD, TORCH_SLOTS[place], TORCH_POSITIONS[place])
        place += 1


@special_move(moves.THE_COLLECTOR_MEGA_DEBUFF)
def mega_debuff(c: Combat, m: Creature) -> None:
    """Only once."""
    m.memory = 1
    perform(c, m)


@monster_roll(monsters.TORCH_HEAD)
def roll_torch_head(c: Combat, m: Creature, r: i64) -> None:
    """Always tackles."""
    announce(c, m, moves.TORCH_HEAD_TACKLE)
