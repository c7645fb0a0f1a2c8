"""The tables of monsters and moves, and what is registered for them."""

import pytest

from ascension.game.combat.monsters import all as all_monsters
from ascension.game.combat.monsters.framework import SPECIAL_MOVE
from ascension.game.combat.monsters.numbers import (
    ABSENT,
    ASCENSIONS,
    MOVE_DAMAGE,
    MOVE_EFFECTS,
    MOVE_FOLLOW,
    OWN_RULE,
    intent_name,
    scaled,
    tiers,
)
from ascension.game.combat.registry import MONSTER_ROLL, MONSTER_TURN
from ascension.game.ids import moves
from ascension.game.tables import MONSTER_IDS, MOVE_IDS

REGISTERED = all_monsters.MODULES


@pytest.mark.parametrize("monster", range(len(MONSTER_IDS)), ids=MONSTER_IDS)
def test_every_monster_chooses_and_executes_moves(monster: int) -> None:
    assert MONSTER_ROLL[monster] is not None
    assert MONSTER_TURN[monster] is not None


@pytest.mark.parametrize("move", range(len(MOVE_IDS)), ids=MOVE_IDS)
def test_every_move_does_something_or_is_known_to_do_nothing(move: int) -> None:
    has_rule = SPECIAL_MOVE[move] is not None or bool(MOVE_EFFECTS[move])
    is_pause = MOVE_FOLLOW[move] != OWN_RULE
    is_flight_of_a_gremlin = MOVE_IDS[move].endswith("_escape")
    assert has_rule or is_pause or is_flight_of_a_gremlin


@pytest.mark.parametrize("move", range(len(MOVE_IDS)), ids=MOVE_IDS)
def test_moves_announce_damage_exactly_when_their_intent_is_an_attack(move: int) -> None:
    for ascension in range(ASCENSIONS):
        attacks = intent_name(move, ascension).startswith("attack")
        assert attacks == (MOVE_DAMAGE[ASCENSIONS * move + ascension] >= 0)


def test_a_scaled_number_rises_at_its_tiers() -> None:
    numbers = scaled("3/2:4/17:5")
    assert [numbers[a] for a in (0, 1, 2, 16, 17, 20)] == [3, 3, 4, 4, 5, 5]


def test_a_dash_means_nothing_below_the_tier() -> None:
    assert scaled("-/17:2")[16] == ABSENT
    assert scaled("-/17:2")[17] == 2


def test_an_intent_may_change_with_the_ascension() -> None:
    assert intent_name(moves.DARKLING_HARDEN, 16) == "defend"
    assert intent_name(moves.DARKLING_HARDEN, 17) == "defend_buff"
    assert tiers("defend/19:defend_buff")[18:20] == ["defend", "defend_buff"]
