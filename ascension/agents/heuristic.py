"""The rule-based teacher: a score for every option, from tables and small functions.

It neither searches nor looks at anything hidden. It is what the network is first taught to do,
and the bar that it has to pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from ascension.agents import heuristic_world as world
from ascension.agents.heuristic_choices import potion_score, selection_score
from ascension.agents.heuristic_fight import play_score
from ascension.agents.heuristic_situation import Situation, situation_of
from ascension.agents.policy import Choices, sure_choices
from ascension.environment import kinds
from ascension.environment.batch import DecisionBatch
from ascension.environment.batched import Position
from ascension.environment.decisions import kind_of, options_of
from ascension.game.actions import END_TURN, PLAY_CARD, first_of, second_of, verb_of
from ascension.game.game import Game
from ascension.game.run import Run

_WORTH_PLAYING: Final = 0.15  # below that the turn is ended

WorldScore = Callable[[Run, int], float]
_WORLD: Final[dict[int, WorldScore]] = {
    kinds.NEOW: world.neow_score,
    kinds.MAP: world.map_score,
    kinds.EVENT: world.event_score,
    kinds.CARD_REWARD: world.reward_score,
    kinds.REWARDS: world.reward_score,
    kinds.SHOP: world.shop_score,
    kinds.REST: world.rest_score,
    kinds.BOSS_RELIC: world.boss_relic_score,
    kinds.TREASURE: world.chest_score,
    kinds.DECK_REMOVE: world.select_score,
    kinds.DECK_UPGRADE: world.select_score,
    kinds.DECK_TRANSFORM: world.select_score,
    kinds.DECK_DUPLICATE: world.select_score,
    kinds.DECK_OBTAIN: world.select_score,
    kinds.DECK_BOTTLE: world.select_score,
    kinds.DECK_OFFER: world.select_score,
}


def _fight_score(situation: Situation, action: int) -> float:
    verb = verb_of(action)
    if verb == END_TURN:
        return _WORTH_PLAYING
    if verb != PLAY_CARD:
        return potion_score(situation, action)
    combat = situation.combat
    target = second_of(action) - 1
    monster = combat.monsters[target] if target >= 0 else None
    return play_score(situation, combat.hand[first_of(action)], monster)


def scores_of(game: Game, options: Sequence[int], kind: int) -> list[float]:
    """The teacher's score of every option; comparable within one decision only."""
    if kind in (kinds.COMBAT, kinds.SELECTION):
        assert game.combat is not None
        situation = situation_of(game.combat)
        score = _fight_score if kind == kinds.COMBAT else selection_score
        return [score(situation, option) for option in options]
    return [_WORLD[kind](game.run, option) for option in options]


def best_option(game: Game, options: Sequence[int], kind: int) -> int:
    """Position of the first option with the best score."""
    scores = scores_of(game, options, kind)
    return scores.index(max(scores))


class HeuristicPolicy:
    """The teacher as a policy: it needs the games themselves, not their arrays."""

    name = "heuristic"
    needs_positions = True

    def choose(
        self,
        decisions: DecisionBatch,
        positions: Sequence[Position] = (),
        *,
        greedy: bool = False,
    ) -> Choices:
        """The best option of every decision."""
        chosen = [
            best_option(position.game, position.options, int(kind))
            for position, kind in zip(positions, decisions.kinds, strict=True)
        ]
        return sure_choices(np.array(chosen, dtype=np.int16))

    def decide(self, game: Game) -> int:
        """One of the game's legal actions."""
        options = options_of(game)
        if len(options) == 1:
            return int(options[0])
        return int(options[best_option(game, options, int(kind_of(game, options)))])
