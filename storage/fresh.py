"""Which rollouts the trainer takes: fresh ones, oldest first; stale ones are refused on record.

A rollout of policy update u can only have been consumed by a checkpoint after u, so deciding
reads the ledger of the few updates since the oldest waiting file, however long the run is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ascension.records import Identity
from storage import checkpoints, facts
from storage.errors import CorruptFile, ForeignFile
from storage.files import quarantine
from storage.rollouts import read_identity, update_of, waiting_files
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting rollout: its file and who made it."""

    path: Path
    identity: Identity

    def lag(self, current_update: int) -> int:
        """Updates between the policy that played and the current one."""
        return current_update - self.identity.update


def count_waiting(store: Store, run: str) -> int:
    """How many rollout files wait, stale and consumed ones included; opens no file."""
    return sum(1 for _ in waiting_files(store, run))


def waiting(
    store: Store, run: str, *, rules_version: str | None = None, layout_version: str | None = None
) -> list[Waiting]:
    """Complete rollouts not consumed yet, oldest first by their time-ordered ids.

    Files that cannot be used (truncated, foreign, of other versions, of another run, with a
    doubled id) are quarantined and recorded as rejections. Consumed leftovers of a trainer that
    died between its commit and its clean-up are deleted.
    """
    files = list(waiting_files(store, run))
    if not files:
        return []
    oldest = min(update_of(path) for path in files)
    consumed = set(checkpoints.ledger(store, run, oldest))
    found: dict[str, Waiting] = {}
    for path in files:
        identity = _usable(store, run, path, found, (rules_version, layout_version))
        if identity is None:
            continue
        if identity.rollout_id in consumed:
            path.unlink(missing_ok=True)
            continue
        found[identity.rollout_id] = Waiting(path, identity)
    return sorted(found.values(), key=lambda item: item.identity.rollout_id)


def _usable(
    store: Store,
    run: str,
    path: Path,
    found: dict[str, Waiting],
    versions: tuple[str | None, str | None],
) -> Identity | None:
    """The identity of a usable file; None after refusing it on record."""
    try:
        identity = read_identity(path)
    except FileNotFoundError:
        return None  # consumed by a trainer while we looked
    except (CorruptFile, ForeignFile) as error:
        reason = "corrupt" if isinstance(error, CorruptFile) else "foreign"
        refuse(store, run, path, f"{reason}: {error}", None, update_of(path))
        return None
    reason = _mismatch(identity, run, path, found, versions)
    if reason:
        refuse(store, run, path, reason, identity, identity.update)
        return None
    return identity


def _mismatch(
    identity: Identity,
    run: str,
    path: Path,
    found: dict[str, Waiting],
    versions: tuple[str | None, str | None],
) -> str:
    rules_version, layout_version = versions
    if identity.run != run or identity.update != update_of(path):
        return f"misplaced: belongs to {identity.run}/update {identity.update}"
    if identity.rollout_id in found:
        return "duplicate rollout id"
    if rules_version is not None and identity.rules_version != rules_version:
        return f"rules version {identity.rules_version}, not {rules_version}"
    if layout_version is not None and identity.layout_version != layout_version:
        return f"layout version {identity.layout_version}, not {layout_version}"
    return ""


def refuse(
    store: Store, run: str, path: Path, reason: str, identity: Identity | None, current_update: int
) -> None:
    """Record why a rollout was refused, then move its file to the quarantine."""
    rollout_id = identity.rollout_id if identity else path.stem
    row = {
        "run": run,
        "rollout_id": rollout_id,
        "timestamp": datetime.now(UTC),
        "reason": reason,
        "model_update": identity.update if identity else update_of(path),
        "current_update": current_update,
        "file": path.name,
    }
    facts.append(store, "rejections", run, [row], f"rejection-{path.stem}")
    quarantine(path, store.quarantine / f"run={run}", reason)


def take_batch(
    store: Store,
    run: str,
    candidates: Iterable[Waiting],
    *,
    current_update: int,
    batch_rollouts: int,
    max_lag: int,
    most_rollouts: int | None = None,
) -> list[Waiting]:
    """The oldest fresh rollouts, or [] if fewer than `batch_rollouts` wait; stale ones are refused.

    At most `most_rollouts` are taken, by default just one batch.

    Stale: `current_update - update > max_lag`. From the future (`update > current_update`): the
    checkpoint it claims does not exist, refused as well.
    """
    fresh: list[Waiting] = []
    for item in candidates:
        lag = item.lag(current_update)
        if lag > max_lag:
            reason = f"stale: lag {lag} > {max_lag} updates"
            refuse(store, run, item.path, reason, item.identity, current_update)
        elif lag < 0:
            reason = f"from the future: update {item.identity.update} > {current_update}"
            refuse(store, run, item.path, reason, item.identity, current_update)
        else:
            fresh.append(item)
    return fresh[: most_rollouts or batch_rollouts] if len(fresh) >= batch_rollouts else []


def discard(store: Store, run: str, taken: Iterable[Waiting], keep: bool) -> None:
    """After the commit: delete the consumed files, or move them to `kept_rollouts`."""
    for item in taken:
        if not keep:
            item.path.unlink(missing_ok=True)
            continue
        target = store.kept_rollouts(run) / item.path.relative_to(store.rollouts(run))
        target.parent.mkdir(parents=True, exist_ok=True)
        if item.path.exists():
            item.path.replace(target)
