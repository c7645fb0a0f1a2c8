"""The facade: legality, copies, digests, saving. Games are played at random."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascension.game import actions as A
from ascension.game.errors import IllegalAction, InvalidSetting, SaveError
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


@pytest.mark.parametrize("settings_", [(2**64, 0, 3), (1, 21, 3), (1, -1, 3), (1, 0, 0), (1, 0, 5)])
def test_settings_outside_their_range_are_refused(settings_: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidSetting):
        Game(*settings_)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "{}",
        "[1]",
        '{"format": 9, "seed": "1", "ascension": 0, "acts": 3, "actions": []}',
        '{"format": 1, "seed": "1", "ascension": 0, "acts": 3, "actions": [12345]}',
        '{"format": 1, "seed": "1", "ascension": 99, "acts": 3, "actions": []}',
        '{"format": 1, "seed": "x", "ascension": 0, "acts": 3, "actions": []}',
        '{"format": 1, "seed": "1", "ascension": 0, "acts": 3, "actions": ["a"]}',
    ],
)
def test_a_damaged_save_is_refused(text: str) -> None:
    with pytest.raises(SaveError):
        Game.load(text)


def test_every_legal_action_can_be_described() -> None:
    chooser = random.Random(5)
    for seed in range(3):
        game = Game(seed, acts=4)
        while not game.is_over():
            actions = game.legal_actions()
            for action in actions:
                assert game.describe(action)
            game.step(chooser.choice(actions))
