"""A checkpoint that travels with the program: weights and lineage in a plain folder.

No optimiser and no ledger, so it can be played but not trained on. Its metadata holds the hash of
the weights file and the versions it was made with; it is refused as any other checkpoint is.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load

from storage.checkpoints import METADATA, WEIGHTS, Arrays, Checkpoint, require_versions
from storage.checkpoints import tensor_bytes as bytes_of
from storage.errors import CheckpointNotFound, CorruptCheckpoint, IncompatibleCheckpoint
from storage.files import write_bytes, write_json

SHIPPED_VERSION: Final = 1
SHIPPED_KIND: Final = "shipped checkpoint"


@dataclass(frozen=True, slots=True)
class Shipped:
    """Weights (float32, whatever the file holds) and where they came from."""

    weights: Arrays
    metadata: Mapping[str, object]

    @property
    def checkpoint_id(self) -> str:
        """Id of the checkpoint that was shipped."""
        return str(self.metadata["checkpoint_id"])

    @property
    def name(self) -> str:
        """`run/update` of the checkpoint that was shipped."""
        return f"{self.metadata['run']}/{self.metadata['update']}"


def is_shipped(folder: Path) -> bool:
    """Whether the folder holds a shipped checkpoint rather than a trainer's."""
    try:
        content = json.loads((folder / METADATA).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("kind") == SHIPPED_KIND


def halved(weights: Arrays) -> Arrays:
    """The weights with every float32 array as float16."""
    return {
        name: array.astype(np.float16) if array.dtype == np.float32 else array
        for name, array in weights.items()
    }


def widened(weights: Arrays) -> Arrays:
    """The weights with every float16 array as float32: what the network computes with."""
    return {
        name: array.astype(np.float32) if array.dtype == np.float16 else array
        for name, array in weights.items()
    }


def size_of(weights: Arrays) -> int:
    """Bytes of the weights file."""
    return len(bytes_of(weights))


def ship(
    checkpoint: Checkpoint,
    weights: Arrays,
    folder: Path,
    lineage: Mapping[str, object],
) -> Path:
    """Write a checkpoint's weights (as given: float32 or float16) and lineage into a folder.

    What lay there before is replaced; between the two writes the folder is refused as damaged,
    never played. DiskFull or NotWritable if it cannot be written.
    """
    content = bytes_of(weights)
    kinds = sorted({str(array.dtype) for array in weights.values() if array.dtype.kind == "f"})
    metadata = {
        "kind": SHIPPED_KIND,
        "shipped_version": SHIPPED_VERSION,
        "checkpoint_id": checkpoint.checkpoint_id,
        "weights_hash": _hash(content),
        "weights_type": ", ".join(kinds),
        "weights_bytes": len(content),
        "run": checkpoint.run,
        "update": checkpoint.update,
        "rules_version": checkpoint.rules_version,
        "layout_version": checkpoint.layout_version,
        "settings": dict(checkpoint.settings),
        "settings_hash": checkpoint.settings_hash,
        "library_versions": dict(checkpoint.library_versions),
        "created_at": checkpoint.created_at,
        "shipped_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "lineage": dict(lineage),
    }
    write_bytes(folder / WEIGHTS, content)
    write_json(folder / METADATA, metadata)
    return folder


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


def load_shipped(
    folder: Path, *, rules_version: str | None = None, layout_version: str | None = None
) -> Shipped:
    """Read a shipped checkpoint back, verified against its hash.

    Raises CheckpointNotFound, CorruptCheckpoint or IncompatibleCheckpoint.
    """
    metadata = _metadata(folder)
    require_versions(metadata, rules_version, layout_version)
    try:
        content = (folder / WEIGHTS).read_bytes()
        if _hash(content) != metadata["weights_hash"]:
            raise CorruptCheckpoint(
                f"{folder / WEIGHTS} does not match its hash {metadata['weights_hash']}: restore "
                "both files, or ship a checkpoint again with `ascension checkpoint ship`"
            )
        return Shipped(widened(load(content)), metadata)
    except (OSError, SafetensorError) as error:
        raise CorruptCheckpoint(f"{folder} is damaged ({error}): restore its files") from error


def _metadata(folder: Path) -> dict[str, object]:
    path = folder / METADATA
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CheckpointNotFound(
            f"no checkpoint is shipped in {folder}: choose one of your own with "
            "`ascension checkpoint ship`"
        ) from error
    except (OSError, ValueError) as error:
        raise CorruptCheckpoint(f"{path} is not readable JSON: {error}") from error
    if content.get("kind") != SHIPPED_KIND or content.get("shipped_version") != SHIPPED_VERSION:
        raise IncompatibleCheckpoint(
            f"{path} is not a shipped checkpoint of version {SHIPPED_VERSION}"
        )
    return dict(content)
