"""A place that machines share: a folder (`file:`) or an object store (`s3:`), named by a URL.

Whole objects only. Everything but the commit goes through `pyarrow.fs`; the commit is a write that
succeeds for one writer only: a hard link on a file system, a conditional put on an object store.
"""

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import parse_qs, urlsplit

import pyarrow as pa
import pyarrow.fs as pafs

from storage.errors import AlreadyThere, StorageError, Unreachable, from_os_error
from storage.files import TEMPORARY, flush, write_bytes

CONDITION_FAILED = (409, 412)  # another put of the same key is under way, or was done before
_Result = TypeVar("_Result")


class Place(Protocol):
    """Objects by their names, which look like relative paths."""

    def names(self, prefix: str) -> list[str]:
        """Names of all objects in a folder and below it, sorted."""

    def get(self, name: str) -> bytes:
        """The content of an object; FileNotFoundError if there is none."""

    def put(self, name: str, content: bytes) -> None:
        """Write a whole object."""

    def put_new(self, name: str, content: bytes) -> None:
        """Write an object that must not exist; AlreadyThere if it does. The commit."""

    def delete(self, name: str) -> None:
        """Remove an object; nothing happens if there is none."""


def open_place(url: str) -> Place:
    """The place that a URL names: `file:///shared/run` or `s3://bucket/prefix?endpoint=HOST:PORT`.

    Credentials of an object store come from the environment (AWS_ACCESS_KEY_ID, ...), never from
    the URL. Raises StorageError for other URLs.
    """
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise StorageError("no credentials in URLs: set AWS_ACCESS_KEY_ID and its secret")
    if parts.scheme == "file" and parts.path.startswith("/"):
        return FolderPlace(Path(parts.path))
    if parts.scheme == "s3" and parts.netloc:
        endpoint = parse_qs(parts.query).get("endpoint", [""])[0]
        return ObjectPlace(parts.netloc, parts.path.strip("/"), endpoint)
    raise StorageError(f"{url!r} is no place: use file:///FOLDER or s3://BUCKET/PREFIX")


def checked_object(name: str) -> str:
    """The name if it stays inside its place; StorageError otherwise."""
    parts = name.split("/")
    if not name or "\0" in name or "\\" in name or any(part in ("", ".", "..") for part in parts):
        raise StorageError(f"{name!r} would leave its place: use relative names without '..'")
    return name


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A folder that the machines share."""

    root: Path

    def _path(self, name: str) -> Path:
        return self.root / checked_object(name)

    def names(self, prefix: str) -> list[str]:
        """Names of all objects in a folder and below it, sorted."""
        found = self._path(prefix).rglob("*")
        files = (path for path in found if path.is_file() and TEMPORARY not in path.name)
        return sorted(path.relative_to(self.root).as_posix() for path in files)

    def get(self, name: str) -> bytes:
        """The content of an object."""
        return self._path(name).read_bytes()

    def put(self, name: str, content: bytes) -> None:
        """Write a whole object."""
        write_bytes(self._path(name), content)

    def put_new(self, name: str, content: bytes) -> None:
        """Write an object that must not exist: a link to an existing name fails."""
        path = self._path(name)
        temporary = path.parent / f"{TEMPORARY}{uuid.uuid4().hex}"
        try:
            write_bytes(temporary, content)
            os.link(temporary, path)
            flush(path.parent)
        except FileExistsError as error:
            raise AlreadyThere(f"{path} is there already") from error
        except OSError as error:
            raise from_os_error(error, path) from error
        finally:
            temporary.unlink(missing_ok=True)

    def delete(self, name: str) -> None:
        """Remove an object."""
        self._path(name).unlink(missing_ok=True)


class ObjectPlace:
    """A prefix of an object store's bucket."""

    def __init__(self, bucket: str, prefix: str = "", endpoint: str = "") -> None:
        self.bucket = bucket
        self.prefix = prefix
        self.endpoint = endpoint
        is_local = endpoint.partition(":")[0] in ("127.0.0.1", "localhost")
        self.scheme = "http" if is_local else "https"
        where = {"endpoint_override": endpoint, "scheme": self.scheme} if endpoint else {}
        self.files = pafs.S3FileSystem(request_timeout=30, connect_timeout=10, **where)

    def _key(self, name: str) -> str:
        return f"{self.prefix}/{checked_object(name)}" if self.prefix else checked_object(name)

    def _path(self, name: str) -> str:
        return f"{self.bucket}/{self._key(name)}"

    def names(self, prefix: str) -> list[str]:
        """Names of all objects in a folder and below it, sorted."""
        where = pafs.FileSelector(self._path(prefix), recursive=True, allow_not_found=True)
        found = _reached(lambda: self.files.get_file_info(where), self._path(prefix))
        start = len(self._path(prefix)) - len(prefix)
        return sorted(info.path[start:] for info in found if info.type == pafs.FileType.File)

    def get(self, name: str) -> bytes:
        """The content of an object."""

        def read() -> bytes:
            with self.files.open_input_stream(self._path(name)) as stream:
                content: bytes = stream.read()
                return content

        return _reached(read, self._path(name))

    def put(self, name: str, content: bytes) -> None:
        """Write a whole object: it appears when the last byte has arrived, or never."""

        def write() -> None:
            with self.files.open_output_stream(self._path(name)) as stream:
                stream.write(content)

        _reached(write, self._path(name))

    def put_new(self, name: str, content: bytes) -> None:
        """Write an object that must not exist, by a conditional put."""
        client = self._client()
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            client.put_object(
                Bucket=self.bucket, Key=self._key(name), Body=content, IfNoneMatch="*"
            )
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] in CONDITION_FAILED:
                raise AlreadyThere(f"{self._path(name)} is there already") from error
            raise Unreachable(f"{self._path(name)} was refused: {error}") from error
        except BotoCoreError as error:
            raise Unreachable(f"{self._path(name)} cannot be reached: {error}") from error

    def _client(self) -> Any:
        try:
            import boto3
        except ImportError as error:
            raise StorageError("s3: needs boto3: pip install 'ascension-ai[s3]'") from error
        endpoint = f"{self.scheme}://{self.endpoint}" if self.endpoint else None
        return boto3.client("s3", endpoint_url=endpoint)

    def delete(self, name: str) -> None:
        """Remove an object."""
        try:
            _reached(lambda: self.files.delete_file(self._path(name)), self._path(name))
        except FileNotFoundError:
            return


def _reached(call: Callable[[], _Result], path: str) -> _Result:
    """The call's result; Unreachable for what a later try may not meet."""
    try:
        return call()
    except FileNotFoundError:
        raise
    except (OSError, pa.ArrowException) as error:
        raise Unreachable(f"{path} cannot be reached: {error}") from error
