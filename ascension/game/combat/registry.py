"""Where content puts its small functions, by id: cards, potions, monsters, actions, selections.

The engine looks up and calls; content modules register at import with the decorators below. A
content id without a function is not implemented, which `ascension content --missing` lists.
"""

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from ascension.game.combat.state import Action, Card, Combat, Creature
from ascension.game.ids import cards as card_ids
from ascension.game.ids import monsters as monster_ids
from ascension.game.ids import potions as potion_ids

CardUse = Callable[[Combat, Card, Creature | None], None]
CardTest = Callable[[Combat, Card], bool]
CardEvent = Callable[[Combat, Card], None]
CardNumber = Callable[[Combat, Card], i64]
PotionUse = Callable[[Combat, i64, Creature | None], None]
MonsterTurn = Callable[[Combat, Creature], None]
MonsterRoll = Callable[[Combat, Creature, i64], None]
ActionHandler = Callable[[Combat, Action], None]
SelectionHandler = Callable[[Combat, list[i64]], None]

# By card id; None where the card has no such rule.
CARD_USE: Final[list[CardUse | None]] = [None] * card_ids.COUNT
CARD_PLAYABLE: Final[list[CardTest | None]] = [None] * card_ids.COUNT  # own legality: clash
CARD_BASE_DAMAGE: Final[list[CardNumber | None]] = [None] * card_ids.COUNT  # body slam, ...
CARD_ON_DRAW: Final[list[CardEvent | None]] = [None] * card_ids.COUNT
CARD_ON_EXHAUST: Final[list[CardEvent | None]] = [None] * card_ids.COUNT
CARD_END_OF_TURN: Final[list[CardEvent | None]] = [None] * card_ids.COUNT  # from the hand
# By potion id.
POTION_USE: Final[list[PotionUse | None]] = [None] * potion_ids.COUNT
# By monster id.
MONSTER_ROLL: Final[list[MonsterRoll | None]] = [None] * monster_ids.COUNT
MONSTER_TURN: Final[list[MonsterTurn | None]] = [None] * monster_ids.COUNT
MONSTER_PRE_BATTLE: Final[list[MonsterTurn | None]] = [None] * monster_ids.COUNT
MONSTER_ON_DAMAGED: Final[list[MonsterTurn | None]] = [None] * monster_ids.COUNT  # hp was lost
MONSTER_ON_DEATH: Final[list[MonsterTurn | None]] = [None] * monster_ids.COUNT
# By operation and task number, in order of registration.
ACTION_HANDLERS: Final[list[ActionHandler]] = []
ACTION_KINDS: Final[list[i64]] = []  # PLAIN, KEPT or MOOT
SELECTION_HANDLERS: Final[list[SelectionHandler]] = []
SELECTION_NAMES: Final[list[str]] = []


# What becomes of a queued action once every enemy is gone (combat.md 15).
PLAIN: Final = 0  # a purge drops it
KEPT: Final = 1  # a purge keeps it: damage, block, healing, a used card
MOOT: Final = 2  # a purge drops it, and it is not even queued from then on: applied powers


def new_action(handler: ActionHandler, kind: i64 = PLAIN) -> i64:
    """Register what a queued action does when it is executed; returns its operation number."""
    ACTION_HANDLERS.append(handler)
    ACTION_KINDS.append(kind)
    return len(ACTION_HANDLERS) - 1


def new_selection(name: str, handler: SelectionHandler) -> i64:
    """Register what happens with the chosen positions; returns the task number."""
    SELECTION_HANDLERS.append(handler)
    SELECTION_NAMES.append(name)
    return len(SELECTION_HANDLERS) - 1


def card_use(*ids: int) -> Callable[[CardUse], CardUse]:
    """Decorator: the function is what the cards do when they are used."""

    def register(function: CardUse) -> CardUse:
        for card in ids:
            CARD_USE[card] = function
        return function

    return register


def potion_use(*ids: int) -> Callable[[PotionUse], PotionUse]:
    """Decorator: the function is what the potions do in a fight (combat, potency, target)."""

    def register(function: PotionUse) -> PotionUse:
        for potion in ids:
            POTION_USE[potion] = function
        return function

    return register


def monster_roll(*ids: int) -> Callable[[MonsterRoll], MonsterRoll]:
    """Decorator: the function chooses and sets the next move for a roll 0..99."""

    def register(function: MonsterRoll) -> MonsterRoll:
        for monster in ids:
            MONSTER_ROLL[monster] = function
        return function

    return register


def monster_turn(*ids: int) -> Callable[[MonsterTurn], MonsterTurn]:
    """Decorator: the function executes the monster's locked move by queueing actions."""

    def register(function: MonsterTurn) -> MonsterTurn:
        for monster in ids:
            MONSTER_TURN[monster] = function
        return function

    return register


def pre_battle(*ids: int) -> Callable[[MonsterTurn], MonsterTurn]:
    """Decorator: the function queues the monster's starting powers and block."""

    def register(function: MonsterTurn) -> MonsterTurn:
        for monster in ids:
            MONSTER_PRE_BATTLE[monster] = function
        return function

    return register


def on_damaged(*ids: int) -> Callable[[MonsterTurn], MonsterTurn]:
    """Decorator: the function runs after damage took hp from the monster (splits, mode shift)."""

    def register(function: MonsterTurn) -> MonsterTurn:
        for monster in ids:
            MONSTER_ON_DAMAGED[monster] = function
        return function

    return register


def on_death(*ids: int) -> Callable[[MonsterTurn], MonsterTurn]:
    """Decorator: the function runs when the monster's hp reached 0 (leaders, half-death)."""

    def register(function: MonsterTurn) -> MonsterTurn:
        for monster in ids:
            MONSTER_ON_DEATH[monster] = function
        return function

    return register
