"""Synthetic decisions and rollouts: random ones, and a bandit that PPO must solve."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from ascension.agents.policy import Policy
from ascension.environment.batch import DecisionBatch
from ascension.records import Fight, Game, Identity, Rollout

STATE_WIDTH = 60
OPTION_WIDTH = 40


def random_decisions(
    generator: np.random.Generator,
    count: int,
    state_width: int = STATE_WIDTH,
    option_width: int = OPTION_WIDTH,
    state_entries: int = 8,
    option_entries: int = 4,
    most_options: int = 9,
) -> DecisionBatch:
    """Decisions with 1 to `most_options` options and random features."""
    options = generator.integers(1, most_options + 1, count)
    total = int(options.sum())
    return DecisionBatch(
        state_indices=_distinct(generator, count, state_width, state_entries),
        state_values=generator.normal(size=count * state_entries).astype(np.float32),
        state_offsets=np.arange(count + 1, dtype=np.int64) * state_entries,
        option_indices=_distinct(generator, total, option_width, option_entries),
        option_values=generator.normal(size=total * option_entries).astype(np.float32),
        option_offsets=np.arange(total + 1, dtype=np.int64) * option_entries,
        decision_offsets=np.concatenate([[0], np.cumsum(options)]).astype(np.int64),
        kinds=generator.integers(0, 3, count).astype(np.int8),
    )


def _distinct(
    generator: np.random.Generator, rows: int, width: int, entries: int
) -> NDArray[np.int32]:
    keys = generator.random((rows, width))
    return np.sort(np.argpartition(keys, entries, axis=1)[:, :entries]).astype(np.int32).ravel()


def some_fight(fight_type: str = "elite", act: int = 1, won: bool = True) -> Fight:
    return Fight(
        floor=6,
        act=act,
        fight_type=fight_type,  # type: ignore[arg-type]
        room_type="MonsterRoomElite",
        encounter="Gremlin Nob",
        monsters=("Gremlin Nob",),
        hp_before=70,
        hp_after=40,
        max_hp=80,
        won=won,
        ended_by="post_combat",
        turns=4,
        steps=14,
        damage_taken=30,
        max_hit=16,
        block_gained=22,
    )


def some_game(seed: int = 1, floor: int = 12, outcome: str = "death") -> Game:
    return Game(
        seed=seed,
        ascension=0,
        outcome=outcome,  # type: ignore[arg-type]
        final_floor=floor,
        final_act=1,
        final_hp=0,
        final_max_hp=80,
        final_gold=99,
        steps=100,
        total_reward=1.2,
        reward_by_term={"floor": 1.2},
        deck_size=15,
        deck_upgraded=2,
        relics=3,
        potions=1,
        fights=(some_fight(),),
    )


def some_identity(update: int = 0, name: str = "a") -> Identity:
    return Identity(
        run="test",
        rollout_id=name,
        checkpoint_id="c0",
        update=update,
        seed=1,
        ascension=0,
        worker="w0",
        rules_version="r1",
        layout_version="l1",
        settings_hash="s1",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def make_rollout(
    decisions: DecisionBatch,
    actions: NDArray[np.int16],
    log_probs: NDArray[np.float32],
    values: NDArray[np.float32],
    rewards: NDArray[np.float32],
    game: Game | None = None,
    identity: Identity | None = None,
) -> Rollout:
    return Rollout(
        identity=identity or some_identity(),
        decisions=decisions,
        actions=actions,
        log_probs=log_probs,
        values=values,
        rewards=rewards,
        reward_terms=("floor",),
        rewards_by_term=rewards[:, None],
        game=game or some_game(),
    )


def random_rollout(generator: np.random.Generator, steps: int = 30) -> Rollout:
    """A game of random decisions; its log-probabilities are those of a uniform policy."""
    decisions = random_decisions(generator, steps)
    counts = decisions.option_counts()
    return make_rollout(
        decisions,
        actions=(generator.random(steps) * counts).astype(np.int16),
        log_probs=-np.log(counts).astype(np.float32),
        values=generator.normal(size=steps).astype(np.float32),
        rewards=generator.normal(size=steps).astype(np.float32),
    )


class Bandit:
    """Contextual bandit: the best option is the one whose feature is the state's feature.

    Options come in random order, so that only their features tell which one is right.
    """

    def __init__(self, seed: int, arms: int = 6, steps: int = 8) -> None:
        self.generator = np.random.default_rng(seed)
        self.arms = arms
        self.steps = steps

    def decisions(self, count: int) -> tuple[DecisionBatch, NDArray[np.int64]]:
        """Decisions and the position of the right option of each."""
        context = self.generator.integers(0, self.arms, count)
        order = np.argsort(self.generator.random((count, self.arms)), axis=1)
        ones = np.ones(count * self.arms, dtype=np.float32)
        batch = DecisionBatch(
            state_indices=context.astype(np.int32),
            state_values=ones[:count],
            state_offsets=np.arange(count + 1, dtype=np.int64),
            option_indices=order.astype(np.int32).ravel(),
            option_values=ones,
            option_offsets=np.arange(count * self.arms + 1, dtype=np.int64),
            decision_offsets=np.arange(count + 1, dtype=np.int64) * self.arms,
            kinds=np.zeros(count, dtype=np.int8),
        )
        return batch, np.argmax(order == context[:, None], axis=1)

    def play(self, policy: Policy, games: int, update: int = 0) -> list[Rollout]:
        """Rollouts of a policy: reward 1 for each right choice."""
        return list(self._play(policy, games, update))

    def _play(self, policy: Policy, games: int, update: int) -> Iterator[Rollout]:
        for number in range(games):
            batch, right = self.decisions(self.steps)
            choice = policy.choose(batch)
            rewards = (choice.actions == right).astype(np.float32)
            yield make_rollout(
                batch,
                choice.actions,
                choice.log_probs,
                choice.values,
                rewards,
                identity=some_identity(update, f"{update}-{number}"),
            )

    def accuracy(self, policy: Policy, count: int = 500) -> float:
        """Share of right greedy choices."""
        batch, right = self.decisions(count)
        return float((policy.choose(batch, greedy=True).actions == right).mean())


def with_update(rollouts: Sequence[Rollout], update: int) -> list[Rollout]:
    """The same rollouts, said to be played by another update's policy."""
    return [replace(r, identity=replace(r.identity, update=update)) for r in rollouts]
