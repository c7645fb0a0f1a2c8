"""Rules that are not certain, gathered from marks in the rules' source.

A mark is a comment right at the code that it is about:

    # UNCERTAIN(combat.md 8): what is built, and what else it might be. Settled by: what to look
    #   at in the real game.

`UNSEEDED` marks a convention instead: there the real game itself is not reproducible.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GAME: Final = Path(__file__).parents[1] / "game"
UNCERTAIN: Final = "UNCERTAIN"
UNSEEDED: Final = "UNSEEDED"
SETTLED: Final = "Settled by:"
_MARK: Final = re.compile(r"^\s*# (UNCERTAIN|UNSEEDED)\(([^)]+)\): (.*)$")
_MORE: Final = re.compile(r"^\s*#   (.*)$")


class MalformedMark(ValueError):
    """A mark that does not say what would settle it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked rule."""

    kind: str  # UNCERTAIN or UNSEEDED
    source: str  # file and section of the specification
    built: str  # what the rules do, and what is not sure about it
    settled: str  # what to look at in the real game
    module: str  # below the package of the game
    place: str  # function or constant that the mark stands at


def marks(folder: Path = GAME) -> list[Mark]:
    """Every mark of the rules, by kind, source and module; MalformedMark for an incomplete one."""
    found = [mark for file in sorted(folder.rglob("*.py")) for mark in _marks_of(file, folder)]
    return sorted(found, key=lambda mark: (mark.kind, _order(mark.source), mark.module, mark.place))


def _order(source: str) -> tuple[str, int, str]:
    """Sections of a file by their number, those without one after it by name."""
    file, _, section = source.partition(" ")
    return (file, int(section) if section.isdigit() else 0, section)


def _marks_of(file: Path, folder: Path) -> Iterator[Mark]:
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    for number, line in enumerate(lines):
        match = _MARK.match(line)
        if match is None:
            continue
        said = " ".join([match[3], *_continued(lines[number + 1 :])])
        built, separator, settled = said.partition(SETTLED)
        if not separator:
            raise MalformedMark(f"{file} line {number + 1}: say `{SETTLED}` and what to look at")
        place = _place(ast.parse(text), number + 1)
        module = file.relative_to(folder).as_posix()
        yield Mark(match[1], match[2], built.strip(), settled.strip(), module, place)


def _continued(lines: list[str]) -> Iterator[str]:
    for line in lines:
        match = _MORE.match(line)
        if match is None:
            return
        yield match[1]


def _place(tree: ast.Module, line: int) -> str:
    """The name of the statement of the module that holds the line, or that follows it."""
    for node in tree.body:
        if node.end_lineno is not None and node.end_lineno > line:
            return _name(node)
    return "the module"


def _name(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return next((name.id for name in targets if isinstance(name, ast.Name)), "the module")


# --- The page -----------------------------------------------------------------------------------

_INTRODUCTION: Final = """# Uncertain rules

Written by `ascension content --uncertain --write docs/uncertain_rules.md` from the `UNCERTAIN` and
`UNSEEDED` marks in `ascension/game`; a test holds it up to date. Change the marks, not this page.

The recorded games agree with every rule below, but they were made from the same text: only the
real game can settle these. Whoever sees it do otherwise changes the rule, removes the mark and
raises `RULES_VERSION`.
"""
_PARTS: Final = (
    (UNCERTAIN, "Not certain", "settled by"),
    (UNSEEDED, "Not reproducible in the real game: conventions", "settled by nothing, because"),
)


def page(found: list[Mark]) -> str:
    """The marks as a page of Markdown."""
    parts = [_INTRODUCTION]
    for kind, title, last in _PARTS:
        chosen = [mark for mark in found if mark.kind == kind]
        parts.append(f"## {title}\n\n{_table(chosen, last)}")
    return "\n".join(parts)


def _table(found: list[Mark], settled: str) -> str:
    rows = [
        f"| {mark.source} | {_sentence(mark.built)} | {_sentence(mark.settled)} | "
        f"`{mark.module}` `{mark.place}` |"
        for mark in found
    ]
    header = [f"| rule | built | {settled} | where |", "|---|---|---|---|"]
    return "\n".join([*header, *rows, ""])


def _sentence(text: str) -> str:
    said = text.removeprefix("nothing: ")
    return said[0].upper() + said[1:]
