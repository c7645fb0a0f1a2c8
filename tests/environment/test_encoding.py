"""What the encoder shows and what it hides."""

import collections
import random

import numpy as np
import pytest

from ascension.environment.decisions import options_of
from ascension.environment.layout import OPTION, OPTION_WIDTH, STATE, STATE_WIDTH
from ascension.environment.session import Session
from ascension.fuzzing.honesty import check_honesty
from ascension.fuzzing.roundtrips import check_encoding
from ascension.game.actions import GO, verb_of
from ascension.game.combat.state import Card
from ascension.game.ids import cards, relics
from tests.environment.play import boosted, encode, play_randomly
from tests.environment.test_batch import equal


@pytest.mark.parametrize("seed", range(6))
def test_hidden_information_changes_neither_state_nor_options(seed: int) -> None:
    session = boosted(seed)
    chance = random.Random(seed)
    for _ in range(300):
        if session.is_over:
            break
        check_honesty(session.game, chance)
        session.choose(chance.randrange(len(session.options)))


@pytest.mark.parametrize("seed", range(4))
def test_values_are_finite_and_within_the_ranges_of_the_layout(seed: int) -> None:
    session = boosted(seed, ascension=5 * seed)
    chance = random.Random(seed)
    low, high = np.array(STATE.ranges()).T
    option_low, option_high = np.array(OPTION.ranges()).T
    for _ in range(400):
        if session.is_over:
            break
        batch = encode(session.game).check(STATE_WIDTH, OPTION_WIDTH)
        assert (batch.state_values >= low[batch.state_indices]).all()
        assert (batch.state_values <= high[batch.state_indices]).all()
        assert (batch.option_values >= option_low[batch.option_indices]).all()
        assert (batch.option_values <= option_high[batch.option_indices]).all()
        session.choose(chance.randrange(len(session.options)))


def test_every_option_of_a_decision_looks_different() -> None:
    repeated = collections.Counter[str]()
    for seed in range(4):
        session = boosted(seed)
        chance = random.Random(seed)
        for _ in range(300):
            if session.is_over:
                break
            repeated.update(_repeated_options(session))
            session.choose(chance.randrange(len(session.options)))
    assert not repeated


def _repeated_options(session: Session) -> list[str]:
    batch = encode(session.game)
    seen: dict[bytes, int] = {}
    out = []
    for row in range(batch.n_options):
        entries = slice(batch.option_offsets[row], batch.option_offsets[row + 1])
        key = batch.option_indices[entries].tobytes() + batch.option_values[entries].tobytes()
        if key in seen and not _are_twins(session, seen[key], row):
            out.append(session.game.describe(session.options[row]))
        seen[key] = row
    return out


def _are_twins(session: Session, first: int, second: int) -> bool:
    """Nodes with the same prospects, and monsters or cards that a player cannot tell apart."""
    if verb_of(session.options[first]) == GO:
        return True
    describe = session.game.describe
    return describe(session.options[first]) == describe(session.options[second])


def test_the_same_game_gives_the_same_bytes() -> None:
    first, second = boosted(7), boosted(7)
    play_randomly(first, 1, 60)
    play_randomly(second, 1, 60)
    assert equal(encode(first.game), encode(second.game))


def test_runic_dome_hides_intents_and_what_follows_from_them() -> None:
    session = boosted(3)
    while session.game.combat is None:
        session.choose(0)
    shown = encode(session.game)
    session.game.combat.owned[relics.RUNIC_DOME] = True
    hidden = encode(session.game)
    names = STATE.column_names()
    intents = {i for i, name in enumerate(names) if "_intent." in name or ".damage" in name}
    assert intents & set(shown.state_indices.tolist())
    assert not intents & set(hidden.state_indices.tolist())


def test_options_can_be_asked_for_again() -> None:
    session = Session(11)
    assert options_of(session.game) == session.options


def test_a_card_that_takes_all_of_much_energy_stays_in_range() -> None:
    session = boosted(2)
    while session.game.combat is None:
        session.choose(0)
    combat = session.game.combat
    combat.hand[0] = Card(cards.WHIRLWIND, 0, combat.hand[0].uid)
    combat.energy = 99
    check_encoding(encode(session.game))
