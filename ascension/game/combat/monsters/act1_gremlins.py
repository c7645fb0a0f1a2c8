"""Gremlins and the gremlin nob (monsters.md 1, 2)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import bottom
from ascension.game.combat.damage import add_block
from ascension.game.combat.monsters.framework import (
    announce,
    at_least,
    birth,
    perform,
    present,
    queue_move,
    special_move,
    stepped_twice,
)
from ascension.game.combat.monsters.history import before, is_first, last, last2
from ascension.game.combat.registry import monster_roll, new_action
from ascension.game.combat.state import Action, Combat, Creature
from ascension.game.ids import monsters, moves

ESCAPES: Final = [
    moves.FAT_GREMLIN_ESCAPE,
    moves.SNEAKY_GREMLIN_ESCAPE,
    moves.SHIELD_GREMLIN_ESCAPE,
    moves.MAD_GREMLIN_ESCAPE,
    moves.GREMLIN_WIZARD_ESCAPE,
    moves.LOOTER_ESCAPE,
    moves.MUGGER_ESCAPE,
]


@monster_roll(monsters.MAD_GREMLIN)
def roll_mad_gremlin(c: Combat, m: Creature, r: i64) -> None:
    """Always scratches."""
    announce(c, m, moves.MAD_GREMLIN_SCRATCH)


@monster_roll(monsters.SNEAKY_GREMLIN)
def roll_sneaky_gremlin(c: Combat, m: Creature, r: i64) -> None:
    """Always punctures."""
    announce(c, m, moves.SNEAKY_GREMLIN_PUNCTURE)


@monster_roll(monsters.FAT_GREMLIN)
def roll_fat_gremlin(c: Combat, m: Creature, r: i64) -> None:
    """Always smashes."""
    announce(c, m, moves.FAT_GREMLIN_SMASH)


# --- shield gremlin -------------------------------------------------------------------------


def _shield_another(c: Combat, action: Action) -> None:
    """Block for a random other monster that stays; for itself, undrawn, when there is none."""
    source = action.source
    assert source is not None
    others = [m for m in present(c) if m is not source and m.move not in ESCAPES]
    if others:
        add_block(c, others[c.run.ai_rng.random(len(others) - 1)], action.amount)
    else:
        add_block(c, source, action.amount)


SHIELD_ANOTHER: Final = new_action(_shield_another)


def queue_shield(c: Combat, source: Creature, amount: i64) -> None:
    """Queue block for a random other monster."""
    action = Action(SHIELD_ANOTHER)
    action.source = source
    action.amount = amount
    bottom(c, action)


@monster_roll(monsters.SHIELD_GREMLIN)
def roll_shield_gremlin(c: Combat, m: Creature, r: i64) -> None:
    """Rolls only once; all other moves are chained."""
    announce(c, m, moves.SHIELD_GREMLIN_PROTECT)


@special_move(moves.SHIELD_GREMLIN_PROTECT)
def protect(c: Combat, m: Creature) -> None:
    """Protects another while there is one."""
    queue_shield(c, m, stepped_twice(c, 7, 7, 8, 17, 11))
    alone = len(present(c)) <= 1
    announce(c, m, moves.SHIELD_GREMLIN_SHIELD_BASH if alone else moves.SHIELD_GREMLIN_PROTECT)


# --- gremlin wizard: memory = charge --------------------------------------------------------


@birth(monsters.GREMLIN_WIZARD)
def charge_once(c: Combat, m: Creature) -> None:
    """The wizard comes with one charge."""
    m.memory = 1


@monster_roll(monsters.GREMLIN_WIZARD)
def roll_gremlin_wizard(c: Combat, m: Creature, r: i64) -> None:
    """Rolls only once; all other moves are chained."""
    announce(c, m, moves.GREMLIN_WIZARD_CHARGE)


@special_move(moves.GREMLIN_WIZARD_CHARGE)
def charge(c: Combat, m: Creature) -> None:
    """Three charges make a blast."""
    m.memory += 1
    if m.memory == 3:
        queue_move(c, m, moves.GREMLIN_WIZARD_ULTIMATE_BLAST)
    else:
        announce(c, m, moves.GREMLIN_WIZARD_CHARGE)


@special_move(moves.GREMLIN_WIZARD_ULTIMATE_BLAST)
def ultimate_blast(c: Combat, m: Creature) -> None:
    """From ascension 17 on the wizard never charges again."""
    perform(c, m)
    if at_least(c, 17):
        announce(c, m, moves.GREMLIN_WIZARD_ULTIMATE_BLAST)
    else:
        m.memory = 0
        announce(c, m, moves.GREMLIN_WIZARD_CHARGE)


# --- gremlin nob ----------------------------------------------------------------------------


@monster_roll(monsters.GREMLIN_NOB)
def roll_gremlin_nob(c: Combat, m: Creature, r: i64) -> None:
    """Bellows, then rushes and bashes; from ascension 18 on in a fixed order."""
    bash = moves.GREMLIN_NOB_SKULL_BASH
    if is_first(m):
        announce(c, m, moves.GREMLIN_NOB_BELLOW)
        return
    bashes = not last(m, bash) and not before(m, bash) if at_least(c, 18) else r < 33
    if bashes or last2(m, moves.GREMLIN_NOB_RUSH):
        announce(c, m, bash)
    else:
        announce(c, m, moves.GREMLIN_NOB_RUSH)
