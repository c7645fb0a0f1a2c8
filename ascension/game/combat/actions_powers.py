"""Queued actions that give, lower and remove powers (powers.md 2)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import relics
from ascension.game.combat.power_hooks import DEBUFF_GIVEN
from ascension.game.combat.powers import (
    add_or_stack,
    find_power,
    fire_hit,
    has_power,
    is_debuff,
    reduce_now,
    remove_now,
)
from ascension.game.combat.queues import top
from ascension.game.combat.registry import MOOT, new_action
from ascension.game.combat.state import NORMAL, Action, Combat, Creature
from ascension.game.combat.targets import is_gone
from ascension.game.ids import powers as ids

# --- Giving ---


def apply_power(target: Creature, source: Creature | None, power_id: i64, amount: i64) -> Action:
    """Give a power. `extra` of the action is the second number of a power that has one."""
    action = Action(APPLY_POWER)
    action.target = target
    action.source = source
    action.amount = amount
    action.power = power_id
    return action


def apply_power_from_monster(
    target: Creature, source: Creature | None, power_id: i64, amount: i64
) -> Action:
    """Give a power with the "monster source" flag of powers.md 3."""
    action = apply_power(target, source, power_id, amount)
    action.flag = True
    return action


def _apply_power(c: Combat, action: Action) -> None:
    target = action.target
    assert target is not None
    id = action.power
    if is_gone(target) or (id == ids.NO_DRAW and has_power(target, ids.NO_DRAW)):
        return
    if _player_gives_it(c, action):
        _tell_givers_powers(c, action)
        relics.on_apply_power(c, target, id)
    if target.is_player() and relics.blocks_debuff(c, id):
        return
    if is_debuff(id, action.amount) and has_power(target, ids.ARTIFACT):
        top(c, reduce_power(target, ids.ARTIFACT, 1))
        return
    add_or_stack(c, target, id, action.amount, action.extra, action.source, action.flag)


APPLY_POWER: Final = new_action(_apply_power, MOOT)


def _player_gives_it(c: Combat, action: Action) -> bool:
    return action.source is c.player and action.target is not c.player


def _tell_givers_powers(c: Combat, action: Action) -> None:
    """The player's powers hear of debuffs that artifact does not stop."""
    target = action.target
    if target is None or not is_debuff(action.power, action.amount):
        return
    if action.power != ids.SHACKLED and not has_power(target, ids.ARTIFACT):
        fire_hit(c, c.player, DEBUFF_GIVEN, target, action.amount, NORMAL)


# --- Taking ---


def reduce_power(target: Creature, power_id: i64, amount: i64) -> Action:
    """Lower a power; it is removed when nothing is left."""
    action = Action(REDUCE_POWER)
    action.target = target
    action.power = power_id
    action.amount = amount
    return action


def _reduce_power(c: Combat, action: Action) -> None:
    target = action.target
    assert target is not None
    power = find_power(target, action.power)
    if power is not None:
        reduce_now(c, target, power, action.amount)


REDUCE_POWER: Final = new_action(_reduce_power)


def remove_power(target: Creature, power_id: i64) -> Action:
    """Remove a power, whatever its amount."""
    action = Action(REMOVE_POWER)
    action.target = target
    action.power = power_id
    return action


def _remove_power(c: Combat, action: Action) -> None:
    target = action.target
    assert target is not None
    power = find_power(target, action.power)
    if power is not None and not is_gone(target):
        remove_now(c, target, power)


REMOVE_POWER: Final = new_action(_remove_power)
