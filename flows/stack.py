"""Prefect on this machine: start what is missing, stop what was started.

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

START_SECONDS: Final = 120.0
POLL_SECONDS: Final = 0.2
RUNS_AT_ONCE: Final = "6"


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
    processes: list[tuple[str, subprocess.Popen[bytes]]] = field(default_factory=list)
    owns_server: bool = False

    @property
    def server(self) -> Server:
        """The server's API."""
        return Server(self.url)

    def start(self) -> None:
        """Start what is missing."""
        self.places.home.mkdir(parents=True, exist_ok=True)
        self.start_server()
        self.say("deploying the flows")
        self.deploy()
        self.say("starting a worker")
        # A worker that is asked to end waits for its flow runs, a killed one takes them with it.
        limits = ("--pool", POOL, "--limit", RUNS_AT_ONCE)
        self._spawn("worker", signal.SIGKILL, "prefect", "worker", "start", *limits)

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
        process = self._spawn(
            "server", signal.SIGTERM, "flows.prefect_server", "--host", "127.0.0.1", "--port", port
        )
        deadline = time.monotonic() + START_SECONDS
        while not is_healthy(self.url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServerError(f"the Prefect server did not start: {self._last_words('server')}")
            time.sleep(POLL_SECONDS)

    def deploy(self) -> None:
        """Pool, deployments and automation, and no slot held by the dead."""
        self.server.ensure_pool()
        self._prefect("--no-prompt", "deploy", "--all")
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

    def _prefect(self, *arguments: str) -> None:
        """Run a Prefect command to its end."""
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *arguments],
            cwd=self.places.root,
            env=environment(self.places, self.url),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        (self.places.home / "deploy.log").write_text(done.stdout + done.stderr, encoding="utf-8")
        if done.returncode != 0:
            last = " / ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
            raise ServerError(f"`prefect {' '.join(arguments)}` failed: {last}")

    def _log(self, name: str) -> Path:
        return self.places.home / f"{name}.log"

    def _last_words(self, name: str) -> str:
        lines = self._log(name).read_text(errors="replace").strip().splitlines()
        return f"{lines[-1] if lines else 'it said nothing'} (see {self._log(name)})"

    def _spawn(
        self, name: str, death: int, module: str, *arguments: str
    ) -> "subprocess.Popen[bytes]":
        """Start a module as a process; if we are killed, it gets the signal `death`."""
        with self._log(name).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=self.places.root,
                env=environment(self.places, self.url),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we stop them in order
                preexec_fn=lambda: die_with_parent(death),  # noqa: PLW1509
            )
        self.processes.append((name, process))
        return process

    def check(self) -> None:
        """ServerError if a process that was started here has died."""
        for name, process in self.processes:
            if process.poll() is not None:
                raise ServerError(f"the {name} has ended: {self._last_words(name)}")

    def stop(self) -> None:
        """Stop the worker and its flow runs, then the server; by force after 15 seconds."""
        for name, process in reversed(self.processes):
            self.say(f"stopping the {name}")
            end_group(process)
            if name == "worker":
                self._cancel_runs()
        self.processes.clear()

    def _cancel_runs(self) -> None:
        """The flow runs that ended with our worker must not hold their slots."""
        with suppress(ServerError):
            for flow_run in self.server.unfinished_runs(run=self.run):
                self.server.end_run(flow_run["id"], "CANCELLED", "`ascension up` has ended")


@contextmanager
def running(stack: Stack) -> Iterator[Stack]:
    """Start what is missing for the block and stop it afterwards, whatever happens."""
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
