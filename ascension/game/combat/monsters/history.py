"""A monster's announced move and the moves it announced before.

Imports no rules, so that every part of the fight can set and ask for moves.
"""

from mypy_extensions import i64

from ascension.game.combat.state import Creature
from ascension.game.tables import MOVE_ENTERS_HISTORY_ONCE


def set_next_move(monster: Creature, move: i64, base_damage: i64, hits: i64) -> None:
    """Announce a move; it enters the history even if it is replaced before it is executed.

    A move that is the monster's only choice enters once, as recorded games show.
    """
    if move != monster.move or MOVE_ENTERS_HISTORY_ONCE[move] == 0:
        monster.before_move = monster.move_before
        monster.move_before = monster.move
    monster.move = move
    monster.base_damage = base_damage
    monster.hits = hits
    monster.moves_made += 1


def is_first(monster: Creature) -> bool:
    """Whether the monster has not announced anything yet."""
    return monster.moves_made == 0


def last(monster: Creature, move: i64) -> bool:
    """Whether the newest move of the history is `move`."""
    return monster.move == move


def before(monster: Creature, move: i64) -> bool:
    """Whether the second newest move of the history is `move`."""
    return monster.move_before == move


def last2(monster: Creature, move: i64) -> bool:
    """Whether the two newest moves of the history are both `move`."""
    return monster.move == move and monster.move_before == move
