"""Policies by name: random, teacher, newest, or a checkpoint of the run by its update number."""

from ascension.agents.heuristic import HeuristicPolicy
from ascension.agents.network import NetworkPolicy
from ascension.agents.policy import Policy
from ascension.agents.random import RandomPolicy
from flows.project import Project
from flows.steps.learner import load_checkpoint, network_of
from storage.errors import CheckpointNotFound

KNOWN = "random, teacher, newest or an update number such as 12"


def policy_named(name: str, project: Project, device: str = "cpu") -> tuple[Policy, str]:
    """The policy and its checkpoint id ("" if it is none); CheckpointNotFound for other names."""
    if name == "random":
        return RandomPolicy(), ""
    if name == "teacher":
        return HeuristicPolicy(), ""
    if name != "newest" and not name.isdigit():
        raise CheckpointNotFound(f"there is no policy {name!r}: choose {KNOWN}")
    checkpoint = load_checkpoint(project, None if name == "newest" else int(name))
    shown = f"{project.run}/{checkpoint.update}"
    return NetworkPolicy(network_of(checkpoint, device), name=shown), checkpoint.checkpoint_id
