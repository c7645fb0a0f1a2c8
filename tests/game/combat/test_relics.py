"""What relics do in fights: one sentence each, the numbers as in relics.csv."""

import pytest

from ascension.game import tables
from ascension.game.combat import relics
from ascension.game.combat.damage import damage_player, heal_now
from ascension.game.combat.engine import finish
from ascension.game.combat.powers import power_amount
from ascension.game.combat.setup import start_combat
from ascension.game.combat.state import HP_LOSS, NORMAL, WON, Combat, Creature
from ascension.game.ids import powers
from ascension.game.ids import relics as ids
from ascension.game.recorded_relics import counter_as_recorded, counters_as_recorded
from ascension.game.run import DeckCard, Relic, Run
from tests.game.combat.scenario import (
    Fight,
    given_fight,
    given_run,
    then_block_is,
    then_can_play,
    then_cannot_play,
    then_discard_pile_is,
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


def a_started_fight(*names: str, encounter: str = "jaw_worm", elite: bool = False) -> Combat:
    """A real start: ten strikes, the opening hand drawn."""
    run = given_run(names)
    run.elite_trigger = elite
    run.encounter = tables.ENCOUNTER_INDEX[encounter]
    return start_combat(run)


def relic_of(where: Fight | Combat | Run, relic: int) -> Relic:
    """The relic of a fight or run."""
    run = where if isinstance(where, Run) else (where.c if isinstance(where, Fight) else where).run
    return next(owned for owned in run.relics if owned.id == relic)


def power_of(c: Combat, power: int) -> int:
    """How much of a power the player has."""
    return int(power_amount(c.player, power))


# --- Start of the fight ---


@pytest.mark.parametrize(
    "relic, power, amount",
    [
        ("vajra", powers.STRENGTH, 1),
        ("oddly_smooth_stone", powers.DEXTERITY, 1),
        ("akabeko", powers.VIGOR, 8),
        ("bronze_scales", powers.THORNS, 3),
        ("thread_and_needle", powers.PLATED_ARMOR, 4),
        ("fossilized_helix", powers.BUFFER, 1),
        ("clockwork_souvenir", powers.ARTIFACT, 1),
        ("gremlin_visage", powers.WEAK, 1),
        ("brimstone", powers.STRENGTH, 2),
        ("mutagenic_strength", powers.STRENGTH, 3),
        ("mutagenic_strength", powers.LOSE_STRENGTH, 3),
        ("snecko_eye", powers.CONFUSED, 1),
    ],
)
def test_a_relic_gives_its_power_when_the_fight_starts(
    relic: str, power: int, amount: int
) -> None:
    assert power_of(a_started_fight(relic), power) == amount


def test_anchor_gives_ten_block_and_lantern_one_energy_on_the_first_turn_only() -> None:
    c = a_started_fight("anchor", "lantern")
    assert (c.player.block, c.energy) == (10, 4)


def test_bag_of_preparation_draws_two_more_cards() -> None:
    assert len(a_started_fight("bag_of_preparation").hand) == 7


def test_bag_of_marbles_and_red_mask_weaken_every_enemy() -> None:
    c = a_started_fight("bag_of_marbles", "red_mask", encounter="two_louse")
    assert [power_amount(m, powers.VULNERABLE) for m in c.monsters] == [1, 1]
    assert [power_amount(m, powers.WEAK) for m in c.monsters] == [1, 1]


def test_philosophers_stone_and_brimstone_strengthen_enemies() -> None:
    c = a_started_fight("philosophers_stone", "brimstone")
    assert power_amount(c.monsters[0], powers.STRENGTH) == 2


def test_the_souvenir_comes_too_late_for_snecko_eye_and_in_time_for_a_later_visage() -> None:
    c = a_started_fight("snecko_eye", "clockwork_souvenir", "gremlin_visage")
    assert power_of(c, powers.CONFUSED) == 1
    assert power_of(c, powers.WEAK) == 0
    assert power_of(c, powers.ARTIFACT) == 0


def test_sling_and_insect_work_only_against_elites() -> None:
    plain = a_started_fight("sling_of_courage", "preserved_insect")
    elite = a_started_fight("sling_of_courage", "preserved_insect", elite=True)
    assert (power_of(plain, powers.STRENGTH), power_of(elite, powers.STRENGTH)) == (0, 2)
    assert plain.monsters[0].hp == plain.monsters[0].max_hp
    assert elite.monsters[0].hp == elite.monsters[0].max_hp * 3 // 4


def test_slavers_collar_and_pantograph_look_for_a_boss() -> None:
    plain = a_started_fight("slavers_collar")
    boss = a_started_fight("slavers_collar", encounter="hexaghost")
    assert (plain.energy, boss.energy) == (3, 4)


def test_du_vu_doll_counts_the_curses_of_the_deck() -> None:
    run = given_run(["du_vu_doll"])
    run.deck[:2] = [DeckCard(tables.card_id("pain")), DeckCard(tables.card_id("regret"))]
    run.encounter = tables.ENCOUNTER_INDEX["jaw_worm"]
    assert power_of(start_combat(run), powers.STRENGTH) == 2


def test_girya_gives_as_much_strength_as_was_lifted() -> None:
    run = given_run(["girya"])
    run.relics[0].counter = 3
    run.encounter = tables.ENCOUNTER_INDEX["jaw_worm"]
    assert power_of(start_combat(run), powers.STRENGTH) == 3


def test_neows_lament_leaves_enemies_one_hp_three_times() -> None:
    run = given_run(["neows_lament"])
    run.relics[0].counter = 1
    run.encounter = tables.ENCOUNTER_INDEX["two_louse"]
    c = start_combat(run)
    assert [m.hp for m in c.monsters] == [1, 1]
    assert relic_of(run, ids.NEOWS_LAMENT).counter == -2
    assert counter_as_recorded(run, run.relics[0]) == 0


def test_ancient_tea_set_gives_two_energy_when_charged() -> None:
    run = given_run(["ancient_tea_set"])
    run.relics[0].counter = -2
    run.encounter = tables.ENCOUNTER_INDEX["jaw_worm"]
    assert start_combat(run).energy == 5
    assert run.relics[0].counter == -1


def test_mark_of_pain_shuffles_two_wounds_into_the_draw_pile() -> None:
    c = a_started_fight("mark_of_pain")
    wounds = [card for card in c.draw_pile if card.id == tables.card_id("wound")]
    assert len(wounds) == 2


def test_enchiridion_adds_a_power_that_is_free_this_turn() -> None:
    c = a_started_fight("enchiridion")
    card = c.hand[0]
    assert card.type() == tables.POWER
    assert card.cost_now == 0
    assert len(c.hand) == 6


def test_toolbox_offers_three_colourless_cards_before_the_hand_is_drawn() -> None:
    c = a_started_fight("toolbox")
    assert c.selection is not None
    assert len(c.selection.offer) == 3
    assert c.hand == []


def test_blood_vial_heals_two_and_magic_flower_three() -> None:
    for relics_owned, healed in ((["blood_vial"], 2), (["blood_vial", "magic_flower"], 3)):
        run = given_run(relics_owned)
        run.hp = 50
        run.encounter = tables.ENCOUNTER_INDEX["jaw_worm"]
        assert start_combat(run).player.hp == 50 + healed


def test_red_skull_gives_strength_while_hp_is_low() -> None:
    run = given_run(["red_skull"])
    run.hp = 40
    run.encounter = tables.ENCOUNTER_INDEX["jaw_worm"]
    assert power_of(start_combat(run), powers.STRENGTH) == 3


# --- Turns ---


def test_happy_flower_gives_energy_on_every_third_turn() -> None:
    fight = given_fight(relics=["happy_flower"])
    relic_of(fight, ids.HAPPY_FLOWER).counter = 2
    when_ending_turn(fight)
    then_energy_is(fight, 4)
    assert counters_as_recorded(fight.c) == {"happy_flower": 0}


def test_incense_burner_gives_intangible_on_every_sixth_turn() -> None:
    fight = given_fight(relics=["incense_burner"])
    relic_of(fight, ids.INCENSE_BURNER).counter = 5
    when_ending_turn(fight)
    then_player_has(fight, "intangible", 1)


def test_horn_cleat_gives_block_on_the_second_turn_and_captains_wheel_on_the_third() -> None:
    fight = given_fight(relics=["horn_cleat", "captains_wheel"])
    when_ending_turn(fight)
    then_block_is(fight, 14)
    when_ending_turn(fight)
    then_block_is(fight, 18)
    when_ending_turn(fight)
    then_block_is(fight, 0)


def test_mercury_hourglass_hits_all_enemies_each_turn() -> None:
    fight = given_fight(relics=["mercury_hourglass"])
    when_ending_turn(fight)
    then_enemy_lost(fight, 3)


def test_art_of_war_rewards_a_turn_without_attacks() -> None:
    fight = given_fight(hand=["defend_red"], draw=["strike_red"] * 12, relics=["art_of_war"])
    when_playing(fight, "defend_red")
    when_ending_turn(fight)
    then_energy_is(fight, 4)
    when_playing(fight, "strike_red")
    when_ending_turn(fight)
    then_energy_is(fight, 3)


def test_ice_cream_keeps_energy_and_calipers_keep_block() -> None:
    fight = given_fight(relics=["ice_cream", "calipers"], block=60, energy=2)
    when_ending_turn(fight)
    then_energy_is(fight, 5)
    then_block_is(fight, 60 - 11 - 15)  # a jaw worm opens with 11 damage


def test_runic_pyramid_keeps_the_hand() -> None:
    fight = given_fight(hand=["bash"], relics=["runic_pyramid"])
    when_ending_turn(fight)
    then_hand_is(fight, "bash")


def test_pocketwatch_draws_three_after_a_turn_of_three_cards() -> None:
    fight = given_fight(draw=["strike_red"] * 30, relics=["pocketwatch"])
    when_ending_turn(fight)
    assert len(fight.c.hand) == 8
    for _ in range(4):
        fight.c.energy = 3
        when_playing(fight, "strike_red")
    when_ending_turn(fight)
    assert len(fight.c.hand) == 5


def test_orichalcum_blocks_only_when_there_is_no_block() -> None:
    fight = given_fight(relics=["orichalcum"], powers={"barricade": 1, "intangible": 9})
    when_ending_turn(fight)
    assert fight.c.player.block in (5, 6)
    block = fight.c.player.block
    when_ending_turn(fight)
    assert fight.c.player.block <= block


def test_stone_calendar_strikes_at_the_end_of_the_seventh_turn() -> None:
    fight = given_fight(relics=["stone_calendar"], powers={"intangible": 20})
    for _ in range(6):
        when_ending_turn(fight)
    then_enemy_lost(fight, 0)
    fight.c.monsters[0].block = 0
    when_ending_turn(fight)
    then_enemy_lost(fight, 52)


def test_gambling_chip_opens_on_the_first_turn_only() -> None:
    c = a_started_fight("gambling_chip")
    assert c.selection is not None
    assert c.selection.any_number


def test_warped_tongs_upgrade_a_card_of_the_hand_each_turn() -> None:
    c = a_started_fight("warped_tongs")
    assert sum(card.upgrades for card in c.hand) == 1


def test_nilrys_codex_offers_a_card_at_the_end_of_the_turn() -> None:
    fight = given_fight(relics=["nilrys_codex"])
    when_ending_turn(fight)
    assert fight.c.selection is not None
    assert fight.c.selection.can_skip


def test_unceasing_top_draws_when_the_hand_is_empty() -> None:
    fight = given_fight(hand=["strike_red"], draw=["bash", "defend_red"], relics=["unceasing_top"])
    when_playing(fight, "strike_red")
    then_hand_is(fight, "defend_red")


def test_unceasing_top_waits_for_the_copy_of_the_last_card() -> None:
    fight = given_fight(
        hand=["strike_red"],
        draw=["bash", "bash"],
        relics=["unceasing_top"],
        powers={"double_tap": 1},
        enemy_hp=12,
    )
    when_playing(fight, "strike_red")
    assert fight.c.outcome == WON
    then_hand_is(fight)


def test_unceasing_top_does_not_draw_once_the_turn_is_ended() -> None:
    fight = given_fight(draw=["strike_red"] * 9, relics=["unceasing_top"])
    when_ending_turn(fight)
    assert len(fight.c.hand) == 5


# --- Cards ---


def test_velvet_choker_allows_six_cards_a_turn() -> None:
    fight = given_fight(hand=["anger"] * 8, relics=["velvet_choker"])
    for _ in range(6):
        then_can_play(fight, "anger")
        when_playing(fight, "anger")
    then_cannot_play(fight, "anger")


def test_every_third_attack_feeds_kunai_shuriken_and_fan() -> None:
    fight = given_fight(
        hand=["anger"] * 3, relics=["kunai", "shuriken", "ornamental_fan"], enemy_hp=500
    )
    for _ in range(3):
        when_playing(fight, "anger")
    then_player_has(fight, "dexterity", 1)
    then_player_has(fight, "strength", 1)
    then_block_is(fight, 4)


def test_letter_opener_hits_all_on_every_third_skill() -> None:
    fight = given_fight(hand=["defend_red"] * 3, relics=["letter_opener"])
    for _ in range(3):
        when_playing(fight, "defend_red")
    then_enemy_lost(fight, 5)


def test_pen_nib_doubles_the_tenth_attack() -> None:
    fight = given_fight(hand=["strike_red", "strike_red"], relics=["pen_nib"])
    relic_of(fight, ids.PEN_NIB).counter = 8
    when_playing(fight, "strike_red")
    then_player_has(fight, "pen_nib", 1)
    when_playing(fight, "strike_red")
    then_enemy_lost(fight, 6 + 12)
    then_player_has(fight, "pen_nib", 0)
    assert counters_as_recorded(fight.c) == {"pen_nib": 0}


def test_nunchaku_gives_energy_and_ink_bottle_a_card_on_the_tenth() -> None:
    fight = given_fight(
        hand=["strike_red"], draw=["bash"], relics=["nunchaku", "ink_bottle"], energy=1
    )
    relic_of(fight, ids.NUNCHAKU).counter = 9
    relic_of(fight, ids.INK_BOTTLE).counter = 9
    when_playing(fight, "strike_red")
    then_energy_is(fight, 1)
    then_hand_is(fight, "bash")


def test_orange_pellets_remove_debuffs_after_all_three_types() -> None:
    fight = given_fight(
        hand=["strike_red", "defend_red", "inflame"],
        relics=["orange_pellets"],
        powers={"weak": 3, "frail": 2, "strength": -4},
    )
    for name in ("strike_red", "defend_red", "inflame"):
        when_playing(fight, name)
    then_player_has(fight, "weak", 0)
    then_player_has(fight, "frail", 0)


def test_bird_faced_urn_heals_and_mummified_hand_frees_a_card_when_a_power_is_played() -> None:
    fight = given_fight(hand=["inflame", "bash"], relics=["bird_faced_urn", "mummified_hand"])
    fight.c.player.hp = 50
    when_playing(fight, "inflame")
    assert fight.c.player.hp == 52
    assert fight.c.hand[0].cost_now == 0


def test_blue_candle_burns_curses_and_medical_kit_burns_statuses() -> None:
    fight = given_fight(hand=["regret", "wound"], relics=["blue_candle", "medical_kit"])
    when_playing(fight, "regret")
    when_playing(fight, "wound")
    then_player_lost(fight, 1)
    then_exhaust_pile_is(fight, "regret", "wound")


def test_curses_and_statuses_cannot_be_played_without_them() -> None:
    fight = given_fight(hand=["regret", "wound"])
    then_cannot_play(fight, "regret")
    then_cannot_play(fight, "wound")


def test_necronomicon_repeats_the_first_expensive_attack_of_a_turn() -> None:
    fight = given_fight(hand=["bash", "bash"], relics=["necronomicon"], energy=4)
    when_playing(fight, "bash")
    then_enemy_lost(fight, 8 + 12)
    when_playing(fight, "bash")
    then_enemy_lost(fight, 8 + 12 + 12)


def test_dead_branch_and_charons_ashes_answer_exhausting() -> None:
    fight = given_fight(hand=["warcry", "bash"], relics=["dead_branch", "charons_ashes"])
    fight.c.draw_pile = []
    when_playing(fight, "warcry")
    then_enemy_lost(fight, 3)
    assert len(fight.c.hand) == 1


def test_sundial_and_abacus_answer_a_reshuffle() -> None:
    fight = given_fight(
        hand=["pommel_strike"], discard=["bash"], relics=["sundial", "the_abacus"], energy=1
    )
    relic_of(fight, ids.SUNDIAL).counter = 2
    when_playing(fight, "pommel_strike")
    then_energy_is(fight, 2)
    then_block_is(fight, 6)
    then_hand_is(fight, "bash")


def test_strike_dummy_adds_three_to_strikes_before_strength_and_vulnerable() -> None:
    fight = given_fight(
        hand=["strike_red", "bash"],
        relics=["strike_dummy"],
        powers={"strength": 1},
        enemy_powers={"vulnerable": 1},
    )
    when_playing(fight, "strike_red")
    then_enemy_lost(fight, 15)
    when_playing(fight, "bash")
    then_enemy_lost(fight, 15 + 13)


def test_chosen_gamble_cards_are_discarded_and_replaced() -> None:
    fight = given_fight(hand=[], relics=[])
    fight.c = a_started_fight("gambling_chip")
    fight.c.hand[0].id = tables.card_id("bash")
    when_choosing(fight, 0)
    then_discard_pile_is(fight, "bash")
    assert len(fight.c.hand) == 5


# --- Damage ---


def hit(fight: Fight, amount: int, kind: int = NORMAL, source: Creature | None = None) -> None:
    """Damage to the player from the first enemy."""
    damage_player(fight.c, amount, kind, source or fight.c.monsters[0])


def test_torii_then_tungsten_rod_turn_five_into_nothing() -> None:
    fight = given_fight(relics=["torii", "tungsten_rod"], block=4)
    hit(fight, 8)
    then_player_lost(fight, 0)


def test_torii_ignores_hp_loss_and_larger_hits() -> None:
    fight = given_fight(relics=["torii"])
    hit(fight, 5, HP_LOSS)
    then_player_lost(fight, 5)
    hit(fight, 6)
    then_player_lost(fight, 11)


def test_the_boot_lifts_weak_hits_to_five_after_block() -> None:
    fight = given_fight(hand=["strike_red", "anger"], relics=["the_boot"])
    fight.c.monsters[0].block = 5
    when_playing(fight, "strike_red")
    then_enemy_lost(fight, 5)


def test_paper_phrog_and_odd_mushroom_change_vulnerable() -> None:
    fight = given_fight(
        hand=["strike_red"], relics=["paper_phrog"], enemy_powers={"vulnerable": 1}
    )
    when_playing(fight, "strike_red")
    then_enemy_lost(fight, 10)
    assert relics.vulnerable_factor(given_fight(relics=["odd_mushroom"]).c, fight.c.player) == 1.25


def test_losing_hp_draws_with_puzzle_and_cube_and_shapes_clay() -> None:
    fight = given_fight(
        hand=["bloodletting"],
        draw=["strike_red"] * 9,
        relics=["centennial_puzzle", "runic_cube", "self_forming_clay"],
    )
    when_playing(fight, "bloodletting")
    assert len(fight.c.hand) == 4
    then_player_has(fight, "next_turn_block", 3)


def test_the_puzzle_works_once_a_fight() -> None:
    fight = given_fight(
        hand=["bloodletting", "bloodletting"],
        draw=["strike_red"] * 9,
        relics=["centennial_puzzle"],
    )
    when_playing(fight, "bloodletting")
    when_playing(fight, "bloodletting")
    assert len(fight.c.hand) == 3


def test_lizard_tail_saves_once_with_half_of_max_hp() -> None:
    fight = given_fight(relics=["lizard_tail"])
    hit(fight, 200)
    assert fight.c.player.hp == 40
    assert counter_as_recorded(fight.c.run, fight.c.run.relics[0]) == 0
    assert not relics.use_lizard_tail(fight.c)


def test_mark_of_the_bloom_stops_healing_and_the_tail() -> None:
    fight = given_fight(relics=["lizard_tail", "mark_of_the_bloom"])
    fight.c.player.hp = 10
    heal_now(fight.c, fight.c.player, 20)
    assert fight.c.player.hp == 10
    assert not relics.use_lizard_tail(fight.c)


def test_hand_drill_makes_an_enemy_vulnerable_whose_block_breaks() -> None:
    fight = given_fight(hand=["strike_red"], relics=["hand_drill"])
    fight.c.monsters[0].block = 6
    when_playing(fight, "strike_red")
    then_enemy_has(fight, "vulnerable", 2)


def test_champion_belt_adds_weak_unless_artifact_is_there() -> None:
    fight = given_fight(hand=["bash"], relics=["champion_belt"])
    when_playing(fight, "bash")
    then_enemy_has(fight, "weak", 1)
    armoured = given_fight(hand=["bash"], relics=["champion_belt"], enemy_powers={"artifact": 1})
    when_playing(armoured, "bash")
    then_enemy_has(armoured, "weak", 0)


def test_ginger_and_turnip_refuse_their_debuffs() -> None:
    fight = given_fight(relics=["ginger", "turnip"])
    assert relics.blocks_debuff(fight.c, powers.WEAK)
    assert relics.blocks_debuff(fight.c, powers.FRAIL)
    assert not relics.blocks_debuff(fight.c, powers.VULNERABLE)


def test_gremlin_horn_pays_for_a_kill_but_not_for_the_last() -> None:
    fight = given_fight(
        hand=["strike_red"],
        draw=["bash", "bash"],
        relics=["gremlin_horn"],
        encounter="two_louse",
        enemy_hp=1,
        energy=1,
    )
    when_playing(fight, "strike_red")
    then_energy_is(fight, 1)
    then_hand_is(fight, "bash")


# --- Victory ---


def won_fight(names: list[str], hp: int) -> Fight:
    """A fight that a strike has just won, starting from these hp of 80."""
    fight = given_fight(hand=["strike_red"], relics=names, enemy_hp=1)
    fight.c.player.hp = hp
    when_playing(fight, "strike_red")
    assert fight.c.outcome == WON
    finish(fight.c)
    return fight


def test_meat_comes_before_burning_blood_whatever_the_order() -> None:
    fight = won_fight(["burning_blood", "meat_on_the_bone"], hp=38)
    assert fight.c.player.hp == 38 + 12 + 6


def test_face_of_cleric_raises_max_hp_and_magic_flower_adds_nothing_to_it() -> None:
    fight = won_fight(["face_of_cleric", "magic_flower"], hp=60)
    assert (fight.c.player.hp, fight.c.player.max_hp) == (61, 81)


def test_counters_of_a_fight_end_with_it_and_others_stay() -> None:
    fight = won_fight(["kunai", "pen_nib", "stone_calendar"], hp=60)
    assert relic_of(fight, ids.KUNAI).counter == -1
    assert relic_of(fight, ids.STONE_CALENDAR).counter == -1
    assert relic_of(fight, ids.PEN_NIB).counter == 0
