"""Many games at once: observe all decisions, choose for all, repeat.

No autoreset surprises: when a game ends, `step` returns its last reward with `done` true and its
record, and the same slot starts the next seed at once, so that the next `observe` shows the new
game's first decision. Nothing of the finished game is shown again. When the seeds run out the slot
falls silent: `slots` says which slots the rows of a batch belong to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from librt.strings import BytesWriter
from mypy_extensions import i64
from numpy.typing import NDArray

from ascension.environment.batch import DecisionBatch
from ascension.environment.encode import Encoder
from ascension.environment.rewards import reward_preset
from ascension.environment.session import Session, choose_all, encode_all, first_missing
from ascension.game.errors import IllegalAction
from ascension.game.game import Game
from ascension.records import Game as GameRecord


class Position(NamedTuple):
    """The game behind a decision, for policies that look at it instead of at arrays."""

    game: Game
    options: list[int]


@dataclass(frozen=True, slots=True)
class Steps:
    """What one choice in each of B games led to."""

    rewards: NDArray[np.float32]  # [B]
    rewards_by_term: NDArray[np.float32]  # [B, term]
    dones: NDArray[np.bool_]  # [B]; the slot's next decision is another game's
    games: tuple[GameRecord | None, ...]  # [B], the record of each finished game


def batch_of(encoder: Encoder) -> DecisionBatch:
    """The encoder's rows as arrays (copies: the encoder may go on)."""
    return DecisionBatch(
        state_indices=np.frombuffer(encoder.states.indices.getvalue(), dtype=np.int32),
        state_values=np.frombuffer(encoder.states.values.getvalue(), dtype=np.float32),
        state_offsets=np.frombuffer(encoder.states.offsets.getvalue(), dtype=np.int64),
        option_indices=np.frombuffer(encoder.options.indices.getvalue(), dtype=np.int32),
        option_values=np.frombuffer(encoder.options.values.getvalue(), dtype=np.float32),
        option_offsets=np.frombuffer(encoder.options.offsets.getvalue(), dtype=np.int64),
        decision_offsets=np.frombuffer(encoder.decision_offsets.getvalue(), dtype=np.int64),
        kinds=np.frombuffer(encoder.kinds.getvalue(), dtype=np.int8),
    )


def _checked_choices(choices: NDArray[np.integer], games: list[Session]) -> list[i64]:
    """One position a game, each of an option that there is."""
    if choices.shape != (len(games),):
        raise ValueError(f"{choices.size} choices for {len(games)} games: give one for each")
    if choices.size and choices.dtype.kind not in "iu":
        raise IllegalAction(f"choices of type {choices.dtype}: give whole numbers")
    positions: list[i64] = choices.astype(np.int64).tolist()
    row = first_missing(games, positions)
    if row >= 0:
        game = games[row]
        raise IllegalAction(
            f"choice {choices[row]} in the game of seed {game.seed}: give 0 to "
            f"{len(game.options) - 1}, it has {len(game.options)} options"
        )
    return positions


class BatchedEnvironment:
    """Up to `n_games` games at once, started from the seeds in order."""

    def __init__(
        self,
        n_games: int,
        seeds: Iterable[int],
        ascension: int = 0,
        acts: int = 3,
        reward: str = "default",
    ) -> None:
        self.ascension = ascension
        self.acts = acts
        self.reward = reward_preset(reward)
        self._seeds: Iterator[int] = iter(seeds)
        self._encoder = Encoder()
        self._sessions: list[Session | None] = [self._next_session() for _ in range(n_games)]
        self.slots: NDArray[np.int64] = self._playing()  # [B] slot of every row

    def _next_session(self) -> Session | None:
        for seed in self._seeds:
            return Session(seed, self.ascension, self.acts, self.reward)
        return None

    def _playing(self) -> NDArray[np.int64]:
        slots = [slot for slot, session in enumerate(self._sessions) if session is not None]
        return np.array(slots, dtype=np.int64)

    def _rows(self) -> list[Session]:
        return [session for session in self._sessions if session is not None]

    @property
    def reward_terms(self) -> tuple[str, ...]:
        """Names of the reward's terms."""
        return self.reward.names

    @property
    def is_finished(self) -> bool:
        """Whether all seeds are played to the end."""
        return len(self.slots) == 0

    @property
    def seeds(self) -> list[int]:
        """[B] seed of every row's game."""
        return [session.seed for session in self._rows()]

    def observe(self) -> DecisionBatch:
        """The decision of every game in progress, by slot."""
        self._encoder.clear()
        encode_all(self._rows(), self._encoder)
        return batch_of(self._encoder)

    def positions(self) -> list[Position]:
        """[B] the games themselves, for the teacher and for search."""
        return [Position(session.game, list(session.options)) for session in self._rows()]

    def step(self, choices: NDArray[np.int64] | NDArray[np.int16] | list[int]) -> Steps:
        """Choose an option in every game in progress: positions within their decisions, [B].

        IllegalAction, and no game moves, if there is no such option in one of them.
        """
        sessions = self._rows()
        positions = _checked_choices(np.asarray(choices), sessions)
        earned = BytesWriter()
        over = choose_all(sessions, positions, earned)
        dones = np.zeros(len(sessions), dtype=np.bool_)
        dones[over] = True
        games: list[GameRecord | None] = [None] * len(sessions)
        slots = self.slots
        for row in over:
            games[row] = sessions[row].record()
            self._sessions[slots[row]] = self._next_session()
        if over:
            self.slots = self._playing()
        rewards_by_term = np.frombuffer(bytearray(earned.getvalue()), dtype=np.float32)
        rewards_by_term = rewards_by_term.reshape(-1, len(self.reward.terms))
        return Steps(rewards_by_term.sum(axis=1), rewards_by_term, dones, tuple(games))
