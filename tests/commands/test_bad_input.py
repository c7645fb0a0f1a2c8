"""Wrong input gives one clear sentence and a non-zero exit code."""

import json

import pytest
from typer.testing import CliRunner

from ascension.game import tables
from commands.main import app
from storage import Store, checkpoints, database
from tests.storage import samples


@pytest.fixture
def ascension(tmp_path, monkeypatch):
    """Runs a command in an empty folder; returns exit code and all it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASCENSION_DATA", raising=False)

    def call(*arguments):
        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, " ".join(result.output.split())

    return call


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["play", "--seed", "A*B"], "character '*' at position 1 is not used by the game"),
        (["play", "--seed", str(1 << 70)], "does not fit 64 bits"),
        (["play", "--policy", "foo"], "there is no policy 'foo'"),
        (["evaluate", "--policy", "newest"], "clone or train first"),
        (["evaluate", "--policy", "7"], "no checkpoint of update 7"),
        (["sql", "select 1"], "there is no stats database"),
        (["report"], "has not been evaluated yet"),
        (["conformance", "."], "no *.jsonl.gz files"),
        (["local", "--preset", "nope"], "choose default, long or original"),
        (["local", "--head", "nope"], "choose options or slots"),
        (["local", "--device", "gpu"], "'gpu' is no device"),
        (["local", "--device", "cuda:99"], "there is no device 'cuda:99'"),
        (["local", "--run", "../x"], "run '../x'"),
    ],
)
def test_one_sentence_says_what_is_wrong(ascension, arguments, sentence):
    code, said = ascension(*arguments)
    assert code == 1
    assert said.startswith("error: ")
    assert sentence in said


@pytest.mark.parametrize("level", ["-1", "21", "many"])
def test_an_ascension_outside_0_to_20_is_refused(ascension, level):
    code, said = ascension("play", "--ascension", level)
    assert code == 2
    assert "--ascension" in said


def test_a_corrupt_checkpoint_is_named(ascension, tmp_path):
    store = Store(tmp_path / "data")
    checkpoints.commit(store, samples.checkpoint())
    path = checkpoints.checkpoint_path(store, "main", 0) / checkpoints.METADATA
    path.write_text("{")
    code, said = ascension("evaluate", "--policy", "newest")
    assert code == 1
    assert "not readable JSON" in said


@pytest.mark.parametrize("what", ["rules", "observation layout"])
def test_a_checkpoint_of_another_version_is_named(ascension, tmp_path, what):
    from dataclasses import replace

    from ascension.environment.layout import LAYOUT_VERSION
    from ascension.game.version import RULES_VERSION

    versions = {"rules_version": RULES_VERSION, "layout_version": LAYOUT_VERSION}
    versions["rules_version" if what == "rules" else "layout_version"] = "other"
    checkpoints.commit(Store(tmp_path / "data"), replace(samples.checkpoint(), **versions))
    code, said = ascension("evaluate", "--policy", "newest")
    assert code == 1
    assert f"{what} version other" in said


def test_sql_cannot_write(ascension, tmp_path):
    database.refresh(Store(tmp_path / "data"))
    code, said = ascension("sql", "drop table games")
    assert code == 1
    assert "refused the query" in said


def test_sql_answers_as_table_csv_and_json(ascension, tmp_path):
    database.refresh(Store(tmp_path / "data"))
    question = "select 42 as answer"
    assert "answer" in ascension("sql", question)[1]
    assert ascension("sql", question, "--csv") == (0, "answer 42")
    assert json.loads(ascension("sql", question, "--json")[1]) == {
        "columns": ["answer"],
        "rows": [[42]],
    }


def test_content_counts_and_lists_what_is_missing(ascension):
    assert ascension("content", "--missing") == (0, "")
    content = json.loads(ascension("content", "--json")[1])
    assert content["missing"] == {}
    assert content["counts"]["cards"] == sum(tables.CARD_IS_OURS)


@pytest.mark.parametrize(
    "command",
    "up local play evaluate report sql content conformance doctor".split(),
)
def test_every_command_explains_itself(ascension, command):
    code, said = ascension(command, "--help")
    assert code == 0
    assert "Usage" in said


@pytest.mark.parametrize("part", "engine environment collect train store orchestration".split())
def test_every_benchmark_explains_itself(ascension, part):
    code, said = ascension("bench", part, "--help")
    assert code == 0
    assert "--json" in said


def test_doctor_reports_as_json(ascension):
    code, said = ascension("doctor", "--json")
    content = json.loads(said)
    assert content["ok"] == (code == 0)
    assert {"python", "engine", "data folder"} <= {found["check"] for found in content["findings"]}
