"""What `ascension up` does to a deployed loop, with a pretended server."""

import pytest

from flows import driver as driving
from flows import goal
from flows.driver import Driver
from flows.server import NotFound, ServerError
from flows.steps import cloning, due, evaluating, training
from tests.flows.observers import Notes
from tests.flows.projects import let_wait


class PretendedServer:
    """Flow runs that do their work at once, when they are started."""

    def __init__(self, project, states=()):
        self.project = project
        self.started = []
        self.states = dict(states)
        self.silent = False
        self.failed = []

    def start_run(self, flow, parameters):
        assert parameters["run"] == self.project.run
        self.started.append(flow)
        getattr(self, flow)(parameters)
        return flow

    def clone(self, parameters):
        if "clone" not in self.states:
            cloning.start_run(self.project)

    def train(self, parameters):
        assert parameters["stay"]

    def collect(self, parameters):
        if due.is_started(self.project):
            let_wait(self.project, range(24))
            training.train_waiting(
                self.project, is_over=lambda update: goal.is_reached(self.project, update)
            )

    def evaluate(self, parameters):
        evaluating.evaluate(self.project, parameters["reason"])

    def state_of(self, flow_run):
        if self.silent:
            raise ServerError("no answer")
        return self.states.get(flow_run, ("RUNNING", ""))

    def unfinished_runs(self, flows, run):
        return []

    def failed_runs(self, run, since):
        return self.failed


class PretendedStack:
    """Processes that never die."""

    def __init__(self, server):
        self.server = server

    def check(self):
        pass


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(driving, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(driving, "ASK_SECONDS", 0.0)


def drive(project, server, updates=2, minutes=None):
    notes = Notes()
    driver = Driver(project, PretendedStack(server), notes)
    with goal.driving(project):
        driver.drive(updates, minutes)
        outcome = driver.finish(project.store.root / "reports")
    return notes, outcome


def test_a_started_run_is_collected_trained_and_evaluated_up_to_its_goal(project):
    server = PretendedServer(project)
    notes, outcome = drive(project, server)
    assert server.started == ["collect", "train", "evaluate"]
    assert notes.updates == [1, 2]
    assert notes.evaluations == ["ppo", "scratch", "teacher"]
    assert outcome.report is not None
    assert goal.goal_of(project) is None


def test_a_new_run_is_cloned_first(unstarted):
    server = PretendedServer(unstarted)
    _, outcome = drive(unstarted, server, updates=0)
    assert server.started == ["clone", "collect", "train", "evaluate"]
    assert outcome.report is not None


def test_a_clone_flow_that_fails_is_reported_with_its_message(unstarted):
    server = PretendedServer(unstarted, {"clone": ("FAILED", "too few samples")})
    with pytest.raises(ServerError, match="no checkpoint: too few samples"):
        drive(unstarted, server)


def test_flow_runs_that_fail_again_and_again_end_the_command(project, monkeypatch):
    monkeypatch.setattr(driving, "FAILURE_SECONDS", 0.0)
    server = PretendedServer(project)
    server.collect = lambda parameters: None
    failure = {"name": "train-main-sweep", "state": {"message": "raised:\nIncompatible: layout"}}
    server.failed = [failure, failure]
    with pytest.raises(ServerError, match="train-main-sweep failed: Incompatible: layout"):
        drive(project, server)


def test_time_that_is_over_ends_the_run_where_it_is(project):
    _, outcome = drive(project, PretendedServer(project), updates=None, minutes=0.0)
    assert outcome.updates == []
    assert due.newest_is_evaluated(project)


def test_a_server_that_is_silent_for_a_while_is_waited_for(project, monkeypatch):
    server = PretendedServer(project)
    kept = driving.Kept(server, "collect", {"run": project.run})
    kept.look()
    server.silent = True
    kept.look()
    assert kept.state == "SCHEDULED"
    monkeypatch.setattr(driving, "PATIENCE_SECONDS", 0.0)
    with pytest.raises(ServerError, match="no answer"):
        kept.look()


def test_a_flow_run_that_has_ended_is_started_again_but_not_at_once(project, monkeypatch):
    server = PretendedServer(project, {"collect": ("CRASHED", "")})
    kept = driving.Kept(server, "collect", {"run": project.run})
    kept.look()
    kept.look()
    assert server.started == ["collect"]
    monkeypatch.setattr(driving, "AGAIN_SECONDS", 0.0)
    kept.look()
    assert server.started == ["collect", "collect"]


def test_a_flow_run_that_the_server_has_forgotten_is_started_again(project, monkeypatch):
    monkeypatch.setattr(driving, "AGAIN_SECONDS", 0.0)
    server = PretendedServer(project)
    kept = driving.Kept(server, "collect", {"run": project.run})
    kept.look()

    def forget(flow_run):
        raise NotFound(flow_run)

    monkeypatch.setattr(server, "state_of", forget)
    kept.look()
    assert server.started == ["collect", "collect"]
