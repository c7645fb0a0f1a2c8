"""Move choices: sequences that cannot happen, and those that must."""

import pytest

from ascension.game.ids import moves
from tests.game.combat.monster_fights import (
    a_line_up,
    announced,
    has_run_of,
    many_lines,
    rolled_line,
)


def test_a_cultist_chants_once_and_strikes_ever_after() -> None:
    c = a_line_up("cultist")
    line = rolled_line(c, c.monsters[0], 5)
    assert line == ["cultist_incantation"] + ["cultist_dark_strike"] * 4


def test_a_jaw_worm_starts_with_chomp_and_never_repeats_itself_too_often() -> None:
    for line in many_lines("jaw_worm"):
        assert line[0] == "jaw_worm_chomp"
        assert not has_run_of(line, "jaw_worm_chomp", 2)
        assert not has_run_of(line, "jaw_worm_bellow", 2)
        assert not has_run_of(line, "jaw_worm_thrash", 3)


def test_horde_worms_skip_the_forced_chomp() -> None:
    first = {
        announced(m) for seed in range(1, 40) for m in a_line_up("jaw_worm_horde", seed).monsters
    }
    assert first == {"jaw_worm_chomp", "jaw_worm_bellow", "jaw_worm_thrash"}


@pytest.mark.parametrize(("ascension", "too_many"), [(0, 3), (17, 2)])
def test_slavers_rake_twice_in_a_row_only_below_ascension_17(ascension: int, too_many: int) -> None:
    lines = list(many_lines("blue_slaver", ascension))
    assert not any(has_run_of(line, "blue_slaver_rake", too_many) for line in lines)
    assert any(has_run_of(line, "blue_slaver_rake", too_many - 1) for line in lines)
    assert not any(has_run_of(line, "blue_slaver_stab", 3) for line in lines)


def test_the_nob_follows_a_fixed_order_at_high_ascension() -> None:
    c = a_line_up("gremlin_nob", ascension=18)
    line = [move.removeprefix("gremlin_nob_") for move in rolled_line(c, c.monsters[0], 7)]
    assert line == ["bellow", "skull_bash", "rush", "rush", "skull_bash", "rush", "rush"]


def test_sentries_alternate() -> None:
    c = a_line_up("three_sentries")
    line = rolled_line(c, c.monsters[1], 4)
    assert line == ["sentry_beam", "sentry_bolt", "sentry_beam", "sentry_bolt"]


def test_a_louse_bites_with_its_own_number() -> None:
    for seed in range(1, 30):
        for louse in a_line_up("two_louse", seed).monsters:
            assert 5 <= louse.memory <= 7
            assert louse.base_damage in (-1, louse.memory)


def test_the_automaton_fires_every_sixth_turn() -> None:
    c = a_line_up("automaton")
    names = [move.removeprefix("bronze_automaton_") for move in rolled_line(c, c.monsters[0], 13)]
    period = ["flail", "boost", "flail", "boost", "hyper_beam", "stunned"]
    assert names == ["spawn_orbs", *period, *period]


def test_the_book_stabs_once_more_each_time() -> None:
    c = a_line_up("book_of_stabbing", seed=3)
    book = c.monsters[0]
    hits = []
    for _ in range(30):
        if book.move == moves.BOOK_OF_STABBING_MULTI_STAB:
            hits.append(book.hits)
        rolled_line(c, book, 2)
    assert hits == sorted(set(hits))
    assert hits[0] == 2


def test_the_giant_head_hits_harder_up_to_a_limit() -> None:
    c = a_line_up("giant_head")
    head = c.monsters[0]
    damage = []
    for _ in range(14):
        damage.append(head.base_damage if announced(head).endswith("it_is_time") else 0)
        rolled_line(c, head, 2)
    assert damage == [0, 0, 0, 0, 30, 35, 40, 45, 50, 55, 60, 60, 60, 60]


def test_one_choice_after_a_scythe_is_no_scythe() -> None:
    lines = list(many_lines("nemesis"))
    assert not any(has_run_of(line, "nemesis_scythe", 2) for line in lines)
    assert any(
        line[i] == line[i + 2] == "nemesis_scythe" for line in lines for i in range(len(line) - 2)
    )


def test_only_darklings_at_the_ends_chomp() -> None:
    for seed in range(1, 40):
        c = a_line_up("three_darklings", seed)
        assert "darkling_chomp" not in rolled_line(c, c.monsters[1], 10)


def test_the_heart_buffs_every_third_turn() -> None:
    for line in many_lines("the_heart"):
        assert line[0] == "corrupt_heart_debilitate"
        assert {line[i] for i in (3, 6, 9)} == {"corrupt_heart_buff"}
        assert line.count("corrupt_heart_buff") == 3
        assert set(line[1:3]) == {"corrupt_heart_blood_shots", "corrupt_heart_echo"}


def test_the_time_eater_hastes_once_below_half_hp() -> None:
    c = a_line_up("time_eater")
    eater = c.monsters[0]
    eater.hp = 200
    line = rolled_line(c, eater, 20)
    assert line[1] == "time_eater_haste"
    assert line.count("time_eater_haste") == 1


def test_the_champ_executes_every_third_turn_once_angry() -> None:
    c = a_line_up("champ")
    champ = c.monsters[0]
    champ.hp = 100
    line = rolled_line(c, champ, 12)[1:]
    assert line[0] == "the_champ_anger"
    assert [i for i, move in enumerate(line) if move == "the_champ_execute"] == [1, 4, 7, 10]
