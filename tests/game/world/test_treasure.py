"""Chests: contents of known seeds, what opening does, keys and the boss chest."""

import pytest

from ascension.game import actions as A
from ascension.game.ids import relics as R
from ascension.game.run import BOSS_TREASURE_ROOM, TREASURE_ROOM, Run
from ascension.game.tables import CARD_TYPE, COMMON, CURSE, RELIC_IDS
from ascension.game.world import relics, treasure
from ascension.game.world.screens import (
    CHEST_NAMES,
    SMALL_CHEST,
    BossRelicScreen,
    RewardScreen,
    TreasureScreen,
    push,
)
from tests.game.world.vectors import SEEDS, VECTORS, run_of


def _in_treasure_room(seed: str = "1", acts: int = 4) -> Run:
    run = run_of(seed, acts=acts)
    run.screens = run.screens[:1]
    run.floor = 9
    run.room = TREASURE_ROOM
    return run


def _opened(run: Run, chest: TreasureScreen) -> RewardScreen:
    push(run, chest)
    treasure.apply(run, chest, A.OPEN_CHEST)
    screen = run.screens[-1]
    assert isinstance(screen, RewardScreen)
    return screen


@pytest.mark.parametrize("seed", SEEDS)
def test_chests_of_known_seeds(seed: str) -> None:
    expected = VECTORS[seed]["chest_as_first_consumer"]
    run = _in_treasure_room(seed)
    chest = treasure.build_chest(run)
    screen = _opened(run, chest)
    assert CHEST_NAMES[chest.size] == expected["size"]
    assert screen.gold == ([expected["gold"]] if expected["gold"] else [])
    assert [RELIC_IDS[relic] for relic in screen.relics] == [expected["relic"]]
    assert screen.cards == []
    assert run.card_rng.counter == 0


def test_a_closed_chest_keeps_everything() -> None:
    run = _in_treasure_room()
    relics.obtain(run, R.CURSED_KEY)
    chest = treasure.build_chest(run)
    push(run, chest)
    treasure.apply(run, chest, A.LEAVE)
    assert len(run.deck) == 10
    assert run.relic_rng.counter == 5


def test_opening_asks_the_relics() -> None:
    run = _in_treasure_room()
    relics.obtain(run, R.MATRYOSHKA)
    relics.obtain(run, R.CURSED_KEY)
    screen = _opened(run, TreasureScreen(SMALL_CHEST, COMMON, False))
    assert len(screen.relics) == 2
    assert CARD_TYPE[run.deck[-1].id] == CURSE
    doll = relics.find(run, R.MATRYOSHKA)
    assert doll is not None
    assert doll.counter == 1


def test_the_hungry_face_eats_the_linked_key_with_the_relic() -> None:
    run = _in_treasure_room()
    relics.obtain(run, R.NLOTHS_HUNGRY_FACE)
    screen = _opened(run, TreasureScreen(SMALL_CHEST, COMMON, False))
    assert screen.relics == []
    assert not screen.sapphire_key
    again = _opened(run, TreasureScreen(SMALL_CHEST, COMMON, False))
    assert len(again.relics) == 1
    assert again.sapphire_key


def test_the_sapphire_key_lies_in_chests_until_it_is_owned_and_only_with_the_final_act() -> None:
    run = _in_treasure_room()
    assert _opened(run, TreasureScreen(SMALL_CHEST, COMMON, False)).sapphire_key
    run.sapphire_key = True
    assert not _opened(run, TreasureScreen(SMALL_CHEST, COMMON, False)).sapphire_key
    run = _in_treasure_room(acts=3)
    assert not _opened(run, TreasureScreen(SMALL_CHEST, COMMON, False)).sapphire_key


def test_a_boss_relic_can_be_taken_or_left() -> None:
    run = run_of("1")
    run.screens = run.screens[:1]
    run.room = BOSS_TREASURE_ROOM
    screen = BossRelicScreen([R.SOZU, R.ECTOPLASM, R.BLACK_STAR])
    push(run, screen)
    assert len(treasure.legal_boss_relics(screen)) == 4
    treasure.take_boss_relic(run, screen, 2)
    assert relics.owns(run, R.BLACK_STAR)
    push(run, screen)
    treasure.take_boss_relic(run, screen, -1)
    assert len(run.relics) == 2
    assert len(run.screens) == 1
