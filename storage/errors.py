"""What can go wrong with stored things: each error says what, where, and what to do."""

import errno
from pathlib import Path


class StorageError(Exception):
    """Base of everything that storage refuses or cannot do."""


class DiskFull(StorageError):
    """Nothing was committed: there is no room left."""


class NotWritable(StorageError):
    """The place cannot be written: permissions, or a read-only file system."""


class CorruptFile(StorageError):
    """A file that is truncated or not what its name says."""


class ForeignFile(StorageError):
    """A readable file of another schema, layout or rules version."""


class CheckpointNotFound(StorageError):
    """There is no such checkpoint."""


class CorruptCheckpoint(StorageError):
    """A checkpoint whose files are missing, truncated or do not match their hash."""


class IncompatibleCheckpoint(StorageError):
    """A checkpoint of another observation layout or rules version."""


class CheckpointExists(StorageError):
    """Another trainer has committed this update already; nothing was overwritten."""


class TrainerBusy(StorageError):
    """Another process holds the trainer's lock."""


class DatabaseMissing(StorageError):
    """The stats database has not been built yet."""


class DatabaseLocked(StorageError):
    """Another program holds the stats database open for writing."""


class AlreadyThere(StorageError):
    """An object that may be written only once exists already."""


class Unreachable(StorageError):
    """The place did not answer, or failed in the middle; trying again may do."""


class InvalidQuery(StorageError):
    """SQL that the stats database does not accept."""


def from_os_error(error: OSError, path: Path) -> StorageError:
    """The named error for a failed write."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(f"no space left while writing {path}: free some room and run again")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return NotWritable(
            f"cannot write {path}: make the folder writable or choose another --data folder"
        )
    return StorageError(f"cannot write {path}: {error.strerror or error}")
