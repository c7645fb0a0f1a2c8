"""HTML of a page: everything is escaped by the templates, JSON cannot close its script element."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboards import theme
from dashboards.content import Block, Cards, Chain, Checks, Figure, Kind, Page, Table, Theatre
from dashboards.source import plain

TEMPLATES: Final = Path(__file__).parent / "templates"
_KINDS: Final[Mapping[type, str]] = {
    Figure: "figure",
    Table: "table",
    Cards: "cards",
    Checks: "checks",
    Chain: "chain",
    Theatre: "theatre",
}


def json_text(content: Any) -> Markup:
    """JSON that may stand inside a script element whatever its texts contain."""
    text = json.dumps(plain(content), separators=(",", ":"), ensure_ascii=True)
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return Markup(safe)  # noqa: S704 - no character that HTML knows is left


def kind_of(block: Block) -> str:
    """Name of the block's template."""
    return _KINDS[type(block)]


def shown(value: Any, kind: Kind) -> str:
    """A value as people read it."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return _SHOWN.get(kind, str)(value)


def _number(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 0.01 or value == 0 else f"{value:.2g}"


def time_text(value: Any) -> str:
    """A time to the minute, UTC."""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
    return str(value)


_SHOWN: Final[Mapping[str, Callable[[Any], str]]] = {
    "percent": lambda value: f"{100 * value:.1f}%",
    "integer": lambda value: f"{value:,.0f}",
    "number": _number,
    "time": time_text,
    "yes_no": lambda value: "yes" if value else "no",
}


def raw(value: Any) -> str:
    """A value as JSON, for tests and for copying."""
    return json.dumps(plain(value), default=str)


def environment() -> Environment:
    """The templates, autoescaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(kind=kind_of, json=json_text, shown=shown, raw=raw)
    return made


def has(page: Page, kind: type) -> bool:
    """Whether the page has a block of a kind."""
    return any(isinstance(block, kind) for section in page.sections for block in section.blocks)


def page_html(
    page: Page, run: str, navigation: list[tuple[str, str]], database: str, library: str
) -> str:
    """The file of one page."""
    modes = {mode: theme.config(mode) for mode in ("light", "dark")}
    return (
        environment()
        .get_template("page.html")
        .render(
            page=page,
            run=run,
            navigation=navigation,
            database=database,
            library=library,
            built_at=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            configurations=json_text(modes),
            has_charts=has(page, Figure) or has(page, Theatre),
            has_theatre=has(page, Theatre),
        )
    )


def index_html(runs: list[dict[str, str]]) -> str:
    """The list of runs."""
    return environment().get_template("index.html").render(runs=runs)
