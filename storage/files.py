"""Atomic writes: a file or folder is there complete, or not at all.

A temporary name in the same folder, flush, rename, flush the folder. A killed process leaves at
most a `.tmp-*` entry, which no reader matches and `sweep_temporary` removes.
"""

import json
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import StorageError, from_os_error

TEMPORARY = ".tmp-"
STALE_TEMPORARY_SECONDS = 3600.0


def write_atomically(
    path: Path, write: Callable[[Path], None], *, survives_power_loss: bool = True
) -> None:
    """Let `write` fill a temporary file, then rename it to `path`.

    The file survives the death of any process; that of the machine only if flushed to the disk.
    Raises DiskFull, NotWritable or StorageError; nothing is left behind then.
    """
    temporary = path.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(temporary)
        if survives_power_loss:
            flush(temporary)
        os.replace(temporary, path)
        if survives_power_loss:
            flush(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise from_os_error(error, path) from error


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file atomically."""
    write_atomically(path, lambda temporary: _fill(temporary, content))


def write_json(path: Path, content: object) -> None:
    """Write JSON atomically, keys in the given order, one trailing newline."""
    write_bytes(path, (json.dumps(content, indent=2) + "\n").encode())


def _fill(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A temporary folder to fill; renamed to `path` at the end of the block: the commit.

    Renaming onto an existing folder with content fails, so nothing is ever overwritten:
    FileExistsError then. Errors inside the block remove the temporary folder.
    """
    temporary = path.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
    try:
        temporary.mkdir(parents=True)
        yield temporary
        for file in temporary.iterdir():
            flush(file)
        flush(temporary)
        if path.exists():
            raise FileExistsError(path)
        os.rename(temporary, path)
        flush(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        if path.exists() and not isinstance(error, StorageError):
            raise FileExistsError(path) from error
        raise from_os_error(error, path) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def flush(path: Path) -> None:
    """fsync a file or a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def quarantine(path: Path, folder: Path, reason: str) -> Path:
    """Move a file that cannot be used out of the way, with its reason beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    try:
        os.replace(path, target)
    except FileNotFoundError:
        return target  # another process was faster
    write_json(folder / f"{path.name}.reason.json", {"from": str(path), "reason": reason})
    return target


def sweep_temporary(root: Path, older_than_seconds: float = STALE_TEMPORARY_SECONDS) -> int:
    """Remove what killed processes left behind; returns how many entries."""
    limit = time.time() - older_than_seconds
    swept = 0
    for entry in list(root.rglob(f"{TEMPORARY}*")):
        try:
            if entry.stat().st_mtime > limit:
                continue
        except FileNotFoundError:
            continue
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
        swept += 1
    return swept
