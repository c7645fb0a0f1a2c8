"""The experiment index: numbered, complete, validated; a person's words survive."""

import json
from pathlib import Path

import pytest

from storage import experiments
from storage.errors import CorruptFile

ENTRY = {"date": "2026-01-01", "evaluation": [], "comparison": []}


def text(entry):
    return f"# {entry['number']:03d}\n{entry['notes']}\n"


def record(folder, run, notes=None, **changes):
    return experiments.record(folder, run, ENTRY | changes, text, notes)


def test_a_persons_words_and_the_number_survive_a_new_report(tmp_path):
    record(tmp_path, "one", notes="Bosses are the wall.")
    record(tmp_path, "two")
    path = record(tmp_path, "one")
    assert path.read_text() == "# 001\nBosses are the wall.\n"
    index = experiments.read_index(tmp_path)
    assert [(entry["number"], entry["run_id"]) for entry in index["runs"]] == [
        (1, "one"),
        (2, "two"),
    ]


def test_the_index_never_misses_a_report(tmp_path):
    record(tmp_path, "one")
    (tmp_path / "007_lost.md").write_text("a report that nobody listed")
    with pytest.raises(CorruptFile, match="007_lost.md"):
        record(tmp_path, "two")


def test_an_entry_without_its_report_is_named(tmp_path):
    record(tmp_path, "one").unlink()
    with pytest.raises(CorruptFile, match="001_one.md"):
        record(tmp_path, "two")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"date": "yesterday"}, "runs/0/date"),
        ({"evaluation": [{"policy": "ppo"}]}, "runs/0/evaluation/0"),
        ({"confidence": 95}, "runs/0/confidence"),
    ],
)
def test_an_entry_that_does_not_fit_the_schema_is_refused_with_its_place(tmp_path, changes, place):
    with pytest.raises(CorruptFile, match=place):
        record(tmp_path, "one", **changes)
    assert not (tmp_path / experiments.INDEX).exists()


def test_an_index_of_another_program_is_named(tmp_path):
    (tmp_path / experiments.INDEX).write_text(json.dumps({"schema_version": 1, "runs": []}))
    with pytest.raises(CorruptFile, match="move it away"):
        record(tmp_path, "one")


def test_the_index_of_this_repository_is_valid():
    folder = Path(__file__).parents[2] / "docs" / "experiments"
    experiments.validate(experiments.read_index(folder), folder)
