"""Act 3 bosses but the awakened one: time eater, donu and deca (monsters.md 6)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom
from ascension.game.combat.damage import heal_now
from ascension.game.combat.monsters.debuffs import queue_remove_debuffs
from ascension.game.combat.monsters.framework import (
    announce,
    at_least,
    biased_coin,
    special_move,
)
from ascension.game.combat.monsters.history import is_first, last, last2
from ascension.game.combat.registry import monster_roll, new_action
from ascension.game.combat.state import Action, Combat, Creature
from ascension.game.ids import monsters, moves, powers

# --- time eater: memory = 1 once haste was chosen -------------------------------------------


@monster_roll(monsters.TIME_EATER)
def roll_time_eater(c: Combat, m: Creature, r: i64) -> None:
    """Turns back the clock once, below half hp."""
    if m.hp < m.max_hp // 2 and m.memory == 0:
        m.memory = 1
        announce(c, m, moves.TIME_EATER_HASTE)
    else:
        announce(c, m, _time_eater_choice(c, m, r))


def _time_eater_choice(c: Combat, m: Creature, r: i64) -> i64:
    if r < 45:
        if not last2(m, moves.TIME_EATER_REVERBERATE):
            return moves.TIME_EATER_REVERBERATE
        return _time_eater_choice(c, m, c.run.ai_rng.between(50, 99))
    if r < 80:
        if not last(m, moves.TIME_EATER_HEAD_SLAM):
            return moves.TIME_EATER_HEAD_SLAM
        if biased_coin(c, 0.66):
            return moves.TIME_EATER_REVERBERATE
        return moves.TIME_EATER_RIPPLE
    if not last(m, moves.TIME_EATER_RIPPLE):
        return moves.TIME_EATER_RIPPLE
    return _time_eater_choice(c, m, c.run.ai_rng.between(0, 74))


@special_move(moves.TIME_EATER_HASTE)
def haste(c: Combat, m: Creature) -> None:
    """Shakes off its debuffs and heals to half its hp."""
    queue_remove_debuffs(c, m)
    bottom(c, actions.remove_power(m, powers.SHACKLED))
    action = Action(HEAL_TO_HALF)
    action.target = m
    bottom(c, action)
    if at_least(c, 19):
        bottom(c, actions.gain_block(m, 32))


def _heal_to_half(c: Combat, action: Action) -> None:
    m = action.target
    assert m is not None
    missing = m.max_hp // 2 - m.hp
    if missing > 0:
        heal_now(c, m, missing)


HEAL_TO_HALF: Final = new_action(_heal_to_half)

# --- donu and deca --------------------------------------------------------------------------


@monster_roll(monsters.DECA)
def roll_deca(c: Combat, m: Creature, r: i64) -> None:
    """Beam first, then in turn."""
    beams = is_first(m) or last(m, moves.DECA_SQUARE_OF_PROTECTION)
    announce(c, m, moves.DECA_BEAM if beams else moves.DECA_SQUARE_OF_PROTECTION)


@monster_roll(monsters.DONU)
def roll_donu(c: Combat, m: Creature, r: i64) -> None:
    """Circle first, then in turn."""
    beams = last(m, moves.DONU_CIRCLE_OF_POWER)
    announce(c, m, moves.DONU_BEAM if beams else moves.DONU_CIRCLE_OF_POWER)
