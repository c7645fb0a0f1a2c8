"""Monsters that reach 0 hp, kill themselves or escape (combat.md 14)."""

from ascension.game.combat import relics
from ascension.game.combat.power_hooks import DEATH
from ascension.game.combat.powers import fire, has_power
from ascension.game.combat.registry import MONSTER_ON_DEATH
from ascension.game.combat.state import (
    DEAD,
    ESCAPED,
    HALF_DEAD,
    CardItem,
    Combat,
    Creature,
)
from ascension.game.combat.targets import all_gone, is_fallen
from ascension.game.ids import powers as ids


def reach_zero(c: Combat, monster: Creature) -> None:
    """The monster's hp is 0: it dies, once; darklings and the first awakened one half."""
    if monster.state == HALF_DEAD:
        return
    monster.state = HALF_DEAD if _only_half_dies(monster) else DEAD
    fire(c, monster, DEATH)
    relics.on_monster_death(c, monster)
    _own_rule(c, monster)


def _only_half_dies(monster: Creature) -> bool:
    return has_power(monster, ids.REGROW) or has_power(monster, ids.UNAWAKENED)


def _own_rule(c: Combat, monster: Creature) -> None:
    rule = MONSTER_ON_DEATH[monster.id]
    if rule is not None:
        rule(c, monster)
    forget_plans_if_all_gone(c)


def kill_itself(c: Combat, monster: Creature, triggers: bool) -> None:
    """A suicide: hp 0 and dead, with the normal death triggers or without."""
    if is_fallen(monster):
        return
    monster.hp = 0
    monster.state = DEAD
    if triggers:
        fire(c, monster, DEATH)
        relics.on_monster_death(c, monster)
    _own_rule(c, monster)


def escape(c: Combat, monster: Creature) -> None:
    """Leave the fight; what it stole is gone."""
    if not is_fallen(monster):
        monster.state = ESCAPED
        forget_plans_if_all_gone(c)


def forget_plans_if_all_gone(c: Combat) -> None:
    """With the last monster gone nothing is played from the hand and no turn ends any more."""
    if not all_gone(c):
        return
    c.limbo = []
    c.end_turn_queued = False
    kept: list[CardItem] = []
    for item in c.card_queue:
        if item.card is not None and item.card not in c.hand:
            kept.append(item)
    c.card_queue = kept
