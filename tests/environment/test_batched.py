"""Batched games: the same as single ones, rewards where they belong, no row of a finished game."""

import random

import numpy as np
import pytest

from ascension.environment.batched import BatchedEnvironment
from ascension.environment.layout import OPTION_WIDTH, STATE_WIDTH
from ascension.environment.session import Session
from ascension.game.errors import IllegalAction
from ascension.game.run import DEATH
from tests.environment.play import encode, play_randomly
from tests.environment.test_batch import equal


def choices_for(environment: BatchedEnvironment, chances: dict[int, random.Random]) -> list[int]:
    """Random choices that depend on a game's seed only."""
    counts = environment.observe().option_counts()
    return [
        chances.setdefault(seed, random.Random(seed)).randrange(count)
        for seed, count in zip(environment.seeds, counts.tolist(), strict=True)
    ]


def test_batched_games_equal_single_games() -> None:
    environment = BatchedEnvironment(3, range(7))
    chances: dict[int, random.Random] = {}
    records = {}
    while not environment.is_finished:
        for game in environment.step(choices_for(environment, chances)).games:
            if game is not None:
                records[game.seed] = game
    assert sorted(records) == list(range(7))
    for seed, record in records.items():
        session = Session(seed)
        play_randomly(session, seed)
        assert session.record() == record


def test_an_observation_is_that_of_the_single_games() -> None:
    environment = BatchedEnvironment(4, range(4))
    batch = environment.observe().check(STATE_WIDTH, OPTION_WIDTH)
    for row, seed in enumerate(environment.seeds):
        assert equal(batch.take([row]), encode(Session(seed).game))


def test_every_game_ends_with_one_done_and_its_terminal_reward() -> None:
    environment = BatchedEnvironment(2, range(5))
    chances: dict[int, random.Random] = {}
    earned = dict.fromkeys(range(5), 0.0)
    done = []
    while not environment.is_finished:
        seeds = environment.seeds
        steps = environment.step(choices_for(environment, chances))
        for row, seed in enumerate(seeds):
            earned[seed] += float(steps.rewards[row])
            if steps.dones[row]:
                game = steps.games[row]
                assert game is not None
                done.append(seed)
                assert earned[seed] == pytest.approx(game.total_reward, abs=1e-4)
                # Floors, and the hp potential that the start began with.
                assert game.total_reward == pytest.approx(0.1 * game.final_floor - 0.2, abs=1e-6)
    assert sorted(done) == list(range(5))


def test_rewards_of_automatic_steps_belong_to_the_decision_before_them() -> None:
    session = Session(1)
    chance = random.Random(1)
    before = session.standing
    while not session.is_over:
        earned = session.choose(chance.randrange(len(session.options)))
        after = session.standing
        hp_after = 0 if after.outcome == DEATH else after.hp
        assert earned[0] == pytest.approx(0.1 * (after.floor - before.floor))
        assert earned[2] == pytest.approx(0.2 * (hp_after - before.hp) / 80)
        before = after


def test_slots_fall_silent_when_the_seeds_run_out() -> None:
    environment = BatchedEnvironment(4, range(2))
    assert environment.slots.tolist() == [0, 1]
    assert len(environment.observe()) == 2


def test_the_wrong_number_of_choices_is_refused() -> None:
    environment = BatchedEnvironment(2, range(2))
    with pytest.raises(ValueError, match="1 choices for 2 games"):
        environment.step([0])


def test_the_terms_of_a_reward_sum_to_it() -> None:
    environment = BatchedEnvironment(2, range(2), reward="original")
    chances: dict[int, random.Random] = {}
    for _ in range(50):
        steps = environment.step(choices_for(environment, chances))
        assert np.allclose(steps.rewards, steps.rewards_by_term.sum(axis=1))
    assert steps.rewards_by_term.shape[1] == len(environment.reward_terms)


def test_fights_are_recorded_with_hp_before_and_after() -> None:
    session = Session(5)
    play_randomly(session, 5)
    record = session.record()
    assert record.outcome == "death"
    assert record.fights[-1].ended_by == "terminal"
    assert not record.fights[-1].won
    for fight in record.fights:
        assert fight.hp_before >= fight.hp_after - 30
        assert fight.turns >= 1
        assert fight.damage_taken >= fight.max_hit


@pytest.mark.parametrize(("choices", "told"), [([0, -1], "choice -1"), ([0, 99], "choice 99")])
def test_a_choice_without_an_option_is_refused_and_no_game_moves(
    choices: list[int], told: str
) -> None:
    environment = BatchedEnvironment(2, [1, 2])
    before = environment.observe().copy()
    with pytest.raises(IllegalAction, match=told):
        environment.step(choices)
    assert equal(environment.observe(), before)


def test_choices_that_are_no_whole_numbers_are_refused() -> None:
    with pytest.raises(IllegalAction, match="whole numbers"):
        BatchedEnvironment(2, [1, 2]).step(np.array([0.0, 1.0]))
