"""Copies, saved games and refusals: what must come out as it went in."""

import random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascension.environment.batch import DecisionBatch
from ascension.environment.layout import OPTION, STATE
from ascension.fuzzing.honesty import check_honesty, shown
from ascension.fuzzing.invariants import Broken, need
from ascension.fuzzing.starts import Start, begin
from ascension.game import actions as A
from ascension.game.errors import IllegalAction, SaveError
from ascension.game.game import Game

STEPS_OF_A_COPY: Final = 5
ATTEMPTS: Final = 3
_STATE_LOW, _STATE_HIGH = np.array(STATE.ranges()).T
_OPTION_LOW, _OPTION_HIGH = np.array(OPTION.ranges()).T


def check_all(game: Game, chance: random.Random) -> None:
    """Everything that can be checked at a decision without the game's start."""
    before = game.digest()
    ways = check_copy(game, before, chance)
    check_refusals(game, chance)
    check_encoding(shown(game).batch)
    check_honesty(game, chance)
    need(game.digest() == before, "refusing, looking and copies change nothing", ways)


def check_copy(game: Game, digest: str, chance: random.Random) -> list[int]:
    """A copy is equal and goes on as another one does; returns what the copies did."""
    copy, twin = game.clone(), game.clone()
    need(copy.digest() == digest, "a copy is equal", "the digest differs")
    for _ in range(STEPS_OF_A_COPY):
        if copy.is_over():
            break
        action = chance.choice(copy.legal_actions())
        copy.step(action)
        twin.step(action)
    ways = copy.actions()[len(game.actions()) :]
    need(copy.digest() == twin.digest(), "copies go on alike", ways)
    return ways


def check_refusals(game: Game, chance: random.Random) -> None:
    """What is not legal is refused and changes nothing."""
    legal = game.legal_actions()
    before = len(game.actions())
    for _ in range(ATTEMPTS):
        action = _some_action(legal, chance)
        if action in legal:
            continue
        try:
            game.apply(action)
        except IllegalAction:
            need(len(game.actions()) == before, "a refused action is not recorded", action)
            continue
        need(False, "illegal actions are refused", action)


def _some_action(legal: list[int], chance: random.Random) -> int:
    """A neighbour of a legal action, a well-formed one, or any number."""
    kind = chance.randrange(3)
    if kind == 0:
        return chance.choice(legal) ^ (1 << chance.randrange(24))
    if kind == 1:
        verb = chance.randrange(len(A.VERB_NAMES))
        return A.make(verb, chance.randrange(12), chance.randrange(7))
    return chance.getrandbits(40) - (1 << 39)


def check_encoding(batch: DecisionBatch) -> None:
    """Every number shown is finite and within the layout's range."""
    _check_range(batch.state_indices, batch.state_values, _STATE_LOW, _STATE_HIGH)
    _check_range(batch.option_indices, batch.option_values, _OPTION_LOW, _OPTION_HIGH)


def _check_range(
    indices: NDArray[np.int32],
    values: NDArray[np.float32],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> None:
    is_inside = (values >= low[indices]) & (values <= high[indices])  # False for NaN
    found = list(zip(indices[~is_inside].tolist(), values[~is_inside].tolist(), strict=True))
    need(not found, "encoded values are in range", found[:5])


def check_saving(game: Game, start: Start) -> None:
    """A game comes back from its text; with a start that had gifts, from start and actions."""
    try:
        loaded = Game.load(game.save()) if start.kind == "plain" else _replayed(game, start)
    except (SaveError, IllegalAction) as error:
        raise Broken("a saved game comes back", str(error)) from error
    need(loaded.digest() == game.digest(), "a saved game is the same game", len(game.actions()))


def _replayed(game: Game, start: Start) -> Game:
    again = begin(start)
    for action in game.actions():
        again.apply(action)
    return again
