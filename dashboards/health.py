"""May the data be trusted? Each check asks one question and says what to do about the answer."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from dashboards.content import Check, Tone
from dashboards.source import Source

_SEVERITY: Final[dict[Tone, int]] = {"plain": 0, "good": 1, "warning": 2, "bad": 3}
REJECTED_SHARE: Final = 0.05
SILENT_MINUTES: Final = 15
MOST_FILES: Final = 200


def worst(found: Sequence[Check]) -> Tone:
    """The gravest tone among checks."""
    return max((check.tone for check in found), key=_SEVERITY.__getitem__, default="plain")


def checks(source: Source) -> list[Check]:
    """All checks that need nothing but the views."""
    return [
        _dead_terms(source),
        _duplicate_seeds(source),
        _rejections(source),
        _one_version(source),
        _numbers(source),
        _beats(source),
    ]


def _dead_terms(source: Source) -> Check:
    rows = source.ask("select term, nonzero_games, games from reward_health where run = {run}").rows
    dead = [row["term"] for row in rows if row["nonzero_games"] == 0]
    if not rows:
        return Check("Reward terms", "plain", "No training game yet.", "Run ascension local.")
    if not dead:
        return Check("Reward terms", "good", f"All {len(rows)} terms were paid in some game.")
    if dead == ["victory"]:
        finding = f"The term victory was never paid: none of {rows[0]['games']:,} games was won."
        return Check("Reward terms", "warning", finding, "Expected before the first win only.")
    return Check(
        "Reward terms",
        "bad",
        f"Never paid in {rows[0]['games']:,} games: {', '.join(dead)}.",
        "A term that is never paid teaches nothing: mend or remove it.",
    )


def _duplicate_seeds(source: Source) -> Check:
    rows = source.ask(
        "select source, count(*) as seeds from duplicate_seeds where run = {run} group by source"
    ).rows
    by_source = {row["source"]: row["seeds"] for row in rows}
    if "evaluation" in by_source:
        return Check(
            "Seeds",
            "bad",
            f"{by_source['evaluation']} seeds were played twice in one evaluation.",
            "Its intervals are too narrow: evaluate again.",
        )
    if "training" in by_source:
        finding = f"{by_source['training']:,} training seeds were played more than once."
        return Check("Seeds", "warning", finding, "Two workers may share a seed.")
    return Check("Seeds", "good", "Every seed of every evaluation and of training is unique.")


def _rejections(source: Source) -> Check:
    games = source.value("select count(*) from games where run = {run}") or 0
    rows = source.ask(
        "select reason, rollouts from rejections_by_reason where run = {run} order by rollouts desc"
    ).rows
    refused = sum(row["rollouts"] for row in rows)
    reasons = ", ".join(f"{row['reason']} {row['rollouts']:,}" for row in rows)
    if not refused:
        return Check("Refused rollouts", "good", f"None of {games:,} games was refused.")
    share = refused / max(1, games)
    tone: Tone = "bad" if share > REJECTED_SHARE else "warning"
    advice = "Stale ones mean that collectors outrun the trainer." if "stale" in reasons else ""
    finding = f"{refused:,} of {games:,} ({share:.1%}): {reasons}."
    return Check("Refused rollouts", tone, finding, advice)


def _one_version(source: Source) -> Check:
    rows = source.ask(
        "select distinct rules_version, layout_version from games where run = {run}"
    ).rows
    if len(rows) > 1:
        finding = f"Training games of {len(rows)} versions of rules or observation are mixed."
        return Check("Versions", "bad", finding, "Start a new run after changing the rules.")
    if not rows:
        return Check("Versions", "plain", "No training game yet.")
    version = rows[0]["rules_version"]
    return Check("Versions", "good", f"All games have rules version {version} and one layout.")


def _numbers(source: Source) -> Check:
    row = source.ask(
        "select count(*) as updates, count(*) filter (where isnan(pg_loss) or isnan(vf_loss) or "
        "isnan(approx_kl) or isinf(vf_loss)) as broken, sum(invalid_action_count) as invalid "
        "from updates where run = {run}"
    ).rows[0]
    if not row["updates"]:
        return Check("Losses", "plain", "No PPO update yet.")
    if row["broken"]:
        finding = f"{row['broken']} of {row['updates']} updates have a loss that is no number."
        return Check("Losses", "bad", finding, "Go back to the checkpoint before the first one.")
    if row["invalid"]:
        finding = f"{row['invalid']:,} malformed transitions were dropped."
        return Check("Losses", "warning", finding)
    return Check("Losses", "good", f"All losses of {row['updates']:,} updates are finite.")


def _beats(source: Source) -> Check:
    rows = source.ask("select role, worker, last_at from worker_beats where run = {run}").rows
    if not rows:
        return Check("Workers", "plain", "No worker has given a sign of life yet.")
    newest = max(row["last_at"] for row in rows)
    silent = (datetime.now(UTC) - newest).total_seconds() / 60
    workers = "1 worker" if len(rows) == 1 else f"{len(rows)} workers"
    finding = f"{workers} so far; the last sign of life {ago(silent)}."
    if silent > SILENT_MINUTES:
        return Check("Workers", "plain", finding, "Nothing is running, or it hangs.")
    return Check("Workers", "good", finding)


def ago(minutes: float) -> str:
    """A span of time in words."""
    if minutes < 1:
        return "less than a minute ago"
    if minutes < 120:
        return f"{minutes:.0f} minutes ago"
    return f"{minutes / 60:.0f} hours ago" if minutes < 2880 else f"{minutes / 1440:.0f} days ago"


def quarantined(source: Source) -> list[dict[str, str]]:
    """Files in the quarantine with the reasons written beside them."""
    folder = source.store.quarantine / f"run={source.run}"
    found = []
    for reason in sorted(folder.glob("*.reason.json"))[:MOST_FILES]:
        try:
            text = str(json.loads(reason.read_text(encoding="utf-8"))["reason"])
        except (OSError, ValueError, KeyError) as error:
            text = f"the note beside it is not readable: {error}"
        name = reason.name.removesuffix(".reason.json")
        found.append({"file": name, "reason": text})
    return found
