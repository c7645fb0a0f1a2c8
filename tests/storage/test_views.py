"""Every documented view against rows computed by hand."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ascension.records import EvaluationGame
from storage import Store, checkpoints, database, facts, sql_docs
from storage.fresh import refuse
from tests.storage import samples

START = datetime(2026, 1, 1, tzinfo=UTC)
BOSS = samples.fight(
    floor=16,
    fight_type="boss",
    room_type="boss",
    encounter="hexaghost",
    won=False,
    damage_taken=60,
    max_hit=36,
    turns=8,
)
# floor, act, outcome, fights of the four training games; two before update 1, two after it
GAMES = [
    (10, 1, "death", (samples.fight(won=False, damage_taken=80, max_hit=30, turns=2),)),
    (20, 2, "death", (samples.fight(), replace(BOSS, won=True))),
    (16, 1, "death", (samples.fight(), BOSS)),
    (51, 3, "victory", (samples.fight(damage_taken=10), replace(BOSS, won=True))),
]
# policy: floors of three seeds; 51 is a victory in act 3, from 18 on it is act 2
EVALUATED = {"teacher": (10, 20, 51), "ppo": (12, 20, 34)}


def training_games():
    found = []
    for number, (floor, act, outcome, fights) in enumerate(GAMES):
        game = samples.game(
            seed=7 if number < 2 else number,
            final_floor=floor,
            final_act=act,
            outcome=outcome,
            total_reward=floor / 10,
            reward_by_term={"floor": floor / 10, "dead": 0.0},
            fights=fights,
        )
        made = samples.rollout(number, update=number // 2)
        found.append((replace(made.identity, checkpoint_id=f"c{number // 2}"), game))
    return found


def evaluated_games(policy, floors, evaluation="games-00000004"):
    return [
        EvaluationGame(
            run=evaluation,
            policy=policy,
            checkpoint_id="" if policy == "teacher" else "c1",
            position=position,
            seeds_hash="s",
            rules_version="r1",
            layout_version="l1",
            timestamp=START,
            game=samples.game(
                seed=100 + position,
                final_floor=floor,
                final_act=1 + (floor >= 18) + (floor >= 35),
                outcome="victory" if floor == 51 else "death",
                total_reward=floor / 10,
                fights=(samples.fight(), replace(BOSS, won=floor > 16)),
            ),
        )
        for position, floor in enumerate(floors)
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("views"))
    games = training_games()
    facts.append_games(store, games)
    for policy, floors in EVALUATED.items():
        facts.append_evaluation(
            store,
            "main",
            evaluated_games(policy, floors),
            update=int(policy == "ppo"),
            games_collected=4,
            reason="test",
        )
    kinds = {"combat": 0.4, "map": 0.8}
    for number in (1, 2):
        changes = {"approx_kl": 0.01 * number, "entropy_by_kind": kinds, "update_seconds": 2.0}
        facts.append_update(store, samples.update(number, **changes), f"c{number}")
    facts.append_cloning(store, "main", [samples.epoch(1), samples.epoch(2)])
    _checkpoints(store, [identity.rollout_id for identity, _ in games])
    _beats_and_rejections(store)
    database.refresh(store)
    return store


def _checkpoints(store, ids):
    checkpoints.commit(store, samples.checkpoint(0))
    checkpoints.commit(store, samples.checkpoint(1, consumed=ids[:2]))
    checkpoints.commit(store, samples.checkpoint(2, consumed=ids[2:]))


def _beats_and_rejections(store):
    row = {"run": "main", "role": "collector", "model_update": 1, "message": ""}
    for worker, second, speed in (("a", 0, 100.0), ("a", 30, 300.0), ("b", 10, 50.0)):
        at = START + timedelta(seconds=second)
        beat = row | {"worker": worker, "timestamp": at, "decisions_per_second": speed}
        facts.append(store, "beats", "main", [beat | {"games": second}])
    for number, reason in enumerate(("stale: lag 5 > 4", "stale: lag 6 > 4", "corrupt: cut off")):
        path = store.rollouts("main") / "update=000000" / "worker=w" / f"r{number}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
        refuse(store, "main", path, reason, None, 5 + number)


@pytest.fixture
def ask(store):
    """Rows of a query as tuples."""
    return lambda sql: list(database.query(store, sql).rows)


def test_training_stats_holds_games_and_updates(ask):
    rows = ask("select worker, game, final_floor, approx_kl from training_stats order by 1, 2")
    assert rows == [
        ("trainer", 8, None, 0.01),
        ("trainer", 16, None, 0.02),
        ("w1", 1, 10, None),
        ("w1", 2, 20, None),
        ("w1", 3, 16, None),
        ("w1", 4, 51, None),
    ]


def test_fight_stats_and_fight_detail_hold_every_elite_and_boss_fight(ask):
    expected = [("evaluation", 12), ("training", 7)]
    for view in ("fight_stats", "fight_detail"):
        sql = f"select source, count(*) from {view} group by source order by source"
        assert ask(sql) == expected


def test_eval_stats_numbers_the_seeds_from_one(ask):
    rows = ask("select policy, game, seed, final_floor from eval_stats order by policy, game")
    assert rows[:3] == [("ppo", 1, 100, 12), ("ppo", 2, 101, 20), ("ppo", 3, 102, 34)]


def test_evaluation_summary_counts_floors_and_fights(ask):
    rows = ask(
        "select policy, games, average_floor, best_floor, round(act2_reach_rate, 4), elite_wins, "
        "boss_fights, boss_wins from evaluation_summary order by policy"
    )
    assert rows == [
        ("ppo", 3, 22.0, 34, 0.6667, 3, 3, 2),
        ("teacher", 3, 27.0, 51, 0.6667, 3, 3, 2),
    ]


def test_floors_by_checkpoint_averages_the_games_of_each(ask):
    rows = ask("select model_update, games, average_floor, win_rate from floors_by_checkpoint")
    assert rows == [(0, 2, 15.0, 0.0), (1, 2, 33.5, 0.5)]


def test_deaths_by_floor_leaves_out_victories(ask):
    rows = ask("select model_update, act, floor, deaths from deaths_by_floor")
    assert rows == [(0, 1, 10, 1), (0, 2, 20, 1), (1, 1, 16, 1)]


def test_fight_win_rates_count_by_enemy_and_act(ask):
    rows = ask(
        "select encounter, act, fights, win_rate, average_damage, max_hit, average_turns, deaths "
        "from fight_win_rates where source = 'training' order by encounter"
    )
    assert rows == [
        ("gremlin_nob", 1, 4, 0.75, 32.5, 30, 3.5, 1),
        ("hexaghost", 1, 3, 2 / 3, 60.0, 36, 8.0, 1),
    ]


def test_tuner_actions_and_rollout_lag_have_a_row_per_update(ask):
    assert ask("select total_updates, auto_tune_action, approx_kl from tuner_actions") == [
        (1, "healthy:bc_slow_down", 0.01),
        (2, "healthy:bc_slow_down", 0.02),
    ]
    assert ask("select total_updates, games, mean_lag, max_lag from rollout_lag") == [
        (1, 8, 0.5, 0),
        (2, 8, 0.5, 0),
    ]


def test_bc_train_stats_has_a_row_per_epoch(ask):
    assert ask("select epoch, train_acc from bc_train_stats") == [(1, 0.8), (2, 0.8)]


def test_paired_evaluation_puts_the_same_seeds_side_by_side(ask):
    rows = ask(
        "select seed, floor, baseline_floor, floor_difference, victory, baseline_victory "
        "from paired_evaluation where policy = 'ppo' and baseline = 'teacher'"
    )
    assert rows == [
        (100, 12, 10, 2, False, False),
        (101, 20, 20, 0, False, False),
        (102, 34, 51, -17, False, True),
    ]


def test_paired_summary_counts_what_mcnemar_needs(ask):
    rows = ask(
        "select policy, baseline, games, floor_difference, better, worse, wins_both, "
        "wins_only_policy, wins_only_baseline, wins_neither from paired_summary"
    )
    assert rows == [("ppo", "teacher", 3, -5.0, 1, 1, 0, 0, 1, 2)]


def test_floor_survival_is_the_share_that_reached_a_floor(ask):
    sql = "select floor, reached, games from floor_survival where policy = 'ppo' and floor in "
    assert ask(sql + "(1, 12, 13, 34, 35, 57)") == [
        (1, 3, 3),
        (12, 3, 3),
        (13, 2, 3),
        (34, 1, 3),
        (35, 0, 3),
        (57, 0, 3),
    ]


def test_act_reach_counts_acts_and_victories(ask):
    sql = "select stage, reached, games from act_reach where policy = 'teacher'"
    assert ask(sql) == [("act 2", 2, 3), ("act 3", 1, 3), ("victory", 1, 3)]


def test_fight_conversion_counts_elites_and_bosses_by_act(ask):
    sql = "select policy, act, fight_type, won, fought from fight_conversion"
    assert ask(sql) == [
        ("ppo", 1, "boss", 2, 3),
        ("ppo", 1, "elite", 3, 3),
        ("teacher", 1, "boss", 2, 3),
        ("teacher", 1, "elite", 3, 3),
    ]


def test_training_curve_keeps_the_order_of_the_games(ask):
    sql = "select first_game, last_game, games, average_floor, win_rate from training_curve"
    assert ask(sql) == [
        (1, 1, 1, 10.0, 0.0),
        (2, 2, 1, 20.0, 0.0),
        (3, 3, 1, 16.0, 0.0),
        (4, 4, 1, 51.0, 1.0),
    ]


def test_reward_curve_has_a_row_per_group_and_term(ask):
    rows = ask("select last_game, term, average_reward from reward_curve where term = 'floor'")
    assert rows == [(1, "floor", 1.0), (2, "floor", 2.0), (3, "floor", 1.6), (4, "floor", 5.1)]


def test_update_curve_and_entropy_by_kind_summarise_the_updates(ask):
    sql = "select first_update, last_update, kl, kl_max, transitions_per_second from update_curve"
    assert ask(sql) == [(1, 1, 0.01, 0.01, 80.0), (2, 2, 0.02, 0.02, 80.0)]
    rows = ask("select last_update, kind, normalized_entropy from entropy_by_kind")
    assert rows == [(1, "combat", 0.4), (1, "map", 0.8), (2, "combat", 0.4), (2, "map", 0.8)]


def test_fight_progress_splits_the_run_in_quarters(ask):
    rows = ask("select quarter, won, fights from fight_progress where encounter = 'gremlin_nob'")
    assert rows == [(1, 0, 1), (2, 1, 1), (3, 1, 1), (4, 1, 1)]


def test_reward_health_finds_dead_terms_and_shares(ask):
    rows = ask("select term, nonzero_games, games, share from reward_health")
    assert rows == [("dead", 0, 4, 0.0), ("floor", 4, 4, 1.0)]


def test_duplicate_seeds_names_the_seed_that_was_played_twice(ask):
    assert ask("select source, seed, games from duplicate_seeds") == [("training", 7, 2)]


def test_rejections_by_reason_counts_what_stands_before_the_colon(ask):
    rows = ask("select reason, rollouts, average_lag from rejections_by_reason")
    assert rows == [("stale", 2, 5.5), ("corrupt", 1, 7.0)]


def test_worker_beats_shows_the_newest_sign_of_life(ask):
    rows = ask("select worker, beats, games, decisions_per_second from worker_beats order by 1")
    assert rows == [("a", 2, 30, 300.0), ("b", 1, 10, 50.0)]


def test_throughput_adds_up_the_workers_of_a_minute(ask):
    assert ask("select workers, decisions_per_second from throughput") == [(2, 250.0)]


def test_consumed_rollouts_joins_games_to_checkpoints(ask):
    rows = ask(
        "select model_update, played_by_update, lag, final_floor from consumed_rollouts "
        "order by model_update, final_floor"
    )
    assert rows == [(1, 0, 0, 10), (1, 0, 0, 20), (2, 1, 0, 16), (2, 1, 0, 51)]


def test_lineage_leads_from_a_result_to_rules_and_settings(store):
    checkpoint_id = str(checkpoints.read_metadata(store, "main", 1)["checkpoint_id"])
    sql = "select policy, checkpoint_id, rules_version, seeds_hash, rollouts_in_all from lineage"
    rows = database.query(store, sql).rows
    assert rows == (("ppo", "c1", "r1", "s", None), ("teacher", "", "r1", "s", None))
    assert checkpoint_id != "c1"  # an evaluation of weights that are not there has no parent


def test_every_view_has_a_test_here():
    source = Path(__file__).read_text(encoding="utf-8")
    elsewhere = {"promotion_history", "best_of_run"}  # tests/flows/test_promotions.py
    missing = [name for name in database.view_names() if name not in source]
    assert set(missing) <= elsewhere


def test_the_documentation_is_up_to_date():
    root = Path(__file__).parents[2]
    written = (root / sql_docs.TARGET).read_text(encoding="utf-8")
    assert written == sql_docs.render(), "run python -m storage.sql_docs"


def test_every_view_and_table_is_described_and_every_example_runs(store):
    for name in database.view_names():
        about, example = sql_docs.comment_of(name)
        assert about.endswith("."), name
        if example:
            database.query(store, example)


def test_the_documentation_prints_without_a_database():
    command = [sys.executable, "-m", "storage.sql_docs", "--print"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert printed.stdout.startswith("# Ask the stats database")
