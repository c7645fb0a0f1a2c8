"""From what was counted to findings: dark and constant columns, cut values, dead terms, leaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ascension.health import expectations
from ascension.health.finding import Finding
from ascension.health.leaks import MOST_NAMED, LeakCheck
from ascension.health.survey import (
    BOOSTED_HP,
    Columns,
    Earnings,
    Survey,
    survey_ordinary,
    survey_widely,
)

DEFAULT_GAMES: Final = 36
_ORDINARY: Final = 3  # every third game


@dataclass(slots=True)
class Health:
    """Two surveys and the looks for leaks."""

    ordinary: Survey = field(default_factory=Survey)  # as learning meets them
    wide: Survey = field(default_factory=Survey)  # hp in plenty: they get far
    leaks: LeakCheck = field(default_factory=LeakCheck)

    @property
    def games(self) -> int:
        """Games played."""
        return self.ordinary.games + self.wide.games

    @property
    def decisions(self) -> int:
        """Decisions looked at."""
        return self.ordinary.decisions + self.wide.decisions


def examine(games: int = DEFAULT_GAMES, tell: Callable[[str], None] = lambda stage: None) -> Health:
    """Play the games, the same ones every time."""
    health = Health()
    ordinary = max(1, games // _ORDINARY)
    tell(f"{ordinary} games of the teacher")
    survey_ordinary(health.ordinary, ordinary, health.leaks.look)
    tell(f"{games - ordinary} games with {BOOSTED_HP} hp")
    survey_widely(health.wide, games - ordinary, health.leaks.look)
    return health


def findings(health: Health) -> list[Finding]:
    """All checks, in order."""
    state, option = _both(health, "state"), _both(health, "option")
    ordinary = health.ordinary
    return [
        _constant_columns(state),
        _constant_columns(option),
        _dark_blocks(state),
        _dark_blocks(option),
        _cut_values(ordinary.state),
        _cut_values(ordinary.option),
        *[_dead_terms(name, health) for name in ("default", "original")],
        _hidden_information(health.leaks),
        _words(health.leaks),
        _runic_dome(health.leaks),
    ]


def _both(health: Health, layout: str) -> Columns:
    """What either survey saw of a layout."""
    first: Columns = getattr(health.ordinary, layout)
    second: Columns = getattr(health.wide, layout)
    total = Columns(first.layout)
    total.rows = first.rows + second.rows
    total.entries = first.entries + second.entries
    total.low = np.minimum(first.low, second.low)
    total.high = np.maximum(first.high, second.high)
    total.cut = first.cut + second.cut
    return total


def named(names: list[str]) -> str:
    """A list that stays readable."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _finding(check: str, problems: list[str], well: str, advice: str) -> Finding:
    if not problems:
        return Finding(check, True, well)
    return Finding(check, False, named(problems), advice)


def constant_columns(columns: Columns) -> list[str]:
    """Columns that tell nothing, in the blocks that must be complete."""
    constant, layout = columns.is_constant(), columns.layout
    found = []
    for name in expectations.COMPLETE[layout.name]:
        start = layout.offset(name)
        for place, column in enumerate(layout.block(name).columns):
            full = f"{name}.{column}"
            if constant[start + place] and full not in expectations.MAY_BE_CONSTANT:
                found.append(full)
    return found


def _constant_columns(columns: Columns) -> Finding:
    name = columns.layout.name
    return _finding(
        f"constant columns, {name}",
        constant_columns(columns),
        f"none of {int((~columns.is_constant()).sum())} columns that moved, {columns.rows:,} rows",
        "the encoder never fills them, or always in the same way: fix it or name the reason in "
        "ascension/health/expectations.py",
    )


def dark_blocks(columns: Columns) -> list[str]:
    """Blocks of which too few columns moved."""
    constant, layout = columns.is_constant(), columns.layout
    found = []
    for block in layout.blocks:
        start = layout.offset(block.name)
        share = float((~constant[start : start + block.width]).mean())
        wanted = expectations.SHARES.get(block.name, expectations.LEAST_SHARE)
        if share < wanted and block.name not in expectations.RARE:
            found.append(f"{block.name} {100 * share:.0f}% of {100 * wanted:.0f}%")
    return found


def _dark_blocks(columns: Columns) -> Finding:
    return _finding(
        f"dark blocks, {columns.layout.name}",
        dark_blocks(columns),
        f"none of {len(columns.layout.blocks)} blocks",
        "too few of their columns were ever written: look at the block's writer",
    )


def cut_values(columns: Columns) -> list[str]:
    """Columns with a range whose entries lie at its top too often."""
    share = columns.cut / np.maximum(columns.entries, 1)
    ranges, names = columns.layout.ranges(), columns.layout.column_names()
    return [
        f"{names[i]} {100 * share[i]:.0f}%"
        for i in np.argsort(-share)
        if share[i] > expectations.MOST_CUT
        and ranges[i][1] > 1
        and columns.entries[i] >= expectations.FEWEST_ENTRIES
        and names[i] not in expectations.MAY_BE_CUT
    ]


def _cut_values(columns: Columns) -> Finding:
    share = columns.cut / np.maximum(columns.entries, 1)
    matters = (columns.entries >= expectations.FEWEST_ENTRIES) & (
        np.array([high for _, high in columns.layout.ranges()]) > 1
    )
    worst = int(np.argmax(np.where(matters, share, -1.0)))
    name = columns.layout.column_names()[worst]
    return _finding(
        f"saturated values, {columns.layout.name}",
        cut_values(columns),
        f"at most {100 * float(share[worst]):.1f}% of a column's entries are cut off ({name})",
        "values above the range look all alike: give the column a smaller unit",
    )


def dead_terms(earnings: list[Earnings]) -> list[str]:
    """Terms that never paid anything in any of the games."""
    payments = np.sum([one.payments for one in earnings], axis=0)
    return [name for name, n in zip(earnings[0].reward.names, payments, strict=True) if n == 0]


def _dead_terms(preset: str, health: Health) -> Finding:
    ordinary: Earnings = getattr(health.ordinary, preset)
    wide: Earnings = getattr(health.wide, preset)
    shares = ", ".join(f"{name} {100 * part:.0f}%" for name, part in ordinary.shares().items())
    return _finding(
        f"reward terms, {preset}",
        dead_terms([ordinary, wide]),
        f"all paid; shares in the teacher's games: {shares}",
        "these terms never paid: they cannot teach anything",
    )


def _hidden_information(leaks: LeakCheck) -> Finding:
    return _finding(
        "hidden information",
        sorted(leaks.hidden),
        f"changed in {leaks.looks} decisions: the same encoding",
        "these columns show what a player cannot know",
    )


def _words(leaks: LeakCheck) -> Finding:
    return _finding(
        "hidden information, in words",
        [f"{leaks.words} decisions"] if leaks.words else [],
        "the same words",
        "the screen in words shows what a player cannot know",
    )


def _runic_dome(leaks: LeakCheck) -> Finding:
    return _finding(
        "Runic Dome",
        sorted(leaks.intents),
        f"other intents in {leaks.dome_looks} fights' decisions: the same encoding",
        "these columns show intents that Runic Dome hides",
    )


def report(health: Health) -> dict[str, object]:
    """Everything for programs: findings, shares of the reward terms, what moved in each block."""
    found = findings(health)
    return {
        "ok": all(finding.ok for finding in found),
        "games": health.games,
        "decisions": health.decisions,
        "findings": [finding._asdict() for finding in found],
        "reward_shares": {
            "default": health.ordinary.default.shares(),
            "original": health.ordinary.original.shares(),
        },
        "moved": {layout: _moved(_both(health, layout)) for layout in ("state", "option")},
    }


def _moved(columns: Columns) -> dict[str, float]:
    """Share of the columns of every block that moved."""
    constant, layout = columns.is_constant(), columns.layout
    shares = {}
    for block in layout.blocks:
        start = layout.offset(block.name)
        shares[block.name] = round(float((~constant[start : start + block.width]).mean()), 4)
    return shares
