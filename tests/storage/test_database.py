"""The stats database: derived from facts, incremental equals rebuilt, read-only for people."""

import subprocess
import sys
from datetime import UTC, datetime

import duckdb
import pytest

from ascension.records import EvaluationGame
from storage import Store, checkpoints, database, facts
from storage.errors import DatabaseLocked, DatabaseMissing, InvalidQuery, TrainerBusy
from storage.locks import exclusive
from tests.storage import samples


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path)


def evaluation(policy, floors, victory=False):
    return [
        EvaluationGame(
            run="eval-1",
            policy=policy,
            checkpoint_id="c",
            position=position,
            seeds_hash="s",
            rules_version="r1",
            layout_version="l1",
            timestamp=datetime(2026, 1, 2, tzinfo=UTC),
            game=samples.game(seed=position, final_floor=floor, final_act=1 + (floor > 17)),
        )
        for position, floor in enumerate(floors)
    ]


def fill(store):
    games = [samples.rollout(n, update=n // 2) for n in range(4)]
    facts.append_games(store, [(r.identity, r.game) for r in games])
    facts.append_update(store, samples.update(1), "c1")
    facts.append_cloning(store, "main", [samples.epoch(1), samples.epoch(2)])
    facts.append_evaluation(
        store, "main", evaluation("ppo", [10, 20]), update=1, games_collected=4, reason="test"
    )
    checkpoints.commit(store, samples.checkpoint(1, consumed=("a",)))


def test_training_stats_has_the_original_columns_with_games_and_updates(store):
    fill(store)
    database.refresh(store)
    rows = database.query(store, "select * from training_stats order by worker, game").dicts()
    assert [row["worker"] for row in rows] == ["trainer", "w1", "w1", "w1", "w1"]
    assert rows[0]["auto_tune_action"] == "healthy:bc_slow_down"
    assert rows[1]["elites_fought_act1"] == 1
    assert rows[1]["final_floor"] == 16


def test_every_view_answers_on_an_empty_project(store):
    database.refresh(store)
    for name in database.view_names():
        assert database.query(store, f"select * from {name}").rows == ()


def test_every_view_answers_on_a_filled_project(store):
    fill(store)
    database.refresh(store)
    for name in database.view_names():
        database.query(store, f"select * from {name}")


def test_the_evaluation_summary_counts_by_hand(store):
    fill(store)
    database.refresh(store)
    (row,) = database.query(store, "select * from evaluation_summary").dicts()
    assert (row["games"], row["average_floor"], row["best_floor"]) == (2, 15.0, 20)
    assert (row["act2_reach_rate"], row["floor20_rate"], row["win_rate"]) == (0.5, 0.5, 0.0)
    assert (row["elite_fights"], row["elite_wins"]) == (2, 2)


def test_an_evaluation_comes_back_with_its_fights(store):
    games = evaluation("ppo", [10, 20])
    evaluation_id = facts.append_evaluation(
        store, "main", games, update=1, games_collected=4, reason="test"
    )
    assert facts.read_evaluation(store, "main", evaluation_id) == games
    assert facts.evaluation_ids(store, "main") == [evaluation_id]
    assert facts.read_evaluation(store, "main", "unknown") == []


def test_a_repeated_evaluation_replaces_itself(store):
    for _ in range(2):
        facts.append_evaluation(
            store, "main", evaluation("ppo", [9, 9]), update=1, games_collected=4, reason="again"
        )
        database.refresh(store)
    assert database.query(store, "select count(*) from eval_stats").rows == ((2,),)


def test_incremental_and_rebuilt_are_equal(store):
    fill(store)
    database.refresh(store)
    facts.append_update(store, samples.update(2), "c2")
    facts.append_evaluation(
        store, "main", evaluation("ppo", [30, 31]), update=1, games_collected=8, reason="changed"
    )
    database.refresh(store)
    names = [*database.view_names(), "checkpoints"]
    incremental = {name: sorted(map(str, rows_of(store, name))) for name in names}
    database.refresh(store, rebuild=True)
    assert {name: sorted(map(str, rows_of(store, name))) for name in names} == incremental


def rows_of(store, name):
    return database.query(store, f"select * from {name}").rows


def test_a_refresh_reads_only_new_files(store):
    fill(store)
    assert database.refresh(store) == 6
    assert database.refresh(store) == 0


def test_games_are_counted_without_opening_a_file(store):
    fill(store)
    for path in facts.files(store, "games"):
        path.write_bytes(b"")
    assert facts.count(store, "games", "main") == 4


def test_a_missing_database_says_what_to_run(store):
    with pytest.raises(DatabaseMissing, match="ascension local"):
        database.query(store, "select 1")


@pytest.mark.parametrize(
    "sql",
    [
        "delete from games",
        "create table x (a int)",
        "copy games to 'stolen.csv'",
        "select * from read_text('/etc/passwd')",
        "selekt 1",
    ],
)
def test_queries_can_neither_write_nor_read_other_files(store, sql):
    fill(store)
    database.refresh(store)
    with pytest.raises(InvalidQuery, match="refused the query"):
        database.query(store, sql)
    assert database.query(store, "select count(*) from games").rows == ((4,),)


def test_a_database_open_for_writing_elsewhere_is_named(store, monkeypatch):
    fill(store)
    database.refresh(store)
    monkeypatch.setattr(database, "LOCK_RETRIES", 2)
    monkeypatch.setattr(database, "LOCK_RETRY_SECONDS", 0.0)
    code = (
        "import duckdb, sys\n"
        f"c = duckdb.connect({str(store.database)!r})\n"
        "print('open', flush=True)\nsys.stdin.read()\n"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code], text=True, **pipes) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(DatabaseLocked, match="close it there"):
            database.query(store, "select 1")
        assert database.refresh(store, rebuild=True) == 6  # the writer's copy is replaced
        assert database.query(store, "select 1").rows == ((1,),)
        other.stdin.close()


def test_two_refreshes_at_once_do_not_race(store):
    with (
        exclusive(store.lock("database"), "a test"),
        pytest.raises(TrainerBusy, match="another process"),
    ):
        database.refresh(store)


def test_a_database_of_another_program_is_rebuilt(store):
    fill(store)
    with duckdb.connect(str(store.database)) as other:
        other.execute("create table foreign_table (a int)")
    database.refresh(store)
    assert database.query(store, "select count(*) from games").rows == ((4,),)
