"""Overview: did it get better, and may one trust the data?"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from ascension.statistics import wilson
from dashboards import charts, evaluated, health, theme
from dashboards.content import Card, Cards, Column, Empty, Figure, Page, Section, Table
from dashboards.evaluated import Pairing, Policy
from dashboards.source import Rows, Source, every

REFERENCES: Final = Path(__file__).parent / "data" / "references.csv"
NOTHING: Final = Empty("No policy has played the fixed seeds yet.", "ascension local --minutes 10")
MOST_POINTS: Final = 200
OURS, OTHERS = "this run", "others"


def page(source: Source) -> Page:
    """The page of a run, however little of it there is."""
    policies = evaluated.newest_policies(source)
    pairs = [pair for pair, _ in evaluated.pairings(source, policies)]
    return Page(
        slug="index",
        title="Overview",
        headline=headline(policies, pairs),
        sections=[
            Section("now", "Where it stands", [_cards(source, policies)]),
            Section(
                "bars",
                "Against the field",
                [_win_rates(policies), _floors(policies)],
                "Grey bars are other projects' published results. They played other seeds, some in "
                "the live game, some with search and some through the Heart: a scale, not a race.",
            ),
            Section(
                "history", "Evaluation by evaluation", [_history(source), _win_history(source)]
            ),
            Section(
                "promotions",
                "Promotions",
                [_promotions(source)],
                "A checkpoint becomes the run's best only if it passes the gate.",
            ),
        ],
    )


def headline(policies: Sequence[Policy], pairs: Sequence[Pairing]) -> str:
    """One sentence: how far, how often, and whether that is more than the start."""
    newest = _newest(policies)
    if newest is None:
        return "Nothing has been evaluated yet."
    reach = (
        f"{newest.name} (update {newest.update}) reaches floor {newest.floor.estimate:.1f} "
        f"({newest.floor.low:.1f} to {newest.floor.high:.1f}) and wins {newest.wins} of "
        f"{newest.games} games"
    )
    against = [pair for pair in pairs if pair.policy == newest.name and pair.baseline != "teacher"]
    against = against or [pair for pair in pairs if pair.policy == newest.name]
    return f"{reach}. {against[0].sentence}." if against else f"{reach}."


def _newest(policies: Sequence[Policy]) -> Policy | None:
    own = [policy for policy in policies if policy.name != "teacher"]
    return max(own or policies, key=lambda policy: policy.update, default=None)


def _cards(source: Source, policies: Sequence[Policy]) -> Cards:
    totals = source.ask(
        "select (select count(*) from games where run = {run}) as games, "
        "(select max(model_update) from checkpoints where run = {run}) as newest, "
        "(select arg_max(checkpoint_id, model_update) from checkpoints where run = {run}) as id, "
        "(select count(*) from updates where run = {run}) as updates, "
        "(select max(total_transitions) from updates where run = {run}) as transitions, "
        "(select count(*) from rejections where run = {run}) as rejections"
    ).rows[0]
    newest = _newest(policies)
    worst = health.worst(health.checks(source))
    words = {"good": "in order", "warning": "worth a look", "bad": "has problems", "plain": "-"}
    return Cards(
        [
            Card("Newest update", _update(totals["newest"]), _short(totals["id"])),
            _best(source),
            Card(
                "Mean floor",
                f"{newest.floor.estimate:.1f}" if newest else "–",
                f"{newest.floor.low:.1f} to {newest.floor.high:.1f}, n = {newest.games}"
                if newest
                else "no evaluation yet",
            ),
            Card(
                "Win rate",
                f"{100 * newest.win_rate.estimate:.0f}%" if newest else "–",
                f"{100 * newest.win_rate.low:.0f} to {100 * newest.win_rate.high:.0f}%"
                if newest
                else "no evaluation yet",
            ),
            Card("Training games", f"{totals['games']:,}", f"{totals['rejections']:,} refused"),
            Card(
                "PPO updates", f"{totals['updates']:,}", f"{totals['transitions'] or 0:,} decisions"
            ),
            Card("Data", words[worst], "see Data health", worst, "health.html"),
        ]
    )


def _best(source: Source) -> Card:
    gate = source.ask("select * from best_of_run where run = {run}").rows
    if gate:
        return Card(
            "Best update",
            _update(gate[0]["model_update"]),
            f"passed the gate at floor {gate[0]['mean_floor']:.1f}",
            "good",
        )
    best = source.ask(
        "select model_update, average_floor, policy from evaluation_summary where run = {run} "
        "and policy <> 'teacher' order by average_floor desc, model_update desc limit 1"
    ).rows
    if not best:
        return Card("Best update", "–", "no evaluation yet")
    return Card(
        "Highest mean floor",
        _update(best[0]["model_update"]),
        f"floor {best[0]['average_floor']:.1f}; no promotion gate yet",
    )


def _update(number: int | None) -> str:
    return "none yet" if number is None else f"{number:,}"


def _short(identity: str | None) -> str:
    return identity[:12] if identity else "clone or train first"


def references() -> Rows:
    """Other projects' published results."""
    with REFERENCES.open(newline="", encoding="utf-8") as file:
        return [dict(row) for row in csv.DictReader(file)]


def _win_rates(policies: Sequence[Policy]) -> Figure:
    rows: list[dict[str, Any]] = []
    for other in references():
        interval = wilson(int(other["wins"]), int(other["games"]))
        rows.append(_bar(other["agent"], OTHERS, interval, int(other["games"])))
    rows += [_bar(_label(policy), OURS, policy.win_rate, policy.games) for policy in policies]
    rows.sort(key=lambda row: -row["estimate"])
    chart = charts.intervals(
        rows,
        "agent",
        "estimate",
        "low",
        "high",
        "games won",
        group="whose",
        groups={OURS: theme.BLUE, OTHERS: theme.GREY},
        percent=True,
        domain=(0, 1),
    )
    best = max((policy.win_rate.estimate for policy in policies), default=0.0)
    return Figure(
        "win-rates",
        "Win rate",
        charts.specification(chart) if policies else None,
        f"Win rates with intervals of this run's policies, at most {best:.0%}, and of other agents",
        _n(policies) + " Wilson intervals. silverbot's games go through the Heart.",
        NOTHING,
    )


def _bar(agent: str, whose: str, interval: Sequence[float], games: int) -> dict[str, Any]:
    estimate, low, high = interval
    return {
        "agent": agent,
        "whose": whose,
        "estimate": estimate,
        "low": low,
        "high": high,
        "games": games,
    }


def _label(policy: Policy) -> str:
    return policy.name if policy.name == "teacher" else f"{policy.name}, update {policy.update}"


def _n(policies: Sequence[Policy]) -> str:
    if not policies:
        return ""
    shown = ", ".join(f"{policy.name} n = {policy.games}" for policy in policies)
    seeds = policies[-1].row["seeds_hash"]
    return f"{shown}; fixed seeds, list {seeds[:8]}, greedy."


def _floors(policies: Sequence[Policy]) -> Figure:
    rows = [
        _bar(other["agent"], OTHERS, (float(other["mean_floor"]),) * 3, int(other["games"]))
        for other in references()
        if other["mean_floor"]
    ]
    rows += [_bar(_label(policy), OURS, policy.floor, policy.games) for policy in policies]
    rows.sort(key=lambda row: -row["estimate"])
    chart = charts.intervals(
        rows,
        "agent",
        "estimate",
        "low",
        "high",
        "mean floor reached",
        group="whose",
        groups={OURS: theme.BLUE, OTHERS: theme.GREY},
        domain=(0, 57),
    )
    return Figure(
        "floors",
        "Mean floor",
        charts.specification(chart) if policies else None,
        "Mean floors with intervals of this run's policies, and means of other agents",
        _n(policies) + " Bootstrap intervals; others published no interval.",
        NOTHING,
    )


def history_rows(source: Source) -> Rows:
    """The run's own evaluations, thinned out to what a chart can show."""
    answer = source.ask(
        "select evaluation_id, policy, model_update, games_collected, games, average_floor, "
        "floor_deviation, victories, win_rate from evaluation_summary where run = {run} "
        "and policy <> 'teacher' order by games_collected, model_update"
    ).rows
    step = every(len(answer), MOST_POINTS)
    kept = [row for place, row in enumerate(reversed(answer)) if place % step == 0]
    rows = []
    for row in reversed(kept):
        low, high = evaluated.normal_interval(
            row["average_floor"], row["floor_deviation"], row["games"]
        )
        wins = wilson(row["victories"], row["games"])
        rows.append({**row, "low": low, "high": high, "win_low": wins.low, "win_high": wins.high})
    return rows


def _history(source: Source) -> Figure:
    rows = history_rows(source)
    teacher = source.value(
        "select arg_max(average_floor, timestamp) from evaluation_summary where run = {run} "
        "and policy = 'teacher'"
    )
    chart = charts.band_line(
        rows,
        "games_collected",
        "average_floor",
        "low",
        "high",
        "training games before it",
        "mean floor",
        limits={"teacher": teacher} if teacher is not None else {},
        points=True,
    )
    return Figure(
        "history-floor",
        "Mean floor on the fixed seeds",
        charts.specification(chart) if rows else None,
        "Mean floor of the run's own policy at every evaluation, with its interval",
        f"{len(rows)} evaluations of {rows[-1]['games']} seeds. Band: 95%, from the standard error."
        if rows
        else "",
        NOTHING,
        _HISTORY_SQL.replace("{run}", source.run_literal),
    )


_HISTORY_SQL: Final = (
    "select games_collected, policy, average_floor, win_rate from evaluation_summary "
    "where run = {run} and policy <> 'teacher' order by games_collected"
)


def _win_history(source: Source) -> Figure:
    rows = history_rows(source)
    chart = charts.band_line(
        rows,
        "games_collected",
        "win_rate",
        "win_low",
        "win_high",
        "training games before it",
        "win rate",
        percent=True,
        limits={"6% original": 0.06, "20% bottled_ai": 0.20},
        points=True,
        zero=True,
    )
    return Figure(
        "history-wins",
        "Win rate on the fixed seeds",
        charts.specification(chart) if rows else None,
        "Win rate of the run's own policy at every evaluation, with its Wilson interval",
        f"{len(rows)} evaluations of {rows[-1]['games']} seeds. Band: 95%, Wilson." if rows else "",
        NOTHING,
        _HISTORY_SQL.replace("{run}", source.run_literal),
    )


def _promotions(source: Source) -> Table:
    answer = source.ask(
        "select timestamp, evaluation, candidate_update, incumbent_update, promoted, "
        "floor_difference, floor_difference_low, floor_difference_high, mcnemar_p, games, reason "
        "from promotion_history where run = {run} order by timestamp desc limit 50"
    )
    columns = [
        Column("timestamp", "when", "time"),
        Column("candidate_update", "candidate", "integer"),
        Column("incumbent_update", "against", "integer"),
        Column("promoted", "promoted", "yes_no"),
        Column("floor_difference", "floors", "number"),
        Column("floor_difference_low", "from", "number"),
        Column("floor_difference_high", "to", "number"),
        Column("mcnemar_p", "McNemar p", "number"),
        Column("games", "n", "integer"),
        Column("reason", "why"),
    ]
    empty = Empty("No checkpoint has come before the promotion gate yet.", "ascension local")
    caption = f"The newest {len(answer.rows)} decisions."
    return Table("promotion-table", "Decisions", columns, answer.rows, empty, answer.sql, caption)
