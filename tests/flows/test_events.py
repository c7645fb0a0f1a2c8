"""Events make the loop prompt; lost, doubled or late ones change nothing that is trained."""

import pytest

from flows import events
from flows.events import BATCH_READY, MILESTONE, UNSTARTED, Announcer
from flows.steps import due, training
from storage import checkpoints
from tests.flows.projects import let_be_evaluated, let_games_be_collected, let_wait


@pytest.fixture
def emitted(monkeypatch):
    """The events that were emitted; the clock stands still until a test moves it."""
    found = []
    monkeypatch.setattr(
        events, "emit_event", lambda event, resource, payload: found.append((event, payload))
    )
    return found


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(events.time, "monotonic", lambda: now[0])
    return now


def test_the_eighth_rollout_is_announced_at_the_first_look(project, emitted):
    let_be_evaluated(project)
    let_wait(project, range(7))
    announcer = Announcer(project)
    announcer.look()
    assert emitted == []
    let_wait(project, [7])
    announcer.look()
    assert emitted == [(BATCH_READY, {"run": project.run, "waiting": 8})]


def test_an_event_that_was_lost_is_repeated_after_a_while(project, emitted, clock):
    let_be_evaluated(project)
    let_wait(project, range(8))
    announcer = Announcer(project, quiet_seconds=20.0)
    for clock[0] in (1000.0, 1010.0, 1019.9, 1020.1, 1030.0):
        announcer.look()
    assert [event for event, _ in emitted] == [BATCH_READY, BATCH_READY]


def test_two_collectors_that_announce_the_same_batch_train_it_once(project, emitted):
    let_be_evaluated(project)
    let_wait(project, range(8))
    for announcer in (Announcer(project), Announcer(project)):
        announcer.look()
    assert [event for event, _ in emitted] == [BATCH_READY, BATCH_READY]
    updates = [training.train_waiting(project) for _ in emitted]
    assert [len(made) for made in updates] == [1, 0]
    assert len(set(checkpoints.ledger(project.store, project.run, 0))) == 8


def test_what_was_collected_while_no_event_came_is_found_by_the_sweep(project, emitted):
    let_be_evaluated(project)
    let_wait(project, range(24))
    let_games_be_collected(project, 250)
    assert emitted == []  # the server was down
    assert due.batch_waits(project)
    assert due.evaluation_is_due(project)
    assert len(training.train_waiting(project)) == 3


def test_250_games_are_announced_and_a_run_without_a_checkpoint_asks_for_one(
    project, unstarted, emitted
):
    let_be_evaluated(project)
    let_games_be_collected(project, 250)
    Announcer(project).look()
    Announcer(unstarted).look()
    kinds = [event for event, _ in emitted]
    assert kinds[0] == MILESTONE
    assert set(kinds[1:]) <= {UNSTARTED, MILESTONE}
