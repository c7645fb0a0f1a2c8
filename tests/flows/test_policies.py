"""Policies by name, checkpoints that ship, and evaluations that do not depend on the split."""

import json
from dataclasses import replace

import numpy as np
import pytest

from ascension.environment.layout import LAYOUT_VERSION
from ascension.evaluation import DuplicateSeeds, read_seeds
from ascension.settings import EvaluateSettings
from flows import policies
from flows.policies import policy_named, resolve
from flows.steps import evaluating, playing, shipping
from flows.steps.training import train_waiting
from storage import checkpoints, shipped
from storage.errors import CheckpointNotFound, CorruptCheckpoint, IncompatibleCheckpoint
from tests.flows.projects import let_wait, small_project

SEEDS = read_seeds()[:5]
SETTINGS = EvaluateSettings(acts=1)


@pytest.fixture
def best(tmp_path, monkeypatch):
    """The folder of the shipped checkpoint, empty."""
    folder = tmp_path / "best"
    monkeypatch.setattr(policies, "best_folder", lambda: folder)
    return folder


def checkpoint_id(project, update=0):
    return checkpoints.read_metadata(project.store, project.run, update)["checkpoint_id"]


def content(rows):
    return [replace(row, timestamp=None) for row in rows]


def test_a_checkpoint_is_found_by_number_by_id_by_folder_and_as_cloned_or_newest(project):
    folder = checkpoints.checkpoint_path(project.store, project.run, 0)
    wanted = checkpoint_id(project)
    for name in ("0", "cloned", "newest", wanted, wanted[:8], str(folder)):
        assert resolve(name, project).checkpoint_id == wanted
        assert policy_named(name, project)[0].name == "main/0"


def test_the_newest_checkpoint_is_resolved_once(project):
    before = resolve("newest", project)
    let_wait(project, range(8))
    train_waiting(project)
    assert resolve("newest", project).checkpoint_id != before.checkpoint_id
    assert policies.policy_of(before).name == "main/0"


@pytest.mark.parametrize("name", ["nobody", "7", "abcdef12", "/nowhere", "", "best_of_run"])
def test_a_name_that_stands_for_nothing_is_refused(project, name):
    with pytest.raises(CheckpointNotFound):
        resolve(name, project)


def test_an_unstarted_run_points_at_the_checkpoint_that_ships(unstarted):
    with pytest.raises(CheckpointNotFound, match="--policy best"):
        resolve("newest", unstarted)


# --- the checkpoint that ships -----------------------------------------------------------------


def test_a_shipped_checkpoint_plays_what_it_played_before_without_any_project(
    project, best, tmp_path, monkeypatch
):
    exported = shipping.export(project, "0", best)
    assert (exported.weights_type, exported.same_games) == ("float32", None)
    monkeypatch.chdir(tmp_path)
    nobody = small_project(tmp_path / "nothing")
    source = resolve("best", nobody)
    assert source.checkpoint_id == checkpoint_id(project)
    mine = playing.play_seeds(resolve("0", project), SEEDS, SETTINGS)
    shipped_games = playing.play_seeds(source, SEEDS, SETTINGS)
    assert [row.game for row in shipped_games] == [row.game for row in mine]
    assert resolve(str(best), nobody).checkpoint_id == source.checkpoint_id


def test_a_shipped_checkpoint_tells_where_it_comes_from(project, best):
    let_wait(project, range(8))
    train_waiting(project)
    evaluating.evaluate(project, "test")
    shipping.export(project, "newest", best)
    metadata = json.loads((best / checkpoints.METADATA).read_text())
    assert (metadata["run"], metadata["update"]) == ("main", 1)
    lineage = metadata["lineage"]
    assert lineage["start"] == lineage["parent"] == checkpoint_id(project)
    assert (lineage["total_updates"], lineage["total_transitions"]) == (1, 48)
    assert lineage["promotions"][0]["promoted"]
    assert not (best / checkpoints.OPTIMIZER).exists()


def test_large_weights_are_halved_only_if_they_play_the_same_games(project, best, monkeypatch):
    monkeypatch.setattr(shipping, "LARGE_BYTES", 0)
    monkeypatch.setattr(shipping, "same_games", lambda first, second: shipping.COMPARED_GAMES)
    half = shipping.export(project, "0", best)
    assert half.weights_type == "float16"
    loaded = shipped.load_shipped(best).weights
    assert all(array.dtype != np.float16 for array in loaded.values())
    monkeypatch.setattr(shipping, "same_games", lambda first, second: 0)
    whole = shipping.export(project, "0", best)
    assert (whole.weights_type, whole.size > 1.9 * half.size) == ("float32", True)


def test_equal_weights_play_equal_games(project, monkeypatch):
    monkeypatch.setattr(shipping, "COMPARED_GAMES", 2)
    weights = checkpoints.load(project.store, project.run).weights
    assert shipping.same_games(weights, weights) == 2


def test_without_a_shipped_checkpoint_best_says_how_to_ship_one(project, best):
    with pytest.raises(CheckpointNotFound, match="ascension checkpoint ship"):
        resolve("best", project)


def test_a_changed_weights_file_is_refused(project, best):
    shipping.export(project, "0", best)
    path = best / checkpoints.WEIGHTS
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(CorruptCheckpoint, match="does not match its hash"):
        resolve("best", project)


@pytest.mark.parametrize("field", ["rules_version", "layout_version"])
def test_a_shipped_checkpoint_of_another_version_is_refused(project, best, field):
    shipping.export(project, "0", best)
    path = best / checkpoints.METADATA
    path.write_text(json.dumps(json.loads(path.read_text()) | {field: "other"}))
    with pytest.raises(IncompatibleCheckpoint, match="version other"):
        resolve("best", project)


def test_only_checkpoints_of_a_run_are_shipped(project, best):
    for name in ("teacher", "best"):
        with pytest.raises(CheckpointNotFound):
            shipping.export(project, name, best)


# --- evaluation --------------------------------------------------------------------------------


def test_the_rows_are_the_same_however_the_games_are_split(project, monkeypatch):
    source = resolve("newest", project)
    whole = playing.play_seeds(source, SEEDS, SETTINGS)
    for count in (2, 3, 5):
        parts = playing._parts(SEEDS, count)
        rows = [row for part in parts for row in playing._play_part(source, SEEDS, part, SETTINGS)]
        rows.sort(key=lambda row: row.position)
        assert content(rows) == content(whole)


def test_two_processes_play_what_one_plays(project, monkeypatch):
    monkeypatch.setattr(playing, "FEW_GAMES", 1)
    source = resolve("newest", project)
    ended = []
    both = playing.play_seeds(source, SEEDS, SETTINGS, workers=2, on_games=ended.append)
    assert content(both) == content(playing.play_seeds(source, SEEDS, SETTINGS))
    assert sum(ended) == len(SEEDS)
    assert both[0].layout_version == LAYOUT_VERSION


def test_evaluating_a_checkpoint_twice_gives_identical_games(project):
    source = resolve("newest", project)
    first, second = (playing.play_seeds(source, SEEDS, SETTINGS) for _ in range(2))
    assert [row.game.digest for row in first] == [row.game.digest for row in second]
    assert content(first) == content(second)


def test_duplicate_seeds_are_refused_before_anything_is_played(project):
    with pytest.raises(DuplicateSeeds):
        playing.play_seeds(resolve("teacher", project), [5, 5], SETTINGS)
