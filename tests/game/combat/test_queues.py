"""Who comes first: the queues' worked examples (combat.md 3, 8-11, 18)."""

from ascension.game.combat.state import FIGHTING, WON
from tests.game.combat.scenario import (
    given_fight,
    then_block_is,
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
    when_ending_turn,
    when_playing,
)


def test_bash_hits_before_its_vulnerable() -> None:
    fight = given_fight(hand=["bash"])
    when_playing(fight, "bash")
    then_enemy_lost(fight, 8)
    then_enemy_has(fight, "vulnerable", 2)
    then_discard_pile_is(fight, "bash")


def test_a_doubled_bash_pays_once_and_hits_harder_the_second_time() -> None:
    fight = given_fight(hand=["bash"], powers={"double_tap": 1})
    when_playing(fight, "bash")
    then_enemy_lost(fight, 8 + 12)
    then_energy_is(fight, 1)
    then_player_has(fight, "double_tap", 0)
    then_discard_pile_is(fight, "bash")
    assert fight.c.cards_this_turn == 2


def test_a_duplicate_whose_target_died_is_not_played() -> None:
    fight = given_fight(hand=["bash"], powers={"double_tap": 1}, enemy_hp=5)
    when_playing(fight, "bash")
    assert fight.c.outcome == WON
    assert fight.c.cards_this_turn == 1


def test_rage_blocks_once_per_attack_card() -> None:
    fight = given_fight(hand=["twin_strike"], powers={"rage": 3})
    when_playing(fight, "twin_strike")
    then_block_is(fight, 3)


def test_pain_hurts_before_the_card_has_its_effect() -> None:
    fight = given_fight(hand=["pain", "defend_red"])
    when_playing(fight, "defend_red")
    then_player_lost(fight, 1)
    then_block_is(fight, 5)


def test_true_grit_exhausts_and_the_powers_answer_afterwards() -> None:
    fight = given_fight(
        hand=["true_grit", "strike_red"],
        draw=["bash"],
        powers={"feel_no_pain": 3, "dark_embrace": 1},
    )
    when_playing(fight, "true_grit")
    then_block_is(fight, 10)
    then_hand_is(fight, "bash")
    then_exhaust_pile_is(fight, "strike_red")


def test_corruption_exhausts_a_free_skill() -> None:
    fight = given_fight(
        hand=["shrug_it_off"], draw=["strike_red"], powers={"corruption": 1, "feel_no_pain": 3}
    )
    when_playing(fight, "shrug_it_off")
    then_energy_is(fight, 3)
    then_block_is(fight, 11)
    then_exhaust_pile_is(fight, "shrug_it_off")


def test_second_wind_exhausts_the_rightmost_first() -> None:
    fight = given_fight(hand=["second_wind", "wound", "strike_red", "defend_red"])
    when_playing(fight, "second_wind")
    then_exhaust_pile_is(fight, "defend_red", "wound")
    then_block_is(fight, 10)


def test_a_draw_beyond_the_pile_reshuffles_in_between() -> None:
    fight = given_fight(
        hand=["battle_trance+"],
        draw=["bash", "anger"],
        discard=["strike_red"] * 6,
    )
    shuffles = fight.c.run.shuffle_rng.counter
    when_playing(fight, "battle_trance+")
    then_hand_is(fight, "anger", "bash", "strike_red", "strike_red")
    assert fight.c.run.shuffle_rng.counter == shuffles + 1
    # Battle trance was still being played, so it was not shuffled in.
    then_draw_pile_is(fight, *["strike_red"] * 4)
    then_discard_pile_is(fight, "battle_trance+")


def test_evolve_draws_after_the_whole_draw() -> None:
    fight = given_fight(
        hand=["shrug_it_off"], draw=["bash", "anger", "wound"], powers={"evolve": 1}
    )
    when_playing(fight, "shrug_it_off")
    then_hand_is(fight, "wound", "anger")


def test_sundial_gives_energy_for_the_third_shuffle() -> None:
    fight = given_fight(hand=["shrug_it_off"], discard=["anger"], relics=["sundial"], energy=1)
    fight.c.run.relics[0].counter = 2
    when_playing(fight, "shrug_it_off")
    then_energy_is(fight, 2)


def test_a_hand_of_nine_draws_one_card_and_shuffles_nothing() -> None:
    fight = given_fight(
        hand=["battle_trance", *["strike_red"] * 9], draw=["bash"], discard=["anger"] * 3
    )
    when_playing(fight, "battle_trance")
    then_hand_is(fight, *["strike_red"] * 9, "bash")


def test_the_end_of_a_turn_in_the_hand() -> None:
    """Burn and regret act first and leave first; regret has counted the hand before."""
    fight = given_fight(
        hand=["burn", "strike_red", "regret", "dazed"], draw=["bash"] * 5, encounter="cultist"
    )
    when_ending_turn(fight)
    then_player_lost(fight, 2 + 4)
    then_discard_pile_is(fight, "burn", "regret", "strike_red")
    then_exhaust_pile_is(fight, "dazed")


def test_ethereal_cards_exhaust_before_the_hand_is_discarded_rightmost_first() -> None:
    fight = given_fight(
        hand=["dazed", "strike_red", "carnage", "bash"], draw=["anger"] * 5, encounter="cultist"
    )
    when_ending_turn(fight)
    then_exhaust_pile_is(fight, "carnage", "dazed")
    then_discard_pile_is(fight, "bash", "strike_red")


def test_doubt_weakens_the_whole_next_turn() -> None:
    fight = given_fight(hand=["doubt"], draw=["bash"] * 10, encounter="cultist")
    when_ending_turn(fight)
    then_player_has(fight, "weak", 1)
    fight.c.hand.clear()
    when_ending_turn(fight)
    then_player_has(fight, "weak", 0)


def test_doubt_on_top_of_weak_does_not_wait() -> None:
    fight = given_fight(hand=["doubt"], draw=["bash"] * 10, encounter="cultist", powers={"weak": 1})
    when_ending_turn(fight)
    then_player_has(fight, "weak", 1)


def test_time_warp_ends_the_turn_at_the_twelfth_card() -> None:
    fight = given_fight(
        hand=["strike_red", "defend_red"],
        draw=["bash"] * 5,
        encounter="cultist",
        enemy_powers={"time_warp": 11},
    )
    when_playing(fight, "strike_red")
    then_enemy_lost(fight, 6)
    then_enemy_has(fight, "time_warp", 0)
    then_enemy_has(fight, "strength", 2)
    assert fight.c.turn == 2
    then_discard_pile_is(fight, "strike_red", "defend_red")


def test_a_twelfth_card_that_kills_ends_no_turn() -> None:
    fight = given_fight(
        hand=["strike_red"], powers={"metallicize": 3}, enemy_powers={"time_warp": 11}, enemy_hp=5
    )
    when_playing(fight, "strike_red")
    assert fight.c.outcome == WON
    then_block_is(fight, 0)


def test_the_last_kill_drops_what_is_queued_but_damage_block_and_healing() -> None:
    fight = given_fight(
        hand=["pommel_strike"],
        draw=["bash"],
        powers={"rage": 3},
        enemy_powers={"sharp_hide": 3},
        enemy_hp=5,
    )
    when_playing(fight, "pommel_strike")
    assert fight.c.outcome == WON
    then_hand_is(fight)
    then_block_is(fight, 0)
    then_player_lost(fight, 0)  # rage's block came before sharp hide's damage


def test_block_is_lost_before_what_was_queued_for_the_turn_runs() -> None:
    fight = given_fight(
        draw=["bash"] * 5, block=30, powers={"next_turn_block": 7}, encounter="cultist"
    )
    when_ending_turn(fight)
    then_block_is(fight, 7)


def test_mayhem_plays_the_top_card_after_the_draw() -> None:
    fight = given_fight(
        draw=["strike_red", "defend_red", *["bash"] * 5], powers={"mayhem": 1}, encounter="cultist"
    )
    when_ending_turn(fight)
    then_hand_is(fight, *["bash"] * 5)
    then_block_is(fight, 5)
    then_discard_pile_is(fight, "defend_red")
    then_energy_is(fight, 3)


def test_havoc_puts_its_card_behind_its_own_copy() -> None:
    fight = given_fight(
        hand=["havoc"], draw=["defend_red", "inflame", "iron_wave"], powers={"duplication": 1}
    )
    when_playing(fight, "havoc")
    then_exhaust_pile_is(fight, "iron_wave")
    then_player_has(fight, "strength", 2)
    then_enemy_lost(fight, 5)
    then_draw_pile_is(fight, "defend_red")


def test_havoc_exhausts_a_card_that_cannot_be_played() -> None:
    fight = given_fight(hand=["havoc"], draw=["wound"])
    when_playing(fight, "havoc")
    then_exhaust_pile_is(fight, "wound")
    assert fight.c.cards_this_turn == 1


def test_normality_stops_the_fourth_card() -> None:
    fight = given_fight(hand=["normality", *["anger"] * 4])
    for _ in range(3):
        when_playing(fight, "anger")
    then_cannot_play(fight, "anger")


def test_velvet_choker_stops_the_seventh_card() -> None:
    fight = given_fight(hand=["anger"] * 7, relics=["velvet_choker"])
    for _ in range(6):
        when_playing(fight, "anger")
    then_cannot_play(fight, "anger")


def test_entangled_forbids_attacks_for_one_turn() -> None:
    fight = given_fight(
        hand=["strike_red"], draw=["anger"] * 5, powers={"entangled": 1}, encounter="cultist"
    )
    then_cannot_play(fight, "strike_red")
    when_ending_turn(fight)
    then_player_has(fight, "entangled", 0)


def test_bombs_go_off_at_the_end_of_the_third_turn_each_on_its_own() -> None:
    fight = given_fight(
        hand=["the_bomb", "the_bomb"], draw=["defend_red"] * 20, encounter="cultist", hp=500
    )
    when_playing(fight, "the_bomb")
    fight.c.energy = 2
    when_ending_turn(fight)
    fight.c.hand = [*fight.c.hand, fight.c.discard_pile.pop()]
    when_playing(fight, "the_bomb")
    when_ending_turn(fight)
    then_enemy_lost(fight, 0)
    when_ending_turn(fight)
    then_enemy_lost(fight, 40)
    when_ending_turn(fight)
    then_enemy_lost(fight, 80)


def test_artifact_stops_one_debuff_and_flexs_end() -> None:
    fight = given_fight(
        hand=["flex", "berserk"], powers={"artifact": 2}, draw=["bash"] * 5, encounter="cultist"
    )
    when_playing(fight, "berserk")
    then_player_has(fight, "vulnerable", 0)
    when_playing(fight, "flex")
    then_player_has(fight, "artifact", 0)  # it took lose strength: the gain stays
    when_ending_turn(fight)
    then_player_has(fight, "strength", 2)


def test_draw_reduction_shortens_the_next_two_draws() -> None:
    fight = given_fight(
        draw=["bash"] * 30, powers={"draw_reduction": 1}, encounter="cultist", hp=500
    )
    fight.c.player.powers[0].just_applied = False
    when_ending_turn(fight)
    assert len(fight.c.hand) == 4
    then_player_has(fight, "draw_reduction", 0)
    when_ending_turn(fight)
    assert len(fight.c.hand) == 5


def test_the_fight_goes_on_while_somebody_stands() -> None:
    fight = given_fight(hand=["strike_red"], encounter="two_louse", enemy_hp=5)
    when_playing(fight, "strike_red")
    assert fight.c.outcome == FIGHTING
