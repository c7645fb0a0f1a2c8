"""Who stands in a fight (encounters_composition.md).

`content/encounters.csv` lists the fixed line-ups, and slots and positions where they are not
simply 0, 1, 2. Line-ups that are drawn have a small function here.
"""

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from ascension.game.combat.monsters.framework import build_monster, roll_first_move
from ascension.game.combat.state import Combat, Creature
from ascension.game.ids import encounters as ids
from ascension.game.ids import monsters
from ascension.game.tables import MONSTER_INDEX, read_rows

Lineup = Callable[[Combat], None]

LINEUP_RULE: Final[list[Lineup | None]] = [None] * ids.COUNT

_ROWS: Final = read_rows("encounters")


def _numbers(cell: str) -> list[i64]:
    return [int(word) for word in cell.split(";") if word]


FIXED: Final[list[list[i64]]] = [
    [MONSTER_INDEX[name] for name in row["lineup"].split(";") if name] for row in _ROWS
]
SLOTS: Final = [_numbers(row["slots"]) for row in _ROWS]
POSITIONS: Final = [_numbers(row["xs"]) for row in _ROWS]

WIZARD_SHIFT: Final = -35  # a wizard stands further left in its slot


def build_encounter(c: Combat) -> None:
    """Fill `c.monsters` with the encounter's line-up and roll every first move, in list order."""
    rule = LINEUP_RULE[c.encounter]
    if rule is not None:
        rule(c)
    for id in FIXED[c.encounter]:
        add(c, id)
    _place(c)
    for monster in c.monsters:
        roll_first_move(c, monster)


def add(c: Combat, id: i64) -> None:
    """Build the next monster to the right, with its `monster_hp` draws."""
    c.monsters.append(build_monster(c, id))


def _place(c: Combat) -> None:
    slots = SLOTS[c.encounter]
    xs = POSITIONS[c.encounter]
    for index, monster in enumerate(c.monsters):
        monster.slot = slots[index] if slots else index
        monster.x = xs[index] if xs else 0
        if xs and monster.id == monsters.GREMLIN_WIZARD:
            monster.x += WIZARD_SHIFT


def _lineup(*encounters: int) -> Callable[[Lineup], Lineup]:
    """Decorator: the function draws and builds the line-up."""

    def register(function: Lineup) -> Lineup:
        for encounter in encounters:
            LINEUP_RULE[encounter] = function
        return function

    return register


# --- picks ----------------------------------------------------------------------------------


def _louse(c: Combat) -> i64:
    return monsters.RED_LOUSE if c.run.misc_rng.random_boolean() else monsters.GREEN_LOUSE


def _slaver(c: Combat) -> i64:
    return monsters.RED_SLAVER if c.run.misc_rng.random_boolean() else monsters.BLUE_SLAVER


SHAPES: Final[list[i64]] = [monsters.SPIKER, monsters.REPULSOR, monsters.EXPLODER]

# Kinds of a called gremlin, by the number drawn.
GREMLINS: Final[list[i64]] = [
    monsters.MAD_GREMLIN,
    monsters.MAD_GREMLIN,
    monsters.SNEAKY_GREMLIN,
    monsters.SNEAKY_GREMLIN,
    monsters.FAT_GREMLIN,
    monsters.FAT_GREMLIN,
    monsters.SHIELD_GREMLIN,
    monsters.GREMLIN_WIZARD,
]


def _add_one_of(c: Combat, candidates: list[Creature]) -> None:
    """All candidates were built, with their draws; only the picked one enters the fight."""
    c.monsters.append(candidates[c.run.misc_rng.random(len(candidates) - 1)])


def _weak_wildlife(c: Combat) -> None:
    louse = build_monster(c, _louse(c))
    spike_slime = build_monster(c, monsters.SPIKE_SLIME_M)
    acid_slime = build_monster(c, monsters.ACID_SLIME_M)
    _add_one_of(c, [louse, spike_slime, acid_slime])


def _strong_humanoid(c: Combat) -> None:
    cultist = build_monster(c, monsters.CULTIST)
    slaver = build_monster(c, _slaver(c))
    looter = build_monster(c, monsters.LOOTER)
    _add_one_of(c, [cultist, slaver, looter])


def _strong_wildlife(c: Combat) -> None:
    fungi_beast = build_monster(c, monsters.FUNGI_BEAST)
    jaw_worm = build_monster(c, monsters.JAW_WORM)
    _add_one_of(c, [fungi_beast, jaw_worm])


def _add_without_replacement(c: Combat, pool: list[i64], places: i64) -> None:
    """For each place draw an entry of the pool, take it out and build it."""
    left = pool[:]
    while places > 0:
        add(c, left.pop(c.run.misc_rng.random(len(left) - 1)))
        places -= 1


# --- line-ups -------------------------------------------------------------------------------


@_lineup(ids.TWO_LOUSE)
def two_louse(c: Combat) -> None:
    """Two lice of either kind."""
    add(c, _louse(c))
    add(c, _louse(c))


@_lineup(ids.THREE_LOUSE)
def three_louse(c: Combat) -> None:
    """Three lice of either kind."""
    add(c, _louse(c))
    add(c, _louse(c))
    add(c, _louse(c))


@_lineup(ids.SMALL_SLIMES)
def small_slimes(c: Combat) -> None:
    """A small slime of one colour and a medium one of the other."""
    if c.run.misc_rng.random_boolean():
        add(c, monsters.SPIKE_SLIME_S)
        add(c, monsters.ACID_SLIME_M)
    else:
        add(c, monsters.ACID_SLIME_S)
        add(c, monsters.SPIKE_SLIME_M)


@_lineup(ids.LARGE_SLIME)
def large_slime(c: Combat) -> None:
    """A large slime of either colour."""
    spiky = not c.run.misc_rng.random_boolean()
    add(c, monsters.SPIKE_SLIME_L if spiky else monsters.ACID_SLIME_L)


@_lineup(ids.GREMLIN_GANG)
def gremlin_gang(c: Combat) -> None:
    """Four of eight gremlins."""
    _add_without_replacement(c, GREMLINS, 4)


SMALL_SLIMES: Final[list[i64]] = [
    monsters.SPIKE_SLIME_S,
    monsters.SPIKE_SLIME_S,
    monsters.SPIKE_SLIME_S,
    monsters.ACID_SLIME_S,
    monsters.ACID_SLIME_S,
]


@_lineup(ids.LOTS_OF_SLIMES)
def lots_of_slimes(c: Combat) -> None:
    """Five small slimes in any order."""
    _add_without_replacement(c, SMALL_SLIMES, 5)


@_lineup(ids.EXORDIUM_THUGS)
def exordium_thugs(c: Combat) -> None:
    """A weak beast and a strong human."""
    _weak_wildlife(c)
    _strong_humanoid(c)


@_lineup(ids.EXORDIUM_WILDLIFE)
def exordium_wildlife(c: Combat) -> None:
    """A strong and a weak beast."""
    _strong_wildlife(c)
    _weak_wildlife(c)


@_lineup(ids.GREMLIN_LEADER)
def gremlin_leader(c: Combat) -> None:
    """The leader with two gremlins of any kind."""
    add(c, GREMLINS[c.run.misc_rng.random(7)])
    add(c, GREMLINS[c.run.misc_rng.random(7)])
    add(c, monsters.GREMLIN_LEADER)


SHAPE_POOL: Final[list[i64]] = [
    monsters.REPULSOR,
    monsters.REPULSOR,
    monsters.EXPLODER,
    monsters.EXPLODER,
    monsters.SPIKER,
    monsters.SPIKER,
]


@_lineup(ids.THREE_SHAPES)
def three_shapes(c: Combat) -> None:
    """Three of six shapes."""
    _add_without_replacement(c, SHAPE_POOL, 3)


@_lineup(ids.FOUR_SHAPES)
def four_shapes(c: Combat) -> None:
    """Four of six shapes."""
    _add_without_replacement(c, SHAPE_POOL, 4)


@_lineup(ids.SPHERE_AND_TWO_SHAPES)
def sphere_and_two_shapes(c: Combat) -> None:
    """Two shapes of any kind and a spheric guardian."""
    add(c, SHAPES[c.run.misc_rng.random(2)])
    add(c, SHAPES[c.run.misc_rng.random(2)])
    add(c, monsters.SPHERIC_GUARDIAN)
