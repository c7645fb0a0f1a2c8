"""Slimes of all sizes and the slime boss: choices, splitting (monsters.md 1, 2).

Large slimes and the boss: memory = 1 once the split was triggered.
"""

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom
from ascension.game.combat.monsters.framework import (
    announce,
    at_least,
    biased_coin,
    coin,
    force_move,
    special_move,
)
from ascension.game.combat.monsters.history import last, last2
from ascension.game.combat.registry import monster_roll, on_damaged
from ascension.game.combat.state import ALIVE, PLACE_TAKEN, Combat, Creature
from ascension.game.ids import monsters, moves

# --- small slimes ---------------------------------------------------------------------------


@monster_roll(monsters.ACID_SLIME_S)
def roll_small_acid_slime(c: Combat, m: Creature, r: i64) -> None:
    """Only the first move is rolled; then tackle and lick alternate."""
    if at_least(c, 17):
        announce(c, m, moves.ACID_SLIME_S_LICK)
    else:
        announce(c, m, moves.ACID_SLIME_S_TACKLE if coin(c) else moves.ACID_SLIME_S_LICK)


@monster_roll(monsters.SPIKE_SLIME_S)
def roll_small_spike_slime(c: Combat, m: Creature, r: i64) -> None:
    """Always tackles."""
    announce(c, m, moves.SPIKE_SLIME_S_TACKLE)


# --- acid slimes ----------------------------------------------------------------------------


@monster_roll(monsters.ACID_SLIME_M)
def roll_medium_acid_slime(c: Combat, m: Creature, r: i64) -> None:
    """Spits, tackles and licks."""
    spit = moves.ACID_SLIME_M_CORROSIVE_SPIT
    tackle = moves.ACID_SLIME_M_TACKLE
    lick = moves.ACID_SLIME_M_LICK
    if not at_least(c, 17):
        announce(c, m, _acid_choice(c, m, r, spit, tackle, lick))
    elif r < 40:
        announce(c, m, _unless(last2(m, spit), spit, c, -1.0, tackle, lick))
    elif r < 80:
        announce(c, m, _unless(last2(m, tackle), tackle, c, 0.5, spit, lick))
    else:
        announce(c, m, _unless(last(m, lick), lick, c, 0.4, spit, tackle))


@monster_roll(monsters.ACID_SLIME_L)
def roll_large_acid_slime(c: Combat, m: Creature, r: i64) -> None:
    """As the medium one below ascension 17, with its own chances from there on."""
    spit = moves.ACID_SLIME_L_CORROSIVE_SPIT
    tackle = moves.ACID_SLIME_L_TACKLE
    lick = moves.ACID_SLIME_L_LICK
    if not at_least(c, 17):
        announce(c, m, _acid_choice(c, m, r, spit, tackle, lick))
    elif r < 40:
        announce(c, m, _unless(last2(m, spit), spit, c, 0.6, tackle, lick))
    elif r < 70:
        announce(c, m, _unless(last2(m, tackle), tackle, c, 0.6, spit, lick))
    else:
        announce(c, m, _unless(last(m, lick), lick, c, 0.4, spit, tackle))


def _acid_choice(c: Combat, m: Creature, r: i64, spit: i64, tackle: i64, lick: i64) -> i64:
    if r < 30:
        return _unless(last2(m, spit), spit, c, -1.0, tackle, lick)
    if r < 70:
        return _unless(last(m, tackle), tackle, c, 0.4, spit, lick)
    return _unless(last2(m, lick), lick, c, 0.4, spit, tackle)


def _unless(often: bool, move: i64, c: Combat, p: float, heads: i64, tails: i64) -> i64:
    """`move`, or when it came too often one of two others; p below 0 is the fair coin."""
    if not often:
        return move
    won = coin(c) if p < 0.0 else biased_coin(c, p)
    return heads if won else tails


# --- spike slimes ---------------------------------------------------------------------------


@monster_roll(monsters.SPIKE_SLIME_M)
def roll_medium_spike_slime(c: Combat, m: Creature, r: i64) -> None:
    """Tackles and licks."""
    _roll_spike(c, m, r, moves.SPIKE_SLIME_M_FLAME_TACKLE, moves.SPIKE_SLIME_M_LICK)


@monster_roll(monsters.SPIKE_SLIME_L)
def roll_large_spike_slime(c: Combat, m: Creature, r: i64) -> None:
    """Tackles and licks."""
    _roll_spike(c, m, r, moves.SPIKE_SLIME_L_FLAME_TACKLE, moves.SPIKE_SLIME_L_LICK)


def _roll_spike(c: Combat, m: Creature, r: i64, tackle: i64, lick: i64) -> None:
    if r < 30:
        licks = last2(m, tackle)
    else:
        licks = not (last(m, lick) if at_least(c, 17) else last2(m, lick))
    announce(c, m, lick if licks else tackle)


# --- slime boss -----------------------------------------------------------------------------


@monster_roll(monsters.SLIME_BOSS)
def roll_slime_boss(c: Combat, m: Creature, r: i64) -> None:
    """Rolls only once; all other moves are chained."""
    announce(c, m, moves.SLIME_BOSS_GOOP_SPRAY)


# --- splitting ------------------------------------------------------------------------------


@on_damaged(monsters.ACID_SLIME_L)
def hurt_large_acid_slime(c: Combat, m: Creature) -> None:
    """Splits at half hp."""
    _split_at_half(c, m, moves.ACID_SLIME_L_SPLIT)


@on_damaged(monsters.SPIKE_SLIME_L)
def hurt_large_spike_slime(c: Combat, m: Creature) -> None:
    """Splits at half hp."""
    _split_at_half(c, m, moves.SPIKE_SLIME_L_SPLIT)


@on_damaged(monsters.SLIME_BOSS)
def hurt_slime_boss(c: Combat, m: Creature) -> None:
    """Splits at half hp."""
    _split_at_half(c, m, moves.SLIME_BOSS_SPLIT)


def _split_at_half(c: Combat, m: Creature, split: i64) -> None:
    if m.state == ALIVE and m.hp * 2 <= m.max_hp and m.move != split and m.memory == 0:
        m.memory = 1
        force_move(c, m, split)


@special_move(moves.ACID_SLIME_L_SPLIT)
def split_acid_slime(c: Combat, m: Creature) -> None:
    """Two medium acid slimes in its place."""
    _split(c, m, monsters.ACID_SLIME_M, m.x - 134, monsters.ACID_SLIME_M, m.x + 134, 1)


@special_move(moves.SPIKE_SLIME_L_SPLIT)
def split_spike_slime(c: Combat, m: Creature) -> None:
    """Two medium spike slimes in its place."""
    _split(c, m, monsters.SPIKE_SLIME_M, m.x - 134, monsters.SPIKE_SLIME_M, m.x + 134, 1)


@special_move(moves.SLIME_BOSS_SPLIT)
def split_slime_boss(c: Combat, m: Creature) -> None:
    """A large spike slime to its left, a large acid slime to its right."""
    _split(c, m, monsters.SPIKE_SLIME_L, -385, monsters.ACID_SLIME_L, 120, 2)


# UNCERTAIN(monsters.md 1): a large slime's split draws `ai_rng` once per child and no more;
#   simulators draw two more. Settled by: the moves of the children over several splits of one seed.
def _split(
    c: Combat, m: Creature, left: i64, left_x: i64, right: i64, right_x: i64, slots: i64
) -> None:
    """The children have the parent's hp. They come before its body falls: the fight goes on."""
    bottom(c, actions.spawn(_child(m, left, left_x, m.slot), False))
    bottom(c, actions.spawn(_child(m, right, right_x, m.slot + slots), False))
    bottom(c, actions.suicide(m, False))
    m.slot = PLACE_TAKEN


def _child(parent: Creature, id: i64, x: i64, slot: i64) -> Creature:
    child = Creature(id, parent.hp, parent.hp)
    child.x = x
    child.slot = slot
    return child
