"""Collect rollouts: play games with a policy and hand them over as records.

`play_rollouts` plays given seeds to the end (a worker's task); `Collector` plays on and on while
the policy changes (the loop in one process); `play_demonstrations` watches a teacher;
`play_evaluation` plays fixed seeds greedily.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np

from ascension.agents.playing import Finished, Games, Player, Table, play_all
from ascension.agents.policy import Policy
from ascension.agents.trace import Trace
from ascension.environment.batched import BatchedEnvironment
from ascension.environment.layout import LAYOUT_VERSION
from ascension.evaluation import check_seeds, seeds_hash
from ascension.game.version import RULES_VERSION
from ascension.records import (
    Demonstrations,
    EvaluationGame,
    Game,
    Identity,
    Rollout,
    new_id,
)
from ascension.settings import CloneSettings, CollectSettings, EvaluateSettings

# Evaluation seeds are below 2**31: games to learn from never meet them.
LOWEST_TRAINING_SEED: Final = 1 << 31
_SEED_LIMIT: Final = 1 << 63


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose games these are: what every rollout's identity shares."""

    run: str
    checkpoint_id: str
    update: int
    worker: str
    rules_version: str
    layout_version: str
    settings_hash: str


def training_seeds(seed: int) -> Iterator[int]:
    """An endless stream of game seeds, none of which is an evaluation seed."""
    generator = np.random.default_rng(seed)
    while True:
        yield int(generator.integers(LOWEST_TRAINING_SEED, _SEED_LIMIT))


def play_rollouts(
    policy: Policy, settings: CollectSettings, origin: Origin, first_seed: int, games: int
) -> Iterator[Rollout]:
    """Play the seeds from `first_seed` on, each to its end; rollouts in order of their ends."""
    seeds = range(first_seed, first_seed + games)
    environment = BatchedEnvironment(
        min(settings.parallel_games, games),
        seeds,
        settings.ascension,
        settings.acts,
        settings.reward,
    )
    player = Player(policy, update=origin.update, checkpoint_id=origin.checkpoint_id)
    for finished in play_all(environment, player):
        yield rollout_of(finished.trace, finished.game, origin, environment.reward_terms, settings)


def rollout_of(
    trace: Trace,
    game: Game | None,
    origin: Origin,
    reward_terms: tuple[str, ...],
    settings: CollectSettings,
    bootstrap_value: float = 0.0,
) -> Rollout:
    """The record of a game, or of a fragment of one (without its Game)."""
    rewards_by_term = np.stack(trace.rewards)
    return Rollout(
        identity=Identity(
            run=origin.run,
            rollout_id=new_id(),
            checkpoint_id=trace.checkpoint_id,
            update=trace.update,
            seed=trace.seed,
            ascension=settings.ascension,
            worker=origin.worker,
            rules_version=origin.rules_version,
            layout_version=origin.layout_version,
            settings_hash=origin.settings_hash,
            created_at=datetime.now(UTC),
        ),
        decisions=trace.decisions(),
        actions=np.array(trace.actions, dtype=np.int16),
        log_probs=np.array(trace.log_probs, dtype=np.float32),
        values=np.array(trace.values, dtype=np.float32),
        rewards=rewards_by_term.sum(axis=1, dtype=np.float32),
        reward_terms=reward_terms,
        rewards_by_term=rewards_by_term,
        game=game,
        bootstrap_value=bootstrap_value,
    )


class Collector:
    """Games that go on from update to update, in one process with the learner."""

    def __init__(
        self, settings: CollectSettings, games: Games | None = None, seed: int | None = None
    ) -> None:
        self.settings = settings
        self.games = games or BatchedEnvironment(
            settings.parallel_games,
            training_seeds(settings.seed if seed is None else seed),
            settings.ascension,
            settings.acts,
            settings.reward,
        )
        self.table = Table(self.games)

    def finish_games(self, policy: Policy, origin: Origin, games: int) -> list[Rollout]:
        """Play until so many games have ended, or a few more that end with the last of them.

        A game's identity names the policy that began it.
        """
        player, rollouts = _player(policy, origin), list[Rollout]()
        while len(rollouts) < games and not self.games.is_finished:
            rollouts += [self._rollout(finished, origin) for finished in self.table.tick(player)]
        return rollouts

    def play_steps(self, policy: Policy, origin: Origin, steps: int) -> list[Rollout]:
        """So many decisions of every game: finished games, then fragments of those that go on.

        A fragment carries the value of the state that follows it.
        """
        player, rollouts = _player(policy, origin), list[Rollout]()
        for _ in range(steps):
            if self.games.is_finished:
                break
            rollouts += [self._rollout(finished, origin) for finished in self.table.tick(player)]
        return rollouts + self._cut(player, origin)

    def _rollout(self, finished: Finished, origin: Origin) -> Rollout:
        terms = self.games.reward_terms
        return rollout_of(finished.trace, finished.game, origin, terms, self.settings)

    def _cut(self, player: Player, origin: Origin) -> list[Rollout]:
        """Fragments of all games in progress, which begin new traces."""
        values = self.table.next_values(player)
        traces, self.table.traces = self.table.traces, {}
        terms = self.games.reward_terms
        return [
            rollout_of(trace, None, origin, terms, self.settings, values[slot])
            for slot, trace in sorted(traces.items())
        ]


def _player(policy: Policy, origin: Origin) -> Player:
    return Player(policy, update=origin.update, checkpoint_id=origin.checkpoint_id)


def play_demonstrations(
    teacher: Policy,
    settings: CloneSettings,
    seeds: Sequence[int],
    is_wanted: Callable[[Game], bool] | None = None,
) -> Iterator[Demonstrations]:
    """A teacher's games, as they end; `is_wanted` may leave out the bad ones."""
    environment = BatchedEnvironment(
        min(settings.parallel_games, len(seeds)), seeds, settings.ascension, settings.acts
    )
    for trace, game in play_all(environment, Player(teacher, greedy=True)):
        if is_wanted is None or is_wanted(game):
            actions = np.array(trace.actions, dtype=np.int16)
            yield Demonstrations(trace.seed, trace.decisions(), actions, game)


def play_evaluation(
    policy: Policy,
    seeds: Sequence[int],
    settings: EvaluateSettings,
    *,
    evaluation: str,
    policy_name: str = "",
    checkpoint_id: str = "",
    rules_version: str = RULES_VERSION,
    layout_version: str = LAYOUT_VERSION,
    already_played: Collection[int] = (),
    on_game: Callable[[EvaluationGame], None] | None = None,
) -> list[EvaluationGame]:
    """Play the seeds greedily, each once; rows in the order of the seeds.

    Seeds in `already_played` are left out: an interrupted evaluation goes on where it stopped.
    `on_game` is told every game as it ends.
    """
    places = {seed: place for place, seed in enumerate(check_seeds(seeds))}
    missing = [seed for seed in seeds if seed not in set(already_played)]
    environment = BatchedEnvironment(
        min(settings.parallel_games, len(missing)),
        missing,
        settings.ascension,
        settings.acts,
        settings.reward,
    )
    rows = []
    for trace, game in play_all(environment, Player(policy, greedy=True), keeps_traces=False):
        row = EvaluationGame(
            run=evaluation,
            policy=policy_name or policy.name,
            checkpoint_id=checkpoint_id,
            position=places[trace.seed],
            seeds_hash=seeds_hash(seeds),
            rules_version=rules_version,
            layout_version=layout_version,
            timestamp=datetime.now(UTC),
            game=game,
        )
        rows.append(row)
        if on_game is not None:
            on_game(row)
    return sorted(rows, key=lambda row: row.position)
