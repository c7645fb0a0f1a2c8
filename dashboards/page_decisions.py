"""Decisions: what the policy saw, weighed and did, game by game."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from dashboards import winning
from dashboards.content import Block, Column, Empty, Page, Section, Table, Theatre
from dashboards.replays import FOLDER, Wanted, read_replay
from dashboards.source import Source

NOTHING: Final = Empty(
    "No evaluated game could be replayed yet.", "ascension local, then ascension report"
)


def page(source: Source, folder: Path, games: Sequence[Wanted], problems: Sequence[str]) -> Page:
    """The page of the replays that lie in the folder."""
    there = [wanted for wanted in games if (folder / FOLDER / wanted.file).exists()]
    fitted = winning.fit([read_replay(folder / FOLDER / one.file) for one in there])
    chance: dict[str, Any] = {
        "fit": asdict(fitted) if fitted else None,
        "by_floor": winning.by_floor(source) if there else None,
    }
    entries = [
        {"file": f"{FOLDER}/{one.file}", "title": one.title, "chance": chance} for one in there
    ]
    blocks: list[Block] = [Theatre(entries, NOTHING)]
    sections = [
        Section(
            "replay",
            "Replay",
            blocks,
            "Games of the fixed seeds, played again from seed and checkpoint when this page was "
            "built. The percentages are the policy's own; greedy play takes the highest.",
        )
    ]
    if problems:
        sections.append(Section("missing", "Not repeatable", [_problems(problems)]))
    return Page("decisions", "Decisions", _headline(there), sections)


def _headline(games: Sequence[Wanted]) -> str:
    if not games:
        return "No game to look at yet."
    return f"{len(games)} games to step through: what it saw, what it weighed, what came of it."


def _problems(problems: Sequence[str]) -> Table:
    rows = [{"problem": problem} for problem in problems]
    columns = [Column("problem", "what")]
    return Table("problems", "Games that could not be shown", columns, rows, NOTHING)
