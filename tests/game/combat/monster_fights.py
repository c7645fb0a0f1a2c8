"""Fights for the tests of monsters."""

from collections.abc import Iterator

from ascension.game.actions import END_TURN, make
from ascension.game.combat import content
from ascension.game.combat.damage import damage_monster
from ascension.game.combat.encounters import build_encounter
from ascension.game.combat.legal import apply
from ascension.game.combat.monsters.framework import roll_first_move
from ascension.game.combat.setup import start_combat
from ascension.game.combat.state import ALIVE, THORNS, Combat, Creature
from ascension.game.ids import relics
from ascension.game.rng import Rng
from ascension.game.run import DeckCard, Run
from ascension.game.tables import ENCOUNTER_INDEX, MONSTER_IDS, MOVE_IDS, card_id

REGISTERED = content.MODULES
STARTER = ["strike_red"] * 5 + ["defend_red"] * 4 + ["bash"]


def a_run(seed: int = 1, ascension: int = 0, hp: int = 80) -> Run:
    """A run at the door of a fight, with the starter deck and no relics."""
    run = Run(seed, ascension, 3)
    run.hp = run.max_hp = hp
    run.relic_mask = [False] * relics.COUNT
    run.deck = [DeckCard(card_id(name)) for name in STARTER]
    for stream in ("ai", "monster_hp", "shuffle", "card_random", "misc"):
        setattr(run, f"{stream}_rng", Rng(seed))
    return run


def a_line_up(encounter: str, seed: int = 1, ascension: int = 0) -> Combat:
    """The monsters of an encounter with their first moves announced; nothing else happened."""
    c = Combat(a_run(seed, ascension), ENCOUNTER_INDEX[encounter])
    build_encounter(c)
    return c


def announced(monster: Creature) -> str:
    """The announced move's name."""
    return MOVE_IDS[monster.move]


def rolled_line(c: Combat, monster: Creature, count: int) -> list[str]:
    """The moves that a monster announces when it only rolls, the present one first."""
    line = [announced(monster)]
    while len(line) < count:
        roll_first_move(c, monster)
        line.append(announced(monster))
    return line


def many_lines(encounter: str, ascension: int = 0, count: int = 12) -> Iterator[list[str]]:
    """Rolled lines of the first monster of an encounter, over many seeds."""
    for seed in range(1, 120):
        c = a_line_up(encounter, seed, ascension)
        yield rolled_line(c, c.monsters[0], count)


def has_run_of(line: list[str], move: str, length: int) -> bool:
    """Whether the move comes that many times in a row."""
    return any(line[i : i + length] == [move] * length for i in range(len(line)))


def a_fight(encounter: str, seed: int = 1, ascension: int = 0, hp: int = 2000) -> Combat:
    """A fight at the player's first decision."""
    run = a_run(seed, ascension, hp)
    run.encounter = ENCOUNTER_INDEX[encounter]
    return start_combat(run)


def end_turn(c: Combat) -> None:
    """The player does nothing more this turn."""
    apply(c, make(END_TURN))


def hurt(c: Combat, monster: Creature, amount: int) -> None:
    """Damage that no power but block changes; its consequences wait for the next action."""
    damage_monster(c, monster, amount, THORNS, c.player)


def names(c: Combat) -> list[str]:
    """The living monsters, left to right."""
    return [MONSTER_IDS[m.id] for m in c.monsters if m.state == ALIVE]
