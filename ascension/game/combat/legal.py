"""What the player can do in a fight, and doing it."""

from mypy_extensions import i64

from ascension.game.actions import (
    DISCARD_POTION,
    END_TURN,
    NEXT_SECOND,
    PLAY_CARD,
    USE_POTION,
    first_of,
    make,
    second_of,
    verb_of,
)
from ascension.game.combat.engine import run
from ascension.game.combat.legality import is_hand_locked, is_playable
from ascension.game.combat.potions import can_use_in_combat, use_potion
from ascension.game.combat.potions import needs_target as potion_needs_target
from ascension.game.combat.powers import has_power
from ascension.game.combat.selection import answer, legal_picks
from ascension.game.combat.state import ALIVE, FIGHTING, CardItem, Combat, Creature
from ascension.game.combat.turns import queue_end_of_turn
from ascension.game.ids import monsters
from ascension.game.ids import powers as ids
from ascension.game.run import EMPTY_POTION
from ascension.game.tables import CARD_TARGET, ENEMY

# --- What is legal ---


def legal_actions(c: Combat) -> list[i64]:
    """Cards by hand position and target, potions, discards of potions, the end of the turn."""
    if c.outcome != FIGHTING:
        return []
    selection = c.selection
    if selection is not None:
        return legal_picks(selection)
    out: list[i64] = []
    if not is_hand_locked(c):
        _add_cards(c, out)
    _add_potions(c, out)
    out.append(make(END_TURN))
    return out


def _add_cards(c: Combat, out: list[i64]) -> None:
    for position, card in enumerate(c.hand):
        if is_playable(c, card):
            if CARD_TARGET[card.row()] == ENEMY:
                _add_targets(c, out, PLAY_CARD, position)
            else:
                out.append(make(PLAY_CARD, position))


def _add_targets(c: Combat, out: list[i64], verb: i64, first: i64) -> None:
    action = make(verb, first, 1)
    for monster in c.monsters:
        if monster.state == ALIVE:
            out.append(action)
        action += NEXT_SECOND


def _add_potions(c: Combat, out: list[i64]) -> None:
    discards: list[i64] = []
    for slot, potion in enumerate(c.run.potions):
        if potion == EMPTY_POTION:
            continue
        discards.append(make(DISCARD_POTION, slot))
        if can_use_in_combat(c, slot):
            if potion_needs_target(c, slot):
                _add_targets(c, out, USE_POTION, slot)
            else:
                out.append(make(USE_POTION, slot))
    out.extend(discards)


# --- Doing it ---


def apply(c: Combat, action: i64) -> None:
    """Do a legal action and run to the next decision or the end (`c.outcome`)."""
    selection = c.selection
    if selection is not None:
        answer(c, selection, action)
    else:
        _act(c, action)
    run(c)


def _act(c: Combat, action: i64) -> None:
    verb = verb_of(action)
    first = first_of(action)
    if verb == PLAY_CARD:
        _queue_card(c, first, _target(c, action))
    elif verb == USE_POTION:
        target = _target(c, action)
        _turn_to(c, target)
        use_potion(c, first, target)
    elif verb == DISCARD_POTION:
        c.run.potions[first] = EMPTY_POTION
    else:
        queue_end_of_turn(c)


def _target(c: Combat, action: i64) -> Creature | None:
    number = second_of(action)
    return None if number == 0 else c.monsters[number - 1]


def _queue_card(c: Combat, position: i64, target: Creature | None) -> None:
    _turn_to(c, target)
    item = CardItem(c.hand[position])
    item.target = target
    item.energy_on_use = c.energy
    c.card_queue.append(item)


# UNCERTAIN(combat.md 13): a card that is played automatically never turns the player around.
#   Settled by: Shield and Spear, Havoc on a card with a chosen target: does the player turn?
def _turn_to(c: Combat, target: Creature | None) -> None:
    """Surrounded, the player turns to the enemy he aims at (combat.md 13)."""
    if target is not None and has_power(c.player, ids.SURROUNDED):
        c.facing_left = target.id == monsters.SPIRE_SHIELD
