"""Card choices inside a fight, and copies of a fight that stands at one (combat.md 12)."""

from ascension.game.actions import CONFIRM_SELECTION, SELECT, SKIP_SELECTION, make
from ascension.game.clone import clone_combat, clone_run
from ascension.game.combat.legal import apply, legal_actions
from ascension.game.digest import digest_of
from tests.game.combat.scenario import (
    given_fight,
    then_discard_pile_is,
    then_exhaust_pile_is,
    then_hand_is,
    when_choosing,
    when_playing,
)


def test_one_pick_answers_a_choice_of_one() -> None:
    fight = given_fight(hand=["true_grit+", "strike_red", "bash", "anger"])
    when_playing(fight, "true_grit+")
    assert legal_actions(fight.c) == [make(SELECT, n) for n in range(3)]
    when_choosing(fight, 1)
    then_exhaust_pile_is(fight, "bash")
    then_hand_is(fight, "strike_red", "anger")
    then_discard_pile_is(fight, "true_grit+")


def test_a_choice_of_any_number_goes_from_left_to_right_up_to_its_maximum() -> None:
    fight = given_fight(hand=["purity", "strike_red", "bash", "anger", "wound", "defend_red"])
    when_playing(fight, "purity")
    apply(fight.c, make(SELECT, 1))
    apply(fight.c, make(SELECT, 2))
    assert legal_actions(fight.c) == [
        make(SELECT, 3),
        make(SELECT, 4),
        make(CONFIRM_SELECTION),
    ]
    apply(fight.c, make(SELECT, 4))
    assert legal_actions(fight.c) == [make(CONFIRM_SELECTION)]
    apply(fight.c, make(CONFIRM_SELECTION))
    then_exhaust_pile_is(fight, "bash", "anger", "defend_red", "purity")


def test_no_card_at_all_is_a_choice_too() -> None:
    fight = given_fight(hand=["purity", "strike_red"])
    when_playing(fight, "purity")
    apply(fight.c, make(CONFIRM_SELECTION))
    then_hand_is(fight, "strike_red")


def test_discovery_cannot_be_skipped() -> None:
    fight = given_fight(hand=["discovery"])
    when_playing(fight, "discovery")
    assert make(SKIP_SELECTION) not in legal_actions(fight.c)


def test_a_copy_made_at_a_choice_goes_on_alike_and_alone() -> None:
    """The queue is not empty then: the copy's actions refer to the copy's cards."""
    fight = given_fight(hand=["burning_pact", "bash", "anger"], draw=["wound"] * 3)
    when_playing(fight, "burning_pact")
    assert len(fight.c.actions) > 0
    copy = clone_combat(fight.c, clone_run(fight.c.run))
    before = digest_of(fight.c)
    assert digest_of(copy) == before
    apply(copy, make(SELECT, 0))
    assert digest_of(fight.c) == before
    apply(fight.c, make(SELECT, 0))
    assert digest_of(fight.c) == digest_of(copy)
    assert fight.c.discard_pile[0] is not copy.discard_pile[0]
