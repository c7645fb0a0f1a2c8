"""Play games with a policy in the batched environment, keeping what it saw, did and earned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ascension.agents.policy import Choices, Policy
from ascension.agents.trace import Slicer, Trace
from ascension.environment.batch import DecisionBatch
from ascension.records import Game

if TYPE_CHECKING:
    from ascension.environment.batched import Position, Steps


class Games(Protocol):
    """What playing needs of `BatchedEnvironment`."""

    slots: NDArray[np.int64]

    @property
    def seeds(self) -> list[int]:
        """[B] seed of every row's game."""
        ...

    @property
    def is_finished(self) -> bool:
        """Whether all seeds are played to the end."""
        ...

    @property
    def reward_terms(self) -> tuple[str, ...]:
        """Names of the reward's terms."""
        ...

    def observe(self) -> DecisionBatch:
        """The decision of every game in progress."""
        ...

    def positions(self) -> list[Position]:
        """[B] the games themselves."""
        ...

    def step(self, choices: NDArray[np.int16]) -> Steps:
        """Choose an option in every game in progress."""
        ...


class Player(NamedTuple):
    """A policy and which checkpoint it is: stamped on the games that it begins."""

    policy: Policy
    greedy: bool = False
    update: int = 0
    checkpoint_id: str = ""


class Finished(NamedTuple):
    """A game that has ended."""

    trace: Trace
    game: Game


class Table:
    """Games in progress and their traces."""

    def __init__(self, games: Games, keeps_traces: bool = True) -> None:
        self.games = games
        self.keeps_traces = keeps_traces
        self.traces: dict[int, Trace] = {}  # by slot

    def tick(self, player: Player) -> list[Finished]:
        """One decision in every game; the games that ended by it."""
        decisions = self.games.observe()
        choices = self._choose(player, decisions)
        traces = self._rows(player)
        if self.keeps_traces:
            slicer = Slicer(decisions)
            for row, trace in enumerate(traces):
                trace.add(slicer.cut(row), choices, row)
        slots = self.games.slots.tolist()
        steps = self.games.step(choices.actions)
        finished = []
        for row, game in enumerate(steps.games):
            traces[row].earn(steps.rewards_by_term[row])
            if game is not None:
                finished.append(Finished(self.traces.pop(slots[row]), game))
        return finished

    def _choose(self, player: Player, decisions: DecisionBatch) -> Choices:
        positions = self.games.positions() if player.policy.needs_positions else ()
        return player.policy.choose(decisions, positions, greedy=player.greedy)

    def _rows(self, player: Player) -> list[Trace]:
        """The trace of every row; new games get a new one."""
        traces = []
        for slot, seed in zip(self.games.slots.tolist(), self.games.seeds, strict=True):
            if slot not in self.traces:
                self.traces[slot] = Trace(seed, player.update, player.checkpoint_id)
            traces.append(self.traces[slot])
        return traces

    def next_values(self, player: Player) -> dict[int, float]:
        """The policy's value of every game in progress, by slot."""
        if self.games.is_finished:
            return {}
        values = self._choose(player, self.games.observe()).values
        return dict(zip(self.games.slots.tolist(), values.tolist(), strict=True))


def play_all(games: Games, player: Player, keeps_traces: bool = True) -> Iterator[Finished]:
    """Play until all seeds are used up and all games have ended; games in order of their ends.

    Every started game is finished: taking only the first ones to end would favour short games.
    """
    table = Table(games, keeps_traces)
    while not games.is_finished:
        yield from table.tick(player)
