"""Between the learner and its checkpoints: load the newest, commit the next."""

from collections.abc import Sequence

from ascension.environment.layout import LAYOUT_VERSION, OPTION_WIDTH, STATE_WIDTH
from ascension.game.version import RULES_VERSION
from ascension.learning.network import PolicyNetwork
from ascension.learning.state import (
    FlatState,
    IncompatibleState,
    LearnerState,
    flatten,
    new_learner,
    unflatten,
    unflatten_network,
)
from ascension.records import Update
from flows.project import Project
from flows.steps.metrics import update_to_json
from storage import checkpoints
from storage.checkpoints import Checkpoint


def load_checkpoint(project: Project, update: int | None = None) -> Checkpoint:
    """A checkpoint of the run that fits this program; the newest without `update`."""
    return checkpoints.load(
        project.store,
        project.run,
        update,
        rules_version=RULES_VERSION,
        layout_version=LAYOUT_VERSION,
    )


def learner_of(checkpoint: Checkpoint, project: Project) -> LearnerState:
    """The learner as it was when the checkpoint was committed."""
    flat = FlatState(dict(checkpoint.weights), dict(checkpoint.optimizer), dict(checkpoint.state))
    learner = unflatten(flat, project.settings.train)
    require_widths(learner.network)
    return learner


def network_of(checkpoint: Checkpoint, device: str = "cpu") -> PolicyNetwork:
    """The policy's network alone."""
    return require_widths(unflatten_network(dict(checkpoint.weights), device))


def require_widths(network: PolicyNetwork) -> PolicyNetwork:
    """The network, or IncompatibleState if it reads other features than this program writes."""
    found, wanted = (network.state_width, network.option_width), (STATE_WIDTH, OPTION_WIDTH)
    if found != wanted:
        raise IncompatibleState(
            f"the checkpoint's network reads {found[0]} and {found[1]} features, this program "
            f"writes {wanted[0]} and {wanted[1]}: choose another checkpoint or clone again"
        )
    return network


def first_learner(project: Project, cloned: PolicyNetwork | None) -> LearnerState:
    """A learner at update 0, from a clone or from nothing."""
    return new_learner(project.settings.train, STATE_WIDTH, OPTION_WIDTH, cloned)


def commit_learner(
    project: Project,
    learner: LearnerState,
    *,
    parent: str,
    consumed: Sequence[str] = (),
    update: Update | None = None,
) -> str:
    """Publish the learner as the checkpoint of its update; returns the checkpoint's id."""
    flat = flatten(learner)
    metrics = {} if update is None else update_to_json(update)
    checkpoint = Checkpoint(
        run=project.run,
        update=learner.update,
        weights=flat.weights,
        optimizer=flat.optimizer,
        state=flat.metadata,
        settings=project.settings.model_dump(mode="json"),
        settings_hash=project.settings_hash,
        rules_version=RULES_VERSION,
        layout_version=LAYOUT_VERSION,
        parent=parent,
        consumed=tuple(consumed),
        metrics=metrics,
        library_versions=project.library_versions,
    )
    return checkpoints.commit(project.store, checkpoint)
