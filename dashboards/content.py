"""What a page is made of, before it becomes HTML: sections of figures, tables, cards and checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Row = Mapping[str, Any]
Kind = Literal["text", "integer", "number", "percent", "time", "code", "yes_no"]
Tone = Literal["plain", "good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Empty:
    """Why there is nothing to see, and the command that changes it."""

    reason: str
    command: str = "ascension local"
    is_good: bool = False  # nothing is missing: there is just nothing to report


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the row's key, its heading, how its values are shown."""

    name: str
    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a query; `sql` gives the same rows, so that anybody can check them."""

    id: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    empty: Empty
    sql: str = ""
    caption: str = ""
    is_wide: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its words; `specification` is Vega-Lite, None if there is nothing to draw."""

    id: str
    title: str
    specification: Mapping[str, Any] | None
    alternative: str  # what the chart shows, for those who cannot see it
    caption: str
    empty: Empty
    sql: str = ""
    is_wide: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One big number."""

    label: str
    value: str
    note: str = ""
    tone: Tone = "plain"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """A row of big numbers."""

    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class Check:
    """One question to the data and its answer."""

    title: str
    tone: Tone
    finding: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """A list of checks."""

    checks: Sequence[Check]


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain, for example from a result to its checkpoint."""

    label: str
    value: str
    facts: Sequence[tuple[str, str]] = ()
    details: str = ""  # long text, folded away


@dataclass(frozen=True, slots=True)
class Chain:
    """Where something comes from, step by step."""

    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Theatre:
    """The stage on which recorded games are stepped through."""

    games: Sequence[Row]  # file, title and numbers of each
    empty: Empty


Block = Table | Figure | Cards | Checks | Chain | Theatre


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence, and blocks."""

    id: str
    title: str
    blocks: Sequence[Block]
    introduction: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site."""

    slug: str
    title: str
    headline: str
    sections: Sequence[Section] = field(default_factory=tuple)
