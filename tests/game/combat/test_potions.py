"""Potions in fights: what each does, sacred bark, fairies, smoke bombs."""

import pytest

from ascension.game import tables
from ascension.game.actions import USE_POTION, make
from ascension.game.combat.damage import damage_player
from ascension.game.combat.engine import finish
from ascension.game.combat.legal import apply, legal_actions
from ascension.game.combat.potions import can_use_in_combat
from ascension.game.combat.state import HP_LOSS, SMOKED
from ascension.game.ids import potions as ids
from ascension.game.run import EMPTY_POTION
from tests.game.combat.scenario import (
    Fight,
    given_fight,
    then_block_is,
    then_discard_pile_is,
    then_enemy_has,
    then_enemy_lost,
    then_energy_is,
    then_exhaust_pile_is,
    then_hand_is,
    then_player_has,
    when_choosing,
    when_skipping,
)


def given_potions(fight: Fight, *names: str) -> Fight:
    """The belt holds these potions, and empty slots up to three."""
    held = [tables.POTION_INDEX[name] for name in names]
    fight.c.run.potions = [*held, *[EMPTY_POTION] * (3 - len(held))]
    return fight


def when_using(fight: Fight, name: str, enemy: int = 0) -> None:
    """The first potion of this name is used, on the enemy if it is thrown at one."""
    potion = tables.POTION_INDEX[name]
    slot = fight.c.run.potions.index(potion)
    target = enemy + 1 if tables.POTION_NEEDS_TARGET[potion] else 0
    action = int(make(USE_POTION, slot, target))
    assert action in legal_actions(fight.c)
    apply(fight.c, action)


@pytest.mark.parametrize(
    "potion, power, amount, with_bark",
    [
        ("heart_of_iron", "metallicize", 6, 12),
        ("dexterity_potion", "dexterity", 2, 4),
        ("strength_potion", "strength", 2, 4),
        ("regen_potion", "regen", 5, 10),
        ("ancient_potion", "artifact", 1, 2),
        ("liquid_bronze", "thorns", 3, 6),
        ("essence_of_steel", "plated_armor", 4, 8),
        ("duplication_potion", "duplication", 1, 2),
        ("cultist_potion", "ritual", 1, 2),
        ("flex_potion", "strength", 5, 10),
        ("flex_potion", "lose_strength", 5, 10),
        ("speed_potion", "dexterity", 5, 10),
        ("speed_potion", "lose_dexterity", 5, 10),
    ],
)
def test_a_potion_gives_its_power_doubled_by_sacred_bark(
    potion: str, power: str, amount: int, with_bark: int
) -> None:
    plain = given_potions(given_fight(), potion)
    when_using(plain, potion)
    then_player_has(plain, power, amount)
    bark = given_potions(given_fight(relics=["sacred_bark"]), potion)
    when_using(bark, potion)
    then_player_has(bark, power, with_bark)


def test_a_used_potion_leaves_its_slot_empty() -> None:
    fight = given_potions(given_fight(), "fire_potion", "block_potion")
    when_using(fight, "fire_potion")
    assert fight.c.run.potions == [EMPTY_POTION, ids.BLOCK_POTION, EMPTY_POTION]


def test_artifact_keeps_the_strength_of_a_flex_potion() -> None:
    fight = given_potions(given_fight(powers={"artifact": 1}), "flex_potion")
    when_using(fight, "flex_potion")
    then_player_has(fight, "strength", 5)
    then_player_has(fight, "lose_strength", 0)


def test_fire_potion_is_not_changed_by_vulnerable_or_strength() -> None:
    fight = given_fight(powers={"strength": 3}, enemy_powers={"vulnerable": 2})
    given_potions(fight, "fire_potion")
    when_using(fight, "fire_potion")
    then_enemy_lost(fight, 20)


def test_explosive_potion_hits_everyone() -> None:
    fight = given_potions(given_fight(encounter="two_louse"), "explosive_potion")
    when_using(fight, "explosive_potion")
    then_enemy_lost(fight, 10, enemy=0)
    then_enemy_lost(fight, 10, enemy=1)


def test_weak_and_fear_potions_hit_the_chosen_enemy_and_wake_the_belt() -> None:
    fight = given_fight(encounter="two_louse", relics=["champion_belt"])
    given_potions(fight, "weak_potion", "fear_potion")
    when_using(fight, "weak_potion", enemy=1)
    when_using(fight, "fear_potion", enemy=1)
    then_enemy_has(fight, "weak", 4, enemy=1)
    then_enemy_has(fight, "vulnerable", 3, enemy=1)
    then_enemy_has(fight, "weak", 0, enemy=0)


def test_block_energy_and_swift_potions() -> None:
    fight = given_fight(draw=["bash", "strike_red", "defend_red"], energy=0)
    given_potions(fight, "block_potion", "energy_potion", "swift_potion")
    for name in ("block_potion", "energy_potion", "swift_potion"):
        when_using(fight, name)
    then_block_is(fight, 12)
    then_energy_is(fight, 2)
    then_hand_is(fight, "defend_red", "strike_red", "bash")


def test_blood_potion_heals_a_fifth_and_the_ornithopter_five_more() -> None:
    fight = given_potions(given_fight(relics=["toy_ornithopter"]), "blood_potion")
    fight.c.player.hp = 10
    when_using(fight, "blood_potion")
    assert fight.c.player.hp == 10 + 16 + 5


def test_fruit_juice_heals_its_part_with_magic_flower() -> None:
    fight = given_potions(given_fight(relics=["magic_flower"]), "fruit_juice")
    fight.c.player.hp = 50
    when_using(fight, "fruit_juice")
    assert (fight.c.player.hp, fight.c.player.max_hp) == (58, 85)


def test_an_attack_potion_offers_three_attacks_free_this_turn() -> None:
    fight = given_potions(given_fight(), "attack_potion")
    when_using(fight, "attack_potion")
    assert fight.c.selection is not None
    assert {card.type() for card in fight.c.selection.offer} == {tables.ATTACK}
    when_choosing(fight, 0)
    assert fight.c.hand[0].cost_now in (0, -1)


def test_with_sacred_bark_the_chosen_card_comes_twice_and_the_offer_may_be_refused() -> None:
    fight = given_fight(relics=["sacred_bark"])
    given_potions(fight, "skill_potion", "power_potion")
    when_using(fight, "skill_potion")
    when_choosing(fight, 1)
    assert len(fight.c.hand) == 2
    when_using(fight, "power_potion")
    when_skipping(fight)
    assert len(fight.c.hand) == 2


def test_the_colorless_potion_cannot_be_skipped() -> None:
    fight = given_potions(given_fight(), "colorless_potion")
    when_using(fight, "colorless_potion")
    assert fight.c.selection is not None
    assert not fight.c.selection.can_skip


def test_elixir_exhausts_any_number_of_cards() -> None:
    fight = given_potions(given_fight(hand=["bash", "wound", "burn"]), "elixir")
    when_using(fight, "elixir")
    when_choosing(fight, 1, 2)
    then_exhaust_pile_is(fight, "wound", "burn")
    then_hand_is(fight, "bash")


def test_gamblers_brew_replaces_cards() -> None:
    fight = given_potions(given_fight(hand=["wound"], draw=["bash"]), "gamblers_brew")
    when_using(fight, "gamblers_brew")
    when_choosing(fight, 0)
    then_hand_is(fight, "bash")
    then_discard_pile_is(fight, "wound")


def test_gamblers_brew_does_nothing_with_an_empty_hand() -> None:
    fight = given_potions(given_fight(draw=["bash"]), "gamblers_brew")
    when_using(fight, "gamblers_brew")
    assert fight.c.selection is None


def test_liquid_memories_return_a_card_for_free() -> None:
    fight = given_potions(given_fight(discard=["bash", "strike_red"]), "liquid_memories")
    when_using(fight, "liquid_memories")
    when_choosing(fight, 0)
    then_hand_is(fight, "bash")
    assert fight.c.hand[0].cost_now == 0


def test_blessing_of_the_forge_upgrades_the_whole_hand() -> None:
    fight = given_fight(hand=["bash", "regret", "strike_red+"])
    given_potions(fight, "blessing_of_the_forge")
    when_using(fight, "blessing_of_the_forge")
    then_hand_is(fight, "bash+", "regret", "strike_red+")


def test_snecko_oil_draws_and_then_rolls_every_cost() -> None:
    fight = given_fight(hand=["whirlwind"], draw=["bash"] * 6)
    given_potions(fight, "snecko_oil")
    before = fight.c.run.card_random_rng.counter
    when_using(fight, "snecko_oil")
    assert len(fight.c.hand) == 6
    assert fight.c.hand[0].cost == -1
    assert fight.c.run.card_random_rng.counter == before + 5


def test_distilled_chaos_plays_the_top_three_cards() -> None:
    fight = given_fight(draw=["bash", "strike_red", "strike_red", "strike_red"], energy=0)
    given_potions(fight, "distilled_chaos")
    when_using(fight, "distilled_chaos")
    then_enemy_lost(fight, 18)
    then_discard_pile_is(fight, "strike_red", "strike_red", "strike_red")


def test_entropic_brew_fills_the_belt_without_fruit_juice() -> None:
    fight = given_potions(given_fight(), "fire_potion", "entropic_brew")
    when_using(fight, "entropic_brew")
    assert fight.c.run.potions[0] == ids.FIRE_POTION
    assert EMPTY_POTION not in fight.c.run.potions
    assert ids.FRUIT_JUICE not in fight.c.run.potions


def test_a_fairy_saves_with_three_tenths_of_max_hp_before_the_lizard_tail() -> None:
    fight = given_potions(given_fight(relics=["lizard_tail"]), "fire_potion", "fairy_in_a_bottle")
    damage_player(fight.c, 500, HP_LOSS, None)
    assert fight.c.player.hp == 24
    assert fight.c.run.potions[1] == EMPTY_POTION
    assert fight.c.run.relics[0].counter == -1


def test_a_fairy_cannot_be_used_by_hand() -> None:
    fight = given_potions(given_fight(), "fairy_in_a_bottle")
    assert not can_use_in_combat(fight.c, 0)


def test_smoke_bomb_leaves_the_fight_after_the_ornithopter_healed_and_blood_burned() -> None:
    fight = given_potions(given_fight(relics=["toy_ornithopter", "burning_blood"]), "smoke_bomb")
    fight.c.player.hp = 40
    when_using(fight, "smoke_bomb")
    assert fight.c.outcome == SMOKED
    finish(fight.c)
    assert fight.c.player.hp == 40 + 5 + 6


def test_smoke_bomb_does_not_work_against_bosses() -> None:
    fight = given_potions(given_fight(encounter="hexaghost"), "smoke_bomb")
    assert not can_use_in_combat(fight.c, 0)
