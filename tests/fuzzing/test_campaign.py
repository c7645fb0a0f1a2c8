"""Random games: nothing fails, and what fails can be played again."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from ascension.fuzzing import campaign, playing
from ascension.fuzzing.coverage import Coverage
from ascension.fuzzing.invariants import Broken
from ascension.fuzzing.playing import play
from ascension.fuzzing.starts import Start, begin, random_start
from ascension.game import tables
from ascension.game.game import Game
from ascension.game.ids import relics
from commands.main import app


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 2**40))
def test_random_games_keep_every_invariant(seed: int) -> None:
    report = play(random_start(seed), every=60)
    assert report.failures == []
    assert report.decisions > 0


@pytest.mark.parametrize("ascension", [0, 20])
def test_a_game_that_meets_much_keeps_every_invariant(ascension: int) -> None:
    chosen = next(seed for seed in range(100) if random_start(seed).kind == "stocked")
    report = play(random_start(chosen, ascension), every=30)
    assert report.failures == []
    assert report.checks > 0
    assert len(report.coverage.cards) > 20


def test_a_start_is_a_function_of_its_seed() -> None:
    assert random_start(7) == random_start(7)
    assert begin(random_start(7)).digest() == begin(random_start(7)).digest()
    assert len({random_start(seed).kind for seed in range(30)}) == 3


def test_an_ascension_that_is_given_changes_nothing_else_of_the_start() -> None:
    free, fixed = random_start(7), random_start(7, ascension=3)
    assert fixed.ascension == 3
    assert (free.kind, free.cards, free.relics) == (fixed.kind, fixed.cards, fixed.relics)


def test_a_stocked_start_has_its_gifts() -> None:
    start = Start(
        seed=1,
        ascension=0,
        acts=4,
        kind="stocked",
        hp=500,
        keys=True,
        relics=(relics.VAJRA,),
        cards=((3, 1),),
        potions=(2,),
    )
    run = begin(start).run
    assert (run.hp, run.max_hp) == (500, 500)
    assert run.ruby_key and run.emerald_key and run.sapphire_key
    assert run.relics[-1].id == relics.VAJRA
    assert (run.deck[-1].id, run.deck[-1].upgrades) == (3, 1)
    assert run.potions[0] == 2
    assert start.as_json()["relics"] == ["vajra"]


def _breaks_at(decision: int, error: Exception):
    """A check that lets so many decisions pass."""
    passed = 0

    def check(game: Game, legal: list[int]) -> None:
        nonlocal passed
        if passed == decision:
            raise error
        passed += 1

    return check


def test_a_failure_can_be_played_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(playing, "check_game", _breaks_at(5, Broken("a rule", "a number")))
    start = random_start(11)
    failure = play(start, every=1000).failures[0]
    assert (failure.decision, failure.rule, failure.found) == (5, "a rule", "a number")
    assert len(failure.actions) == 5
    game = begin(failure.start)
    for action in failure.actions:
        game.apply(action)
    assert json.loads(json.dumps(failure.as_json()))["seed"] == 11


def test_an_exception_of_the_game_is_a_failure_with_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(playing, "check_game", _breaks_at(2, ZeroDivisionError("by nought")))
    failure = play(random_start(11), every=1000).failures[0]
    assert failure.rule == "no exception"
    assert "ZeroDivisionError: by nought" in failure.found
    assert "test_campaign.py" in failure.found


def test_a_game_that_does_not_end_is_a_failure() -> None:
    failure = play(random_start(11), every=1000, most_decisions=10).failures[0]
    assert (failure.rule, failure.decision) == ("games end", 10)


def test_two_processes_find_what_one_finds() -> None:
    seen: list[int] = []
    one = campaign.run(9, 40, ascension=20, every=500)
    two = campaign.run(
        9, 40, ascension=20, workers=2, every=500, progress=lambda so_far: seen.append(so_far.games)
    )
    assert two.as_json() == one.as_json()
    assert seen[-1] == 9


def test_coverage_names_what_was_never_met() -> None:
    coverage = Coverage()
    game = Game(1)
    coverage.look(game)
    relic = coverage.shares()["relics"]
    assert relic.met == 1
    assert "burning_blood" not in relic.never
    assert "vajra" in relic.never
    other = Coverage()
    other.add(coverage)
    assert other.shares() == coverage.shares()


# --- The command --------------------------------------------------------------------------------


def fuzzed(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["fuzz", "--games", "2", "--workers", "1", *arguments])
    return result.exit_code, result.output


def test_the_command_reports_games_decisions_and_coverage() -> None:
    code, said = fuzzed("--seed", "3", "--json", "--every", "500")
    content = json.loads(said)
    assert code == 0
    assert content["games"] == 2
    assert content["failures"] == []
    assert content["coverage"]["cards"]["of"] == sum(tables.CARD_IS_OURS)


def test_a_failure_is_printed_with_the_command_that_shows_it_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(playing, "check_game", _breaks_at(3, Broken("a rule", "a number")))
    code, said = fuzzed("--seed", "21", "--ascension", "4")
    assert code == 1
    assert "a rule: a number" in said
    assert "ascension fuzz --games 1 --seed 21 --ascension 4" in said


@pytest.mark.parametrize("level", ["21", "-1", "many"])
def test_the_command_refuses_other_ascensions(level: str) -> None:
    code, said = fuzzed("--ascension", level)
    assert code == 2
    assert "mixed or a level from 0 to 20" in " ".join(said.split())


def test_choices_do_not_depend_on_how_often_is_checked() -> None:
    start = random_start(random.Random(2).randrange(1000), ascension=20)
    few, many = play(start, every=1000), play(start, every=20)
    assert (few.decisions, few.outcomes) == (many.decisions, many.outcomes)
