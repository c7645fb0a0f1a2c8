"""Choices among cards inside a fight: what may be picked, and answering (combat.md 12).

Content sets `c.selection`, which stops the loop, and registers what happens with the picked
positions (`registry.new_selection`). While its handler runs, the selection is still open, so that
it can be asked for the offer; it is closed afterwards unless the handler has closed it or opened
the next one.
"""

from mypy_extensions import i64

from ascension.game.actions import (
    CONFIRM_SELECTION,
    SELECT,
    SKIP_SELECTION,
    first_of,
    make,
    verb_of,
)
from ascension.game.combat.registry import SELECTION_HANDLERS
from ascension.game.combat.state import Combat, Selection


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


# UNSEEDED(combat.md 12): cards chosen on one screen are taken from left to right; a player may
#   click in any order. Settled by: nothing: it is a choice of the interface.
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
