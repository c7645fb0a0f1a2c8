"""Where the powers put their small functions, by hook and power id (powers.md 4 and 5).

`powers.py` calls the hooks; `powers_turns.py`, `powers_events.py` and `powers_monster.py` register
at import. What powers do to the numbers of hits and block is in `formulas.py`.
"""

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from ascension.game.combat.state import Card, Combat, Creature, Power
from ascension.game.ids import powers as ids

# Moments.
RECHARGED: Final = 0  # the player's energy was set for the turn
TURN_START: Final = 1  # the player's turn, before the draw is queued
POST_DRAW: Final = 2  # the player's turn, after the draw is queued
END_A: Final = 3  # the end of the owner's turn, before the cards of that moment
END_B: Final = 4  # the end of the owner's turn, after them
ROUND_END: Final = 5  # after the monsters' turn
MONSTER_START: Final = 6  # the monsters' turn starts, block is gone
DURING: Final = 7  # the owner's own move was queued
DEATH: Final = 8  # the owner dies
REMOVED: Final = 9  # the power was removed
BLOCK_GAINED: Final = 10  # the owner gained block
# Something happens to a card.
CARD_USED: Final = 11  # it queued its effects
AFTER_USE: Final = 12  # its use-card action is executed
DRAWN: Final = 13
EXHAUSTED: Final = 14
# The owner is hit, or its hit hurts the player.
ATTACKED: Final = 15  # amount: what block let through
HP_LOST: Final = 16  # amount: the hp about to be lost
INFLICTED: Final = 17  # the owner's damage takes hp
DEBUFF_GIVEN: Final = 18  # to the creature that the rule gets as source
HOOKS: Final = 19

PowerMoment = Callable[[Combat, Creature, Power], None]
PowerCard = Callable[[Combat, Creature, Power, Card, Creature | None], None]
PowerHit = Callable[[Combat, Creature, Power, Creature | None, i64, i64], None]

# By `hook * ids.COUNT + power`; None where the power does not answer.
MOMENTS: Final[list[PowerMoment | None]] = [None] * (HOOKS * ids.COUNT)
CARD_RULES: Final[list[PowerCard | None]] = [None] * (HOOKS * ids.COUNT)
HIT_RULES: Final[list[PowerHit | None]] = [None] * (HOOKS * ids.COUNT)


def moment(hook: int, *powers: int) -> Callable[[PowerMoment], PowerMoment]:
    """Decorator: what the powers do at a moment (fight, owner, power)."""

    def register(function: PowerMoment) -> PowerMoment:
        for power in powers:
            MOMENTS[hook * ids.COUNT + power] = function
        return function

    return register


def card_rule(hook: int, *powers: int) -> Callable[[PowerCard], PowerCard]:
    """Decorator: what the powers do about a card (..., card, its target)."""

    def register(function: PowerCard) -> PowerCard:
        for power in powers:
            CARD_RULES[hook * ids.COUNT + power] = function
        return function

    return register


def hit_rule(hook: int, *powers: int) -> Callable[[PowerHit], PowerHit]:
    """Decorator: what the powers do about damage (..., its source, amount, kind)."""

    def register(function: PowerHit) -> PowerHit:
        for power in powers:
            HIT_RULES[hook * ids.COUNT + power] = function
        return function

    return register
