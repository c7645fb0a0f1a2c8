"""Choices among cards of the hand: when a screen opens, what is picked without one, what follows.

An action of this module looks at the piles when it is executed and either does its work at once
(combat.md 12, "auto") or opens a `Selection`, which stops the loop until it is answered.
Its neighbours choose from the other piles and among generated cards.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import draw_cards, make_in_hand, top
from ascension.game.combat.piles import (
    HAND_LIMIT,
    can_upgrade,
    copy_card,
    exhaust_now,
    to_discard,
    to_draw_bottom,
    to_draw_top,
    upgrade_card,
)
from ascension.game.combat.registry import new_action, new_selection
from ascension.game.combat.state import (
    FROM_HAND,
    Action,
    Card,
    Combat,
    Selection,
)
from ascension.game.tables import (
    ATTACK,
    POWER,
)

# --- Opening and taking ---


def all_of(pile: list[Card]) -> list[i64]:
    out: list[i64] = []
    for i in range(len(pile)):
        out.append(i)
    return out


def open_choice(c: Combat, task: i64, source: i64, indices: list[i64]) -> Selection:
    """Open a choice of one card."""
    selection = Selection(task, source, indices)
    c.selection = selection
    return selection


def _open_any_number(c: Combat, task: i64, maximum: i64) -> None:
    """Open a choice of up to `maximum` cards of the hand; none opens for an empty hand."""
    if len(c.hand) > 0:
        selection = open_choice(c, task, FROM_HAND, all_of(c.hand))
        selection.any_number = True
        selection.maximum = min(maximum, len(c.hand))


def take(pile: list[Card], positions: list[i64]) -> list[Card]:
    """Take the cards at the positions out of the pile, in the order picked."""
    taken: list[Card] = []
    for position in positions:
        taken.append(pile[position])
    for card in taken:
        pile.remove(card)
    return taken


# --- Exhausting cards of the hand ---


def _exhaust_picked(c: Combat, positions: list[i64]) -> None:
    for card in take(c.hand, positions):
        exhaust_now(c, card)


EXHAUST_ONE_TASK: Final = new_selection("exhaust_one", _exhaust_picked)
EXHAUST_MANY_TASK: Final = new_selection("exhaust_many", _exhaust_picked)


def _exhaust_one(c: Combat, action: Action) -> None:
    if len(c.hand) == 1:
        _exhaust_picked(c, [0])
    elif len(c.hand) > 1:
        open_choice(c, EXHAUST_ONE_TASK, FROM_HAND, all_of(c.hand))


def open_exhaust_many(c: Combat, maximum: i64) -> None:
    """Exhaust any number of cards of the hand, at most `maximum`."""
    _open_any_number(c, EXHAUST_MANY_TASK, maximum)


def _exhaust_many(c: Combat, action: Action) -> None:
    open_exhaust_many(c, action.amount)


def _roll_exhaust(c: Combat, action: Action) -> None:
    """Fiend fire rolls for the last card as well."""
    if len(c.hand) > 0:
        _exhaust_picked(c, [c.run.card_random_rng.random(len(c.hand) - 1)])


EXHAUST_ONE: Final = new_action(_exhaust_one)
EXHAUST_MANY: Final = new_action(_exhaust_many)
ROLL_EXHAUST: Final = new_action(_roll_exhaust)


# --- From the hand to the draw pile ---


def _put_picked_on_top(c: Combat, positions: list[i64]) -> None:
    for card in take(c.hand, positions):
        to_draw_top(c, card)


PUT_ON_TOP_TASK: Final = new_selection("warcry", _put_picked_on_top)


def _put_on_top(c: Combat, action: Action) -> None:
    if len(c.hand) == 1:
        # The game takes its only card through a random pick.
        _put_picked_on_top(c, [c.run.card_random_rng.random(0)])
    elif len(c.hand) > 1:
        open_choice(c, PUT_ON_TOP_TASK, FROM_HAND, all_of(c.hand))


PUT_ON_TOP: Final = new_action(_put_on_top)


def _put_picked_at_bottom(c: Combat, positions: list[i64]) -> None:
    for card in take(c.hand, positions):
        if card.cost > 0:
            card.free_once = True
        to_draw_bottom(c, card)


FORETHOUGHT_TASK: Final = new_selection("forethought", _put_picked_at_bottom)


def _forethought(c: Combat, action: Action) -> None:
    if len(c.hand) == 1:
        _put_picked_at_bottom(c, [0])
    elif len(c.hand) > 1:
        open_choice(c, FORETHOUGHT_TASK, FROM_HAND, all_of(c.hand))


def _forethought_many(c: Combat, action: Action) -> None:
    _open_any_number(c, FORETHOUGHT_TASK, HAND_LIMIT)


FORETHOUGHT: Final = new_action(_forethought)
FORETHOUGHT_MANY: Final = new_action(_forethought_many)


# --- Discarding for new cards ---


def _gamble_picked(c: Combat, positions: list[i64]) -> None:
    if len(positions) > 0:
        top(c, draw_cards(len(positions)))
    for card in take(c.hand, positions):
        to_discard(c, card)


GAMBLE_TASK: Final = new_selection("gamble", _gamble_picked)


def open_gamble(c: Combat) -> None:
    """Discard any number of cards of the hand and draw as many."""
    _open_any_number(c, GAMBLE_TASK, HAND_LIMIT)


# --- Changing and copying cards of the hand ---


def _positions_of_upgradable(c: Combat) -> list[i64]:
    out: list[i64] = []
    for i in range(len(c.hand)):
        if can_upgrade(c.hand[i]):
            out.append(i)
    return out


def _upgrade_picked(c: Combat, positions: list[i64]) -> None:
    """The screen leaves the hand sorted: other upgradable cards, the chosen one, the rest."""
    rest: list[Card] = []
    others: list[Card] = []
    chosen = c.hand[positions[0]]
    for card in c.hand:
        if not can_upgrade(card):
            rest.append(card)
        elif card is not chosen:
            others.append(card)
    upgrade_card(chosen)
    c.hand = [*others, chosen, *rest]


ARMAMENTS_TASK: Final = new_selection("armaments", _upgrade_picked)


def _armaments(c: Combat, action: Action) -> None:
    upgradable = _positions_of_upgradable(c)
    if len(upgradable) == 1:
        upgrade_card(c.hand[upgradable[0]])
    elif len(upgradable) > 1:
        open_choice(c, ARMAMENTS_TASK, FROM_HAND, upgradable)


ARMAMENTS: Final = new_action(_armaments)


def _can_be_doubled(card: Card) -> bool:
    return card.type() == ATTACK or card.type() == POWER


def _double_picked(c: Combat, positions: list[i64]) -> None:
    """The screen leaves other candidates, then the rest; copies replace the chosen card."""
    copies = c.selection.copies if c.selection is not None else 1
    chosen = c.hand[positions[0]]
    candidates: list[Card] = []
    rest: list[Card] = []
    for card in c.hand:
        if not _can_be_doubled(card):
            rest.append(card)
        elif card is not chosen:
            candidates.append(card)
    c.hand = candidates + rest
    _queue_copies(c, chosen, copies + 1)


def _queue_copies(c: Combat, card: Card, n: i64) -> None:
    for _ in range(n):
        top(c, make_in_hand(copy_card(c, card), 1))


DUAL_WIELD_TASK: Final = new_selection("dual_wield", _double_picked)


def _dual_wield(c: Combat, action: Action) -> None:
    candidates: list[i64] = []
    for i in range(len(c.hand)):
        if _can_be_doubled(c.hand[i]):
            candidates.append(i)
    if len(candidates) == 1:
        _queue_copies(c, c.hand[candidates[0]], action.amount)
    elif len(candidates) > 1:
        open_choice(c, DUAL_WIELD_TASK, FROM_HAND, candidates).copies = action.amount


DUAL_WIELD: Final = new_action(_dual_wield)
