"""One process at a time: a lock on a file that the kernel frees when its holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import TrainerBusy, from_os_error

LOOK_SECONDS = 0.2  # a look (`is_held`) of another process is over long before
RETRY_SECONDS = 0.02


@contextmanager
def exclusive(path: Path, what: str, patience_seconds: float = LOOK_SECONDS) -> Iterator[None]:
    """Hold the lock for the block; TrainerBusy if another process keeps it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise from_os_error(error, path) from error
    try:
        if not _locked(descriptor, time.monotonic() + patience_seconds):
            raise TrainerBusy(f"{what} is running in another process (lock {path})")
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int, deadline: float) -> bool:
    """Try to take the lock until the deadline, once at least."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(RETRY_SECONDS)


def is_held(path: Path) -> bool:
    """Whether another process holds the lock right now; a hint, never a guarantee."""
    if not path.exists():
        return False
    try:
        with exclusive(path, "a look", patience_seconds=0.0):
            return False
    except TrainerBusy:
        return True
