"""Choices among cards inside a fight: opening one, what may be picked, answering (combat.md 12).

Content registers what happens with the picked positions (`registry.new_selection`). While its
handler runs, the selection is still open, so that it can be asked for the offer; it is closed
afterwards unless the handler has closed it or opened the next one.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.actions import (
    CONFIRM_SELECTION,
    SELECT,
    SKIP_SELECTION,
    first_of,
    make,
    verb_of,
)
from ascension.game.combat.registry import SELECTION_HANDLERS, new_action
from ascension.game.combat.state import (
    FROM_DISCARD,
    FROM_DRAW,
    FROM_EXHAUST,
    FROM_HAND,
    Action,
    Card,
    Combat,
    Selection,
)


def open_selection(task: i64, source_pile: i64, maximum: i64, any_number: bool) -> Action:
    """Queue a choice among all cards that are in the pile then; none opens for an empty pile."""
    action = Action(OPEN_SELECTION)
    action.extra = task
    action.power = source_pile
    action.amount = maximum
    action.flag = any_number
    return action


def _open_selection(c: Combat, action: Action) -> None:
    positions: list[i64] = []
    for position in range(len(_pile(c, action.power))):
        positions.append(position)
    if len(positions) == 0:
        return
    selection = Selection(action.extra, action.power, positions)
    selection.maximum = action.amount
    selection.any_number = action.flag
    c.selection = selection


OPEN_SELECTION: Final = new_action(_open_selection)


def _pile(c: Combat, source: i64) -> list[Card]:
    if source == FROM_HAND:
        return c.hand
    if source == FROM_DRAW:
        return c.draw_pile
    if source == FROM_DISCARD:
        return c.discard_pile
    assert source == FROM_EXHAUST, "an offer has no pile"
    return c.exhaust_pile


def legal_picks(selection: Selection) -> list[i64]:
    """The actions that go on with an open choice."""
    out: list[i64] = []
    if selection.any_number:
        _add_further_picks(selection, out)
        out.append(make(CONFIRM_SELECTION))
        return out
    for position in selection.indices:
        out.append(make(SELECT, position))
    if selection.can_skip:
        out.append(make(SKIP_SELECTION))
    return out


def _add_further_picks(selection: Selection, out: list[i64]) -> None:
    """Only to the right of the last pick, so that every set of cards has one order."""
    picked: i64 = len(selection.picked)
    if picked >= selection.maximum:
        return
    last: i64 = selection.picked[picked - 1] if picked > 0 else -1
    for position in selection.indices:
        if position > last:
            out.append(make(SELECT, position))


def answer(c: Combat, selection: Selection, action: i64) -> None:
    """Pick, confirm or skip; the handler runs once the choice is complete."""
    if verb_of(action) == SELECT:
        selection.picked.append(first_of(action))
        if selection.any_number:
            return
    SELECTION_HANDLERS[selection.task](c, selection.picked)
    if c.selection is selection:
        c.selection = None
