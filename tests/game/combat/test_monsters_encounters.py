"""Line-ups: who comes, with how many draws of which stream."""

from collections import Counter

import pytest

from ascension.game.tables import ENCOUNTER_IDS, MONSTER_IDS
from tests.game.combat.monster_fights import a_line_up, announced


def ids(encounter: str, seed: int = 1, ascension: int = 0) -> list[str]:
    return [MONSTER_IDS[m.id] for m in a_line_up(encounter, seed, ascension).monsters]


@pytest.mark.parametrize("encounter", ENCOUNTER_IDS)
@pytest.mark.parametrize("ascension", [0, 20])
def test_every_encounter_has_living_monsters_with_a_move(encounter: str, ascension: int) -> None:
    monsters = a_line_up(encounter, 7, ascension).monsters
    assert monsters
    assert all(m.hp > 0 and m.hp == m.max_hp for m in monsters)
    assert all(announced(m).startswith(MONSTER_IDS[m.id]) for m in monsters)
    assert len({m.slot for m in monsters}) == len(monsters)


def test_two_lice_draw_their_kind_then_hp_and_bite() -> None:
    run = a_line_up("two_louse").run
    assert (run.misc_rng.counter, run.monster_hp_rng.counter, run.ai_rng.counter) == (2, 4, 2)


def test_candidates_that_are_not_picked_still_draw_their_hp() -> None:
    run = a_line_up("exordium_thugs").run
    assert (run.misc_rng.counter, run.monster_hp_rng.counter) == (4, 7)


def test_a_gang_has_at_most_two_of_a_kind_and_one_wizard() -> None:
    for seed in range(1, 60):
        kinds = Counter(ids("gremlin_gang", seed))
        assert sum(kinds.values()) == 4
        assert max(kinds.values()) <= 2
        assert kinds["gremlin_wizard"] <= 1
        assert kinds["shield_gremlin"] <= 1


def test_lots_of_slimes_are_three_spiky_and_two_acid_ones() -> None:
    for seed in range(1, 20):
        assert Counter(ids("lots_of_slimes", seed)) == {"spike_slime_s": 3, "acid_slime_s": 2}


def test_sentries_start_with_bolt_beam_bolt() -> None:
    moves = [announced(m) for m in a_line_up("three_sentries").monsters]
    assert moves == ["sentry_bolt", "sentry_beam", "sentry_bolt"]


def test_hp_ranges_rise_at_their_ascension() -> None:
    low = {a_line_up("cultist", seed, 6).monsters[0].hp for seed in range(1, 200)}
    high = {a_line_up("cultist", seed, 7).monsters[0].hp for seed in range(1, 200)}
    assert (min(low), max(low)) == (48, 54)
    assert (min(high), max(high)) == (50, 56)


def test_the_collector_leaves_the_slots_to_its_left_free() -> None:
    assert [m.slot for m in a_line_up("collector").monsters] == [2]
    assert [m.slot for m in a_line_up("reptomancer").monsters] == [1, 2, 4]
