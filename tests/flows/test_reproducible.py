"""The same settings, seed and data give the same weights, byte for byte, killed or not."""

import pytest

from ascension.settings import CloneSettings
from flows.local import Goal, run
from flows.steps import cloning, collecting, evaluating, training
from storage import checkpoints, facts, fresh
from tests.flows.observers import Notes
from tests.flows.projects import SMALL, small_project, weights
from tests.flows.test_training import Death, die

UPDATES = 2
pytestmark = pytest.mark.timeout(900)  # whole runs; the first test waits for two


def cloned_project(folder):
    """A run from teacher games to PPO, as small as can be."""
    clone = CloneSettings(games=4, epochs=2, acts=1, network=SMALL, device="cpu")
    return small_project(folder / "data", from_scratch=False, clone=clone)


def finish(project, folder):
    run(project, Goal(updates=UPDATES, minutes=60), Notes(), folder / "reports")


def everything(project):
    """The bytes of the weights and the optimiser of every update."""
    content = []
    for update in range(UPDATES + 1):
        folder = checkpoints.checkpoint_path(project.store, project.run, update)
        optimizer = (folder / checkpoints.OPTIMIZER).read_bytes()
        content.append((weights(project, update), optimizer))
    return content


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """All weights of a run that nobody killed."""
    folder = tmp_path_factory.mktemp("undisturbed")
    project = cloned_project(folder)
    finish(project, folder)
    return everything(project)


def test_the_same_run_gives_the_same_bytes(tmp_path, undisturbed):
    project = cloned_project(tmp_path)
    finish(project, tmp_path)
    assert everything(project) == undisturbed


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (facts, "append_cloning"),
        (cloning, "commit_learner"),
        (collecting, "_commit"),
        (training, "commit_learner"),
        (facts, "append_update"),
        (fresh, "discard"),
        (evaluating, "play_evaluation"),
        (facts, "append_evaluation"),
    ],
)
def test_a_run_killed_between_two_commits_ends_with_the_same_bytes(
    tmp_path, monkeypatch, undisturbed, module, name
):
    project = cloned_project(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(module, name, die)
        with pytest.raises(Death):
            finish(project, tmp_path)
    finish(project, tmp_path)
    assert everything(project) == undisturbed
