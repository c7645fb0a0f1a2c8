"""What flows show in Prefect's UI: worth trying, never worth failing for.

A server that is away for a minute must not end a flow run that plays or trains.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from uuid import UUID

import httpx
from prefect import get_run_logger
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.exceptions import PrefectHTTPStatusError


@contextmanager
def best_effort(what: str) -> Iterator[None]:
    """Go on without the block's effect if the server does not answer or is too busy."""
    try:
        yield
    except (httpx.HTTPError, PrefectHTTPStatusError, OSError) as error:
        get_run_logger().warning("%s is not shown: %s", what, error)


@dataclass(slots=True)
class Progress:
    """A progress bar in the UI, made when the server first answers."""

    key: str
    description: str
    artifact: UUID | None = None

    def show(self, percent: float) -> None:
        """Move the bar."""
        with best_effort("progress"):
            if self.artifact is None:
                made = create_progress_artifact(percent, self.key, self.description)
                self.artifact = cast(UUID, made)
            else:
                update_progress_artifact(self.artifact, min(100.0, percent))
