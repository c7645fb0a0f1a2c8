"""A policy at one game: for `play`, the bridge to the real game, and decision replays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ascension.agents.policy import Policy
from ascension.environment.batched import Position, batch_of
from ascension.environment.decisions import kind_of, options_of
from ascension.environment.encode import Encoder
from ascension.environment.encode_map import Outlook
from ascension.game.game import Game


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a policy thinks of a decision."""

    options: tuple[int, ...]  # packed actions
    kind: int
    chosen: int  # position among the options
    probabilities: tuple[float, ...]  # of the options; 1 for the chosen one without doubts
    value: float  # expected reward from here

    @property
    def action(self) -> int:
        """The packed action chosen."""
        return self.options[self.chosen]


class SinglePlayer:
    """Lets a policy play one game, greedily by default."""

    def __init__(self, policy: Policy, greedy: bool = True) -> None:
        self.policy = policy
        self.greedy = greedy
        self._encoder = Encoder()
        self._outlook = Outlook()

    @property
    def name(self) -> str:
        """What tables and reports call it."""
        return self.policy.name

    def decide(self, game: Game) -> int:
        """One of the game's legal actions."""
        return self.judge(game).action

    def judge(self, game: Game) -> Judgement:
        """The options that a player weighs, and what the policy thinks of them."""
        options = options_of(game)
        kind = kind_of(game, options)
        plain = tuple(int(option) for option in options)
        if len(options) == 1:
            return Judgement(plain, int(kind), 0, (1.0,), 0.0)
        self._encoder.clear()
        self._encoder.add(game.run, game.combat, self._outlook, kind, options)
        positions = [Position(game, list(plain))] if self.policy.needs_positions else []
        choices = self.policy.choose(batch_of(self._encoder), positions, greedy=self.greedy)
        chosen = int(choices.actions[0])
        if choices.probabilities is None:
            probabilities = np.eye(len(options))[chosen]
        else:
            probabilities = choices.probabilities
        values = float(choices.values[0])
        return Judgement(plain, int(kind), chosen, tuple(map(float, probabilities)), values)
