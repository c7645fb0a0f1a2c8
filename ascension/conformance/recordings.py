"""Recorded games as streams: gzip'd JSON lines, a `header` line before and a `final` line after."""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Line = dict[str, object]


class MalformedRecording(ValueError):
    """A recorded file that is truncated or not in the format of recorded games."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One recorded game: where it stands and its lines, the header first."""

    file: str
    number: int  # place in its file, from 0
    lines: tuple[Line, ...]

    @property
    def header(self) -> Line:
        """Seed, ascension, overrides, map and hidden lists."""
        return self.lines[0]

    @property
    def seed(self) -> str:
        """Signed decimal seed."""
        return str(self.header["seed"])


def recording_files(place: Path) -> list[Path]:
    """The recorded files of a folder, or the file itself; MalformedRecording if there is none."""
    if place.is_file():
        return [place]
    found = sorted(place.glob("*.jsonl.gz"))
    if not found:
        raise MalformedRecording(f"no *.jsonl.gz files in {place}: give a folder of recorded games")
    return found


def group_of(file: Path) -> str:
    """The group of a file: its name without the trailing number."""
    stem = file.name.removesuffix(".jsonl.gz")
    head, _, tail = stem.rpartition("_")
    return head if head and tail.isdigit() else stem


def _lines(file: Path) -> Iterator[Line]:
    number = 0
    try:
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            for text in stream:
                number += 1
                line = json.loads(text)
                if not isinstance(line, dict) or "type" not in line:
                    raise MalformedRecording(f"{file} line {number}: not a recorded line")
                yield line
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise MalformedRecording(
            f"{file} is damaged after line {number} ({error}): fetch it again"
        ) from error


def _check_header(file: Path, number: int, header: Line) -> None:
    """What a game is started from must be there, as numbers and a table of overrides."""
    try:
        int(str(header["seed"])), int(str(header["ascension"]))
        if isinstance(header["overrides"], dict):
            return
        reason = "overrides are no table"
    except (KeyError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
    raise MalformedRecording(
        f"{file}: the header of game {number} is not that of a recorded game ({reason}): give "
        "files in the format of docs/conformance.md"
    )


def read_recordings(file: Path) -> Iterator[Recording]:
    """The games of one file, one at a time in memory.

    Raises MalformedRecording for a damaged file, a line outside a game or a game without an end.
    """
    lines: list[Line] = []
    number = 0
    for line in _lines(file):
        if line["type"] == "header":
            if lines:
                raise MalformedRecording(f"{file}: game {number} has no final line")
            _check_header(file, number, line)
        elif not lines:
            raise MalformedRecording(f"{file}: a line before the first header")
        lines.append(line)
        if line["type"] == "final":
            yield Recording(file.name, number, tuple(lines))
            lines = []
            number += 1
    if lines:
        raise MalformedRecording(f"{file}: game {number} has no final line, the file is truncated")
