"""Many random games in several processes."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Final

from ascension.fuzzing.playing import Report, play
from ascension.fuzzing.starts import random_start

CHUNK: Final = 8  # games that a process plays before it reports


def play_seeds(seeds: range, ascension: int | None, every: int) -> Report:
    """Play the random games of some seeds."""
    report = Report()
    for seed in seeds:
        report.add(play(random_start(seed, ascension), every))
    return report


def run(
    games: int,
    seed: int,
    ascension: int | None = None,
    workers: int = 1,
    every: int = 50,
    progress: Callable[[Report], None] | None = None,
) -> Report:
    """Play the games of the seeds from `seed` on; `progress(so far)` after every few games."""
    report = Report()
    for part in _played(_chunks(games, seed), ascension, workers, every):
        report.add(part)
        if progress is not None:
            progress(report)
    report.failures.sort(key=lambda failure: failure.seed)
    return report


def _chunks(games: int, seed: int) -> list[range]:
    end = seed + games
    return [range(first, min(first + CHUNK, end)) for first in range(seed, end, CHUNK)]


def _played(
    chunks: list[range], ascension: int | None, workers: int, every: int
) -> Iterator[Report]:
    if workers == 1 or len(chunks) == 1:
        for chunk in chunks:
            yield play_seeds(chunk, ascension, every)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        futures = [pool.submit(play_seeds, chunk, ascension, every) for chunk in chunks]
        for future in as_completed(futures):
            yield future.result()
