"""Drives a deployed loop to a goal: kicks off the first runs, watches storage, ends in order."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from ascension.records import Update
from flows.local import Observer, Outcome
from flows.project import Project
from flows.server import ServerError, Stack
from flows.steps import cloning, evaluating, reporting
from flows.steps.learner import update_from_json
from storage import checkpoints, fresh

CLONE_SECONDS = 3 * 3600.0
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


@dataclass(slots=True)
class Driver:
    """One `ascension up`."""

    project: Project
    stack: Stack
    observer: Observer
    outcome: Outcome = field(default_factory=Outcome)
    first_games: int = 0
    last_update: int = 0

    def begin(self) -> None:
        """Clone if the run has not started, then let the collector go."""
        run = {"run": self.project.run}
        self.first_games = evaluating.games_collected(self.project)
        if not cloning.is_started(self.project):
            self.observer.stage("cloning the teacher (flow run clone)")
            self._wait_for(self.stack.run_deployment("clone/clone", run))
        if not cloning.is_started(self.project):
            raise ServerError("the clone flow made no checkpoint: see its logs in the Prefect UI")
        self.last_update = checkpoints.newest_update(self.project.store, self.project.run) or 0
        if evaluating.games_at_last_evaluation(self.project) is None:
            self.stack.run_deployment("evaluate/evaluate", run | {"reason": "start"})
        self.stack.run_deployment("collect/collect", run)
        self.observer.stage("collecting and training (flow runs collect, train, evaluate)")

    def _wait_for(self, flow_run: str) -> None:
        deadline = time.monotonic() + CLONE_SECONDS
        while (state := self.stack.state_of(flow_run)) not in ENDED:
            self.stack.check()
            if time.monotonic() > deadline:
                raise ServerError(f"flow run {flow_run} is still {state}")
            time.sleep(1.0)

    def watch(self, updates: int, minutes: float | None, every_seconds: float) -> None:
        """Show what storage says until so many updates or minutes have passed."""
        started = time.monotonic()
        while minutes is None or (
            len(self.outcome.updates) < updates and time.monotonic() - started < minutes * 60
        ):
            self.stack.check()
            self._look()
            time.sleep(every_seconds)

    def _look(self) -> None:
        newest = checkpoints.newest_update(self.project.store, self.project.run) or 0
        for number in range(self.last_update + 1, newest + 1):
            update = self._read(number)
            self.outcome.updates.append(update)
            self.observer.update(update)
        self.last_update = max(newest, self.last_update)
        self.outcome.games = evaluating.games_collected(self.project) - self.first_games
        waiting = fresh.count_waiting(self.project.store, self.project.run)
        self.observer.waiting(self.outcome.games, waiting)

    def _read(self, number: int) -> Update:
        metadata = checkpoints.read_metadata(self.project.store, self.project.run, number)
        metrics = metadata["metrics"]
        assert isinstance(metrics, dict)
        return update_from_json(metrics)

    def finish(self, reports: Path) -> Outcome:
        """Evaluate the newest policy in a last flow run and write the report."""
        self.observer.stage("evaluating on the fixed seeds (flow run evaluate)")
        parameters = {"run": self.project.run, "reason": "end", "force": True}
        self._wait_for(self.stack.run_deployment("evaluate/evaluate", parameters))
        self.observer.stage("writing the report")
        self.outcome.report = reporting.write_report(self.project, reports)
        return self.outcome
