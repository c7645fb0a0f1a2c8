"""Who is there: living enemies, who is gone, random picks (combat.md 1 and 14)."""

from mypy_extensions import i64

from ascension.game.combat.state import ALIVE, DEAD, ESCAPED, Combat, Creature


def is_gone(creature: Creature) -> bool:
    """Whether a creature cannot be targeted: dead, half-dead or escaped."""
    return creature.state != ALIVE


def is_fallen(creature: Creature) -> bool:
    """Whether a creature is dead or escaped; the half-dead still take their turns."""
    return creature.state in (DEAD, ESCAPED)


def all_gone(c: Combat) -> bool:
    """Whether every monster is dead or escaped: the fight is as good as won."""
    for monster in c.monsters:
        state = monster.state
        if state != DEAD and state != ESCAPED:  # noqa: PLR1714 - asked all the time
            return False
    return True


def living(c: Combat) -> list[Creature]:
    """The monsters that can be targeted, from left to right."""
    out: list[Creature] = []
    for monster in c.monsters:
        if monster.state == ALIVE:
            out.append(monster)
    return out


def random_enemy(c: Combat) -> Creature | None:
    """A living monster picked with `card_random_rng`; None, and no roll, when there is none."""
    candidates = living(c)
    if len(candidates) == 0:
        return None
    last: i64 = len(candidates) - 1
    return candidates[c.run.card_random_rng.random(last)]
