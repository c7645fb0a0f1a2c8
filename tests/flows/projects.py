"""Small projects for the tests of the loop: tiny network, short games, made-up rollouts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ascension.environment.layout import LAYOUT_VERSION, OPTION_WIDTH, STATE_WIDTH
from ascension.game.version import RULES_VERSION
from ascension.records import EvaluationGame, Game, Identity, Rollout, new_id
from ascension.settings import (
    CloneSettings,
    CollectSettings,
    EvaluateSettings,
    NetworkSettings,
    TrainSettings,
)
from flows.project import Project, ProjectSettings, create_project
from flows.steps import cloning, evaluations
from storage import checkpoints, facts, rollouts
from tests.learning.batches import random_decisions, some_game

SMALL = NetworkSettings(state_size=4, policy_size=4, value_size=4, option_size=4)


def small_settings(run: str = "main", **changes: object) -> ProjectSettings:
    """Settings with which everything is quick; games end after act 1."""
    settings = ProjectSettings(
        run=run,
        collect=CollectSettings(games=8, parallel_games=8, acts=1),
        clone=CloneSettings(games=4, epochs=1, acts=1, network=SMALL),
        train=TrainSettings(network=SMALL, minibatch_size=64, most_rollouts=8, device="cpu"),
        evaluate=EvaluateSettings(games=3, acts=1),
        from_scratch=True,
    )
    return settings.model_copy(update=changes)


def small_project(folder: Path, **changes: object) -> Project:
    """A project in a folder, not started."""
    return create_project(small_settings(**changes), folder)


def started_project(folder: Path, **changes: object) -> Project:
    """A project with the checkpoint of update 0."""
    project = small_project(folder, **changes)
    cloning.start_run(project)
    return project


def made_up_rollout(project: Project, number: int, update: int = 0, steps: int = 6) -> Rollout:
    """A rollout of random decisions that fits the project's network."""
    generator = np.random.default_rng(number)
    decisions = random_decisions(generator, steps, STATE_WIDTH, OPTION_WIDTH, most_options=4)
    counts = decisions.option_counts()
    rewards = generator.normal(size=steps).astype(np.float32)
    return Rollout(
        identity=_identity(project, number, update),
        decisions=decisions,
        actions=(generator.random(steps) * counts).astype(np.int16),
        log_probs=-np.log(counts).astype(np.float32),
        values=generator.normal(size=steps).astype(np.float32),
        rewards=rewards,
        reward_terms=("floor",),
        rewards_by_term=rewards[:, None],
        game=some_game(seed=number),
    )


def _identity(project: Project, number: int, update: int) -> Identity:
    metadata = checkpoints.read_metadata(project.store, project.run, 0)
    return Identity(
        run=project.run,
        rollout_id=f"{number:04d}-{new_id()}",
        checkpoint_id=str(metadata["checkpoint_id"]),
        update=update,
        seed=number,
        ascension=0,
        worker="w",
        rules_version=RULES_VERSION,
        layout_version=LAYOUT_VERSION,
        settings_hash="s",
        created_at=datetime.now(UTC),
    )


def let_wait(project: Project, numbers: Sequence[int], update: int = 0) -> None:
    """Made-up rollouts that wait for the trainer."""
    for number in numbers:
        rollouts.write_rollout(project.store, made_up_rollout(project, number, update))


def let_games_be_collected(project: Project, count: int) -> None:
    """Facts of so many games, as if they had been played."""
    identity = _identity(project, 0, 0)
    game: Game = some_game()
    for _ in range(count // 50):
        ids = [replace(identity, rollout_id=new_id()) for _ in range(50)]
        facts.append_games(project.store, [(one, game) for one in ids])


def let_be_evaluated(
    project: Project, policy: str = "scratch", update: int = 0, games: int = 0
) -> None:
    """Facts of an evaluation, as if one game had been played."""
    row = EvaluationGame(
        run=evaluations.name_of(games),
        policy=policy,
        checkpoint_id="c",
        position=0,
        seeds_hash="h",
        rules_version=RULES_VERSION,
        layout_version=LAYOUT_VERSION,
        timestamp=datetime.now(UTC),
        game=some_game(),
    )
    facts.append_evaluation(
        project.store, project.run, [row], update=update, games_collected=games, reason="test"
    )


def weights(project: Project, update: int) -> bytes:
    """The bytes of a checkpoint's weights file."""
    path = checkpoints.checkpoint_path(project.store, project.run, update)
    return (path / checkpoints.WEIGHTS).read_bytes()
