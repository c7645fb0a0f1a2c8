"""The experiment index: `index.json` beside one Markdown report per experiment.

Numbers and texts are made elsewhere; here they are kept: an experiment keeps its number and the
words a person wrote about it however often its report is generated again.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator

from storage.errors import CorruptFile
from storage.files import write_bytes, write_json

SCHEMA_VERSION: Final = 2
SCHEMA: Final = Path(__file__).parent / "index.schema.json"
INDEX: Final = "index.json"
Entry = dict[str, Any]


def read_index(folder: Path) -> Entry:
    """The index of a folder; an empty one if there is none. CorruptFile if it is not ours."""
    path = folder / INDEX
    if not path.exists():
        return {"schema_version": SCHEMA_VERSION, "snapshot_date": "", "runs": []}
    try:
        index = json.loads(path.read_text(encoding="utf-8"))
        if index["schema_version"] != SCHEMA_VERSION or not isinstance(index["runs"], list):
            raise KeyError("schema_version")
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptFile(f"{path} is not an experiment index ({error}): move it away") from error
    return dict(index)


def find(index: Mapping[str, Any], run_id: str) -> Entry | None:
    """The entry of a run, None if it is not in the index."""
    return next((dict(entry) for entry in index["runs"] if entry["run_id"] == run_id), None)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def validate(index: Mapping[str, Any], folder: Path) -> None:
    """Hold the index to its schema, and to its reports: CorruptFile says what does not fit.

    Every entry has its report, every report of the folder (`NNN_*.md`) its entry, and neither a
    number nor a run occurs twice.
    """
    found = next(iter(_validator().iter_errors(index)), None)
    if found is not None:
        place = "/".join(map(str, found.absolute_path)) or "the top"
        raise CorruptFile(f"{folder / INDEX}, {place}: {found.message}")
    named = [str(entry["report"]) for entry in index["runs"]]
    numbers = [int(entry["number"]) for entry in index["runs"]]
    if len(set(named)) < len(named) or len(set(numbers)) < len(numbers):
        raise CorruptFile(f"{folder / INDEX} names a report or a number twice: {sorted(named)}")
    there = {path.name for path in folder.glob("[0-9][0-9][0-9]*_*.md")}
    if there != set(named):
        odd = sorted(there ^ set(named))
        raise CorruptFile(
            f"{folder / INDEX} and the reports beside it differ: {', '.join(odd)}. "
            "Generate the report again, or move the file away"
        )


def _slug(run_id: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", run_id.lower()).strip("_")


def _next_number(index: Mapping[str, Any]) -> int:
    return max((int(entry["number"]) for entry in index["runs"]), default=0) + 1


def record(
    folder: Path, run_id: str, entry: Entry, render: Callable[[Entry], str], notes: str | None
) -> Path:
    """Write an experiment's report, then put it into the index; returns the report's path.

    `render` makes the report's text from the complete entry. `notes` replaces a person's words,
    None keeps what is there.
    """
    index = read_index(folder)
    known = find(index, run_id)
    number = int(known["number"]) if known else _next_number(index)
    report = f"{number:03d}_{_slug(run_id)}.md"
    kept_notes = notes if notes is not None else (known or {}).get("notes", "")
    complete = {"number": number, "run_id": run_id, "report": report, **entry, "notes": kept_notes}
    path = folder / report
    write_bytes(path, render(complete).encode())
    others = [other for other in index["runs"] if other["run_id"] != run_id]
    runs = sorted([*others, complete], key=lambda item: int(item["number"]))
    snapshot = datetime.now(UTC).date().isoformat()
    index = {"schema_version": SCHEMA_VERSION, "snapshot_date": snapshot, "runs": runs}
    validate(index, folder)
    write_json(folder / INDEX, index)
    return path
