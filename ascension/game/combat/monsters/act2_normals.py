"""Act 2: spheric guardian, chosen, shelled parasite, byrd, snake plant, snecko, centurion, mystic
and the masked bandits (monsters.md 3)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import bottom, heal, top
from ascension.game.combat.damage import damage_player, finish_damage, monster_damage
from ascension.game.combat.monsters.act1_gremlins import queue_shield
from ascension.game.combat.monsters.framework import (
    announce,
    at_least,
    biased_coin,
    coin,
    gain_power,
    hit,
    present,
    queue_move,
    special_move,
    stepped,
)
from ascension.game.combat.monsters.history import before, is_first, last, last2
from ascension.game.combat.registry import KEPT, monster_roll, new_action
from ascension.game.combat.state import DEAD, NORMAL, Action, Combat, Creature
from ascension.game.ids import monsters, moves, powers

# --- spheric guardian -----------------------------------------------------------------------


@monster_roll(monsters.SPHERIC_GUARDIAN)
def roll_spheric_guardian(c: Combat, m: Creature, r: i64) -> None:
    """Activate, attack, then slam and harden in turn."""
    if is_first(m):
        announce(c, m, moves.SPHERIC_GUARDIAN_ACTIVATE)
    elif m.moves_made == 1:
        announce(c, m, moves.SPHERIC_GUARDIAN_ATTACK_DEBUFF)
    elif last(m, moves.SPHERIC_GUARDIAN_SLAM):
        announce(c, m, moves.SPHERIC_GUARDIAN_HARDEN)
    else:
        announce(c, m, moves.SPHERIC_GUARDIAN_SLAM)


# --- chosen ---------------------------------------------------------------------------------


@monster_roll(monsters.CHOSEN)
def roll_chosen(c: Combat, m: Creature, r: i64) -> None:
    """Hexes early; then every other move weakens somebody."""
    hex_turn = 0 if at_least(c, 17) else 1
    if m.moves_made == hex_turn:
        announce(c, m, moves.CHOSEN_HEX)
    elif is_first(m):
        announce(c, m, moves.CHOSEN_POKE)
    elif not last(m, moves.CHOSEN_DEBILITATE) and not last(m, moves.CHOSEN_DRAIN):
        announce(c, m, moves.CHOSEN_DEBILITATE if r < 50 else moves.CHOSEN_DRAIN)
    else:
        announce(c, m, moves.CHOSEN_ZAP if r < 40 else moves.CHOSEN_POKE)


# --- shelled parasite -----------------------------------------------------------------------


@monster_roll(monsters.SHELLED_PARASITE)
def roll_shelled_parasite(c: Combat, m: Creature, r: i64) -> None:
    """Starts at random below ascension 17, with its hardest hit from there on."""
    if not is_first(m):
        announce(c, m, _parasite_choice(c, m, r))
    elif at_least(c, 17):
        announce(c, m, moves.SHELLED_PARASITE_FELL)
    else:
        double = coin(c)
        announce(
            c, m, moves.SHELLED_PARASITE_DOUBLE_STRIKE if double else moves.SHELLED_PARASITE_SUCK
        )


def _parasite_choice(c: Combat, m: Creature, r: i64) -> i64:
    if r < 20:
        if not last(m, moves.SHELLED_PARASITE_FELL):
            return moves.SHELLED_PARASITE_FELL
        return _parasite_choice(c, m, c.run.ai_rng.between(20, 99))
    if r < 60:
        if last2(m, moves.SHELLED_PARASITE_DOUBLE_STRIKE):
            return moves.SHELLED_PARASITE_SUCK
        return moves.SHELLED_PARASITE_DOUBLE_STRIKE
    if last2(m, moves.SHELLED_PARASITE_SUCK):
        return moves.SHELLED_PARASITE_DOUBLE_STRIKE
    return moves.SHELLED_PARASITE_SUCK


@special_move(moves.SHELLED_PARASITE_SUCK)
def suck(c: Combat, m: Creature) -> None:
    """A hit that heals it by the hp it took, before anything answers."""
    action = Action(SUCK)
    action.source = m
    action.amount = m.base_damage
    bottom(c, action)


def _suck(c: Combat, action: Action) -> None:
    m = action.source
    assert m is not None
    if m.state != DEAD:
        hp = c.player.hp
        damage_player(c, monster_damage(c, m, action.amount), NORMAL, m)
        if c.player.hp < hp:
            top(c, heal(m, hp - c.player.hp))
    finish_damage(c)


SUCK: Final = new_action(_suck, KEPT)


@special_move(moves.SHELLED_PARASITE_STUNNED)
def recover_shell(c: Combat, m: Creature) -> None:
    """Its hardest hit enters the history, so that the roll cannot give it."""
    announce(c, m, moves.SHELLED_PARASITE_FELL)


def armor_lost(c: Combat, m: Creature) -> None:
    """The last plated armor of a monster is gone: a shelled parasite is stunned."""
    if m.id == monsters.SHELLED_PARASITE:
        _queue(c, STUN_PARASITE, m)


def _stun_parasite(c: Combat, action: Action) -> None:
    m = action.target
    assert m is not None
    announce(c, m, moves.SHELLED_PARASITE_STUNNED)


STUN_PARASITE: Final = new_action(_stun_parasite)


def _queue(c: Combat, op: i64, m: Creature) -> None:
    action = Action(op)
    action.target = m
    bottom(c, action)


# --- byrd: memory = 1 while grounded --------------------------------------------------------


@monster_roll(monsters.BYRD)
def roll_byrd(c: Combat, m: Creature, r: i64) -> None:
    """Pecks, swoops and caws in the air; on the ground it gets up again."""
    if m.memory == 1:
        announce(c, m, moves.BYRD_HEADBUTT)
    elif is_first(m):
        announce(c, m, moves.BYRD_CAW if biased_coin(c, 0.375) else moves.BYRD_PECK)
    else:
        announce(c, m, _byrd_choice(c, m, r))


def _byrd_choice(c: Combat, m: Creature, r: i64) -> i64:
    if r < 50:
        if not last2(m, moves.BYRD_PECK):
            return moves.BYRD_PECK
        return moves.BYRD_SWOOP if biased_coin(c, 0.4) else moves.BYRD_CAW
    if r < 70:
        if not last(m, moves.BYRD_SWOOP):
            return moves.BYRD_SWOOP
        return moves.BYRD_CAW if biased_coin(c, 0.375) else moves.BYRD_PECK
    if not last(m, moves.BYRD_CAW):
        return moves.BYRD_CAW
    return moves.BYRD_SWOOP if biased_coin(c, 0.2857) else moves.BYRD_PECK


@special_move(moves.BYRD_FLY)
def fly(c: Combat, m: Creature) -> None:
    """Takes off."""
    m.memory = 0
    gain_power(c, m, powers.FLIGHT, stepped(c, 3, 17, 4))


def flight_lost(c: Combat, m: Creature) -> None:
    """The last of its flight is gone: the byrd is grounded, by a queued change."""
    _queue(c, GROUND, m)


def _ground(c: Combat, action: Action) -> None:
    m = action.target
    assert m is not None
    m.memory = 1
    announce(c, m, moves.BYRD_STUNNED)


GROUND: Final = new_action(_ground)

# --- snake plant and snecko -----------------------------------------------------------------


@monster_roll(monsters.SNAKE_PLANT)
def roll_snake_plant(c: Combat, m: Creature, r: i64) -> None:
    """Chomps, weakens now and then."""
    spores = moves.SNAKE_PLANT_ENFEEBLING_SPORES
    if r < 65:
        chomps = not last2(m, moves.SNAKE_PLANT_CHOMP)
    else:
        chomps = last(m, spores) or (at_least(c, 17) and before(m, spores))
    announce(c, m, moves.SNAKE_PLANT_CHOMP if chomps else spores)


@monster_roll(monsters.SNECKO)
def roll_snecko(c: Combat, m: Creature, r: i64) -> None:
    """Glares first, then whips and bites."""
    if is_first(m):
        announce(c, m, moves.SNECKO_PERPLEXING_GLARE)
    elif r < 40 or last2(m, moves.SNECKO_BITE):
        announce(c, m, moves.SNECKO_TAIL_WHIP)
    else:
        announce(c, m, moves.SNECKO_BITE)


# --- centurion and mystic -------------------------------------------------------------------


@monster_roll(monsters.CENTURION)
def roll_centurion(c: Combat, m: Creature, r: i64) -> None:
    """Protects while it has company."""
    tired = last2(m, moves.CENTURION_DEFEND) or last2(m, moves.CENTURION_FURY)
    if (r < 65 or tired) and not last2(m, moves.CENTURION_SLASH):
        announce(c, m, moves.CENTURION_SLASH)
    elif len(present(c)) > 1:
        announce(c, m, moves.CENTURION_DEFEND)
    else:
        announce(c, m, moves.CENTURION_FURY)


@special_move(moves.CENTURION_DEFEND)
def centurion_defend(c: Combat, m: Creature) -> None:
    """Block for another."""
    queue_shield(c, m, stepped(c, 15, 17, 20))


@monster_roll(monsters.MYSTIC)
def roll_mystic(c: Combat, m: Creature, r: i64) -> None:
    """Heals when enough hp is missing in all."""
    if _missing_hp(c) > stepped(c, 15, 17, 20) and not last2(m, moves.MYSTIC_HEAL):
        announce(c, m, moves.MYSTIC_HEAL)
    elif r >= 40 and not _attacked_too_often(c, m):
        announce(c, m, moves.MYSTIC_ATTACK_DEBUFF)
    elif not last2(m, moves.MYSTIC_BUFF):
        announce(c, m, moves.MYSTIC_BUFF)
    else:
        announce(c, m, moves.MYSTIC_ATTACK_DEBUFF)


def _missing_hp(c: Combat) -> i64:
    missing: i64 = 0
    for monster in present(c):
        missing += monster.max_hp - monster.hp
    return missing


def _attacked_too_often(c: Combat, m: Creature) -> bool:
    if at_least(c, 17):
        return last(m, moves.MYSTIC_ATTACK_DEBUFF)
    return last2(m, moves.MYSTIC_ATTACK_DEBUFF)


# --- masked bandits -------------------------------------------------------------------------


@monster_roll(monsters.POINTY)
def roll_pointy(c: Combat, m: Creature, r: i64) -> None:
    """Always attacks."""
    announce(c, m, moves.POINTY_ATTACK)


@monster_roll(monsters.ROMEO)
def roll_romeo(c: Combat, m: Creature, r: i64) -> None:
    """Rolls only once; all other moves are chained."""
    announce(c, m, moves.ROMEO_MOCK)


@monster_roll(monsters.BEAR)
def roll_bear(c: Combat, m: Creature, r: i64) -> None:
    """Rolls only once; all other moves are chained."""
    announce(c, m, moves.BEAR_BEAR_HUG)


@special_move(moves.ROMEO_CROSS_SLASH)
def cross_slash(c: Combat, m: Creature) -> None:
    """From ascension 17 on he slashes twice before the next agonizing slash."""
    hit(c, m)
    once_more = at_least(c, 17) and not last2(m, moves.ROMEO_CROSS_SLASH)
    queue_move(c, m, moves.ROMEO_CROSS_SLASH if once_more else moves.ROMEO_AGONIZING_SLASH)
