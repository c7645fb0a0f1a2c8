"""Recorded games of every group replay exactly, and damaged files are refused by name."""

import gzip
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ascension.conformance import campaign, known
from ascension.conformance.recordings import MalformedRecording, read_recordings, recording_files
from ascension.conformance.replay import replay
from commands.main import app

RECORDINGS = Path(__file__).parents[1] / "data" / "recordings"
FILES = sorted(RECORDINGS.glob("*.jsonl.gz"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.split(".")[0])
def test_every_recorded_game_replays_exactly(file):
    for recording in read_recordings(file):
        result = replay(recording)
        assert result.divergence is None
        assert result.decisions == result.decisions_exact


def test_the_sample_has_games_of_every_group():
    groups = {file.name.removesuffix("_00.jsonl.gz") for file in FILES}
    assert groups == {"normal_a0", "normal_a1_a20", "boosted_a0", "boosted_a1_a20", "stocked"}


def smallest():
    return min(FILES, key=lambda file: file.stat().st_size)


def rewritten(tmp_path, change):
    """A copy of the smallest file with its lines changed."""
    with gzip.open(smallest(), "rt") as stream:
        lines = [json.loads(text) for text in stream]
    path = tmp_path / "changed_00.jsonl.gz"
    with gzip.open(path, "wt") as out:
        for line in change(lines):
            out.write(json.dumps(line) + "\n")
    return path


def test_a_changed_number_is_found_with_its_place(tmp_path):
    def poorer(lines):
        lines[1]["gold"] -= 1
        return lines

    result = campaign.run(rewritten(tmp_path, poorer), workers=1)
    assert not result.exact
    first = result.divergences[0]
    assert (first.field, first.decision, first.game) == ("gold", 0, 0)
    assert first.got == first.expected + 1


def test_the_json_form_has_totals_groups_and_first_divergences(tmp_path):
    path = rewritten(tmp_path, lambda lines: lines)
    content = campaign.run(path, workers=1).as_json()
    assert content["games"] == content["games_exact"] > 0
    assert content["decisions"] == content["decisions_exact"] > 0
    assert list(content["groups"]) == ["changed"]
    assert content["first_divergences"] == {}


@pytest.mark.parametrize("kept", [10, 1000])
def test_a_truncated_file_is_refused(tmp_path, kept):
    path = tmp_path / "cut_00.jsonl.gz"
    path.write_bytes(smallest().read_bytes()[:kept])
    with pytest.raises(MalformedRecording, match="damaged"):
        list(read_recordings(path))


def test_a_game_without_an_end_is_refused(tmp_path):
    path = rewritten(tmp_path, lambda lines: lines[:5])
    with pytest.raises(MalformedRecording, match="no final line"):
        list(read_recordings(path))


def test_a_folder_without_recordings_is_refused(tmp_path):
    with pytest.raises(MalformedRecording, match=r"no \*\.jsonl\.gz"):
        recording_files(tmp_path)


def test_two_processes_find_what_one_finds(tmp_path):
    for name in ("a_00.jsonl.gz", "b_00.jsonl.gz"):
        shutil.copy(smallest(), tmp_path / name)
    one = campaign.run(tmp_path, workers=1).as_json()
    assert campaign.run(tmp_path, workers=2).as_json() == one


@pytest.mark.parametrize(
    "change",
    [{"seed": "abc"}, {"ascension": None}, {"overrides": []}],
    ids=["seed", "ascension", "overrides"],
)
def test_a_header_that_starts_no_game_is_refused(tmp_path, change):
    path = rewritten(tmp_path, lambda lines: [{**lines[0], **change}, *lines[1:]])
    with pytest.raises(MalformedRecording, match="header of game 0"):
        list(read_recordings(path))


def test_a_recording_with_unknown_content_says_which(tmp_path):
    gifts = {"relics": ["burning_bloot"]}
    path = rewritten(tmp_path, lambda lines: [{**lines[0], "overrides": gifts}, *lines[1:]])
    first = campaign.run(path, workers=1).divergences[0]
    assert first.field == "error"
    assert "no relic 'burning_bloot': did you mean burning_blood" in first.got


def test_a_known_break_of_a_rule_is_named_and_excused(tmp_path, monkeypatch):
    def richer(lines):
        lines[1]["gold"] += 1
        return lines

    path = rewritten(tmp_path, richer)
    first = campaign.run(path, workers=1).divergences[0]
    excused = known.Known(first.seed, first.decision, "gold", "neow.md 2")
    monkeypatch.setattr(known, "KNOWN", (excused,))
    result = campaign.run(path, workers=1)
    assert result.exact
    assert result.divergences == []
    assert result.as_json()["known"][0]["rule"] == "neow.md 2"
    said = CliRunner().invoke(app, ["conformance", str(path), "--workers", "1"])
    assert said.exit_code == 0
    assert "breaks neow.md 2 at decision 0 (gold)" in " ".join(said.output.split())
