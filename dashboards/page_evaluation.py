"""Evaluation: fixed seeds, paired; what separates and what does not."""

from collections.abc import Sequence
from typing import Final

from dashboards import charts, evaluated, theme
from dashboards.content import Block, Column, Empty, Figure, Page, Section, Table
from dashboards.evaluated import Pairing, Policy
from dashboards.source import Rows, Source, every, literal

NOTHING: Final = Empty("No policy has played the fixed seeds yet.", "ascension local --minutes 10")
ALONE: Final = Empty("There is nothing to compare yet.", "ascension local --updates 10")
MOST_POINTS: Final = 200


def page(source: Source) -> Page:
    """The page of a run, however little of it there is."""
    policies = evaluated.newest_policies(source)
    pairs = evaluated.pairings(source, policies)
    return Page(
        slug="evaluation",
        title="Evaluation",
        headline=_headline(pairs),
        sections=[
            Section("summary", "The newest games of every policy", [_summary(source, policies)]),
            Section("paired", "Paired by seed", _paired(source, pairs)),
            Section(
                "survival",
                "How far they come",
                [_survival(source, policies), _acts(source, policies)],
            ),
            Section(
                "conversion",
                "Elites and bosses",
                [_conversion(source, policies, "elite"), _conversion(source, policies, "boss")],
            ),
            Section("course", "Over the course of training", [_course(source)]),
        ],
    )


def _headline(pairs: Sequence[tuple[Pairing, Rows]]) -> str:
    if not pairs:
        return "Nothing has been compared yet."
    return pairs[-1][0].sentence + "."


def _ids(policies: Sequence[Policy]) -> str:
    return ", ".join(literal(policy.evaluation_id) for policy in policies) or "''"


def _summary(source: Source, policies: Sequence[Policy]) -> Table:
    answer = source.ask(
        "select policy, model_update, games, average_floor, best_floor, average_reward, win_rate, "
        "act2_reach_rate, act3_reach_rate, floor20_rate, elite_wins, elite_fights, boss_wins, "
        "boss_fights from evaluation_summary where run = {run} and evaluation_id in "
        f"({_ids(policies)}) order by model_update, policy desc"
    )
    columns = [
        Column("policy", "policy"),
        Column("model_update", "update", "integer"),
        Column("games", "n", "integer"),
        Column("average_floor", "mean floor", "number"),
        Column("best_floor", "best", "integer"),
        Column("average_reward", "mean reward", "number"),
        Column("win_rate", "wins", "percent"),
        Column("act2_reach_rate", "act 2", "percent"),
        Column("act3_reach_rate", "act 3", "percent"),
        Column("floor20_rate", "floor 20+", "percent"),
        Column("elite_wins", "elites won", "integer"),
        Column("elite_fights", "fought", "integer"),
        Column("boss_wins", "bosses won", "integer"),
        Column("boss_fights", "fought", "integer"),
    ]
    seeds = policies[-1].row["seeds_hash"] if policies else ""
    caption = f"Greedy play; seed list {seeds}. Intervals: Overview, and below."
    return Table("summary-table", "Summary", columns, answer.rows, NOTHING, answer.sql, caption)


def _paired(source: Source, pairs: Sequence[tuple[Pairing, Rows]]) -> list[Block]:
    if not pairs:
        return [Table("paired-table", "Paired differences", [], [], ALONE)]
    blocks: list[Block] = [_paired_intervals(pairs), _mcnemar(source, pairs)]
    for pair, rows in pairs:
        if pair.policy == pairs[-1][0].policy:
            blocks.append(_differences(pair, rows))
    return blocks


def _paired_intervals(pairs: Sequence[tuple[Pairing, Rows]]) -> Figure:
    rows = [
        {
            "pair": f"{pair.policy} − {pair.baseline}",
            "estimate": pair.floor.estimate,
            "low": pair.floor.low,
            "high": pair.floor.high,
            "verdict": pair.verdict,
        }
        for pair, _ in pairs
    ]
    chart = charts.intervals(
        rows,
        "pair",
        "estimate",
        "low",
        "high",
        "difference of floors",
        group="verdict",
        groups={"separated": theme.BLUE, "not separated": theme.GREY},
        zero_line=True,
    )
    sentences = " ".join(f"{pair.sentence}." for pair, _ in pairs)
    return Figure(
        "paired-intervals",
        "Difference of floors on the same seeds",
        charts.specification(chart),
        "Paired differences of mean floors with 95% intervals; those that exclude zero separate",
        f"{sentences} Bootstrap over pairs.",
        ALONE,
        is_wide=True,
    )


def _mcnemar(source: Source, pairs: Sequence[tuple[Pairing, Rows]]) -> Table:
    ids = ", ".join(sorted({literal(rows[0]["evaluation_id"]) for _, rows in pairs}))
    answer = source.ask(
        "select policy, baseline, games, better, worse, wins_both, wins_only_policy, "
        "wins_only_baseline, wins_neither from paired_summary where run = {run} and "
        f"evaluation_id in ({ids}) order by policy, baseline"
    )
    p_values = {(pair.policy, pair.baseline): pair.p_value for pair, _ in pairs}
    rows = [
        {**row, "p_value": p_values.get((row["policy"], row["baseline"]))} for row in answer.rows
    ]
    columns = [
        Column("policy", "policy"),
        Column("baseline", "baseline"),
        Column("games", "pairs", "integer"),
        Column("better", "further", "integer"),
        Column("worse", "less far", "integer"),
        Column("wins_both", "both won", "integer"),
        Column("wins_only_policy", "only policy won", "integer"),
        Column("wins_only_baseline", "only baseline won", "integer"),
        Column("wins_neither", "neither won", "integer"),
        Column("p_value", "McNemar p", "number"),
    ]
    caption = "McNemar's exact test looks only at seeds that one of the two won."
    return Table("mcnemar", "Wins, seed by seed", columns, rows, ALONE, answer.sql, caption)


def _differences(pair: Pairing, rows: Rows) -> Figure:
    chart = charts.differences(
        rows, "seed", "floor_difference", f"{pair.games} seeds, sorted by the difference"
    )
    return Figure(
        f"differences-{pair.baseline}",
        f"{pair.policy} against {pair.baseline}, seed by seed",
        charts.specification(chart),
        f"Difference of floors for each of {pair.games} seeds, sorted",
        f"n = {pair.games} seeds: further on {pair.better}, less far on {pair.worse}.",
        ALONE,
    )


def _colours(policies: Sequence[Policy]) -> tuple[list[str], list[str]]:
    names = [policy.name for policy in policies]
    return names, theme.policy_colours(names)


def _n(policies: Sequence[Policy]) -> str:
    return ", ".join(f"{policy.name} n = {policy.games}" for policy in policies) + "."


def _survival(source: Source, policies: Sequence[Policy]) -> Figure:
    answer = source.ask(
        "select policy, floor, reached, games from floor_survival where run = {run} and "
        f"evaluation_id in ({_ids(policies)}) order by policy, floor"
    )
    names, colours = _colours(policies)
    chart = charts.series(
        evaluated.rate_rows(answer.rows, "reached", "games"),
        "floor",
        "share",
        "policy",
        "floor",
        "still alive",
        order=names,
        colours=colours,
        percent=True,
        low="low",
        high="high",
        step=True,
        marks={"act 2": 17, "act 3": 34, "end": 51},
        height=260,
    )
    return Figure(
        "survival-curve",
        "Share of games that reached each floor",
        charts.specification(chart) if answer.rows else None,
        "Survival curves over floors for each policy, with Wilson intervals",
        f"{_n(policies)} Bands: 95%, Wilson.",
        NOTHING,
        answer.sql,
        is_wide=True,
    )


def _acts(source: Source, policies: Sequence[Policy]) -> Figure:
    answer = source.ask(
        "select policy, stage, reached, games from act_reach where run = {run} and "
        f"evaluation_id in ({_ids(policies)}) order by stage, policy"
    )
    rows = [
        {**row, "what": f"{row['stage']} · {row['policy']}"}
        for row in evaluated.rate_rows(answer.rows, "reached", "games")
    ]
    return Figure(
        "acts",
        "Acts reached and games won",
        _rate_chart(rows, "games", policies) if rows else None,
        "Share of games that reached act 2, act 3 and victory, by policy with intervals",
        f"{_n(policies)} Whiskers: 95%, Wilson.",
        NOTHING,
        answer.sql,
        is_wide=True,
    )


def _rate_chart(rows: Rows, title: str, policies: Sequence[Policy]) -> dict[str, object]:
    names, colours = _colours(policies)
    chart = charts.intervals(
        rows,
        "what",
        "share",
        "low",
        "high",
        title,
        group="policy",
        groups=dict(zip(names, colours, strict=True)),
        percent=True,
        domain=(0, 1),
    )
    return charts.specification(chart)


def _conversion(source: Source, policies: Sequence[Policy], kind: str) -> Figure:
    answer = source.ask(
        "select policy, act, won, fought from fight_conversion where run = {run} and fight_type = "
        f"{literal(kind)} and evaluation_id in ({_ids(policies)}) order by act, policy"
    )
    rows = [
        {**row, "what": f"act {row['act']} · {row['policy']} ({row['won']}/{row['fought']})"}
        for row in evaluated.rate_rows(answer.rows, "won", "fought")
    ]
    return Figure(
        f"{kind}-conversion",
        f"{kind.capitalize()} fights won",
        _rate_chart(rows, f"{kind} fights won", policies) if rows else None,
        f"Share of {kind} fights won by act and policy, with intervals",
        f"n = {sum(row['fought'] for row in rows)} fights. Whiskers: 95%, Wilson.",
        Empty(f"No {kind} was fought in an evaluation yet.", "ascension local"),
        answer.sql,
    )


def _course(source: Source) -> Figure:
    answer = source.ask(
        "select games_collected, model_update, baseline, games, floor_difference, floor_deviation "
        "from paired_summary where run = {run} and model_update > 0 order by games_collected"
    )
    step = every(len(answer.rows), MOST_POINTS * 2)
    rows = []
    for row in answer.rows[::step]:
        low, high = evaluated.normal_interval(
            row["floor_difference"], row["floor_deviation"], row["games"]
        )
        rows.append({**row, "low": low, "high": high})
    baselines = [name for name in evaluated.ORDER if any(row["baseline"] == name for row in rows)]
    chart = charts.series(
        rows,
        "games_collected",
        "floor_difference",
        "baseline",
        "training games before it",
        "difference of floors",
        order=baselines,
        colours=theme.policy_colours(baselines),
        low="low",
        high="high",
    )
    return Figure(
        "course-differences",
        "Difference of floors against each baseline",
        charts.specification(chart) if rows else None,
        "Paired difference of floors at every evaluation, against teacher and start",
        "Bands: 95%, from the standard error of the pairs.",
        ALONE,
        answer.sql,
        is_wide=True,
    )
