"""Data health: can the numbers on the other pages be trusted?"""

from typing import Final

from dashboards import charts, health, observations, theme
from dashboards.content import Check, Checks, Column, Empty, Figure, Page, Section, Table
from dashboards.observations import ObservationHealth
from dashboards.source import Source

NO_GAMES: Final = Empty("No training game has been played yet.", "ascension local")


def page(source: Source) -> Page:
    """The page of a run, however little of it there is."""
    seen = observations.sample(source)
    checks = [_blind(seen), *health.checks(source), _quarantine(source)]
    return Page(
        slug="health",
        title="Data health",
        headline=_headline(checks),
        sections=[
            Section("checks", "Checks", [Checks(checks)]),
            Section(
                "observation",
                "What the network saw",
                [_share(seen), _unseen(seen)],
                "A column that never leaves zero tells the network nothing: two public projects "
                "trained for weeks on blank observations before anybody noticed.",
            ),
            Section("reward", "What it was paid for", [_terms(source), _terms_table(source)]),
            Section("refused", "What was refused", [_reasons(source), _files(source)]),
            Section("workers", "Who worked", [_workers(source)]),
            Section("seeds", "Seeds played twice", [_seeds(source)]),
        ],
    )


def _headline(checks: list[Check]) -> str:
    bad = [check.title.lower() for check in checks if check.tone == "bad"]
    warned = [check.title.lower() for check in checks if check.tone == "warning"]
    if bad:
        return f"Not to be trusted as it is: {', '.join(bad)}."
    if warned:
        return f"Nothing is broken; worth a look: {', '.join(warned)}."
    return "No problem was found."


def _blind(seen: ObservationHealth) -> Check:
    if not seen.games:
        finding = "There is neither a rollout nor a demonstration to look through."
        return Check("Observation", "plain", finding, "Run ascension local.")
    blind = [f"{block.layout}.{block.block}" for block in seen.blocks if block.is_blind]
    columns = sum(block.columns for block in seen.blocks)
    sample = f"{seen.games} games, {seen.decisions:,} decisions"
    if blind:
        finding = f"Blocks never written in {sample}: {', '.join(blind)}."
        return Check("Observation", "bad", finding, "Look at the encoder before training on.")
    share = 1 - seen.constant / columns
    finding = f"{share:.0%} of {columns:,} columns were written in {sample}; no block is blind."
    return Check("Observation", "good", finding, "Rare cards and relics explain the rest.")


def _quarantine(source: Source) -> Check:
    files = health.quarantined(source)
    if not files:
        return Check("Quarantine", "good", "No file lies in the quarantine.")
    finding = f"{len(files)} files lie in the quarantine, each with its reason."
    return Check("Quarantine", "warning", finding, "Delete the folder when you have looked.")


def _share(seen: ObservationHealth) -> Figure:
    rows = [
        {
            "block": f"{block.layout} · {block.block}",
            "share": block.seen / block.columns,
            "state": "blind" if block.is_blind else "partly or fully seen",
            "columns": block.columns,
        }
        for block in seen.blocks
    ]
    rows.sort(key=lambda row: row["share"])
    chart = charts.coloured_bars(
        rows[:30],
        "block",
        "share",
        "share of columns ever written",
        "state",
        {"partly or fully seen": theme.BLUE, "blind": theme.RED},
        percent=True,
    )
    return Figure(
        "observation-share",
        "The least seen blocks of the observation",
        charts.specification(chart) if rows else None,
        "Share of columns of each block of the observation that were ever written",
        f"n = {seen.games} games, {seen.decisions:,} decisions of rollouts and demonstrations.",
        NO_GAMES,
    )


def _unseen(seen: ObservationHealth) -> Table:
    rows = [
        {
            "block": f"{block.layout} · {block.block}",
            "columns": block.columns,
            "never": block.columns - block.seen,
            "examples": ", ".join(block.unseen),
            "note": block.note,
        }
        for block in seen.blocks
        if block.seen < block.columns
    ]
    rows.sort(key=lambda row: -int(str(row["never"])))
    columns = [
        Column("block", "block"),
        Column("columns", "columns", "integer"),
        Column("never", "never written", "integer"),
        Column("examples", "for example"),
        Column("note", "expected because"),
    ]
    empty = NO_GAMES if not seen.games else Empty("Every column was written.", "ascension report")
    caption = f"{seen.constant:,} constant columns in {seen.games} games."
    title = "Constant columns"
    return Table("constant-columns", title, columns, rows, empty, "", caption, is_wide=False)


def _terms(source: Source) -> Figure:
    answer = source.ask("select * from reward_health where run = {run} order by share desc")
    rows = [
        {**row, "state": "dead" if row["nonzero_games"] == 0 else "paid"} for row in answer.rows
    ]
    chart = charts.coloured_bars(
        rows,
        "term",
        "share",
        "share of all reward paid, by size",
        "state",
        {"paid": theme.BLUE, "dead": theme.RED},
        percent=True,
    )
    return Figure(
        "reward-share",
        "Weight of each reward term",
        charts.specification(chart) if rows else None,
        "Share of each reward term in the absolute reward paid",
        f"n = {rows[0]['games']:,} training games." if rows else "",
        NO_GAMES,
        answer.sql,
    )


def _terms_table(source: Source) -> Table:
    answer = source.ask(
        "select term, games, nonzero_games, average, least, greatest, share from reward_health "
        "where run = {run} order by share desc"
    )
    columns = [
        Column("term", "term"),
        Column("nonzero_games", "games paid", "integer"),
        Column("average", "mean", "number"),
        Column("least", "least", "number"),
        Column("greatest", "greatest", "number"),
        Column("share", "share", "percent"),
    ]
    sql, rows = answer.sql, answer.rows
    return Table("reward-terms", "Reward terms", columns, rows, NO_GAMES, sql, is_wide=False)


def _reasons(source: Source) -> Table:
    answer = source.ask(
        "select reason, rollouts, first_at, last_at, latest, latest_file from "
        "rejections_by_reason where run = {run} order by rollouts desc, reason"
    )
    columns = [
        Column("reason", "reason"),
        Column("rollouts", "rollouts", "integer"),
        Column("first_at", "first", "time"),
        Column("last_at", "last", "time"),
        Column("latest", "the latest one"),
        Column("latest_file", "file", "code"),
    ]
    empty = Empty(
        "No rollout was refused.", 'ascension sql "select * from rejections"', is_good=True
    )
    return Table("reasons", "Refused rollouts", columns, answer.rows, empty, answer.sql)


def _files(source: Source) -> Table:
    rows = health.quarantined(source)
    columns = [Column("file", "file", "code"), Column("reason", "reason")]
    empty = Empty(
        "The quarantine is empty.", 'ascension sql "select * from rejections"', is_good=True
    )
    return Table("quarantine", "Files in the quarantine", columns, rows, empty)


def _workers(source: Source) -> Table:
    answer = source.ask(
        "select worker, role, beats, first_at, last_at, model_update, decisions_per_second, "
        "message from worker_beats where run = {run} order by last_at desc limit 100"
    )
    columns = [
        Column("worker", "worker", "code"),
        Column("role", "role"),
        Column("beats", "beats", "integer"),
        Column("first_at", "first", "time"),
        Column("last_at", "last", "time"),
        Column("model_update", "update", "integer"),
        Column("decisions_per_second", "decisions/s", "integer"),
        Column("message", "message"),
    ]
    return Table("beats", "Signs of life", columns, answer.rows, NO_GAMES, answer.sql)


def _seeds(source: Source) -> Table:
    answer = source.ask(
        "select source, evaluation_id, seed, games from duplicate_seeds where run = {run} "
        "order by games desc, seed limit 100"
    )
    columns = [
        Column("source", "where"),
        Column("evaluation_id", "evaluation", "code"),
        Column("seed", "seed", "code"),
        Column("games", "games", "integer"),
    ]
    empty = Empty(
        "Every seed was played once.", 'ascension sql "select * from duplicate_seeds"', is_good=True
    )
    return Table("duplicate-seeds", "Duplicate seeds", columns, answer.rows, empty, answer.sql)
