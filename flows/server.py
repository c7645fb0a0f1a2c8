"""Prefect on this machine: start what is missing, in the settings that were found to work.

Server, work pool, deployments, the automation that ends zombies, one worker. Everything started
here is stopped here, worker first: a worker without its server does not end.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

POOL: Final = "ascension"
DEFAULT_PORT: Final = 4200
START_SECONDS: Final = 90.0
STOP_SECONDS: Final = 20.0


class ServerError(RuntimeError):
    """The Prefect server cannot be reached or started."""


def api_url() -> str:
    """Where the server is: $PREFECT_API_URL, or the default port of this machine."""
    return os.environ.get("PREFECT_API_URL") or f"http://127.0.0.1:{DEFAULT_PORT}/api"


def environment(home: Path, data: Path, url: str) -> dict[str, str]:
    """The environment of server, worker and flow runs."""
    return {
        **os.environ,
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": url,
        "ASCENSION_DATA": str(data),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "2",  # the default of 10 dominates trigger latency
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",  # the zombie automation waits for three
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
            "prefect.server.concurrency.lease_storage.filesystem"
        ),
        "PREFECT_LOGGING_EXTRA_LOGGERS": "flows",
        "OMP_NUM_THREADS": "1",
    }


def is_healthy(url: str, timeout: float = 2.0) -> bool:
    """Whether a Prefect server answers."""
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=timeout) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def request(url: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
    """One call of the server's API; ServerError if it does not answer."""
    data = None if body is None else json.dumps(body).encode()
    call = urllib.request.Request(
        f"{url}{path}", data=data, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(call, timeout=15) as answer:
            content = answer.read()
    except (urllib.error.URLError, OSError) as error:
        raise ServerError(
            f"the Prefect server at {url} does not answer ({error}): start it, or unset "
            "PREFECT_API_URL to let `ascension up` start one"
        ) from error
    return json.loads(content) if content else None


@dataclass(slots=True)
class Stack:
    """The processes of one `ascension up`."""

    url: str
    home: Path
    data: Path
    root: Path  # the folder with prefect.yaml
    say: Callable[[str], None]
    processes: list[tuple[str, subprocess.Popen[bytes]]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Environment of everything started here."""
        return environment(self.home, self.data, self.url)

    def start(self) -> None:
        """Start what is missing."""
        self._start_server()
        self._cli("work-pool", "create", POOL, "--type", "process", "--overwrite")
        self.say("deploying flows")
        self._cli("--no-prompt", "deploy", "--all")
        self._run_module("flows.zombies")
        self.say("starting a worker")
        self._spawn("worker", "worker", "start", "--pool", POOL, "--limit", "6")

    def _start_server(self) -> None:
        if is_healthy(self.url):
            self.say(f"using the Prefect server at {self.url}")
            return
        if os.environ.get("PREFECT_API_URL"):
            raise ServerError(
                f"there is no Prefect server at {self.url}: start it, or unset PREFECT_API_URL"
            )
        self.say("starting a Prefect server")
        port = self.url.rsplit(":", 1)[1].split("/")[0]
        process = self._spawn("server", "server", "start", "--host", "127.0.0.1", "--port", port)
        deadline = time.monotonic() + START_SECONDS
        while not is_healthy(self.url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise ServerError(
                    f"the Prefect server did not start: see {self.home / 'server.log'}"
                )
            time.sleep(0.5)

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "prefect", *arguments]

    def _cli(self, *arguments: str) -> None:
        self._checked(self._command(*arguments))

    def _run_module(self, module: str) -> None:
        self._checked([sys.executable, "-m", module])

    def _checked(self, command: list[str]) -> None:
        done = subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            last = (done.stderr or done.stdout).strip().splitlines()[-3:]
            raise ServerError(f"`{' '.join(command[2:])}` failed: {' / '.join(last)}")

    def _spawn(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                self._command(*arguments),
                cwd=self.root,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we stop them in order
            )
        self.processes.append((name, process))
        return process

    def check(self) -> None:
        """ServerError if a process that was started here has died."""
        for name, process in self.processes:
            if process.poll() is not None:
                raise ServerError(f"the {name} has ended: see {self.home / f'{name}.log'}")

    def stop(self) -> None:
        """Stop the worker and its flow runs, then the server; by force after 20 seconds."""
        for name, process in reversed(self.processes):
            self.say(f"stopping the {name}")
            _end(process)
        self.processes.clear()

    def run_deployment(self, name: str, parameters: Mapping[str, Any]) -> str:
        """Start a run of a deployment (`flow/deployment`); returns the flow run's id."""
        deployment = request(self.url, f"/deployments/name/{name}")
        body = {"parameters": dict(parameters), "state": {"type": "SCHEDULED"}}
        created = request(self.url, f"/deployments/{deployment['id']}/create_flow_run", body)
        return str(created["id"])

    def state_of(self, flow_run: str) -> str:
        """State type of a flow run: SCHEDULED, PENDING, RUNNING, COMPLETED, FAILED, ..."""
        return str(request(self.url, f"/flow_runs/{flow_run}")["state_type"])

    def pause(self, name: str, paused: bool) -> None:
        """Stop or let go on the schedules of a deployment."""
        deployment = request(self.url, f"/deployments/name/{name}")
        verb = "pause_deployment" if paused else "resume_deployment"
        request(self.url, f"/deployments/{deployment['id']}/{verb}", {})


def _end(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM to the process group, SIGKILL to what is left of it after a while."""
    for sign, patience in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(patience)
            break
        except subprocess.TimeoutExpired:
            continue
    try:
        os.killpg(process.pid, signal.SIGKILL)  # flow runs that outlived their worker
    except ProcessLookupError:
        return


@contextmanager
def running(stack: Stack) -> Iterator[Stack]:
    """Start what is missing for the block and stop it afterwards, whatever happens."""
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
