"""The same loop in one plain process without Prefect: for debugging, GPUs and comparison."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ascension.records import CloneEpoch, Rollout, Update
from flows.project import Project
from flows.steps import due
from flows.steps.evaluations import Evaluated
from flows.steps.reporting import Reported, write_report, write_site

if TYPE_CHECKING:
    from flows.steps.collecting import Collected, Round

WORKER = "local"


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

    def collected(self, report: "Collected") -> None:
        """A batch of games is done."""

    def update(self, update: Update) -> None:
        """The policy was updated."""

    def evaluated(self, policy: str, games: int) -> None:
        """A policy has played the fixed seeds."""

    def waiting(self, games: int, waiting: int) -> None:
        """So many games were played and so many rollouts wait, as seen from outside."""


@dataclass(slots=True)
class Outcome:
    """What a run of the loop did."""

    updates: list[Update] = field(default_factory=list)
    games: int = 0
    evaluations: list[Evaluated] = field(default_factory=list)
    report: Reported | None = None
    site: Path | None = None  # the dashboard's first page
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Goal:
    """When the loop ends: after so many updates or minutes, whichever comes first."""

    updates: int
    minutes: float


class _Loop:
    """One local run."""

    def __init__(self, project: Project, goal: Goal, observer: Observer) -> None:
        self.project = project
        self.observer = observer
        self.outcome = Outcome()
        self.play: Round | None = None  # games under way live as long as the loop
        self.updates = goal.updates
        self.deadline = time.monotonic() + goal.minutes * 60

    def is_over(self) -> bool:
        """Whether the goal is reached."""
        enough = len(self.outcome.updates) >= self.updates
        return enough or time.monotonic() >= self.deadline

    def turn(self) -> None:
        """Train what waits, evaluate if it is due, play a batch of games."""
        from flows.steps import collecting

        self.train()
        if self.is_over():
            return
        if due.evaluation_is_due(self.project):
            self.evaluate(f"{due.games_collected(self.project)} games")
            self.observer.stage("collecting and training")
        if self.play is None:
            self.play = collecting.rounds(self.project, WORKER)
        report = self.play(self.observer.games)
        self.outcome.games += report.games
        self.observer.collected(report)

    def train(self) -> None:
        """One update for every batch that waits."""
        from flows.steps import training

        def keep(update: Update) -> None:
            self.outcome.updates.append(update)
            self.observer.update(update)

        training.train_waiting(self.project, is_over=lambda update: self.is_over(), on_update=keep)

    def evaluate(self, reason: str) -> None:
        """Play the fixed seeds."""
        from flows.steps import evaluating

        self.observer.stage("evaluating on the fixed seeds")
        done = evaluating.evaluate(self.project, reason, self.observer.evaluated)
        self.outcome.evaluations.append(done)


def run(project: Project, goal: Goal, observer: Observer, reports: Path | None = None) -> Outcome:
    """Clone if needed, then collect, train and evaluate until the goal; evaluate and report.

    Killed at any moment it loses nothing that was committed: running it again goes on from there.
    """
    from flows.steps import cloning

    started = time.monotonic()
    loop = _Loop(project, goal, observer)
    observer.stage("cloning the teacher")
    cloning.start_run(project, observer.teacher_game, observer.epoch)
    observer.stage("collecting and training")
    while not loop.is_over():
        loop.turn()
    loop.evaluate("end")
    observer.stage("writing report and dashboard")
    loop.outcome.report = write_report(project, reports)
    loop.outcome.site = write_site(project).index
    loop.outcome.seconds = time.monotonic() - started
    return loop.outcome
