"""Where a page's numbers come from: queries to the views, for one run."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from storage import Store, database

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A query and its rows; the query is shown beside what is made of it."""

    sql: str
    rows: Rows

    def __bool__(self) -> bool:
        return bool(self.rows)


class Source:
    """The views of one run as they are when it is opened; every question is asked once."""

    def __init__(self, store: Store, run: str, ask: database.Ask) -> None:
        self.store = store
        self.run = run
        self._ask = ask
        self._known: dict[str, Answer] = {}

    @property
    def run_literal(self) -> str:
        """The run's name as SQL."""
        return literal(self.run)

    def ask(self, sql: str) -> Answer:
        """Rows of a statement in which `{run}` stands for the run's name."""
        text = " ".join(sql.replace("{run}", self.run_literal).split())
        if text not in self._known:
            self._known[text] = Answer(text, self._ask(text).dicts())
        return self._known[text]

    def value(self, sql: str) -> Any:
        """The only value of the first row; None if there is none."""
        rows = self.ask(sql).rows
        return next(iter(rows[0].values())) if rows else None


@contextmanager
def opened(store: Store, run: str) -> Iterator[Source]:
    """A source of the run; raises what `storage.database.reading` raises."""
    with database.reading(store) as ask:
        yield Source(store, run, ask)


def literal(value: str | int) -> str:
    """A value as SQL."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def plain(value: Any) -> Any:
    """A value as JSON: times as ISO text, floats with six digits, no NaN."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def plain_rows(rows: Sequence[dict[str, Any]]) -> Rows:
    """Rows as JSON values."""
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def every(count: int, most: int) -> int:
    """The step with which at most `most` of `count` rows remain."""
    return max(1, -(-count // most))
