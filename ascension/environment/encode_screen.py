"""Writes what an open screen shows: offers, prices, the event, what cards are chosen for."""

from typing import Final

from mypy_extensions import i64

from ascension.environment.encode_columns import CARD_COLUMN, TASK_COLUMN
from ascension.environment.encode_scalars import scalar
from ascension.environment.encode_sink import Sink
from ascension.environment.layout import STATE
from ascension.game.combat.state import Selection
from ascension.game.run import DeckCard, Run
from ascension.game.world.screens import (
    SOLD,
    BossRelicScreen,
    CardSelectScreen,
    EventScreen,
    RewardScreen,
    ShopScreen,
    TreasureScreen,
    top,
)

_OFFERED_CARD: Final[i64] = STATE.offset("offered_card")
_OFFERED_RELIC: Final[i64] = STATE.offset("offered_relic")
_OFFERED_POTION: Final[i64] = STATE.offset("offered_potion")
_EVENT: Final[i64] = STATE.offset("event")
_TASK: Final[i64] = STATE.offset("task")
_PURPOSE: Final[i64] = STATE.offset("purpose")
_PICKS_LEFT: Final[i64] = scalar("picks_left")
_PICKED: Final[i64] = scalar("picked")
_REMOVAL_PRICE: Final[i64] = scalar("removal_price")
_CHEST_SIZE: Final[i64] = scalar("chest_size")
_EVENT_PHASE: Final[i64] = scalar("event_phase")
_MANY: Final[i64] = 10  # picks of an any-number choice


def write_selection(sink: Sink, selection: Selection) -> None:
    """A card choice in a fight."""
    sink.flag(_TASK + TASK_COLUMN[selection.task])
    picked: i64 = len(selection.picked)
    sink.number(_PICKED, picked, 0.2)
    sink.number(_PICKS_LEFT, min(selection.maximum, _MANY) - picked, 0.2)


def write_screen(sink: Sink, run: Run) -> None:
    """The screen on top, out of a fight."""
    screen = top(run)
    if isinstance(screen, RewardScreen):
        _write_rewards(sink, screen)
    elif isinstance(screen, EventScreen):
        _write_event(sink, screen)
    elif isinstance(screen, ShopScreen):
        _write_shop(sink, screen)
    elif isinstance(screen, CardSelectScreen):
        _write_card_select(sink, screen)
    elif isinstance(screen, BossRelicScreen):
        for relic in screen.relics:
            sink.flag(_OFFERED_RELIC + relic)
    elif isinstance(screen, TreasureScreen):
        sink.number(_CHEST_SIZE, screen.size + 1, 0.3)


def _offer_card(sink: Sink, card: DeckCard) -> None:
    sink.flag(_OFFERED_CARD + CARD_COLUMN[2 * card.id + (1 if card.upgrades > 0 else 0)])


def _write_rewards(sink: Sink, screen: RewardScreen) -> None:
    for offer in screen.cards:
        for card in offer:
            _offer_card(sink, card)
    for relic in screen.relics:
        sink.flag(_OFFERED_RELIC + relic)
    for potion in screen.potions:
        sink.flag(_OFFERED_POTION + potion)


def _write_shop(sink: Sink, screen: ShopScreen) -> None:
    for i in range(len(screen.cards)):
        if screen.card_prices[i] != SOLD:
            _offer_card(sink, screen.cards[i])
    for i in range(len(screen.relics)):
        if screen.relic_prices[i] != SOLD:
            sink.flag(_OFFERED_RELIC + screen.relics[i])
    for i in range(len(screen.potions)):
        if screen.potion_prices[i] != SOLD:
            sink.flag(_OFFERED_POTION + screen.potions[i])
    if screen.removal_price != SOLD:
        sink.number(_REMOVAL_PRICE, screen.removal_price, 0.01)


def _write_event(sink: Sink, screen: EventScreen) -> None:
    """The event and its page; its rolled numbers are hidden unless an option names them."""
    sink.flag(_EVENT + screen.event)
    sink.number(_EVENT_PHASE, screen.phase, 0.3)


def _write_card_select(sink: Sink, screen: CardSelectScreen) -> None:
    sink.flag(_PURPOSE + screen.purpose)
    picked: i64 = len(screen.chosen)
    sink.number(_PICKED, picked, 0.2)
    sink.number(_PICKS_LEFT, screen.pick - picked, 0.2)
    for card in screen.offer:
        _offer_card(sink, card)
