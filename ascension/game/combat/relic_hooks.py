"""Where the relics put their small functions, by hook and relic id (relics.md 2).

`relics.py` calls the hooks; `relics_*.py` register here at import. A relic whose whole effect is a
question ("is it owned?") needs no function: `relics.py` answers those directly.
"""

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from ascension.game.combat.state import Card, Combat, Creature
from ascension.game.ids import relics as ids
from ascension.game.run import Relic

# Hooks without an argument of their own.
PRE_BATTLE: Final = 0
PRE_DRAW: Final = 1
BATTLE_START: Final = 2
TURN_START: Final = 3
POST_DRAW: Final = 4
END_TURN: Final = 5
SHUFFLE: Final = 6
HP_LOST: Final = 7
BLOODIED: Final = 8
UNBLOODIED: Final = 9
VICTORY: Final = 10
BEFORE_VICTORY: Final = 11
POTION: Final = 12
IDLE: Final = 13  # nothing queued in the player's turn
DYING: Final = 14  # hp is 0
# Hooks with a card.
PLAY_CARD: Final = 15
USE_CARD: Final = 16
EXHAUST: Final = 17
# Hooks with a monster.
MONSTER_DEATH: Final = 18
BLOCK_BROKEN: Final = 19
SPAWN: Final = 20
MADE_VULNERABLE: Final = 21
HOOKS: Final = 22

RelicMoment = Callable[[Combat, Relic], None]
RelicCard = Callable[[Combat, Relic, Card, Creature | None], None]
RelicMonster = Callable[[Combat, Relic, Creature], None]

# By `hook * ids.COUNT + relic`; None where the relic does not answer.
MOMENTS: Final[list[RelicMoment | None]] = [None] * (HOOKS * ids.COUNT)
CARD_RULES: Final[list[RelicCard | None]] = [None] * (HOOKS * ids.COUNT)
MONSTER_RULES: Final[list[RelicMonster | None]] = [None] * (HOOKS * ids.COUNT)
# By relic id: the hooks that it answers.
HOOKS_OF: Final[list[list[i64]]] = [[] for _ in range(ids.COUNT)]


def _claim(hook: int, relic: int) -> int:
    HOOKS_OF[relic].append(hook)
    return hook * ids.COUNT + relic


def moment(hook: int, *relics: int) -> Callable[[RelicMoment], RelicMoment]:
    """Decorator: what the relics do at a moment without an argument."""

    def register(function: RelicMoment) -> RelicMoment:
        for relic in relics:
            MOMENTS[_claim(hook, relic)] = function
        return function

    return register


def card_rule(hook: int, *relics: int) -> Callable[[RelicCard], RelicCard]:
    """Decorator: what the relics do when something happens to a card."""

    def register(function: RelicCard) -> RelicCard:
        for relic in relics:
            CARD_RULES[_claim(hook, relic)] = function
        return function

    return register


def monster_rule(hook: int, *relics: int) -> Callable[[RelicMonster], RelicMonster]:
    """Decorator: what the relics do when something happens to a monster."""

    def register(function: RelicMonster) -> RelicMonster:
        for relic in relics:
            MONSTER_RULES[_claim(hook, relic)] = function
        return function

    return register
