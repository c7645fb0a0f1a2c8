"""Many recorded games: both cores, one file at a time each, results summed by group."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ascension.conformance.known import known_rule
from ascension.conformance.recordings import group_of, read_recordings, recording_files
from ascension.conformance.replay import Divergence, replay


@dataclass(slots=True)
class Tally:
    """Sums over games."""

    games: int = 0
    games_exact: int = 0
    decisions: int = 0
    decisions_exact: int = 0

    def add(self, other: "Tally") -> None:
        """Add another tally."""
        self.games += other.games
        self.games_exact += other.games_exact
        self.decisions += other.decisions
        self.decisions_exact += other.decisions_exact


@dataclass(slots=True)
class Result:
    """What a campaign found."""

    total: Tally = field(default_factory=Tally)
    groups: dict[str, Tally] = field(default_factory=dict)
    divergences: list[Divergence] = field(default_factory=list)
    known: list[tuple[Divergence, str]] = field(default_factory=list)  # with the rule broken

    @property
    def exact(self) -> bool:
        """Whether every game of every file agrees, up to where it is known to break a rule."""
        return self.total.games == self.total.games_exact + len(self.known)

    def add(self, found: list[Divergence]) -> None:
        """Add divergences, the known ones apart."""
        for divergence in found:
            rule = known_rule(divergence)
            if rule is None:
                self.divergences.append(divergence)
            else:
                self.known.append((divergence, rule))

    def as_json(self) -> dict[str, object]:
        """The object that `--json` prints."""
        firsts: dict[str, Divergence] = {}
        for divergence in self.divergences:
            firsts.setdefault(group_of(Path(divergence.file)), divergence)
        return {
            **asdict(self.total),
            "groups": {name: asdict(tally) for name, tally in sorted(self.groups.items())},
            "first_divergences": {name: asdict(first) for name, first in sorted(firsts.items())},
            "known": [{**asdict(found), "rule": rule} for found, rule in self.known],
        }


def replay_file(file: Path) -> tuple[Tally, list[Divergence]]:
    """Replay all games of one file, holding one game in memory at a time."""
    tally = Tally()
    divergences = []
    for recording in read_recordings(file):
        result = replay(recording)
        tally.add(
            Tally(1, result.divergence is None, result.decisions, result.decisions_exact)
        )
        if result.divergence is not None:
            divergences.append(result.divergence)
    return tally, divergences


def _replayed(
    files: list[Path], workers: int
) -> Iterator[tuple[Path, Tally, list[Divergence]]]:
    if workers == 1 or len(files) == 1:
        for file in files:
            yield (file, *replay_file(file))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        futures = {pool.submit(replay_file, file): file for file in files}
        for future in as_completed(futures):
            yield (futures[future], *future.result())


def run(
    place: Path,
    workers: int | None = None,
    progress: Callable[[Path, int, int], None] | None = None,
) -> Result:
    """Replay every recorded game of a folder; `progress(file, done, all)` after each file.

    Raises MalformedRecording for damaged files.
    """
    files = recording_files(place)
    files.sort(key=lambda file: file.stat().st_size, reverse=True)  # the longest first
    result = Result()
    replayed = _replayed(files, workers or os.cpu_count() or 1)
    for done, (file, tally, divergences) in enumerate(replayed, start=1):
        result.total.add(tally)
        result.groups.setdefault(group_of(file), Tally()).add(tally)
        result.add(divergences)
        if progress is not None:
            progress(file, done, len(files))
    result.divergences.sort(key=lambda d: (d.file, d.game))
    return result
