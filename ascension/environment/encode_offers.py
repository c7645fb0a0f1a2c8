"""Writes options about what can be acquired: rewards, shops, boss relics, lists of cards."""

from typing import Final

from mypy_extensions import i64

from ascension.environment.encode_cards import number
from ascension.environment.encode_option import Options, write_deck_card
from ascension.environment.layout import OPTION
from ascension.game.actions import first_of, second_of
from ascension.game.world.screens import (
    OBTAIN,
    BossRelicScreen,
    CardSelectScreen,
    RewardScreen,
    ShopScreen,
    top,
)

_TAKE_CARD: Final[i64] = OPTION.offset("take_card")
_DECK_CARD: Final[i64] = OPTION.offset("deck_card")
_TAKE_POTION: Final[i64] = OPTION.offset("take_potion")
_LOSE_POTION: Final[i64] = OPTION.offset("lose_potion")
_TAKE_RELIC: Final[i64] = OPTION.offset("take_relic")
_PURPOSE: Final[i64] = OPTION.offset("purpose")

_PRICE: Final[i64] = number("price")
_GOLD_LEFT: Final[i64] = number("gold_left")
_PICKS_LEFT: Final[i64] = number("picks_left")


def write_take_card(options: Options, action: i64) -> None:
    """A card of a reward."""
    screen = top(options.run)
    assert isinstance(screen, RewardScreen)
    write_deck_card(options, screen.cards[first_of(action)][second_of(action)], _TAKE_CARD)


def write_select_card(options: Options, action: i64) -> None:
    """A card chosen for a purpose, out of a fight."""
    screen = top(options.run)
    assert isinstance(screen, CardSelectScreen)
    position = first_of(action)
    options.sink.flag(_PURPOSE + screen.purpose)
    if screen.purpose == OBTAIN:
        write_deck_card(options, screen.offer[position], _TAKE_CARD)
    else:
        write_deck_card(options, options.run.deck[screen.indices[position]], _DECK_CARD)
    options.sink.number(_PICKS_LEFT, screen.pick - i64(len(screen.chosen)), 0.2)


def write_take_relic(options: Options, action: i64) -> None:
    """A relic of a reward screen."""
    screen = top(options.run)
    assert isinstance(screen, RewardScreen)
    options.sink.flag(_TAKE_RELIC + screen.relics[first_of(action)])


def write_take_potion(options: Options, action: i64) -> None:
    """A potion of a reward screen."""
    screen = top(options.run)
    assert isinstance(screen, RewardScreen)
    options.sink.flag(_TAKE_POTION + screen.potions[first_of(action)])


def write_swap_potion(options: Options, action: i64) -> None:
    """A potion thrown away to make room for what the reward screen offers."""
    screen = top(options.run)
    options.sink.flag(_LOSE_POTION + options.run.potions[first_of(action)])
    if isinstance(screen, RewardScreen):
        for potion in screen.potions:
            options.sink.flag(_TAKE_POTION + potion)


def write_take_boss_relic(options: Options, action: i64) -> None:
    """One of the relics in the boss's chest."""
    screen = top(options.run)
    assert isinstance(screen, BossRelicScreen)
    options.sink.flag(_TAKE_RELIC + screen.relics[first_of(action)])


def shop_of(options: Options) -> ShopScreen:
    """The open shop."""
    screen = top(options.run)
    assert isinstance(screen, ShopScreen)
    return screen


def write_price(options: Options, price: i64) -> None:
    """What it costs and what is left."""
    options.sink.number(_PRICE, price, 0.007)
    options.sink.number(_GOLD_LEFT, options.run.gold - price, 0.004)


def write_buy_card(options: Options, action: i64) -> None:
    """A card of the shop."""
    shop = shop_of(options)
    write_deck_card(options, shop.cards[first_of(action)], _TAKE_CARD)
    write_price(options, shop.card_prices[first_of(action)])


def write_buy_relic(options: Options, action: i64) -> None:
    """A relic of the shop."""
    shop = shop_of(options)
    options.sink.flag(_TAKE_RELIC + shop.relics[first_of(action)])
    write_price(options, shop.relic_prices[first_of(action)])


def write_buy_potion(options: Options, action: i64) -> None:
    """A potion of the shop."""
    shop = shop_of(options)
    options.sink.flag(_TAKE_POTION + shop.potions[first_of(action)])
    write_price(options, shop.potion_prices[first_of(action)])


def write_buy_removal(options: Options, action: i64) -> None:
    """The removal of a card."""
    write_price(options, shop_of(options).removal_price)
