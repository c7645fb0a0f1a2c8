"""Shops: stock and prices of known seeds, discounts, buying, restocks."""

import pytest

from ascension.game import actions as A
from ascension.game.ids import cards as C
from ascension.game.ids import potions as P
from ascension.game.ids import relics as R
from ascension.game.run import CARD_SELECT, SHOP_ROOM, Run
from ascension.game.tables import CARD_IDS, CARD_TYPE, RELIC_IDS, RELIC_TIERS
from ascension.game.world import relics, shop
from ascension.game.world.screens import SOLD, ShopScreen, push
from tests.game.world.vectors import SEEDS, VECTORS, potion_names, run_of


def _shop(
    seed: str = "1", ascension: int = 0, owned: list[int] | None = None
) -> tuple[Run, ShopScreen]:
    run = run_of(seed, ascension)
    run.screens = run.screens[:1]
    run.floor = 1
    run.room = SHOP_ROOM
    run.gold = 5000
    for relic in owned or []:
        relics.obtain(run, relic)
    screen = shop.build_shop(run)
    push(run, screen)
    return run, screen


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("ascension", [0, 16])
def test_stock_of_known_seeds(seed: str, ascension: int) -> None:
    expected = VECTORS[seed][f"shop_as_first_consumer_A{ascension}"]
    run, screen = _shop(seed, ascension)
    cards = [
        [CARD_IDS[card.id], price]
        for card, price in zip(screen.cards, screen.card_prices, strict=True)
    ]
    assert cards == expected["cards"]
    names = [RELIC_IDS[relic] for relic in screen.relics]
    assert [list(p) for p in zip(names, screen.relic_prices, strict=True)] == expected["relics"]
    potions = potion_names(screen.potions)
    assert [list(p) for p in zip(potions, screen.potion_prices, strict=True)] == expected["potions"]
    if ascension == 0:
        counters = expected["counters"]
        assert run.card_rng.counter == counters["card"]
        assert run.merchant_rng.counter == counters["merchant"]
        assert run.potion_rng.counter == counters["potion"]


def test_removal_prices() -> None:
    run, screen = _shop()
    assert screen.removal_price == 75
    run.removals_bought = 2
    assert shop.removal_price(run) == 125
    relics.obtain(run, R.THE_COURIER)
    assert shop.removal_price(run) == 100
    relics.obtain(run, R.MEMBERSHIP_CARD)
    assert shop.removal_price(run) == 63
    relics.obtain(run, R.SMILING_MASK)
    assert shop.removal_price(run) == 50


def test_the_ascension_does_not_change_the_removal_price() -> None:
    _, screen = _shop(ascension=16)
    assert screen.removal_price == 75


def test_only_what_can_be_paid_is_offered() -> None:
    run, screen = _shop()
    run.gold = 50
    verbs = {A.verb_of(action) for action in shop.legal(run, screen)}
    assert A.BUY_REMOVAL not in verbs
    assert A.BUY_RELIC not in verbs
    assert A.LEAVE in verbs
    for action in shop.legal(run, screen):
        if A.verb_of(action) == A.BUY_CARD:
            assert screen.card_prices[A.first_of(action)] <= 50


def test_potions_need_a_free_slot_and_no_sozu() -> None:
    run, screen = _shop()
    assert A.make(A.BUY_POTION, 0) in shop.legal(run, screen)
    run.potions = [P.FIRE_POTION] * 3
    assert A.make(A.BUY_POTION, 0) not in shop.legal(run, screen)
    run, screen = _shop(owned=[R.SOZU])
    assert A.make(A.BUY_POTION, 0) not in shop.legal(run, screen)


def test_buying_empties_the_slot_and_spends_the_gold() -> None:
    run, screen = _shop(owned=[R.MAW_BANK])
    price = screen.card_prices[0]
    name = CARD_IDS[screen.cards[0].id]
    shop.apply(run, screen, A.BUY_CARD, 0)
    assert run.gold == 5000 - price
    assert CARD_IDS[run.deck[-1].id] == name
    assert screen.card_prices[0] == SOLD
    bank = relics.find(run, R.MAW_BANK)
    assert bank is not None
    assert bank.counter == relics.USED_UP


def test_removal_is_paid_before_the_card_is_chosen() -> None:
    run, screen = _shop()
    shop.apply(run, screen, A.BUY_REMOVAL, 0)
    assert run.gold == 4925
    assert run.removals_bought == 1
    assert screen.removal_price == SOLD
    assert run.screens[-1].kind == CARD_SELECT
    assert run.screens[-2] is screen


def test_a_membership_card_halves_the_rest_at_once() -> None:
    run, screen = _shop()
    screen.relics[2] = R.MEMBERSHIP_CARD
    before = screen.card_prices[:]
    shop.apply(run, screen, A.BUY_RELIC, 2)
    assert screen.card_prices == [(price + 1) // 2 for price in before]
    assert screen.removal_price == 38


def test_an_egg_bought_here_upgrades_the_cards_of_its_type() -> None:
    run, screen = _shop()
    screen.relics[0] = R.MOLTEN_EGG
    shop.apply(run, screen, A.BUY_RELIC, 0)
    assert [card.upgrades for card in screen.cards[:4]] == [1, 1, 0, 0]


def test_the_courier_restocks_with_the_same_kind() -> None:
    run, screen = _shop(owned=[R.THE_COURIER])
    for slot in range(5):
        kind = CARD_TYPE[screen.cards[slot].id]
        shop.apply(run, screen, A.BUY_CARD, slot)
        assert screen.card_prices[slot] != SOLD
        assert CARD_TYPE[screen.cards[slot].id] == kind
    assert run.courier_rng.counter == 5
    shop.apply(run, screen, A.BUY_RELIC, 2)
    assert RELIC_TIERS[screen.relics[2]] in ("common", "uncommon", "rare")
    potions = run.potion_rng.counter
    shop.apply(run, screen, A.BUY_POTION, 0)
    assert run.potion_rng.counter > potions


def test_a_colourless_restock_is_drawn_from_the_card_stream() -> None:
    run, screen = _shop(owned=[R.THE_COURIER])
    screen.cards[5].id = C.FINESSE
    merchant, card = run.merchant_rng.counter, run.card_rng.counter
    shop.apply(run, screen, A.BUY_CARD, 5)
    assert run.merchant_rng.counter == merchant + 2
    assert run.card_rng.counter == card + 1
    assert run.courier_rng.counter == 0
