"""What the campaign proves, on damage made by hand; and a small campaign on a real server."""

import json
import random
import shutil

import pytest

from flows.chaos import campaign, proofs, watch
from flows.chaos.campaign import Plan
from flows.processes import can_see_processes
from flows.steps import training
from storage import checkpoints, facts, rollouts
from storage.files import TEMPORARY
from tests.flows.projects import let_wait, made_up_rollout


def collect(project, numbers, update=0):
    """Rollouts and the rows of their games, as a collector commits them."""
    for number in numbers:
        rollout = made_up_rollout(project, number, update)
        facts.append_games(project.store, [(rollout.identity, rollout.game)])
        rollouts.write_rollout(project.store, rollout)


@pytest.fixture
def trained(project):
    """Two updates, and a witness who saw all that was committed."""
    witness = proofs.Witness(project)
    collect(project, range(16))
    witness.look()
    training.train_waiting(project)
    collect(project, range(20, 23), update=2)
    witness.look()
    return project, witness


def change_ledger(project, update, change):
    path = checkpoints.checkpoint_path(project.store, project.run, update) / checkpoints.METADATA
    content = json.loads(path.read_text())
    change(content["consumed"])
    path.write_text(json.dumps(content))


def test_a_run_that_was_left_alone_has_no_problem(trained):
    project, witness = trained
    found = proofs.prove(project, witness.seen)
    assert found["problems"] == []
    assert (found["updates"], found["rollouts_trained"], found["rollouts_waiting"]) == (2, 16, 3)
    assert len(witness.seen) == 19


def test_a_rollout_in_two_ledgers_is_found(trained):
    project, witness = trained
    first = proofs.ledger(project)[0]
    change_ledger(project, 2, lambda consumed: consumed.append(first))
    assert proofs.trained_twice(project) == [first]
    assert proofs.prove(project, witness.seen)["trained_twice"] == 1


def test_a_rollout_that_was_seen_and_is_nowhere_is_lost(trained):
    project, witness = trained
    gone = next(rollouts.waiting_files(project.store, project.run))
    gone.unlink()
    found = proofs.prove(project, witness.seen)
    assert (found["lost"], found["problems"]) == (1, [f"lost: {gone.stem}"])


def test_a_refused_rollout_is_not_lost(trained):
    project, witness = trained
    waiting = next(rollouts.waiting_files(project.store, project.run))
    waiting.write_bytes(b"half")
    training.train_waiting(project)
    collect(project, range(30, 38), update=2)
    training.train_waiting(project)
    found = proofs.prove(project, witness.seen)
    assert (found["lost"], found["broken_rollouts"], found["rollouts_refused"]) == (0, 1, 1)


def test_a_damaged_checkpoint_and_a_gap_are_found(trained):
    project, _ = trained
    folder = checkpoints.checkpoint_path(project.store, project.run, 2)
    (folder / checkpoints.WEIGHTS).write_bytes(b"nothing")
    assert "damaged" in proofs.unloadable(project)[0]
    shutil.rmtree(checkpoints.checkpoint_path(project.store, project.run, 1))
    assert "no checkpoint of update 1" in proofs.unloadable(project)[0]


def test_orphans_are_counted_and_swept(trained):
    project, witness = trained
    (project.store.root / f"{TEMPORARY}left").mkdir()
    found = proofs.prove(project, witness.seen)
    assert (found["orphans_swept"], found["orphans_not_swept"]) == (1, 0)


def test_a_trained_game_without_a_row_is_found(trained):
    project, witness = trained
    let_wait(project, range(40, 48), update=2)
    training.train_waiting(project)
    assert proofs.prove(project, witness.seen)["untold"] > 0


class Server:
    """A server whose held slots are told."""

    url = "http://127.0.0.1:1/api"
    held = ()

    def unfinished_runs(self):
        return [{"id": name, "deployment_id": "d"} for name in self.held]

    def deployment_names(self):
        return {"d": "train"}


class Stack:
    """Processes that are not there."""

    processes = {}
    url = Server.url

    def __init__(self):
        self.server = Server()


def test_a_slot_is_timed_from_the_death_of_its_holder(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(watch.time, "monotonic", lambda: now[0])
    stack = Stack()
    slots, census = watch.Slots(stack.server), watch.Census(stack)
    stack.server.held = ("run",)
    slots.look(census)
    now[0] = 107.0
    slots.look(census)
    stack.server.held = ()
    now[0] = 112.0
    slots.look(census)
    assert slots.longest_seconds == 12.0
    assert slots.empty_since == {}
    assert census.flows == {"run": "trainer"}


def test_the_longest_time_without_an_update_is_kept(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(watch.time, "monotonic", lambda: now[0])
    progress = watch.Progress()
    for now[0], update in [(5.0, 1), (25.0, 2), (30.0, 2)]:
        progress.look(update)
    assert (progress.longest_seconds, progress.silence_seconds) == (20.0, 5.0)


def test_victims_repeat_with_the_seed():
    first, second = (random.Random(Plan(1, 7, 0).seed) for _ in range(2))
    choices = [*campaign.TARGETS]
    weights = [*campaign.TARGETS.values()]
    assert first.choices(choices, weights, k=20) == second.choices(choices, weights, k=20)


@pytest.mark.server
@pytest.mark.timeout(900)
@pytest.mark.skipif(not can_see_processes(), reason="this system lists no processes under /proc")
def test_a_few_kills_lose_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr(campaign, "SETTLE_UPDATES", 2)
    figures = campaign.chaos(
        Plan(kills=2, seed=3, minutes=0, every_seconds=2.0, within_minutes=0.5), print, tmp_path
    )
    assert figures["problems"] == []
    assert figures["ok"]
    assert 1 <= figures["kills"] <= 2
    assert figures["updates"] >= 2
    assert {"server", "worker"} <= set().union(*figures["memory_megabytes"])
