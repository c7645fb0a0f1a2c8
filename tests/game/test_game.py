"""The facade: legality, copies, digests, saving. Games are played at random."""

import json
import random
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascension.game import actions as A
from ascension.game import tables
from ascension.game.errors import IllegalAction, InvalidSetting, SaveError, UnknownContent
from ascension.game.game import Game
from ascension.game.run import NEOW, RUNNING

LONGEST = 100_000


def _play(game: Game, seed: int, decisions: int = LONGEST) -> int:
    """Play at random, checked; returns how many decisions were taken."""
    chooser = random.Random(seed)
    for decision in range(decisions):
        if game.is_over():
            return decision
        actions = game.legal_actions()
        assert actions
        game.apply(chooser.choice(actions))
    return decisions


@settings(max_examples=12, deadline=None)
@given(st.integers(-(2**63), 2**64 - 1), st.integers(0, 20), st.integers(1, 4), st.integers(0, 99))
def test_random_games_end_without_an_error(
    seed: int, ascension: int, acts: int, choices: int
) -> None:
    game = Game(seed, ascension, acts)
    assert _play(game, choices) < LONGEST
    assert game.outcome != RUNNING
    assert game.legal_actions() == []
    assert 0 <= game.run.hp <= game.run.max_hp


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 999), st.integers(0, 300), st.integers(-(2**40), 2**40))
def test_an_illegal_action_is_refused_and_changes_nothing(
    seed: int, decisions: int, action: int
) -> None:
    game = Game(seed, acts=4)
    _play(game, seed, decisions)
    if action in game.legal_actions():
        return
    before = game.digest()
    with pytest.raises(IllegalAction):
        game.apply(action)
    assert game.digest() == before


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 999), st.integers(0, 20), st.integers(0, 300))
def test_a_copy_is_equal_and_independent(seed: int, ascension: int, decisions: int) -> None:
    game = Game(seed, ascension)
    _play(game, seed, decisions)
    copy = game.clone()
    before = game.digest()
    assert copy.digest() == before
    _play(copy, 1, 60)
    assert game.digest() == before
    _play(game, 1, 60)
    assert game.digest() == copy.digest()


@settings(max_examples=5, deadline=None)
@given(st.integers(-(2**63), 2**63 - 1), st.integers(0, 20))
def test_a_saved_game_is_the_same_game(seed: int, ascension: int) -> None:
    game = Game(seed, ascension)
    _play(game, 3, 120)
    loaded = Game.load(game.save())
    assert loaded.digest() == game.digest()
    assert loaded.actions() == game.actions()


def test_the_same_seed_gives_the_same_game() -> None:
    games = [Game(4711, 5) for _ in range(2)]
    for game in games:
        _play(game, 7, 200)
    assert games[0].digest() == games[1].digest()


def test_seeds_may_be_written_unsigned() -> None:
    assert Game(2**64 - 5).digest() == Game(-5).digest()


def test_a_game_starts_with_neow() -> None:
    game = Game(1)
    assert game.screen() == NEOW
    assert [A.verb_of(action) for action in game.legal_actions()] == [A.NEOW_OPTION] * 4


@pytest.mark.parametrize(
    ("settings_", "told"),
    [
        ((2**64, 0, 3), "does not fit 64 bits"),
        ((-(2**63) - 1, 0, 3), "does not fit 64 bits"),
        (("ABC", 0, 3), "seed 'ABC' is no whole number"),
        ((1.0, 0, 3), "seed 1.0 is no whole number"),
        ((None, 0, 3), "seed None is no whole number"),
        ((1, 21, 3), "ascension 21 does not exist"),
        ((1, -1, 3), "ascension -1 does not exist"),
        ((1, "5", 3), "ascension '5' is no whole number"),
        ((1, True, 3), "ascension True is no whole number"),
        ((1, 0, 0), "0 acts"),
        ((1, 0, 5), "5 acts"),
        ((1, 0, [3]), "is no whole number"),
    ],
)
def test_settings_of_a_wrong_type_or_range_are_refused(
    settings_: tuple[object, object, object], told: str
) -> None:
    with pytest.raises(InvalidSetting, match=re.escape(told)):
        Game(*settings_)


def test_whole_numbers_of_numpy_are_settings_and_actions_too() -> None:
    game = Game(np.int64(1), np.int8(3), np.int32(4))
    assert (game.run.seed, game.run.ascension, game.run.final_act) == (1, 3, 4)
    game.apply(np.int64(game.legal_actions()[0]))
    assert len(game.actions()) == 1


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ("end_turn", "'end_turn' is no action"),
        (None, "None is no action"),
        (True, "True is no action"),
        (0.5, "0.5 is no action"),
        (2**70, "not possible now"),
        (-1, "not possible now"),
    ],
)
def test_an_action_of_a_wrong_type_or_range_is_refused(action: object, told: str) -> None:
    game = Game(1)
    before = game.digest()
    with pytest.raises(IllegalAction, match=re.escape(told)):
        game.apply(action)
    assert game.digest() == before


def _changed(**fields: object) -> str:
    """A sound saved game with some of its fields changed."""
    game = Game(1, 2, 3)
    game.step(game.legal_actions()[0])
    return json.dumps({**json.loads(game.save()), **fields})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not a saved game"),
        ("no json", "not a saved game"),
        ("{}", "not a saved game"),
        ("[1]", "not a saved game"),
        ("[" * 100_000, "not a saved game"),
        (None, "not a saved game"),
        (_changed()[:-20], "not a saved game"),
        (_changed(format=9), "saved with format 9"),
        (_changed(rules="0"), "saved with rules '0'"),
        (_changed(actions=[12345]), "not possible now"),
        (_changed(actions=["a"]), "no action"),
        (_changed(actions=7), "not a saved game"),
        (_changed(ascension=99), "ascension 99 does not exist"),
        (_changed(ascension="2"), "no whole number"),
        (_changed(seed="x"), "not a saved game"),
        (_changed(actions=[]), "was changed"),
        (_changed(seed="2"), "was changed|not possible"),
        (_changed(fingerprint=""), "was changed"),
    ],
)
def test_a_damaged_or_foreign_saved_game_is_refused(text: str, told: str) -> None:
    with pytest.raises(SaveError, match=told) as refused:
        Game.load(text)
    assert "load it" in str(refused.value) or "restore" in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("card", "bahs", "there is no card 'bahs': did you mean bash"),
        ("relic", "burning", "did you mean burning_blood"),
        ("potion", "xyzzy", "see `ascension content --names`"),
    ],
)
def test_unknown_content_is_named_with_what_is_like_it(kind: str, name: str, told: str) -> None:
    with pytest.raises(UnknownContent, match=told):
        tables.id_of(kind, name)


def test_every_legal_action_can_be_described() -> None:
    chooser = random.Random(5)
    for seed in range(3):
        game = Game(seed, acts=4)
        while not game.is_over():
            actions = game.legal_actions()
            for action in actions:
                assert game.describe(action)
            game.step(chooser.choice(actions))
