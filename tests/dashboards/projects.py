"""Data folders for the tests of the pages: a small real run, and made-up rows in bulk."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ascension.environment.layout import LAYOUT_VERSION
from ascension.game.version import RULES_VERSION
from ascension.records import EvaluationGame
from flows.local import Goal
from flows.local import run as run_locally
from storage import facts
from tests.flows.observers import Notes
from tests.flows.projects import small_project
from tests.storage import samples

START = datetime(2026, 1, 1, tzinfo=UTC)


def real_run(folder, **changes):
    """A project that has really played, trained and been evaluated, in seconds."""
    project = small_project(folder / "data", **changes)
    run_locally(project, Goal(updates=2, minutes=5.0), Notes(), folder / "experiments")
    return project


def made_up_games(store, count, run="main"):
    """Training games, one file for all."""
    rows = []
    for number in range(count):
        identity = replace(
            samples.rollout(number, update=number // 64, run=run).identity, seed=number
        )
        floor = 10 + number % 40
        rows.append(
            (identity, samples.game(seed=number, final_floor=floor, final_act=1 + (floor > 17)))
        )
    facts.append_games(store, rows)


def made_up_evaluation(store, games, policy="ppo", update=1, seeds=25, run="main", digest="d"):
    """An evaluation of so many seeds after so many games."""
    rows = [
        EvaluationGame(
            run=f"games-{games:08d}",
            policy=policy,
            checkpoint_id=f"c{update}",
            position=position,
            seeds_hash="s" * 16,
            rules_version=RULES_VERSION,
            layout_version=LAYOUT_VERSION,
            timestamp=START + timedelta(minutes=games),
            game=samples.game(
                seed=position,
                final_floor=10 + (position * 7 + update) % 40,
                outcome="victory" if (position + update) % 9 == 0 else "death",
                digest=digest,
            ),
        )
        for position in range(seeds)
    ]
    return facts.append_evaluation(
        store, run, rows, update=update, games_collected=games, reason="test"
    )


def many_evaluations(store, count, seeds=2, run="main"):
    """So many evaluations in one file, as years of training would leave them."""
    game = samples.game()
    rows = [
        {
            "run": run,
            "evaluation_id": f"games-{number:08d}.ppo.{number:06d}",
            "evaluation": f"games-{number:08d}",
            "timestamp": START + timedelta(minutes=number),
            "reason": "test",
            "policy": "ppo",
            "checkpoint_id": f"c{number}",
            "model_update": number,
            "games_collected": number,
            "position": position,
            "seeds_hash": "s" * 16,
            "rules_version": RULES_VERSION,
            "layout_version": LAYOUT_VERSION,
            **facts.game_columns(game),
            "seed": position,
            "final_floor": 10 + (number + position) % 40,
        }
        for number in range(1, count + 1)
        for position in range(seeds)
    ]
    facts.append(store, "evaluations", run, rows, "many")
