"""Ironclad cards: what each does, one sentence a test (cards.md 4)."""

import pytest

from ascension.game import tables
from ascension.game.combat import registry
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


def test_every_card_of_ours_has_a_function() -> None:
    missing = [
        name
        for name, ours, use in zip(
            tables.CARD_IDS, tables.CARD_IS_OURS, registry.CARD_USE, strict=True
        )
        if ours and use is None
    ]
    assert missing == []


# --- Plain numbers ---


@pytest.mark.parametrize(
    ("card", "damage"),
    [
        ("strike_red", 6),
        ("strike_red+", 9),
        ("bludgeon", 32),
        ("carnage+", 28),
        ("searing_blow", 12),
        ("searing_blow+", 16),
        ("searing_blow+3", 27),
        ("twin_strike", 10),
        ("pummel", 8),
        ("swift_strike", 7),
        ("cleave", 8),
        ("sword_boomerang", 9),
    ],
)
def test_attack_deals_its_damage(card: str, damage: int) -> None:
    fight = given_fight(hand=[card])
    when_playing(fight, card)
    then_enemy_lost(fight, damage)


@pytest.mark.parametrize(("card", "block"), [("defend_red", 5), ("impervious+", 40)])
def test_skill_gives_its_block(card: str, block: int) -> None:
    fight = given_fight(hand=[card])
    when_playing(fight, card)
    then_block_is(fight, block)


@pytest.mark.parametrize(
    ("card", "power", "amount"),
    [
        ("inflame", "strength", 2),
        ("metallicize+", "metallicize", 4),
        ("demon_form", "demon_form", 2),
        ("dark_embrace", "dark_embrace", 1),
        ("panache", "panache", 10),
        ("apparition", "intangible", 1),
        ("panacea+", "artifact", 2),
    ],
)
def test_power_is_given_as_much_as_the_card_says(card: str, power: str, amount: int) -> None:
    fight = given_fight(hand=[card])
    when_playing(fight, card)
    then_player_has(fight, power, amount)


def test_bash_makes_vulnerable_after_the_hit() -> None:
    fight = given_fight(hand=["bash"])
    when_playing(fight, "bash")
    then_enemy_lost(fight, 8)
    then_enemy_has(fight, "vulnerable", 2)


def test_uppercut_weakens_and_exposes() -> None:
    fight = given_fight(hand=["uppercut+"])
    when_playing(fight, "uppercut+")
    then_enemy_has(fight, "weak", 2)
    then_enemy_has(fight, "vulnerable", 2)


def test_shockwave_reaches_every_enemy_and_exhausts() -> None:
    fight = given_fight(hand=["shockwave"], encounter="two_louse")
    when_playing(fight, "shockwave")
    for enemy in range(2):
        then_enemy_has(fight, "weak", 3, enemy)
        then_enemy_has(fight, "vulnerable", 3, enemy)
    then_exhaust_pile_is(fight, "shockwave")


# --- Counted damage ---


def test_body_slam_hits_for_the_block() -> None:
    fight = given_fight(hand=["body_slam"], block=17)
    when_playing(fight, "body_slam")
    then_enemy_lost(fight, 17)


def test_perfected_strike_counts_strikes_everywhere_and_itself() -> None:
    fight = given_fight(
        hand=["perfected_strike", "strike_red"],
        draw=["twin_strike", "defend_red"],
        discard=["wild_strike"],
        exhaust=["strike_red"],
    )
    when_playing(fight, "perfected_strike")
    then_enemy_lost(fight, 6 + 4 * 2)


def test_heavy_blade_counts_strength_five_times_when_upgraded() -> None:
    fight = given_fight(hand=["heavy_blade+"], powers={"strength": 2})
    when_playing(fight, "heavy_blade+")
    then_enemy_lost(fight, 24)


def test_rampage_grows_with_every_play() -> None:
    fight = given_fight(hand=["rampage"], powers={"double_tap": 1})
    when_playing(fight, "rampage")
    then_enemy_lost(fight, 8 + 13)


def test_amounts_are_fixed_before_the_vulnerable_of_the_same_card_lands() -> None:
    fight = given_fight(hand=["thunderclap"])
    when_playing(fight, "thunderclap")
    then_enemy_lost(fight, 4)
    then_enemy_has(fight, "vulnerable", 1)


# --- Attacks with more to them ---


def test_anger_leaves_a_copy_in_the_discard_pile() -> None:
    fight = given_fight(hand=["anger+"])
    when_playing(fight, "anger+")
    then_discard_pile_is(fight, "anger+", "anger+")


def test_clash_needs_a_hand_of_attacks() -> None:
    then_can_play(given_fight(hand=["clash", "bash"]), "clash")
    then_cannot_play(given_fight(hand=["clash", "wound"]), "clash")


def test_dropkick_on_a_vulnerable_enemy_gives_energy_and_a_card() -> None:
    fight = given_fight(hand=["dropkick"], draw=["bash"], enemy_powers={"vulnerable": 1})
    when_playing(fight, "dropkick")
    then_enemy_lost(fight, 7)
    then_energy_is(fight, 3)
    then_hand_is(fight, "bash")


def test_sever_soul_exhausts_the_rightmost_first() -> None:
    fight = given_fight(hand=["wound", "sever_soul", "strike_red", "defend_red"])
    when_playing(fight, "sever_soul")
    then_hand_is(fight, "strike_red")
    then_exhaust_pile_is(fight, "defend_red", "wound")


def test_hemokinesis_feeds_rupture_before_nothing_of_its_own_damage() -> None:
    fight = given_fight(hand=["hemokinesis"], powers={"rupture": 1})
    when_playing(fight, "hemokinesis")
    then_player_lost(fight, 2)
    then_enemy_lost(fight, 15)
    then_player_has(fight, "strength", 1)


def test_whirlwind_hits_once_per_energy_and_spends_it() -> None:
    fight = given_fight(hand=["whirlwind"], energy=3)
    when_playing(fight, "whirlwind")
    then_enemy_lost(fight, 15)
    then_energy_is(fight, 0)


def test_whirlwind_with_chemical_x_hits_twice_more() -> None:
    fight = given_fight(hand=["whirlwind"], energy=1, relics=["chemical_x"])
    when_playing(fight, "whirlwind")
    then_enemy_lost(fight, 15)


def test_fiend_fire_hits_once_per_exhausted_card() -> None:
    fight = given_fight(hand=["fiend_fire", "wound", "bash", "wound"])
    when_playing(fight, "fiend_fire")
    then_enemy_lost(fight, 21)
    then_hand_is(fight)
    assert len(fight.c.exhaust_pile) == 4


def test_feed_raises_max_hp_only_with_a_kill() -> None:
    alive = given_fight(hand=["feed"])
    when_playing(alive, "feed")
    assert alive.c.player.max_hp == 80
    killed = given_fight(hand=["feed"], enemy_hp=10)
    when_playing(killed, "feed")
    assert killed.c.player.max_hp == 83


def test_reaper_heals_what_was_really_lost() -> None:
    fight = given_fight(hand=["reaper"], hp=80, encounter="two_louse", enemy_hp=3)
    fight.c.player.hp = 50
    when_playing(fight, "reaper")
    then_player_lost(fight, 24)


def test_immolate_burns_the_discard_pile() -> None:
    fight = given_fight(hand=["immolate"])
    when_playing(fight, "immolate")
    then_discard_pile_is(fight, "burn", "immolate")


def test_wild_strike_shuffles_a_wound_under_the_top_card() -> None:
    fight = given_fight(hand=["wild_strike"], draw=["bash"])
    when_playing(fight, "wild_strike")
    then_draw_pile_is(fight, "wound", "bash")


# --- Choosing from the hand ---


def test_armaments_sorts_the_hand_around_the_chosen_card() -> None:
    fight = given_fight(hand=["armaments", "wound", "bash", "defend_red", "strike_red"])
    when_playing(fight, "armaments")
    when_choosing(fight, 1)
    then_hand_is(fight, "defend_red", "strike_red", "bash+", "wound")


def test_upgraded_armaments_upgrades_the_whole_hand() -> None:
    fight = given_fight(hand=["armaments+", "wound", "bash"])
    when_playing(fight, "armaments+")
    then_hand_is(fight, "wound", "bash+")


def test_true_grit_rolls_only_among_several_cards() -> None:
    for hand, rolls in ((["true_grit", "bash"], 0), (["true_grit", "bash", "wound"], 1)):
        fight = given_fight(hand=hand)
        before = fight.c.run.card_random_rng.counter
        when_playing(fight, "true_grit")
        assert fight.c.run.card_random_rng.counter - before == rolls
        assert len(fight.c.exhaust_pile) == 1


def test_burning_pact_draws_after_the_chosen_card_is_exhausted() -> None:
    fight = given_fight(hand=["burning_pact", "wound", "bash"], draw=["anger", "clash"])
    when_playing(fight, "burning_pact")
    when_choosing(fight, 0)
    then_hand_is(fight, "bash", "clash", "anger")
    then_exhaust_pile_is(fight, "wound")


def test_warcry_draws_then_puts_a_card_back() -> None:
    fight = given_fight(hand=["warcry", "wound"], draw=["bash"])
    when_playing(fight, "warcry")
    then_hand_is(fight, "wound", "bash")
    when_choosing(fight, 0)
    then_hand_is(fight, "bash")
    then_draw_pile_is(fight, "wound")


def test_dual_wield_replaces_the_chosen_card_by_copies() -> None:
    fight = given_fight(hand=["dual_wield", "bash", "wound", "anger"])
    when_playing(fight, "dual_wield")
    when_choosing(fight, 0)
    then_hand_is(fight, "anger", "wound", "bash", "bash")


def test_dual_wield_leaves_an_only_candidate_where_it_is() -> None:
    fight = given_fight(hand=["dual_wield+", "bash", "wound"])
    when_playing(fight, "dual_wield+")
    then_hand_is(fight, "bash", "wound", "bash", "bash")


# --- Choosing from piles ---


def test_headbutt_puts_a_discarded_card_on_top() -> None:
    fight = given_fight(hand=["headbutt"], draw=["anger"], discard=["wound", "bash"])
    when_playing(fight, "headbutt")
    when_choosing(fight, 1)
    then_draw_pile_is(fight, "anger", "bash")
    then_discard_pile_is(fight, "wound", "headbutt")


def test_exhume_never_returns_an_exhume() -> None:
    fight = given_fight(hand=["exhume"], exhaust=["exhume", "bash", "wound"])
    when_playing(fight, "exhume")
    assert list(fight.c.selection.indices) == [1, 2]
    when_choosing(fight, 1)
    then_hand_is(fight, "bash")
    then_exhaust_pile_is(fight, "wound", "exhume", "exhume")


# --- Skills ---


def test_havoc_plays_the_top_card_and_exhausts_it() -> None:
    fight = given_fight(hand=["havoc"], draw=["wound", "strike_red"])
    when_playing(fight, "havoc")
    then_enemy_lost(fight, 6)
    then_exhaust_pile_is(fight, "strike_red")
    then_discard_pile_is(fight, "havoc")


def test_second_wind_blocks_once_per_exhausted_card() -> None:
    fight = given_fight(hand=["second_wind", "wound", "bash", "defend_red"])
    when_playing(fight, "second_wind")
    then_block_is(fight, 10)
    then_hand_is(fight, "bash")
    then_exhaust_pile_is(fight, "defend_red", "wound")


def test_sentinel_gives_energy_when_exhausted() -> None:
    fight = given_fight(hand=["true_grit", "sentinel"])
    when_playing(fight, "true_grit")
    then_energy_is(fight, 4)


def test_entrench_doubles_block_without_dexterity() -> None:
    fight = given_fight(hand=["entrench"], block=11, powers={"dexterity": 3})
    when_playing(fight, "entrench")
    then_block_is(fight, 22)


def test_flex_gives_strength_for_this_turn() -> None:
    fight = given_fight(hand=["flex"])
    when_playing(fight, "flex")
    then_player_has(fight, "strength", 2)
    when_ending_turn(fight)
    then_player_has(fight, "strength", 0)


def test_limit_break_doubles_strength() -> None:
    fight = given_fight(hand=["limit_break+"], powers={"strength": 3})
    when_playing(fight, "limit_break+")
    then_player_has(fight, "strength", 6)
    then_discard_pile_is(fight, "limit_break+")


def test_offering_gives_energy_and_cards_for_hp() -> None:
    fight = given_fight(hand=["offering"], draw=["bash", "anger", "clash"])
    when_playing(fight, "offering")
    then_player_lost(fight, 6)
    then_energy_is(fight, 5)
    then_hand_is(fight, "clash", "anger", "bash")


def test_battle_trance_stops_later_draws() -> None:
    fight = given_fight(hand=["battle_trance", "pommel_strike"], draw=["wound"] * 5)
    when_playing(fight, "battle_trance")
    when_playing(fight, "pommel_strike")
    assert len(fight.c.hand) == 3


def test_corruption_makes_skills_free_and_exhausts_them() -> None:
    fight = given_fight(hand=["corruption", "impervious", "defend_red"])
    when_playing(fight, "corruption")
    when_playing(fight, "defend_red")
    then_energy_is(fight, 0)
    then_exhaust_pile_is(fight, "defend_red")


def test_infernal_blade_makes_a_free_attack() -> None:
    fight = given_fight(hand=["infernal_blade"])
    when_playing(fight, "infernal_blade")
    (card,) = fight.c.hand
    assert card.type() == tables.ATTACK
    assert card.cost_now <= 0


def test_spot_weakness_sees_an_attacking_enemy() -> None:
    fight = given_fight(hand=["spot_weakness"])  # the jaw worm's first move is its chomp
    when_playing(fight, "spot_weakness")
    then_player_has(fight, "strength", 3)


def test_blood_for_blood_is_cheaper_for_every_loss_of_hp() -> None:
    fight = given_fight(hand=["offering", "blood_for_blood"])
    when_playing(fight, "offering")
    assert fight.c.hand[0].cost_now == 3


def test_berserk_exposes_the_player() -> None:
    fight = given_fight(hand=["berserk"])
    when_playing(fight, "berserk")
    then_player_has(fight, "vulnerable", 2)
    then_player_has(fight, "berserk", 1)
