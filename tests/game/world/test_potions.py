"""Random potions, the slots of the belt, and drinking outside fights."""

from collections.abc import Sequence

import pytest

from ascension.game.ids import potions as ids
from ascension.game.ids import relics as relic_ids
from ascension.game.rng import Rng
from ascension.game.run import EMPTY_POTION, Run
from ascension.game.tables import COMMON, POTION_RARITY
from ascension.game.world import relics
from ascension.game.world.potions import (
    NO_SLOT,
    can_drink,
    drink,
    flat_potion,
    free_slot,
    obtain_potion,
    potency,
    potion_by_rarity,
    share_of,
)


def a_run(potions: Sequence[int] = (), owned: Sequence[int] = ()) -> Run:
    """A run with three slots, some of them filled, and relics."""
    run = Run(12345, 0, 3)
    run.potions = [*potions, *[EMPTY_POTION] * (3 - len(potions))]
    for relic in owned:
        relics.obtain(run, relic)
    return run


def test_a_flat_draw_is_one_integer_of_the_stream() -> None:
    ours, theirs = Rng(7), Rng(7)
    assert flat_potion(ours) == theirs.random(32)
    assert ours.counter == 1


def test_a_weighted_draw_rolls_the_rarity_and_then_until_it_matches() -> None:
    run, twin = a_run(), Rng(12345)
    potion = potion_by_rarity(run)
    roll = twin.random(99)
    first_match = twin.random(32)
    while POTION_RARITY[first_match] != POTION_RARITY[potion]:
        first_match = twin.random(32)
    assert potion == first_match
    assert (roll < 65) == (POTION_RARITY[potion] == COMMON)
    assert run.potion_rng.counter == twin.counter


def test_the_limited_draw_throws_the_first_away_and_never_gives_fruit_juice() -> None:
    run = a_run()
    for _ in range(3000):
        before = run.potion_rng.counter
        assert potion_by_rarity(run, limited=True) != ids.FRUIT_JUICE
        assert run.potion_rng.counter - before >= 3


def test_a_new_potion_goes_into_the_lowest_empty_slot() -> None:
    run = a_run([ids.FIRE_POTION])
    assert obtain_potion(run, ids.WEAK_POTION)
    assert run.potions == [ids.FIRE_POTION, ids.WEAK_POTION, EMPTY_POTION]


def test_a_full_belt_refuses_a_potion() -> None:
    run = a_run([ids.FIRE_POTION] * 3)
    assert free_slot(run) == NO_SLOT
    assert not obtain_potion(run, ids.WEAK_POTION)
    assert run.potions == [ids.FIRE_POTION] * 3


def test_sozu_refuses_every_potion() -> None:
    run = a_run(owned=[relic_ids.SOZU])
    assert not obtain_potion(run, ids.WEAK_POTION)


@pytest.mark.parametrize(
    "potion, drinkable",
    [
        (ids.BLOOD_POTION, True),
        (ids.FRUIT_JUICE, True),
        (ids.ENTROPIC_BREW, True),
        (ids.FIRE_POTION, False),
        (ids.FAIRY_IN_A_BOTTLE, False),
        (EMPTY_POTION, False),
    ],
)
def test_three_potions_work_outside_fights(potion: int, drinkable: bool) -> None:
    assert can_drink(a_run([potion]), 0) == drinkable


def test_blood_potion_heals_a_fifth_of_max_hp_and_leaves_its_slot() -> None:
    run = a_run([ids.BLOOD_POTION])
    run.hp = 10
    drink(run, 0)
    assert run.hp == 26
    assert run.potions[0] == EMPTY_POTION


def test_sacred_bark_doubles_the_potency() -> None:
    assert potency(a_run(), ids.FRUIT_JUICE) == 5
    assert potency(a_run(owned=[relic_ids.SACRED_BARK]), ids.FRUIT_JUICE) == 10


def test_fruit_juice_raises_max_hp_and_hp() -> None:
    run = a_run([ids.FRUIT_JUICE])
    run.hp = 70
    drink(run, 0)
    assert (run.hp, run.max_hp) == (75, 85)


def test_toy_ornithopter_heals_when_a_potion_is_drunk() -> None:
    run = a_run([ids.FRUIT_JUICE], owned=[relic_ids.TOY_ORNITHOPTER])
    run.hp = 50
    drink(run, 0)
    assert run.hp == 60


def test_entropic_brew_fills_every_free_slot_its_own_included() -> None:
    run = a_run([ids.FIRE_POTION, ids.ENTROPIC_BREW])
    drink(run, 1)
    assert run.potions[0] == ids.FIRE_POTION
    assert EMPTY_POTION not in run.potions


def test_entropic_brew_draws_nothing_with_sozu() -> None:
    run = a_run([ids.ENTROPIC_BREW], owned=[relic_ids.SOZU])
    drink(run, 0)
    assert run.potions == [EMPTY_POTION] * 3
    assert run.potion_rng.counter == 0


@pytest.mark.parametrize("whole, percent, share", [(80, 20, 16), (84, 20, 16), (75, 30, 22)])
def test_a_share_of_hp_is_rounded_down(whole: int, percent: int, share: int) -> None:
    assert share_of(whole, percent) == share
