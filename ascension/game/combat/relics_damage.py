"""Relics that react to lost hp, to monsters dying or losing their block, and to debuffs."""

from typing import Final

from ascension.game.combat.actions import apply_power, bottom, draw_cards, gain_energy, top
from ascension.game.combat.damage import all_gone, heal_now
from ascension.game.combat.powers import add_power_now, has_power
from ascension.game.combat.relic_hooks import (
    BLOCK_BROKEN,
    BLOODIED,
    DYING,
    HP_LOST,
    MADE_VULNERABLE,
    MONSTER_DEATH,
    SPAWN,
    UNBLOODIED,
    moment,
    monster_rule,
)
from ascension.game.combat.relics_start import RED_SKULL_STRENGTH
from ascension.game.combat.state import Combat, Creature
from ascension.game.ids import powers
from ascension.game.ids import relics as ids
from ascension.game.run import Relic

USED: Final = 1  # `Relic.memory` of what works once a fight


# --- The player's hp ---


@moment(HP_LOST, ids.CENTENNIAL_PUZZLE)
def _centennial_puzzle(c: Combat, relic: Relic) -> None:
    if relic.memory != USED:
        relic.memory = USED
        top(c, draw_cards(3))


@moment(HP_LOST, ids.SELF_FORMING_CLAY)
def _self_forming_clay(c: Combat, relic: Relic) -> None:
    top(c, apply_power(c.player, c.player, powers.NEXT_TURN_BLOCK, 3))


@moment(HP_LOST, ids.RUNIC_CUBE)
def _runic_cube(c: Combat, relic: Relic) -> None:
    top(c, draw_cards(1))


@moment(BLOODIED, ids.RED_SKULL)
def _red_skull_wakes(c: Combat, relic: Relic) -> None:
    if relic.memory == 0:
        relic.memory = 1
        top(c, apply_power(c.player, c.player, powers.STRENGTH, RED_SKULL_STRENGTH))


@moment(UNBLOODIED, ids.RED_SKULL)
def _red_skull_sleeps(c: Combat, relic: Relic) -> None:
    if relic.memory == 1:
        relic.memory = 0
        top(c, apply_power(c.player, c.player, powers.STRENGTH, -RED_SKULL_STRENGTH))


@moment(DYING, ids.LIZARD_TAIL)
def _lizard_tail(c: Combat, relic: Relic) -> None:
    c.player.hp = 0
    heal_now(c, c.player, max(1, c.player.max_hp // 2))


# --- Monsters ---


@monster_rule(MONSTER_DEATH, ids.GREMLIN_HORN)
def _gremlin_horn(c: Combat, relic: Relic, monster: Creature) -> None:
    if not all_gone(c):
        bottom(c, gain_energy(1))
        bottom(c, draw_cards(1))


@monster_rule(BLOCK_BROKEN, ids.HAND_DRILL)
def _hand_drill(c: Combat, relic: Relic, monster: Creature) -> None:
    bottom(c, apply_power(monster, c.player, powers.VULNERABLE, 2))


@monster_rule(SPAWN, ids.PHILOSOPHERS_STONE)
def _philosophers_stone(c: Combat, relic: Relic, monster: Creature) -> None:
    add_power_now(c, monster, powers.STRENGTH, 1)


@monster_rule(MADE_VULNERABLE, ids.CHAMPION_BELT)
def _champion_belt(c: Combat, relic: Relic, monster: Creature) -> None:
    if not has_power(monster, powers.ARTIFACT):
        bottom(c, apply_power(monster, c.player, powers.WEAK, 1))
