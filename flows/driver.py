"""Drives a deployed loop to a goal: starts the first flow runs, watches storage, ends in order."""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from flows import goal
from flows.local import Observer, Outcome
from flows.project import Project
from flows.server import ENDED, NotFound, Server, ServerError
from flows.stack import Stack
from flows.steps import demonstrations, due, evaluations, metrics, reporting

LOOK_SECONDS: Final = 0.5
ASK_SECONDS: Final = 3.0  # between two questions to the server, which shares the cores
AGAIN_SECONDS: Final = 20.0  # between two starts of the same flow
PATIENCE_SECONDS: Final = 120.0  # with a server that does not answer
END_SECONDS: Final = 1800.0
FAILURE_SECONDS: Final = 10.0
MOST_FAILURES: Final = 2
# A trainer that is there already begins within a second; one that must be started, in ten.
STAYING: Final = {"stay": True, "linger_seconds": 3600, "minutes": 60}


@dataclass(slots=True)
class Kept:
    """A flow run that is kept going: when it has ended, another one is started."""

    server: Server
    flow: str
    parameters: dict[str, object]
    flow_run: str = ""
    state: str = "CANCELLED"
    message: str = ""
    started: float = -AGAIN_SECONDS
    asked: float = 0.0
    answered: float = field(default_factory=time.monotonic)

    def look(self) -> None:
        """Ask for its state, at most every few seconds, and start it if there is none.

        A server that is busy for a while is no reason to give up: the flow runs go on without it.
        """
        now = time.monotonic()
        try:
            self._look(now)
            self.answered = now
        except ServerError:
            if now - self.answered > PATIENCE_SECONDS:
                raise

    def _look(self, now: float) -> None:
        if self.flow_run and now - self.asked >= ASK_SECONDS:
            self.asked = now
            try:
                self.state, self.message = self.server.state_of(self.flow_run)
            except NotFound:  # a server that was killed may forget its last words
                self.state, self.message = "CANCELLED", "the server does not know it"
        if self.state in ENDED and now - self.started >= AGAIN_SECONDS:
            self.started = now
            self.flow_run = self.server.start_run(self.flow, self.parameters)
            self.state, self.asked = "SCHEDULED", now


@dataclass(slots=True)
class Failures:
    """Ends the drive when flow runs fail again and again: waiting would not help."""

    server: Server
    run: str
    since: datetime = field(default_factory=lambda: datetime.now(UTC))
    asked: float = field(default_factory=time.monotonic)

    def look(self) -> None:
        """ServerError with the newest message if there were several failures."""
        now = time.monotonic()
        if now - self.asked < FAILURE_SECONDS:
            return
        self.asked = now
        failed: list[dict[str, Any]] = []
        with suppress(ServerError):  # no answer: `Kept` counts how long
            failed = self.server.failed_runs(self.run, self.since)
        if len(failed) >= MOST_FAILURES:
            raise ServerError(f"flow run {failed[0]['name']} failed: {message_of(failed[0])}")


def message_of(flow_run: dict[str, Any]) -> str:
    """The last line of the message of a flow run's state."""
    message = str((flow_run.get("state") or {}).get("message") or "see the Prefect UI")
    return message.strip().splitlines()[-1]


@dataclass(slots=True)
class Driver:
    """One `ascension up`."""

    project: Project
    stack: Stack
    observer: Observer
    outcome: Outcome = field(default_factory=Outcome)
    started: float = field(default_factory=time.monotonic)
    first_games: int = 0
    last_update: int = 0
    shown: set[str] = field(default_factory=set)  # ids of evaluations

    def _kept(self, flow: str, **parameters: object) -> Kept:
        return Kept(self.stack.server, flow, {"run": self.project.run, **parameters})

    def drive(self, updates: int | None, minutes: float | None) -> None:
        """Clone if the run has not started, then collect and train until the goal; None: for ever.

        Evaluations start by their events; all flow runs end at the goal.
        """
        self.first_games = due.games_collected(self.project)
        self.last_update = due.newest_update(self.project)
        self.shown = {known.evaluation_id for known in evaluations.recorded(self.project)}
        if updates is not None:
            goal.set_goal(self.project, self.last_update + updates)
        loop = [self._kept("collect"), self._kept("train", reason="up", **STAYING)]
        failures = Failures(self.stack.server, self.project.run)
        if not due.is_started(self.project):
            self._clone(loop)
        self.observer.stage("collecting and training (flow runs collect, train, evaluate)")
        while not self._is_over(updates, minutes):
            self.stack.check()
            for kept in loop:
                kept.look()
            failures.look()
            self._show()
            time.sleep(LOOK_SECONDS)

    def _clone(self, loop: Sequence[Kept]) -> None:
        """Wait for the first checkpoint; collector and trainer get ready in the meantime."""
        self.observer.stage("cloning the teacher (flow run clone)")
        clone, shown = self._kept("clone"), 0
        while not due.is_started(self.project):
            self.stack.check()
            clone.look()
            for kept in loop:
                kept.look()
            if clone.state in ("FAILED", "CRASHED"):
                raise ServerError(f"the clone flow made no checkpoint: {clone.message}")
            done = demonstrations.count_demonstrations(self.project)
            if done > shown:
                self.observer.teacher_game(done, self.project.settings.clone.games)
                shown = done
            time.sleep(LOOK_SECONDS)

    def _is_over(self, updates: int | None, minutes: float | None) -> bool:
        enough = updates is not None and len(self.outcome.updates) >= updates
        spent = time.monotonic() - self.started
        return enough or (minutes is not None and spent >= 60 * minutes)

    def _show(self) -> None:
        """Tell the observer what storage says."""
        newest = due.newest_update(self.project)
        for number in range(self.last_update + 1, newest + 1):
            self.outcome.updates.append(metrics.read_update(self.project, number))
            self.observer.update(self.outcome.updates[-1])
        self.last_update = max(newest, self.last_update)
        for known in evaluations.recorded(self.project):
            if known.evaluation_id not in self.shown:
                self.observer.evaluated(known.policy, self.project.settings.evaluate.games)
                self.shown.add(known.evaluation_id)
        self.outcome.games = due.games_collected(self.project) - self.first_games
        self.observer.waiting(self.outcome.games, due.waiting_rollouts(self.project))

    def finish(self, reports: Path | None = None) -> Outcome:
        """Let all flows end, have the newest policy evaluated, and write the report."""
        self.observer.stage("evaluating on the fixed seeds (flow run evaluate)")
        goal.set_goal(self.project, due.newest_update(self.project))
        evaluate = self._kept("evaluate", reason="end", force=True, linger_seconds=0)
        deadline = time.monotonic() + END_SECONDS
        while not self._is_settled():
            self.stack.check()
            if time.monotonic() > deadline or evaluate.state in ("FAILED", "CRASHED"):
                raise ServerError(f"the last evaluation did not come: {evaluate.message}")
            if evaluate.flow_run or not self._evaluator_lives():
                evaluate.look()
            time.sleep(LOOK_SECONDS)
        self._show()
        self.observer.stage("writing report and dashboard")
        self.outcome.report = reporting.write_report(self.project, reports)
        self.outcome.site = reporting.write_site(self.project).index
        self.outcome.seconds = time.monotonic() - self.started
        return self.outcome

    def _is_settled(self) -> bool:
        """Whether nobody trains and the newest policy and all it is compared with have played."""
        works = self.project.is_busy("train") or self.project.is_busy("evaluate")
        return not works and due.newest_is_evaluated(self.project)

    def _evaluator_lives(self) -> bool:
        """Whether a flow run is there that plays the last evaluation by itself."""
        return bool(self.stack.server.unfinished_runs(["evaluate"], self.project.run))
