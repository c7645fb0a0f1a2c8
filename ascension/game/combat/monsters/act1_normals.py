"""Cultists, worms, lice, fungi beasts, slavers and thieves (monsters.md 1)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom
from ascension.game.combat.monsters.framework import (
    announce,
    at_least,
    biased_coin,
    birth,
    gain_power,
    hit,
    perform,
    queue_move,
    special_move,
    stepped,
    stepped_twice,
)
from ascension.game.combat.monsters.history import (
    is_first,
    last,
    last2,
    set_next_move,
)
from ascension.game.combat.powers import power_amount
from ascension.game.combat.registry import monster_roll, new_action, on_death, pre_battle
from ascension.game.combat.state import Action, Combat, Creature
from ascension.game.ids import encounters, monsters, moves, powers

# --- cultist --------------------------------------------------------------------------------


@monster_roll(monsters.CULTIST)
def roll_cultist(c: Combat, m: Creature, r: i64) -> None:
    """Incantation first, then dark strikes."""
    announce(c, m, moves.CULTIST_INCANTATION if is_first(m) else moves.CULTIST_DARK_STRIKE)


# --- jaw worm -------------------------------------------------------------------------------


@pre_battle(monsters.JAW_WORM)
def start_jaw_worm(c: Combat, m: Creature) -> None:
    """A worm of the horde starts with strength and block."""
    if c.encounter == encounters.JAW_WORM_HORDE:
        gain_power(c, m, powers.STRENGTH, stepped_twice(c, 3, 2, 4, 17, 5))
        bottom(c, actions.gain_block(m, stepped(c, 6, 17, 9)))


@monster_roll(monsters.JAW_WORM)
def roll_jaw_worm(c: Combat, m: Creature, r: i64) -> None:
    """A horde worm skips the forced first chomp."""
    if is_first(m) and c.encounter != encounters.JAW_WORM_HORDE:
        announce(c, m, moves.JAW_WORM_CHOMP)
    else:
        announce(c, m, _jaw_worm_choice(c, m, r))


def _jaw_worm_choice(c: Combat, m: Creature, r: i64) -> i64:
    if r < 25:
        if not last(m, moves.JAW_WORM_CHOMP):
            return moves.JAW_WORM_CHOMP
        return moves.JAW_WORM_BELLOW if biased_coin(c, 0.5625) else moves.JAW_WORM_THRASH
    if r < 55:
        if not last2(m, moves.JAW_WORM_THRASH):
            return moves.JAW_WORM_THRASH
        return moves.JAW_WORM_CHOMP if biased_coin(c, 0.357) else moves.JAW_WORM_BELLOW
    if not last(m, moves.JAW_WORM_BELLOW):
        return moves.JAW_WORM_BELLOW
    return moves.JAW_WORM_CHOMP if biased_coin(c, 0.416) else moves.JAW_WORM_THRASH


# --- lice: memory = bite damage -------------------------------------------------------------


@birth(monsters.RED_LOUSE, monsters.GREEN_LOUSE)
def draw_bite_damage(c: Combat, m: Creature) -> None:
    """A louse bites for the same rolled number all its life."""
    low = stepped(c, 5, 2, 6)
    m.memory = c.run.monster_hp_rng.between(low, low + 2)


@pre_battle(monsters.RED_LOUSE, monsters.GREEN_LOUSE)
def start_louse(c: Combat, m: Creature) -> None:
    """Curl up with an amount drawn now, after all monsters are built."""
    low = stepped_twice(c, 3, 7, 4, 17, 9)
    high = stepped_twice(c, 7, 7, 8, 17, 12)
    gain_power(c, m, powers.CURL_UP, c.run.monster_hp_rng.between(low, high))


@monster_roll(monsters.RED_LOUSE)
def roll_red_louse(c: Combat, m: Creature, r: i64) -> None:
    """Bites, sometimes grows."""
    _roll_louse(c, m, r, moves.RED_LOUSE_BITE, moves.RED_LOUSE_GROW)


@monster_roll(monsters.GREEN_LOUSE)
def roll_green_louse(c: Combat, m: Creature, r: i64) -> None:
    """Bites, sometimes spits a web."""
    _roll_louse(c, m, r, moves.GREEN_LOUSE_BITE, moves.GREEN_LOUSE_SPIT_WEB)


def _roll_louse(c: Combat, m: Creature, r: i64, bite: i64, other: i64) -> None:
    often = last(m, other) if at_least(c, 17) else last2(m, other)
    wants_other = not often if r < 25 else last2(m, bite)
    if wants_other:
        announce(c, m, other)
    else:
        set_next_move(m, bite, m.memory, 1)


# --- fungi beast ----------------------------------------------------------------------------


@monster_roll(monsters.FUNGI_BEAST)
def roll_fungi_beast(c: Combat, m: Creature, r: i64) -> None:
    """Never three bites, never two growths in a row."""
    bite, grow = moves.FUNGI_BEAST_BITE, moves.FUNGI_BEAST_GROW
    grows = last2(m, bite) if r < 60 else not last(m, grow)
    announce(c, m, grow if grows else bite)


# --- slavers --------------------------------------------------------------------------------


def _too_often(c: Combat, m: Creature, move: i64) -> bool:
    """From ascension 17 on a slaver does not repeat its debuffing hit."""
    return last(m, move) if at_least(c, 17) else last2(m, move)


@monster_roll(monsters.BLUE_SLAVER)
def roll_blue_slaver(c: Combat, m: Creature, r: i64) -> None:
    """Stabs and rakes."""
    if r >= 40 and not last2(m, moves.BLUE_SLAVER_STAB) or _too_often(c, m, moves.BLUE_SLAVER_RAKE):
        announce(c, m, moves.BLUE_SLAVER_STAB)
    else:
        announce(c, m, moves.BLUE_SLAVER_RAKE)


# Red slaver: memory = 1 once entangle was executed.


@monster_roll(monsters.RED_SLAVER)
def roll_red_slaver(c: Combat, m: Creature, r: i64) -> None:
    """Entangles once; stabs more after that."""
    if is_first(m):
        announce(c, m, moves.RED_SLAVER_STAB)
    elif r >= 75 and m.memory == 0:
        announce(c, m, moves.RED_SLAVER_ENTANGLE)
    elif _red_slaver_stabs(m, r) or _too_often(c, m, moves.RED_SLAVER_SCRAPE):
        announce(c, m, moves.RED_SLAVER_STAB)
    else:
        announce(c, m, moves.RED_SLAVER_SCRAPE)


def _red_slaver_stabs(m: Creature, r: i64) -> bool:
    return r >= 55 and m.memory == 1 and not last2(m, moves.RED_SLAVER_STAB)


@special_move(moves.RED_SLAVER_ENTANGLE)
def entangle(c: Combat, m: Creature) -> None:
    """Entangle, and remember it."""
    m.memory = 1
    perform(c, m)


# --- thieves: memory = stolen gold ----------------------------------------------------------


def _steal(c: Combat, action: Action) -> None:
    thief = action.source
    assert thief is not None
    gold = min(power_amount(thief, powers.THIEVERY), c.run.gold)
    c.run.gold -= gold
    thief.memory += gold


STEAL: Final = new_action(_steal)


def _stealing_hit(c: Combat, m: Creature) -> None:
    action = Action(STEAL)
    action.source = m
    bottom(c, action)
    hit(c, m)


@monster_roll(monsters.LOOTER)
def roll_looter(c: Combat, m: Creature, r: i64) -> None:
    """Rolls only once; all other moves are chained."""
    announce(c, m, moves.LOOTER_MUG)


@monster_roll(monsters.MUGGER)
def roll_mugger(c: Combat, m: Creature, r: i64) -> None:
    """Rolls only once; all other moves are chained."""
    announce(c, m, moves.MUGGER_MUG)


@special_move(moves.LOOTER_MUG)
def looter_mug(c: Combat, m: Creature) -> None:
    """Mug twice, then a coin decides between smoke bomb and one more hit."""
    second = last2(m, moves.LOOTER_MUG)
    _stealing_hit(c, m)
    if second:
        _after_two_mugs(c, m, moves.LOOTER_SMOKE_BOMB, moves.LOOTER_LUNGE)
    else:
        biased_coin(c, 0.6)  # whether it talks
        queue_move(c, m, moves.LOOTER_MUG)


@special_move(moves.MUGGER_MUG)
def mugger_mug(c: Combat, m: Creature) -> None:
    """As the looter, with draws for its sounds."""
    second = last2(m, moves.MUGGER_MUG)
    _stealing_hit(c, m)
    c.run.ai_rng.random(2)
    if second:
        biased_coin(c, 0.6)  # whether it talks
        _after_two_mugs(c, m, moves.MUGGER_SMOKE_BOMB, moves.MUGGER_LUNGE)
    else:
        queue_move(c, m, moves.MUGGER_MUG)


def _after_two_mugs(c: Combat, m: Creature, smoke_bomb: i64, lunge: i64) -> None:
    if biased_coin(c, 0.5):
        announce(c, m, smoke_bomb)
    else:
        queue_move(c, m, lunge)


@special_move(moves.LOOTER_LUNGE)
def looter_lunge(c: Combat, m: Creature) -> None:
    """Steals as a mug does."""
    _stealing_hit(c, m)


@special_move(moves.MUGGER_LUNGE)
def mugger_lunge(c: Combat, m: Creature) -> None:
    """Steals as a mug does."""
    _stealing_hit(c, m)
    c.run.ai_rng.random(2)


@special_move(moves.LOOTER_ESCAPE, moves.MUGGER_ESCAPE)
def thief_escape(c: Combat, m: Creature) -> None:
    """Leaves the fight, with the gold."""
    bottom(c, actions.escape_monster(m))


@on_death(monsters.LOOTER)
def looter_death(c: Combat, m: Creature) -> None:
    """What a dead thief stole becomes a reward."""
    c.stolen_gold += m.memory


# UNCERTAIN(monsters.md 1): a dying mugger draws `ai_rng` once for its sound; some simulators draw
#   nothing. Settled by: two thieves, the mugger killed first: the next moves of the looter.
@on_death(monsters.MUGGER)
def mugger_death(c: Combat, m: Creature) -> None:
    """As the looter, with a draw for its death sound."""
    c.run.ai_rng.random(2)
    c.stolen_gold += m.memory
