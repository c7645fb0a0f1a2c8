"""The training step: one update for every batch of fresh rollouts, until fewer wait."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ascension.environment.layout import LAYOUT_VERSION
from ascension.game.version import RULES_VERSION
from ascension.learning import ppo
from ascension.learning.examples import Examples
from ascension.learning.state import LearnerState
from ascension.records import Rollout, Update
from flows.project import Project
from flows.steps import demonstrations
from flows.steps.learner import (
    commit_learner,
    learner_of,
    load_checkpoint,
    update_from_json,
)
from storage import facts, fresh, rollouts
from storage.checkpoints import Checkpoint
from storage.errors import CorruptFile, ForeignFile
from storage.fresh import Waiting
from storage.locks import exclusive

log = logging.getLogger(__name__)
POLL_SECONDS = 0.5
OnUpdate = Callable[[Update], None]


@dataclass(slots=True)
class _Trainer:
    """The state between two updates of one drain."""

    project: Project
    learner: LearnerState
    checkpoint_id: str
    examples: Examples | None


def waiting_count(project: Project) -> int:
    """Rollout files that wait; counts names, opens nothing."""
    return fresh.count_waiting(project.store, project.run)


def train_waiting(
    project: Project,
    *,
    linger_seconds: float = 0.0,
    max_updates: int | None = None,
    on_update: OnUpdate | None = None,
) -> list[Update]:
    """Update while a batch of fresh rollouts waits; then wait `linger_seconds` for the next.

    The commit of a checkpoint is the commit of its rollouts' consumption: a death before it loses
    nothing, a death after it trains nothing twice. Raises TrainerBusy if another trainer works on
    this run, CheckpointNotFound before the first checkpoint.
    """
    with exclusive(project.lock("train"), "the trainer of this run"):
        trainer = _load(project)
        done: list[Update] = []
        deadline = time.monotonic() + linger_seconds
        while max_updates is None or len(done) < max_updates:
            batch = _next_batch(trainer)
            if batch:
                done.append(_update(trainer, *batch))
                if on_update is not None:
                    on_update(done[-1])
                deadline = time.monotonic() + linger_seconds
            elif time.monotonic() >= deadline:
                break
            else:
                time.sleep(POLL_SECONDS)
        return done


def _load(project: Project) -> _Trainer:
    checkpoint = load_checkpoint(project)
    _complete_facts(project, checkpoint)
    needs_examples = project.settings.train.anchor_coefficient > 0
    return _Trainer(
        project=project,
        learner=learner_of(checkpoint, project),
        checkpoint_id=checkpoint.checkpoint_id,
        examples=demonstrations.load_examples(project) if needs_examples else None,
    )


def _complete_facts(project: Project, checkpoint: Checkpoint) -> None:
    """Record the newest update if its trainer died between the commit and the row."""
    if checkpoint.metrics and not facts.has_update(project.store, project.run, checkpoint.update):
        facts.append_update(
            project.store, update_from_json(checkpoint.metrics), checkpoint.checkpoint_id
        )


Batch = tuple[list[Waiting], list[Rollout]]


def _next_batch(trainer: _Trainer) -> Batch | None:
    """The oldest fresh batch, read; None if fewer rollouts wait."""
    project, settings = trainer.project, trainer.project.settings.train
    while fresh.count_waiting(project.store, project.run) >= settings.batch_rollouts:
        taken = _take(trainer)
        if not taken:
            return None
        batch = _read(project, taken)
        if batch is not None:
            return taken, batch
    return None


def _read(project: Project, taken: Sequence[Waiting]) -> list[Rollout] | None:
    """The rollouts' content; None after quarantining one whose rows are damaged."""
    batch = []
    for item in taken:
        try:
            batch.append(rollouts.read_rollout(item.path))
        except (CorruptFile, ForeignFile) as error:
            update = item.identity.update
            fresh.refuse(project.store, project.run, item.path, str(error), item.identity, update)
            return None
    return batch


def _take(trainer: _Trainer) -> list[Waiting]:
    project, settings = trainer.project, trainer.project.settings.train
    candidates = fresh.waiting(
        project.store, project.run, rules_version=RULES_VERSION, layout_version=LAYOUT_VERSION
    )
    return fresh.take_batch(
        project.store,
        project.run,
        candidates,
        current_update=trainer.learner.update,
        batch_rollouts=settings.batch_rollouts,
        max_lag=settings.max_rollout_lag,
    )


def _update(trainer: _Trainer, taken: Sequence[Waiting], batch: Sequence[Rollout]) -> Update:
    project, settings = trainer.project, trainer.project.settings.train
    started = time.perf_counter()
    update = ppo.update(trainer.learner, batch, settings, project.run, trainer.examples)
    update = replace(
        update,
        stale_rollouts=facts.count(project.store, "rejections", project.run),
        update_seconds=time.perf_counter() - started,
        timestamp=datetime.now(UTC),
    )
    consumed = [item.identity.rollout_id for item in taken]
    trainer.checkpoint_id = commit_learner(
        project, trainer.learner, parent=trainer.checkpoint_id, consumed=consumed, update=update
    )
    facts.append_update(project.store, update, trainer.checkpoint_id)
    fresh.discard(project.store, project.run, taken, keep=settings.keep_consumed)
    log.info(
        "update %d: %d transitions of %d games, mean floor %.1f, kl %.4f",
        update.total_updates,
        update.transitions,
        update.games,
        update.mean_floor,
        update.approx_kl,
    )
    return update
