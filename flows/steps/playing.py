"""Fixed seeds in several processes: the rows are the same however the games are split."""

import math
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache

from ascension.agents.policy import Policy
from ascension.evaluation import check_seeds
from ascension.learning.collect import play_evaluation
from ascension.records import EvaluationGame
from ascension.settings import EvaluateSettings
from flows.policies import RANDOM, Source, policy_of

OnGames = Callable[[int], None]  # games that have ended since the last call
EVALUATION = "command"
FEW_GAMES = 16  # a process takes seconds to start: not worth it for fewer games each
PARTS_PER_WORKER = 4  # so that no worker waits long for the other at the end


def default_workers() -> int:
    """As many processes as there are cores to run them."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def play_seeds(
    source: Source,
    seeds: Sequence[int],
    settings: EvaluateSettings,
    workers: int = 1,
    on_games: OnGames = lambda games: None,
) -> list[EvaluationGame]:
    """Play the seeds greedily with a policy; rows in the order of the seeds.

    A decision depends neither on the games beside it nor on the process, so that the rows (their
    time aside) do not depend on `workers`. Random play draws from one stream and stays in one.
    """
    check_seeds(seeds)
    workers = min(workers, math.ceil(len(seeds) / FEW_GAMES))
    if workers <= 1 or source.name == RANDOM:
        return _here(source, seeds, settings, on_games)
    parts = _parts(seeds, workers * PARTS_PER_WORKER)
    rows: list[EvaluationGame] = []
    with _pool(workers) as pool:
        tasks = [pool.submit(_play_part, source, tuple(seeds), part, settings) for part in parts]
        for task in as_completed(tasks):
            rows += task.result()
            on_games(len(task.result()))
    return sorted(rows, key=lambda row: row.position)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Fresh processes: a fork would copy the threads' locks of torch and Arrow."""
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _here(
    source: Source, seeds: Sequence[int], settings: EvaluateSettings, on_games: OnGames
) -> list[EvaluationGame]:
    return play_evaluation(
        policy_of(source, settings.device, settings.threads),
        seeds,
        settings,
        evaluation=EVALUATION,
        policy_name=source.name,
        checkpoint_id=source.checkpoint_id,
        on_game=lambda row: on_games(1),
    )


def _parts(seeds: Sequence[int], count: int) -> Iterator[frozenset[int]]:
    """The seeds in `count` parts of nearly equal size, none of them empty."""
    for start in range(min(count, len(seeds))):
        yield frozenset(seeds[start::count])


def _play_part(
    source: Source, seeds: Sequence[int], part: frozenset[int], settings: EvaluateSettings
) -> list[EvaluationGame]:
    """One part of the seeds; the rows know their places in the whole list."""
    return play_evaluation(
        _loaded(source, settings.device, settings.threads),
        seeds,
        settings,
        evaluation=EVALUATION,
        policy_name=source.name,
        checkpoint_id=source.checkpoint_id,
        already_played=frozenset(seeds) - part,
    )


@lru_cache(maxsize=1)
def _loaded(source: Source, device: str, threads: int) -> Policy:
    """The policy, loaded once a process."""
    return policy_of(source, device, threads)
