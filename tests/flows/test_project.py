"""A run's settings are kept with it."""

import pytest

from flows.project import (
    InvalidSettings,
    Project,
    checked_run,
    data_folder,
    open_project,
    preset_settings,
    reports_folder,
)
from tests.flows.projects import small_project


def test_every_stage_finds_the_settings_that_the_run_was_created_with(tmp_path):
    created = small_project(tmp_path)
    opened = open_project("main", tmp_path)
    assert opened.settings == created.settings
    assert opened.settings_hash == created.settings_hash


def test_a_run_nobody_created_has_the_defaults(tmp_path):
    assert open_project("new", tmp_path).settings.collect.games > 0


def test_settings_of_another_program_are_refused_with_advice(tmp_path):
    small_project(tmp_path)
    (tmp_path / "settings" / "main.json").write_text('{"run": "main", "colour": "red"}')
    with pytest.raises(InvalidSettings, match="choose another --run or delete the file"):
        open_project("main", tmp_path)


@pytest.mark.parametrize("name", ["", "../up", "a b", "-x", "a" * 49])
def test_a_name_that_is_unfit_for_a_path_is_refused(name):
    with pytest.raises(InvalidSettings, match="letters, digits"):
        checked_run(name)


def test_the_presets_differ_in_their_settings():
    assert preset_settings("original").train != preset_settings("default").train


def test_folders_come_from_the_caller_or_the_environment(monkeypatch):
    monkeypatch.setenv("ASCENSION_DATA", "/somewhere")
    monkeypatch.setenv("ASCENSION_REPORTS", "/elsewhere")
    assert str(data_folder()) == "/somewhere"
    assert str(data_folder("/here")) == "/here"
    assert str(reports_folder()) == "/elsewhere"


def test_keys_of_artifacts_are_lowercase_with_dashes(tmp_path):
    project = small_project(tmp_path, run="My_Run")
    assert isinstance(project, Project)
    assert project.key == "my-run"
