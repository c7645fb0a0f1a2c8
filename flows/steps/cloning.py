"""The cloning step: the teacher's games, a network that imitates them, checkpoint 0."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ascension.environment.layout import OPTION_WIDTH, STATE_WIDTH
from ascension.learning import cloning
from ascension.learning.examples import join_demonstrations
from ascension.learning.state import LearnerState
from ascension.records import CloneEpoch
from flows.project import Project
from flows.steps.demonstrations import (
    OnDemonstration,
    collect_demonstrations,
    load_demonstrations,
)
from flows.steps.learner import commit_learner, first_learner
from storage import checkpoints, facts
from storage.errors import CheckpointExists
from storage.locks import exclusive

log = logging.getLogger(__name__)
OnEpoch = Callable[[CloneEpoch], None]


@dataclass(frozen=True, slots=True)
class Cloned:
    """What the step found or made."""

    checkpoint_id: str
    games: int
    samples: int
    best: CloneEpoch | None  # None: started from scratch, or it was there already


def is_started(project: Project) -> bool:
    """Whether the run has a checkpoint already."""
    return checkpoints.newest_update(project.store, project.run) is not None


def start_run(
    project: Project,
    on_game: OnDemonstration | None = None,
    on_epoch: OnEpoch | None = None,
) -> Cloned | None:
    """Make the checkpoint of update 0: the teacher's clone, or random weights if so set.

    None if the run has started already. Raises TrainerBusy if another process is at it.
    """
    if is_started(project):
        return None
    with exclusive(project.lock("clone"), "the cloning of this run"):
        if project.settings.from_scratch:
            learner = first_learner(project, None)
            return Cloned(_commit(project, learner), 0, 0, None)
        return _clone(project, on_game, on_epoch)


def _clone(
    project: Project, on_game: OnDemonstration | None, on_epoch: OnEpoch | None
) -> Cloned:
    collect_demonstrations(project, on_game)
    games = load_demonstrations(project)
    examples = join_demonstrations(games)
    clone = cloning.clone(
        examples, project.settings.clone, STATE_WIDTH, OPTION_WIDTH, on_epoch
    )
    facts.append_cloning(project.store, project.run, clone.epochs)
    checkpoint_id = _commit(project, first_learner(project, clone.network))
    log.info(
        "cloned %d games, %d decisions: accuracy %.1f%%",
        len(games),
        len(examples),
        100 * clone.best.val_acc,
    )
    return Cloned(checkpoint_id, len(games), len(examples), clone.best)


def _commit(project: Project, learner: LearnerState) -> str:
    try:
        return commit_learner(project, learner, parent="")
    except CheckpointExists:
        return str(checkpoints.read_metadata(project.store, project.run, 0)["checkpoint_id"])
