"""The evaluation step: fixed seeds, greedy, teacher and clone beside the newest policy."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ascension.agents.heuristic import Heuristic
from ascension.agents.network import NetworkPolicy
from ascension.agents.policy import Policy
from ascension.environment.layout import LAYOUT_VERSION
from ascension.evaluation import read_seeds, seeds_hash
from ascension.game.version import RULES_VERSION
from ascension.learning.collect import play_evaluation
from ascension.records import EvaluationGame
from flows.project import Project
from flows.steps.learner import load_checkpoint, network_of
from storage import checkpoints, facts
from storage.locks import exclusive

log = logging.getLogger(__name__)
TEACHER, CLONE, PPO = "teacher", "clone", "ppo"
OnPolicy = Callable[[str, int], None]  # policy, games played


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One evaluation: its name and its games by policy, in the order teacher, clone, ppo."""

    name: str
    update: int
    games_collected: int
    groups: tuple[tuple[EvaluationGame, ...], ...]


@dataclass(frozen=True, slots=True)
class _Contender:
    """A policy to evaluate and the update it stands for."""

    name: str
    policy: Policy
    update: int
    checkpoint_id: str


def games_collected(project: Project) -> int:
    """Finished training games of the run, from file names."""
    return facts.count(project.store, "games", project.run)


def _evaluation_name(games: int) -> str:
    return f"games-{games:08d}"


def games_at_last_evaluation(project: Project) -> int | None:
    """Games that were collected at the newest evaluation; None before the first."""
    names = [
        evaluation_id.split(".")[0].removeprefix("games-")
        for evaluation_id in facts.evaluation_ids(project.store, project.run)
    ]
    return max((int(name) for name in names if name.isdigit()), default=None)


def games_since(project: Project) -> int:
    """Games collected since the last evaluation (since the start before the first)."""
    return games_collected(project) - (games_at_last_evaluation(project) or 0)


def is_due(project: Project) -> bool:
    """Whether `every_games` games have been collected since the last evaluation."""
    return games_since(project) >= project.settings.evaluate.every_games


def is_overdue(project: Project) -> bool:
    """Whether collectors must wait for an evaluation: never later than `latest_games`."""
    return games_since(project) >= project.settings.evaluate.latest_games


def evaluate(
    project: Project, reason: str, on_policy: OnPolicy | None = None
) -> Evaluated:
    """Evaluate teacher, clone and newest policy on the fixed seeds; what is known is not replayed.

    Raises CheckpointNotFound before the first checkpoint, TrainerBusy if another process
    evaluates this run.
    """
    with exclusive(project.lock("evaluate"), "an evaluation of this run"):
        games = games_collected(project)
        name = _evaluation_name(games)
        groups = []
        for contender in _contenders(project):
            group = _evaluated(project, name, games, reason, contender)
            groups.append(tuple(group))
            if on_policy is not None:
                on_policy(contender.name, len(group))
        newest = checkpoints.newest_update(project.store, project.run) or 0
        return Evaluated(name, newest, games, tuple(groups))


def _contenders(project: Project) -> list[_Contender]:
    newest = load_checkpoint(project)
    device = project.settings.evaluate.device
    found = [_Contender(TEACHER, Heuristic(), 0, "")]
    first = newest if newest.update == 0 else load_checkpoint(project, 0)
    start = "scratch" if project.settings.from_scratch else CLONE
    network = NetworkPolicy(network_of(first, device), name=start)
    found.append(_Contender(start, network, 0, first.checkpoint_id))
    if newest.update > 0:
        network = NetworkPolicy(network_of(newest, device), name=PPO)
        found.append(_Contender(PPO, network, newest.update, newest.checkpoint_id))
    return found


def _evaluated(
    project: Project, name: str, games: int, reason: str, contender: _Contender
) -> Sequence[EvaluationGame]:
    """The contender's games: as recorded before if nothing has changed, else played now."""
    settings = project.settings.evaluate
    seeds = read_seeds(settings.seeds_file)[: settings.games]
    known = _known(project, contender, seeds_hash(seeds))
    if known:
        return known
    played = play_evaluation(
        contender.policy,
        seeds,
        settings,
        evaluation=name,
        policy_name=contender.name,
        checkpoint_id=contender.checkpoint_id,
        rules_version=RULES_VERSION,
        layout_version=LAYOUT_VERSION,
    )
    facts.append_evaluation(
        project.store,
        project.run,
        played,
        update=contender.update,
        games_collected=games,
        reason=reason,
    )
    return played


def _known(project: Project, contender: _Contender, wanted_seeds: str) -> list[EvaluationGame]:
    """A recorded evaluation of the same weights, seeds and rules; play is deterministic."""
    suffix = f".{contender.name}.{contender.update:06d}"
    ids = facts.evaluation_ids(project.store, project.run)
    for evaluation_id in reversed([found for found in ids if found.endswith(suffix)]):
        games = facts.read_evaluation(project.store, project.run, evaluation_id)
        if games and _same(games[0], contender, wanted_seeds):
            return games
    return []


def _same(game: EvaluationGame, contender: _Contender, wanted_seeds: str) -> bool:
    return (
        game.seeds_hash == wanted_seeds
        and game.rules_version == RULES_VERSION
        and game.layout_version in (LAYOUT_VERSION, "")
        and game.checkpoint_id == contender.checkpoint_id
    )
