"""Prefect on PostgreSQL and behind a password: what a team's server looks like."""

import urllib.error
import urllib.request

import pytest

from flows import zombies
from flows.server import POOL, Server, ServerError, api_url
from flows.stack import Places, Stack
from tests.flows import postgres
from tests.flows.test_server import ROOT, free_port

SECRET = "someone:a-long-password"
pytestmark = [
    pytest.mark.server,
    pytest.mark.timeout(600),
    pytest.mark.skipif(bool(postgres.missing()), reason=postgres.missing() or "it is there"),
]


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    """A server on PostgreSQL that wants a password; nothing deployed."""
    folder = tmp_path_factory.mktemp("postgres")
    places = Places(folder / "home", folder / "data", folder / "reports", ROOT)
    places.home.mkdir()
    with pytest.MonkeyPatch.context() as patch, postgres.postgres() as url:
        patch.delenv("PREFECT_API_URL", raising=False)
        patch.setenv("PREFECT_SERVER_DATABASE_CONNECTION_URL", url)
        patch.setenv("PREFECT_SERVER_API_AUTH_STRING", SECRET)
        patch.setenv("PREFECT_API_AUTH_STRING", SECRET)
        found = Stack(api_url(free_port()), "main", places, print)
        try:
            found.start_server()
            yield found
        finally:
            found.stop()


def test_the_server_keeps_its_state_in_postgresql(stack):
    stack.server.ensure_pool()
    stack.server.ensure_pool()
    assert stack.server.ask("GET", f"/work_pools/{POOL}")["type"] == "process"
    assert zombies.ensure(stack.server)
    assert not zombies.ensure(stack.server)
    assert not list(stack.places.home.glob("prefect.db*"))


def test_nobody_gets_in_without_the_password(stack, monkeypatch):
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", "someone:wrong")
    with pytest.raises(ServerError, match="401") as refused:
        Server(stack.url).ask("POST", "/flow_runs/filter", {})
    assert "wrong" not in str(refused.value)
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{stack.url}/work_pools/{POOL}", timeout=30)


def test_the_password_stands_in_no_log(stack):
    for log in stack.places.home.rglob("*.log"):
        assert SECRET.split(":")[1] not in log.read_text(errors="replace")
