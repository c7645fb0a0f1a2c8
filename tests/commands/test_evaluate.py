"""`ascension evaluate` and `ascension checkpoint`: what they print for people and for programs."""

import json

import pytest
from typer.testing import CliRunner

from commands.main import app
from flows import policies
from tests.flows.projects import started_project


@pytest.fixture
def ascension(tmp_path, monkeypatch):
    """Runs a command on a small started project; returns exit code and standard output."""
    started_project(tmp_path / "data")
    monkeypatch.setattr(policies, "best_folder", lambda: tmp_path / "best")
    monkeypatch.setenv("ASCENSION_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, result.stdout

    return call


def test_one_policy_gives_its_summary_and_a_row_for_every_seed_of_any_file(ascension, tmp_path):
    (tmp_path / "seeds.txt").write_text("11\n-12\n13 # three\n")
    arguments = ["--policy", "newest", "--seeds", "seeds.txt", "--acts", "1", "--json"]
    code, said = ascension("evaluate", *arguments)
    answer = json.loads(said)
    assert code == 0
    assert [row["seed"] for row in answer["rows"]] == [11, -12, 13]
    summary = answer["summary"]
    assert summary["games"] == 3
    assert summary["mean_floor_low"] <= summary["mean_floor"] <= summary["mean_floor_high"]
    assert summary["win_rate_low"] <= summary["win_rate"] <= summary["win_rate_high"]
    assert summary["mean_floor"] == pytest.approx(sum(r["floor"] for r in answer["rows"]) / 3)
    assert json.loads(ascension("evaluate", *arguments)[1]) == answer


def test_several_policies_are_compared_pair_by_pair(ascension):
    code, said = ascension(
        "evaluate", "--policy", "teacher", "--policy", "cloned", "--games", "3", "--acts", "1",
        "--json",
    )  # fmt: skip
    answer = json.loads(said)
    assert code == 0
    assert [line["policy"] for line in answer["evaluation"]] == ["teacher", "cloned"]
    (pair,) = answer["comparison"]
    assert (pair["first"], pair["second"], pair["games"]) == ("teacher", "cloned", 3)
    assert {"floor_difference", "floor_verdict", "mcnemar_p", "required_games"} <= set(pair)
    assert len(answer["rows"]) == 6


def test_people_get_tables(ascension):
    code, said = ascension(
        "evaluate", "--policy", "random", "--policy", "newest", "--games", "2", "--acts", "1"
    )
    assert code == 0
    assert "Fixed seeds, greedy" in said and "Paired by seed" in said


def test_a_checkpoint_is_listed_shipped_and_played_as_best(ascension):
    listed = json.loads(ascension("checkpoint", "list", "--json")[1])
    (known,) = listed["checkpoints"]
    code, said = ascension("checkpoint", "ship", "newest", "--json")
    assert code == 0
    assert json.loads(said)["checkpoint_id"] == known["checkpoint"]
    arguments = ["--policy", "best", "--games", "1", "--acts", "1", "--json"]
    code, said = ascension("evaluate", *arguments)
    assert code == 0
    assert json.loads(said)["summary"]["checkpoint_id"] == known["checkpoint"]


def test_shipping_in_an_unknown_precision_is_refused(ascension):
    assert ascension("checkpoint", "ship", "newest", "--precision", "int8")[0] == 1


def test_an_evaluation_becomes_an_experiment_with_its_report(ascension, tmp_path):
    folder = tmp_path / "experiments"
    code, said = ascension(
        *("evaluate", "--policy", "teacher", "--policy", "cloned", "--games", "3", "--acts", "1"),
        *("--workers", "1", "--report", "everybody", "--reports", str(folder)),
    )
    assert code == 0, said
    (entry,) = json.loads((folder / "index.json").read_text())["runs"]
    text = (folder / entry["report"]).read_text()
    assert entry["report"] == "001_everybody.md"
    assert "ascension evaluate --policy teacher --policy cloned --games 3" in text
    assert [row["policy"] for row in entry["evaluation"]] == ["teacher", "cloned"]
    assert "Training outcome" not in text
