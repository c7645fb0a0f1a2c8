"""Card choices and deck changes."""

import pytest

from ascension.game.ids import cards as C
from ascension.game.ids import relics as R
from ascension.game.run import MAP, DeckCard, Run
from ascension.game.tables import ATTACK, SKILL
from ascension.game.world import deck, relics, select
from ascension.game.world.screens import (
    BONFIRE_SPIRITS,
    BOTTLE,
    DUPLICATE,
    REMOVE,
    TRANSFORM,
    TRANSFORM_UPGRADE,
    UPGRADE,
    CardSelectScreen,
)
from tests.game.world.vectors import card_names, run_of


def _run(*cards: DeckCard) -> Run:
    run = run_of("1")
    run.screens = run.screens[:1]
    run.deck = list(cards)
    run.hp = 40
    return run


def _open(run: Run) -> CardSelectScreen:
    screen = run.screens[-1]
    assert isinstance(screen, CardSelectScreen)
    return screen


def _pick(run: Run, *positions: int) -> None:
    screen = _open(run)
    for position in positions:
        select.choose(run, screen, position)


def test_removal_lists_leave_out_eternal_and_bottled_cards() -> None:
    bane = DeckCard(C.ASCENDERS_BANE)
    bottled = DeckCard(C.ANGER, bottled=True)
    run = _run(bane, bottled, DeckCard(C.DOUBT), DeckCard(C.BASH))
    for purpose in (REMOVE, TRANSFORM, BONFIRE_SPIRITS):
        assert select.candidates(run, purpose) == [2, 3]
    assert select.candidates(run, TRANSFORM_UPGRADE) == [1, 2, 3]
    assert select.candidates(run, DUPLICATE) == [0, 1, 2, 3]
    assert select.candidates(run, UPGRADE) == [1, 3]


def test_searing_blow_can_always_be_upgraded() -> None:
    run = _run(DeckCard(C.SEARING_BLOW, 4), DeckCard(C.BASH, 1))
    assert select.candidates(run, UPGRADE) == [0]


def test_nothing_opens_without_a_card_that_qualifies() -> None:
    run = _run(DeckCard(C.ASCENDERS_BANE))
    assert not select.open_deck_select(run, REMOVE)
    assert run.screens[-1].kind == MAP


def test_a_chosen_card_leaves_the_list_and_the_last_choice_acts() -> None:
    run = _run(DeckCard(C.BASH), DeckCard(C.ANGER), DeckCard(C.CLASH))
    select.open_deck_select(run, REMOVE, 2)
    _pick(run, 1)
    assert _open(run).indices == [0, 2]
    assert len(run.deck) == 3
    _pick(run, 1)
    assert card_names(run.deck) == ["bash"]
    assert run.screens[-1].kind == MAP


def test_with_few_cards_an_automatic_choice_takes_all() -> None:
    run = _run(DeckCard(C.ASCENDERS_BANE), DeckCard(C.ANGER), DeckCard(C.CLASH))
    assert select.open_deck_select(run, TRANSFORM_UPGRADE, 3, automatic=True)
    assert run.screens[-1].kind == MAP
    assert card_names(run.deck)[0] == "ascenders_bane"
    assert all(card.upgrades == 1 for card in run.deck[1:])


def test_a_bottle_holds_a_card_of_its_type() -> None:
    run = _run(DeckCard(C.BASH), DeckCard(C.DEFEND_RED))
    select.open_deck_select(run, BOTTLE, card_type=SKILL)
    assert _open(run).indices == [1]
    _pick(run, 0)
    assert [card.bottled for card in run.deck] == [False, True]
    select.open_deck_select(run, BOTTLE, card_type=ATTACK)
    assert _open(run).indices == [0]


def test_a_duplicate_keeps_upgrades_but_no_bottle() -> None:
    run = _run(DeckCard(C.BASH, 1, 0, True))
    select.open_deck_select(run, DUPLICATE)
    _pick(run, 0)
    assert run.deck[1].upgrades == 1
    assert not run.deck[1].bottled


@pytest.mark.parametrize(
    ("card", "hp", "max_hp"),
    [
        (C.BASH, 40, 80),
        (C.ANGER, 45, 80),
        (C.UPPERCUT, 80, 80),
        (C.FEED, 90, 90),
        (C.DOUBT, 40, 80),
    ],
)
def test_bonfire_spirits_reward_by_rarity(card: int, hp: int, max_hp: int) -> None:
    run = _run(DeckCard(card))
    select.open_deck_select(run, BONFIRE_SPIRITS)
    _pick(run, 0)
    assert (run.hp, run.max_hp) == (hp, max_hp)
    assert run.deck == []
    assert relics.owns(run, R.SPIRIT_POOP) == (card == C.DOUBT)


def test_omamori_turns_curses_away_twice() -> None:
    run = _run()
    relics.obtain(run, R.OMAMORI)
    assert [deck.add_card(run, C.DOUBT) for _ in range(3)] == [False, False, True]
    assert deck.add_card(run, C.ANGER)


def test_eggs_fish_and_periapt_act_on_obtained_cards() -> None:
    run = _run()
    relics.obtain(run, R.MOLTEN_EGG)
    relics.obtain(run, R.CERAMIC_FISH)
    relics.obtain(run, R.DARKSTONE_PERIAPT)
    deck.add_card(run, C.ANGER)
    deck.add_card(run, C.DOUBT)
    assert run.deck[0].upgrades == 1
    assert run.gold == 99 + 18
    assert run.max_hp == 86


def test_a_removed_parasite_costs_max_hp() -> None:
    run = _run(DeckCard(C.PARASITE), DeckCard(C.BASH))
    deck.remove_at(run, [0])
    assert run.max_hp == 77
    assert card_names(run.deck) == ["bash"]


def test_deck_lists_and_cards_are_replaced_not_changed() -> None:
    run = _run(DeckCard(C.BASH))
    before = run.deck
    deck.upgrade_at(run, 0)
    deck.add_card(run, C.ANGER)
    deck.bottle_at(run, 0)
    assert len(before) == 1
    assert before[0].upgrades == 0
    assert not before[0].bottled


def test_random_upgrades_cost_one_long_even_without_a_card() -> None:
    run = _run()
    deck.upgrade_random(run, 2, run.misc_rng)
    assert run.misc_rng.counter == 2  # the first is the music of act 1
