"""The training step: one update for every batch of fresh rollouts, until fewer wait."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ascension.environment.layout import LAYOUT_VERSION
from ascension.game.version import RULES_VERSION
from ascension.learning import ppo
from ascension.learning.errors import TrainingDiverged
from ascension.learning.examples import Examples
from ascension.learning.state import LearnerState
from ascension.learning.targets import valid_rows
from ascension.records import Rollout, Update
from flows.project import Project
from flows.steps import demonstrations, due, sinks
from flows.steps.learner import commit_learner, learner_of, load_checkpoint
from flows.steps.metrics import update_from_json
from storage import facts, fresh, rollouts
from storage.checkpoints import Checkpoint
from storage.errors import CorruptFile, ForeignFile
from storage.fresh import Waiting
from storage.locks import exclusive

POLL_SECONDS = 0.2
MOST_DIVERGED = 3  # batches in a row that spoil the weights: then it is not the batches' fault
OnUpdate = Callable[[Update], None]
IsOver = Callable[[int], bool]  # told the number of the newest update


@dataclass(slots=True)
class _Trainer:
    """The state between two updates of one drain."""

    project: Project
    learner: LearnerState
    checkpoint_id: str
    examples: Examples | None
    diverged: int = 0  # batches in a row


@dataclass(frozen=True, slots=True)
class _Batch:
    """Waiting rollouts and their content."""

    taken: Sequence[Waiting]
    rollouts: Sequence[Rollout]


def train_waiting(
    project: Project,
    *,
    linger_seconds: float = 0.0,
    is_over: IsOver = lambda update: False,
    on_update: OnUpdate | None = None,
) -> list[Update]:
    """Update while a batch of fresh rollouts waits; then wait `linger_seconds` for the next.

    The commit of a checkpoint is the commit of its rollouts' consumption: a death before it loses
    nothing, a death after it trains nothing twice. A batch that spoils the weights is refused on
    record and the last checkpoint stays the newest. Raises TrainerBusy if another trainer works on
    this run, CheckpointNotFound before the first checkpoint, TrainingDiverged after
    MOST_DIVERGED such batches in a row, DeviceError if the device is missing or was lost.
    """
    with (
        exclusive(project.lock("train"), "the trainer of this run"),
        sinks.sink_of(project) as sink,
    ):
        trainer = _load(project)
        done: list[Update] = []
        deadline = time.monotonic() + linger_seconds
        while not is_over(trainer.learner.update):
            if linger_seconds:
                _let_arrive(project)
            batch = _next_batch(trainer)
            if batch is not None:
                update = _update_or_refuse(trainer, batch)
                if update is not None:
                    done.append(update)
                    sink.record(update)
                    if on_update is not None:
                        on_update(update)
                deadline = time.monotonic() + linger_seconds
            elif time.monotonic() >= deadline:
                break
            else:
                time.sleep(POLL_SECONDS)
        return done


def _let_arrive(project: Project) -> None:
    """Wait while a collector commits its round: cut in pieces it would make small, stale updates.

    A round of 64 games takes a fifth of a second; when an update is full there is no waiting.
    """
    most, before = project.settings.train.most_rollouts, 0
    while before < (now := due.waiting_rollouts(project)) < most and due.batch_waits(project):
        before = now
        time.sleep(POLL_SECONDS)


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


def _next_batch(trainer: _Trainer) -> _Batch | None:
    """The oldest fresh batch, read; None if fewer rollouts wait."""
    while due.batch_waits(trainer.project):
        taken = _take(trainer)
        if not taken:
            return None
        batch = [_read(trainer.project, item) for item in taken]
        whole = [rollout for rollout in batch if rollout is not None]
        if len(whole) == len(taken):
            return _Batch(taken, whole)
    return None


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
        most_rollouts=max(settings.batch_rollouts, settings.most_rollouts),
        max_lag=settings.max_rollout_lag,
    )


def _read(project: Project, item: Waiting) -> Rollout | None:
    """The rollout's content; None after refusing one that no update could use."""
    try:
        rollout = rollouts.read_rollout(item.path)
        problem = _problem(rollout, project.settings.train.max_invalid_rows)
    except (CorruptFile, ForeignFile) as error:
        problem = str(error)
    if not problem:
        return rollout
    update = due.newest_update(project)
    fresh.refuse(project.store, project.run, item.path, problem, item.identity, update)
    return None


def _problem(rollout: Rollout, allowed: int) -> str:
    """Why an update could not use the rollout; "" if it can."""
    malformed = len(rollout) - int(valid_rows(rollout).sum())
    if malformed > allowed:
        return f"malformed: {malformed} of {len(rollout)} transitions"
    return "empty: no transition to learn from" if malformed == len(rollout) else ""


def _update_or_refuse(trainer: _Trainer, batch: _Batch) -> Update | None:
    """The update; None after refusing a batch that made the loss no number."""
    try:
        update = _update(trainer, batch)
    except TrainingDiverged as error:
        trainer.diverged += 1
        _refuse_batch(trainer, batch, str(error))
        if trainer.diverged >= MOST_DIVERGED:
            raise TrainingDiverged(
                f"{trainer.diverged} batches in a row: {error}; checkpoint "
                f"{trainer.learner.update} is the last good one"
            ) from error
        return None
    trainer.diverged = 0
    return update


def _refuse_batch(trainer: _Trainer, batch: _Batch, reason: str) -> None:
    """Refuse all rollouts of the batch on record and go back to the last checkpoint."""
    project = trainer.project
    trainer.learner = learner_of(load_checkpoint(project), project)
    for item in batch.taken:
        update = trainer.learner.update
        fresh.refuse(
            project.store, project.run, item.path, f"diverged: {reason}", item.identity, update
        )


def _update(trainer: _Trainer, batch: _Batch) -> Update:
    project, settings = trainer.project, trainer.project.settings.train
    started = time.perf_counter()
    update = ppo.update(trainer.learner, batch.rollouts, settings, project.run, trainer.examples)
    update = replace(
        update,
        stale_rollouts=facts.count(project.store, "rejections", project.run),
        update_seconds=time.perf_counter() - started,
        timestamp=datetime.now(UTC),
    )
    consumed = [item.identity.rollout_id for item in batch.taken]
    trainer.checkpoint_id = commit_learner(
        project, trainer.learner, parent=trainer.checkpoint_id, consumed=consumed, update=update
    )
    facts.append_update(project.store, update, trainer.checkpoint_id)
    fresh.discard(project.store, project.run, batch.taken, keep=settings.keep_consumed)
    return update
