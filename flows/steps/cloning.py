"""The cloning step: the teacher's games, a network that imitates them, checkpoint 0."""

from collections.abc import Callable
from dataclasses import dataclass

from ascension.environment.layout import OPTION_WIDTH, STATE_WIDTH
from ascension.learning import cloning
from ascension.learning.examples import Examples
from ascension.learning.state import LearnerState
from ascension.records import CloneEpoch
from flows.project import Project
from flows.steps import due
from flows.steps.demonstrations import (
    OnDemonstration,
    collect_demonstrations,
    load_demonstrations,
)
from flows.steps.learner import commit_learner, first_learner
from storage import facts
from storage.locks import exclusive

OnEpoch = Callable[[CloneEpoch], None]


@dataclass(frozen=True, slots=True)
class Cloned:
    """What the step made."""

    checkpoint_id: str
    games: int
    samples: int
    best: CloneEpoch | None  # None: started from random weights


def start_run(
    project: Project,
    on_game: OnDemonstration | None = None,
    on_epoch: OnEpoch | None = None,
) -> Cloned | None:
    """Make the checkpoint of update 0: the teacher's clone, or random weights if so set.

    None if the run has started already. Raises TrainerBusy if another process is at it.
    """
    if due.is_started(project):
        return None
    with exclusive(project.lock("clone"), "the cloning of this run"):
        if due.is_started(project):
            return None
        if project.settings.from_scratch:
            learner = first_learner(project, None)
            return Cloned(_commit(project, learner), 0, 0, None)
        return _clone(project, on_game, on_epoch)


def _clone(project: Project, on_game: OnDemonstration | None, on_epoch: OnEpoch | None) -> Cloned:
    collect_demonstrations(project, on_game)
    games = load_demonstrations(project)
    if collect_demonstrations(project, on_game):  # damaged files were played again
        games = load_demonstrations(project)
    examples = Examples.of(games)
    clone = cloning.clone(examples, project.settings.clone, STATE_WIDTH, OPTION_WIDTH, on_epoch)
    facts.append_cloning(project.store, project.run, clone.epochs)
    checkpoint_id = _commit(project, first_learner(project, clone.network))
    return Cloned(checkpoint_id, len(games), len(examples), clone.best)


def _commit(project: Project, learner: LearnerState) -> str:
    return commit_learner(project, learner, parent="")
