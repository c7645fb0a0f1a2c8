"""Blind columns: over many random games every block moves, and every plain number changes.

Content blocks (cards, relics, monsters ...) cannot all be met in a handful of games; of those a
share must have been seen. What stays constant in the other blocks is listed with its reason.
"""

import random

import numpy as np
import pytest
from numpy.typing import NDArray

from ascension.environment.layout import OPTION, OPTION_WIDTH, STATE, STATE_WIDTH, Layout
from tests.environment.play import boosted, encode

GAMES = 12
DECISIONS = 700

# Blocks of which every column must be seen, apart from the exceptions below.
COMPLETE = {
    "state": ["kind", "scalar", "monster_0_number", "monster_0_intent", "outlook", "next_row"],
    "option": ["kind", "number", "outlook", "next_row", "target_slot", "purpose"],
}
CONSTANT = {
    "scalar.act_4": "needs three keys",
    "scalar.ruby_key": "keys are shown only where a fourth act can be reached",
    "scalar.emerald_key": "the same",
    "scalar.sapphire_key": "the same",
    "scalar.needs_keys": "the same",
    "scalar.facing_left": "only the elites of act 4 surround the player",
    "monster_0_intent.defend_debuff": "one move of one monster of act 3",
    "number.is_burning": "the burning elite exists only on the way to act 4",
    "number.is_flight": "needs Wing Boots",
    "number.bottled": "needs a bottle",
    "number.gold_change": "one event",
    "kind.treasure": "a chest is a question with Cursed Key only",
    "kind.deck_duplicate": "one event and one relic",
    "kind.deck_offer": "one event",
    "purpose.duplicate": "one event and one relic",
    "purpose.transform_upgrade": "needs Astrolabe",
    "scalar.chest_size": "as kind.treasure",
    "purpose.bonfire_spirits": "one event",
}
# Share of the columns that must be seen at least, where it is not a tenth.
SHARES = {
    "deck": 0.3,
    "hand": 0.3,
    "relic": 0.35,
    "potion": 0.5,
    "monster_0": 0.5,
    "last_move": 0.4,
    "event": 0.4,
    "event_option": 0.3,
    "play_card": 0.25,
    "neow_bonus": 0.5,
}
RARE = {
    "next_draw": "needs Frozen Eye",
    "lose_relic": "one event",
    "lose_potion": "needs a full belt",
    "monster_4_number": "five monsters are rare",
}
FEW = {
    "monster_4",
    "monster_4_intent",
    "monster_4_has",
    "monster_4_power",
    "monster_3_has",
    "monster_3_power",
}


@pytest.fixture(scope="module")
def seen() -> dict[str, NDArray[np.bool_]]:
    """Which columns were ever written, over random games of several ascensions."""
    state = np.zeros(STATE_WIDTH, dtype=bool)
    option = np.zeros(OPTION_WIDTH, dtype=bool)
    for seed in range(GAMES):
        session = boosted(seed, ascension=(7 * seed) % 21)
        chance = random.Random(seed)
        for _ in range(DECISIONS):
            if session.is_over:
                break
            batch = encode(session.game)
            state[batch.state_indices] = True
            option[batch.option_indices] = True
            session.choose(chance.randrange(len(session.options)))
    return {"state": state, "option": option}


def columns_of(layout: Layout, seen: NDArray[np.bool_], block: str) -> NDArray[np.bool_]:
    start = layout.offset(block)
    return seen[start : start + layout.block(block).width]


@pytest.mark.parametrize("layout", [STATE, OPTION], ids=lambda layout: layout.name)
def test_no_plain_column_is_constant(layout: Layout, seen: dict[str, NDArray[np.bool_]]) -> None:
    for name in COMPLETE[layout.name]:
        met = columns_of(layout, seen[layout.name], name)
        missing = [
            f"{name}.{column}"
            for column, is_met in zip(layout.block(name).columns, met, strict=True)
            if not is_met and f"{name}.{column}" not in CONSTANT
        ]
        assert not missing


@pytest.mark.parametrize("layout", [STATE, OPTION], ids=lambda layout: layout.name)
def test_no_block_is_blind(layout: Layout, seen: dict[str, NDArray[np.bool_]]) -> None:
    for block in layout.blocks:
        if block.name in RARE or block.name in FEW:
            continue
        share = columns_of(layout, seen[layout.name], block.name).mean()
        assert share >= SHARES.get(block.name, 0.1), block.name
