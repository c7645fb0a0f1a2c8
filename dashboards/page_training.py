"""Training: does it learn, and does PPO behave?"""

from typing import Any, Final

from dashboards import charts, evaluated, theme
from dashboards.content import Empty, Figure, Page, Section
from dashboards.source import Source, every

NO_GAMES: Final = Empty("No training game has been played yet.", "ascension local")
NO_UPDATES: Final = Empty("There was no PPO update yet.", "ascension local --updates 10")
MOST_EVENTS: Final = 400
UPDATE: Final = "update"


def page(source: Source) -> Page:
    """The page of a run, however little of it there is."""
    curve = source.ask("select * from training_curve where run = {run} order by bin")
    updates = source.ask("select * from update_curve where run = {run} order by bin")
    return Page(
        slug="training",
        title="Training",
        headline=_headline(source),
        sections=[
            Section(
                "games",
                "How the games go",
                [_floor(curve), _wins(curve), _reward(source), _lengths(curve)],
                "Sampled play of the training games, not the greedy play of the evaluations.",
            ),
            Section(
                "ppo",
                "How PPO behaves",
                [
                    _kl(source, updates),
                    _metric(updates, "clip_fraction", "Clip fraction", {"too much": 0.25}),
                    _metric(updates, "normalized_entropy", "Normalised entropy", {}),
                    _metric(updates, "explained_variance", "Explained variance", {"perfect": 1.0}),
                    _entropy(source),
                    _rates(updates),
                ],
                "Lines are means of up to 300 groups of updates, bands reach from the least to "
                "the greatest value in each group.",
            ),
            Section(
                "plumbing",
                "How the loop keeps up",
                [_lag(updates), _rejections(source), _throughput(source), _trainer(updates)],
            ),
            Section("clone", "The start: cloning the teacher", [_cloning(source)]),
        ],
    )


def _headline(source: Source) -> str:
    row = source.ask(
        "select count(*) as updates, max(total_transitions) as transitions, max(game) as games, "
        "count(*) filter (where early_stop) as stops from updates where run = {run}"
    ).rows[0]
    if not row["updates"]:
        return "No update yet."
    return (
        f"{row['updates']:,} updates over {row['games']:,} games and {row['transitions']:,} "
        f"decisions; {row['stops']:,} stopped early because the policy had moved far enough."
    )


def _games(answer: Any) -> str:
    games = sum(row["games"] for row in answer.rows)
    return f"n = {games:,} training games in {len(answer.rows)} groups."


def _floor(curve: Any) -> Figure:
    rows = []
    for row in curve.rows:
        low, high = evaluated.normal_interval(
            row["average_floor"], row["floor_deviation"], row["games"]
        )
        rows.append({**row, "low": low, "high": high})
    chart = charts.band_line(
        rows, "last_game", "average_floor", "low", "high", "training game", "mean floor"
    )
    return Figure(
        "floor",
        "Floor reached",
        charts.specification(chart) if rows else None,
        "Mean floor of training games over the course of training, with its interval",
        _games(curve) + " Band: 95% interval of the mean.",
        NO_GAMES,
        curve.sql,
    )


def _wins(curve: Any) -> Figure:
    rows = evaluated.rate_rows(curve.rows, "victories", "games")
    chart = charts.band_line(
        rows, "last_game", "share", "low", "high", "training game", "win rate", percent=True
    )
    return Figure(
        "wins",
        "Win rate",
        charts.specification(chart) if rows else None,
        "Win rate of training games over the course of training, with Wilson's interval",
        _games(curve) + " Band: 95%, Wilson.",
        NO_GAMES,
        curve.sql,
    )


def _reward(source: Source) -> Figure:
    answer = source.ask("select * from reward_curve where run = {run} order by bin, term")
    terms = sorted({row["term"] for row in answer.rows})
    step = every(len(answer.rows), charts.MOST_ROWS)
    rows = [row for row in answer.rows if row["bin"] % step == 0] if step > 1 else answer.rows
    chart = charts.stacked(
        rows, "last_game", "average_reward", "term", "training game", "reward per game", terms
    )
    return Figure(
        "reward",
        "Reward by term",
        charts.specification(chart) if rows else None,
        f"Mean reward per game, stacked by its terms: {', '.join(terms)}",
        "Mean per game in the same groups of games.",
        NO_GAMES,
        answer.sql,
    )


def _lengths(curve: Any) -> Figure:
    rows = [
        {"game": row["last_game"], "what": what, "share": row[name]}
        for row in curve.rows
        for what, name in (("act 2", "act2_reach_rate"), ("act 3", "act3_reach_rate"))
    ]
    chart = charts.series(
        rows,
        "game",
        "share",
        "what",
        "training game",
        "reached",
        order=["act 2", "act 3"],
        percent=True,
    )
    return Figure(
        "acts",
        "Acts reached",
        charts.specification(chart) if rows else None,
        "Share of training games that reached act 2 and act 3",
        _games(curve),
        NO_GAMES,
        curve.sql,
    )


def _kl(source: Source, updates: Any) -> Figure:
    actions = source.ask(
        "select total_updates as update, approx_kl as value, split_part(auto_tune_action, ':', 1) "
        "as action from tuner_actions where run = {run} and coalesce(auto_tune_action, '') <> '' "
        "order by total_updates"
    )
    stops = source.ask(
        "select total_updates as update, approx_kl as value, 'early stop' as action "
        "from tuner_actions where run = {run} and early_stop order by total_updates"
    )
    events = [*actions.rows, *([] if actions.rows else stops.rows)]
    step = every(len(events), MOST_EVENTS)
    chart = charts.marked_line(
        updates.rows,
        events[::step],
        "last_update",
        "kl",
        "kl_min",
        "kl_max",
        UPDATE,
        "approximate KL",
        {"target 0.03": 0.03},
    )
    tuned = "Points: what the tuner did." if actions.rows else "Points: updates that stopped early."
    return Figure(
        "kl",
        "KL divergence and the tuner",
        charts.specification(chart) if updates.rows else None,
        "Approximate KL divergence per update, with what the tuner did marked",
        f"{_updates(updates)} {tuned}",
        NO_UPDATES,
        actions.sql,
    )


def _updates(updates: Any) -> str:
    return f"n = {sum(row['updates'] for row in updates.rows):,} updates."


def _metric(updates: Any, name: str, title: str, limits: dict[str, float]) -> Figure:
    rows = [row for row in updates.rows if row[name] is not None]
    chart = charts.band_line(
        rows,
        "last_update",
        name,
        f"{name}_min",
        f"{name}_max",
        UPDATE,
        title.lower(),
        limits=limits,
        zero=True,
    )
    return Figure(
        name.replace("_", "-"),
        title,
        charts.specification(chart) if rows else None,
        f"{title} per update with its least and greatest value",
        _updates(updates),
        NO_UPDATES,
        updates.sql,
    )


def _entropy(source: Source) -> Figure:
    answer = source.ask(
        "select last_update, kind, normalized_entropy from entropy_by_kind where run = {run} "
        "and kind in ('combat', 'map', 'card_reward', 'event', 'rest', 'shop') order by 1, 2"
    )
    kinds = sorted({row["kind"] for row in answer.rows})
    rows = [row for row in answer.rows if row["normalized_entropy"] is not None]
    chart = charts.series(
        rows,
        "last_update",
        "normalized_entropy",
        "kind",
        UPDATE,
        "normalised entropy",
        order=kinds,
    )
    return Figure(
        "entropy-by-kind",
        "Entropy by kind of decision",
        charts.specification(chart) if rows else None,
        f"Normalised entropy by kind of decision: {', '.join(kinds)}",
        "1 is a coin toss among the options, 0 is certainty.",
        NO_UPDATES,
        answer.sql,
    )


def _rates(updates: Any) -> Figure:
    rows = [
        {"update": row["last_update"], "what": what, "value": row[name]}
        for row in updates.rows
        for what, name in (("learning rate", "lr"), ("entropy coefficient", "ent_coef"))
        if row[name] is not None
    ]
    chart = charts.series(
        rows,
        "update",
        "value",
        "what",
        UPDATE,
        "value",
        order=["learning rate", "entropy coefficient"],
    )
    return Figure(
        "rates",
        "Learning rate and entropy coefficient",
        charts.specification(chart) if rows else None,
        "Learning rate and entropy coefficient per update",
        _updates(updates),
        NO_UPDATES,
        updates.sql,
    )


def _lag(updates: Any) -> Figure:
    chart = charts.band_line(
        updates.rows,
        "last_update",
        "lag",
        "lag_min",
        "lag_max",
        UPDATE,
        "lag in updates",
        limits={"stale beyond 4": 4.0},
        zero=True,
        colour=theme.TEAL,
    )
    return Figure(
        "lag",
        "How old the rollouts were",
        charts.specification(chart) if updates.rows else None,
        "Updates between the policy that played and the one that learned",
        _updates(updates) + " Band: least mean to greatest lag.",
        NO_UPDATES,
        updates.sql,
    )


def _rejections(source: Source) -> Figure:
    answer = source.ask("select * from rejections_by_reason where run = {run}")
    chart = charts.bars(answer.rows, "reason", "rollouts", "rollouts refused", colour=theme.RED)
    empty = Empty(
        "No rollout was refused.", 'ascension sql "select * from rejections"', is_good=True
    )
    return Figure(
        "rejections",
        "Refused rollouts",
        charts.specification(chart) if answer.rows else None,
        "Number of refused rollouts by reason",
        f"n = {sum(row['rollouts'] for row in answer.rows):,} refused rollouts.",
        empty,
        answer.sql,
    )


def _throughput(source: Source) -> Figure:
    answer = source.ask("select * from throughput where run = {run} order by minute")
    rows = answer.rows[:: every(len(answer.rows), 1000)]
    chart = charts.over_time(rows, "minute", "decisions_per_second", "decisions per second")
    return Figure(
        "throughput",
        "Collecting",
        charts.specification(chart) if rows else None,
        "Decisions per second of all collectors over time",
        "Sum over collectors, minute by minute.",
        NO_GAMES,
        answer.sql,
    )


def _trainer(updates: Any) -> Figure:
    rows = [
        {**row, "low": row["transitions_per_second"], "high": row["transitions_per_second"]}
        for row in updates.rows
        if row["transitions_per_second"] is not None
    ]
    chart = charts.band_line(
        rows,
        "last_update",
        "transitions_per_second",
        "low",
        "high",
        UPDATE,
        "transitions per second",
        zero=True,
        colour=theme.TEAL,
    )
    return Figure(
        "learning-speed",
        "Learning",
        charts.specification(chart) if rows else None,
        "Transitions learned per second of update",
        _updates(updates),
        NO_UPDATES,
        updates.sql,
    )


def _cloning(source: Source) -> Figure:
    answer = source.ask(
        "select epoch, train_acc, val_acc, samples from bc_train_stats where run = {run} "
        "order by epoch"
    )
    rows = [
        {"epoch": row["epoch"], "what": what, "share": row[name]}
        for row in answer.rows
        for what, name in (("seen games", "train_acc"), ("held-out games", "val_acc"))
        if row[name] is not None
    ]
    chart = charts.series(
        rows,
        "epoch",
        "share",
        "what",
        "epoch",
        "agrees with the teacher",
        order=["seen games", "held-out games"],
        percent=True,
    )
    samples = answer.rows[-1]["samples"] if answer.rows else 0
    return Figure(
        "cloning",
        "Agreement with the teacher",
        charts.specification(chart) if rows else None,
        "Share of decisions on which the clone agrees with the teacher, by epoch",
        f"n = {samples:,} decisions of the teacher.",
        Empty("Nothing was cloned in this run.", "ascension local"),
        answer.sql,
        is_wide=True,
    )
