"""Playing and tracing, on a toy that numbers its decisions: nothing is lost, mixed up or biased."""

from typing import NamedTuple

import numpy as np

from ascension.agents.playing import Player, Table, play_all
from ascension.agents.policy import Choices, best_options, sample_options
from ascension.agents.random import RandomPolicy
from ascension.agents.trace import Slicer, join_slices
from ascension.environment.batch import DecisionBatch
from tests.learning.batches import random_decisions, some_game


class ToySteps(NamedTuple):
    rewards: np.ndarray
    rewards_by_term: np.ndarray
    dones: np.ndarray
    games: tuple


class Toy:
    """Seed s lasts s decisions; decision t shows (s, t) and choosing option c earns c."""

    reward_terms = ("choice", "ones")

    def __init__(self, slots, seeds):
        self.waiting = list(seeds)
        self.running = {slot: [self.waiting.pop(0), 0] for slot in range(slots) if self.waiting}

    @property
    def slots(self):
        return np.array(sorted(self.running), dtype=np.int64)

    @property
    def seeds(self):
        return [self.running[slot][0] for slot in self.slots]

    @property
    def is_finished(self):
        return not self.running

    def observe(self):
        return DecisionBatch.concatenate([toy_decision(*self.running[s]) for s in self.slots])

    def positions(self):
        raise AssertionError("nobody asked for positions")

    def step(self, choices):
        earned, games = [], []
        for slot, choice in zip(self.slots.tolist(), choices, strict=True):
            state = self.running[slot]
            state[1] += 1
            earned.append([choice, 1.0])
            games.append(some_game(state[0]) if state[1] == state[0] else None)
            if games[-1] is not None:
                self._next(slot)
        by_term = np.array(earned, dtype=np.float32)
        dones = np.array([game is not None for game in games])
        return ToySteps(by_term.sum(axis=1), by_term, dones, tuple(games))

    def _next(self, slot):
        del self.running[slot]
        if self.waiting:
            self.running[slot] = [self.waiting.pop(0), 0]


def toy_decision(seed, step):
    options = 2 + (seed + step) % 3
    return DecisionBatch(
        state_indices=np.array([seed, step], dtype=np.int32),
        state_values=np.ones(2, dtype=np.float32),
        state_offsets=np.array([0, 2], dtype=np.int64),
        option_indices=np.arange(options, dtype=np.int32),
        option_values=np.ones(options, dtype=np.float32),
        option_offsets=np.arange(options + 1, dtype=np.int64),
        decision_offsets=np.array([0, options], dtype=np.int64),
        kinds=np.array([seed % 5], dtype=np.int8),
    )


class Last:
    """Chooses the last option and values a decision by its step."""

    name = "last"
    needs_positions = False

    def choose(self, decisions, positions=(), *, greedy=False):
        actions = (decisions.option_counts() - 1).astype(np.int16)
        steps = decisions.state_indices.reshape(-1, 2)[:, 1].astype(np.float32)
        return Choices(actions, np.zeros(len(actions), dtype=np.float32), steps)


def same(first, second):
    return all(
        np.array_equal(getattr(first, name), getattr(second, name))
        and getattr(first, name).dtype == getattr(second, name).dtype
        for name in DecisionBatch.__slots__
    )


def test_slices_join_to_the_rows_they_were_cut_from():
    batch = random_decisions(np.random.default_rng(0), 12)
    slicer = Slicer(batch)
    rows = [3, 0, 11, 3]
    assert same(join_slices([slicer.cut(row) for row in rows]), batch.take(rows))
    assert len(join_slices([])) == 0


def test_every_seed_is_played_to_its_end_with_its_own_decisions():
    seeds = [3, 1, 7, 2, 5, 4]
    finished = list(play_all(Toy(3, seeds), Player(Last(), update=4, checkpoint_id="c")))
    assert sorted(trace.seed for trace, _ in finished) == sorted(seeds)
    for trace, game in finished:
        assert game.seed == trace.seed == len(trace)
        expected = [toy_decision(trace.seed, step) for step in range(trace.seed)]
        assert same(trace.decisions(), DecisionBatch.concatenate(expected))
        assert trace.actions == [1 + (trace.seed + step) % 3 for step in range(trace.seed)]
        assert trace.values == list(range(trace.seed))
        np.testing.assert_array_equal(np.stack(trace.rewards)[:, 0], trace.actions)
        assert (trace.update, trace.checkpoint_id) == (4, "c")


def test_games_that_are_only_watched_keep_no_transitions():
    finished = list(play_all(Toy(2, [3, 2]), Player(Last()), keeps_traces=False))
    assert [len(trace) for trace, _ in finished] == [0, 0]


def test_a_game_names_the_policy_that_began_it():
    table = Table(Toy(1, [3, 2]))
    finished = []
    for update in range(5):
        finished += table.tick(Player(Last(), update=update))
    assert [(trace.seed, trace.update) for trace, _ in finished] == [(3, 0), (2, 3)]


def test_sampling_is_exact_for_sure_options_and_follows_the_rest():
    offsets = np.array([0, 2, 5, 6])
    probabilities = np.array([0.0, 1.0, 0.5, 0.0, 0.5, 1.0])
    generator = np.random.default_rng(0)
    drawn = np.array([sample_options(probabilities, offsets, generator) for _ in range(4000)])
    assert set(drawn[:, 0]) == {1} and set(drawn[:, 2]) == {0}
    assert set(drawn[:, 1]) == {0, 2}
    assert abs((drawn[:, 1] == 0).mean() - 0.5) < 0.03


def test_the_best_option_is_the_first_of_equals():
    scores = np.array([1.0, 2.0, 2.0, 5.0, -1.0, -1.0], dtype=np.float32)
    assert best_options(scores, np.array([0, 3, 4, 6])).tolist() == [1, 0, 0]


def test_the_random_policy_is_uniform_and_repeats_with_its_seed():
    batch = random_decisions(np.random.default_rng(1), 1).take([0] * 9000)
    count = int(batch.option_counts()[0])
    choices = RandomPolicy(seed=3).choose(batch)
    np.testing.assert_allclose(np.bincount(choices.actions) / 9000, 1 / count, atol=0.02)
    np.testing.assert_allclose(choices.log_probs, -np.log(count), rtol=1e-6)
    np.testing.assert_array_equal(choices.actions, RandomPolicy(seed=3).choose(batch).actions)
