"""The site of a run: pages, one local copy of the chart library, replays. No server, no network.

Every file is written under a temporary name and renamed, so a reader never opens half a page.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from dashboards import (
    charts,
    evaluated,
    page_decisions,
    page_evaluation,
    page_fights,
    page_health,
    page_lineage,
    page_overview,
    page_training,
    render,
)
from dashboards.content import Page
from dashboards.replays import FOLDER, Wanted, chosen_games, write_replays
from dashboards.source import Source, opened
from storage import Store
from storage.files import write_bytes, write_json

STATIC: Final = Path(__file__).parent / "static"
NAVIGATION: Final = [
    ("index", "Overview"),
    ("training", "Training"),
    ("evaluation", "Evaluation"),
    ("fights", "Fights"),
    ("decisions", "Decisions"),
    ("health", "Data health"),
    ("lineage", "Lineage"),
]
REPLAYS: Final = 8  # games played again for each evaluation
KEPT_REPLAYS: Final = 64
SUMMARY: Final = "site.json"


@dataclass(frozen=True, slots=True)
class Site:
    """What was written."""

    index: Path
    headline: str
    replays: int
    problems: tuple[str, ...]


def site_folder(store: Store) -> Path:
    """Where the site of a data folder lies."""
    return store.root / "site"


def build(store: Store, run: str, *, replays: int = REPLAYS, folder: Path | None = None) -> Site:
    """Write all pages of a run; raises what `storage.database.query` raises."""
    place = folder or site_folder(store)
    own = place / run
    library = _write_assets(place / "assets")
    with opened(store, run) as source:
        return _build(source, place, own, library, replays)


def _build(source: Source, place: Path, own: Path, library: str, replays: int) -> Site:
    games, problems = _replays(source, own, replays)
    pages: list[Callable[[], Page]] = [
        lambda: page_overview.page(source),
        lambda: page_training.page(source),
        lambda: page_evaluation.page(source),
        lambda: page_fights.page(source),
        lambda: page_decisions.page(source, own, games, problems),
        lambda: page_health.page(source),
        lambda: page_lineage.page(source),
    ]
    with charts.without_checks():
        headlines = [_write_page(page(), own, source, library) for page in pages]
    write_json(own / SUMMARY, {"run": source.run, "headline": headlines[0]})
    _write_index(place)
    return Site(own / "index.html", headlines[0], len(games), tuple(problems))


def _write_page(page: Page, folder: Path, source: Source, library: str) -> str:
    html = render.page_html(page, source.run, NAVIGATION, source.store.database.name, library)
    write_bytes(folder / f"{page.slug}.html", html.encode())
    return page.headline


def _write_assets(folder: Path) -> str:
    """Style, scripts and the chart library; returns the library's file name."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in STATIC.iterdir():
        write_bytes(folder / path.name, path.read_bytes())
    library = f"vega-{version('vl-convert-python')}.js"
    if not (folder / library).exists():
        write_bytes(folder / library, _library().encode())
    return library


@cache
def _library() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script without any outside request."""
    import vl_convert  # loads for a second; only the first build needs it

    bundle: str = vl_convert.javascript_bundle()
    return f"(function(){{{bundle}}})();"


def _replays(source: Source, folder: Path, most: int) -> tuple[list[Wanted], list[str]]:
    """Replays of the newest evaluation of the run's own policy, then those made before."""
    known = _known(folder)
    policies = [one for one in evaluated.newest_policies(source) if one.name != "teacher"]
    problems: list[str] = []
    wanted: list[Wanted] = []
    if policies and most > 0:
        newest = max(policies, key=lambda policy: policy.update)
        wanted = chosen_games(source, newest.evaluation_id, most)
        problems = write_replays(source, folder, wanted)
    present = [one for one in wanted if (folder / FOLDER / one.file).exists()]
    files = {one.file for one in present}
    games = [*present, *(one for one in known if one.file not in files)]
    _keep(folder, games[:KEPT_REPLAYS])
    return games[:KEPT_REPLAYS], problems


def _known(folder: Path) -> list[Wanted]:
    """Replays made for earlier evaluations, newest first."""
    path = folder / FOLDER / "replays.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        found = [Wanted(**entry) for entry in entries]
    except (FileNotFoundError, ValueError, TypeError):
        return []  # none yet, or of another version: they are made again
    return [one for one in found if (folder / FOLDER / one.file).exists()]


def _keep(folder: Path, games: Sequence[Wanted]) -> None:
    """Remember the games that have a replay, and delete the files of all others."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    kept = {one.file for one in games}
    for path in place.glob("*.js"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
    names = Wanted.__slots__
    entries = [{name: getattr(one, name) for name in names} for one in games]
    write_json(place / "replays.json", entries)


def _write_index(place: Path) -> None:
    """The list of runs that have pages."""
    found = sorted(place.glob(f"*/{SUMMARY}"), key=lambda one: one.stat().st_mtime, reverse=True)
    runs = [dict(json.loads(path.read_text(encoding="utf-8"))) for path in found]
    write_bytes(place / "index.html", render.index_html(runs).encode())
