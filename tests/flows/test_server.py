"""The flows on a real Prefect server: deployments, schedules, events, artifacts, a whole loop."""

import socket
import time
from contextlib import closing
from pathlib import Path

import pytest

from flows import goal, zombies
from flows.driver import Driver
from flows.server import FLOWS, Server, ServerError, api_url, is_healthy
from flows.stack import Places, Stack, running
from flows.steps import due, evaluating
from storage import checkpoints
from tests.flows.observers import Notes
from tests.flows.projects import let_games_be_collected, let_wait, small_project, started_project

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 150.0


def until(condition):
    """What the condition gives as soon as it is true; fails after minutes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


def free_port():
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="session")
def places(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    return Places(folder / "home", folder / "data", folder / "reports", ROOT)


@pytest.fixture(scope="session")
def stack(places):
    """A server of its own with everything deployed, but no worker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PREFECT_API_URL", raising=False)
        found = Stack(api_url(free_port()), "main", places, print)
        places.home.mkdir(parents=True)
        try:
            found.start_server()
            found.deploy()
            yield found
        finally:
            found.stop()
    assert not is_healthy(found.url)


@pytest.fixture(scope="session")
def server(stack):
    return stack.server


@pytest.fixture
def here(server, places, monkeypatch):
    """Flows called in this process talk to the server."""
    from prefect.settings import (
        PREFECT_API_URL,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_HOME,
        temporary_settings,
    )

    settings = {
        PREFECT_API_URL: server.url,
        PREFECT_HOME: places.home,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    }
    with temporary_settings(settings):
        yield


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The data folder of flows called in this process."""
    monkeypatch.setenv("ASCENSION_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ASCENSION_REPORTS", str(tmp_path / "reports"))
    return tmp_path / "data"


def runs_of(server, flow, **parameters):
    """Flow runs of a deployment with these parameters."""
    found = server.ask("POST", "/flow_runs/filter", {"deployments": {"name": {"any_": [flow]}}})
    return [run for run in found if parameters.items() <= run["parameters"].items()]


def named(server, name):
    """The newest flow run of this name."""
    wanted = {"flow_runs": {"name": {"any_": [name]}}, "sort": "START_TIME_DESC"}
    return server.ask("POST", "/flow_runs/filter", wanted)[0]


def artifacts(server, key):
    return server.ask("POST", "/artifacts/filter", {"artifacts": {"key": {"any_": [key]}}})


def drain_events():
    from prefect.events.worker import EventsWorker

    EventsWorker.instance().drain()


def test_everything_in_prefect_yaml_is_deployed(server):
    deployments = [server.deployment(name) for name in FLOWS]
    assert {one["work_pool_name"] for one in deployments} == {"ascension"}
    assert {one["concurrency_options"]["collision_strategy"] for one in deployments} == {
        "CANCEL_NEW"
    }
    assert [one["tags"] for one in deployments] == [["ascension", name] for name in FLOWS]


def test_the_pool_for_machines_with_a_gpu_has_the_same_flows_and_triggers():
    import yaml

    written = yaml.safe_load((ROOT / "prefect-gpu.yaml").read_text())
    normal = yaml.safe_load((ROOT / "prefect.yaml").read_text())
    by_name = {one["name"]: one for one in normal["deployments"]}
    for one in written["deployments"]:
        twin = by_name[one["name"]]
        assert one["work_pool"]["name"] == "ascension-gpu"
        for key in ("entrypoint", "triggers", "concurrency_limit"):
            assert one[key] == twin[key]


def test_scheduled_runs_work_for_the_run_that_was_asked_for(server):
    server.set_run("other")
    assert server.deployment("collect")["parameters"]["run"] == "other"
    assert server.deployment("train")["parameters"] == {"reason": "sweep", "run": "other"}
    server.set_run("main")


def test_an_interval_deployment_really_gets_scheduled_runs(server):
    scheduled = until(lambda: runs_of(server, "collect"))
    assert "SCHEDULED" in {run["state_type"] for run in scheduled}


def test_the_automation_against_zombies_is_created_once(server):
    assert not zombies.ensure(server)
    wanted = {"automations": {"name": {"any_": [zombies.NAME]}}}
    (found,) = server.ask("POST", "/automations/filter", wanted)
    assert found["enabled"]
    assert found["trigger"]["posture"] == "Proactive"


def test_a_run_that_a_worker_took_and_nobody_started_is_crashed(server, monkeypatch):
    monkeypatch.setattr(zombies, "NAME", "crash-zombies-soon")
    monkeypatch.setattr(zombies, "SILENCE_SECONDS", 10)
    assert zombies.ensure(server)
    deployment = server.deployment("report")["id"]
    body = {"state": {"type": "PENDING"}, "parameters": {"run": "nobody"}}
    run = server.ask("POST", f"/deployments/{deployment}/create_flow_run", body)["id"]
    try:
        assert until(lambda: server.state_of(run)[0] == "CRASHED")
        assert server.state_of(run)[1] == "no heartbeat"
    finally:  # so impatient, it would crash the runs of other tests on a busy machine
        wanted = {"automations": {"name": {"any_": [zombies.NAME]}}}
        (hasty,) = server.ask("POST", "/automations/filter", wanted)
        server.ask("DELETE", f"/automations/{hasty['id']}")


def test_a_collector_that_was_killed_is_replaced_without_waiting_for_its_schedule(server):
    run = server.start_run("collect", {"run": "killed"})
    server.end_run(run, "CRASHED", "killed by a test")
    named = "prefect.automation"
    assert until(
        lambda: [
            one
            for one in runs_of(server, "collect")
            if (one["created_by"] or {}).get("type") == "AUTOMATION" or named in str(one["tags"])
        ]
    )


def test_two_workers_with_separate_homes_share_one_pool(stack, server, places, tmp_path):
    second = Stack(
        server.url,
        "main",
        Places(tmp_path / "home", places.data, places.reports, ROOT),
        print,
        may_start_server=False,
    )
    first = Stack(server.url, "main", places, print, may_start_server=False)
    second.places.home.mkdir()
    before = workers_online(server)  # those of other tests count as online for a while
    try:
        for worker in (first, second):
            worker.start_worker()
        assert until(lambda: len(workers_online(server) - before) == 2)
    finally:
        first.stop()
        second.stop()
    assert list((tmp_path / "home").iterdir())


def workers_online(server):
    """Names of the pool's workers that poll it."""
    found = server.ask("POST", "/work_pools/ascension/workers/filter", {})
    return {one["name"] for one in found if one["status"] == "ONLINE"}


def test_eight_waiting_rollouts_wake_the_trainer(server, here, home):
    from flows.events import Announcer

    project = started_project(home, run="woken")
    let_wait(project, range(8))
    announcer = Announcer(project)
    announcer.look()
    announcer.look()
    drain_events()
    (run,) = until(lambda: runs_of(server, "train", run="woken"))
    assert run["parameters"]["reason"] == "8 rollouts wait"
    assert set(run["tags"]) == {"ascension", "train"}


def test_250_games_wake_the_evaluator(server, here, home):
    from flows.events import Announcer

    project = started_project(home, run="milestone")
    let_games_be_collected(project, 250)
    Announcer(project).look()
    drain_events()
    (run,) = until(lambda: runs_of(server, "evaluate", run="milestone"))
    assert run["parameters"]["reason"] == "250 games"


def test_a_run_without_a_checkpoint_wakes_the_clone_flow(server, here, home):
    from flows.events import Announcer

    Announcer(small_project(home, run="newborn")).look()
    drain_events()
    assert until(lambda: runs_of(server, "clone", run="newborn"))


def test_nobody_is_woken_who_is_at_work(project, monkeypatch):
    from flows import events
    from storage.locks import exclusive

    emitted = []
    monkeypatch.setattr(events, "emit_event", lambda event, **rest: emitted.append(event))
    let_wait(project, range(8))
    with exclusive(project.lock("train"), "a test"):
        events.Announcer(project).look()
    assert emitted == [events.MILESTONE]


def test_the_train_flow_has_a_speaking_name_tags_and_a_table(server, here, home):
    from flows.train import train

    project = started_project(home, run="My_Run")
    let_wait(project, range(16))
    assert train(run="My_Run", reason="16 rollouts wait", linger_seconds=0) == 2
    run = named(server, "train-My_Run-16-rollouts-wait")
    assert run["state_type"] == "COMPLETED"
    assert "My_Run" in run["tags"]
    (table,) = artifacts(server, "updates-my-run")
    assert '"total_updates": 2' in table["data"]


def test_the_train_flow_leaves_less_than_a_batch_alone(server, here, home):
    from flows.train import train

    let_wait(started_project(home), range(7))
    assert train(reason="sweep") == 0


def test_the_evaluate_flow_shows_a_table_and_the_report(server, here, home):
    from flows.evaluate import evaluate

    project = started_project(home, run="judged")
    assert evaluate(run="judged", reason="start", linger_seconds=0) == ["games-00000000"]
    assert evaluate(run="judged", reason="again", linger_seconds=0) == []
    (table,) = artifacts(server, "evaluation-judged")
    assert '"policy": "teacher"' in table["data"]
    (report,) = artifacts(server, "report-judged")
    assert "## Fixed-seed evaluation" in report["data"]
    assert due.newest_is_evaluated(project)
    assert named(server, "evaluate-judged-start")["state_type"] == "COMPLETED"


def test_the_report_flow_can_run_at_any_time(server, here, home):
    from flows.report import report

    project = started_project(home, run="told")
    report(run="told")
    evaluating.evaluate(project, "test")
    report(run="told")
    assert artifacts(server, "report-told")


def test_the_clone_flow_starts_a_run_once(server, here, home):
    from flows.clone import clone

    project = small_project(home, run="twin")
    assert clone(run="twin")
    assert clone(run="twin") == ""
    assert due.is_started(project)


def test_the_collect_flow_plays_until_its_time_is_over(server, here, home):
    from flows.collect import collect

    project = started_project(home, run="player")
    games = collect(run="player", minutes=0.01)
    assert games == due.games_collected(project) > 0
    assert artifacts(server, "collect-player")[0]["data"] == 100.0


def test_the_collect_flow_ends_at_the_goal(server, here, home):
    from flows.collect import collect

    project = started_project(home, run="done")
    with goal.driving(project):
        goal.set_goal(project, 0)
        assert collect(run="done", minutes=5) == 0


def test_a_loop_of_flow_runs_reaches_its_goal(stack, server, places, monkeypatch):
    stack.tidy()  # what other tests have woken
    monkeypatch.setenv("PREFECT_API_URL", server.url)
    project = small_project(places.data, run="whole")
    notes = Notes()
    loop = Stack(server.url, "whole", places, notes.stage)
    with goal.driving(project), running(loop):
        assert not loop.owns_server
        driver = Driver(project, loop, notes)
        driver.drive(updates=3, minutes=3)
        outcome = driver.finish(places.reports)
        worker = loop.processes["worker"]
    assert worker.poll() is not None
    assert notes.updates == [1, 2, 3]
    assert due.newest_update(project) == 3
    assert outcome.report is not None
    assert [row["policy"] for row in outcome.report.entry["evaluation"]] == [
        "teacher",
        "scratch",
        "ppo",
    ]
    assert checkpoints.read_metadata(project.store, "whole", 3)["parent"]
    trainers = [run["name"] for run in runs_of(server, "train", run="whole")]
    assert any(name.endswith(("-up", "rollouts-wait")) for name in trainers)  # kept ready or woken
    assert server.unfinished_runs(run="whole") == []


def test_a_server_that_is_not_there_is_named(places, monkeypatch):
    url = f"http://127.0.0.1:{free_port()}/api"
    monkeypatch.setenv("PREFECT_API_URL", url)
    with pytest.raises(ServerError, match=f"no Prefect server at {url}: start it, or unset"):
        Stack(url, "main", places, print).start_server()
    with pytest.raises(ServerError, match="does not answer"):
        Server(url).deployment("collect")


def test_what_the_server_refuses_is_told(server):
    with pytest.raises(ServerError, match="refused /nothing: 404"):
        server.ask("GET", "/nothing")
