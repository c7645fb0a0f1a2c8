"""Monsters that do not stay down: the darklings and the awakened one's first form.

At 0 hp they are half-dead: not to be targeted, but the fight goes on and they take their turns.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import actions, relics
from ascension.game.combat.actions import bottom, top
from ascension.game.combat.damage import heal_now
from ascension.game.combat.monsters.debuffs import is_debuff
from ascension.game.combat.monsters.framework import (
    announce,
    birth,
    force_move,
    gain_power,
    perform,
    position,
    special_move,
    stepped,
)
from ascension.game.combat.monsters.history import is_first, last, last2, set_next_move
from ascension.game.combat.registry import monster_roll, new_action, on_death
from ascension.game.combat.state import ALIVE, DEAD, HALF_DEAD, Action, Combat, Creature
from ascension.game.ids import monsters, moves, powers

# --- darkling: memory = nip damage ----------------------------------------------------------


@birth(monsters.DARKLING)
def draw_nip_damage(c: Combat, m: Creature) -> None:
    """A darkling nips for the same rolled number all its life."""
    low = stepped(c, 7, 2, 9)
    m.memory = c.run.monster_hp_rng.between(low, low + 4)


@monster_roll(monsters.DARKLING)
def roll_darkling(c: Combat, m: Creature, r: i64) -> None:
    """Half-dead it comes back; only those at the ends chomp."""
    if m.state == HALF_DEAD:
        move: i64 = moves.DARKLING_REINCARNATE
    elif is_first(m):
        move = moves.DARKLING_HARDEN if r < 50 else moves.DARKLING_NIP
    else:
        move = _darkling_choice(c, m, r)
    if move == moves.DARKLING_NIP:
        set_next_move(m, move, m.memory, 1)
    else:
        announce(c, m, move)


def _darkling_choice(c: Combat, m: Creature, r: i64) -> i64:
    if r < 40:
        if not last(m, moves.DARKLING_CHOMP) and position(c, m) % 2 == 0:
            return moves.DARKLING_CHOMP
        return _darkling_choice(c, m, c.run.ai_rng.between(40, 99))
    if r < 70:
        if last(m, moves.DARKLING_HARDEN):
            return moves.DARKLING_NIP
        return moves.DARKLING_HARDEN
    if not last2(m, moves.DARKLING_NIP):
        return moves.DARKLING_NIP
    return _darkling_choice(c, m, c.run.ai_rng.between(0, 99))


@special_move(moves.DARKLING_REINCARNATE)
def reincarnate(c: Combat, m: Creature) -> None:
    """Back with half its hp."""
    action = Action(REVIVE)
    action.target = m
    action.amount = m.max_hp // 2
    bottom(c, action)
    gain_power(c, m, powers.REGROW, 1)


def _revive(c: Combat, action: Action) -> None:
    m = action.target
    assert m is not None
    m.state = ALIVE
    heal_now(c, m, action.amount)
    if m.id == monsters.DARKLING:
        relics.on_spawn(c, m)


REVIVE: Final = new_action(_revive)


@on_death(monsters.DARKLING)
def darkling_death(c: Combat, m: Creature) -> None:
    """Half-dead while another darkling stands; when none does, all die for real."""
    if not _another_stands(c, m):
        for other in c.monsters:
            other.state = DEAD
        return
    m.powers = []
    m.block = 0
    m.state = HALF_DEAD
    if m.move != moves.DARKLING_REGROW:
        force_move(c, m, moves.DARKLING_REGROW)


def _another_stands(c: Combat, m: Creature) -> bool:
    return any(other is not m and other.state == ALIVE for other in c.monsters)


# --- awakened one: memory = 1 in its second form, memory2 = 1 once dark echo was executed ----


@monster_roll(monsters.AWAKENED_ONE)
def roll_awakened_one(c: Combat, m: Creature, r: i64) -> None:
    """Each form has its own two moves, and the second its opening blow."""
    if is_first(m):
        announce(c, m, moves.AWAKENED_ONE_SLASH)
    elif m.state == HALF_DEAD:
        announce(c, m, moves.AWAKENED_ONE_REBIRTH)
    elif m.memory == 0:
        announce(c, m, _first_form_choice(m, r))
    elif m.memory2 == 0:
        announce(c, m, moves.AWAKENED_ONE_DARK_ECHO)
    else:
        announce(c, m, _second_form_choice(m, r))


def _first_form_choice(m: Creature, r: i64) -> i64:
    if r < 25:
        strikes = not last(m, moves.AWAKENED_ONE_SOUL_STRIKE)
    else:
        strikes = last2(m, moves.AWAKENED_ONE_SLASH)
    return moves.AWAKENED_ONE_SOUL_STRIKE if strikes else moves.AWAKENED_ONE_SLASH


def _second_form_choice(m: Creature, r: i64) -> i64:
    if r < 50:
        tackles = last2(m, moves.AWAKENED_ONE_SLUDGE)
    else:
        tackles = not last2(m, moves.AWAKENED_ONE_TACKLE)
    return moves.AWAKENED_ONE_TACKLE if tackles else moves.AWAKENED_ONE_SLUDGE


@special_move(moves.AWAKENED_ONE_DARK_ECHO)
def dark_echo(c: Combat, m: Creature) -> None:
    """The opening blow of the second form, once."""
    m.memory2 = 1
    perform(c, m)


@special_move(moves.AWAKENED_ONE_REBIRTH)
def rebirth(c: Combat, m: Creature) -> None:
    """The second form, at full hp."""
    m.max_hp = stepped(c, 300, 9, 320)
    action = Action(REVIVE)
    action.target = m
    action.amount = m.max_hp
    bottom(c, action)


LOST_WITH_FIRST_FORM: Final[list[i64]] = [powers.CURIOSITY, powers.UNAWAKENED, powers.SHACKLED]


def _clear_card_queue(c: Combat, action: Action) -> None:
    for item in c.card_queue:
        if item.card is not None and item.card in c.limbo:
            c.limbo.remove(item.card)
    c.card_queue.clear()


CLEAR_CARD_QUEUE: Final = new_action(_clear_card_queue)


@on_death(monsters.AWAKENED_ONE)
def awakened_one_death(c: Combat, m: Creature) -> None:
    """The first form is half-dead and will be reborn; with the second the cultists leave."""
    if m.memory == 1:
        _cultists_flee(c)
        return
    m.memory = 1
    m.state = HALF_DEAD
    top(c, Action(CLEAR_CARD_QUEUE))
    m.powers = [p for p in m.powers if not is_debuff(p) and p.id not in LOST_WITH_FIRST_FORM]
    force_move(c, m, moves.AWAKENED_ONE_REBIRTH)


def _cultists_flee(c: Combat) -> None:
    for other in c.monsters:
        if other.id == monsters.CULTIST and other.state == ALIVE:
            bottom(c, actions.escape_monster(other))
