"""`docs/sql.md` from the schema and the view files: `python -m storage.sql_docs` writes it."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from storage import database, tables
from storage.schemas import FACT_SCHEMAS

TARGET: Final = Path("docs/sql.md")
HEAD: Final = """# Ask the stats database

Generated from the schema by `python -m storage.sql_docs`; a test fails when it is out of date.

```sh
ascension sql "select * from evaluation_summary"          # a table in the terminal
ascension sql --csv "select * from deaths_by_floor"       # CSV with a header line
ascension sql --json "from tuner_actions limit 3"         # one JSON object
ascension export                                          # training_stats.csv, fight_stats.csv, ...
duckdb -readonly data/stats.duckdb                        # DuckDB's own command line
```

The database is built from the fact files and can always be rebuilt; questions never change it.
Views give names to the joins that people and the dashboard need. Times are UTC.
"""
_EXAMPLE: Final = "-- Example: "


def comment_of(view: str) -> tuple[str, str]:
    """What a view's rows are, and an example query ("" if it has none)."""
    lines = database.view_text(view).splitlines()
    comments = [line for line in lines if line.startswith("-- ")]
    about = [line[3:] for line in comments if not line.startswith(_EXAMPLE)]
    examples = [line.removeprefix(_EXAMPLE) for line in comments if line.startswith(_EXAMPLE)]
    return " ".join(about), examples[0] if examples else ""


def _columns(columns: Iterable[tuple[str, str]]) -> str:
    lines = [f"| `{name}` | {kind.lower()} |" for name, kind in columns]
    return "\n".join(["| column | type |", "|---|---|", *lines])


def _view(name: str, columns: Iterable[tuple[str, str]]) -> str:
    about, example = comment_of(name)
    shown = f'\n\n```sh\nascension sql "{example}"\n```' if example else ""
    return f"### {name}\n\n{about}{shown}\n\n{_columns(columns)}"


def _contents(names: Iterable[str]) -> str:
    return "\n".join(f"- [{name}](#{name}): {comment_of(name)[0]}" for name in names)


def render() -> str:
    """The whole page."""
    described = database.describe()
    facts = [
        f"### {name}\n\n{tables.ROWS[name]}\n\n{_columns(tables.fact_columns(name).items())}"
        for name in FACT_SCHEMAS
    ]
    checkpoints = (
        f"### checkpoints\n\n{tables.ROWS['checkpoints']}\n\n{_columns(tables.CHECKPOINTS.items())}"
    )
    views = [_view(name, columns) for name, columns in described.items()]
    parts = [HEAD, "## Views\n", _contents(described), *views, "## Tables", *facts, checkpoints]
    return "\n\n".join(part.rstrip() for part in parts) + "\n"


def main() -> None:
    """Write the page, or print it with `--print`."""
    if "--print" in sys.argv[1:]:
        sys.stdout.write(render())
    else:
        TARGET.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
