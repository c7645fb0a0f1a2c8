"""Monsters that come and go with a leader: summoning, minions, what a leader's death does."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom, top
from ascension.game.combat.monsters.framework import build_monster
from ascension.game.combat.registry import MONSTER_PRE_BATTLE, new_action, on_death, pre_battle
from ascension.game.combat.state import ALIVE, PLACE_TAKEN, Action, Combat, Creature
from ascension.game.ids import monsters, powers


def occupant(c: Combat, slot: i64) -> Creature | None:
    """The living monster in a slot."""
    for monster in c.monsters:
        if monster.slot == slot and monster.state == ALIVE:
            return monster
    return None


def vacate(c: Combat, slot: i64) -> None:
    """Bodies in the slot make room for a newcomer."""
    for body in c.monsters:
        if body.slot == slot:
            body.slot = PLACE_TAKEN


def summon(c: Combat, id: i64, slot: i64, x: i64) -> Creature:
    """Build a minion now and queue its coming."""
    monster = build_monster(c, id)
    vacate(c, slot)
    monster.slot = slot
    monster.x = x
    bottom(c, actions.spawn(monster, True))
    return monster


def _start(c: Combat, action: Action) -> None:
    monster = action.target
    assert monster is not None
    rule = MONSTER_PRE_BATTLE[monster.id]
    if rule is not None:
        rule(c, monster)


START: Final = new_action(_start)


def queue_start(c: Combat, monster: Creature) -> None:
    """Queue the pre-battle step of a monster that was called into the fight."""
    action = Action(START)
    action.target = monster
    bottom(c, action)


@pre_battle(monsters.GREMLIN_LEADER, monsters.REPTOMANCER)
def mark_minions(c: Combat, m: Creature) -> None:
    """All others of the line-up are minions."""
    for other in c.monsters:
        if other is not m:
            bottom(c, actions.apply_power(other, m, powers.MINION, 1))


@on_death(monsters.GREMLIN_LEADER)
def gremlins_flee(c: Combat, m: Creature) -> None:
    """The gremlins leave with their leader."""
    for other in c.monsters:
        if other is not m and other.state == ALIVE:
            bottom(c, actions.escape_monster(other))


@on_death(monsters.BRONZE_AUTOMATON, monsters.THE_COLLECTOR, monsters.REPTOMANCER)
def minions_die(c: Combat, m: Creature) -> None:
    """The minions die with their leader, the last of the list first."""
    for other in c.monsters:
        if other is not m and other.state == ALIVE:
            top(c, actions.suicide(other, True))
