"""Lineage: from a result back to weights, games, settings and rules."""

import json
from typing import Any, Final

from dashboards import charts, theme
from dashboards.content import Chain, Column, Empty, Figure, Page, Section, Step, Table
from dashboards.source import Answer, Source, every, literal

NOTHING: Final = Empty("There is no evaluated checkpoint yet.", "ascension local")
MOST_RESULTS: Final = 100
MOST_POINTS: Final = 1500


def page(source: Source) -> Page:
    """The page of a run, however little of it there is."""
    results = source.ask(
        "select evaluation_id, policy, model_update, games, average_floor, win_rate, "
        "checkpoint_id, parent, rollouts_in_all, settings_hash, rules_version, layout_version, "
        "seeds_hash, created_at from lineage where run = {run} "
        f"order by model_update desc, evaluation_id desc limit {MOST_RESULTS}"
    )
    newest = next((row for row in results.rows if row["checkpoint_id"]), None)
    return Page(
        slug="lineage",
        title="Lineage",
        headline="Every result names the weights, the games, the settings and the rules it is of.",
        sections=[
            Section("chain", "The newest result", [_chain(source, newest), _ages(source)]),
            Section("results", "All results", [_results(results)]),
            Section("checkpoints", "Checkpoints", [_checkpoints(source)]),
        ],
    )


def _chain(source: Source, newest: dict[str, Any] | None) -> Chain | Table:
    if newest is None:
        return Table("chain-table", "The newest result", [], [], NOTHING)
    checkpoint = source.ask(
        "select * from checkpoints where run = {run} and checkpoint_id = "
        f"{literal(newest['checkpoint_id'])}"
    ).rows
    found = checkpoint[0] if checkpoint else {}
    eaten = source.ask(
        "select count(*) as rollouts, min(played_by_update) as low, max(played_by_update) as high, "
        "count(distinct worker) as workers from consumed_rollouts where run = {run} and "
        f"model_update = {int(newest['model_update'])}"
    ).rows[0]
    settings = json.loads(found.get("settings") or "{}")
    return Chain(
        [
            Step(
                "Result",
                newest["evaluation_id"],
                [
                    ("mean floor", f"{newest['average_floor']:.2f}"),
                    ("win rate", f"{newest['win_rate']:.1%}"),
                    ("n", str(newest["games"])),
                    ("seed list", newest["seeds_hash"]),
                ],
            ),
            Step(
                "Checkpoint",
                newest["checkpoint_id"],
                [
                    ("update", str(newest["model_update"])),
                    ("parent", newest["parent"] or "none: the start"),
                    ("layout", found.get("layout_version", "-")),
                ],
            ),
            Step(
                "Rollouts",
                f"{eaten['rollouts']:,} in this update",
                [
                    ("in all", f"{newest['rollouts_in_all'] or 0:,}"),
                    ("played by updates", f"{eaten['low']} to {eaten['high']}"),
                    ("workers", str(eaten["workers"])),
                ],
            ),
            Step(
                "Settings",
                newest["settings_hash"] or "-",
                _highlights(settings),
                json.dumps(settings, indent=1),
            ),
            Step("Rules", f"version {newest['rules_version']}"),
        ]
    )


def _highlights(settings: dict[str, Any]) -> list[tuple[str, str]]:
    train, collect = settings.get("train", {}), settings.get("collect", {})
    shown = {
        "learning rate": train.get("learning_rate"),
        "gamma": train.get("gamma"),
        "clip": train.get("clip_range"),
        "ascension": collect.get("ascension"),
        "acts": collect.get("acts"),
        "reward": collect.get("reward"),
    }
    return [(name, str(value)) for name, value in shown.items() if value is not None]


def _ages(source: Source) -> Figure:
    answer = source.ask(
        "select model_update, avg(lag) as lag, min(lag) as least, max(lag) as greatest, "
        "count(*) as rollouts from consumed_rollouts where run = {run} and lag is not null "
        "group by model_update order by model_update"
    )
    rows = answer.rows[:: every(len(answer.rows), MOST_POINTS)]
    chart = charts.band_line(
        rows,
        "model_update",
        "lag",
        "least",
        "greatest",
        "checkpoint (update)",
        "age of its rollouts, in updates",
        colour=theme.TEAL,
        zero=True,
    )
    return Figure(
        "rollout-ages",
        "Age of the rollouts in each checkpoint",
        charts.specification(chart) if rows else None,
        "Updates between the policy that played a rollout and the one trained on it, by checkpoint",
        f"n = {sum(row['rollouts'] for row in answer.rows):,} rollouts. Band: least to greatest.",
        Empty("No checkpoint has consumed a rollout yet.", "ascension local --updates 10"),
        answer.sql,
        is_wide=True,
    )


def _results(results: Answer) -> Table:
    columns = [
        Column("evaluation_id", "result", "code"),
        Column("policy", "policy"),
        Column("games", "n", "integer"),
        Column("average_floor", "mean floor", "number"),
        Column("win_rate", "wins", "percent"),
        Column("checkpoint_id", "checkpoint", "code"),
        Column("parent", "parent", "code"),
        Column("rollouts_in_all", "rollouts", "integer"),
        Column("settings_hash", "settings", "code"),
        Column("rules_version", "rules"),
        Column("seeds_hash", "seeds", "code"),
    ]
    caption = f"The newest {len(results.rows)} results."
    return Table("results-table", "Results", columns, results.rows, NOTHING, results.sql, caption)


def _checkpoints(source: Source) -> Table:
    answer = source.ask(
        "select model_update, checkpoint_id, parent, created_at, rollouts_consumed, settings_hash, "
        "rules_version from checkpoints where run = {run} order by model_update desc limit 100"
    )
    columns = [
        Column("model_update", "update", "integer"),
        Column("checkpoint_id", "checkpoint", "code"),
        Column("parent", "parent", "code"),
        Column("created_at", "made", "time"),
        Column("rollouts_consumed", "rollouts", "integer"),
        Column("settings_hash", "settings", "code"),
        Column("rules_version", "rules"),
    ]
    caption = f"The newest {len(answer.rows)} checkpoints."
    return Table(
        "checkpoint-table", "Checkpoints", columns, answer.rows, NOTHING, answer.sql, caption
    )
