"""Nothing is missing silently: every row of the tables has its rules or stands in the list."""

import re
from pathlib import Path

import pytest

import ascension.game
from ascension.game import coverage, tables
from ascension.game.content.generate_ids import IDS, TABLES, module_text

RULES = Path(ascension.game.__file__).parent
FOLDERS = ("world", "combat")


def mentioned(pattern):
    """Every constant of a kind that some rule names."""
    files = [path for name in FOLDERS for path in (RULES / name).rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    return set(re.findall(pattern, text))


# These do nothing by themselves; frozen eye only shows the order of the draw pile.
WITHOUT_RULES = {"circlet", "red_circlet", "spirit_poop", "frozen_eye"}
RELIC_CONSTANT = r"\b(?:ids|R|relic_ids|relics|RELICS)\.([A-Z_]+)\b"


def test_every_relic_is_named_by_a_rule_or_listed_as_missing():
    named = {name.lower() for name in mentioned(RELIC_CONSTANT)}
    without = set(tables.RELIC_IDS) - named - WITHOUT_RULES - set(coverage.MISSING_RELICS)
    assert not without


def test_every_event_is_named_by_a_rule_or_listed_as_missing():
    named = {name.lower() for name in mentioned(r"\b(?:E|events)\.([A-Z_]+)\b")}
    assert not set(tables.EVENT_IDS) - named - set(coverage.MISSING_EVENTS)


def test_nothing_is_missing():
    assert coverage.missing_content() == {}


def test_a_card_without_a_function_would_be_listed():
    bash = tables.card_id("bash")
    function = coverage.CARD_USE[bash]
    coverage.CARD_USE[bash] = None
    try:
        assert coverage.missing_content() == {"cards": ["bash"]}
    finally:
        coverage.CARD_USE[bash] = function


@pytest.mark.parametrize("table", TABLES)
def test_the_id_modules_are_what_the_tables_say(table):
    assert (IDS / f"{table}.py").read_text(encoding="utf-8") == module_text(table)
