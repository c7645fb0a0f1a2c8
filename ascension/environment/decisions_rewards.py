"""What a reward screen asks after the trivial was taken, and turning cards in Match and Keep."""

from typing import Final

from mypy_extensions import i64

from ascension.game.actions import (
    DISCARD_POTION,
    DRINK_POTION,
    LEAVE,
    SAPPHIRE_KEY,
    TAKE_GOLD,
    TAKE_KEY,
    TAKE_POTION,
    TAKE_RELIC,
    first_of,
    make,
    second_of,
    verb_of,
)
from ascension.game.run import EMPTY_POTION, Run
from ascension.game.tables import CARD_TYPE, CURSE
from ascension.game.world.screens import EventScreen, RewardScreen

FINAL_ACT: Final = 4


def is_held_before(run: Run, slot: i64) -> bool:
    """Whether an equal potion lies in an earlier slot."""
    return any(run.potions[i] == run.potions[slot] for i in range(slot))


def reward_options(run: Run, screen: RewardScreen, legal: list[i64]) -> list[i64]:
    """What is taken automatically, otherwise what is left to decide; leaving comes last."""
    taken = _pick_up(run, screen, legal)
    if len(taken) > 0:
        return taken
    out: list[i64] = []
    for action in legal:
        verb = verb_of(action)
        if verb in (DRINK_POTION, LEAVE):
            continue
        if verb == DISCARD_POTION and not _makes_room(run, screen, first_of(action)):
            continue
        out.append(action)
    out.append(make(LEAVE))
    return out


def _pick_up(run: Run, screen: RewardScreen, legal: list[i64]) -> list[i64]:
    """What to take without asking, or the choice between a relic and the sapphire key."""
    linked: i64 = -1
    if screen.sapphire_key and run.final_act == FINAL_ACT:
        linked = len(screen.relics) - 1
    for action in legal:
        verb = verb_of(action)
        if verb == TAKE_GOLD:
            return [action]
        if verb == TAKE_RELIC and first_of(action) != linked:
            return [action]
        if verb == TAKE_KEY and first_of(action) != SAPPHIRE_KEY:
            return [action]
    if linked >= 0:
        return [make(TAKE_RELIC, linked), make(TAKE_KEY, SAPPHIRE_KEY)]
    return _pick_up_potions(run, screen, legal)


def _pick_up_potions(run: Run, screen: RewardScreen, legal: list[i64]) -> list[i64]:
    """The next potion while all fit; which ones, if only some do."""
    out: list[i64] = []
    offered: list[i64] = []
    for action in legal:
        if verb_of(action) == TAKE_POTION and screen.potions[first_of(action)] not in offered:
            out.append(action)
            offered.append(screen.potions[first_of(action)])
    if len(out) > 1 and len(screen.potions) <= _free_slots(run):
        return out[:1]
    return out


def _free_slots(run: Run) -> i64:
    free: i64 = 0
    for potion in run.potions:
        if potion == EMPTY_POTION:
            free += 1
    return free


def _makes_room(run: Run, screen: RewardScreen, slot: i64) -> bool:
    """Whether throwing the slot's potion away lets the player take a different one."""
    if len(screen.potions) == 0 or is_held_before(run, slot):
        return False
    return run.potions[slot] not in screen.potions


# --- Match and Keep ---------------------------------------------------------------------------

_HIDDEN: Final = 0  # states of a card on the table


def flip(screen: EventScreen, legal: list[i64]) -> i64:
    """The pair to turn, judged by what has been seen."""
    best = legal[0]
    best_score: i64 = -1
    for action in legal:
        score = _flip_score(screen, first_of(action), second_of(action))
        if score > best_score:
            best = action
            best_score = score
    return best


def _flip_score(screen: EventScreen, first: i64, second: i64) -> i64:
    """4 a good pair, 3 two unseen cards, 2 one unseen, 1 two that differ, 0 a pair of curses."""
    unseen: i64 = 0
    for position in (first, second):
        if screen.numbers[1 + position] == _HIDDEN:
            unseen += 1
    if unseen > 0:
        return 1 + unseen
    card = screen.cards[first]
    if card.id != screen.cards[second].id:
        return 1
    return 0 if CARD_TYPE[card.id] == CURSE else 4
