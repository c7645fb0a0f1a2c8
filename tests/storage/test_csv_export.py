"""CSV files: the original's columns in its order, one line per row."""

import csv

import pytest

from storage import Store, csv_export, database, facts
from tests.storage import samples
from tests.storage.test_views import evaluated_games, training_games


@pytest.fixture
def written(tmp_path):
    store = Store(tmp_path / "data")
    facts.append_games(store, training_games())
    facts.append_update(store, samples.update(1), "c1")
    games = evaluated_games("ppo", (12, 51))
    facts.append_evaluation(store, "main", games, update=1, games_collected=4, reason="test")
    database.refresh(store)
    return csv_export.export(store, "main", tmp_path / "export")


def read(written, name):
    (path,) = [path for path in written if path.name == name]
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_training_stats_has_the_original_51_columns_and_one_line_per_game_and_update(written):
    rows = read(written, "training_stats.csv")
    assert len(rows) == 5
    names = list(rows[0])
    assert len(names) == 51
    assert names[:4] == ["timestamp", "game", "total_updates", "steps"]
    assert names[-2:] == ["batch_model_updates", "batch_checkpoint_ids"]
    assert [row["final_floor"] for row in rows if row["worker"] != "trainer"] == [
        "10",
        "20",
        "16",
        "51",
    ]


def test_fight_stats_knows_the_game_and_the_worker_of_each_fight(written):
    rows = read(written, "fight_stats.csv")
    training = [row for row in rows if row["source"] == "training"]
    assert (
        list(rows[0])[:8] == "timestamp source worker game floor act fight_type room_type".split()
    )
    assert {(row["worker"], row["game"]) for row in training} == {
        ("w1", str(n)) for n in (1, 2, 3, 4)
    }
    assert sum(row["won"] == "1" for row in training) == 5
    assert {row["worker"] for row in rows if row["source"] == "evaluation"} == {"evaluation"}


def test_fight_detail_has_what_a_fight_cost(written):
    rows = read(written, "fight_detail.csv")
    assert list(rows[0])[-5:] == ["turns", "steps", "damage_taken", "max_hit", "block_gained"]
    assert len(rows) == 11


def test_eval_stats_has_the_original_29_columns(written):
    rows = read(written, "eval_stats.csv")
    assert len(rows[0]) == 29
    assert [(row["seed"], row["final_floor"], row["victory"]) for row in rows] == [
        ("100", "12", "0"),
        ("101", "51", "1"),
    ]


def test_an_empty_project_gives_files_with_their_heads(tmp_path):
    store = Store(tmp_path / "data")
    database.refresh(store)
    written = csv_export.export(store, "main", tmp_path)
    assert set(written.values()) == {0}
    assert (tmp_path / "eval_stats.csv").read_text().startswith("timestamp,run,policy,model,seed")
