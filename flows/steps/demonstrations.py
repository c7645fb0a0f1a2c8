"""The teacher's games: collected once, resumed by seed, read by cloning and by PPO's anchor."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from ascension.agents.heuristic import HeuristicPolicy
from ascension.environment.layout import LAYOUT_VERSION
from ascension.game.version import RULES_VERSION
from ascension.learning.collect import LOWEST_TRAINING_SEED, play_demonstrations
from ascension.learning.examples import Examples
from ascension.records import Demonstrations
from flows.project import Project
from storage import rollouts
from storage.errors import CorruptFile, ForeignFile
from storage.files import quarantine

OnDemonstration = Callable[[int, int], None]  # games done, games wanted
TEACHER = "teacher"


def seed_start(text: str) -> int:
    """A start for a range of training seeds that no other text shares."""
    digest = hashlib.blake2b(text.encode(), digest_size=7).digest()
    return LOWEST_TRAINING_SEED + int.from_bytes(digest, "big")


def set_name(project: Project) -> str:
    """Name of the demonstration set: what a teacher's recorded game depends on."""
    clone = project.settings.clone
    versions = f"{RULES_VERSION}-{LAYOUT_VERSION}"
    return f"{TEACHER}-a{clone.ascension}-acts{clone.acts}-{versions}"


def _wanted(project: Project) -> range:
    """The seeds of the set; a larger set holds the smaller one, and runs share them."""
    first = seed_start(TEACHER)
    return range(first, first + project.settings.clone.games)


def count_demonstrations(project: Project) -> int:
    """How many of the wanted games are there already."""
    present = rollouts.demonstrated_seeds(project.store, set_name(project))
    return sum(seed in present for seed in _wanted(project))


def collect_demonstrations(project: Project, progress: OnDemonstration | None = None) -> int:
    """Play the teacher's games that are not there yet; returns how many were played now."""
    wanted, settings = _wanted(project), project.settings.clone
    present = rollouts.demonstrated_seeds(project.store, set_name(project))
    missing = [seed for seed in wanted if seed not in present]
    done = len(wanted) - len(missing)
    for game in play_demonstrations(HeuristicPolicy(), settings, missing):
        rollouts.write_demonstrations(project.store, set_name(project), game)
        done += 1
        if progress is not None:
            progress(done, len(wanted))
    return len(missing)


def load_demonstrations(project: Project) -> list[Demonstrations]:
    """The games of the set that are there, in the order of their seeds.

    Damaged files are put into the quarantine with their reason; collecting plays them again.
    """
    present = rollouts.demonstrated_seeds(project.store, set_name(project))
    games = [_read(project, present[seed]) for seed in _wanted(project) if seed in present]
    return [game for game in games if game is not None]


def _read(project: Project, path: Path) -> Demonstrations | None:
    try:
        return rollouts.read_demonstrations(path)
    except (CorruptFile, ForeignFile) as error:
        quarantine(path, project.store.quarantine / "demonstrations", str(error))
        return None


def load_examples(project: Project) -> Examples | None:
    """The teacher's decisions for PPO's anchor; None if there are none."""
    games = load_demonstrations(project)
    return Examples.of(games) if games else None
