"""The teacher's games: collected once, resumed by seed, read by cloning and by PPO's anchor."""

from collections.abc import Callable

from ascension.agents.heuristic import Heuristic
from ascension.learning.collect import play_demonstrations
from ascension.learning.examples import Examples, join_demonstrations
from ascension.records import Demonstrations
from flows.project import Project
from flows.steps.collecting import seed_offset
from storage import rollouts

OnDemonstration = Callable[[int, int], None]  # games done, games wanted
TEACHER = "teacher"


def set_name(project: Project) -> str:
    """Name of the demonstration set: what a teacher's game depends on."""
    clone = project.settings.clone
    return f"{TEACHER}-a{clone.ascension}-acts{clone.acts}"


def collect_demonstrations(project: Project, progress: OnDemonstration | None = None) -> int:
    """Play the teacher's games that are not there yet; returns how many were played now."""
    settings = project.settings.clone
    first_seed = seed_offset(project, TEACHER, 0)
    wanted = [first_seed + number for number in range(settings.games)]
    present = rollouts.demonstrated_seeds(project.store, set_name(project))
    missing = [seed for seed in wanted if seed not in present]
    done = len(wanted) - len(missing)
    for game in play_demonstrations(Heuristic(), settings, missing):
        rollouts.write_demonstrations(project.store, set_name(project), game)
        done += 1
        if progress is not None:
            progress(done, len(wanted))
    return len(missing)


def load_demonstrations(project: Project) -> list[Demonstrations]:
    """All games of the set, in the order of their seeds."""
    present = rollouts.demonstrated_seeds(project.store, set_name(project))
    chosen = sorted(present)[: project.settings.clone.games]
    return [rollouts.read_demonstrations(present[seed]) for seed in chosen]


def load_examples(project: Project) -> Examples | None:
    """The teacher's decisions for PPO's anchor; None if there are none."""
    games = load_demonstrations(project)
    return join_demonstrations(games) if games else None
