"""The layout: offsets, widths and version derive from the lists of blocks."""

import dataclasses

import pytest

from ascension.environment import layout
from ascension.environment.encode_columns import CARD_COLUMN, CARD_COLUMNS, TASK_COLUMN, TASKS
from ascension.environment.layout import OPTION, STATE, Block, Layout
from ascension.game.ids import cards


@pytest.mark.parametrize("table", [STATE, OPTION])
def test_blocks_follow_each_other_without_gaps(table: Layout) -> None:
    end = 0
    for block in table.blocks:
        assert table.offset(block.name) == end
        end += block.width
    assert table.width == end == len(table.column_names()) == len(table.ranges())


@pytest.mark.parametrize("table", [STATE, OPTION])
def test_every_column_has_its_own_name(table: Layout) -> None:
    assert len(set(table.column_names())) == table.width


def test_monster_blocks_repeat_at_a_fixed_distance() -> None:
    stride = STATE.offset("monster_1") - STATE.offset("monster_0")
    for part in ("", "_number", "_intent", "_has", "_power"):
        assert STATE.offset(f"monster_4{part}") - STATE.offset(f"monster_0{part}") == 4 * stride


def test_the_version_changes_with_any_block() -> None:
    changed = dataclasses.replace(STATE.blocks[0], high=2.0)
    other = Layout("state", [changed, *STATE.blocks[1:]])
    assert list(other.digest_parts()) != list(STATE.digest_parts())
    assert len(layout.LAYOUT_VERSION) == 12


def test_two_blocks_of_one_name_are_refused() -> None:
    block = Block("a", ("x",), "write", 0, 1, "")
    with pytest.raises(ValueError, match="two blocks"):
        Layout("broken", [block, block])


def test_unknown_columns_are_named_in_the_error() -> None:
    with pytest.raises(KeyError, match="no column nothing"):
        STATE.column("scalar", "nothing")


def test_upgraded_cards_have_their_own_column_and_curses_have_one() -> None:
    assert CARD_COLUMN[2 * cards.BASH + 1] == CARD_COLUMN[2 * cards.BASH] + 1
    assert CARD_COLUMN[2 * cards.REGRET + 1] == CARD_COLUMN[2 * cards.REGRET]
    assert CARD_COLUMNS[CARD_COLUMN[2 * cards.BASH + 1]] == "bash+"


def test_every_card_choice_of_the_rules_has_a_column() -> None:
    assert len(TASKS) - 1 not in TASK_COLUMN


def test_the_printed_table_names_every_block() -> None:
    text = layout.describe()
    assert all(f"| {block.name} |" in text for table in (STATE, OPTION) for block in table.blocks)
