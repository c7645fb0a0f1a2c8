"""Two machines without a shared disk: over a folder, and over a real S3-compatible server."""

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from importlib.util import find_spec

import pytest

from storage import Store, checkpoints, exchange, facts, fresh, places, rollouts
from storage.errors import AlreadyThere, CheckpointExists, StorageError, Unreachable
from storage.places import open_place
from tests.storage import samples

NO_SERVER = "no S3-compatible server: pip install -e '.[s3,s3-tests]'"
has_server = find_spec("moto") is not None and find_spec("boto3") is not None


@pytest.fixture(scope="module")
def endpoint():
    """Where a server of the S3 protocol listens; it forgets everything at the end."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 120
        while True:
            assert server.poll() is None and time.monotonic() < deadline
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def credentials(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")


@pytest.fixture(params=["file", "s3"])
def url(request, tmp_path):
    """A new, empty place."""
    if request.param == "file":
        return (tmp_path / "shared").as_uri()
    if not has_server:
        pytest.skip(NO_SERVER)
    request.getfixturevalue("credentials")
    endpoint = request.getfixturevalue("endpoint")
    import boto3

    name = f"bucket-{os.urandom(4).hex()}"
    boto3.client("s3", endpoint_url=f"http://{endpoint}").create_bucket(Bucket=name)
    return f"s3://{name}/runs?endpoint={endpoint}"


@pytest.fixture
def place(url):
    return open_place(url)


@pytest.fixture
def collector(tmp_path):
    return Store(tmp_path / "collector")


@pytest.fixture
def trainer(tmp_path):
    store = Store(tmp_path / "trainer")
    checkpoints.commit(store, samples.checkpoint(0))
    return store


def collect(store, numbers, update=0):
    for number in numbers:
        rollout = samples.rollout(number, update)
        facts.append_games(store, [(rollout.identity, rollout.game)])
        rollouts.write_rollout(store, rollout)


def train(store):
    waiting = fresh.waiting(store, "main")
    update = checkpoints.newest_update(store, "main") + 1
    consumed = tuple(item.identity.rollout_id for item in waiting)
    checkpoints.commit(store, samples.checkpoint(update, consumed, value=float(update)))
    fresh.discard(store, "main", waiting, keep=False)
    return consumed


def test_an_object_comes_back_is_listed_and_goes(place):
    assert place.names("a") == []
    place.put("a/b/one", b"1")
    place.put("a/two", b"2")
    place.put("c", b"3")
    assert place.names("a") == ["a/b/one", "a/two"]
    assert place.get("a/b/one") == b"1"
    place.delete("a/b/one")
    place.delete("a/b/one")
    assert place.names("a") == ["a/two"]
    with pytest.raises(FileNotFoundError):
        place.get("a/b/one")


def test_a_commit_succeeds_once(place):
    place.put_new("commit", b"first")
    with pytest.raises(AlreadyThere):
        place.put_new("commit", b"second")
    assert place.get("commit") == b"first"


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "", "a//b", "a\\b", "."])
def test_no_name_leaves_its_place(place, name):
    for call in (place.get, place.names, place.delete, lambda name: place.put(name, b"")):
        with pytest.raises(StorageError, match="would leave its place"):
            call(name)


@pytest.mark.parametrize(
    "url", ["http://host/x", "file:relative", "s3://", "/plain", "s3://k:s@b/p"]
)
def test_what_is_no_place_is_refused(url):
    with pytest.raises(StorageError):
        open_place(url)


def test_rollouts_travel_to_the_trainer_and_policies_back(place, collector, trainer):
    exchange.serve_trainer(trainer, place, "main")
    assert exchange.serve_collectors(collector, place, "main").checkpoints == 1
    collect(collector, range(8))
    assert exchange.serve_collectors(collector, place, "main").rollouts == 8
    assert fresh.count_waiting(collector, "main") == 0
    assert exchange.serve_trainer(trainer, place, "main").rollouts == 8
    assert facts.count(trainer, "games", "main") == 8
    assert len(train(trainer)) == 8
    assert exchange.serve_trainer(trainer, place, "main").checkpoints == 1
    assert exchange.serve_collectors(collector, place, "main").checkpoints == 1
    assert checkpoints.load(collector, "main").update == 1
    again = exchange.serve_collectors(collector, place, "main")
    assert (again.rollouts, again.facts, again.checkpoints) == (0, 0, 0)


def test_a_rollout_that_arrives_again_after_it_was_trained_is_not_trained_twice(
    place, collector, trainer
):
    collect(collector, range(8))
    sent = {
        path.relative_to(collector.root).as_posix(): path.read_bytes()
        for path in rollouts.waiting_files(collector, "main")
    }
    exchange.serve_collectors(collector, place, "main")
    exchange.serve_trainer(trainer, place, "main")
    train(trainer)
    for name, content in sent.items():  # a collector that died between sending and deleting
        place.put(name, content)
    assert exchange.serve_trainer(trainer, place, "main").rollouts == 8
    assert fresh.waiting(trainer, "main") == []


def test_a_second_trainer_is_noticed_when_it_publishes(place, trainer, tmp_path):
    other = Store(tmp_path / "other")
    checkpoints.commit(other, samples.checkpoint(0, value=5.0))
    exchange.serve_trainer(trainer, place, "main")
    with pytest.raises(CheckpointExists, match="only one may train a run"):
        exchange.serve_trainer(other, place, "main")
    exchange.serve_trainer(trainer, place, "main")
    fetched = Store(tmp_path / "fetched")
    assert exchange.fetch_newest(fetched, place, "main")
    assert checkpoints.load(fetched, "main").weights["w"][0] == 1.0


def test_what_is_published_is_not_sent_again(place, trainer, monkeypatch):
    train(trainer)
    assert exchange.publish(trainer, place, "main") > 0

    def put(self, name, content):
        raise AssertionError(f"{name} is sent again")

    monkeypatch.setattr(type(place), "put", put)
    assert exchange.publish(trainer, place, "main") == 0


def test_a_publication_that_dies_before_its_commit_is_published_the_next_time(
    place, collector, trainer, monkeypatch
):
    def fail(*arguments):
        raise Unreachable("in the middle of a put")

    with monkeypatch.context() as patch:
        patch.setattr(type(place), "put_new", fail)
        with pytest.raises(Unreachable):
            exchange.serve_trainer(trainer, place, "main")
    assert exchange.published(trainer, place, "main") == []
    assert not exchange.fetch_newest(collector, place, "main")
    assert exchange.serve_trainer(trainer, place, "main").checkpoints == 1
    assert exchange.fetch_newest(collector, place, "main")


def test_a_rollout_whose_sending_fails_stays_where_it_is(place, collector, monkeypatch):
    collect(collector, range(2))

    def fail(*arguments):
        raise Unreachable("in the middle of a put")

    with monkeypatch.context() as patch:
        patch.setattr(type(place), "put", fail)
        with pytest.raises(Unreachable):
            exchange.serve_collectors(collector, place, "main")
    assert fresh.count_waiting(collector, "main") == 2
    assert exchange.serve_collectors(collector, place, "main").rollouts == 2


@pytest.mark.skipif(not has_server, reason=NO_SERVER)
def test_a_server_that_is_away_is_named(credentials, monkeypatch):
    monkeypatch.setattr(places.pafs, "AwsStandardS3RetryStrategy", None, raising=False)
    away = open_place("s3://bucket/x?endpoint=127.0.0.1:9")
    with pytest.raises(Unreachable, match="cannot be reached"):
        away.put_new("a", b"")


def test_the_command_exchanges_once(trainer, collector, tmp_path):
    from typer.testing import CliRunner

    from commands.main import app

    url = (tmp_path / "shared").as_uri()
    for role, store in [("trainer", trainer), ("collector", collector)]:
        command = ["exchange", url, "--role", role, "--data", str(store.root), "--once"]
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0
        assert "1 checkpoints" in done.stdout
    assert checkpoints.newest_update(collector, "main") == 0
