"""Encounter lists, boss lists and what "?" rooms turn into."""

import pytest

from ascension.game.ids import relics as R
from ascension.game.rng import f32
from ascension.game.run import EVENT_ROOM, MONSTER_ROOM, ROOM_NAMES, SHOP_ROOM, TREASURE_ROOM
from ascension.game.tables import ENCOUNTER_IDS, EVENT_IDS
from ascension.game.world import lists, relics
from tests.game.world.vectors import SEEDS, VECTORS, run_of


def _names(encounters: list[int]) -> list[str]:
    return [ENCOUNTER_IDS[encounter] for encounter in encounters]


@pytest.mark.parametrize("seed", SEEDS)
def test_encounters_of_known_seeds(seed: str) -> None:
    run = run_of(seed)
    for act in (1, 2, 3):
        if act > 1:
            run.act = act
            lists.build_encounters(run)
        expected = VECTORS[seed]["encounters"][f"act{act}"]
        assert _names(run.monster_list) == expected["monster_list"]
        assert _names(run.elite_list) == expected["elite_list"]
        assert ENCOUNTER_IDS[run.boss] == expected["boss_list"][0]
        assert run.monster_rng.counter == expected["monster_rng_counter_after"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_second_boss_of_ascension_20_is_next_in_the_list(seed: str) -> None:
    run = run_of(seed, ascension=20)
    for act in (2, 3):
        run.act = act
        lists.build_encounters(run)
    expected = VECTORS[seed]["encounters"]["act3"]["boss_list"]
    assert ENCOUNTER_IDS[run.second_boss] == expected[1]


def test_below_ascension_20_there_is_no_second_boss() -> None:
    run = run_of("1", ascension=19)
    run.act = 3
    lists.build_encounters(run)
    assert run.second_boss == -1


def test_exhausted_lists_are_filled_again() -> None:
    run = run_of("1")
    run.monster_list = []
    run.elite_list = []
    lists.next_encounter(run)
    lists.next_elite(run)
    assert len(run.monster_list) == 1 + lists.STRONG_COUNT
    assert len(run.elite_list) == lists.ELITE_COUNT


@pytest.mark.parametrize("seed", SEEDS)
def test_question_rooms_of_known_seeds(seed: str) -> None:
    run = run_of(seed)
    rooms = [ROOM_NAMES[lists.resolve_question(run, False)] for _ in range(12)]
    assert rooms == VECTORS[seed]["first_12_question_rooms_no_relics"]
    assert run.event_rng.counter == 12


def test_a_question_room_after_a_shop_is_no_shop() -> None:
    run = run_of("1")
    run.event_monster_chance = 0.0
    run.event_treasure_chance = 0.0
    run.event_shop_chance = 1.0
    assert lists.resolve_question(run, True) == EVENT_ROOM
    assert run.event_shop_chance == f32(1.0 + lists.SHOP_CHANCE)
    assert lists.resolve_question(run, False) == SHOP_ROOM
    assert run.event_shop_chance == lists.SHOP_CHANCE


def test_juzu_bracelet_turns_fights_into_events_and_resets_their_chance() -> None:
    run = run_of("1")
    relics.obtain(run, R.JUZU_BRACELET)
    run.event_monster_chance = 1.0
    assert lists.resolve_question(run, False) == EVENT_ROOM
    assert run.event_monster_chance == lists.MONSTER_CHANCE


def test_tiny_chest_makes_every_fourth_question_room_a_treasure() -> None:
    run = run_of("1")
    relics.obtain(run, R.TINY_CHEST)
    run.event_treasure_chance = 0.0
    rooms = [lists.resolve_question(run, False) for _ in range(4)]
    assert rooms[3] == TREASURE_ROOM
    assert run.event_treasure_chance == lists.TREASURE_CHANCE


def test_a_certain_fight_is_a_fight() -> None:
    run = run_of("1")
    run.event_monster_chance = 1.0
    assert lists.resolve_question(run, False) == MONSTER_ROOM


def test_the_note_is_missing_from_ascension_15() -> None:
    def events(ascension: int) -> list[str]:
        return [EVENT_IDS[event] for event in run_of("1", ascension).one_time_events]

    assert "note_for_yourself" in events(14)
    assert "note_for_yourself" not in events(15)
