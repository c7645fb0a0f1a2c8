"""Choices among three generated cards: discovery and its potions, toolbox, codex."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.card_effects import rolled_card
from ascension.game.combat.card_selections import all_of, open_choice
from ascension.game.combat.piles import (
    add_to_hand,
    copy_card,
    set_cost_for_turn,
    to_draw_random,
)
from ascension.game.combat.registry import new_action, new_selection
from ascension.game.combat.state import (
    FROM_OFFER,
    Action,
    Card,
    Combat,
    Selection,
)
from ascension.game.tables import (
    IN_COMBAT_COLORLESS,
    IN_COMBAT_RED,
)

OFFERED: Final = 3


# UNSEEDED(combat.md 9): the three cards are rolled once; the real client rolls them again on
#   every frame. Settled by: nothing: `card_random_rng` afterwards depends on the frame rate.
def _offer(c: Combat, task: i64, pool: list[i64], can_skip: bool) -> Selection:
    """Offer three cards of different kinds; a kind that is there already is rolled again."""
    offer: list[Card] = []
    while len(offer) < OFFERED:
        card = rolled_card(c, pool)
        if not _holds_kind(offer, card.id):
            offer.append(card)
    selection = open_choice(c, task, FROM_OFFER, all_of(offer))
    selection.offer = offer
    selection.can_skip = can_skip
    return selection


def _holds_kind(cards: list[Card], id: i64) -> bool:
    for card in cards:  # noqa: SIM110 (a generator is slow when compiled)
        if card.id == id:
            return True
    return False


def _picked_offer(c: Combat, positions: list[i64]) -> Card | None:
    if c.selection is None or len(positions) == 0:
        return None
    return c.selection.offer[positions[0]]


def _discover_picked(c: Combat, positions: list[i64]) -> None:
    card = _picked_offer(c, positions)
    if card is None or c.selection is None:
        return
    set_cost_for_turn(card, 0)
    for _ in range(c.selection.copies - 1):
        add_to_hand(c, copy_card(c, card))
    add_to_hand(c, card)


def _tool_picked(c: Combat, positions: list[i64]) -> None:
    card = _picked_offer(c, positions)
    if card is not None:
        add_to_hand(c, card)


def _codex_picked(c: Combat, positions: list[i64]) -> None:
    card = _picked_offer(c, positions)
    if card is not None:
        to_draw_random(c, card)


DISCOVERY_TASK: Final = new_selection("discovery", _discover_picked)
TOOLBOX_TASK: Final = new_selection("discovery", _tool_picked)  # recordings name it the same
CODEX_TASK: Final = new_selection("codex", _codex_picked)


def open_discovery(c: Combat, pool: list[i64], copies: i64, can_skip: bool) -> None:
    """Choose one of three cards of the pool: `copies` of it, free this turn, into the hand."""
    _offer(c, DISCOVERY_TASK, pool, can_skip).copies = copies


def open_toolbox(c: Combat) -> None:
    """Choose one of three colourless cards at its normal cost."""
    # UNCERTAIN(combat.md 12): Toolbox's choice cannot be skipped. Settled by: a fight with
    #   Toolbox: is there a skip button?
    _offer(c, TOOLBOX_TASK, IN_COMBAT_COLORLESS, False)


def open_codex(c: Combat) -> None:
    """Choose one of three Ironclad cards for a random spot of the draw pile, or none."""
    _offer(c, CODEX_TASK, IN_COMBAT_RED, True)


def _discovery(c: Combat, action: Action) -> None:
    open_discovery(c, IN_COMBAT_RED, 1, False)


DISCOVERY: Final = new_action(_discovery)
