"""Colourless and special cards, statuses, curses (cards.md 5 to 8)."""

from ascension.game import tables
from tests.game.combat.scenario import (
    given_fight,
    then_block_is,
    then_can_play,
    then_cannot_play,
    then_discard_pile_is,
    then_draw_pile_is,
    then_enemy_has,
    then_enemy_lost,
    then_energy_is,
    then_exhaust_pile_is,
    then_hand_is,
    then_player_has,
    then_player_lost,
    when_choosing,
    when_ending_turn,
    when_playing,
)

# --- Colourless ---


def test_upgraded_blind_weakens_everyone() -> None:
    fight = given_fight(hand=["blind+"], encounter="two_louse")
    when_playing(fight, "blind+")
    then_enemy_has(fight, "weak", 2, enemy=0)
    then_enemy_has(fight, "weak", 2, enemy=1)


def test_dark_shackles_return_the_strength_after_the_enemy_turn() -> None:
    fight = given_fight(hand=["dark_shackles"])
    when_playing(fight, "dark_shackles")
    then_enemy_has(fight, "strength", -9)
    when_ending_turn(fight)
    then_enemy_has(fight, "strength", 0)
    then_enemy_has(fight, "shackled", 0)


def test_dark_shackles_into_artifact_leave_no_shackles() -> None:
    fight = given_fight(hand=["dark_shackles"], enemy_powers={"artifact": 1})
    when_playing(fight, "dark_shackles")
    then_enemy_has(fight, "strength", 0)
    then_enemy_has(fight, "shackled", 0)


def test_deep_breath_shuffles_twice() -> None:
    fight = given_fight(hand=["deep_breath"], draw=["wound"], discard=["bash", "anger"])
    before = fight.c.run.shuffle_rng.counter
    when_playing(fight, "deep_breath")
    assert fight.c.run.shuffle_rng.counter - before == 2
    assert len(fight.c.hand) == 1
    assert len(fight.c.draw_pile) == 2


def test_discovery_offers_three_kinds_for_free() -> None:
    fight = given_fight(hand=["discovery"])
    when_playing(fight, "discovery")
    offer = list(fight.c.selection.offer)
    assert len({card.id for card in offer}) == 3
    when_choosing(fight, 1)
    assert fight.c.hand[0].id == offer[1].id
    assert fight.c.hand[0].cost_now <= 0


def test_enlightenment_lowers_costs_for_the_turn() -> None:
    fight = given_fight(hand=["enlightenment", "bludgeon"])
    when_playing(fight, "enlightenment")
    assert (fight.c.hand[0].cost, fight.c.hand[0].cost_now) == (3, 1)


def test_upgraded_enlightenment_lowers_costs_for_the_fight() -> None:
    fight = given_fight(hand=["enlightenment+", "bludgeon"])
    when_playing(fight, "enlightenment+")
    assert (fight.c.hand[0].cost, fight.c.hand[0].cost_now) == (1, 1)


def test_forethought_puts_an_only_card_at_the_bottom_for_free() -> None:
    fight = given_fight(hand=["forethought", "bludgeon"], draw=["wound"])
    when_playing(fight, "forethought")
    then_draw_pile_is(fight, "bludgeon", "wound")
    assert fight.c.draw_pile[0].free_once


def test_upgraded_forethought_takes_any_number() -> None:
    fight = given_fight(hand=["forethought+", "bludgeon", "bash", "wound"])
    when_playing(fight, "forethought+")
    when_choosing(fight, 0, 1)
    then_hand_is(fight, "wound")
    then_draw_pile_is(fight, "bash", "bludgeon")


def test_purity_exhausts_up_to_three() -> None:
    fight = given_fight(hand=["purity", "wound", "bash", "burn", "anger"])
    when_playing(fight, "purity")
    when_choosing(fight, 0, 2)
    then_hand_is(fight, "bash", "anger")
    then_exhaust_pile_is(fight, "wound", "burn", "purity")


def test_impatience_draws_without_attacks_in_hand() -> None:
    fight = given_fight(hand=["impatience"], draw=["bash", "anger", "clash"])
    when_playing(fight, "impatience")
    then_hand_is(fight, "clash", "anger")
    idle = given_fight(hand=["impatience", "bash"], draw=["anger"])
    when_playing(idle, "impatience")
    then_hand_is(idle, "bash")


def test_madness_makes_the_only_costly_card_free_for_the_fight() -> None:
    fight = given_fight(hand=["madness", "anger", "bludgeon"])
    when_playing(fight, "madness")
    assert (fight.c.hand[1].cost, fight.c.hand[1].cost_now) == (0, 0)


def test_mind_blast_hits_for_the_draw_pile() -> None:
    fight = given_fight(hand=["mind_blast"], draw=["wound"] * 9)
    when_playing(fight, "mind_blast")
    then_enemy_lost(fight, 9)


def test_panic_button_stops_later_block() -> None:
    fight = given_fight(hand=["panic_button", "defend_red"])
    when_playing(fight, "panic_button")
    when_playing(fight, "defend_red")
    then_block_is(fight, 30)


def test_apotheosis_upgrades_everything_everywhere() -> None:
    fight = given_fight(hand=["apotheosis", "bash"], draw=["anger"], discard=["clash", "wound"])
    when_playing(fight, "apotheosis")
    then_hand_is(fight, "bash+")
    then_draw_pile_is(fight, "anger+")
    then_discard_pile_is(fight, "clash+", "wound")


def test_chrysalis_shuffles_in_free_skills() -> None:
    fight = given_fight(hand=["chrysalis"])
    when_playing(fight, "chrysalis")
    assert len(fight.c.draw_pile) == 3
    for card in fight.c.draw_pile:
        assert card.type() == tables.SKILL
        assert card.cost <= 0


def test_hand_of_greed_pays_for_a_kill() -> None:
    fight = given_fight(hand=["hand_of_greed"], enemy_hp=20)
    before = fight.c.run.gold
    when_playing(fight, "hand_of_greed")
    assert fight.c.run.gold - before == 20


def test_secret_weapon_needs_an_attack_in_the_draw_pile() -> None:
    then_cannot_play(given_fight(hand=["secret_weapon"], draw=["wound"]), "secret_weapon")
    fight = given_fight(hand=["secret_weapon"], draw=["wound", "bash"])
    then_can_play(fight, "secret_weapon")
    when_playing(fight, "secret_weapon")
    then_hand_is(fight, "bash")


def test_secret_technique_rolls_for_all_matches_but_the_first() -> None:
    fight = given_fight(hand=["secret_technique"], draw=["flex", "bash", "warcry", "rage"])
    before = fight.c.run.card_random_rng.counter
    when_playing(fight, "secret_technique")
    assert fight.c.run.card_random_rng.counter - before == 2
    when_choosing(fight, 2)
    then_hand_is(fight, "warcry")


def test_violence_takes_attacks_out_of_the_draw_pile() -> None:
    fight = given_fight(hand=["violence"], draw=["bash", "wound", "anger"])
    when_playing(fight, "violence")
    assert len(fight.c.hand) == 2
    then_draw_pile_is(fight, "wound")


def test_transmutation_turns_energy_into_free_cards() -> None:
    fight = given_fight(hand=["transmutation+"], energy=2)
    when_playing(fight, "transmutation+")
    then_energy_is(fight, 0)
    assert len(fight.c.hand) == 2
    assert all(card.upgrades == 1 and card.cost_now <= 0 for card in fight.c.hand)


def test_the_bomb_explodes_at_the_third_end_of_turn() -> None:
    fight = given_fight(hand=["the_bomb"], hp=500)
    when_playing(fight, "the_bomb")
    when_ending_turn(fight)
    when_ending_turn(fight)
    then_enemy_lost(fight, 0)
    fight.c.monsters[0].block = 0
    when_ending_turn(fight)
    then_enemy_lost(fight, 40)


def test_thinking_ahead_draws_two_and_puts_one_back() -> None:
    fight = given_fight(hand=["thinking_ahead"], draw=["bash", "anger"])
    when_playing(fight, "thinking_ahead")
    when_choosing(fight, 0)
    then_hand_is(fight, "bash")
    then_draw_pile_is(fight, "anger")


# --- Special ---


def test_bite_heals() -> None:
    fight = given_fight(hand=["bite"])
    fight.c.player.hp = 70
    when_playing(fight, "bite")
    then_player_lost(fight, 8)


def test_ritual_dagger_sharpens_the_deck_card_with_a_kill() -> None:
    fight = given_fight(hand=["ritual_dagger"], enemy_hp=10)
    fight.c.hand[0].uid = 3
    when_playing(fight, "ritual_dagger")
    assert fight.c.run.deck[3].misc == 18


# --- Statuses and curses ---


def test_burn_hurts_at_the_end_of_the_turn_and_is_discarded() -> None:
    fight = given_fight(hand=["burn"], powers={"rupture": 1}, block=1)
    when_ending_turn(fight)
    then_player_has(fight, "strength", 1)
    assert len(fight.c.discard_pile) + len(fight.c.draw_pile) + len(fight.c.hand) == 1


def test_regret_counts_the_hand_when_the_turn_ends() -> None:
    fight = given_fight(hand=["regret", "wound", "wound"], enemy_powers={"strength": -99})
    when_ending_turn(fight)
    then_player_lost(fight, 3)


def test_doubt_weakens_for_the_next_turn() -> None:
    fight = given_fight(hand=["doubt"])
    when_ending_turn(fight)
    then_player_has(fight, "weak", 1)


def test_shame_makes_frail_for_the_next_turn() -> None:
    fight = given_fight(hand=["shame"])
    when_ending_turn(fight)
    then_player_has(fight, "frail", 1)


def test_pain_hurts_for_every_other_card() -> None:
    fight = given_fight(hand=["pain", "anger", "pain"])
    when_playing(fight, "anger")
    then_player_lost(fight, 2)


def test_normality_allows_three_cards_a_turn() -> None:
    fight = given_fight(hand=["normality", "anger", "anger", "anger", "anger"])
    for _ in range(3):
        then_can_play(fight, "anger")
        when_playing(fight, "anger")
    then_cannot_play(fight, "anger")


def test_void_costs_energy_when_drawn() -> None:
    fight = given_fight(hand=["shrug_it_off"], draw=["void"])
    when_playing(fight, "shrug_it_off")
    then_energy_is(fight, 1)


def test_necronomicurse_comes_back_when_exhausted() -> None:
    fight = given_fight(hand=["true_grit", "necronomicurse"])
    when_playing(fight, "true_grit")
    then_hand_is(fight, "necronomicurse")
    then_exhaust_pile_is(fight, "necronomicurse")


def test_slimed_is_played_away() -> None:
    fight = given_fight(hand=["slimed"])
    when_playing(fight, "slimed")
    then_exhaust_pile_is(fight, "slimed")


def test_pride_puts_a_copy_on_top_of_the_draw_pile() -> None:
    fight = given_fight(hand=["pride"], draw=["wound"] * 4)
    when_ending_turn(fight)
    assert tables.CARD_IDS[fight.c.hand[0].id] == "pride"


def test_blue_candle_exhausts_a_curse_for_hp() -> None:
    fight = given_fight(hand=["decay"], relics=["blue_candle"])
    when_playing(fight, "decay")
    then_player_lost(fight, 1)
    then_exhaust_pile_is(fight, "decay")
