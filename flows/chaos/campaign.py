"""A campaign: the deployed loop with small games, killed process by process, then judged."""

import os
import random
import signal
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any, Final

from ascension.settings import (
    CloneSettings,
    CollectSettings,
    EvaluateSettings,
    NetworkSettings,
    TrainSettings,
)
from flows import goal
from flows.chaos.proofs import Witness, prove
from flows.chaos.watch import Census, Memory, Progress, Running, Slots
from flows.driver import Kept
from flows.project import Project, ProjectSettings, create_project
from flows.server import ServerError
from flows.stack import Places, Stack
from flows.steps import due
from storage.files import TEMPORARY

ROOT: Final = Path(__file__).resolve().parents[2]
ALL: Final = "all at once"
# How often each is chosen: with the worker or the server much else has to start again.
TARGETS: Final = {"collector": 8, "trainer": 8, "evaluator": 4, "worker": 1, "server": 1, ALL: 1}
FLOW_KINDS: Final = {"collector", "trainer", "evaluator"}
SLOT_LIMIT_SECONDS: Final = 120.0
SILENCE_LIMIT_SECONDS: Final = 900.0  # without an update: the loop does not go on by itself
QUIET_SECONDS: Final = 90.0  # without an update: no further kill, so that it can
RECOVERY_UPDATES: Final = 3
SETTLE_UPDATES: Final = 5
LOOK_SECONDS: Final = 0.25
AIM_SECONDS: Final = 2.0
VIOLATIONS: Final = (
    "trained_twice lost untold checkpoints_unloadable broken_rollouts tables_differing "
    "orphans_not_swept"
).split()
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is killed, and for how long the loop runs."""

    kills: int
    seed: int
    minutes: float  # at least; 0: until the kills are done
    every_seconds: float = 6.0  # between two kills, on average
    within_minutes: float = inf  # no more kills after that


def small_settings(run: str = "chaos") -> ProjectSettings:
    """A loop whose updates come every second or two: short games, a tiny network."""
    sizes = NetworkSettings(state_size=8, policy_size=8, value_size=8, option_size=8)
    return ProjectSettings(
        run=run,
        collect=CollectSettings(games=8, parallel_games=8, acts=1),
        clone=CloneSettings(games=4, epochs=1, acts=1, network=sizes),
        train=TrainSettings(network=sizes, minibatch_size=256, most_rollouts=8, device="cpu"),
        evaluate=EvaluateSettings(games=3, acts=1, every_games=64, latest_games=128),
        from_scratch=True,
    )


@dataclass(slots=True)
class Campaign:
    """One campaign over one stack."""

    plan: Plan
    project: Project
    stack: Stack
    say: Say
    dice: random.Random = field(init=False)
    census: Census = field(init=False)
    slots: Slots = field(init=False)
    witness: Witness = field(init=False)
    memory: Memory = field(init=False)
    collect: Kept = field(init=False)
    progress: Progress = field(default_factory=Progress)
    killed: Counter[str] = field(default_factory=Counter)
    aimed: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.plan.seed)
        self.census = Census(self.stack)
        self.slots = Slots(self.stack.server)
        self.witness = Witness(self.project)
        self.memory = Memory(max(10.0, 60 * self.plan.minutes / 60))
        self.collect = Kept(self.stack.server, "collect", {"run": self.project.run})

    def run(self) -> None:
        """Kill until the plan is fulfilled, then let the loop show that it goes on."""
        self._breathe(1)  # the loop must be in motion
        started, self.progress = time.monotonic(), Progress(self.progress.update)
        last = started + 60 * self.plan.within_minutes
        while sum(self.killed.values()) < self.plan.kills and time.monotonic() < last:
            self._live(self.dice.uniform(1.0, 2 * self.plan.every_seconds - 1.0))
            if self.progress.silence_seconds > QUIET_SECONDS:
                self._breathe(RECOVERY_UPDATES)
            self._kill()
        while time.monotonic() - started < 60 * self.plan.minutes:
            self._live(5.0)
        self._breathe(SETTLE_UPDATES)

    def _breathe(self, updates: int) -> None:
        """So many more updates must come without any help."""
        wanted = self.progress.update + updates
        self.say(f"no kills until update {wanted}")
        while self.progress.update < wanted:
            self._live(1.0)

    def _live(self, seconds: float) -> None:
        """Let the loop run, watch it, restart what has died as `ascension up` would."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.stack.check()
            with suppress(ServerError):
                self.collect.look()
            self.slots.look(self.census)
            self.witness.look()
            self.memory.look(self.census.alive())
            self.progress.look(due.newest_update(self.project))
            if self.progress.silence_seconds > SILENCE_LIMIT_SECONDS:
                raise ServerError(
                    f"no update for {SILENCE_LIMIT_SECONDS:.0f} seconds: the loop does not go on "
                    f"by itself (logs in {self.stack.places.home})"
                )
            time.sleep(LOOK_SECONDS)

    def _kill(self) -> None:
        """Kill a target of a kind or everything; nothing if none of that sort is alive."""
        alive = self.census.alive()
        (kind,) = self.dice.choices([*TARGETS], [*TARGETS.values()])
        others = sorted({one.kind for one in alive} & FLOW_KINDS)
        if kind in FLOW_KINDS and kind not in others and others:
            kind = self.dice.choice(others)
        victims = [one for one in alive if kind in (ALL, one.kind)]
        if not victims:
            return
        if kind in ("collector", "trainer") and self.dice.random() < 0.5:
            self._aim(kind)
        self.witness.look()
        for one in victims:
            with suppress(ProcessLookupError):
                os.kill(one.pid, signal.SIGKILL)
        self.killed[kind] += 1
        self.say(f"kill {sum(self.killed.values())}: {_named(kind, victims)}")

    def _aim(self, kind: str) -> None:
        """Wait a little for the moment in which something is being written."""
        folder = "checkpoints" if kind == "trainer" else "rollouts"
        deadline = time.monotonic() + AIM_SECONDS
        while time.monotonic() < deadline:
            if any((self.project.store.root / folder).rglob(f"{TEMPORARY}*")):
                self.aimed += 1
                return
            time.sleep(0.001)

    def figures(self) -> dict[str, Any]:
        """What was seen while the loop ran."""
        return {
            "kills": sum(self.killed.values()),
            "kills_by_target": dict(self.killed),
            "kills_during_a_write": self.aimed,
            "longest_slot_seconds": round(self.slots.longest_seconds, 1),
            "longest_without_update_seconds": round(self.progress.longest_seconds, 1),
            "rollouts_seen": len(self.witness.seen),
            "memory_megabytes": self.memory.samples,
        }


def _named(kind: str, victims: list[Running]) -> str:
    return f"{kind} ({', '.join(f'{one.kind} {one.pid}' for one in victims)})"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def chaos(plan: Plan, say: Say, folder: Path | None = None) -> dict[str, Any]:
    """Run a campaign in a folder of its own; `ok` says whether everything held.

    ServerError if the loop did not go on by itself.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        place = folder or Path(temporary)
        started = time.monotonic()
        project = create_project(small_settings(), place / "data")
        campaign = _campaign(plan, project, place, say)
        say("judging what is stored")
        proofs = prove(project, campaign.witness.seen)
        figures = campaign.figures() | proofs | {"seconds": round(time.monotonic() - started, 1)}
    in_time = figures["longest_slot_seconds"] <= SLOT_LIMIT_SECONDS
    ok = in_time and not any(figures[name] for name in VIOLATIONS)
    return {"ok": ok, "seed": plan.seed, **figures}


def _campaign(plan: Plan, project: Project, place: Path, say: Say) -> Campaign:
    places = Places(place / "home", project.store.root, place / "reports", ROOT)
    url = f"http://127.0.0.1:{free_port()}/api"
    stack = Stack(url, project.run, places, say, may_start_server=True, most_restarts=10**6)
    campaign = Campaign(plan, project, stack, say)
    try:
        with goal.driving(project):
            stack.start()
            campaign.run()
    finally:
        stack.stop()
    return campaign
