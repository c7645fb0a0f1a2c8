"""Monsters that shake off their debuffs: the champ, the time eater, the awakened one."""

from typing import Final

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom, top
from ascension.game.combat.registry import new_action
from ascension.game.combat.state import Action, Combat, Creature, Power
from ascension.game.tables import DEBUFF, POWER_KIND, SIGNED


def is_debuff(power: Power) -> bool:
    """Whether a power harms its owner; strength and the like do when negative."""
    kind = POWER_KIND[power.id]
    return kind == DEBUFF or (kind == SIGNED and power.amount < 0)


def _remove_debuffs(c: Combat, action: Action) -> None:
    monster = action.target
    assert monster is not None
    for power in monster.powers:
        if is_debuff(power):
            top(c, actions.remove_power(monster, power.id))


REMOVE_DEBUFFS: Final = new_action(_remove_debuffs)


def queue_remove_debuffs(c: Combat, monster: Creature) -> None:
    """Queue the removal of all debuffs that the monster has then."""
    action = Action(REMOVE_DEBUFFS)
    action.target = monster
    bottom(c, action)
