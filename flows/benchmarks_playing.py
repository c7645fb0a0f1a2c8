"""What playing costs: the engine alone, and step, options and encoding around it.

Part of `ascension bench`; the other measurements are in `benchmarks.py`.
"""

import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from flows.benchmarks import SEED, Figures, machine

STATES = 50  # games in their first fight, to be cloned
CLONES = 20  # of every state and round
ROUNDS = 10
WARM_UP_SECONDS = 0.2  # the first batches: all games at their start


class Round(NamedTuple):
    """What one round of playing took, in processor seconds by part."""

    decisions: int
    seconds: dict[str, float]

    def microseconds(self, part: str = "") -> float:
        """Per decision: of one part, or of all together."""
        spent = self.seconds[part] if part else sum(self.seconds.values())
        return 1e6 * spent / self.decisions

    def without(self, part: str) -> "Round":
        """The same round, one part left out."""
        others = {name: spent for name, spent in self.seconds.items() if name != part}
        return Round(self.decisions, others)


def _in_rounds(seconds: float, play: Callable[[float], Round]) -> tuple[Round, Figures]:
    """Play several rounds; the quickest one, and figures that say how it was measured.

    Whatever else the machine does makes rounds slower and never quicker, so the quickest one is
    the nearest to what the work costs; the median beside it says how disturbed the machine was.
    """
    rounds = sorted([play(seconds / ROUNDS) for _ in range(ROUNDS)], key=Round.microseconds)
    median = statistics.median(each.microseconds() for each in rounds)
    return rounds[0], {
        "microseconds_per_decision_median": round(median, 2),
        "measured": f"processor time, best of {ROUNDS} rounds",
        **machine(),
    }


def _timed(function: Callable[[], Any]) -> tuple[Any, float]:
    """The result, and the processor time it took: what other programs take does not count."""
    started = time.process_time()
    result = function()
    return result, time.process_time() - started


def engine(seconds: float) -> Figures:
    """Random play over whole games; between the rounds clones of games in their first fight."""
    states = [_in_a_fight(SEED + n) for n in range(STATES)]
    games: list[int] = []
    clones: list[float] = []

    def play(duration: float) -> Round:
        clones.append(_timed(partial(_clone_all, states, CLONES))[1])
        return _play_games(duration, games)

    best, measured = _in_rounds(seconds, play)
    return {
        "decisions_per_second": round(1e6 / best.microseconds()),
        "microseconds_per_decision": round(best.microseconds(), 2),
        "decisions_per_game": round(statistics.mean(games), 1),
        "microseconds_per_clone": round(1e6 * min(clones) / (CLONES * STATES), 2),
        **measured,
    }


def _play_games(duration: float, lengths: list[int]) -> Round:
    """Play whole games, in every round from the same seed on; notes their lengths."""
    from ascension.game.game import Game

    choose = random.Random(SEED).random
    decisions = games = 0
    started = time.process_time()
    while time.process_time() - started < duration:
        game = Game(SEED + games)
        games += 1
        before = decisions
        while not game.is_over():
            legal = game.legal_actions()
            game.step(legal[int(choose() * len(legal))])
            decisions += 1
        lengths.append(decisions - before)
    return Round(decisions, {"playing": time.process_time() - started})


def _clone_all(states: list[Any], times: int) -> None:
    """Clone every state so many times, keeping none."""
    for state in states:
        for _ in range(times):
            state.clone()


def _in_a_fight(seed: int) -> Any:
    """A game at the first decision of its first fight."""
    from ascension.game.game import Game

    game = Game(seed)
    while game.combat is None and not game.is_over():
        game.step(game.legal_actions()[0])
    return game


class _Sizes:
    """How much there was to encode."""

    def __init__(self) -> None:
        self.decisions = self.options = self.state_entries = self.option_entries = 0

    def add(self, batch: Any) -> None:
        self.decisions += len(batch)
        self.options += batch.n_options
        self.state_entries += len(batch.state_indices)
        self.option_entries += len(batch.option_indices)

    def figures(self) -> Figures:
        return {
            "options_per_decision": round(self.options / self.decisions, 2),
            "state_entries_per_decision": round(self.state_entries / self.decisions, 1),
            "entries_per_option": round(self.option_entries / self.options, 1),
        }


def environment(seconds: float) -> Figures:
    """Random choices in the batched environment."""
    from ascension.environment.batched import BatchedEnvironment

    games = BatchedEnvironment(64, iter(range(SEED, 1 << 40)))
    generator = np.random.default_rng(SEED)
    sizes = _Sizes()

    def choose(batch: Any) -> Any:
        sizes.add(batch)
        return (generator.random(len(batch)) * batch.option_counts()).astype(np.int16)

    _play_batches(games, choose, WARM_UP_SECONDS)

    def play(duration: float) -> Round:
        return _play_batches(games, choose, duration).without("choose")

    best, measured = _in_rounds(seconds, play)
    return {
        "microseconds_per_decision": round(best.microseconds(), 2),
        "microseconds_encoding": round(best.microseconds("observe"), 2),
        "microseconds_stepping": round(best.microseconds("step"), 2),
        **sizes.figures(),
        **measured,
    }


def _play_batches(games: Any, choose: Callable[[Any], Any], duration: float) -> Round:
    """Observe, choose and step for so long."""
    spent = {"observe": 0.0, "choose": 0.0, "step": 0.0}
    decisions = 0
    while sum(spent.values()) < duration:
        batch, seconds = _timed(games.observe)
        spent["observe"] += seconds
        choices, seconds = _timed(partial(choose, batch))
        spent["choose"] += seconds
        _, seconds = _timed(partial(games.step, choices))
        spent["step"] += seconds
        decisions += len(batch)
    return Round(decisions, spent)
