"""Which processes belong to which flow run, and how they end."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from flows import processes, zombies
from storage.locks import exclusive

pytestmark = pytest.mark.skipif(
    not processes.can_see_processes(), reason="this system does not list processes under /proc"
)
URL = "http://127.0.0.1:1/api"
WAIT = "import sys; print(flush=True); sys.stdin.read()"


@contextmanager
def process(code=WAIT, **environment):
    """A Python process that has started; it ends with the block."""
    started = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    try:
        started.stdout.readline()
        yield started
    finally:
        started.kill()
        started.communicate()


def test_a_flow_runs_process_is_found_by_its_environment():
    with process(PREFECT__FLOW_RUN_ID="one", PREFECT_API_URL=URL) as found:
        assert processes.flow_run_processes(URL) == {"one": [found.pid]}
        assert processes.flow_run_processes("http://127.0.0.1:2/api") == {}


def test_a_process_that_was_killed_is_not_counted_before_it_is_reaped():
    with process(PREFECT__FLOW_RUN_ID="one", PREFECT_API_URL=URL) as found:
        found.kill()
        os.waitid(os.P_PID, found.pid, os.WEXITED | os.WNOWAIT)
        assert processes.flow_run_processes(URL) == {}


def test_a_flow_run_whose_worker_is_gone_already_ends_at_once():
    code = "from flows.processes import die_with_worker as die; die(); print('still here')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    # The parent of this process is pytest: no command of Prefect.
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, b"")


def test_a_process_takes_memory_and_a_dead_one_takes_none():
    assert processes.resident_megabytes(os.getpid()) > 10
    with process() as found:
        pass
    assert processes.resident_megabytes(found.pid) == 0.0


def test_the_holder_of_a_lock_is_named(tmp_path):
    held, free = tmp_path / "held.lock", tmp_path / "free.lock"
    free.touch()
    with exclusive(held, "a test"):
        assert processes.lock_holders([held, free]) == {held: os.getpid()}
    assert processes.lock_holders([held, free]) == {}


def flow_run(name, since="2026-01-01T00:00:00+00:00"):
    return {"id": name, "name": name, "state": {"timestamp": since}}


def test_a_flow_run_without_a_process_is_a_zombie_after_a_while():
    runs = [flow_run("dead"), flow_run("alive"), flow_run("young", "2999-01-01T00:00:00+00:00")]
    assert [run["id"] for run in zombies.without_process(runs, ["alive"])] == ["dead"]


class Server:
    """A server on which flow runs are unfinished."""

    url = URL

    def __init__(self):
        self.ended = []

    def unfinished_runs(self):
        return [flow_run("dead"), flow_run("one")]

    def end_run(self, flow_run, state, message):
        self.ended.append((flow_run, state))


def test_zombies_are_put_to_crashed_and_living_runs_are_left_alone():
    server = Server()
    with process(PREFECT__FLOW_RUN_ID="one", PREFECT_API_URL=URL):
        assert zombies.bury(server) == 1
    assert server.ended == [("dead", "CRASHED")]


def test_the_automation_follows_a_run_from_the_moment_a_worker_takes_it():
    trigger = zombies.automation()["trigger"]
    assert "prefect.flow-run.Pending" in trigger["after"]
    assert set(trigger["expect"]) > {"prefect.flow-run.Running", "prefect.flow-run.heartbeat"}
    assert trigger["within"] >= 3 * 30
