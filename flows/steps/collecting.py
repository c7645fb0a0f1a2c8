"""The collecting step: play games with the newest policy, commit each as a rollout."""

import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ascension.agents.network import NetworkPolicy
from ascension.environment.layout import LAYOUT_VERSION
from ascension.game.version import RULES_VERSION
from ascension.learning.collect import Origin, play_rollouts
from ascension.records import Rollout, new_id
from flows.project import Project
from flows.steps import due
from flows.steps.demonstrations import seed_start
from flows.steps.learner import load_checkpoint, network_of
from storage import facts, rollouts
from storage.checkpoints import Checkpoint

OnGames = Callable[[Sequence[Rollout]], None]
COMMIT_GAMES = 8  # finished games share one file of facts


@dataclass(frozen=True, slots=True)
class Collected:
    """What one batch of games gave."""

    update: int
    games: int
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


def collect_games(project: Project, worker: str, on_games: OnGames | None = None) -> Collected:
    """Play a batch of games with the newest checkpoint until all have ended.

    Raises CheckpointNotFound before the first checkpoint.
    """
    started = time.perf_counter()
    checkpoint = load_checkpoint(project)
    transitions = 0
    for group in grouped(_in_order(_finished(project, worker, checkpoint)), COMMIT_GAMES):
        _commit(project, group)
        transitions += sum(len(rollout) for rollout in group)
        if on_games is not None:
            on_games(group)
    report = Collected(
        update=checkpoint.update,
        games=project.games_at_a_time,
        transitions=transitions,
        seconds=time.perf_counter() - started,
        waiting=due.waiting_rollouts(project),
    )
    _beat(project, worker, report)
    return report


def _finished(project: Project, worker: str, checkpoint: Checkpoint) -> Iterator[Rollout]:
    """The games as they end. Their seeds differ from those of all batches before."""
    settings, count = project.settings.collect, project.games_at_a_time
    number = due.games_collected(project)
    first_seed = seed_start(f"{project.run}/{settings.seed}/{worker}/{number}")
    policy = NetworkPolicy(
        network_of(checkpoint, settings.device), seed=first_seed, threads=settings.threads
    )
    origin = Origin(
        run=project.run,
        checkpoint_id=checkpoint.checkpoint_id,
        update=checkpoint.update,
        worker=worker,
        rules_version=RULES_VERSION,
        layout_version=LAYOUT_VERSION,
        settings_hash=project.settings_hash,
    )
    return play_rollouts(policy, settings, origin, first_seed, count)


def _in_order(finished: Iterable[Rollout]) -> list[Rollout]:
    """All games of the round in the order of their seeds, with ids in that order.

    Committed as they end, the short games would come first and fill whole updates.
    """
    ordered = sorted(finished, key=lambda rollout: rollout.identity.seed)
    return [
        replace(rollout, identity=replace(rollout.identity, rollout_id=new_id()))
        for rollout in ordered
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
