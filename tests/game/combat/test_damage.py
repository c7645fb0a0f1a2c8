"""The numbers of hits and block, and what happens on their way to hp (combat.md 6, 7, 18)."""

import pytest

from ascension.game import tables
from ascension.game.combat.damage import damage_player
from ascension.game.combat.formulas import monster_damage, shown_damage
from ascension.game.combat.state import LOST, NORMAL
from ascension.game.ids import monsters
from tests.game.combat.scenario import (
    Amounts,
    Fight,
    given_fight,
    then_block_is,
    then_enemy_has,
    then_enemy_lost,
    then_player_has,
    then_player_lost,
    when_ending_turn,
    when_playing,
)


@pytest.mark.parametrize(
    ("card", "mine", "theirs", "lost"),
    [
        ("strike_red", {"strength": 2}, {"vulnerable": 1}, 12),
        ("strike_red", {"weak": 1}, {"vulnerable": 1}, 6),
        ("bash", {"strength": 3, "pen_nib": 1, "weak": 1}, {"vulnerable": 1}, 24),
        ("heavy_blade+", {"strength": 2}, {}, 24),
        ("strike_red", {"vigor": 8}, {"flight": 3}, 7),
        ("strike_red", {}, {"slow": 3}, 7),
        ("strike_red", {"strength": -9}, {}, 0),
        ("strike_red", {}, {"intangible": 1}, 1),
    ],
)
def test_a_hit_goes_through_all_powers_and_is_floored_once(
    card: str, mine: Amounts, theirs: Amounts, lost: int
) -> None:
    fight = given_fight(hand=[card], powers=mine, enemy_powers=theirs)
    when_playing(fight, card)
    then_enemy_lost(fight, lost)


@pytest.mark.parametrize(
    ("mine", "block"),
    [
        ({"dexterity": 2, "frail": 1}, 5),
        ({"dexterity": -6, "frail": 1}, 0),
        ({"dexterity": 9, "no_block": 1}, 0),
    ],
)
def test_block_counts_dexterity_then_frail_then_no_block(mine: Amounts, block: int) -> None:
    fight = given_fight(hand=["defend_red"], powers=mine)
    when_playing(fight, "defend_red")
    then_block_is(fight, block)


def _monster_hit(fight: Fight, base: int) -> int:
    return int(monster_damage(fight.c, fight.c.monsters[0], base))


def test_a_monsters_hit_counts_its_powers_then_the_players() -> None:
    fight = given_fight(powers={"vulnerable": 1}, enemy_powers={"strength": 3, "weak": 1})
    assert _monster_hit(fight, 11) == 15


def test_odd_mushroom_softens_vulnerable() -> None:
    fight = given_fight(powers={"vulnerable": 1}, relics=["odd_mushroom"])
    assert _monster_hit(fight, 10) == 12


def test_a_back_attack_is_half_as_much_again_of_the_floored_hit() -> None:
    fight = given_fight(
        powers={"vulnerable": 1, "surrounded": 1}, enemy_powers={"strength": 3, "weak": 1}
    )
    shield = fight.c.monsters[0]
    shield.id = monsters.SPIRE_SHIELD
    assert _monster_hit(fight, 11) == 22
    shield.base_damage = 11
    assert shown_damage(fight.c, shield) == 23  # the intent multiplies before the floor
    fight.c.facing_left = True
    assert _monster_hit(fight, 11) == 15


def _hit_player(fight: Fight, amount: int) -> None:
    damage_player(fight.c, amount, NORMAL, fight.c.monsters[0])
    _run(fight)


def _run(fight: Fight) -> None:
    fight.c.hand = fight.c.draw_pile[:0]
    when_ending_turn(fight)


def test_buffer_takes_the_hit_and_thorns_still_answer() -> None:
    fight = given_fight(powers={"buffer": 1, "thorns": 3}, block=4)
    damage_player(fight.c, 10, NORMAL, fight.c.monsters[0])
    assert fight.c.player.block == 0
    then_player_lost(fight, 0)
    _run(fight)
    then_player_has(fight, "buffer", 0)
    then_enemy_lost(fight, 6)  # that hit and the jaw worm's own


def test_torii_comes_before_tungsten_rod() -> None:
    fight = given_fight(relics=["torii", "tungsten_rod"], block=4)
    damage_player(fight.c, 8, NORMAL, fight.c.monsters[0])
    then_player_lost(fight, 0)


def test_an_intangible_player_loses_one_hp_for_offering() -> None:
    fight = given_fight(hand=["offering"], powers={"intangible": 1})
    when_playing(fight, "offering")
    then_player_lost(fight, 1)


def test_thorns_make_nobody_angry() -> None:
    fight = given_fight(powers={"thorns": 1}, enemy_powers={"angry": 5})
    when_ending_turn(fight)
    then_player_lost(fight, 11)
    then_enemy_lost(fight, 1)
    then_enemy_has(fight, "strength", 0)


def test_curl_up_answers_the_first_hit_only() -> None:
    fight = given_fight(hand=["twin_strike"], enemy_powers={"curl_up": 7})
    when_playing(fight, "twin_strike")
    then_enemy_lost(fight, 10)
    assert fight.c.monsters[0].block == 7
    then_enemy_has(fight, "curl_up", 0)


def test_malleable_grows_with_every_hit_and_forgets_at_the_end_of_the_turn() -> None:
    fight = given_fight(hand=["twin_strike"], enemy_powers={"malleable": 3})
    when_playing(fight, "twin_strike")
    assert fight.c.monsters[0].block == 7
    then_enemy_has(fight, "malleable", 5)
    when_ending_turn(fight)
    then_enemy_has(fight, "malleable", 3)


def test_invincible_caps_the_loss_of_a_turn() -> None:
    fight = given_fight(hand=["bludgeon", "strike_red"], energy=9, enemy_powers={"invincible": 34})
    when_playing(fight, "bludgeon")
    when_playing(fight, "strike_red")
    then_enemy_lost(fight, 34)
    when_ending_turn(fight)
    then_enemy_has(fight, "invincible", 34)


def test_a_transient_is_weakened_by_what_it_loses_for_one_turn() -> None:
    fight = given_fight(hand=["strike_red"], enemy_powers={"shifting": 1})
    when_playing(fight, "strike_red")
    then_enemy_has(fight, "strength", -6)
    then_enemy_has(fight, "shackled", 6)
    when_ending_turn(fight)
    then_enemy_has(fight, "strength", 0)


def test_no_hp_left_loses_the_fight() -> None:
    fight = given_fight(hp=3)
    when_ending_turn(fight)
    assert fight.c.outcome == LOST
    assert fight.c.player.hp == 0


def test_a_fairy_in_a_bottle_saves_and_is_used_up() -> None:
    fight = given_fight(hp=3)
    fight.c.run.potions = [tables.POTION_INDEX["fairy_in_a_bottle"]]
    fight.c.player.max_hp = 100
    when_ending_turn(fight)
    assert fight.c.player.hp == 30
    assert fight.c.run.potions == [-1]


def test_heavy_hits_stop_at_zero_and_the_loss_is_remembered() -> None:
    fight = given_fight(hand=["bludgeon"], enemy_hp=20)
    when_playing(fight, "bludgeon")
    assert fight.c.monsters[0].hp == 0
    assert fight.c.monsters[0].last_damage_taken == 20
