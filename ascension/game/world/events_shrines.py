"""The shrines, which every act offers again (events.md 3)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.actions import FLIP_TWO, make
from ascension.game.ids import cards as C
from ascension.game.ids import events as E
from ascension.game.rng import java_shuffle_order
from ascension.game.run import DeckCard, Run
from ascension.game.tables import COMMON, RARE, UNCOMMON
from ascension.game.world import deck, pools, relics
from ascension.game.world.event_effects import (
    HARDER_EVENTS,
    by_ascension,
    floor_share,
    has_upgradable,
    lose_hp,
    random_relic,
    remove_one,
    share_by_ascension,
    show_rewards,
    transform_one,
    upgrade_one,
)
from ascension.game.world.event_registry import go_on, needs, option, setup
from ascension.game.world.screens import EventScreen

# --- Golden Shrine ---


@option(E.GOLDEN_SHRINE, 0)
def _pray_to_shrine(run: Run, screen: EventScreen) -> None:
    relics.gain_gold(run, by_ascension(run, 100, 50))


@option(E.GOLDEN_SHRINE, 1)
def _desecrate_shrine(run: Run, screen: EventScreen) -> None:
    relics.gain_gold(run, 275)
    deck.add_card(run, C.REGRET)


# --- Transmogrifier, Purifier, Upgrade Shrine ---

option(E.TRANSMOGRIFIER, 0)(transform_one)
option(E.PURIFIER, 0)(remove_one)
option(E.UPGRADE_SHRINE, 0)(upgrade_one)
needs(E.UPGRADE_SHRINE, 0)(has_upgradable)


# --- Wheel of Change ---


@option(E.WHEEL_OF_CHANGE, 0)
def _spin(run: Run, screen: EventScreen) -> None:
    result = run.misc_rng.random(5)
    if result == 0:
        relics.gain_gold(run, 100 * run.act)
    elif result == 1:
        show_rewards(run, [random_relic(run)], [])
    elif result == 2:
        relics.heal(run, run.max_hp)
    elif result == 3:
        deck.add_card(run, C.DECAY)
    elif result == 4:
        remove_one(run, screen)
    else:
        lose_hp(run, floor_share(run, share_by_ascension(run, 0.1, 0.15)))


# --- Match and Keep: cards = the board by rows of four; numbers = attempts left, card states ---

HIDDEN: Final[i64] = 0
SEEN: Final[i64] = 1
TAKEN: Final[i64] = 2
BOARD_SIZE: Final[i64] = 12
_ATTEMPTS: Final[i64] = 5


@setup(E.MATCH_AND_KEEP)
def _deal_cards(run: Run, screen: EventScreen) -> None:
    pairs = _cards_of_match_and_keep(run)
    board: list[DeckCard] = []
    for place in java_shuffle_order(BOARD_SIZE, run.misc_rng):
        card = pairs[place % len(pairs)]
        board.append(DeckCard(card, relics.egg_upgrades(run, card, 0)))
    # Dealt column by row alternately: card i lies at column i % 4, row i % 3.
    for i, card_dealt in enumerate(board[:]):
        board[4 * (i % 3) + i % 4] = card_dealt
    screen.cards = board
    screen.numbers = [_ATTEMPTS] + [HIDDEN] * BOARD_SIZE


def _cards_of_match_and_keep(run: Run) -> list[i64]:
    """The six cards of which two each are dealt."""
    out: list[i64] = []
    for rarity in (RARE, UNCOMMON, COMMON):
        pool = pools.RED[rarity]
        out.append(pool[run.card_rng.random(len(pool) - 1)])
    if run.ascension >= HARDER_EVENTS:
        out.append(pools.random_curse(run))
    else:
        out.append(pools.shuffled_colorless(run, UNCOMMON))
    out.append(pools.random_curse(run))
    out.append(C.BASH)
    return out


def flips(screen: EventScreen) -> list[i64]:
    """Every pair of cards still on the table."""
    out: list[i64] = []
    for first in range(BOARD_SIZE):
        if screen.numbers[1 + first] == TAKEN:
            continue
        for second in range(first + 1, BOARD_SIZE):
            if screen.numbers[1 + second] != TAKEN:
                out.append(make(FLIP_TWO, first, second))
    return out


def flip_two(run: Run, screen: EventScreen, first: i64, second: i64) -> None:
    """One attempt: equal cards leave the table and one of them joins the deck."""
    card = screen.cards[first]
    matched = card.id == screen.cards[second].id
    screen.numbers[1 + first] = TAKEN if matched else SEEN
    screen.numbers[1 + second] = TAKEN if matched else SEEN
    screen.numbers[0] -= 1
    if matched:
        deck.add_card(run, card.id, card.upgrades)
    if screen.numbers[0] > 0:
        go_on(run, screen, 0)
