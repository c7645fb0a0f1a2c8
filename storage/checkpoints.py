"""Checkpoints: one folder an update; renaming it into place is the commit of weights and ledger.

The metadata of a checkpoint lists the rollouts it consumed, so either both the new weights and
the consumption exist or neither. The newest checkpoint is the highest complete update; there is
no pointer file. Only safetensors and JSON, never pickle.
"""

import hashlib
import json
import os
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from storage.errors import (
    CheckpointExists,
    CheckpointNotFound,
    CorruptCheckpoint,
    IncompatibleCheckpoint,
)
from storage.files import new_folder
from storage.store import Store

SCHEMA_VERSION: Final = 1
WEIGHTS: Final = "weights.safetensors"
OPTIMIZER: Final = "optimizer.safetensors"
METADATA: Final = "metadata.json"
_FOLDER: Final = re.compile(r"update=(\d{6,})")

Arrays = Mapping[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Everything that a trainer needs to go on, and where it came from."""

    run: str
    update: int
    weights: Arrays
    optimizer: Arrays
    state: Mapping[str, object]  # tuner, random generators, counters: JSON
    settings: Mapping[str, object]
    settings_hash: str
    rules_version: str
    layout_version: str
    parent: str = ""  # checkpoint id of the policy it was trained from
    consumed: tuple[str, ...] = ()  # rollout ids
    metrics: Mapping[str, object] = field(default_factory=dict)
    library_versions: Mapping[str, str] = field(default_factory=dict)
    created_at: str = ""  # ISO time; filled at the commit

    @property
    def checkpoint_id(self) -> str:
        """Content hash of weights, optimiser and state: the id used everywhere."""
        digest = hashlib.blake2b(digest_size=12)
        digest.update(tensor_bytes(self.weights))
        digest.update(tensor_bytes(self.optimizer))
        digest.update(_canonical(self.state))
        return digest.hexdigest()


def tensor_bytes(arrays: Arrays) -> bytes:
    ordered = {name: np.asarray(arrays[name], order="C") for name in sorted(arrays)}
    return save(ordered)


def _canonical(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def checkpoint_path(store: Store, run: str, update: int) -> Path:
    """Folder of one update's checkpoint."""
    return store.checkpoints(run) / f"update={update:06d}"


def commit(store: Store, checkpoint: Checkpoint) -> str:
    """Write and publish a checkpoint; returns its id.

    Raises CheckpointExists if the update is there already (another trainer was faster), DiskFull
    or NotWritable; in every case nothing was changed.
    """
    path = checkpoint_path(store, checkpoint.run, checkpoint.update)
    checkpoint_id = checkpoint.checkpoint_id
    try:
        with new_folder(path) as folder:
            (folder / WEIGHTS).write_bytes(tensor_bytes(checkpoint.weights))
            (folder / OPTIMIZER).write_bytes(tensor_bytes(checkpoint.optimizer))
            (folder / METADATA).write_text(
                json.dumps(_metadata(checkpoint, checkpoint_id), indent=1), encoding="utf-8"
            )
    except FileExistsError as error:
        raise CheckpointExists(
            f"update {checkpoint.update} of run {checkpoint.run} is committed already: {path}"
        ) from error
    return checkpoint_id


def _metadata(checkpoint: Checkpoint, checkpoint_id: str) -> dict[str, object]:
    return {
        "schema_version": SCHEMA_VERSION,
        "checkpoint_id": checkpoint_id,
        "run": checkpoint.run,
        "update": checkpoint.update,
        "parent": checkpoint.parent,
        "consumed": list(checkpoint.consumed),
        "rules_version": checkpoint.rules_version,
        "layout_version": checkpoint.layout_version,
        "settings": dict(checkpoint.settings),
        "settings_hash": checkpoint.settings_hash,
        "state": dict(checkpoint.state),
        "metrics": dict(checkpoint.metrics),
        "library_versions": dict(checkpoint.library_versions),
        "created_at": checkpoint.created_at or datetime.now(UTC).isoformat(),
    }


def updates(store: Store, run: str) -> list[int]:
    """Numbers of all complete checkpoints of a run, ascending."""
    return [
        update
        for update in _numbers(store, run)
        if (checkpoint_path(store, run, update) / METADATA).exists()
    ]


def newest_update(store: Store, run: str) -> int | None:
    """The highest complete update, None before the first checkpoint."""
    for update in reversed(_numbers(store, run)):
        if (checkpoint_path(store, run, update) / METADATA).exists():
            return update
    return None


def _numbers(store: Store, run: str) -> list[int]:
    """Numbers of all folders of checkpoints, ascending, without a look into any."""
    try:
        names = os.listdir(store.checkpoints(run))
    except FileNotFoundError:
        return []
    return sorted(int(match[1]) for name in names if (match := _FOLDER.fullmatch(name)))


def read_metadata(store: Store, run: str, update: int) -> dict[str, object]:
    """The metadata of one checkpoint; CheckpointNotFound or CorruptCheckpoint."""
    missing = f"run {run} has no checkpoint of update {update} in {store.root}"
    return _read_metadata(checkpoint_path(store, run, update) / METADATA, missing)


def _read_metadata(path: Path, missing: str) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CheckpointNotFound(missing) from error
    except (ValueError, OSError) as error:
        raise CorruptCheckpoint(f"{path} is not readable JSON: {error}") from error
    if content.get("schema_version") != SCHEMA_VERSION:
        raise IncompatibleCheckpoint(
            f"{path} has schema version {content.get('schema_version')}, not {SCHEMA_VERSION}"
        )
    return dict(content)


def load(
    store: Store,
    run: str,
    update: int | None = None,
    *,
    rules_version: str | None = None,
    layout_version: str | None = None,
) -> Checkpoint:
    """Load a checkpoint (the newest without `update`), verified against its hash.

    Raises CheckpointNotFound, CorruptCheckpoint (missing or changed files) and
    IncompatibleCheckpoint if the versions are given and differ.
    """
    if update is None:
        update = newest_update(store, run)
    if update is None:
        raise CheckpointNotFound(
            f"run {run} has no checkpoint in {store.root}: clone or train first"
        )
    metadata = read_metadata(store, run, update)
    require_versions(metadata, rules_version, layout_version)
    if not has_weights(store, run, update):
        raise CorruptCheckpoint(
            f"checkpoint {update} of run {run} has no weights (old ones are thinned out): choose "
            "another update"
        )
    return _verified(checkpoint_path(store, run, update), metadata)


def load_folder(
    folder: Path, *, rules_version: str | None = None, layout_version: str | None = None
) -> Checkpoint:
    """Load the checkpoint in a folder, wherever it lies; refuses as `load` does."""
    metadata = _read_metadata(folder / METADATA, f"there is no checkpoint in {folder}")
    require_versions(metadata, rules_version, layout_version)
    return _verified(folder, metadata)


def find(store: Store, checkpoint_id: str, run: str = "") -> tuple[str, int] | None:
    """Run and update of the checkpoint with this id (or the start of one); None without it.

    The given run is looked through first.
    """
    for name in sorted(store.runs(), key=lambda other: other != run):
        for update in reversed(updates(store, name)):
            if str(read_metadata(store, name, update)["checkpoint_id"]).startswith(checkpoint_id):
                return name, update
    return None


def require_versions(
    metadata: Mapping[str, object], rules_version: str | None, layout_version: str | None
) -> None:
    """IncompatibleCheckpoint if a version is given and differs."""
    wanted = {"rules": rules_version, "observation layout": layout_version}
    found = {"rules": "rules_version", "observation layout": "layout_version"}
    for what, version in wanted.items():
        if version is not None and metadata[found[what]] != version:
            raise IncompatibleCheckpoint(
                f"checkpoint {metadata['run']}/{metadata['update']} was made with {what} version "
                f"{metadata[found[what]]}, this program has {version}: train a new one, or use "
                "the program's version that made it"
            )


def _verified(folder: Path, metadata: Mapping[str, object]) -> Checkpoint:
    try:
        weights = load_file(folder / WEIGHTS)
        optimizer = load_file(folder / OPTIMIZER)
    except (OSError, SafetensorError) as error:
        raise CorruptCheckpoint(
            f"{folder} is damaged ({error}): use an older update or train again"
        ) from error
    fields = {
        name: metadata[name]
        for name in (
            "run",
            "update",
            "parent",
            "rules_version",
            "layout_version",
            "settings",
            "settings_hash",
            "state",
            "metrics",
            "library_versions",
            "created_at",
        )
    }
    consumed = metadata["consumed"]
    assert isinstance(consumed, list)
    checkpoint = Checkpoint(
        weights=weights,
        optimizer=optimizer,
        consumed=tuple(consumed),
        **fields,  # type: ignore[arg-type]
    )
    if checkpoint.checkpoint_id != metadata["checkpoint_id"]:
        raise CorruptCheckpoint(
            f"{folder} does not match its hash {metadata['checkpoint_id']}: files were changed"
        )
    return checkpoint


def ledger(store: Store, run: str, since_update: int) -> Iterator[str]:
    """Ids of the rollouts that checkpoints after `since_update` consumed."""
    for update in _numbers(store, run):
        path = checkpoint_path(store, run, update) / METADATA
        if update > since_update and path.exists():
            consumed = read_metadata(store, run, update)["consumed"]
            assert isinstance(consumed, list)
            yield from consumed


def thin(
    store: Store, run: str, keep_every: int, keep_newest: int = 10, keep: Container[int] = ()
) -> int:
    """Delete weights of old checkpoints, except every `keep_every`-th and those in `keep`.

    Their metadata, and with it the ledger of what they consumed, stays.

    Looks back only as far as the last call did its work. Returns the number of checkpoints whose
    weights were deleted.
    """
    old = reversed(_numbers(store, run)[:-keep_newest])
    deletable = (update for update in old if update % keep_every and update not in keep)
    full = list(takewhile(lambda update: has_weights(store, run, update), deletable))
    for update in reversed(full):  # a death leaves only what the next call looks at first
        for name in (OPTIMIZER, WEIGHTS):
            (checkpoint_path(store, run, update) / name).unlink(missing_ok=True)
    return len(full)


def has_weights(store: Store, run: str, update: int) -> bool:
    """Whether the checkpoint can be loaded: old ones keep only what they consumed."""
    return (checkpoint_path(store, run, update) / WEIGHTS).exists()
