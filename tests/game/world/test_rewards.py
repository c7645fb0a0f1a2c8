"""Rewards after fights, card offers, potion drops, and taking items."""

import pytest

from ascension.game import actions as A
from ascension.game.ids import cards as C
from ascension.game.ids import potions as P
from ascension.game.ids import relics as R
from ascension.game.run import (
    BOSS_ROOM,
    ELITE_ROOM,
    EVENT_ROOM,
    MONSTER_ROOM,
    REST_ROOM,
    SHOP_ROOM,
    DeckCard,
    Run,
)
from ascension.game.tables import CARD_RARITY, RARE
from ascension.game.world import relics, rewards
from ascension.game.world.screens import CombatScreen, RewardScreen, push
from tests.game.world.vectors import (
    SEEDS,
    VECTORS,
    card_names,
    potion_names,
    relic_names,
    run_of,
)


def _won(run: Run, fight: CombatScreen | None = None, stolen: int = 0) -> RewardScreen:
    screen = rewards.after_fight(run, fight or CombatScreen(), stolen, False, False)
    assert screen is not None
    return screen


def _in_room(seed: str, room: int, ascension: int = 0) -> Run:
    run = run_of(seed, ascension)
    run.screens = run.screens[:1]
    run.floor = 1
    run.room = room
    return run


@pytest.mark.parametrize("seed", SEEDS)
def test_six_normal_rewards_of_known_seeds(seed: str) -> None:
    run = _in_room(seed, MONSTER_ROOM)
    for expected in VECTORS[seed]["first_six_normal_combat_rewards_A0_act1"]:
        screen = _won(run)
        assert screen.gold == [expected["gold"]]
        assert potion_names(screen.potions) == ([expected["potion"]] if expected["potion"] else [])
        assert card_names(screen.cards[0]) == expected["cards"]


@pytest.mark.parametrize("seed", SEEDS)
def test_an_elite_reward_of_known_seeds(seed: str) -> None:
    expected = VECTORS[seed]["elite_reward_as_first_reward"]
    screen = _won(_in_room(seed, ELITE_ROOM))
    assert screen.gold == [expected["gold"]]
    assert relic_names(screen.relics) == [expected["relic"]]
    assert card_names(screen.cards[0]) == expected["cards"]


def test_stolen_gold_comes_first_and_golden_idol_leaves_it_alone() -> None:
    run = _in_room("1", MONSTER_ROOM)
    relics.obtain(run, R.GOLDEN_IDOL)
    screen = _won(run, stolen=30)
    assert screen.gold[0] == 30
    assert screen.gold[1] == 15  # 12 and a quarter of it, half up


def test_when_all_monsters_fled_there_is_no_gold_and_no_potion() -> None:
    run = _in_room("1", MONSTER_ROOM)
    run.potion_chance_offset = 60
    screen = rewards.after_fight(run, CombatScreen(), 0, True, False)
    assert screen is not None
    assert screen.gold == []
    assert screen.potions == []
    assert len(screen.cards) == 1
    assert run.treasure_rng.counter == 0
    assert run.potion_rng.counter == 1
    assert run.potion_chance_offset == 70


def test_a_smoke_bomb_makes_the_draws_and_offers_nothing() -> None:
    run = _in_room("1", ELITE_ROOM)
    pool = len(run.common_relics) + len(run.uncommon_relics) + len(run.rare_relics)
    assert rewards.after_fight(run, CombatScreen(), 0, False, True) is None
    assert run.treasure_rng.counter == 1
    assert run.card_rng.counter == 0
    left = len(run.common_relics) + len(run.uncommon_relics) + len(run.rare_relics)
    assert left == pool - 1


def test_boss_gold_and_rare_cards() -> None:
    run = _in_room("1", BOSS_ROOM)
    screen = _won(run)
    assert 95 <= screen.gold[0] <= 105
    assert all(CARD_RARITY[card.id] == RARE for card in screen.cards[0])
    assert run.card_rarity_offset == rewards.START_OFFSET
    run = _in_room("1", BOSS_ROOM, ascension=13)
    assert 71 <= _won(run).gold[0] <= 79


def test_the_last_boss_leaves_nothing() -> None:
    run = _in_room("1", BOSS_ROOM)
    run.act = 3
    assert rewards.after_fight(run, CombatScreen(), 0, False, False) is None
    assert run.misc_rng.counter == 2  # the music of act 1, then the gold nobody gets
    assert run.potion_rng.counter == 0


def test_an_event_fight_pays_what_the_event_says() -> None:
    run = _in_room("1", EVENT_ROOM)
    run.event_fight = True
    relics.obtain(run, R.PRAYER_WHEEL)
    screen = _won(run, CombatScreen(100, [R.TORII, R.PEAR]))
    assert screen.gold == [100]
    assert screen.relics == [R.TORII, R.PEAR]
    assert len(screen.cards) == 1
    assert run.treasure_rng.counter == 0


def test_prayer_wheel_adds_cards_after_normal_fights_only() -> None:
    for room, rows in ((MONSTER_ROOM, 2), (ELITE_ROOM, 1)):
        run = _in_room("1", room)
        relics.obtain(run, R.PRAYER_WHEEL)
        assert len(_won(run).cards) == rows


def test_black_star_drops_a_second_relic_but_no_campfire_one() -> None:
    run = _in_room("1", ELITE_ROOM)
    relics.obtain(run, R.BLACK_STAR)
    run.common_relics = [R.VAJRA, R.GIRYA, R.SHOVEL, R.ANCHOR]
    run.uncommon_relics = run.common_relics[:]
    run.rare_relics = run.common_relics[:]
    screen = _won(run)
    assert len(screen.relics) == 2
    assert screen.relics[1] in (R.VAJRA, R.ANCHOR)


def test_four_items_leave_no_room_for_a_potion() -> None:
    run = _in_room("1", ELITE_ROOM)
    relics.obtain(run, R.BLACK_STAR)
    relics.obtain(run, R.WHITE_BEAST_STATUE)
    assert len(_won(run).potions) == 1
    run.burning_fight = True
    screen = _won(run)
    assert screen.emerald_key
    assert screen.potions == []


@pytest.mark.parametrize(
    ("owned", "size"),
    [
        ([], 3),
        ([R.QUESTION_CARD], 4),
        ([R.BUSTED_CROWN], 1),
        ([R.QUESTION_CARD, R.BUSTED_CROWN], 2),
    ],
)
def test_reward_sizes(owned: list[int], size: int) -> None:
    run = _in_room("1", MONSTER_ROOM)
    for relic in owned:
        relics.obtain(run, relic)
    assert len(rewards.roll_cards(run)) == size


def test_upgrades_are_rolled_even_where_they_never_happen() -> None:
    run = _in_room("1", MONSTER_ROOM)
    offer = rewards.roll_cards(run)
    plain = sum(1 for card in offer if CARD_RARITY[card.id] != RARE)
    assert run.card_rng.counter == 6 + plain
    assert all(card.upgrades == 0 for card in offer)


def test_eggs_upgrade_what_is_offered() -> None:
    run = _in_room("1", MONSTER_ROOM)
    relics.obtain(run, R.MOLTEN_EGG)
    relics.obtain(run, R.TOXIC_EGG)
    relics.obtain(run, R.FROZEN_EGG)
    assert all(card.upgrades == 1 for card in rewards.roll_cards(run))


def test_prismatic_shard_offers_every_colour_at_the_cost_of_a_long_per_card() -> None:
    run = _in_room("1", MONSTER_ROOM)
    relics.obtain(run, R.PRISMATIC_SHARD)
    rewards.roll_cards(run)
    assert run.card_rng.counter >= 9


def test_the_rarity_offset_falls_with_commons_but_not_below_minus_40() -> None:
    run = _in_room("1", MONSTER_ROOM)
    run.card_rarity_offset = -40
    for _ in range(20):
        rewards.roll_cards(run)
        assert run.card_rarity_offset >= -40


@pytest.mark.parametrize(("room", "rows"), [(MONSTER_ROOM, 1), (SHOP_ROOM, 1), (REST_ROOM, 0)])
def test_reward_screens_bring_cards_except_at_rest_sites_and_chests(room: int, rows: int) -> None:
    run = _in_room("1", room)
    screen = RewardScreen()
    rewards.open_rewards(run, screen)
    assert len(screen.cards) == rows


# --- Taking -----------------------------------------------------------------------------------


def _full_screen(run: Run) -> RewardScreen:
    screen = RewardScreen()
    screen.gold = [10, 20]
    screen.cards = [[DeckCard(C.ANGER), DeckCard(C.CLASH)]]
    screen.relics = [R.VAJRA, R.TORII]
    screen.potions = [P.FIRE_POTION]
    screen.sapphire_key = True
    push(run, screen)
    return screen


def test_items_are_listed_gold_cards_relics_keys_potions_leave() -> None:
    run = _in_room("1", MONSTER_ROOM)
    relics.obtain(run, R.SINGING_BOWL)
    verbs = [A.verb_of(action) for action in rewards.legal(run, _full_screen(run))]
    assert verbs == [
        A.TAKE_GOLD,
        A.TAKE_GOLD,
        A.TAKE_CARD,
        A.TAKE_CARD,
        A.SINGING_BOWL,
        A.TAKE_RELIC,
        A.TAKE_RELIC,
        A.TAKE_KEY,
        A.TAKE_POTION,
        A.LEAVE,
    ]


def test_the_key_and_the_last_relic_exclude_each_other() -> None:
    run = _in_room("1", MONSTER_ROOM)
    screen = _full_screen(run)
    rewards.apply(run, screen, A.TAKE_RELIC, 0, 0)
    assert screen.sapphire_key
    rewards.apply(run, screen, A.TAKE_KEY, A.SAPPHIRE_KEY, 0)
    assert run.sapphire_key
    assert screen.relics == []
    screen = _full_screen(run)
    rewards.apply(run, screen, A.TAKE_RELIC, 1, 0)
    assert not screen.sapphire_key


def test_taking_a_card_takes_the_row_away() -> None:
    run = _in_room("1", MONSTER_ROOM)
    screen = _full_screen(run)
    rewards.apply(run, screen, A.TAKE_CARD, 0, 1)
    assert screen.cards == []
    assert card_names(run.deck)[-1] == "clash"


def test_a_full_belt_hides_potions_and_sozu_swallows_them() -> None:
    run = _in_room("1", MONSTER_ROOM)
    screen = _full_screen(run)
    run.potions = [P.FIRE_POTION] * 3
    assert A.make(A.TAKE_POTION, 0) not in rewards.legal(run, screen)
    relics.obtain(run, R.SOZU)
    assert A.make(A.TAKE_POTION, 0) in rewards.legal(run, screen)
    run.potions[0] = -1
    rewards.apply(run, screen, A.TAKE_POTION, 0, 0)
    assert screen.potions == []
    assert run.potions[0] == -1


def test_leaving_closes_the_screen() -> None:
    run = _in_room("1", MONSTER_ROOM)
    screen = _full_screen(run)
    rewards.apply(run, screen, A.LEAVE, 0, 0)
    assert run.screens[-1] is not screen
