"""Export a checkpoint into the folder that ships with the program: weights and lineage."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from ascension.agents.network import NetworkPolicy
from ascension.environment.layout import LAYOUT_VERSION
from ascension.game.version import RULES_VERSION
from ascension.learning.collect import LOWEST_TRAINING_SEED, play_evaluation
from ascension.learning.state import unflatten_network
from ascension.settings import EvaluateSettings
from flows import policies
from flows.policies import Source, resolve
from flows.project import Project
from flows.steps import promotions
from storage import checkpoints, shipped
from storage.checkpoints import Arrays, Checkpoint
from storage.errors import CheckpointNotFound

Precision = Literal["auto", "float32", "float16"]
LARGE_BYTES: Final = 4 * 1024**2  # float32 is kept up to here
COMPARED_GAMES: Final = 64  # training seeds, on which float16 must play as float32 does
_LINEAGE: Final = ("total_transitions", "game", "total_updates")


@dataclass(frozen=True, slots=True)
class Exported:
    """What was shipped, and how."""

    folder: Path
    label: str
    checkpoint_id: str
    weights_type: str
    size: int
    same_games: int | None  # of COMPARED_GAMES that float16 plays as float32; None: not compared


def export(
    project: Project, name: str, folder: Path | None = None, precision: Precision = "auto"
) -> Exported:
    """Ship the checkpoint of that name; `auto` halves large weights if they play the same games.

    Raises CheckpointNotFound for what is no checkpoint, and what loading one raises.
    """
    source = resolve(name, project)
    if not source.folder or shipped.is_shipped(Path(source.folder)):
        raise CheckpointNotFound(f"{name} is no checkpoint of a run: name an update or an id")
    checkpoint = checkpoints.load_folder(
        Path(source.folder), rules_version=RULES_VERSION, layout_version=LAYOUT_VERSION
    )
    same = None
    if precision == "auto" and shipped.size_of(checkpoint.weights) > LARGE_BYTES:
        same = same_games(checkpoint.weights, shipped.halved(checkpoint.weights))
    is_half = precision == "float16" or same == COMPARED_GAMES
    weights = shipped.halved(checkpoint.weights) if is_half else checkpoint.weights
    target = folder or policies.best_folder()
    shipped.ship(checkpoint, weights, target, _lineage(project, checkpoint, source))
    kind, size = "float16" if is_half else "float32", shipped.size_of(weights)
    return Exported(target, source.label, source.checkpoint_id, kind, size, same)


def same_games(first: Arrays, second: Arrays) -> int:
    """Of COMPARED_GAMES training seeds, how many both weights play to the same final state."""
    played = [_digests(weights) for weights in (first, second)]
    return sum(a == b for a, b in zip(*played, strict=True))


def _digests(weights: Arrays) -> list[str]:
    seeds = range(LOWEST_TRAINING_SEED, LOWEST_TRAINING_SEED + COMPARED_GAMES)
    policy = NetworkPolicy(unflatten_network(dict(shipped.widened(weights))))
    rows = play_evaluation(policy, seeds, EvaluateSettings(), evaluation="shipping")
    return [row.game.digest for row in rows]


def _lineage(project: Project, checkpoint: Checkpoint, source: Source) -> dict[str, Any]:
    """Where the weights come from: start, training so far, and what the gate said."""
    metrics: Mapping[str, object] = checkpoint.metrics
    decided = [
        {name: str(v) if name == "timestamp" else v for name, v in row.items()}
        for row in promotions.history(project)
        if row["candidate_checkpoint_id"] == source.checkpoint_id
    ]
    return {
        "parent": checkpoint.parent,
        "start": _start_id(project, checkpoint),
        "started_from": "random weights" if checkpoint.settings.get("from_scratch") else "a clone",
        **{name: metrics.get(name) for name in _LINEAGE},
        "promotions": decided,
    }


def _start_id(project: Project, checkpoint: Checkpoint) -> str:
    """Id of the run's update 0; "" if the checkpoint was brought here without it."""
    try:
        metadata = checkpoints.read_metadata(project.store, checkpoint.run, 0)
    except CheckpointNotFound:
        return ""
    return str(metadata["checkpoint_id"])
