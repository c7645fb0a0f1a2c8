"""The page of uncertain rules says what the marks in the code say."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ascension.conformance.uncertain import GAME, UNCERTAIN, MalformedMark, marks, page
from commands.main import app

PAGE = Path(__file__).parents[2] / "docs" / "uncertain_rules.md"


def test_the_page_is_up_to_date():
    told = "run: ascension content --uncertain --write docs/uncertain_rules.md"
    assert PAGE.read_text(encoding="utf-8") == page(marks()), told


def test_every_row_of_content_with_a_doubtful_note_is_marked():
    doubtful = set()
    for table in (GAME / "content").glob("*.csv"):
        with table.open(encoding="utf-8") as file:
            doubtful |= {
                row["name"]
                for row in csv.DictReader(file)
                if any("MARK" in str(cell) for cell in row.values())
            }
    said = " ".join(mark.built for mark in marks() if mark.kind == UNCERTAIN)
    assert {name for name in doubtful if name not in said} == set()


def test_a_mark_is_found_with_its_place_and_all_its_lines(tmp_path):
    (tmp_path / "rules.py").write_text(
        "COST = 3\n\n\n# UNCERTAIN(shop.md 2): costs 50,\n#   or 75. Settled by: a shop.\n"
        "def price():\n    # UNSEEDED(shop.md 3): a roll. Settled by: nothing: no seed.\n"
        "    return COST\n"
    )
    uncertain, unseeded = marks(tmp_path)
    assert (uncertain.source, uncertain.built, uncertain.settled) == (
        "shop.md 2",
        "costs 50, or 75.",
        "a shop.",
    )
    assert (uncertain.module, uncertain.place) == ("rules.py", "price")
    assert (unseeded.kind, unseeded.place) == ("UNSEEDED", "price")
    assert "| shop.md 3 | A roll. | No seed. | `rules.py` `price` |" in page([unseeded])


def test_a_mark_that_nothing_would_settle_is_refused(tmp_path):
    (tmp_path / "rules.py").write_text("# UNCERTAIN(shop.md 2): costs 50\nCOST = 50\n")
    with pytest.raises(MalformedMark, match="rules.py line 1"):
        marks(tmp_path)


def test_the_command_lists_and_writes_them(tmp_path):
    written = tmp_path / "page.md"
    result = CliRunner().invoke(app, ["content", "--uncertain", "--write", str(written)])
    assert result.exit_code == 0
    assert written.read_text(encoding="utf-8") == page(marks())
    listed = CliRunner().invoke(app, ["content", "--uncertain", "--json"])
    assert len(json.loads(listed.output)) == len(marks())
    assert "Toolbox" in CliRunner().invoke(app, ["content", "--uncertain"]).output
