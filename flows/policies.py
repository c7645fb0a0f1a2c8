"""Policies by name: rules, checkpoints of a run, checkpoints in folders, the one that ships.

A name is first resolved to a `Source`, which stays the same while a run goes on and travels to
other processes; `policy_of` then loads it.
"""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from ascension.agents.heuristic import HeuristicPolicy
from ascension.agents.network import NetworkPolicy
from ascension.agents.policy import Policy
from ascension.agents.random import RandomPolicy
from ascension.environment.layout import LAYOUT_VERSION
from ascension.game.version import RULES_VERSION
from ascension.learning.state import unflatten_network
from flows.project import Project
from flows.steps import promotions
from flows.steps.learner import require_widths
from storage import checkpoints, shipped
from storage.checkpoints import Arrays
from storage.errors import CheckpointNotFound

RANDOM: Final = "random"
TEACHER: Final = "teacher"
CLONED: Final = "cloned"  # update 0 of the run: the clone, or the random weights it started from
NEWEST: Final = "newest"
BEST: Final = "best"  # ships with the program
BEST_OF_RUN: Final = "best_of_run"  # named by the promotion gate
KNOWN: Final = (
    "random, teacher, cloned, newest, best, best_of_run, an update such as 12, "
    "a checkpoint's id or a checkpoint's folder"
)
SHORTEST_ID: Final = 6
_VERSIONS: Final = {"rules_version": RULES_VERSION, "layout_version": LAYOUT_VERSION}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a policy comes from: a folder with a checkpoint, or rules known by their name."""

    name: str  # what tables call it
    checkpoint_id: str = ""
    folder: str = ""  # "" for rules
    label: str = ""  # run/update, "" for rules


def best_folder() -> Path:
    """Folder of the checkpoint that ships with the program."""
    return Path(str(files("ascension"))) / "data" / "best"


def resolve(name: str, project: Project) -> Source:
    """Where the policy of that name comes from now; CheckpointNotFound if there is none.

    Also raises CorruptCheckpoint and IncompatibleCheckpoint, before anything is played.
    """
    if name in (RANDOM, TEACHER):
        return Source(name)
    if name == BEST:
        return _in_folder(name, best_folder())
    update = _update_named(name, project)
    if update is not None:
        return _of_run(name, project, project.run, update)
    if (Path(name) / checkpoints.METADATA).is_file():
        return _in_folder(name, Path(name))
    if _is_id(name):
        found = checkpoints.find(project.store, name, project.run)
        if found is not None:
            return _of_run(name, project, *found)
    raise CheckpointNotFound(f"there is no policy {name!r}: choose {KNOWN}")


def _update_named(name: str, project: Project) -> int | None:
    """The run's update that a name stands for; None for other names."""
    if name == CLONED:
        return 0
    if name == BEST_OF_RUN:
        return promotions.best_update(project)
    if name != NEWEST:
        return int(name) if name.isdigit() and len(name) <= SHORTEST_ID else None
    update = checkpoints.newest_update(project.store, project.run)
    if update is None:
        raise CheckpointNotFound(
            f"run {project.run} has no checkpoint in {project.store.root}: clone or train first, "
            "or choose --policy best"
        )
    return update


def _is_id(name: str) -> bool:
    return len(name) >= SHORTEST_ID and all(c in "0123456789abcdef" for c in name)


def _of_run(name: str, project: Project, run: str, update: int) -> Source:
    metadata = checkpoints.read_metadata(project.store, run, update)
    checkpoints.require_versions(metadata, RULES_VERSION, LAYOUT_VERSION)
    folder = checkpoints.checkpoint_path(project.store, run, update).absolute()
    return Source(name, str(metadata["checkpoint_id"]), str(folder), f"{run}/{update}")


def _in_folder(name: str, folder: Path) -> Source:
    folder = folder.absolute()
    if name == BEST or shipped.is_shipped(folder):
        found = shipped.load_shipped(folder, **_VERSIONS)
        return Source(name, found.checkpoint_id, str(folder), found.name)
    checkpoint = checkpoints.load_folder(folder, **_VERSIONS)
    label = f"{checkpoint.run}/{checkpoint.update}"
    return Source(name, checkpoint.checkpoint_id, str(folder), label)


def policy_of(source: Source, device: str = "cpu", threads: int = 1) -> Policy:
    """The policy itself, verified against its hash. RandomPolicy is seeded: it repeats."""
    if source.name == RANDOM:
        return RandomPolicy()
    if not source.folder:
        return HeuristicPolicy()
    network = require_widths(unflatten_network(dict(_weights(Path(source.folder))), device))
    return NetworkPolicy(network, name=source.label, threads=threads)


def _weights(folder: Path) -> Arrays:
    if shipped.is_shipped(folder):
        return shipped.load_shipped(folder, **_VERSIONS).weights
    return checkpoints.load_folder(folder, **_VERSIONS).weights


def policy_named(name: str, project: Project, device: str = "cpu") -> tuple[Policy, str]:
    """The policy and its checkpoint id ("" if it is none); CheckpointNotFound for other names."""
    source = resolve(name, project)
    return policy_of(source, device), source.checkpoint_id
