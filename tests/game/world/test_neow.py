"""Neow: the four offers and what they pay."""

import pytest

from ascension.game.ids import relics as R
from ascension.game.run import CARD_SELECT, NEOW, REWARDS, Run
from ascension.game.world import neow, relics, select
from ascension.game.world.screens import CardSelectScreen, NeowScreen, RewardScreen, push
from tests.game.world.vectors import SEEDS, VECTORS, card_names, run_of


def _offers(run: Run) -> NeowScreen:
    screen = run.screens[-1]
    assert isinstance(screen, NeowScreen)
    return screen


def _choose(run: Run, bonus: int, drawback: int = neow.NO_DRAWBACK) -> None:
    """Replace the offers by one and take it."""
    screen = NeowScreen([bonus], [drawback])
    run.screens = run.screens[:1]
    push(run, screen)
    neow.choose(run, screen, 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_offers_of_known_seeds(seed: str) -> None:
    run = run_of(seed)
    screen = _offers(run)
    names = [
        [neow.BONUS_NAMES[bonus], neow.DRAWBACK_NAMES[drawback]]
        for bonus, drawback in zip(screen.bonuses, screen.drawbacks, strict=True)
    ]
    assert names == VECTORS[seed]["neow_options"]
    assert run.neow_rng.counter == 5
    assert run.screens[-1].kind == NEOW


@pytest.mark.parametrize(
    ("drawback", "hp", "max_hp"),
    [
        (neow.TEN_PERCENT_HP_LOSS, 68, 68),
        (neow.PERCENT_DAMAGE, 47, 75),
        (neow.NO_GOLD, 68, 75),
    ],
)
def test_drawbacks_at_ascension_14(drawback: int, hp: int, max_hp: int) -> None:
    run = run_of("1", ascension=14)
    assert (run.hp, run.max_hp) == (68, 75)
    _choose(run, neow.UPGRADE_CARD, drawback)
    assert (run.hp, run.max_hp) == (hp + (3 if drawback == neow.PERCENT_DAMAGE else 0), max_hp)
    assert run.gold == (0 if drawback == neow.NO_GOLD else 99)


def test_max_hp_bonuses_round_a_tenth_down() -> None:
    run = run_of("1", ascension=14)
    _choose(run, neow.TWENTY_PERCENT_HP_BONUS)
    assert run.max_hp == 75 + 14
    run = run_of("1")
    _choose(run, neow.TEN_PERCENT_HP_BONUS)
    assert (run.hp, run.max_hp) == (88, 88)


def test_the_curse_comes_before_the_transformed_cards() -> None:
    run = run_of("1")
    _choose(run, neow.TRANSFORM_TWO_CARDS, neow.CURSE_DRAWBACK)
    screen = run.screens[-1]
    assert isinstance(screen, CardSelectScreen)
    assert len(run.deck) == 11
    assert 10 not in screen.indices
    select.choose(run, screen, 0)
    assert run.neow_rng.counter == 5
    select.choose(run, screen, 0)
    assert run.neow_rng.counter == 7
    assert len(run.deck) == 11
    assert card_names(run.deck[:3]) == ["strike_red", "strike_red", "strike_red"]
    assert card_names(run.deck)[8] in ("regret", "injury", "shame", "parasite", "normality") + (
        "doubt",
        "writhe",
        "pain",
        "decay",
        "clumsy",
    )


def test_three_cards_are_distinct_and_offered_together() -> None:
    run = run_of("1")
    _choose(run, neow.THREE_RARE_CARDS)
    screen = run.screens[-1]
    assert isinstance(screen, RewardScreen)
    (offer,) = screen.cards
    assert len(set(card_names(offer))) == 3


def test_three_potions_cost_a_hidden_card_row() -> None:
    run = run_of("1")
    _choose(run, neow.THREE_SMALL_POTIONS)
    screen = run.screens[-1]
    assert isinstance(screen, RewardScreen)
    assert len(screen.potions) == 3
    assert screen.cards == []
    assert run.potion_rng.counter == 3
    assert run.card_rng.counter >= 9


def test_the_boss_swap_loses_burning_blood_first() -> None:
    run = run_of("1")
    head = run.boss_relics[0]
    _choose(run, neow.BOSS_RELIC_SWAP, neow.LOSE_STARTER_RELIC)
    assert not relics.owns(run, R.BURNING_BLOOD)
    assert [relic.id for relic in run.relics] == [head]
    assert run.hand_size == 7  # this seed's first boss relic is the snecko eye


def test_every_offer_can_be_taken() -> None:
    for bonus in range(len(neow.BONUS_NAMES)):
        run = run_of("ABC")
        _choose(run, bonus)
        assert run.screens[-1].kind in (0, 1, CARD_SELECT, REWARDS)
