"""Prefect on this machine: start what is missing, restart what dies, stop what was started.

Server, work pool, deployments, the automation that ends zombies, one worker. Everything started
here is stopped here, worker first: a worker without its server does not end.
"""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flows import zombies
from flows.processes import die_with_parent, end_group
from flows.project import DATA_VARIABLE, REPORTS_VARIABLE
from flows.server import POOL, Server, ServerError, given_url, is_healthy

START_SECONDS: Final = 300.0  # a death is noticed at once; this is for crowded machines
POLL_SECONDS: Final = 0.2
RUNS_AT_ONCE: Final = "6"
BURY_SECONDS: Final = 5.0  # between two looks for flow runs whose process is gone
MOST_RESTARTS: Final = 5  # of the same process in ten minutes
RESTARTS_SECONDS: Final = 600.0
SERVER: Final = "server"
WORKER: Final = "worker"
DEPLOYMENT: Final = "deploy"
DEPLOY: Final = ("--no-prompt", "deploy", "--all")
LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything of one `ascension up` lies."""

    home: Path  # Prefect's database and logs
    data: Path
    reports: Path
    root: Path  # the folder with prefect.yaml


def environment(places: Places, url: str) -> dict[str, str]:
    """The environment of server, worker and flow runs; `prefect.toml` holds the settings."""
    commands = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {
        **os.environ,
        "PATH": commands,
        "PREFECT_HOME": str(places.home),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        DATA_VARIABLE: str(places.data),
        REPORTS_VARIABLE: str(places.reports),
    }


@dataclass(slots=True)
class Stack:
    """The processes of one `ascension up`."""

    url: str
    run: str
    places: Places
    say: Callable[[str], None]
    may_start_server: bool = field(default_factory=lambda: given_url() is None)
    most_restarts: int = MOST_RESTARTS
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    restarts: dict[str, list[float]] = field(default_factory=dict)
    owns_server: bool = False
    buried: float = 0.0

    @property
    def server(self) -> Server:
        """The server's API."""
        return Server(self.url)

    def start(self) -> None:
        """Start what is missing; worker and deployment import while the server starts."""
        self.places.home.mkdir(parents=True, exist_ok=True)
        self._prepare_deployment()
        self._prepare_worker()
        self.start_server()
        self.say("deploying the flows")
        self.deploy()
        self.say("starting a worker")
        _begin(self.processes[WORKER])

    def start_server(self) -> None:
        """Use the server that is there, or start one."""
        if is_healthy(self.url):
            self.say(f"using the Prefect server at {self.url}")
            return
        if not self.may_start_server:
            raise ServerError(
                f"there is no Prefect server at {self.url}: start it, or unset PREFECT_API_URL to "
                "let `ascension up` start one"
            )
        self.say("starting a Prefect server")
        self.owns_server = True
        port = self.url.rsplit(":", 1)[1].split("/")[0]
        address = ("--host", LOOPBACK, "--port", port)
        process = self._spawn(SERVER, signal.SIGTERM, "flows.prefect_server", *address)
        deadline = time.monotonic() + START_SECONDS
        while not is_healthy(self.url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServerError(f"the Prefect server did not start: {self._last_words(SERVER)}")
            time.sleep(POLL_SECONDS)

    def start_worker(self) -> None:
        """Start a worker on the pool; it may join others, of other homes and machines."""
        self._prepare_worker()
        _begin(self.processes[WORKER])

    def _prepare_worker(self) -> None:
        # A worker that is asked to end waits for its flow runs, a killed one takes them with it.
        # With its type given it also starts while the server does not answer.
        limits = ("--pool", POOL, "--type", "process", "--limit", RUNS_AT_ONCE)
        self._spawn(WORKER, signal.SIGKILL, "flows.prefect_command", "worker", "start", *limits)

    def _prepare_deployment(self) -> "subprocess.Popen[bytes]":
        return self._spawn(DEPLOYMENT, signal.SIGKILL, "flows.prefect_command", *DEPLOY)

    def deploy(self) -> None:
        """Pool, deployments and automation, and no slot held by the dead."""
        self.server.ensure_pool()
        deployment = self.processes.pop(DEPLOYMENT, None) or self._prepare_deployment()
        _begin(deployment)
        if deployment.wait() != 0:
            raise ServerError(
                f"`prefect {' '.join(DEPLOY)}` failed: {self._last_words(DEPLOYMENT)}"
            )
        self.processes.pop(DEPLOYMENT, None)
        self.server.set_run(self.run, f"{shlex.quote(sys.executable)} -m prefect.engine")
        zombies.ensure(self.server)
        if self.owns_server:
            self.tidy()

    def tidy(self) -> None:
        """No worker outlives its server: what a server finds unfinished at its start is dead."""
        for flow_run in self.server.unfinished_runs():
            self.server.end_run(flow_run["id"], "CRASHED", "its process was killed")
        for flow_run in self.server.missed_runs():
            self.server.end_run(flow_run["id"], "CANCELLED", "no server was there to start it")

    def _log(self, name: str) -> Path:
        return self.places.home / f"{name}.log"

    def _last_words(self, name: str) -> str:
        lines = self._log(name).read_text(errors="replace").strip().splitlines()
        last = " / ".join(lines[-3:]) if lines else "it said nothing"
        return f"{last} (see {self._log(name)})"

    def _spawn(
        self, name: str, death: int, module: str, *arguments: str
    ) -> "subprocess.Popen[bytes]":
        """Start a module as a process; if we are killed, it gets the signal `death`."""
        with self._log(name).open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=self.places.root,
                env=environment(self.places, self.url),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we stop them in order
                preexec_fn=lambda: die_with_parent(death),  # noqa: PLW1509
            )
        return self.processes[name]

    def check(self) -> None:
        """Restart what was started here and has died, and free the slots that it held.

        ServerError if it dies again and again.
        """
        if self._is_dead(SERVER):
            self._note_restart(SERVER)
            self.start_server()
        if self._is_dead(WORKER):
            self._note_restart(WORKER)
            self.start_worker()
        if self.owns_server and time.monotonic() - self.buried > BURY_SECONDS:
            self.buried = time.monotonic()
            with suppress(ServerError):  # the next look will find them
                zombies.bury(self.server)

    def _is_dead(self, name: str) -> bool:
        process = self.processes.get(name)
        return process is not None and process.poll() is not None

    def _note_restart(self, name: str) -> None:
        now = time.monotonic()
        recent = [at for at in self.restarts.get(name, []) if now - at < RESTARTS_SECONDS]
        if len(recent) >= self.most_restarts:
            raise ServerError(f"the {name} ends again and again: {self._last_words(name)}")
        self.restarts[name] = [*recent, now]
        self.say(f"starting the {name} again: it has ended")

    def stop(self) -> None:
        """Stop the worker and its flow runs, then the server; by force after 15 seconds."""
        for name in (DEPLOYMENT, WORKER, SERVER):
            if name not in self.processes:
                continue
            self.say(f"stopping the {name}")
            end_group(self.processes.pop(name))
            if name == WORKER:
                self._cancel_runs()

    def _cancel_runs(self) -> None:
        """The flow runs that ended with our worker must not hold their slots."""
        with suppress(ServerError):
            for flow_run in self.server.unfinished_runs(run=self.run):
                self.server.end_run(flow_run["id"], "CANCELLED", "`ascension up` has ended")


def _begin(process: "subprocess.Popen[bytes]") -> None:
    """Let a prepared command begin."""
    if process.stdin is not None:
        with suppress(BrokenPipeError):
            process.stdin.close()


@contextmanager
def running(stack: Stack) -> Iterator[Stack]:
    """Start what is missing for the block and stop it afterwards, whatever happens."""
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
