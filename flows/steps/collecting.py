"""The collecting step: play games with the newest policy, commit each as a rollout.

A round is either a batch of games played to their ends, or so many decisions of games that go on
from round to round; `rounds` chooses by the settings.
"""

import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ascension.agents.network import NetworkPolicy
from ascension.environment.layout import LAYOUT_VERSION
from ascension.game.version import RULES_VERSION
from ascension.learning.collect import Collector, Origin, play_rollouts
from ascension.records import Rollout, new_id
from flows.project import Project
from flows.steps import due
from flows.steps.demonstrations import seed_start
from flows.steps.learner import load_checkpoint, network_of
from storage import facts, rollouts
from storage.checkpoints import Checkpoint

OnGames = Callable[[Sequence[Rollout]], None]
Round = Callable[[OnGames | None], "Collected"]
COMMIT_GAMES = 32  # finished games share one file of facts


@dataclass(frozen=True, slots=True)
class Collected:
    """What one round gave."""

    update: int
    games: int  # that ended
    transitions: int
    seconds: float
    waiting: int

    @property
    def decisions_per_second(self) -> float:
        """Speed of the batch."""
        return self.transitions / self.seconds if self.seconds else 0.0


def worker_name() -> str:
    """A name for this process that is unique among those alive: host and process id."""
    host = "".join(c if c.isalnum() or c in "-_" else "-" for c in socket.gethostname())
    return f"{host[:40] or 'host'}-{os.getpid()}"


def rounds(project: Project, worker: str) -> Round:
    """A function that plays one round after the other in this process, as the settings say."""
    if project.settings.collect.steps:
        return OngoingGames(project, worker).play
    return lambda on_games: collect_games(project, worker, on_games)


def collect_games(project: Project, worker: str, on_games: OnGames | None = None) -> Collected:
    """Play a batch of games with the newest checkpoint until all have ended.

    Raises CheckpointNotFound before the first checkpoint.
    """
    started = time.perf_counter()
    checkpoint = load_checkpoint(project)
    played = _finished(project, worker, checkpoint)
    return _commit_all(project, worker, checkpoint.update, played, started, on_games)


class OngoingGames:
    """Games that go on from round to round: none waits for the longest of its batch.

    A round is `steps` decisions of each with the newest checkpoint. Its rollouts are the games
    that ended and fragments of those that go on. A game under way when the process dies is lost;
    its committed fragments are not.
    """

    def __init__(self, project: Project, worker: str) -> None:
        self.project = project
        self.worker = worker
        self.seed = _first_seed(project, worker)
        self.collector = Collector(project.settings.collect, seed=self.seed)

    def play(self, on_games: OnGames | None = None) -> Collected:
        """One round; raises CheckpointNotFound before the first checkpoint."""
        started = time.perf_counter()
        checkpoint = load_checkpoint(self.project)
        origin = _origin(self.project, self.worker, checkpoint)
        self.seed += 1
        policy = _policy(self.project, checkpoint, self.seed)
        played = self.collector.play_steps(policy, origin, self.project.settings.collect.steps)
        return _commit_all(self.project, self.worker, checkpoint.update, played, started, on_games)


def _commit_all(
    project: Project,
    worker: str,
    update: int,
    played: Iterable[Rollout],
    started: float,
    on_games: OnGames | None,
) -> Collected:
    """Commit a round in groups; what it gave."""
    transitions, games = 0, 0
    for group in grouped(_in_order(played), COMMIT_GAMES):
        _commit(project, group)
        transitions += sum(len(rollout) for rollout in group)
        games += sum(rollout.is_finished for rollout in group)
        if on_games is not None:
            on_games(group)
    report = Collected(
        update=update,
        games=games,
        transitions=transitions,
        seconds=time.perf_counter() - started,
        waiting=due.waiting_rollouts(project),
    )
    _beat(project, worker, report)
    return report


def _finished(project: Project, worker: str, checkpoint: Checkpoint) -> Iterator[Rollout]:
    """The games as they end. Their seeds differ from those of all batches before."""
    first_seed = _first_seed(project, worker)
    policy = _policy(project, checkpoint, first_seed)
    origin = _origin(project, worker, checkpoint)
    count = project.games_at_a_time
    return play_rollouts(policy, project.settings.collect, origin, first_seed, count)


def _first_seed(project: Project, worker: str) -> int:
    number = due.games_collected(project)
    return seed_start(f"{project.run}/{project.settings.collect.seed}/{worker}/{number}")


def _policy(project: Project, checkpoint: Checkpoint, seed: int) -> NetworkPolicy:
    settings = project.settings.collect
    network = network_of(checkpoint, settings.device)
    return NetworkPolicy(network, seed=seed, threads=settings.threads)


def _origin(project: Project, worker: str, checkpoint: Checkpoint) -> Origin:
    return Origin(
        run=project.run,
        checkpoint_id=checkpoint.checkpoint_id,
        update=checkpoint.update,
        worker=worker,
        rules_version=RULES_VERSION,
        layout_version=LAYOUT_VERSION,
        settings_hash=project.settings_hash,
    )


def _in_order(finished: Iterable[Rollout]) -> list[Rollout]:
    """All rollouts of the round in the order of their seeds, with ids in that order.

    Committed as they end, the short games would come first and fill whole updates. The ids are
    sorted: those of one millisecond come in any order, and the sums of an update depend on it.
    """
    ordered = sorted(finished, key=lambda rollout: rollout.identity.seed)
    ids = sorted(new_id() for _ in ordered)
    return [
        replace(rollout, identity=replace(rollout.identity, rollout_id=rollout_id))
        for rollout, rollout_id in zip(ordered, ids, strict=True)
    ]


def grouped(items: Iterable[Rollout], size: int) -> Iterator[list[Rollout]]:
    """Groups of up to `size` items, as they come."""
    group: list[Rollout] = []
    for item in items:
        group.append(item)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group


def _commit(project: Project, group: Sequence[Rollout]) -> None:
    """Facts first, then the rollouts: no trained game is missing from the tables."""
    games = [(rollout.identity, rollout.game) for rollout in group if rollout.game is not None]
    if games:
        facts.append_games(project.store, games)
    for rollout in group:
        rollouts.write_rollout(project.store, rollout)


def _beat(project: Project, worker: str, report: Collected) -> None:
    facts.append_beat(
        project.store,
        project.run,
        worker,
        "collector",
        update=report.update,
        games=due.games_collected(project),
        decisions_per_second=report.decisions_per_second,
    )
