"""Observation and reward are alive and honest; and the checks would notice if they were not."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from ascension.environment.layout import OPTION, STATE
from ascension.environment.rewards import DEFAULT
from ascension.environment.session import Session
from ascension.fuzzing.honesty import Shown, shown
from ascension.health import checks, leaks
from ascension.health.checks import (
    Health,
    constant_columns,
    cut_values,
    dark_blocks,
    dead_terms,
    examine,
    findings,
)
from ascension.health.leaks import LeakCheck, differing, with_dome
from ascension.health.survey import Columns, Earnings
from commands.main import app


@pytest.mark.timeout(1200)
def test_nothing_is_constant_saturated_dead_or_given_away():
    health = examine(games=24)
    problems = [finding for finding in findings(health) if not finding.ok]
    assert not problems
    assert health.leaks.looks > 100 and health.leaks.dome_looks > 100
    for earnings in (health.ordinary.default, health.ordinary.original):
        assert sum(earnings.shares().values()) == pytest.approx(1.0)


def full(layout, rows=100):
    """Columns that all moved."""
    columns = Columns(layout)
    columns.rows = rows
    columns.entries[:] = rows
    columns.low[:], columns.high[:] = 0.25, 0.5
    return columns


def test_a_column_that_is_never_written_is_constant():
    columns = full(STATE)
    assert constant_columns(columns) == []
    columns.entries[STATE.column("scalar", "gold")] = 0
    assert constant_columns(columns) == ["scalar.gold"]


def test_a_column_that_never_changes_is_constant():
    columns = full(OPTION)
    place = OPTION.column("number", "cost")
    columns.high[place] = columns.low[place]
    assert constant_columns(columns) == ["number.cost"]


def test_a_block_of_which_too_little_is_written_is_dark():
    columns = full(STATE)
    start = STATE.offset("relic")
    columns.entries[start : start + STATE.block("relic").width] = 0
    assert dark_blocks(columns) == ["relic 0% of 35%"]


def test_entries_are_counted_with_their_range():
    columns = Columns(STATE)
    gold = STATE.column("scalar", "gold")
    columns.add(3, np.array([gold, gold], dtype=np.int32), np.array([5.0, 0.1], dtype=np.float32))
    assert (columns.rows, columns.entries[gold], columns.cut[gold]) == (3, 2, 1)
    assert (columns.low[gold], columns.high[gold]) == (pytest.approx(0.1), 5.0)
    assert not columns.is_constant()[gold]


def test_a_column_that_is_often_at_the_top_of_its_range_is_saturated():
    columns = full(STATE)
    columns.cut[STATE.column("scalar", "gold")] = 20
    columns.cut[STATE.column("kind", "combat")] = 100  # a flag is always at its top
    assert cut_values(columns) == ["scalar.gold 20%"]


def test_a_term_that_never_pays_is_dead():
    earnings = Earnings(DEFAULT)
    earnings.add(np.array([0.1, 0.0, -0.1]))
    assert dead_terms([earnings]) == ["victory"]
    assert earnings.shares() == pytest.approx({"floor": 0.5, "victory": 0.0, "hp": 0.5})


def in_a_fight(seed=3):
    session = Session(seed)
    while session.game.combat is None:
        session.choose(0)
    return session


def telltale(game):
    """Shows the top card of the draw pile, and intents under Runic Dome as well."""
    told = shown(game)
    batch = told.batch.copy()
    batch.state_values[0] = game.combat.draw_pile[-1].uid if game.combat else 0
    batch.option_values[0] = game.combat.monsters[0].base_damage if game.combat else 0
    return Shown(batch, told.screen, told.actions)


def test_what_gives_hidden_things_away_is_named(monkeypatch):
    session = in_a_fight()
    check = LeakCheck()
    monkeypatch.setattr(leaks, "shown", telltale)
    for _ in range(leaks.EVERY * 6):
        check.look([session])
    names = STATE.column_names()
    told = shown(session.game).batch
    assert f"state: {names[told.state_indices[0]]}" in check.hidden
    assert any(name.startswith("option: ") for name in check.intents)


def test_a_copy_with_runic_dome_leaves_the_game_as_it_is():
    game = in_a_fight().game
    before = shown(game).batch
    assert differing(before, shown(with_dome(game)).batch)
    assert not differing(before, shown(game).batch)


def test_the_command_answers_as_json_and_fails_if_something_is_wrong(monkeypatch):
    monkeypatch.setattr(checks, "examine", lambda games, tell: Health())
    result = CliRunner().invoke(app, ["doctor", "--observations", "--json"])
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["ok"]) == (1, False)
    assert {"reward_shares", "moved", "findings"} <= set(answer)
    assert "Runic Dome" in {finding["check"] for finding in answer["findings"]}
    assert CliRunner().invoke(app, ["doctor", "--observations"]).exit_code == 1


def test_the_layout_can_be_printed():
    result = CliRunner().invoke(app, ["doctor", "--layout"])
    assert result.exit_code == 0
    assert "Observation layout" in result.output
