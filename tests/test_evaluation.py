"""Statistics against known values, comparisons that refuse what cannot be compared."""

import math
import random
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from ascension.evaluation import (
    DifferentRules,
    DifferentSeeds,
    DuplicateSeeds,
    EvaluationError,
    MalformedSeeds,
    compare,
    parse_seeds,
    read_seeds,
    seeds_hash,
    summarize,
)
from ascension.records import EvaluationGame
from ascension.statistics import (
    Interval,
    NoPairs,
    bootstrap_mean,
    mcnemar,
    paired_difference,
    required_games,
    required_games_for_rate,
    verdict_of,
    wilson,
)
from tests.learning.batches import some_game


def row(seed, floor=12, victory=False, policy="p", rules="r1"):
    outcome = "victory" if victory else "death"
    return EvaluationGame(
        run="e1",
        policy=policy,
        checkpoint_id="",
        position=0,
        seeds_hash="s",
        rules_version=rules,
        layout_version="l1",
        timestamp=datetime(2026, 1, 1, tzinfo=UTC),
        game=replace(some_game(seed, floor, outcome), final_act=1 + floor // 17),
    )


# --- seeds


def test_the_built_in_seeds_are_the_originals():
    generator, expected = random.Random(20260506), []
    while len(expected) < 200:
        seed = generator.randrange(1, 2**31 - 1)
        if seed not in expected:
            expected.append(seed)
    assert list(read_seeds()) == expected


def test_seeds_files_may_have_comments_but_no_duplicates_or_words(tmp_path):
    path = tmp_path / "seeds.txt"
    path.write_text("# header\n5\n\n-7  # a comment\n")
    assert read_seeds(path) == (5, -7)
    with pytest.raises(DuplicateSeeds, match="5"):
        parse_seeds("5\n6\n5\n")
    with pytest.raises(MalformedSeeds, match="line 2"):
        parse_seeds("5\nfive\n")


def test_the_hash_of_seeds_knows_their_order():
    assert seeds_hash([1, 2]) == seeds_hash((1, 2)) != seeds_hash([2, 1])


# --- statistics


def test_wilson_matches_published_numbers():
    # 9 of 150 and 10 of 50, as quoted for other agents: 3.2 to 11.0 % and 11 to 33 %.
    assert wilson(9, 150) == pytest.approx((0.06, 0.0319, 0.1102), abs=5e-4)
    assert wilson(10, 50) == pytest.approx((0.2, 0.1124, 0.3304), abs=5e-4)
    assert wilson(0, 0).low == 0.0 and wilson(0, 0).high == 1.0


def test_the_bootstrap_agrees_with_the_normal_interval_and_repeats():
    values = np.random.default_rng(0).normal(10, 3, 400)
    interval = bootstrap_mean(values)
    half = 1.96 * values.std() / 20
    assert interval == pytest.approx((values.mean(), *(values.mean() + [-half, half])), abs=0.03)
    assert interval == bootstrap_mean(values)
    assert bootstrap_mean([4.0, 4.0]) == Interval(4.0, 4.0, 4.0)
    assert math.isnan(bootstrap_mean([]).estimate)


def test_pairing_sees_what_two_means_would_not():
    generator = np.random.default_rng(1)
    first = generator.normal(20, 10, 100)
    second = first + generator.normal(1, 1, 100)
    assert verdict_of(paired_difference(first, second)) == "separated"
    assert bootstrap_mean(first).high > bootstrap_mean(second).low
    with pytest.raises(NoPairs):
        paired_difference([1.0], [1.0, 2.0])


def test_mcnemar_is_a_coin_on_the_discordant_pairs():
    first = [True] * 9 + [False] * 3 + [True] * 50
    second = [False] * 9 + [True] * 3 + [True] * 50
    test = mcnemar(first, second)
    assert (test.only_first, test.only_second) == (9, 3)
    assert test.p_value == pytest.approx(2 * sum(math.comb(12, k) for k in range(4)) / 2**12)
    assert mcnemar([True], [True]).p_value == 1.0


def test_required_games_follow_the_textbook():
    assert required_games(10.0, 1.0) == math.ceil((1.959964 + 0.841621) ** 2 * 100)
    assert required_games_for_rate(0.10, 0.05) == pytest.approx(683, abs=2)
    with pytest.raises(ValueError, match="difference of 0"):
        required_games(1.0, 0.0)


def test_an_interval_that_touches_zero_is_not_separated():
    assert verdict_of(Interval(1.0, 0.0, 2.0)) == "not separated"
    assert verdict_of(Interval(-1.0, -2.0, -0.1)) == "separated"


# --- summaries and comparisons


def test_a_summary_counts_acts_floors_and_wins():
    summary = summarize([row(1, 12), row(2, 25), row(3, 51, victory=True)])
    assert summary.games == 3
    assert summary.floor.estimate == pytest.approx(88 / 3)
    assert summary.win_rate.estimate == pytest.approx(1 / 3)
    assert summary.act2_rate.estimate == summary.floor20_rate.estimate == pytest.approx(2 / 3)
    assert (summary.best_floor, summary.elites_fought) == (51, 3)


def test_a_comparison_pairs_by_seed_whatever_the_order():
    first = [row(seed, 10 + seed, policy="a") for seed in range(30)]
    second = [row(seed, 12 + seed + seed % 2, policy="b") for seed in reversed(range(30))]
    found = compare(first, second)
    assert found.floor.estimate == pytest.approx(2.5)
    assert (found.floor_verdict, found.wins_verdict) == ("separated", "not separated")
    assert (found.better, found.worse, found.games) == (30, 0, 30)
    assert 2 <= found.required_games < 30


def test_the_same_games_are_not_separated():
    rows = [row(seed, 10 + seed % 5) for seed in range(30)]
    found = compare(rows, rows)
    assert found.floor == Interval(0.0, 0.0, 0.0)
    assert (found.floor_verdict, found.required_games) == ("not separated", 0)


def test_what_cannot_be_compared_is_refused():
    rows = [row(1), row(2)]
    with pytest.raises(DuplicateSeeds):
        compare([row(1), row(1)], rows)
    with pytest.raises(DifferentSeeds, match="2 seeds"):
        compare(rows, [row(1), row(3)])
    with pytest.raises(DifferentRules, match="r2"):
        compare(rows, [row(1, rules="r2"), row(2, rules="r2")])
    with pytest.raises(DifferentRules, match="ascension"):
        high = [replace(r, game=replace(r.game, ascension=20)) for r in rows]
        compare(rows, high)
    with pytest.raises(EvaluationError, match="without games"):
        summarize([])
