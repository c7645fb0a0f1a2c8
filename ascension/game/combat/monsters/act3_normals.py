"""Act 3 normals but the darklings: shapes, orb walker, spire growth, transient, maw, writhing mass
(monsters.md 5)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import bottom
from ascension.game.combat.damage import gain_max_hp
from ascension.game.combat.monsters.framework import (
    announce,
    at_least,
    biased_coin,
    birth,
    move_damage,
    perform,
    special_move,
)
from ascension.game.combat.monsters.history import is_first, last, last2, set_next_move
from ascension.game.combat.powers import has_power
from ascension.game.combat.registry import monster_roll, new_action
from ascension.game.combat.state import Action, Combat, Creature
from ascension.game.ids import cards, monsters, moves, powers
from ascension.game.world.deck import add_card

# --- orb walker -----------------------------------------------------------------------------


@monster_roll(monsters.ORB_WALKER)
def roll_orb_walker(c: Combat, m: Creature, r: i64) -> None:
    """Never three lasers, never three claws in a row."""
    claw, laser = moves.ORB_WALKER_CLAW, moves.ORB_WALKER_LASER
    claws = not last2(m, claw) if r < 40 else last2(m, laser)
    announce(c, m, claw if claws else laser)


# --- shapes; spiker: memory = spikes grown --------------------------------------------------


@monster_roll(monsters.SPIKER)
def roll_spiker(c: Combat, m: Creature, r: i64) -> None:
    """Grows spikes six times at most."""
    if m.memory > 5 or (r < 50 and not last(m, moves.SPIKER_CUT)):
        announce(c, m, moves.SPIKER_CUT)
    else:
        announce(c, m, moves.SPIKER_SPIKE)


@special_move(moves.SPIKER_SPIKE)
def grow_spikes(c: Combat, m: Creature) -> None:
    """Counts its spikes."""
    m.memory += 1
    perform(c, m)


@monster_roll(monsters.REPULSOR)
def roll_repulsor(c: Combat, m: Creature, r: i64) -> None:
    """Mostly dazes."""
    bashes = r < 20 and not last(m, moves.REPULSOR_BASH)
    announce(c, m, moves.REPULSOR_BASH if bashes else moves.REPULSOR_REPULSE)


@monster_roll(monsters.EXPLODER)
def roll_exploder(c: Combat, m: Creature, r: i64) -> None:
    """Slams twice; the explosion itself is its power's."""
    announce(c, m, moves.EXPLODER_SLAM if m.moves_made < 2 else moves.EXPLODER_EXPLODE)


# --- spire growth ---------------------------------------------------------------------------


@monster_roll(monsters.SPIRE_GROWTH)
def roll_spire_growth(c: Combat, m: Creature, r: i64) -> None:
    """Constricts unless the player is constricted."""
    may_constrict = not has_power(c.player, powers.CONSTRICTED)
    may_constrict = may_constrict and not last(m, moves.SPIRE_GROWTH_CONSTRICT)
    if may_constrict and at_least(c, 17):
        announce(c, m, moves.SPIRE_GROWTH_CONSTRICT)
    elif r < 50 and not last2(m, moves.SPIRE_GROWTH_QUICK_TACKLE):
        announce(c, m, moves.SPIRE_GROWTH_QUICK_TACKLE)
    elif may_constrict:
        announce(c, m, moves.SPIRE_GROWTH_CONSTRICT)
    elif not last2(m, moves.SPIRE_GROWTH_SMASH):
        announce(c, m, moves.SPIRE_GROWTH_SMASH)
    else:
        announce(c, m, moves.SPIRE_GROWTH_QUICK_TACKLE)


# --- transient ------------------------------------------------------------------------------


@monster_roll(monsters.TRANSIENT)
def roll_transient(c: Combat, m: Creature, r: i64) -> None:
    """Every attack is 10 harder than the one before."""
    _announce_harder_attack(c, m)


@special_move(moves.TRANSIENT_ATTACK)
def transient_attack(c: Combat, m: Creature) -> None:
    """Sets the next, harder attack at once."""
    perform(c, m)
    _announce_harder_attack(c, m)


def _announce_harder_attack(c: Combat, m: Creature) -> None:
    damage = move_damage(c, moves.TRANSIENT_ATTACK) + 10 * m.moves_made
    set_next_move(m, moves.TRANSIENT_ATTACK, damage, 1)


# --- the maw: memory = turn count, memory2 = 1 once it roared -------------------------------


@birth(monsters.THE_MAW)
def open_maw(c: Combat, m: Creature) -> None:
    """Its count starts at 1."""
    m.memory = 1


@monster_roll(monsters.THE_MAW)
def roll_maw(c: Combat, m: Creature, r: i64) -> None:
    """Roars first; its bites come more often the longer the fight."""
    m.memory += 1
    if m.memory2 == 0:
        announce(c, m, moves.THE_MAW_ROAR)
    elif r < 50 and not last(m, moves.THE_MAW_NOM):
        bites = max(m.memory // 2, 1)
        set_next_move(m, moves.THE_MAW_NOM, move_damage(c, moves.THE_MAW_NOM), bites)
    elif last(m, moves.THE_MAW_SLAM) or last(m, moves.THE_MAW_NOM):
        announce(c, m, moves.THE_MAW_DROOL)
    else:
        announce(c, m, moves.THE_MAW_SLAM)


@special_move(moves.THE_MAW_ROAR)
def roar(c: Combat, m: Creature) -> None:
    """Only once."""
    m.memory2 = 1
    perform(c, m)


# --- writhing mass: memory = 1 once it implanted --------------------------------------------


@monster_roll(monsters.WRITHING_MASS)
def roll_writhing_mass(c: Combat, m: Creature, r: i64) -> None:
    """Also rolls whenever it is hit."""
    if not is_first(m):
        announce(c, m, _writhing_choice(c, m, r))
    elif r < 33:
        announce(c, m, moves.WRITHING_MASS_MULTI_STRIKE)
    elif r < 66:
        announce(c, m, moves.WRITHING_MASS_FLAIL)
    else:
        announce(c, m, moves.WRITHING_MASS_WITHER)


def _writhing_choice(c: Combat, m: Creature, r: i64) -> i64:
    if r < 10:
        if last(m, moves.WRITHING_MASS_STRONG_STRIKE):
            return _writhing_redo(c, m, 10, 99)
        return moves.WRITHING_MASS_STRONG_STRIKE
    if r < 20:
        if m.memory == 0 and not last(m, moves.WRITHING_MASS_IMPLANT):
            return moves.WRITHING_MASS_IMPLANT
        if biased_coin(c, 0.1):
            return moves.WRITHING_MASS_STRONG_STRIKE
        return _writhing_redo(c, m, 20, 99)
    if r < 40:
        if not last(m, moves.WRITHING_MASS_WITHER):
            return moves.WRITHING_MASS_WITHER
        return _writhing_redo(c, m, 0, 19) if biased_coin(c, 0.4) else _writhing_redo(c, m, 40, 99)
    if r < 70:
        if not last(m, moves.WRITHING_MASS_MULTI_STRIKE):
            return moves.WRITHING_MASS_MULTI_STRIKE
        if biased_coin(c, 0.3):
            return moves.WRITHING_MASS_FLAIL
        return _writhing_redo(c, m, 0, 39)
    if not last(m, moves.WRITHING_MASS_FLAIL):
        return moves.WRITHING_MASS_FLAIL
    return _writhing_redo(c, m, 0, 69)


def _writhing_redo(c: Combat, m: Creature, low: i64, high: i64) -> i64:
    return _writhing_choice(c, m, c.run.ai_rng.between(low, high))


@special_move(moves.WRITHING_MASS_IMPLANT)
def implant(c: Combat, m: Creature) -> None:
    """A parasite for the player's deck, once."""
    m.memory = 1
    bottom(c, Action(ADD_PARASITE))


def _add_parasite(c: Combat, action: Action) -> None:
    """A relic may raise the player's maximum, which lives in the fight now."""
    c.run.hp = c.player.hp
    c.run.max_hp = c.player.max_hp
    add_card(c.run, cards.PARASITE)
    gain_max_hp(c, c.run.max_hp - c.player.max_hp)


ADD_PARASITE: Final = new_action(_add_parasite)
