"""One process at a time: a lock on a file that the kernel frees when its holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import TrainerBusy, from_os_error


@contextmanager
def exclusive(path: Path, what: str) -> Iterator[None]:
    """Hold the lock for the block; TrainerBusy at once if another process has it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise from_os_error(error, path) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TrainerBusy(f"{what} is running in another process (lock {path})") from error
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether another process holds the lock right now; a hint, never a guarantee."""
    if not path.exists():
        return False
    try:
        with exclusive(path, "a look"):
            return False
    except TrainerBusy:
        return True
