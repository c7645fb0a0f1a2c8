"""A monster's private memory as recorded games write it (one number per monster)."""

from mypy_extensions import i64

from ascension.game.combat.monsters.framework import move_damage
from ascension.game.combat.state import HALF_DEAD, PLACE_TAKEN, Combat, Creature
from ascension.game.ids import encounters, monsters, moves

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
        monsters.DARKLING,
        monsters.SPIKER,
        monsters.WRITHING_MASS,
        monsters.NEMESIS,
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

# Moves made once: recordings count them when they are executed.
_ONCE: frozenset[int] = frozenset({moves.BRONZE_ORB_STASIS, moves.TIME_EATER_HASTE})


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
    if creature.id in (monsters.BRONZE_ORB, monsters.TIME_EATER):
        return 0 if creature.move in _ONCE else creature.memory
    return 1 if _is_reborn(creature) else 0


def _next_slam(c: Combat, creature: Creature) -> i64:
    """Known from its second slam on; 0 before."""
    if creature.memory >= 0:
        return 0
    return move_damage(c, moves.GIANT_HEAD_IT_IS_TIME) - 5 * creature.memory


def monsters_as_recorded(c: Combat) -> list[Creature]:
    """The monsters by slot, without the bodies whose place was taken."""
    shown = [monster for monster in c.monsters if monster.slot != PLACE_TAKEN]
    return sorted(shown, key=_slot)


def _slot(creature: Creature) -> int:
    return int(creature.slot)


def previous_move_is_open(c: Combat, creature: Creature) -> bool:
    """Whether recordings may show another previous move: they merge some repeated moves into one,
    and a worm of the horde starts with a move of somebody else."""
    if creature.move_before == creature.move:
        return True
    return c.encounter == encounters.JAW_WORM_HORDE and creature.moves_made == 1
