"""An experiment's Markdown report from its index entry: pure text, no files."""

from collections.abc import Mapping, Sequence
from typing import Any

Entry = Mapping[str, Any]


def _percent(value: float) -> str:
    return f"{100 * value:.1f}%"


def _number(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _with_interval(interval: Sequence[float], percent: bool = False) -> str:
    estimate, low, high = interval
    show = _percent if percent else lambda value: f"{value:.2f}"
    return f"{show(estimate)} ({show(low)} to {show(high)})"


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; text in the first column, numbers in the others."""
    head = "| " + " | ".join(columns) + " |"
    rule = "|---|" + "---:|" * (len(columns) - 1)
    body = ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([head, rule, *body])


def _configuration(entry: Entry) -> str:
    if "checkpoints" in entry:
        rows = [(name, f"`{id}`" if id else "rules") for name, id in entry["checkpoints"].items()]
        return table(("Policy", "Checkpoint id"), rows)
    rows = [
        ("Training mode", entry["training_mode"]),
        ("Rollout workers observed", _number(entry["worker_count"])),
        ("Checkpoint", f"`{entry['model_path']}`"),
        ("Checkpoint id", f"`{entry['checkpoint_id']}`"),
        ("Rules version", entry["rules_version"]),
        ("Settings hash", f"`{entry['settings_hash']}`"),
        *[(name.replace("_", " "), _number(v)) for name, v in entry["hyperparameters"].items()],
    ]
    return table(("Field", "Value"), rows)


def _training(entry: Entry) -> str:
    rates = ("win_rate", "act2_reach_rate", "floor20_rate")
    rows = []
    for name, value in entry["training_metrics"].items():
        shown = _percent(value) if name in rates and value is not None else _number(value)
        rows.append((name.replace("_", " "), shown))
    return table(("Metric", "Value"), rows)


def _reproduction(entry: Entry) -> str:
    """The command that repeats it; older entries and settings of one's own have none."""
    command = entry.get("command", "")
    return f"Repeat it with:\n\n```sh\n{command}\n```" if command else ""


def evaluation_table(evaluation: Sequence[Entry]) -> str:
    """The seed document's table, with intervals."""
    columns = (
        "Policy",
        "Games",
        "Avg floor",
        "Avg reward",
        "Win rate",
        "Act 2 reach",
        "Floor 20+",
        "Elite W/L",
        "Boss W/L",
    )
    rows = [
        (
            row["policy"],
            row["games"],
            _with_interval(row["average_floor"]),
            _with_interval(row["average_reward"]),
            _with_interval(row["win_rate"], percent=True),
            _with_interval(row["act2_reach_rate"], percent=True),
            _with_interval(row["floor20_rate"], percent=True),
            f"{row['elite_wins']}/{row['elite_fights'] - row['elite_wins']}",
            f"{row['boss_wins']}/{row['boss_fights'] - row['boss_wins']}",
        )
        for row in evaluation
    ]
    return table(columns, rows)


def comparison_table(comparisons: Sequence[Entry]) -> str:
    """Paired differences: second minus first, seed by seed."""
    columns = ("Pair", "Floors", "Verdict", "Better/worse seeds", "Wins only A/B", "McNemar p")
    rows = [
        (
            f"{row['second']} - {row['first']}",
            _with_interval(row["floor_difference"]),
            row["floor_verdict"],
            f"{row['better_on']}/{row['worse_on']}",
            f"{row['wins_only_first']}/{row['wins_only_second']}",
            f"{row['mcnemar_p']:.3g}",
        )
        for row in comparisons
    ]
    return table(columns, rows)


def sentence(comparison: Entry) -> str:
    """What one paired difference says, in words."""
    estimate, low, high = comparison["floor_difference"]
    pair = f"{comparison['second']} against {comparison['first']}"
    interval = f"interval {low:+.2f} to {high:+.2f}, n = {comparison['games']}"
    numbers = f"{estimate:+.2f} floors, {interval}"
    if comparison["floor_verdict"] == "separated":
        direction = "got further" if estimate > 0 else "fell behind"
        return f"{pair}: separated, {direction} ({numbers})."
    needed = comparison["required_games"]
    if needed:
        return f"{pair}: did not separate ({numbers}; about {needed:,} seeds would be needed)."
    return f"{pair}: did not separate ({numbers})."


def interpretation(entry: Entry) -> str:
    """Drafted from the statistics alone."""
    if not entry["comparison"]:
        return "There is nothing to compare yet."
    return "\n".join(f"- {sentence(comparison)}" for comparison in entry["comparison"])


def _next_action(entry: Entry) -> str:
    if "checkpoints" in entry:
        return "Train on from the policy that got furthest; show gains on seeds not looked at yet."
    newest = next((row for row in entry["comparison"] if row["second"] == "ppo"), None)
    if newest is None:
        return "Train: there is no PPO checkpoint to evaluate yet."
    if newest["floor_verdict"] == "separated" and newest["floor_difference"][0] > 0:
        return "Continue from the newest checkpoint and confirm on more seeds."
    return (
        "Continue PPO for a longer horizon with the periodic fixed-seed evaluations, and evaluate "
        f"on at least {max(200, newest['required_games']):,} seeds before claiming a difference."
    )


def render(entry: Entry) -> str:
    """The whole report."""
    seeds = entry["seed_audit"]
    sections = [
        f"# Experiment {entry['number']:03d}: {entry['run_id']}",
        f"**Date:** {entry['date']}  \n**Public snapshot:** [index.json](index.json)",
        f"## Purpose\n\n{entry['purpose']}",
        f"## Run configuration\n\n{_configuration(entry)}",
        _reproduction(entry),
        f"## Training outcome snapshot\n\n{_training(entry)}" if entry["training_metrics"] else "",
        "## Fixed-seed evaluation\n\n"
        f"Greedy play of {seeds['games']} seeds ({seeds['unique_seeds']} unique, list "
        f"`{seeds['seeds_hash']}`), evaluation `{entry['eval_run_id']}`. Intervals are "
        f"{_percent(entry['confidence'])}: Wilson for rates, bootstrap for means.\n\n"
        f"{evaluation_table(entry['evaluation'])}",
        f"Paired by seed:\n\n{comparison_table(entry['comparison'])}"
        if entry["comparison"]
        else "",
        f"## Interpretation\n\n{interpretation(entry)}",
        f"### In a person's words\n\n{entry['notes'] or '_Nothing written yet._'}",
        f"## Next action\n\n{_next_action(entry)}",
    ]
    return "\n\n".join(part for part in sections if part) + "\n"
