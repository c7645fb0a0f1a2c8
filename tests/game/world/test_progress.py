"""The run's way: start, floors, act changes, the end."""

import pytest

from ascension.game.ids import cards as C
from ascension.game.ids import relics as R
from ascension.game.run import (
    BOSS_RELIC,
    BOSS_ROOM,
    BOSS_TREASURE_ROOM,
    COMBAT,
    ELITE_ROOM,
    GAME_OVER,
    MAP,
    MONSTER_ROOM,
    NEOW,
    RUNNING,
    VICTORY,
    Run,
)
from ascension.game.world import map as world_map
from ascension.game.world import progress, relics
from ascension.game.world.screens import close
from tests.game.world.vectors import card_names, run_of


def _on_map(seed: str = "1", ascension: int = 0, acts: int = 4) -> Run:
    run = run_of(seed, ascension, acts)
    run.screens = run.screens[:1]
    return run


def _beat_boss(run: Run) -> None:
    """Enter the act's boss room and leave it as after a won fight without rewards."""
    progress.go_to_boss(run)
    _win(run)


def _win(run: Run) -> None:
    assert run.screens[-1].kind == COMBAT
    close(run, run.screens[-1])
    progress.settle(run)


@pytest.mark.parametrize(
    ("ascension", "hp", "max_hp", "slots", "cards"),
    [(0, 80, 80, 3, 10), (6, 72, 80, 3, 10), (10, 72, 80, 3, 11), (14, 68, 75, 2, 11)],
)
def test_the_start_by_ascension(
    ascension: int, hp: int, max_hp: int, slots: int, cards: int
) -> None:
    run = run_of("1", ascension)
    assert (run.hp, run.max_hp, len(run.potions), len(run.deck)) == (hp, max_hp, slots, cards)
    assert run.gold == 99
    assert [relic.id for relic in run.relics] == [R.BURNING_BLOOD]
    assert (run.deck[0].id == C.ASCENDERS_BANE) == (ascension >= 10)
    assert run.screens[-1].kind == NEOW
    assert run.misc_rng.counter == 1


def test_entering_a_room_renews_the_streams_of_the_floor() -> None:
    run = _on_map()
    node = world_map.destinations(run)[0]
    run.misc_rng.random(9)
    progress.go(run, node.x, node.y)
    assert (run.floor, run.x, run.y) == (1, node.x, 0)
    assert run.misc_rng.counter == 0
    assert run.room == MONSTER_ROOM
    assert run.screens[-1].kind == COMBAT
    assert run.encounter == run.monster_list[0]


def test_an_encounter_is_used_up_when_its_room_is_left() -> None:
    run = _on_map()
    first, second = run.monster_list[:2]
    progress.go(run, world_map.destinations(run)[0].x, 0)
    assert run.monster_list[0] == first
    close(run, run.screens[-1])
    run.drawn_room = run.room = MONSTER_ROOM
    progress.go(run, world_map.destinations(run)[0].x, 1)
    assert run.monster_list[0] == second


def test_wing_boots_pay_only_for_nodes_without_an_edge() -> None:
    run = _on_map()
    relics.obtain(run, R.WING_BOOTS)
    boots = relics.find(run, R.WING_BOOTS)
    assert boots is not None
    progress.go(run, run.map_rows[0][0].x, 0)
    assert boots.counter == 3
    close(run, run.screens[-1])
    far = next(n for n in run.map_rows[1] if n.x not in run.map_rows[0][0].to)
    progress.go(run, far.x, 1)
    assert boots.counter == 2


def test_the_boss_of_act_1_leads_to_a_chest_and_then_to_act_2() -> None:
    run = _on_map()
    head = run.boss_relics[:3]
    run.floor = 15
    _beat_boss(run)
    assert run.floor == 17
    assert run.room == BOSS_TREASURE_ROOM
    screen = run.screens[-1]
    assert screen.kind == BOSS_RELIC
    assert screen.relics == head
    run.hp = 10
    run.potion_chance_offset = 30
    run.card_rng.random(9)
    close(run, screen)
    progress.settle(run)
    assert (run.act, run.floor, run.y) == (2, 17, -1)
    assert run.hp == run.max_hp
    assert run.potion_chance_offset == 0
    assert run.card_rng.counter == 250
    assert run.screens[-1].kind == MAP


def test_from_ascension_5_three_quarters_of_the_missing_hp_come_back() -> None:
    run = _on_map(ascension=5)
    _beat_boss(run)
    run.hp = 11
    close(run, run.screens[-1])
    progress.settle(run)
    assert run.hp == 11 + 52  # 69 * 0.75 = 51.75, half up


@pytest.mark.parametrize(
    ("before", "after"),
    [(0, 0), (1, 250), (250, 250), (251, 500), (500, 500), (749, 750), (800, 800)],
)
def test_the_card_stream_is_rounded_up(before: int, after: int) -> None:
    run = _on_map()
    run.card_rng.advance_to(before)
    _beat_boss(run)
    close(run, run.screens[-1])
    progress.settle(run)
    assert run.card_rng.counter == after


@pytest.mark.parametrize("acts", [1, 2, 3])
def test_the_run_is_won_after_its_last_act(acts: int) -> None:
    run = _on_map(acts=acts)
    run.act = acts
    _beat_boss(run)
    assert run.outcome == VICTORY
    assert run.screens[-1].kind == GAME_OVER


def test_without_all_keys_a_long_run_ends_after_act_3() -> None:
    run = _on_map()
    run.act = 3
    run.ruby_key = True
    _beat_boss(run)
    assert run.outcome == VICTORY


def test_with_all_keys_the_door_opens() -> None:
    run = _on_map()
    run.act = 3
    run.ruby_key = run.emerald_key = run.sapphire_key = True
    _beat_boss(run)
    assert (run.act, run.outcome) == (4, RUNNING)
    assert run.screens[-1].kind == MAP
    for y in range(3):
        progress.go(run, 3, y)
        close(run, run.screens[-1])
    assert run.room == ELITE_ROOM
    progress.go(run, 3, 3)
    assert run.room == BOSS_ROOM
    _win(run)
    assert run.outcome == VICTORY


def test_ascension_20_fights_two_bosses_in_act_3() -> None:
    run = _on_map(ascension=20)
    run.act = 3
    run.second_boss = run.boss + 1
    progress.go_to_boss(run)
    floor = run.floor
    _win(run)
    assert run.outcome == RUNNING
    assert run.floor == floor + 1
    assert run.encounter == run.second_boss
    _win(run)
    assert run.outcome == VICTORY


def test_starter_cards_in_order() -> None:
    assert card_names(run_of("1").deck) == ["strike_red"] * 5 + ["defend_red"] * 4 + ["bash"]
