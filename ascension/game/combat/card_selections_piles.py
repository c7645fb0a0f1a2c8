"""Choices among cards of the draw, discard and exhaust piles (combat.md 12)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.card_selections import all_of, open_choice, take
from ascension.game.combat.damage import all_gone
from ascension.game.combat.piles import (
    HAND_LIMIT,
    add_to_hand,
    set_cost_for_turn,
    to_draw_top,
)
from ascension.game.combat.registry import new_action, new_selection
from ascension.game.combat.state import (
    FROM_DISCARD,
    FROM_DRAW,
    FROM_EXHAUST,
    Action,
    Card,
    Combat,
)
from ascension.game.ids import cards as ids
from ascension.game.tables import (
    ATTACK,
    SKILL,
)


def _top_picked_discard(c: Combat, positions: list[i64]) -> None:
    for card in take(c.discard_pile, positions):
        to_draw_top(c, card)


HEADBUTT_TASK: Final = new_selection("headbutt", _top_picked_discard)


def _headbutt(c: Combat, action: Action) -> None:
    if all_gone(c):
        return
    if len(c.discard_pile) == 1:
        _top_picked_discard(c, [0])
    elif len(c.discard_pile) > 1:
        open_choice(c, HEADBUTT_TASK, FROM_DISCARD, all_of(c.discard_pile))


HEADBUTT: Final = new_action(_headbutt)


def _exhume_picked(c: Combat, positions: list[i64]) -> None:
    """The screen leaves the Exhume cards at the end of the pile."""
    chosen = c.exhaust_pile[positions[0]]
    exhumes: list[Card] = []
    others: list[Card] = []
    for card in c.exhaust_pile:
        if card.id == ids.EXHUME:
            exhumes.append(card)
        elif card is not chosen:
            others.append(card)
    c.exhaust_pile = others + exhumes
    add_to_hand(c, chosen)


EXHUME_TASK: Final = new_selection("exhume", _exhume_picked)


def _exhume(c: Combat, action: Action) -> None:
    if len(c.hand) >= HAND_LIMIT:
        return
    candidates: list[i64] = []
    for i in range(len(c.exhaust_pile)):
        if c.exhaust_pile[i].id != ids.EXHUME:
            candidates.append(i)
    if len(candidates) == 1:
        _exhume_picked(c, candidates)
    elif len(candidates) > 1:
        open_choice(c, EXHUME_TASK, FROM_EXHAUST, candidates)


EXHUME: Final = new_action(_exhume)


def matches_in_draw_pile(c: Combat, type: i64) -> list[Card]:
    """Cards of a type, each put at a random spot of the list: it rolls for all but the first."""
    matches: list[Card] = []
    for card in c.draw_pile:
        if card.type() != type:
            continue
        spot: i64 = len(matches)
        if spot > 0:
            spot = c.run.card_random_rng.random(spot - 1)
        matches.insert(spot, card)
    return matches


def _hand_picked_drawn(c: Combat, positions: list[i64]) -> None:
    for card in take(c.draw_pile, positions):
        add_to_hand(c, card)


SECRET_TECHNIQUE_TASK: Final = new_selection("secret_technique", _hand_picked_drawn)
SECRET_WEAPON_TASK: Final = new_selection("secret_weapon", _hand_picked_drawn)


def _choose_from_draw_pile(c: Combat, type: i64, task: i64) -> None:
    matches_in_draw_pile(c, type)  # for its rolls: the order of the list is only shown
    candidates: list[i64] = []
    for i in range(len(c.draw_pile)):
        if c.draw_pile[i].type() == type:
            candidates.append(i)
    if len(candidates) == 1:
        _hand_picked_drawn(c, candidates)
    elif len(candidates) > 1:
        open_choice(c, task, FROM_DRAW, candidates)


def _secret_technique(c: Combat, action: Action) -> None:
    _choose_from_draw_pile(c, SKILL, SECRET_TECHNIQUE_TASK)


def _secret_weapon(c: Combat, action: Action) -> None:
    _choose_from_draw_pile(c, ATTACK, SECRET_WEAPON_TASK)


SECRET_TECHNIQUE: Final = new_action(_secret_technique)
SECRET_WEAPON: Final = new_action(_secret_weapon)


def _remember_picked(c: Combat, positions: list[i64]) -> None:
    still = c.selection.copies - 1 if c.selection is not None else 0
    _remember(c, c.discard_pile[positions[0]])
    c.selection = None
    if still > 0:
        open_liquid_memories(c, still)


def _remember(c: Combat, card: Card) -> None:
    """To the hand for free this turn; with a full hand it stays where it is."""
    if len(c.hand) < HAND_LIMIT:
        c.discard_pile.remove(card)
        add_to_hand(c, card)
        set_cost_for_turn(card, 0)


MEMORIES_TASK: Final = new_selection("liquid_memories_potion", _remember_picked)


def open_liquid_memories(c: Combat, count: i64) -> None:
    """Return `count` cards of the discard pile to the hand, chosen one by one."""
    if len(c.discard_pile) <= count:
        for card in c.discard_pile[:]:
            _remember(c, card)
    else:
        open_choice(c, MEMORIES_TASK, FROM_DISCARD, all_of(c.discard_pile)).copies = count
