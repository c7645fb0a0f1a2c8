"""Maps: equal to known ones, and legal for any seed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascension.game.ids import relics as R
from ascension.game.run import (
    BOSS_ROOM,
    ELITE_ROOM,
    REST_ROOM,
    ROOM_NAMES,
    SHOP_ROOM,
    TREASURE_ROOM,
    MapNode,
    Run,
)
from ascension.game.world import map as world_map
from ascension.game.world import relics
from tests.game.world.vectors import SEEDS, VECTORS, run_of


def _rows(run: Run) -> list[list[dict[str, object]]]:
    return [
        [{"x": node.x, "room": ROOM_NAMES[node.room], "to": node.to} for node in row]
        for row in run.map_rows
    ]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("ascension", [0, 1])
@pytest.mark.parametrize("act", [1, 2, 3])
def test_maps_of_known_seeds(seed: str, ascension: int, act: int) -> None:
    expected = VECTORS[seed]["maps"][f"act{act}_asc{'0' if ascension == 0 else '1plus'}"]
    run = run_of(seed, ascension)
    run.act = act
    world_map.build_map(run)
    assert _rows(run) == expected["rows_bottom_to_top"]
    assert [run.burning_x, run.burning_y] == expected["emerald_elite_xy"]
    assert run.map_rng.random(3) == expected["emerald_buff"]
    assert run.map_rng.counter == expected["map_rng_counter_after"]


def _is_reachable(rows: list[list[MapNode]], y: int, node: MapNode) -> bool:
    return any(node.x in below.to for below in rows[y - 1])


@settings(max_examples=40, deadline=None)
@given(st.integers(-(2**63), 2**63 - 1), st.integers(0, 20), st.integers(1, 3))
def test_any_map_keeps_the_rules(seed: int, ascension: int, act: int) -> None:
    run = Run(seed, ascension, 4)
    run.act = act
    world_map.build_map(run)
    rows = run.map_rows
    assert len(rows) == world_map.ROWS
    assert {node.room for node in rows[8]} == {TREASURE_ROOM}
    assert {node.room for node in rows[14]} == {REST_ROOM}
    for y in range(1, world_map.ROWS):
        for node in rows[y]:
            assert node.to == sorted(node.to)
            assert _is_reachable(rows, y, node)
            assert y > 4 or node.room not in (REST_ROOM, ELITE_ROOM)
    for low, high in zip(rows, rows[1:], strict=False):
        rooms = {node.x: node.room for node in high}
        for node in low:
            for to in node.to:
                assert rooms[to] != node.room or node.room not in (
                    REST_ROOM,
                    SHOP_ROOM,
                    ELITE_ROOM,
                )


def test_without_the_final_act_no_elite_burns() -> None:
    run = run_of("1", acts=3)
    assert run.burning_x == -1


def test_the_final_act_is_a_straight_way() -> None:
    run = run_of("1")
    run.act = 4
    world_map.build_map(run)
    assert [ROOM_NAMES[row[0].room] for row in run.map_rows] == ["rest", "shop", "elite", "boss"]


def test_the_boss_follows_the_last_row() -> None:
    run = run_of("1")
    run.x, run.y = run.map_rows[14][0].x, 14
    (boss,) = world_map.destinations(run)
    assert (boss.x, boss.y, boss.room) == (3, 15, BOSS_ROOM)


def test_wing_boots_offer_the_whole_next_row_connected_nodes_first() -> None:
    run = run_of("1")
    run.x, run.y = run.map_rows[0][0].x, 0
    near = [node.x for node in world_map.destinations(run)]
    assert near == run.map_rows[0][0].to
    relics.obtain(run, R.WING_BOOTS)
    far = [node.x for node in world_map.destinations(run)]
    assert far[: len(near)] == near
    assert sorted(far) == [node.x for node in run.map_rows[1]]
