"""Queued actions about monsters: moves, deaths, escapes, newcomers (monsters.md 0)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import relics
from ascension.game.combat.actions_powers import apply_power
from ascension.game.combat.death import escape, kill_itself
from ascension.game.combat.monsters.history import set_next_move
from ascension.game.combat.queues import top
from ascension.game.combat.registry import MONSTER_ROLL, new_action
from ascension.game.combat.state import Action, Combat, Creature
from ascension.game.ids import powers as ids

LAST_ROLL: Final = 99


def roll_move(monster: Creature) -> Action:
    """Roll the next move; also of a monster that died meanwhile, unless a purge drops it."""
    action = Action(ROLL_MOVE)
    action.target = monster
    return action


def _roll_move(c: Combat, action: Action) -> None:
    monster = action.target
    assert monster is not None
    roll_now(c, monster)


ROLL_MOVE: Final = new_action(_roll_move)


def roll_now(c: Combat, monster: Creature) -> None:
    """Roll a monster's next move at once."""
    rule = MONSTER_ROLL[monster.id]
    assert rule is not None, f"monster {monster.id} has no move choice"
    rule(c, monster, c.run.ai_rng.random(LAST_ROLL))


def set_move(monster: Creature, move: i64, base_damage: i64, hits: i64) -> Action:
    """Announce a move without a roll."""
    action = Action(SET_MOVE)
    action.target = monster
    action.amount = move
    action.extra = hits
    action.power = base_damage
    return action


def _set_move(c: Combat, action: Action) -> None:
    monster = action.target
    assert monster is not None
    set_next_move(monster, action.amount, action.power, action.extra)


SET_MOVE: Final = new_action(_set_move)


def suicide(monster: Creature, triggers: bool) -> Action:
    """The monster dies, with the normal death triggers or without; no damage is dealt."""
    action = Action(SUICIDE)
    action.target = monster
    action.flag = triggers
    return action


def _suicide(c: Combat, action: Action) -> None:
    monster = action.target
    assert monster is not None
    kill_itself(c, monster, action.flag)


SUICIDE: Final = new_action(_suicide)


def escape_monster(monster: Creature) -> Action:
    """The monster leaves the fight."""
    action = Action(ESCAPE)
    action.target = monster
    return action


def _escape(c: Combat, action: Action) -> None:
    monster = action.target
    assert monster is not None
    escape(c, monster)


ESCAPE: Final = new_action(_escape)


def spawn(monster: Creature, minion: bool) -> Action:
    """A monster that was built already joins the fight, at the place that its x gives it."""
    action = Action(SPAWN)
    action.target = monster
    action.flag = minion
    return action


def _spawn(c: Combat, action: Action) -> None:
    monster = action.target
    assert monster is not None
    relics.on_spawn(c, monster)
    roll_now(c, monster)
    position: i64 = 0
    for other in c.monsters:
        if other.x < monster.x:
            position += 1
    c.monsters.insert(position, monster)
    if action.flag:
        top(c, apply_power(monster, monster, ids.MINION, 1))


SPAWN: Final = new_action(_spawn)
