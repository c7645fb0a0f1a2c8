"""Special states: splitting, waking, closing up, half-death, leaders, thieves, summons."""

from ascension.game.combat.actions import bottom, reduce_power
from ascension.game.combat.powers import has_power, power_amount
from ascension.game.combat.state import DEAD, ESCAPED, FIGHTING, HALF_DEAD, WON, Combat
from ascension.game.ids import cards, moves, powers
from tests.game.combat.monster_fights import a_fight, announced, end_turn, hurt, names


def test_a_large_slime_at_half_hp_splits_into_two_with_its_hp() -> None:
    c = a_fight("large_slime", seed=2)
    slime = c.monsters[0]
    hurt(c, slime, slime.hp - 20)
    assert announced(slime).endswith("_split")
    end_turn(c)
    living = [m for m in c.monsters if m.hp > 0]
    assert [(m.hp, m.max_hp) for m in living] == [(20, 20), (20, 20)]
    assert c.monsters[1] is slime
    assert [m.slot for m in living] == [0, 1]
    assert c.outcome == FIGHTING


def test_a_slime_above_half_hp_does_not_split() -> None:
    c = a_fight("large_slime", seed=2)
    slime = c.monsters[0]
    hurt(c, slime, 20)
    assert not announced(slime).endswith("_split")


def test_the_slime_boss_splits_into_both_colours() -> None:
    c = a_fight("slime_boss")
    hurt(c, c.monsters[0], 75)
    end_turn(c)
    assert names(c) == ["spike_slime_l", "acid_slime_l"]
    assert [m.hp for m in c.monsters if m.hp > 0] == [65, 65]


def test_lagavulin_sleeps_three_turns_when_left_alone() -> None:
    c = a_fight("lagavulin")
    lagavulin = c.monsters[0]
    assert lagavulin.block == 8
    line = []
    for _ in range(7):
        line.append(announced(lagavulin).removeprefix("lagavulin_"))
        end_turn(c)
    assert line == ["sleep", "sleep", "sleep", "attack", "attack", "siphon_soul", "attack"]


def test_lost_hp_wakes_lagavulin_stunned_for_a_turn() -> None:
    c = a_fight("lagavulin")
    lagavulin = c.monsters[0]
    hurt(c, lagavulin, 9)
    assert lagavulin.move == moves.LAGAVULIN_STUNNED
    end_turn(c)
    assert lagavulin.move == moves.LAGAVULIN_ATTACK
    assert not has_power(lagavulin, powers.METALLICIZE)
    assert not has_power(lagavulin, powers.ASLEEP)


def test_blocked_damage_leaves_lagavulin_asleep() -> None:
    c = a_fight("lagavulin")
    hurt(c, c.monsters[0], 8)
    assert c.monsters[0].move == moves.LAGAVULIN_SLEEP


def test_lagavulin_met_by_the_adventurer_is_awake_and_siphons_first() -> None:
    c = a_fight("lagavulin_event")
    lagavulin = c.monsters[0]
    line = []
    for _ in range(4):
        line.append(announced(lagavulin).removeprefix("lagavulin_"))
        end_turn(c)
    assert line == ["siphon_soul", "attack", "attack", "siphon_soul"]
    assert power_amount(c.player, powers.STRENGTH) < 0


def test_the_guardian_closes_after_enough_damage_and_asks_for_more_next_time() -> None:
    c = a_fight("the_guardian")
    guardian = c.monsters[0]
    hurt(c, guardian, 29)
    assert power_amount(guardian, powers.MODE_SHIFT) == 1
    hurt(c, guardian, 1)
    end_turn(c)
    assert announced(guardian) == "the_guardian_roll_attack"
    assert power_amount(guardian, powers.SHARP_HIDE) == 3
    end_turn(c)
    end_turn(c)
    assert power_amount(guardian, powers.MODE_SHIFT) == 40
    assert not has_power(guardian, powers.SHARP_HIDE)
    assert announced(guardian) == "the_guardian_whirlwind"


def test_hexaghost_divides_the_players_hp() -> None:
    c = a_fight("hexaghost", hp=80)
    ghost = c.monsters[0]
    end_turn(c)
    assert (announced(ghost), ghost.base_damage, ghost.hits) == ("hexaghost_divider", 7, 6)


def test_the_inferno_leaves_upgraded_burns() -> None:
    c = a_fight("hexaghost")
    while c.monsters[0].memory3 == 0:
        end_turn(c)
    burns = [card for card in c.draw_pile + c.discard_pile + c.hand if card.id == cards.BURN]
    assert len([card for card in burns if card.upgrades == 1]) >= 3


def test_a_thief_steals_and_leaves() -> None:
    c = a_fight("looter")
    looter = c.monsters[0]
    c.run.gold = 99
    end_turn(c)
    end_turn(c)
    assert c.run.gold == 69
    while c.outcome == FIGHTING:
        end_turn(c)
    assert looter.state == ESCAPED
    assert c.stolen_gold == 0


def test_a_dead_thief_gives_back_what_it_stole() -> None:
    c = a_fight("looter")
    end_turn(c)
    hurt(c, c.monsters[0], 999)
    assert c.stolen_gold == 15


def test_a_mad_gremlin_called_by_its_leader_gets_angry() -> None:
    for seed in range(1, 200):
        c = a_fight("gremlin_leader", seed)
        called = _called_gremlins(c)
        if "mad_gremlin" in called:
            mad = [m for m in c.monsters if m.moves_made == 1 and has_power(m, powers.ANGRY)]
            assert mad
            assert has_power(mad[0], powers.MINION)
            return
    raise AssertionError("no seed called a mad gremlin")


def _called_gremlins(c: Combat) -> list[str]:
    for gremlin in c.monsters[:2]:
        hurt(c, gremlin, 99)
    for _ in range(6):
        end_turn(c)
        if len(c.monsters) > 3:
            return names(c)
    return []


def test_gremlins_flee_when_their_leader_dies() -> None:
    c = a_fight("gremlin_leader")
    hurt(c, c.monsters[2], 999)
    end_turn(c)
    assert [m.state for m in c.monsters] == [ESCAPED, ESCAPED, DEAD]
    assert c.outcome == WON


def test_the_automatons_orbs_come_to_both_sides_and_die_with_it() -> None:
    c = a_fight("automaton")
    end_turn(c)
    assert names(c) == ["bronze_orb", "bronze_automaton", "bronze_orb"]
    hurt(c, c.monsters[1], 999)
    end_turn(c)
    assert [m.state for m in c.monsters] == [DEAD, DEAD, DEAD]
    assert c.outcome == WON


def test_an_orb_holds_a_card_until_it_dies() -> None:
    c = a_fight("automaton")
    for _ in range(4):
        end_turn(c)
    orb = next(m for m in c.monsters if has_power(m, powers.STASIS))
    before = len(c.hand) + len(c.draw_pile) + len(c.discard_pile)
    hurt(c, orb, 99)
    end_turn(c)
    assert len(c.hand) + len(c.draw_pile) + len(c.discard_pile) == before + 1


def test_the_collector_lights_two_torches_and_lights_them_again() -> None:
    c = a_fight("collector")
    end_turn(c)
    assert names(c) == ["torch_head", "torch_head", "the_collector"]
    assert [m.slot for m in c.monsters] == [0, 1, 2]
    for torch in c.monsters[:2]:
        hurt(c, torch, 99)
    for _ in range(20):
        end_turn(c)
    assert names(c) == ["torch_head", "torch_head", "the_collector"]


def test_a_byrd_that_lost_its_flight_is_stunned_then_gets_up_again() -> None:
    c = a_fight("chosen_and_byrds")
    byrd = c.monsters[0]
    bottom(c, reduce_power(byrd, powers.FLIGHT, 3))
    line = []
    for _ in range(4):
        end_turn(c)
        line.append(announced(byrd).removeprefix("byrd_"))
    assert line[:2] == ["headbutt", "fly"]
    assert has_power(byrd, powers.FLIGHT)
    assert line[2] not in ("headbutt", "fly")


def test_a_darkling_comes_back_two_turns_later_with_half_its_hp() -> None:
    c = a_fight("three_darklings")
    darkling = c.monsters[1]
    hurt(c, darkling, 99)
    assert darkling.state == HALF_DEAD
    assert announced(darkling) == "darkling_regrow"
    end_turn(c)
    assert announced(darkling) == "darkling_reincarnate"
    end_turn(c)
    assert darkling.hp == darkling.max_hp // 2
    assert has_power(darkling, powers.REGROW)


def test_darklings_die_when_the_last_one_falls() -> None:
    c = a_fight("three_darklings")
    for darkling in c.monsters:
        hurt(c, darkling, 99)
    end_turn(c)
    assert [m.state for m in c.monsters] == [DEAD, DEAD, DEAD]
    assert c.outcome == WON


def test_the_awakened_one_is_reborn_and_opens_with_its_echo() -> None:
    c = a_fight("awakened_one")
    one = c.monsters[2]
    hurt(c, one, 999)
    assert one.state == HALF_DEAD
    assert announced(one) == "awakened_one_rebirth"
    assert not has_power(one, powers.CURIOSITY)
    end_turn(c)
    assert (one.hp, one.max_hp) == (300, 300)
    assert announced(one) == "awakened_one_dark_echo"


def test_cultists_flee_from_a_dead_second_form() -> None:
    c = a_fight("awakened_one")
    hurt(c, c.monsters[2], 999)
    end_turn(c)
    hurt(c, c.monsters[2], 999)
    end_turn(c)
    assert [m.state for m in c.monsters] == [ESCAPED, ESCAPED, DEAD]
    assert c.outcome == WON


def test_reptomancers_daggers_are_gone_after_their_blow() -> None:
    c = a_fight("reptomancer")
    first, last = c.monsters[0], c.monsters[2]
    end_turn(c)
    end_turn(c)
    assert first.state == DEAD
    assert last.state == DEAD


def test_the_transient_fades_after_five_attacks() -> None:
    c = a_fight("transient")
    damage = []
    while c.outcome == FIGHTING:
        damage.append(c.monsters[0].base_damage)
        end_turn(c)
    assert damage == [30, 40, 50, 60, 70]


def test_the_exploder_leaves_a_hole() -> None:
    for seed in range(1, 40):
        c = a_fight("three_shapes", seed)
        if "exploder" in names(c):
            break
    end_turn(c)
    end_turn(c)
    end_turn(c)
    assert "exploder" not in names(c)
