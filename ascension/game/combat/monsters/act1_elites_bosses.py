"""Lagavulin, sentries, the guardian and hexaghost (monsters.md 2)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom
from ascension.game.combat.monsters.framework import (
    announce,
    gain_power,
    hit,
    perform,
    position,
    queue_move,
    queue_roll,
    special_move,
    stepped,
    stepped_twice,
)
from ascension.game.combat.monsters.history import is_first, last, last2, set_next_move
from ascension.game.combat.piles import new_card, upgrade_card
from ascension.game.combat.powers import find_power
from ascension.game.combat.registry import monster_roll, new_action, on_damaged, pre_battle
from ascension.game.combat.state import ALIVE, Action, Combat, Creature
from ascension.game.ids import cards, encounters, monsters, moves, powers

# --- lagavulin: memory = 1 awake, memory2 = attacks since the last siphon, memory3 = turns slept,
# --- memory4 = 1 once its waking was triggered -----------------------------------------------


@pre_battle(monsters.LAGAVULIN)
def start_lagavulin(c: Combat, m: Creature) -> None:
    """Asleep behind its shell, unless a dead adventurer has woken it."""
    if _is_awake_version(c):
        return
    bottom(c, actions.gain_block(m, 8))
    gain_power(c, m, powers.METALLICIZE, 8)
    gain_power(c, m, powers.ASLEEP, 1)


def _is_awake_version(c: Combat) -> bool:
    return c.encounter == encounters.LAGAVULIN_EVENT


@monster_roll(monsters.LAGAVULIN)
def roll_lagavulin(c: Combat, m: Creature, r: i64) -> None:
    """Sleeps until woken; then attack, attack, siphon. Met awake, it siphons first."""
    if is_first(m) and _is_awake_version(c):
        m.memory = 1
        m.memory4 = 1
        announce(c, m, moves.LAGAVULIN_SIPHON_SOUL)
    elif m.memory == 0:
        announce(c, m, moves.LAGAVULIN_SLEEP)
    elif m.memory2 < 2 and not last2(m, moves.LAGAVULIN_ATTACK):
        announce(c, m, moves.LAGAVULIN_ATTACK)
    else:
        announce(c, m, moves.LAGAVULIN_SIPHON_SOUL)


@special_move(moves.LAGAVULIN_ATTACK)
def lagavulin_attack(c: Combat, m: Creature) -> None:
    """Counts towards the next siphon."""
    m.memory2 += 1
    perform(c, m)


@special_move(moves.LAGAVULIN_SIPHON_SOUL)
def siphon_soul(c: Combat, m: Creature) -> None:
    """Starts the count of attacks anew."""
    m.memory2 = 0
    perform(c, m)


@special_move(moves.LAGAVULIN_SLEEP)
def sleep(c: Combat, m: Creature) -> None:
    """Wakes by itself after three turns."""
    m.memory3 += 1
    if m.memory3 < 3:
        announce(c, m, moves.LAGAVULIN_SLEEP)
        queue_roll(c, m)
        return
    m.memory4 = 1
    _queue_waking(c, m)
    queue_move(c, m, moves.LAGAVULIN_ATTACK)


@on_damaged(monsters.LAGAVULIN)
def hurt_lagavulin(c: Combat, m: Creature) -> None:
    """Lost hp wakes it, stunned for a turn."""
    if m.memory4 == 0 and m.state == ALIVE:
        m.memory4 = 1
        announce(c, m, moves.LAGAVULIN_STUNNED)
        _queue_waking(c, m)


def _queue_waking(c: Combat, m: Creature) -> None:
    action = Action(WAKE)
    action.target = m
    bottom(c, action)


def _wake(c: Combat, action: Action) -> None:
    m = action.target
    assert m is not None
    m.memory = 1
    bottom(c, actions.remove_power(m, powers.ASLEEP))
    bottom(c, actions.reduce_power(m, powers.METALLICIZE, 8))


WAKE: Final = new_action(_wake)

# --- sentry ---------------------------------------------------------------------------------


@monster_roll(monsters.SENTRY)
def roll_sentry(c: Combat, m: Creature, r: i64) -> None:
    """Every other sentry starts with a bolt; then bolt and beam alternate."""
    bolts = position(c, m) % 2 == 0 if is_first(m) else last(m, moves.SENTRY_BEAM)
    announce(c, m, moves.SENTRY_BOLT if bolts else moves.SENTRY_BEAM)


# --- the guardian: memory = threshold of the next mode shift, memory2 = hp lost towards it,
# --- memory3 = 1 while closed, memory4 = 1 from the triggered shift until it opens ------------


@pre_battle(monsters.THE_GUARDIAN)
def start_guardian(c: Combat, m: Creature) -> None:
    """Shows how much damage makes it close."""
    m.memory = stepped_twice(c, 30, 9, 35, 19, 40)
    gain_power(c, m, powers.MODE_SHIFT, m.memory)


@monster_roll(monsters.THE_GUARDIAN)
def roll_guardian(c: Combat, m: Creature, r: i64) -> None:
    """Rolls only once; all other moves are chained."""
    announce(c, m, moves.THE_GUARDIAN_CHARGING_UP)


@on_damaged(monsters.THE_GUARDIAN)
def hurt_guardian(c: Combat, m: Creature) -> None:
    """Open, it counts the hp it loses and closes at the threshold."""
    if m.state != ALIVE or m.memory3 == 1 or m.memory4 == 1:
        return
    m.memory2 += m.last_damage_taken
    shift = find_power(m, powers.MODE_SHIFT)
    if shift is not None:
        shift.amount = m.memory - m.memory2
    if m.memory2 >= m.memory:
        m.memory2 = 0
        m.memory4 = 1
        action = Action(CLOSE_UP)
        action.target = m
        bottom(c, action)


def _close_up(c: Combat, action: Action) -> None:
    m = action.target
    assert m is not None
    bottom(c, actions.remove_power(m, powers.MODE_SHIFT))
    bottom(c, actions.gain_block(m, 20))
    m.memory += 10
    m.memory3 = 1
    announce(c, m, moves.THE_GUARDIAN_DEFENSIVE_MODE)


CLOSE_UP: Final = new_action(_close_up)


@special_move(moves.THE_GUARDIAN_TWIN_SLAM)
def twin_slam(c: Combat, m: Creature) -> None:
    """Opens first; the new threshold and the loss of block come behind the hits."""
    action = Action(OPEN)
    action.target = m
    bottom(c, action)
    hit(c, m)
    bottom(c, actions.remove_power(m, powers.SHARP_HIDE))


def _open(c: Combat, action: Action) -> None:
    m = action.target
    assert m is not None
    m.memory3 = 0
    m.memory4 = 0
    gain_power(c, m, powers.MODE_SHIFT, m.memory)
    after = Action(SETTLE)
    after.target = m
    after.amount = m.block
    bottom(c, after)


OPEN: Final = new_action(_open)


def _settle(c: Combat, action: Action) -> None:
    m = action.target
    assert m is not None
    m.memory2 = 0
    m.block = max(m.block - action.amount, 0)


SETTLE: Final = new_action(_settle)

# --- hexaghost: memory = divider damage, memory2 = lit flames, memory3 = 1 after an inferno ---


@monster_roll(monsters.HEXAGHOST)
def roll_hexaghost(c: Combat, m: Creature, r: i64) -> None:
    """The lit flames decide."""
    if is_first(m):
        announce(c, m, moves.HEXAGHOST_ACTIVATE)
    else:
        announce(c, m, HEXAGHOST_LINE[m.memory2])


HEXAGHOST_LINE: Final[list[i64]] = [
    moves.HEXAGHOST_SEAR,
    moves.HEXAGHOST_TACKLE,
    moves.HEXAGHOST_SEAR,
    moves.HEXAGHOST_INFLAME,
    moves.HEXAGHOST_TACKLE,
    moves.HEXAGHOST_SEAR,
    moves.HEXAGHOST_INFERNO,
]


@special_move(moves.HEXAGHOST_ACTIVATE)
def activate(c: Combat, m: Creature) -> None:
    """The player's hp now gives the damage of the divider."""
    m.memory = c.player.hp // 12 + 1
    set_next_move(m, moves.HEXAGHOST_DIVIDER, m.memory, 6)


@special_move(moves.HEXAGHOST_DIVIDER)
def divider(c: Combat, m: Creature) -> None:
    """Puts all flames out."""
    m.memory2 = 0
    perform(c, m)


@special_move(moves.HEXAGHOST_TACKLE, moves.HEXAGHOST_INFLAME)
def light_flame(c: Combat, m: Creature) -> None:
    """Lights a flame."""
    m.memory2 += 1
    perform(c, m)


@special_move(moves.HEXAGHOST_SEAR)
def sear(c: Combat, m: Creature) -> None:
    """Burns, upgraded ones after the first inferno."""
    m.memory2 += 1
    hit(c, m)
    burn = new_card(c, cards.BURN, m.memory3)
    bottom(c, actions.make_in_discard(burn, stepped(c, 1, 19, 2)))


@special_move(moves.HEXAGHOST_INFERNO)
def inferno(c: Combat, m: Creature) -> None:
    """Upgrades the burns in the piles and adds three more."""
    m.memory2 = 0
    m.memory3 = 1
    hit(c, m)
    bottom(c, Action(UPGRADE_BURNS))
    bottom(c, actions.make_in_discard(new_card(c, cards.BURN, 1), 3))


def _upgrade_burns(c: Combat, action: Action) -> None:
    for card in c.discard_pile:
        if card.id == cards.BURN and card.upgrades == 0:
            upgrade_card(card)
    for card in c.draw_pile:
        if card.id == cards.BURN and card.upgrades == 0:
            upgrade_card(card)


UPGRADE_BURNS: Final = new_action(_upgrade_burns)
