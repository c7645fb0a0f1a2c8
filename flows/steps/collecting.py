"""The collecting step: play a batch of games with the newest policy, commit each as a rollout."""

import hashlib
import logging
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ascension.agents.network import NetworkPolicy
from ascension.environment.layout import LAYOUT_VERSION
from ascension.game.version import RULES_VERSION
from ascension.learning.collect import LOWEST_TRAINING_SEED, Origin, play_rollouts
from ascension.records import Rollout
from flows.project import Project
from flows.steps import evaluating
from flows.steps.learner import load_checkpoint, network_of
from storage import facts, fresh, rollouts

log = logging.getLogger(__name__)
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


def must_pause(project: Project) -> bool:
    """Back-pressure: enough rollouts wait, more would grow stale; or evaluation is overdue."""
    limit = project.settings.waiting_batches * project.settings.train.batch_rollouts
    waiting = fresh.count_waiting(project.store, project.run)
    return waiting >= limit or evaluating.is_overdue(project)


def seed_offset(project: Project, worker: str, batch: int) -> int:
    """A start for the seeds of a batch that no other batch, worker or run shares."""
    text = f"{project.run}/{project.settings.collect.seed}/{worker}/{batch}"
    digest = hashlib.blake2b(text.encode(), digest_size=7).digest()
    return LOWEST_TRAINING_SEED + int.from_bytes(digest, "big")


def batched(items: Iterable[Rollout], size: int) -> Iterator[list[Rollout]]:
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


def collect_batch(
    project: Project,
    worker: str,
    batch: int,
    *,
    games: int | None = None,
    on_games: OnGames | None = None,
) -> Collected:
    """Play games with the newest checkpoint until all have ended; each becomes a rollout.

    Raises CheckpointNotFound before the first checkpoint.
    """
    checkpoint = load_checkpoint(project)
    settings = project.settings.collect
    count = games or settings.games
    origin = Origin(
        run=project.run,
        checkpoint_id=checkpoint.checkpoint_id,
        update=checkpoint.update,
        worker=worker,
        rules_version=RULES_VERSION,
        layout_version=LAYOUT_VERSION,
        settings_hash=project.settings_hash,
    )
    first_seed = seed_offset(project, worker, batch)
    policy = NetworkPolicy(network_of(checkpoint, settings.device), seed=first_seed % (1 << 32))
    started = time.perf_counter()
    transitions = 0
    finished = play_rollouts(policy, settings, origin, first_seed, count)
    for group in batched(finished, COMMIT_GAMES):
        _commit(project, group)
        transitions += sum(len(rollout) for rollout in group)
        if on_games is not None:
            on_games(group)
    report = Collected(
        update=checkpoint.update,
        games=count,
        transitions=transitions,
        seconds=time.perf_counter() - started,
        waiting=fresh.count_waiting(project.store, project.run),
    )
    facts.append_beat(
        project.store,
        project.run,
        worker,
        "collector",
        update=report.update,
        games=facts.count(project.store, "games", project.run),
        decisions_per_second=report.decisions_per_second,
    )
    log.info(
        "%d games, %d decisions, %.0f decisions/s, policy of update %d, %d rollouts wait",
        report.games,
        report.transitions,
        report.decisions_per_second,
        report.update,
        report.waiting,
    )
    return report
