"""What the player is asked: merges equal options, answers by itself what needs no thought.

Played automatically:
- every screen with one option left; leaving screens that have nothing left to take;
- on rewards: relics, gold and the emerald key are taken, potions while there is room;
- the sapphire key is left for its relic and the ruby key is not offered, unless act 4 is the goal;
- chests are opened, unless Cursed Key makes it a question;
- fruit juice is drunk as soon as it can be, out of a fight;
- Match and Keep: a seen pair that is no curse is taken, otherwise unseen cards are turned.

Left out, though the game allows it: throwing potions away, except to make room for one that a
reward screen offers; drinking out of a fight anywhere but on the map.

Merged: equal cards with the same target, equal potions, equal cards of a list. For a choice from
the draw pile the options are sorted, because the pile's order is hidden.
"""

from typing import Final

from mypy_extensions import i64

from ascension.environment.decisions_rewards import flip, is_held_before, reward_options
from ascension.environment.encode_options import shown_card
from ascension.environment.kinds import (
    BOSS_RELIC,
    CARD_REWARD,
    COMBAT,
    DECK_BOTTLE,
    DECK_DUPLICATE,
    DECK_OBTAIN,
    DECK_OFFER,
    DECK_REMOVE,
    DECK_TRANSFORM,
    DECK_UPGRADE,
    EVENT,
    GAME_OVER,
    MAP,
    NEOW,
    REST,
    REWARDS,
    SELECTION,
    SHOP,
    TREASURE,
)
from ascension.game import run as screens
from ascension.game.actions import (
    BUY_POTION,
    DISCARD_POTION,
    DRINK_POTION,
    FLIP_TWO,
    LEAVE,
    OPEN_CHEST,
    PLAY_CARD,
    RECALL,
    SELECT,
    SELECT_CARD,
    TAKE_CARD,
    USE_POTION,
    first_of,
    verb_of,
)
from ascension.game.combat.state import FROM_DRAW, Card, Combat, Selection
from ascension.game.game import Game
from ascension.game.ids import potions, relics
from ascension.game.run import RUNNING, DeckCard, Run
from ascension.game.world.screens import (
    OBTAIN,
    CardSelectScreen,
    EventScreen,
    RewardScreen,
    top,
)

FINAL_ACT: Final = 4
_KIND_OF_PURPOSE: Final[list[i64]] = [
    DECK_REMOVE,
    DECK_UPGRADE,
    DECK_TRANSFORM,
    DECK_TRANSFORM,
    DECK_DUPLICATE,
    DECK_OBTAIN,
    DECK_BOTTLE,
    DECK_OFFER,
]
_KIND_OF_SCREEN: Final[list[i64]] = [
    NEOW,
    MAP,
    EVENT,
    REWARDS,
    DECK_REMOVE,
    SHOP,
    REST,
    TREASURE,
    BOSS_RELIC,
    COMBAT,
    GAME_OVER,
]


def options_of(game: Game) -> list[i64]:
    """The player's options as actions; a single one is played automatically. Empty at the end."""
    if game.run.outcome != RUNNING:
        return []
    legal = game.legal_actions()
    if game.combat is not None:
        return _fight_options(game.combat, legal)
    return _screen_options(game.run, legal)


def kind_of(game: Game, options: list[i64]) -> i64:
    """Kind of the decision among these options; GAME_OVER after the end."""
    if game.run.outcome != RUNNING:
        return GAME_OVER
    if game.combat is not None:
        return COMBAT if game.combat.selection is None else SELECTION
    screen = top(game.run)
    if isinstance(screen, CardSelectScreen):
        return _KIND_OF_PURPOSE[screen.purpose]
    if screen.kind == screens.REWARDS and offers_card(options):
        return CARD_REWARD
    return _KIND_OF_SCREEN[screen.kind]


def offers_card(options: list[i64]) -> bool:
    """Whether a card can be taken."""
    return any(verb_of(option) == TAKE_CARD for option in options)


# --- In a fight -------------------------------------------------------------------------------


def _fight_options(combat: Combat, legal: list[i64]) -> list[i64]:
    selection = combat.selection
    if selection is not None:
        return _selection_options(combat, selection, legal)
    out: list[i64] = []
    for action in legal:
        verb = verb_of(action)
        if verb == DISCARD_POTION:
            continue
        if verb == PLAY_CARD and _is_played_before(combat, first_of(action)):
            continue
        if verb == USE_POTION and is_held_before(combat.run, first_of(action)):
            continue
        out.append(action)
    return out


def same_card(card: Card, other: Card) -> bool:
    """Whether two cards of a fight cannot be told apart."""
    return (
        card.id == other.id
        and card.upgrades == other.upgrades
        and card.cost == other.cost
        and card.cost_now == other.cost_now
        and card.base_damage == other.base_damage
        and card.misc == other.misc
        and card.free_once == other.free_once
        and card.retain == other.retain
    )


def _is_played_before(combat: Combat, position: i64) -> bool:
    """Whether an equal card lies further left in the hand."""
    card = combat.hand[position]
    return any(same_card(combat.hand[i], card) for i in range(position))


def _selection_options(combat: Combat, selection: Selection, legal: list[i64]) -> list[i64]:
    """Equal cards once; in the order shown, except that the draw pile's order is hidden."""
    out: list[i64] = []
    shown: list[Card] = []
    for action in legal:
        if verb_of(action) != SELECT:
            out.append(action)
            continue
        card = shown_card(combat, selection, first_of(action))
        if not any(same_card(card, other) for other in shown):
            out.append(action)
            shown.append(card)
    if selection.source == FROM_DRAW:
        out.sort(key=lambda action: _card_order(combat, selection, action))
    return out


def _card_order(combat: Combat, selection: Selection, action: i64) -> tuple[int, ...]:
    if verb_of(action) != SELECT:
        return (1, int(action))
    card = shown_card(combat, selection, first_of(action))
    return (0, int(card.row()), int(card.cost), int(card.base_damage), int(card.misc))


# --- Out of a fight ---------------------------------------------------------------------------


def _screen_options(run: Run, legal: list[i64]) -> list[i64]:
    juice = _fruit_juice(run, legal)
    if juice >= 0:
        return [juice]
    screen = top(run)
    if isinstance(screen, RewardScreen):
        return reward_options(run, screen, legal)
    if isinstance(screen, CardSelectScreen):
        return _deck_options(run, screen, legal)
    if isinstance(screen, EventScreen) and verb_of(legal[0]) == FLIP_TWO:
        return [flip(screen, legal)]
    if screen.kind == screens.TREASURE:
        return _chest_options(run, legal)
    return _plain_options(run, screen.kind, legal)


def _fruit_juice(run: Run, legal: list[i64]) -> i64:
    for action in legal:
        if verb_of(action) == DRINK_POTION and (
            run.potions[first_of(action)] == potions.FRUIT_JUICE
        ):
            return action
    return -1


def _plain_options(run: Run, kind: i64, legal: list[i64]) -> list[i64]:
    out: list[i64] = []
    for action in legal:
        verb = verb_of(action)
        if verb == DISCARD_POTION or (verb == RECALL and run.final_act != FINAL_ACT):
            continue
        if verb == DRINK_POTION and not (kind == screens.MAP and is_worth_drinking(run, action)):
            continue
        if verb == BUY_POTION and run.relic_mask[relics.SOZU]:
            continue
        out.append(action)
    return out


def is_worth_drinking(run: Run, action: i64) -> bool:
    """Whether the potion does anything now, and is not an equal of an earlier one."""
    slot = first_of(action)
    if is_held_before(run, slot):
        return False
    return run.potions[slot] != potions.BLOOD_POTION or run.hp < run.max_hp


def _chest_options(run: Run, legal: list[i64]) -> list[i64]:
    out: list[i64] = []
    for action in legal:
        verb = verb_of(action)
        if verb == OPEN_CHEST and not run.relic_mask[relics.CURSED_KEY]:
            return [action]
        if verb in (OPEN_CHEST, LEAVE):
            out.append(action)
    return out


def same_deck_card(card: DeckCard, other: DeckCard) -> bool:
    """Whether two cards of the deck cannot be told apart."""
    return (
        card.id == other.id
        and card.upgrades == other.upgrades
        and card.misc == other.misc
        and card.bottled == other.bottled
    )


def _deck_options(run: Run, screen: CardSelectScreen, legal: list[i64]) -> list[i64]:
    out: list[i64] = []
    shown: list[DeckCard] = []
    for action in legal:
        if verb_of(action) != SELECT_CARD:
            continue
        position = first_of(action)
        if screen.purpose == OBTAIN:
            card = screen.offer[position]
        else:
            card = run.deck[screen.indices[position]]
        if not any(same_deck_card(card, other) for other in shown):
            out.append(action)
            shown.append(card)
    return out
