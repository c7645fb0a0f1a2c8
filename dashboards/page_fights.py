"""Fights: which enemies it beats, what they cost, and who kills it."""

from typing import Final

from dashboards import charts, evaluated, theme
from dashboards.content import Block, Column, Empty, Figure, Page, Section, Table
from dashboards.source import Answer, Rows, Source

NO_FIGHTS: Final = Empty("No fight has been recorded yet.", "ascension local")
MOST_BARS: Final = 18
ACTS: Final = (1, 2, 3, 4)
KINDS: Final = {"monster": theme.GREY, "elite": theme.ORANGE, "boss": theme.BLUE}
PHASES: Final = ("first quarter", "last quarter")


def page(source: Source) -> Page:
    """The page of a run, however little of it there is."""
    fights = source.ask(
        "select act, fight_type, encounter, fights, win_rate, average_damage, max_hit, "
        "average_turns, deaths from fight_win_rates where run = {run} and source = 'training' "
        "order by act, fight_type, encounter"
    )
    progress = source.ask(
        "select act, fight_type, encounter, quarter, fights, won, average_damage "
        "from fight_progress where run = {run} order by act, fight_type, encounter, quarter"
    )
    return Page(
        slug="fights",
        title="Fights",
        headline=_headline(fights.rows),
        sections=[
            Section("deaths", "Where it dies", [_deaths(fights), _floors(source)]),
            Section(
                "bosses",
                "Does it learn to fight?",
                [_progress(progress, "elite"), _progress(progress, "boss")],
                "The first quarter of the training games beside the last one.",
            ),
            Section("enemies", "Enemy by enemy", _by_act(fights)),
            Section("all", "All of them", [_table(fights)]),
        ],
    )


def words(name: str) -> str:
    """An id as people write it."""
    return name.replace("_", " ")


def _headline(rows: Rows) -> str:
    if not rows:
        return "No fight yet."
    total = sum(row["fights"] for row in rows)
    deaths = sum(row["deaths"] for row in rows)
    deadliest = max(rows, key=lambda row: row["deaths"])
    share = deadliest["deaths"] / max(1, deaths)
    return (
        f"{total:,} fights, {deaths:,} of them lost; the deadliest enemy is "
        f"{words(deadliest['encounter'])} in act {deadliest['act']} with {share:.0%} of all deaths."
    )


def _n(answer: Answer) -> str:
    return f"n = {sum(row['fights'] for row in answer.rows):,} fights of training games."


def _deaths(fights: Answer) -> Figure:
    deadly = sorted((row for row in fights.rows if row["deaths"]), key=lambda row: -row["deaths"])[
        :MOST_BARS
    ]
    rows = [{**row, "enemy": f"{words(row['encounter'])} · act {row['act']}"} for row in deadly]
    tips = {"fights": "fights", "average_damage": "damage"}
    chart = charts.bars(rows, "enemy", "deaths", "deaths", colour=theme.RED, tips=tips)
    return Figure(
        "deaths-by-enemy",
        "Deaths by enemy",
        charts.specification(chart) if rows else None,
        "Number of deaths by enemy, the deadliest first",
        _n(fights),
        NO_FIGHTS,
        fights.sql,
    )


def _floors(source: Source) -> Figure:
    answer = source.ask(
        "select floor, sum(deaths)::bigint as deaths from deaths_by_floor where run = {run} "
        "group by floor order by floor"
    )
    chart = charts.bars(answer.rows, "floor", "deaths", "floor", colour=theme.RED, horizontal=False)
    return Figure(
        "deaths-by-floor",
        "Deaths by floor",
        charts.specification(chart) if answer.rows else None,
        "Number of deaths on each floor; bosses stand on floors 16, 33 and 50",
        f"n = {sum(row['deaths'] for row in answer.rows):,} deaths; bosses on floors 16, 33, 50.",
        NO_FIGHTS,
        answer.sql,
    )


def _progress(progress: Answer, kind: str) -> Figure:
    chosen = [
        row for row in progress.rows if row["fight_type"] == kind and row["quarter"] in (1, 4)
    ]
    rows = []
    for row in evaluated.rate_rows(chosen, "won", "fights"):
        phase = PHASES[row["quarter"] > 1]
        name = f"{words(row['encounter'])} · act {row['act']}"
        rows.append({**row, "phase": phase, "enemy": name})
    chart = charts.intervals(
        rows,
        "enemy",
        "share",
        "low",
        "high",
        "fights won",
        group="phase",
        groups=dict(zip(PHASES, (theme.GREY, theme.BLUE), strict=True)),
        percent=True,
        domain=(0, 1),
        offset=True,
    )
    return Figure(
        f"{kind}-progress",
        f"{kind.capitalize()} fights won",
        charts.specification(chart) if rows else None,
        f"Win rate against each {kind} in the first and in the last quarter of the games",
        f"n = {sum(row['fights'] for row in rows):,} fights. Whiskers: 95%, Wilson.",
        Empty(f"No {kind} has been fought yet.", "ascension local"),
        progress.sql,
    )


def _by_act(fights: Answer) -> list[Block]:
    found: list[Block] = []
    for act in ACTS:
        rows = [row for row in fights.rows if row["act"] == act]
        if rows:
            found.append(_damage(rows, act, fights.sql))
            found.append(_turns(rows, act, fights.sql))
    return found or [Table("by-act", "Enemies", [], [], NO_FIGHTS)]


def _damage(rows: Rows, act: int, sql: str) -> Figure:
    return _enemies(rows, act, sql, "average_damage", "Damage taken", "hp lost per fight")


def _turns(rows: Rows, act: int, sql: str) -> Figure:
    return _enemies(rows, act, sql, "average_turns", "Turns", "turns per fight")


def _enemies(rows: Rows, act: int, sql: str, name: str, title: str, axis: str) -> Figure:
    ordered = sorted(rows, key=lambda row: -row[name])[: MOST_BARS + 6]
    shown = [{**row, "enemy": words(row["encounter"])} for row in ordered]
    chart = charts.coloured_bars(shown, "enemy", name, axis, "fight_type", KINDS)
    return Figure(
        f"{name.replace('_', '-')}-act-{act}",
        f"{title} in act {act}",
        charts.specification(chart),
        f"{title} by enemy in act {act}, the greatest first",
        f"n = {sum(row['fights'] for row in rows):,} fights of training games.",
        NO_FIGHTS,
        sql,
    )


def _table(fights: Answer) -> Table:
    columns = [
        Column("act", "act", "integer"),
        Column("fight_type", "kind"),
        Column("encounter", "enemy"),
        Column("fights", "n", "integer"),
        Column("win_rate", "won", "percent"),
        Column("average_damage", "damage", "number"),
        Column("max_hit", "hardest hit", "integer"),
        Column("average_turns", "turns", "number"),
        Column("deaths", "deaths", "integer"),
    ]
    return Table(
        "fight-table", "Fights by enemy", columns, fights.rows, NO_FIGHTS, fights.sql, _n(fights)
    )
