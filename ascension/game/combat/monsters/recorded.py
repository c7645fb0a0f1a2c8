"""A monster's private memory as recorded games write it (one number per monster)."""

from mypy_extensions import i64

from ascension.game.combat.monsters.framework import move_damage
from ascension.game.combat.state import HALF_DEAD, Combat, Creature
from ascension.game.ids import monsters, moves

# Recordings show the first number of the memory of these.
_PLAIN: frozenset[int] = frozenset(
    {
        monsters.RED_LOUSE,
        monsters.GREEN_LOUSE,
        monsters.LOOTER,
        monsters.MUGGER,
        monsters.RED_SLAVER,
        monsters.GREMLIN_WIZARD,
        monsters.THE_GUARDIAN,
        monsters.HEXAGHOST,
        monsters.BOOK_OF_STABBING,
        monsters.BRONZE_AUTOMATON,
        monsters.BRONZE_ORB,
        monsters.DARKLING,
        monsters.SPIKER,
        monsters.WRITHING_MASS,
        monsters.NEMESIS,
        monsters.TIME_EATER,
    }
)

_LEADERS: frozenset[int] = frozenset(
    {
        monsters.GREMLIN_LEADER,
        monsters.BRONZE_AUTOMATON,
        monsters.THE_COLLECTOR,
        monsters.REPTOMANCER,
    }
)


def leads_as_recorded(creature: Creature) -> bool:
    """Whether a monster is recorded with the marker `minion_leader`."""
    return creature.id in _LEADERS or _is_reborn(creature)


def _is_reborn(creature: Creature) -> bool:
    return (
        creature.id == monsters.AWAKENED_ONE
        and creature.memory == 1
        and creature.state != HALF_DEAD
    )


def misc_as_recorded(c: Combat, creature: Creature) -> i64:
    """The field `misc` of a monster in a recorded line."""
    if creature.id in _PLAIN:
        return creature.memory
    if creature.id == monsters.THE_CHAMP:
        return creature.memory + 4 * creature.memory2
    if creature.id == monsters.GIANT_HEAD:
        return _next_slam(c, creature)
    return 1 if _is_reborn(creature) else 0


def _next_slam(c: Combat, creature: Creature) -> i64:
    """Known from its second slam on; 0 before."""
    if creature.memory >= 0:
        return 0
    return move_damage(c, moves.GIANT_HEAD_IT_IS_TIME) - 5 * creature.memory


def monsters_as_recorded(c: Combat) -> list[Creature]:
    """One monster for each slot, by slot: a newcomer hides the body that lay there."""
    by_slot: dict[int, Creature] = {}
    for monster in c.monsters:
        shown = by_slot.get(monster.slot)
        if shown is None or _is_newer(monster, shown):
            by_slot[monster.slot] = monster
    return [by_slot[slot] for slot in sorted(by_slot)]


def _is_newer(monster: Creature, shown: Creature) -> bool:
    """Respawned monsters stand in front of their predecessor; living ones hide bodies."""
    return shown.hp <= 0 < monster.hp
