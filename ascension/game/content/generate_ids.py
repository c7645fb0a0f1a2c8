"""Write `ascension/game/ids/*.py`: one integer constant for every row of the content tables.

Run `python -m ascension.game.content.generate_ids` after adding a row; a test compares the
files with the tables. The constants exist so that the compiled rules can compare integers.
"""

import csv
from pathlib import Path

CONTENT = Path(__file__).parent
IDS = CONTENT.parent / "ids"
TABLES = ("cards", "relics", "potions", "powers", "monsters", "encounters", "events", "moves")


def row_names(table: str) -> list[str]:
    """The id of every row of a table, in order; a move's id is `<monster>_<move>`."""
    with (CONTENT / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if table == "moves":
        return [f"{row['monster']}_{row['move']}" for row in rows]
    return [row["id"] for row in rows]


def module_text(table: str) -> str:
    """The Python source of one id module."""
    lines = [
        f'"""Ids of the rows of `content/{table}.csv`; written by `content/generate_ids.py`."""',
        "",
        "from typing import Final",
        "",
    ]
    names = row_names(table)
    lines += [f"{name.upper()}: Final = {index}" for index, name in enumerate(names)]
    lines += [f"COUNT: Final = {len(names)}", ""]
    return "\n".join(lines)


def main() -> None:
    """Rewrite every id module."""
    for table in TABLES:
        (IDS / f"{table}.py").write_text(module_text(table), encoding="utf-8")


if __name__ == "__main__":
    main()
