"""Relic pools and card pools: order, taking, spawn tests, transforms."""

import pytest

from ascension.game.ids import cards as C
from ascension.game.ids import relics as R
from ascension.game.rng import Rng
from ascension.game.run import SHOP_ROOM, DeckCard
from ascension.game.tables import CARD_COLORS, COMMON, RARE, UNCOMMON
from ascension.game.world import pools, relics
from tests.game.world.vectors import SEEDS, VECTORS, relic_names, run_of


@pytest.mark.parametrize("seed", SEEDS)
def test_relic_pools_of_known_seeds(seed: str) -> None:
    run = run_of(seed)
    expected = VECTORS[seed]["relic_pools_after_shuffle"]
    assert relic_names(run.common_relics) == expected["common"]
    assert relic_names(run.uncommon_relics) == expected["uncommon"]
    assert relic_names(run.rare_relics) == expected["rare"]
    assert relic_names(run.shop_relics) == expected["shop"]
    assert relic_names(run.boss_relics) == expected["boss"]
    assert run.relic_rng.counter == 5


def test_taking_pops_the_front_and_shops_pop_the_end() -> None:
    run = run_of("1")
    pool = run.rare_relics[:]
    run.rare_relics = [R.TORII, R.MANGO, R.ICE_CREAM]
    assert pools.take(run, RARE) == R.TORII
    assert pools.take_end(run, RARE) == R.ICE_CREAM
    assert run.rare_relics == [R.MANGO]
    assert len(pool) == 28


def test_a_relic_that_may_not_spawn_is_lost_and_the_end_follows() -> None:
    run = run_of("1")
    run.floor = 41
    run.rare_relics = [R.WING_BOOTS, R.MANGO, R.TORII]
    assert pools.take(run, RARE) == R.TORII
    assert run.rare_relics == [R.MANGO]


def test_an_empty_pool_falls_through_to_the_next_tier() -> None:
    run = run_of("1")
    run.common_relics = []
    run.shop_relics = []
    run.uncommon_relics = [R.PEAR]
    run.rare_relics = [R.MANGO]
    assert pools.take(run, COMMON) == R.PEAR
    assert pools.take_end(run, pools.SHOP_TIER) == R.MANGO
    assert pools.take(run, UNCOMMON) == R.CIRCLET
    run.boss_relics = []
    assert pools.take(run, pools.BOSS_TIER) == R.RED_CIRCLET


def test_screenless_takes_lose_bottles_and_whetstone() -> None:
    run = run_of("1")
    run.common_relics = [R.WHETSTONE, R.VAJRA]
    assert pools.take_screenless(run, COMMON) == R.VAJRA


def test_spawn_tests() -> None:
    run = run_of("1")
    assert not pools.may_spawn(run, R.BOTTLED_TORNADO)
    assert pools.may_spawn(run, R.BOTTLED_FLAME) is False  # only basic attacks
    run.deck = [*run.deck, DeckCard(C.INFLAME), DeckCard(C.ANGER)]
    assert pools.may_spawn(run, R.BOTTLED_TORNADO)
    assert pools.may_spawn(run, R.BOTTLED_FLAME)
    assert pools.may_spawn(run, R.ECTOPLASM)
    run.act = 2
    assert not pools.may_spawn(run, R.ECTOPLASM)
    assert pools.may_spawn(run, R.THE_COURIER)
    run.room = SHOP_ROOM
    assert not pools.may_spawn(run, R.THE_COURIER)
    assert pools.may_spawn(run, R.BLACK_BLOOD)
    relics.lose(run, R.BURNING_BLOOD)
    assert not pools.may_spawn(run, R.BLACK_BLOOD)


def test_at_most_two_campfire_relics() -> None:
    run = run_of("1")
    relics.obtain(run, R.GIRYA)
    assert pools.may_spawn(run, R.SHOVEL)
    relics.obtain(run, R.PEACE_PIPE)
    assert not pools.may_spawn(run, R.SHOVEL)


@pytest.mark.parametrize("card", [C.STRIKE_RED, C.ANGER, C.FINESSE, C.DOUBT, C.BITE])
def test_a_transformed_card_keeps_its_kind_and_is_another(card: int) -> None:
    rng = Rng(7)
    for _ in range(200):
        result = pools.transformed(card, rng)
        assert result != card
        assert CARD_COLORS[result] == CARD_COLORS[card]
    assert rng.counter == 200


def test_pool_sizes() -> None:
    assert [len(pools.RED[rarity]) for rarity in (COMMON, UNCOMMON, RARE)] == [20, 36, 16]
    assert [len(pools.ANY_COLOR[rarity]) for rarity in (COMMON, UNCOMMON, RARE)] == [76, 160, 84]
    assert [len(pools.COLORLESS[rarity]) for rarity in (UNCOMMON, RARE)] == [20, 15]
    assert len(pools.CURSES) == 10
    assert len(pools.PANDORA) == 72
