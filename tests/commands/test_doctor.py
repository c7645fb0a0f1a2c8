"""`ascension doctor`: every problem by its name, with what to do."""

import json
import os
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from commands import doctor as command
from commands.main import app
from flows import diagnosis
from flows.server import NotFound, ServerError
from storage import Store
from storage.files import TEMPORARY, write_json
from storage.locks import exclusive


@pytest.fixture(autouse=True)
def no_server(monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr(diagnosis, "is_healthy", lambda url: False)


def problems(tmp_path):
    """The findings that are not well, by check."""
    done = CliRunner().invoke(app, ["doctor", "--data", str(tmp_path), "--json"])
    answer = json.loads(done.stdout)
    assert answer["ok"] == (done.exit_code == 0)
    return {found["check"]: found for found in answer["findings"] if not found["ok"]}


def test_an_empty_folder_is_well(tmp_path):
    assert problems(tmp_path) == {}


def test_old_temporary_files_are_named_and_repaired(tmp_path):
    left = tmp_path / f"{TEMPORARY}left"
    left.touch()
    os.utime(left, (0, 0))
    found = problems(tmp_path)["temporary files"]
    assert "1 left by killed processes" in found["found"]
    assert "--repair" in found["advice"]
    CliRunner().invoke(app, ["doctor", "--data", str(tmp_path), "--repair"])
    assert not left.exists()


def test_refused_rollouts_are_counted_by_reason_and_another_version_is_a_problem(tmp_path):
    folder = Store(tmp_path).quarantine / "run=main"
    for number, reason in enumerate(["stale: lag 5", "stale: lag 6", "rules version 8, not 9"]):
        write_json(folder / f"{number}.parquet.reason.json", {"reason": reason})
    (versions,) = problems(tmp_path).values()
    assert versions["found"] == "rules version 8, not 9"
    assert "update and restart it" in versions["advice"]
    shown = {found.check: found.found for found in diagnosis.storage_findings(Store(tmp_path))}
    assert shown["quarantine"] == "3 files: 2 stale, 1 rules"


def test_a_held_lock_is_named_with_its_process(tmp_path):
    with exclusive(Store(tmp_path).lock("train-main"), "a test"):
        shown = {found.check: found.found for found in diagnosis.storage_findings(Store(tmp_path))}
    assert shown["locks"] in (f"train-main by process {os.getpid()}", "none is held")


def test_versions_that_break_prefect_in_silence_are_named(tmp_path, monkeypatch):
    bad = {"sqlalchemy": "2.1.9", "fastapi": "0.155.0", "prefect": "3.9.1"}
    monkeypatch.setattr(command, "version", lambda name: bad.get(name, "0.0.1"))
    found = problems(tmp_path)
    assert set(found) == set(bad)
    assert "no schedule" in found["sqlalchemy"]["found"]
    assert "constraints.txt" in found["fastapi"]["advice"]


@pytest.mark.parametrize(("free", "is_problem"), [(10**12, False), (10**8, True)])
def test_a_disk_that_is_nearly_full_is_a_problem(tmp_path, monkeypatch, free, is_problem):
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr(command.shutil, "disk_usage", lambda place: usage)
    assert ("data folder" in problems(tmp_path)) == is_problem


def test_a_read_only_root_is_a_problem(tmp_path, monkeypatch):
    denying = SimpleNamespace(access=lambda place, mode: False, W_OK=os.W_OK)
    monkeypatch.setattr(command, "os", denying)
    assert "read-only" in problems(tmp_path)["data folder"]["found"]


def test_a_server_that_was_promised_and_is_away_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    assert "no answer" in problems(tmp_path)["prefect server"]["found"]


def test_a_server_for_everybody_without_a_password_is_a_problem(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_SERVER_API_HOST", "0.0.0.0")
    assert "PREFECT_SERVER_API_AUTH_STRING" in problems(tmp_path)["server address"]["advice"]
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", "user:secret")
    assert problems(tmp_path) == {}


class Empty:
    """A server on which nothing is deployed and one flow run is a zombie."""

    def __init__(self, url):
        self.url = url

    def deployment(self, name):
        raise NotFound(name)

    def ask(self, method, path, body):
        return []

    def unfinished_runs(self):
        timestamp = "2026-01-01T00:00:00+00:00"
        return [{"id": "1", "name": "train-main", "state": {"timestamp": timestamp}}]


class Refusing(Empty):
    """A server that answers no question."""

    def deployment(self, name):
        raise ServerError("500")


def test_everything_that_is_missing_on_a_server_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(diagnosis, "is_healthy", lambda url: True)
    monkeypatch.setattr(diagnosis, "Server", Empty)
    found = problems(tmp_path)
    assert set(found) >= {"deployments", "workers", "zombie automation"}
    assert found["workers"]["advice"] == "prefect worker start --pool ascension"
    if "zombies" in found:  # where processes can be seen
        assert found["zombies"]["found"] == "train-main"
    monkeypatch.setattr(diagnosis, "Server", Refusing)
    assert problems(tmp_path)["prefect server"]["found"] == "500"
