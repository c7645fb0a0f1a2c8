"""The evaluation step: fixed seeds, greedy, teacher and clone beside the newest policy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ascension.agents.heuristic import HeuristicPolicy
from ascension.agents.network import NetworkPolicy
from ascension.agents.policy import Policy
from ascension.environment.layout import LAYOUT_VERSION
from ascension.evaluation import promote, read_seeds, seeds_hash
from ascension.game.version import RULES_VERSION
from ascension.learning.collect import play_evaluation
from ascension.records import EvaluationGame
from flows.project import Project
from flows.steps import due, evaluations, promotions
from flows.steps.evaluations import ORDER, PPO, TEACHER, Evaluated
from flows.steps.learner import load_checkpoint, network_of
from storage import checkpoints, facts
from storage.checkpoints import Checkpoint
from storage.locks import exclusive

OnPolicy = Callable[[str, int], None]  # policy, games played


@dataclass(frozen=True, slots=True)
class _Contender:
    """A policy to evaluate and the update it stands for."""

    name: str
    policy: Policy
    update: int = 0
    checkpoint_id: str = ""
    is_newest: bool = False


@dataclass(frozen=True, slots=True)
class _Occasion:
    """What the games of one evaluation have in common."""

    project: Project
    games: int  # collected so far
    reason: str
    seeds: tuple[int, ...]

    @property
    def name(self) -> str:
        """Name of the evaluation."""
        return evaluations.name_of(self.games)


def evaluate(project: Project, reason: str, on_policy: OnPolicy | None = None) -> Evaluated:
    """Evaluate teacher, clone and newest policy on the fixed seeds; what is known is not replayed.

    Raises CheckpointNotFound before the first checkpoint, TrainerBusy if another process
    evaluates this run.
    """
    with exclusive(project.lock("evaluate"), "an evaluation of this run"):
        settings = project.settings.evaluate
        seeds = read_seeds(settings.seeds_file)[: settings.games]
        occasion = _Occasion(project, due.games_collected(project), reason, seeds)
        contenders = _contenders(project)
        groups: dict[str, tuple[EvaluationGame, ...]] = {}
        for contender in contenders:
            groups[contender.name] = tuple(_games_of(contender, occasion))
            if on_policy is not None:
                on_policy(contender.name, len(groups[contender.name]))
        ordered = tuple(groups[name] for name in sorted(groups, key=ORDER.__getitem__))
        newest = next(contender for contender in contenders if contender.is_newest)
        _gate(newest, groups[newest.name], occasion)
        _thin(project)
        return Evaluated(occasion.name, newest.update, occasion.games, ordered)


def _gate(candidate: _Contender, games: Sequence[EvaluationGame], occasion: _Occasion) -> None:
    """Decide whether the newest policy is the run's best, on the record; once an evaluation."""
    project, confidence = occasion.project, occasion.project.settings.evaluate.confidence
    if promotions.is_decided(project, occasion.name, candidate.update):
        return
    update = promotions.incumbent_update(project)
    if update == candidate.update:
        return
    if update is None:
        promotions.record(project, promote(None, games, confidence), games, candidate.update, None)
        return
    best = _of_update(project, update)
    best_games = _games_of(best, occasion)
    decision = promote(best_games, games, confidence)
    incumbent = (update, best.checkpoint_id)
    promotions.record(project, decision, games, candidate.update, incumbent)


def _thin(project: Project) -> None:
    """Forget the weights of old checkpoints that no later evaluation will ask for."""
    keep = promotions.promoted_updates(project)
    every = project.settings.train.keep_weights_every
    checkpoints.thin(project.store, project.run, every, keep=keep)


def _of_update(project: Project, update: int) -> _Contender:
    name = PPO if update else evaluations.start_policy(project)
    return _network(project, name, load_checkpoint(project, update), False)


def _contenders(project: Project) -> list[_Contender]:
    """Who plays, the newest policy as early as possible: its games are what makes it due."""
    newest = load_checkpoint(project)
    start = evaluations.start_policy(project)
    if newest.update == 0:
        return [_Contender(TEACHER, HeuristicPolicy()), _network(project, start, newest, True)]
    return [
        _Contender(TEACHER, HeuristicPolicy()),
        _network(project, PPO, newest, True),
        _network(project, start, load_checkpoint(project, 0), False),
    ]


def _network(project: Project, name: str, checkpoint: Checkpoint, is_newest: bool) -> _Contender:
    settings = project.settings.evaluate
    network = network_of(checkpoint, settings.device)
    policy = NetworkPolicy(network, name=name, threads=settings.threads)
    return _Contender(name, policy, checkpoint.update, checkpoint.checkpoint_id, is_newest)


def _games_of(contender: _Contender, occasion: _Occasion) -> Sequence[EvaluationGame]:
    """The contender's games: as recorded before if nothing has changed, else played now.

    The newest policy's games are recorded for this evaluation all the same: they say that it took
    place.
    """
    project = occasion.project
    known = _known(project, contender, seeds_hash(occasion.seeds))
    if known and (not contender.is_newest or known[0].run == occasion.name):
        return known
    games = [replace(game, run=occasion.name) for game in known] or _played(contender, occasion)
    facts.append_evaluation(
        project.store,
        project.run,
        games,
        update=contender.update,
        games_collected=occasion.games,
        reason=occasion.reason,
    )
    return games


def _played(contender: _Contender, occasion: _Occasion) -> list[EvaluationGame]:
    return play_evaluation(
        contender.policy,
        occasion.seeds,
        occasion.project.settings.evaluate,
        evaluation=occasion.name,
        policy_name=contender.name,
        checkpoint_id=contender.checkpoint_id,
    )


def _known(project: Project, contender: _Contender, wanted_seeds: str) -> list[EvaluationGame]:
    """The newest recorded games of the same weights on the same seeds; play is deterministic."""
    for known in reversed(evaluations.recorded(project)):
        if (known.policy, known.update) != (contender.name, contender.update):
            continue
        games = facts.read_evaluation(project.store, project.run, known.evaluation_id)
        if games and _same(games[0], contender, wanted_seeds, project):
            return games
    return []


def _same(game: EvaluationGame, contender: _Contender, wanted_seeds: str, project: Project) -> bool:
    return (
        game.seeds_hash == wanted_seeds
        and game.game.ascension == project.settings.evaluate.ascension
        and game.rules_version == RULES_VERSION
        and game.layout_version in (LAYOUT_VERSION, "")
        and game.checkpoint_id == contender.checkpoint_id
    )
