"""Terminal tables of evaluations, shared by several commands."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from commands.output import table

Entry = Mapping[str, Any]


def _floor(interval: Sequence[float]) -> str:
    return f"{interval[0]:.2f} [dim]({interval[1]:.1f}-{interval[2]:.1f})[/]"


def _rate(interval: Sequence[float]) -> str:
    return f"{100 * interval[0]:.0f}% [dim]({100 * interval[1]:.0f}-{100 * interval[2]:.0f})[/]"


def evaluation_table(evaluation: Sequence[Entry]) -> Table:
    """The seed document's table; intervals for floors and wins, the report has all of them."""
    columns = ["policy", "n", "floor", "reward", "wins", "act 2", "20+", "elites", "bosses"]
    rows = [
        (
            row["policy"],
            row["games"],
            _floor(row["average_floor"]),
            row["average_reward"][0],
            _rate(row["win_rate"]),
            f"{100 * row['act2_reach_rate'][0]:.0f}%",
            f"{100 * row['floor20_rate'][0]:.0f}%",
            f"{row['elite_wins']}/{row['elite_fights']}",
            f"{row['boss_wins']}/{row['boss_fights']}",
        )
        for row in evaluation
    ]
    return table("Fixed seeds, greedy (95% intervals)", columns, rows)


def comparison_table(comparisons: Sequence[Entry]) -> Table:
    """Paired differences, second minus first."""
    rows = [
        (
            f"{row['second']} - {row['first']}",
            row["games"],
            _floor(row["floor_difference"]),
            _verdict(row["floor_verdict"]),
            f"{row['better_on']}/{row['worse_on']}",
            f"{row['mcnemar_p']:.3g}",
        )
        for row in comparisons
    ]
    columns = ["pair", "n", "floors", "verdict", "better/worse", "McNemar p"]
    return table("Paired by seed", columns, rows)


def _verdict(verdict: str) -> str:
    return f"[green]{verdict}[/]" if verdict == "separated" else f"[yellow]{verdict}[/]"
