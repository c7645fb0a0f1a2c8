"""What the campaign sees of the running loop: processes, held slots, memory, progress."""

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from flows.processes import flow_run_processes, resident_megabytes
from flows.server import Server, ServerError
from flows.stack import SERVER, WORKER, Stack

ASK_SECONDS: Final = 2.0
FLOW_NAMES: Final = {"collect": "collector", "train": "trainer", "evaluate": "evaluator"}


@dataclass(frozen=True, slots=True)
class Running:
    """A process of the loop."""

    kind: str  # server, worker, collector, trainer, evaluator, or another flow's name
    pid: int


@dataclass(slots=True)
class Census:
    """Which processes of the loop are alive, and which flow each flow run belongs to."""

    stack: Stack
    flows: dict[str, str] = field(default_factory=dict)  # flow by flow run
    deployments: dict[str, str] = field(default_factory=dict)

    def learn(self, flow_runs: Iterable[dict[str, Any]]) -> None:
        """Remember the flows of flow runs: a dead server cannot be asked."""
        if not self.deployments:
            self.deployments = self.stack.server.deployment_names()
        for flow_run in flow_runs:
            name = self.deployments.get(flow_run["deployment_id"], "flow run")
            self.flows[flow_run["id"]] = FLOW_NAMES.get(name, name)

    def alive(self) -> list[Running]:
        """All processes of the loop."""
        own = [
            Running(name, process.pid)
            for name in (SERVER, WORKER)
            if (process := self.stack.processes.get(name)) and process.poll() is None
        ]
        runs = flow_run_processes(self.stack.url).items()
        return own + [
            Running(self.flows.get(flow_run, "flow run"), pid)
            for flow_run, pids in runs
            for pid in pids
        ]


@dataclass(slots=True)
class Slots:
    """How long slots stay held by flow runs that have no process."""

    server: Server
    empty_since: dict[str, float] = field(default_factory=dict)
    longest_seconds: float = 0.0
    asked: float = 0.0

    def look(self, census: Census) -> None:
        """Ask the server, at most every two seconds; a dead server frees no slot."""
        now = time.monotonic()
        if now - self.asked < ASK_SECONDS:
            return
        self.asked = now
        with suppress(ServerError):
            held = self.server.unfinished_runs()
            census.learn(held)
            self._note({one["id"] for one in held}, set(flow_run_processes(self.server.url)))

    def _note(self, held: set[str], alive: set[str]) -> None:
        now = time.monotonic()
        for flow_run in held - alive:
            self.empty_since.setdefault(flow_run, now)
        for flow_run, since in list(self.empty_since.items()):
            self.longest_seconds = max(self.longest_seconds, now - since)
            if flow_run not in held or flow_run in alive:
                del self.empty_since[flow_run]


@dataclass(slots=True)
class Memory:
    """Resident memory by kind of process over time."""

    every_seconds: float
    samples: list[dict[str, float]] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    taken: float = 0.0

    def look(self, running: Iterable[Running]) -> None:
        """Take a sample when it is time."""
        now = time.monotonic()
        if now - self.taken < self.every_seconds:
            return
        self.taken = now
        sample = {"minute": round((now - self.started) / 60, 2)}
        for one in running:
            megabytes = round(resident_megabytes(one.pid), 1)
            sample[one.kind] = max(sample.get(one.kind, 0.0), megabytes)
        self.samples.append(sample)


@dataclass(slots=True)
class Progress:
    """When the last update came, and the longest time without one."""

    update: int = 0
    at: float = field(default_factory=time.monotonic)
    longest_seconds: float = 0.0

    def look(self, update: int) -> None:
        """Take note of the newest update."""
        now = time.monotonic()
        self.longest_seconds = max(self.longest_seconds, now - self.at)
        if update != self.update:
            self.update, self.at = update, now

    @property
    def silence_seconds(self) -> float:
        """Seconds since the last update."""
        return time.monotonic() - self.at
