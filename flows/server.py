"""Talking to a Prefect server by plain HTTP: no Prefect import, so commands stay fast."""

import base64
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

DEFAULT_PORT: Final = 4200
POOL: Final = "ascension"
FLOWS: Final = ("clone", "collect", "train", "evaluate", "report")
UNFINISHED: Final = ("PENDING", "RUNNING", "CANCELLING")
ENDED: Final = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
BUSY_RETRIES: Final = 20
BUSY_SECONDS: Final = 0.5


class ServerError(RuntimeError):
    """The Prefect server cannot be reached or started, or refuses what it is asked."""


class NotFound(ServerError):
    """The server knows no such thing."""


class Busy(ServerError):
    """The server's database was locked by another call; the next try will do."""


REFUSALS: Final = {404: NotFound, 429: Busy, 503: Busy}


def given_url() -> str | None:
    """Where the user says the server is: $PREFECT_API_URL."""
    return os.environ.get("PREFECT_API_URL", "").rstrip("/") or None


def api_url(port: int = DEFAULT_PORT) -> str:
    """Where the server is: $PREFECT_API_URL, or a port of this machine."""
    return given_url() or f"http://127.0.0.1:{port}/api"


def credentials() -> dict[str, str]:
    """The header of Prefect's basic authentication, from $PREFECT_API_AUTH_STRING (user:password).

    The secret is read when it is needed and kept nowhere.
    """
    secret = os.environ.get("PREFECT_API_AUTH_STRING", "")
    if not secret:
        return {}
    return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


def is_healthy(url: str, timeout: float = 2.0) -> bool:
    """Whether a Prefect server answers."""
    try:
        call = urllib.request.Request(f"{url}/health", headers=credentials())
        with urllib.request.urlopen(call, timeout=timeout) as answer:
            return bool(answer.status == 200 and answer.read().strip() == b"true")
    except (OSError, ValueError):
        return False


@dataclass(frozen=True, slots=True)
class Server:
    """The API of a Prefect server."""

    url: str

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """One call, repeated while the server is busy; ServerError if refused or not answered."""
        for _ in range(BUSY_RETRIES):
            try:
                return self._ask_once(method, path, body)
            except Busy:
                time.sleep(BUSY_SECONDS)
        return self._ask_once(method, path, body)

    def _ask_once(self, method: str, path: str, body: Mapping[str, Any] | None) -> Any:
        call = urllib.request.Request(
            f"{self.url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **credentials()},
        )
        try:
            with urllib.request.urlopen(call, timeout=30) as answer:
                content = answer.read()
        except urllib.error.HTTPError as error:
            kind = REFUSALS.get(error.code, ServerError)
            detail = error.read().decode(errors="replace")[:300]
            raise kind(f"the Prefect server refused {path}: {error.code} {detail}") from error
        except OSError as error:
            raise ServerError(
                f"the Prefect server at {self.url} does not answer ({error}): start it, or unset "
                "PREFECT_API_URL to let `ascension up` start one"
            ) from error
        return json.loads(content) if content else None

    def ensure_pool(self) -> None:
        """Create the work pool if there is none; its first worker fills in the details."""
        try:
            self.ask("GET", f"/work_pools/{POOL}")
        except NotFound:
            self.ask("POST", "/work_pools/", {"name": POOL, "type": "process"})

    def deployment(self, name: str) -> dict[str, Any]:
        """One of our deployments, by the name of its flow."""
        found: dict[str, Any] = self.ask("GET", f"/deployments/name/{name}/{name}")
        return found

    def set_run(self, run: str, command: str | None = None) -> None:
        """Let scheduled flow runs work for this training run.

        `command` starts a flow run in one step; without it a worker first prepares a workspace,
        which costs a second start of Python.
        """
        for name in FLOWS:
            known = self.deployment(name)
            changes = {"parameters": known["parameters"] | {"run": run}}
            if command is not None:
                changes["job_variables"] = known["job_variables"] | {"command": command}
            self.ask("PATCH", f"/deployments/{known['id']}", changes)

    def start_run(self, name: str, parameters: Mapping[str, Any]) -> str:
        """Start a flow run of a deployment; returns its id."""
        body = {"parameters": dict(parameters), "state": {"type": "SCHEDULED"}}
        path = f"/deployments/{self.deployment(name)['id']}/create_flow_run"
        return str(self.ask("POST", path, body)["id"])

    def state_of(self, flow_run: str) -> tuple[str, str]:
        """A flow run's type of state (SCHEDULED, RUNNING, COMPLETED, ...) and its message."""
        state = self.ask("GET", f"/flow_runs/{flow_run}")["state"]
        return str(state["type"]), str(state.get("message") or "")

    def unfinished_runs(
        self, flows: Sequence[str] = FLOWS, run: str | None = None
    ) -> list[dict[str, Any]]:
        """Flow runs that hold a process or a slot; `run`: of one training run only."""
        state = {"state": {"type": {"any_": UNFINISHED}}}
        found = self._flow_runs(state, flows)
        return [flow_run for flow_run in found if run in (None, flow_run["parameters"].get("run"))]

    def failed_runs(self, run: str, since: datetime) -> list[dict[str, Any]]:
        """Flow runs of a training run that failed by an error of ours, newest first."""
        failed = {
            "state": {"type": {"any_": ["FAILED"]}},
            "end_time": {"after_": since.isoformat()},
        }
        found = self._flow_runs(failed, FLOWS)
        return [flow_run for flow_run in found if flow_run["parameters"].get("run") == run]

    def missed_runs(self) -> list[dict[str, Any]]:
        """Flow runs that should have started before now."""
        now = datetime.now(UTC).isoformat()
        scheduled = {"state": {"type": {"any_": ["SCHEDULED"]}}}
        return self._flow_runs(scheduled | {"expected_start_time": {"before_": now}}, FLOWS)

    def _flow_runs(self, which: Mapping[str, Any], flows: Sequence[str]) -> list[dict[str, Any]]:
        wanted = {"flow_runs": which, "deployments": {"name": {"any_": flows}}}
        found: list[dict[str, Any]] = self.ask("POST", "/flow_runs/filter", wanted)
        return found

    def deployment_names(self) -> dict[str, str]:
        """Names of our deployments by their ids."""
        wanted = {"deployments": {"name": {"any_": FLOWS}}}
        return {one["id"]: one["name"] for one in self.ask("POST", "/deployments/filter", wanted)}

    def end_run(self, flow_run: str, state: str, message: str) -> None:
        """Put a flow run whose process is gone into a final state: that frees its slot."""
        body = {"state": {"type": state, "message": message}, "force": True}
        self.ask("POST", f"/flow_runs/{flow_run}/set_state", body)
