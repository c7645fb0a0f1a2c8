"""What must not be possible: running code by files, leaving a root, reaching other files by SQL."""

import ast
import json
import pickle
from pathlib import Path

import pytest

from flows import stack as stacks
from flows.server import DEFAULT_PORT, api_url
from flows.steps import training
from storage import Store, checkpoints, database, fresh, rollouts
from storage.errors import CorruptCheckpoint, InvalidQuery, StorageError
from tests.flows.projects import let_wait, made_up_rollout

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder in ("ascension", "storage", "flows", "commands", "dashboards")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
PICKLERS = {"pickle", "cPickle", "cloudpickle", "dill", "joblib", "shelve", "marshal"}
UNSAFE_CALLS = {"torch.load", "torch.save", "eval", "exec", "yaml.load", "yaml.unsafe_load"}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def called(tree):
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_reads_or_writes_pickles_or_runs_text(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not set(imported(tree)) & PICKLERS
    assert not called(tree) & UNSAFE_CALLS
    pickling = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle"
        if not (isinstance(node.value, ast.Constant) and node.value.value is False)
    ]
    assert not pickling


class Bomb:
    """Unpickled, it would write a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.write_text, (self.path, "code has run")


@pytest.mark.parametrize("name", [checkpoints.WEIGHTS, checkpoints.OPTIMIZER, checkpoints.METADATA])
def test_a_malicious_checkpoint_runs_no_code(project, tmp_path, name):
    mark = tmp_path / "mark"
    folder = checkpoints.checkpoint_path(project.store, project.run, 0)
    (folder / name).write_bytes(pickle.dumps(Bomb(mark)))
    with pytest.raises(CorruptCheckpoint):
        checkpoints.load(project.store, project.run)
    assert not mark.exists()


def test_a_malicious_rollout_runs_no_code_and_is_refused(project, tmp_path):
    mark = tmp_path / "mark"
    let_wait(project, range(9))
    first = next(rollouts.waiting_files(project.store, project.run))
    first.write_bytes(pickle.dumps(Bomb(mark)))
    (update,) = training.train_waiting(project)
    assert update.games == 8
    assert not mark.exists()


@pytest.mark.parametrize("name", ["..", "../x", "/etc", "a/b", ".hidden", "", "a" * 65, "a\0b"])
def test_names_that_would_leave_their_root_are_refused(tmp_path, name):
    store = Store(tmp_path)
    for place in (store.rollouts, store.checkpoints, store.lock, store.demonstrations):
        with pytest.raises(StorageError, match="use 1 to 64"):
            place(name)


@pytest.mark.parametrize("field", ["run", "worker", "rollout_id"])
def test_a_rollout_that_claims_a_place_outside_its_root_is_not_written(project, tmp_path, field):
    rollout = made_up_rollout(project, 0)
    object.__setattr__(rollout.identity, field, "../../outside")
    with pytest.raises(StorageError):
        rollouts.write_rollout(project.store, rollout)
    assert not (tmp_path / "outside").exists()


def test_a_rollout_whose_metadata_names_another_place_is_quarantined_inside_the_root(project):
    rollout = made_up_rollout(project, 0)
    path = rollouts.write_rollout(project.store, rollout)
    moved = path.parent / "..%2F..%2Foutside.parquet"
    path.rename(moved)
    object.__setattr__(rollout.identity, "rollout_id", "../../outside")
    fresh.refuse(project.store, project.run, moved, "a test", rollout.identity, 0)
    found = [path for path in project.store.root.parent.rglob("*outside*")]
    assert project.store.quarantine / f"run={project.run}" / moved.name in found
    assert all(project.store.root in path.parents for path in found)


@pytest.fixture
def stats(project, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("password\nhunter2\n")
    database.refresh(project.store)
    return project.store, secret


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('{secret}')",
        "select * from read_text('{secret}')",
        "from '{secret}'",
        "copy (select 1) to '{secret}'",
        "copy games from '{secret}'",
        "export database '{secret}'",
        "attach '{secret}' as other",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "pragma enable_external_access = true",
        "reset enable_external_access",
        "insert into database_version values (9)",
        "delete from games",
        "drop view eval_stats",
        "create table mine as select 1",
        "update database_version set version = 9",
        "select * from glob('{folder}/*')",
        "select getenv('HOME')",
    ],
)
def test_sql_reads_the_tables_and_nothing_else(stats, sql):
    store, secret = stats
    before = secret.read_bytes(), store.database.read_bytes()
    with pytest.raises(InvalidQuery):
        database.query(store, sql.format(secret=secret, folder=secret.parent))
    assert (secret.read_bytes(), store.database.read_bytes()) == before


def test_a_password_in_the_environment_stays_out_of_everything_that_is_stored(
    project, tmp_path, monkeypatch
):
    secret = "correct-horse-battery"
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", f"user:{secret}")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    let_wait(project, range(8))
    training.train_waiting(project)
    database.refresh(project.store)
    for path in project.store.root.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes(), path


def test_everything_listens_on_this_machine_only():
    assert stacks.LOOPBACK == "127.0.0.1"
    assert api_url() == f"http://127.0.0.1:{DEFAULT_PORT}/api"
    for path in SOURCES:
        assert "0.0.0.0" not in path.read_text(encoding="utf-8"), path


def test_metadata_is_plain_json(project):
    folder = checkpoints.checkpoint_path(project.store, project.run, 0)
    assert json.loads((folder / checkpoints.METADATA).read_text())["run"] == project.run
