"""Recorded evaluations: when the last one was, what its games were. Plays nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ascension.records import EvaluationGame
from flows.project import Project
from storage import facts

TEACHER: Final = "teacher"
CLONE: Final = "clone"
SCRATCH: Final = "scratch"
PPO: Final = "ppo"
ORDER: Final = {TEACHER: 0, CLONE: 1, SCRATCH: 1, PPO: 2}
_NAME: Final = "games-"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One evaluation: its name and its games by policy, in the order teacher, clone, ppo."""

    name: str
    update: int
    games_collected: int
    groups: tuple[tuple[EvaluationGame, ...], ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One policy's recorded evaluation, from its id: `games-00000250.ppo.000031`."""

    evaluation_id: str
    games_collected: int
    policy: str
    update: int

    @property
    def name(self) -> str:
        """The evaluation's name, which its policies share."""
        return name_of(self.games_collected)


def name_of(games: int) -> str:
    """Name of the evaluation after so many collected games."""
    return f"{_NAME}{games:08d}"


def start_policy(project: Project) -> str:
    """What the policy of update 0 is called."""
    return SCRATCH if project.settings.from_scratch else CLONE


def recorded(project: Project) -> list[Recorded]:
    """All recorded evaluations of the run, oldest first."""
    found = []
    for evaluation_id in facts.evaluation_ids(project.store, project.run):
        name, policy, update = evaluation_id.split(".")
        found.append(Recorded(evaluation_id, int(name.removeprefix(_NAME)), policy, int(update)))
    return found


def games_at_last(project: Project) -> int | None:
    """Games that were collected when the run's own policy was last evaluated; None before."""
    own = [known.games_collected for known in recorded(project) if known.policy != TEACHER]
    return max(own, default=None)


def is_evaluated(project: Project, update: int) -> bool:
    """Whether the policy of this update has played the fixed seeds."""
    own = PPO if update else start_policy(project)
    return any((known.policy, known.update) == (own, update) for known in recorded(project))


def newest(project: Project) -> Evaluated | None:
    """The newest recorded games of every policy on the same seeds; None before the first."""
    by_policy = {known.policy: known for known in recorded(project)}
    if not by_policy:
        return None
    last = max(by_policy.values(), key=lambda known: (known.games_collected, known.update))
    chosen = sorted(by_policy.values(), key=lambda known: ORDER.get(known.policy, len(ORDER)))
    games = [facts.read_evaluation(project.store, project.run, k.evaluation_id) for k in chosen]
    groups = _on_same_seeds(games, games[chosen.index(last)])
    return Evaluated(last.name, last.update, last.games_collected, groups)


def _on_same_seeds(
    groups: Sequence[Sequence[EvaluationGame]], wanted: Sequence[EvaluationGame]
) -> tuple[tuple[EvaluationGame, ...], ...]:
    """The groups that may be compared with the wanted one: same seeds, same rules."""
    key = (wanted[0].seeds_hash, wanted[0].rules_version, wanted[0].game.ascension)
    return tuple(
        tuple(group)
        for group in groups
        if group and (group[0].seeds_hash, group[0].rules_version, group[0].game.ascension) == key
    )
