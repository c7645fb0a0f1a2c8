"""`ascension status`, `export` and `report` on runs in every state."""

import json

import pytest
from typer.testing import CliRunner

from commands.main import app
from storage import facts
from tests.dashboards.projects import made_up_evaluation, made_up_games
from tests.flows.projects import started_project
from tests.storage import samples


@pytest.fixture
def ascension(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASCENSION_DATA", raising=False)

    def call(*arguments):
        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, " ".join(result.output.split())

    return call


@pytest.fixture
def project(tmp_path):
    return started_project(tmp_path / "data")


def test_status_of_an_empty_folder_says_what_to_run_and_writes_nothing(ascension, tmp_path):
    code, said = ascension("status")
    assert code == 0
    assert "none yet: run `ascension local`" in said
    assert not (tmp_path / "data").exists()


def test_status_of_a_run_shows_checkpoint_update_evaluation_and_problems(ascension, project):
    made_up_games(project.store, 10)
    facts.append_update(project.store, samples.update(1), "c1")
    made_up_evaluation(project.store, games=10, seeds=9)
    code, said = ascension("status")
    assert code == 0
    assert "update 0" in said
    assert "10 played, 0 rollouts wait" in said
    assert "ppo 1" in said and "n = 9" in said
    assert "Versions" not in said


def test_status_as_json_has_the_same_numbers(ascension, project):
    made_up_games(project.store, 10)
    code, said = ascension("status", "--json")
    found = json.loads(said)
    assert code == 0
    assert (found["games"], found["checkpoint"]["update"]) == (10, 0)
    assert found["last_update"] is None
    assert set(found["busy"].values()) == {False}


def test_export_writes_the_originals_files(ascension, project, tmp_path):
    made_up_games(project.store, 3)
    code, said = ascension("export", "--to", "csv", "--json")
    assert code == 0
    assert json.loads(said)["training_stats.csv"] == 3
    assert (tmp_path / "csv" / "fight_stats.csv").exists()


def test_report_before_an_evaluation_makes_the_pages_all_the_same(ascension, tmp_path):
    code, said = ascension("report")
    assert code == 1
    assert "has not been evaluated yet" in said
    assert (tmp_path / "data" / "site" / "main" / "index.html").exists()
