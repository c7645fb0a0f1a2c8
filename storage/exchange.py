"""Machines without a shared disk: rollouts travel to the trainer's data folder, policies back.

Each machine works in a data folder of its own and exchanges whole objects with a shared place. The
trainer's folder stays the truth of what was consumed: a rollout that arrives twice is recognised by
its id, and publishing an update succeeds once, so that a second trainer is noticed at once.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from storage import checkpoints, facts, rollouts
from storage.checkpoints import METADATA, OPTIMIZER, WEIGHTS
from storage.errors import AlreadyThere, CheckpointExists, CorruptCheckpoint
from storage.files import new_folder, write_bytes
from storage.places import Place
from storage.store import Store, checked_name

COLLECTED = ("games", "fights", "beats")  # fact tables that collectors write


@dataclass(frozen=True, slots=True)
class Exchanged:
    """How many rollouts, facts and checkpoints went over."""

    rollouts: int = 0
    facts: int = 0
    checkpoints: int = 0


def _name(store: Store, path: Path) -> str:
    return path.relative_to(store.root).as_posix()


def serve_collectors(store: Store, place: Place, run: str) -> Exchanged:
    """The collectors' side: send facts and rollouts, fetch the newest checkpoint.

    A sent rollout leaves the folder after it has arrived; facts stay and are sent once.
    """
    sent = sum(_send_facts(store, place, table, run) for table in COLLECTED)
    moved = 0
    for path in list(rollouts.waiting_files(store, run)):
        place.put(_name(store, path), path.read_bytes())
        path.unlink(missing_ok=True)
        moved += 1
    return Exchanged(moved, sent, int(fetch_newest(store, place, run)))


def serve_trainer(store: Store, place: Place, run: str) -> Exchanged:
    """The trainer's side: fetch facts and rollouts, publish the checkpoints that are new.

    Raises CheckpointExists if somebody else has published another policy of the same number.
    """
    fetched = sum(_fetch_facts(store, place, table, run) for table in COLLECTED)
    moved = 0
    for name in place.names(_name(store, store.rollouts(run))):
        if _fetch(store, place, name):
            moved += 1
        place.delete(name)  # it lies in our folder now; arriving again would do no harm
    return Exchanged(moved, fetched, publish(store, place, run))


def _fetch(store: Store, place: Place, name: str) -> bool:
    """Copy an object into the data folder; whether it was there."""
    try:
        content = place.get(name)
    except FileNotFoundError:
        return False
    write_bytes(store.root / name, content)
    return True


def _send_facts(store: Store, place: Place, table: str, run: str) -> int:
    own = {_name(store, path): path for path in facts.files(store, table) if _of(path, run)}
    there = set(place.names(_name(store, store.facts(table, run))))
    new = sorted(own.keys() - there)
    for name in new:
        place.put(name, own[name].read_bytes())
    return len(new)


def _fetch_facts(store: Store, place: Place, table: str, run: str) -> int:
    there = place.names(_name(store, store.facts(table, run)))
    return sum(_fetch(store, place, name) for name in there if not (store.root / name).exists())


def _of(path: Path, run: str) -> bool:
    return path.parent.name == f"run={run}"


def published(store: Store, place: Place, run: str) -> list[int]:
    """Numbers of the updates that are complete in the place, ascending."""
    names = place.names(_name(store, store.checkpoints(run)))
    folders = (name.rsplit("/", 2)[-2] for name in names if name.endswith(f"/{METADATA}"))
    return sorted(int(folder.removeprefix("update=")) for folder in folders)


def publish(store: Store, place: Place, run: str) -> int:
    """Publish the updates that the place lacks; returns how many.

    The tensors go first, under the checkpoint's id; the metadata is the commit.
    """
    newest = max(published(store, place, run), default=-1)
    count = 0
    for update in checkpoints.updates(store, run):
        if update < newest or not checkpoints.has_weights(store, run, update):
            continue
        count += _publish_one(store, place, run, update)
    return count


def _publish_one(store: Store, place: Place, run: str, update: int) -> bool:
    """Publish an update; False if it was published before, which sends nothing."""
    folder = checkpoints.checkpoint_path(store, run, update)
    metadata = (folder / METADATA).read_bytes()
    checkpoint_id = checkpoints.read_metadata(store, run, update)["checkpoint_id"]
    base = _name(store, folder)
    with suppress(FileNotFoundError):
        return _refuse_other(place.get(f"{base}/{METADATA}"), metadata, run, update)
    for file in (WEIGHTS, OPTIMIZER):
        place.put(f"{base}/{checkpoint_id}-{file}", (folder / file).read_bytes())
    try:
        place.put_new(f"{base}/{METADATA}", metadata)
    except AlreadyThere:
        return _refuse_other(place.get(f"{base}/{METADATA}"), metadata, run, update)
    return True


def _refuse_other(published: bytes, own: bytes, run: str, update: int) -> bool:
    """False, nothing is to be published, if it is ours; CheckpointExists if it is not."""
    if published == own:
        return False
    raise CheckpointExists(
        f"another trainer has published update {update} of run {run}: only one may train a run"
    )


def fetch_newest(store: Store, place: Place, run: str) -> bool:
    """Fetch the newest published checkpoint, verified; False if it is here already."""
    newest = max(published(store, place, run), default=None)
    own = checkpoints.newest_update(store, run)
    if newest is None or (own is not None and newest <= own):
        return False
    folder = checkpoints.checkpoint_path(store, run, newest)
    base = _name(store, folder)
    metadata = place.get(f"{base}/{METADATA}")
    checkpoint_id = checked_name("checkpoint", _checkpoint_id(metadata))
    with new_folder(folder) as temporary:
        for file in (WEIGHTS, OPTIMIZER):
            (temporary / file).write_bytes(place.get(f"{base}/{checkpoint_id}-{file}"))
        (temporary / METADATA).write_bytes(metadata)
        checkpoints.load_folder(temporary)
    return True


def _checkpoint_id(metadata: bytes) -> str:
    try:
        return str(json.loads(metadata)["checkpoint_id"])
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptCheckpoint(
            f"a published checkpoint has no readable metadata: {error}"
        ) from error
