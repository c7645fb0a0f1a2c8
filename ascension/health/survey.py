"""Plays games and counts: which columns moved, which were cut off, what each reward term paid."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ascension.agents.heuristic import HeuristicPolicy
from ascension.environment.batch import DecisionBatch
from ascension.environment.batched import Position, batch_of
from ascension.environment.encode import Encoder
from ascension.environment.layout import OPTION, STATE, Layout
from ascension.environment.rewards import DEFAULT, ORIGINAL, Reward
from ascension.environment.session import Session

BOOSTED_HP: Final = 3000
FIRST_SEED: Final = 1 << 33  # training seeds
_ALL_TERMS: Final = Reward("both", [*DEFAULT.terms, *ORIGINAL.terms], True)

Look = Callable[[Sequence[Session]], None]


@dataclass(slots=True)
class Columns:
    """What was seen of every column of one layout."""

    layout: Layout
    rows: int = 0
    entries: NDArray[np.int64] = field(init=False)  # rows in which the column was not zero
    low: NDArray[np.float64] = field(init=False)  # of the entries
    high: NDArray[np.float64] = field(init=False)
    cut: NDArray[np.int64] = field(init=False)  # entries at the top of their range

    def __post_init__(self) -> None:
        width = self.layout.width
        self.entries = np.zeros(width, dtype=np.int64)
        self.cut = np.zeros(width, dtype=np.int64)
        self.low = np.full(width, np.inf)
        self.high = np.full(width, -np.inf)

    def add(self, rows: int, indices: NDArray[np.int32], values: NDArray[np.float32]) -> None:
        """Count the entries of so many rows."""
        top = np.array([high for _, high in self.layout.ranges()], dtype=np.float32)
        width = self.layout.width
        self.rows += rows
        self.entries += np.bincount(indices, minlength=width)
        self.cut += np.bincount(indices[values >= top[indices]], minlength=width)
        np.minimum.at(self.low, indices, values)
        np.maximum.at(self.high, indices, values)

    def is_constant(self) -> NDArray[np.bool_]:
        """Columns that tell nothing: never written, or always with the same value."""
        always = (self.entries == self.rows) & (self.low == self.high)
        return np.asarray((self.entries == 0) | always)


@dataclass(slots=True)
class Earnings:
    """What the terms of one reward preset paid, decision by decision."""

    reward: Reward
    payments: NDArray[np.int64] = field(init=False)  # decisions that a term paid anything for
    amounts: NDArray[np.float64] = field(init=False)  # sum of absolute amounts

    def __post_init__(self) -> None:
        self.payments = np.zeros(len(self.reward.terms), dtype=np.int64)
        self.amounts = np.zeros(len(self.reward.terms))

    def add(self, earned: NDArray[np.float64]) -> None:
        """What one decision earned, by term."""
        self.payments += earned != 0
        self.amounts += np.abs(earned)

    def shares(self) -> dict[str, float]:
        """Share of each term in all that was paid, gains and losses alike."""
        total = float(self.amounts.sum()) or 1.0
        return {
            name: float(amount) / total
            for name, amount in zip(self.reward.names, self.amounts, strict=True)
        }


@dataclass(slots=True)
class Survey:
    """Everything that was counted in one kind of games."""

    state: Columns = field(default_factory=lambda: Columns(STATE))
    option: Columns = field(default_factory=lambda: Columns(OPTION))
    default: Earnings = field(default_factory=lambda: Earnings(DEFAULT))
    original: Earnings = field(default_factory=lambda: Earnings(ORIGINAL))
    games: int = 0
    decisions: int = 0

    def add(self, batch: DecisionBatch) -> None:
        """Count the decisions of a batch."""
        self.decisions += len(batch)
        self.state.add(len(batch), batch.state_indices, batch.state_values)
        self.option.add(batch.n_options, batch.option_indices, batch.option_values)

    def earn(self, earned: Sequence[float]) -> None:
        """Count what a decision earned, by the terms of both presets."""
        split = len(DEFAULT.terms)
        self.default.add(np.array(earned[:split]))
        self.original.add(np.array(earned[split:]))


def survey_ordinary(survey: Survey, games: int, look: Look) -> None:
    """Games as learning meets them: the teacher at ascension 0."""
    sessions = [Session(FIRST_SEED + n, 0, 3, _ALL_TERMS) for n in range(games)]
    _play(survey, sessions, _teacher(), look)


def survey_widely(survey: Survey, games: int, look: Look) -> None:
    """Games that get far and see much: hp in plenty, all ascensions, teacher and chance in turn."""
    sessions = []
    for number in range(games):
        ascension, acts = (7 * number) % 21, 4 if number % 4 == 3 else 3
        session = Session(FIRST_SEED + 10_000 + number, ascension, acts, _ALL_TERMS)
        session.game.run.hp = session.game.run.max_hp = BOOSTED_HP
        sessions.append(session)
    _play(survey, sessions[::2], _chance(games), look)
    _play(survey, sessions[1::2], _teacher(), look)


Choose = Callable[[Sequence[Session], DecisionBatch], Sequence[int]]


def _teacher() -> Choose:
    policy = HeuristicPolicy()

    def choose(sessions: Sequence[Session], batch: DecisionBatch) -> Sequence[int]:
        positions = [Position(session.game, list(session.options)) for session in sessions]
        choices: list[int] = policy.choose(batch, positions, greedy=True).actions.tolist()
        return choices

    return choose


def _chance(seed: int) -> Choose:
    chance = random.Random(seed)

    def choose(sessions: Sequence[Session], batch: DecisionBatch) -> Sequence[int]:
        return [chance.randrange(len(session.options)) for session in sessions]

    return choose


MOST_DECISIONS: Final = 900  # of one game: chance with hp in plenty would go on for long


def _play(survey: Survey, sessions: Sequence[Session], choose: Choose, look: Look) -> None:
    survey.games += len(sessions)
    for playing in _rounds(sessions):
        look(playing)
        batch = _encoded(playing)
        survey.add(batch)
        for session, choice in zip(playing, choose(playing, batch), strict=True):
            survey.earn(session.choose(choice))


def _rounds(sessions: Sequence[Session]) -> Iterator[list[Session]]:
    """The sessions that have something to decide, again and again."""
    for _ in range(MOST_DECISIONS):
        playing = [session for session in sessions if not session.is_over]
        if not playing:
            return
        yield playing


def _encoded(sessions: Sequence[Session]) -> DecisionBatch:
    encoder = Encoder()
    for session in sessions:
        game = session.game
        encoder.add(game.run, game.combat, session.outlook, session.kind, session.options)
    return batch_of(encoder)
