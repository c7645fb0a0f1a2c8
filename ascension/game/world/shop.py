"""Shops: the stock and its prices, buying, card removal, and the Courier's restocks (shop.md)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.actions import (
    BUY_CARD,
    BUY_POTION,
    BUY_RELIC,
    BUY_REMOVAL,
    LEAVE,
    make,
)
from ascension.game.ids import relics as R
from ascension.game.rng import f32, round_half_up
from ascension.game.run import DeckCard, Run
from ascension.game.tables import (
    ATTACK,
    CARD_COLORS,
    CARD_RARITY,
    CARD_TYPE,
    COMMON,
    POTION_RARITY,
    POWER,
    RARE,
    RELIC_TIERS,
    SKILL,
    UNCOMMON,
)
from ascension.game.world import deck, pools, potions, relics
from ascension.game.world.rewards import rarity_of_roll
from ascension.game.world.screens import REMOVE, SOLD, ShopScreen, close
from ascension.game.world.select import candidates, open_deck_select

REMOVAL_BASE: Final = 75
REMOVAL_STEP: Final = 25
MASK_REMOVAL: Final = 50
COLORED_SLOTS: Final = 5

# Base prices by rarity: basic, common, uncommon, rare.
_CARD_PRICE: Final[list[i64]] = [0, 50, 75, 150]
_POTION_PRICE: Final[list[i64]] = [0, 50, 75, 100]
_RELIC_PRICE: Final = {"common": 150, "uncommon": 250, "rare": 300, "shop": 150}
_SPECIAL_PRICE: Final = 400

_COURIER: Final = 0.8
_MEMBERSHIP: Final = 0.5


def _relic_prices() -> list[i64]:
    return [_RELIC_PRICE.get(tier, _SPECIAL_PRICE) for tier in RELIC_TIERS]


_RELIC_BASE: Final = _relic_prices()
_IS_COLORLESS: Final[list[bool]] = [color == "colorless" for color in CARD_COLORS]


def _scaled(price: i64, factor: float) -> i64:
    return round_half_up(f32(float(price) * f32(factor)))


# --- Stock ------------------------------------------------------------------------------------


def build_shop(run: Run) -> ShopScreen:
    """The stock of a shop that has just been entered."""
    shop = ShopScreen()
    _stock_cards(run, shop)
    _price_cards(run, shop)
    _stock_relics(run, shop)
    _stock_potions(run, shop)
    if run.ascension >= 16:
        _scale_all(shop, 1.1)
    if relics.owns(run, R.THE_COURIER):
        _scale_all(shop, _COURIER)
    if relics.owns(run, R.MEMBERSHIP_CARD):
        _scale_all(shop, _MEMBERSHIP)
    shop.removal_price = removal_price(run)
    return shop


def removal_price(run: Run) -> i64:
    """What removing a card costs: 50 with smiling mask, else one discount on the full price."""
    if relics.owns(run, R.SMILING_MASK):
        return MASK_REMOVAL
    price = REMOVAL_BASE + REMOVAL_STEP * run.removals_bought
    # UNCERTAIN(shop.md 2): with Membership Card and The Courier, removal costs half of the full
    #   price, not 0.4 of it. Settled by: enter a shop with both.
    if relics.owns(run, R.MEMBERSHIP_CARD):
        return _scaled(price, _MEMBERSHIP)
    return _scaled(price, _COURIER) if relics.owns(run, R.THE_COURIER) else price


def _roll_rarity(run: Run) -> i64:
    return rarity_of_roll(run.card_rng.random(99) + run.card_rarity_offset, 9, 37)


def _roll_card(run: Run, kind: i64) -> i64:
    rarity = _roll_rarity(run)
    if kind == POWER and rarity == COMMON:  # there are no common powers
        rarity = UNCOMMON
    pool = pools.RED_BY_TYPE[kind][rarity]
    return pool[run.card_rng.random(len(pool) - 1)]


def _shown(run: Run, card: i64) -> DeckCard:
    return DeckCard(card, relics.egg_upgrades(run, card, 0))


def _colorless(run: Run, rarity: i64) -> i64:
    pool = pools.COLORLESS[rarity]
    return pool[run.card_rng.random(len(pool) - 1)]


def _stock_cards(run: Run, shop: ShopScreen) -> None:
    ids: list[i64] = []
    for kind in (ATTACK, SKILL):
        first = _roll_card(run, kind)
        second = _roll_card(run, kind)
        while second == first:
            second = _roll_card(run, kind)
        ids.append(first)
        ids.append(second)
    ids.append(_roll_card(run, POWER))
    ids.append(_colorless(run, UNCOMMON))
    ids.append(_colorless(run, RARE))
    shop.cards = [_shown(run, card) for card in ids]


def _card_price(run: Run, card: i64) -> float:
    """A card's price before truncation."""
    price = f32(float(_CARD_PRICE[CARD_RARITY[card]]) * run.merchant_rng.float_between(0.9, 1.1))
    return f32(price * f32(1.2)) if _IS_COLORLESS[card] else price


def _price_cards(run: Run, shop: ShopScreen) -> None:
    for card in shop.cards:
        shop.card_prices.append(i64(int(_card_price(run, card.id))))
    sale = run.merchant_rng.random(COLORED_SLOTS - 1)
    shop.card_prices[sale] //= 2


def _roll_relic_tier(run: Run) -> i64:
    roll = run.merchant_rng.random(99)
    if roll < 48:
        return COMMON
    return UNCOMMON if roll < 82 else RARE


def _relic_price(run: Run, relic: i64) -> i64:
    factor = run.merchant_rng.float_between(0.95, 1.05)
    return round_half_up(f32(float(_RELIC_BASE[relic]) * factor))


def _stock_relics(run: Run, shop: ShopScreen) -> None:
    for slot in range(3):
        tier = pools.SHOP_TIER if slot == 2 else _roll_relic_tier(run)
        relic = pools.take_end(run, tier)
        shop.relics.append(relic)
        shop.relic_prices.append(_relic_price(run, relic))


def _potion_price(run: Run, potion: i64) -> i64:
    factor = run.merchant_rng.float_between(0.95, 1.05)
    return round_half_up(f32(float(_POTION_PRICE[POTION_RARITY[potion]]) * factor))


def _stock_potions(run: Run, shop: ShopScreen) -> None:
    for _ in range(3):
        potion = potions.potion_by_rarity(run)
        shop.potions.append(potion)
        shop.potion_prices.append(_potion_price(run, potion))


def _scale_list(prices: list[i64], factor: float) -> list[i64]:
    return [SOLD if price == SOLD else _scaled(price, factor) for price in prices]


def _scale_all(shop: ShopScreen, factor: float) -> None:
    shop.card_prices = _scale_list(shop.card_prices, factor)
    shop.relic_prices = _scale_list(shop.relic_prices, factor)
    shop.potion_prices = _scale_list(shop.potion_prices, factor)


# --- Buying -----------------------------------------------------------------------------------


def _can_pay(run: Run, price: i64) -> bool:
    return price != SOLD and price <= run.gold


def can_take_potions(run: Run) -> bool:
    """Whether potions are for sale to this player at all."""
    return potions.free_slot(run) != potions.NO_SLOT and not relics.owns(run, R.SOZU)


def legal(run: Run, shop: ShopScreen) -> list[i64]:
    """What can be paid for, then leaving."""
    out: list[i64] = []
    for slot, price in enumerate(shop.card_prices):
        if _can_pay(run, price):
            out.append(make(BUY_CARD, slot))
    for slot, price in enumerate(shop.relic_prices):
        if _can_pay(run, price):
            out.append(make(BUY_RELIC, slot))
    if can_take_potions(run):
        for slot, price in enumerate(shop.potion_prices):
            if _can_pay(run, price):
                out.append(make(BUY_POTION, slot))
    if _can_pay(run, shop.removal_price) and len(candidates(run, REMOVE)) > 0:
        out.append(make(BUY_REMOVAL))
    out.append(make(LEAVE))
    return out


def apply(run: Run, shop: ShopScreen, verb: i64, slot: i64) -> None:
    """Buy something or leave."""
    if verb == BUY_CARD:
        _buy_card(run, shop, slot)
    elif verb == BUY_RELIC:
        _buy_relic(run, shop, slot)
    elif verb == BUY_POTION:
        _buy_potion(run, shop, slot)
    elif verb == BUY_REMOVAL:
        _buy_removal(run, shop)
    else:
        close(run, shop)


def _buy_card(run: Run, shop: ShopScreen, slot: i64) -> None:
    card = shop.cards[slot]
    relics.spend_gold_in_shop(run, shop.card_prices[slot])
    shop.card_prices[slot] = SOLD
    deck.add_card(run, card.id, card.upgrades, card.misc)
    if relics.owns(run, R.THE_COURIER):
        _restock_card(run, shop, slot)


def _buy_relic(run: Run, shop: ShopScreen, slot: i64) -> None:
    relic = shop.relics[slot]
    relics.spend_gold_in_shop(run, shop.relic_prices[slot])
    shop.relic_prices[slot] = SOLD
    relics.obtain(run, relic)
    if relic == R.MEMBERSHIP_CARD:
        _scale_all(shop, _MEMBERSHIP)
        if shop.removal_price != SOLD:
            shop.removal_price = removal_price(run)
    if relics.owns(run, R.THE_COURIER):
        _restock_relic(run, shop, slot)


def _buy_potion(run: Run, shop: ShopScreen, slot: i64) -> None:
    relics.spend_gold_in_shop(run, shop.potion_prices[slot])
    shop.potion_prices[slot] = SOLD
    potions.obtain_potion(run, shop.potions[slot])
    if relics.owns(run, R.THE_COURIER):
        potion = potions.potion_by_rarity(run)
        shop.potions[slot] = potion
        shop.potion_prices[slot] = _restock_price(run, _potion_price(run, potion))


def _buy_removal(run: Run, shop: ShopScreen) -> None:
    relics.spend_gold_in_shop(run, shop.removal_price)
    shop.removal_price = SOLD
    run.removals_bought += 1
    open_deck_select(run, REMOVE)


# --- The Courier ------------------------------------------------------------------------------


def _restock_price(run: Run, price: i64) -> i64:
    """Discounts of a restocked relic or potion, each rounded; no ascension surcharge."""
    price = _scaled(price, _COURIER)
    return _scaled(price, _MEMBERSHIP) if relics.owns(run, R.MEMBERSHIP_CARD) else price


def _restock_relic(run: Run, shop: ShopScreen, slot: i64) -> None:
    relic = pools.take_end(run, _roll_relic_tier(run))
    shop.relics[slot] = relic
    shop.relic_prices[slot] = _restock_price(run, _relic_price(run, relic))


# UNSEEDED(shop.md 3): the identity of a restocked card comes from a generator of its own, seeded
#   with seed - 897897. Settled by: nothing: the real game uses an unseeded generator.
def _restocked_card(run: Run, sold: i64) -> i64:
    """The card that replaces a sold one: of its type, from the generator of shop.md 3."""
    if _IS_COLORLESS[sold]:
        return _colorless(run, RARE if run.merchant_rng.random_float() < f32(0.3) else UNCOMMON)
    kind = CARD_TYPE[sold]
    rarity = _roll_rarity(run)
    if kind == POWER and rarity == COMMON:
        rarity = UNCOMMON
    pool = pools.RED_BY_TYPE[kind][rarity]
    return pool[run.courier_rng.random(len(pool) - 1)]


def _restock_card(run: Run, shop: ShopScreen, slot: i64) -> None:
    card = _restocked_card(run, shop.cards[slot].id)
    price = f32(_card_price(run, card) * f32(_COURIER))
    if relics.owns(run, R.MEMBERSHIP_CARD):
        price = f32(price * f32(_MEMBERSHIP))
    shop.cards[slot] = _shown(run, card)
    shop.card_prices[slot] = i64(int(price))
