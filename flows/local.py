"""The same loop in one plain process without Prefect: for debugging, GPUs and comparison."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from ascension.records import CloneEpoch, Rollout, Update
from flows.project import Project
from flows.steps import cloning, collecting, evaluating, reporting, training
from flows.steps.collecting import Collected
from flows.steps.evaluating import Evaluated
from flows.steps.reporting import Reported


class Observer(Protocol):
    """What the loop tells whoever shows it."""

    def stage(self, name: str) -> None:
        """A stage begins."""

    def teacher_game(self, done: int, wanted: int) -> None:
        """A teacher's game was played."""

    def epoch(self, epoch: CloneEpoch) -> None:
        """A pass of cloning is done."""

    def games(self, group: Sequence[Rollout]) -> None:
        """Games have ended and are committed."""

    def collected(self, report: Collected) -> None:
        """A batch of games is done."""

    def update(self, update: Update) -> None:
        """The policy was updated."""

    def evaluated(self, policy: str, games: int) -> None:
        """A policy has played the fixed seeds."""


@dataclass(slots=True)
class Outcome:
    """What a local run did."""

    updates: list[Update] = field(default_factory=list)
    games: int = 0
    evaluations: list[Evaluated] = field(default_factory=list)
    report: Reported | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Goal:
    """When a local run ends: after so many updates or minutes, whichever comes first."""

    updates: int
    minutes: float


def run(project: Project, goal: Goal, observer: Observer, reports: Path) -> Outcome:
    """Clone if needed, then collect, train and evaluate until the goal; evaluate and report.

    Killed at any moment it loses nothing that was committed: running it again goes on from there.
    """
    outcome = Outcome()
    started = time.monotonic()
    observer.stage("cloning the teacher")
    cloning.start_run(project, observer.teacher_game, observer.epoch)
    if evaluating.games_at_last_evaluation(project) is None:
        _evaluate(project, outcome, observer, "start")
    observer.stage("collecting and training")
    worker = collecting.worker_name()
    batch = 0
    while len(outcome.updates) < goal.updates and _minutes(started) < goal.minutes:
        outcome.updates += training.train_waiting(
            project,
            max_updates=goal.updates - len(outcome.updates),
            on_update=observer.update,
        )
        if len(outcome.updates) >= goal.updates:
            break
        if evaluating.is_due(project):
            _evaluate(project, outcome, observer, f"{evaluating.games_since(project)} games")
            observer.stage("collecting and training")
        report = collecting.collect_batch(project, worker, batch, on_games=observer.games)
        outcome.games += report.games
        observer.collected(report)
        batch += 1
    _evaluate(project, outcome, observer, "end")
    observer.stage("writing the report")
    outcome.report = reporting.write_report(project, reports)
    outcome.seconds = time.monotonic() - started
    return outcome


def _minutes(started: float) -> float:
    return (time.monotonic() - started) / 60


def _evaluate(project: Project, outcome: Outcome, observer: Observer, reason: str) -> None:
    observer.stage("evaluating on the fixed seeds")
    outcome.evaluations.append(evaluating.evaluate(project, reason, observer.evaluated))
