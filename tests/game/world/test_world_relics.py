"""Relics outside fights: gaining and losing them, gold, hp, rooms, obtained cards."""

from collections.abc import Sequence

import pytest

from ascension.game.actions import TAKE_CARD
from ascension.game.ids import cards as C
from ascension.game.ids import potions as P
from ascension.game.ids import relics as R
from ascension.game.run import (
    CARD_SELECT,
    DEATH,
    EMPTY_POTION,
    EVENT_ROOM,
    REST_ROOM,
    REWARDS,
    RUNNING,
    SHOP_ROOM,
    DeckCard,
    Run,
)
from ascension.game.tables import CARD_TYPE, SKILL
from ascension.game.world import deck, lists, pickups, pools, relics, rewards
from ascension.game.world.screens import MapScreen, RewardScreen, ShopScreen, push, top

assert pickups  # registers what relics do when obtained


def a_run(owned: Sequence[int] = (), hp: int = 80) -> Run:
    """A run in front of the map with the starter deck and relics."""
    run = Run(12345, 0, 3)
    run.deck = deck.starting_deck(0)
    run.potions = [EMPTY_POTION] * 3
    run.screens = [MapScreen()]
    pools.shuffle_relic_pools(run)
    lists.build_event_lists(run)
    for relic in owned:
        relics.obtain(run, relic)
    run.hp = hp
    return run


def owned_ids(run: Run) -> list[int]:
    return [int(relic.id) for relic in run.relics]


def test_a_relic_received_twice_becomes_a_circlet_that_counts() -> None:
    run = a_run([R.VAJRA, R.VAJRA, R.VAJRA])
    assert owned_ids(run) == [R.VAJRA, R.CIRCLET]
    assert run.relics[1].counter == 2


def test_black_blood_takes_the_place_of_burning_blood() -> None:
    run = a_run([R.BURNING_BLOOD, R.ANCHOR, R.BLACK_BLOOD])
    assert owned_ids(run) == [R.BLACK_BLOOD, R.ANCHOR]
    assert not relics.owns(run, R.BURNING_BLOOD)


def test_bloody_idol_takes_the_place_of_golden_idol() -> None:
    run = a_run([R.GOLDEN_IDOL, R.ANCHOR])
    relics.replace_golden_idol(run)
    assert owned_ids(run) == [R.BLOODY_IDOL, R.ANCHOR]


def test_with_a_bloody_idol_the_altar_leaves_the_golden_one_and_adds_a_circlet() -> None:
    run = a_run([R.GOLDEN_IDOL, R.BLOODY_IDOL])
    relics.replace_golden_idol(run)
    assert owned_ids(run) == [R.GOLDEN_IDOL, R.BLOODY_IDOL, R.CIRCLET]


def test_energy_and_hand_size_come_and_go_with_their_relics() -> None:
    run = a_run([R.SOZU, R.SNECKO_EYE])
    assert (run.energy_per_turn, run.hand_size) == (4, 7)
    relics.lose(run, R.SOZU)
    relics.lose(run, R.SNECKO_EYE)
    assert (run.energy_per_turn, run.hand_size) == (3, 5)


def test_a_copy_of_the_ownership_table_does_not_see_later_relics() -> None:
    run = a_run([R.VAJRA])
    shared = run.relic_mask
    relics.obtain(run, R.ANCHOR)
    assert not shared[R.ANCHOR]
    assert relics.owns(run, R.ANCHOR)


def test_ectoplasm_refuses_gold() -> None:
    run = a_run([R.ECTOPLASM])
    relics.gain_gold(run, 50)
    assert run.gold == 99


def test_bloody_idol_heals_when_gold_comes() -> None:
    run = a_run([R.BLOODY_IDOL], hp=50)
    relics.gain_gold(run, 1)
    assert run.hp == 55


def test_maw_bank_pays_every_room_until_gold_is_spent_in_a_shop() -> None:
    run = a_run([R.MAW_BANK])
    relics.enter_room(run)
    assert run.gold == 111
    relics.spend_gold_in_shop(run, 11)
    relics.enter_room(run)
    assert run.gold == 100


@pytest.mark.parametrize(("base", "shown"), [(25, 31), (26, 33), (50, 63), (100, 125)])
def test_golden_idol_adds_a_rounded_quarter_to_gold_rewards(base: int, shown: int) -> None:
    assert relics.gold_reward(a_run([R.GOLDEN_IDOL]), base) == shown


def test_mark_of_the_bloom_prevents_healing_but_not_max_hp() -> None:
    run = a_run([R.MARK_OF_THE_BLOOM], hp=50)
    relics.gain_max_hp(run, 5)
    relics.heal(run, 20)
    assert (run.hp, run.max_hp) == (50, 85)


def test_tungsten_rod_lessens_hits_and_losses() -> None:
    run = a_run([R.TUNGSTEN_ROD])
    relics.damage(run, 7)
    relics.damage(run, 3, hp_loss=True)
    assert run.hp == 72


def test_torii_needs_an_owner_and_no_hp_loss() -> None:
    run = a_run([R.TORII])
    relics.damage(run, 5)
    relics.damage(run, 5, hp_loss=True, owner_is_player=True)
    assert run.hp == 70
    relics.damage(run, 5, owner_is_player=True)
    assert run.hp == 69


def test_lethal_damage_ends_the_run() -> None:
    run = a_run(hp=7)
    relics.damage(run, 7)
    assert (run.hp, run.outcome) == (0, DEATH)


def test_a_fairy_saves_before_the_lizard_tail() -> None:
    run = a_run([R.LIZARD_TAIL], hp=7)
    run.potions[1] = P.FAIRY_IN_A_BOTTLE
    relics.damage(run, 7)
    assert (run.hp, run.potions[1], run.outcome) == (24, EMPTY_POTION, RUNNING)
    relics.damage(run, 100)
    assert (run.hp, run.outcome) == (40, RUNNING)
    relics.damage(run, 100)
    assert run.outcome == DEATH


def test_mark_of_the_bloom_disables_both_saviours() -> None:
    run = a_run([R.LIZARD_TAIL, R.MARK_OF_THE_BLOOM], hp=7)
    run.potions[0] = P.FAIRY_IN_A_BOTTLE
    relics.damage(run, 7)
    assert run.outcome == DEATH


def test_a_rest_site_charges_the_tea_set_and_the_feather_heals() -> None:
    run = a_run([R.ANCIENT_TEA_SET, R.ETERNAL_FEATHER], hp=50)
    run.drawn_room = REST_ROOM
    relics.enter_room(run)
    assert run.relics[0].counter == relics.ARMED
    assert run.hp == 56


def test_ssserpent_head_pays_for_every_question_mark() -> None:
    run = a_run([R.SSSERPENT_HEAD])
    run.drawn_room = EVENT_ROOM
    relics.enter_room(run)
    assert run.gold == 149


def test_meal_ticket_heals_in_shops_of_either_kind() -> None:
    run = a_run([R.MEAL_TICKET], hp=50)
    run.drawn_room = EVENT_ROOM
    run.room = SHOP_ROOM
    relics.just_entered(run)
    assert run.hp == 65


def test_omamori_turns_away_two_curses() -> None:
    run = a_run([R.OMAMORI, R.CERAMIC_FISH])
    for _ in range(3):
        deck.add_card(run, C.REGRET)
    assert [card.id for card in run.deck].count(C.REGRET) == 1
    assert run.gold == 108


def test_darkstone_grows_with_curses() -> None:
    run = a_run([R.DARKSTONE_PERIAPT])
    deck.add_card(run, C.PAIN)
    assert (run.hp, run.max_hp) == (86, 86)


def test_eggs_upgrade_their_type_once() -> None:
    run = a_run([R.TOXIC_EGG])
    assert relics.egg_upgrades(run, C.ARMAMENTS, 0) == 1
    assert relics.egg_upgrades(run, C.ARMAMENTS, 1) == 1
    assert relics.egg_upgrades(run, C.ANGER, 0) == 0


def test_an_egg_upgrades_the_cards_of_the_open_shop() -> None:
    run = a_run()
    shop = ShopScreen()
    shop.cards = [DeckCard(C.ANGER), DeckCard(C.ARMAMENTS)]
    push(run, shop)
    relics.obtain(run, R.MOLTEN_EGG)
    assert [card.upgrades for card in shop.cards] == [1, 0]


def test_an_egg_upgrades_a_card_of_the_open_rewards_when_it_is_taken() -> None:
    run = a_run()
    screen = RewardScreen()
    screen.cards = [[DeckCard(C.ANGER)]]
    push(run, screen)
    relics.obtain(run, R.MOLTEN_EGG)
    rewards.apply(run, screen, TAKE_CARD, 0, 0)
    assert run.deck[-1].upgrades == 1


def test_war_paint_upgrades_two_skills_for_one_long() -> None:
    run = a_run([R.WAR_PAINT])
    upgraded = [card for card in run.deck if card.upgrades]
    assert [CARD_TYPE[card.id] for card in upgraded] == [SKILL, SKILL]
    assert run.misc_rng.counter == 1


def test_pandoras_box_replaces_every_starter_card() -> None:
    run = a_run([R.PANDORAS_BOX])
    assert len(run.deck) == 10
    assert run.deck[0].id == C.BASH
    assert C.STRIKE_RED not in [card.id for card in run.deck]
    assert run.card_random_rng.counter == 9


def test_empty_cage_takes_the_last_two_cards_without_asking() -> None:
    run = a_run()
    run.deck = [DeckCard(C.BASH), DeckCard(C.ANGER)]
    relics.obtain(run, R.EMPTY_CAGE)
    assert run.deck == []


def test_a_bottle_asks_for_a_card_and_frees_it_when_lost() -> None:
    run = a_run([R.BOTTLED_LIGHTNING])
    assert top(run).kind == CARD_SELECT
    deck.bottle_at(run, 5)
    relics.lose(run, R.BOTTLED_LIGHTNING)
    assert not any(card.bottled for card in run.deck)


def test_necronomicon_brings_and_takes_its_curse() -> None:
    run = a_run([R.NECRONOMICON])
    assert run.deck[-1].id == C.NECRONOMICURSE
    relics.lose(run, R.NECRONOMICON)
    assert len(run.deck) == 10


@pytest.mark.parametrize(
    ("relic", "cards", "potions", "gold"),
    [(R.TINY_HOUSE, 1, 1, 1), (R.ORRERY, 5, 0, 0), (R.CAULDRON, 0, 5, 0)],
)
def test_relics_that_open_rewards(relic: int, cards: int, potions: int, gold: int) -> None:
    run = a_run([relic])
    screen = top(run)
    assert screen.kind == REWARDS
    assert isinstance(screen, RewardScreen)
    assert (len(screen.cards), len(screen.potions), len(screen.gold)) == (cards, potions, gold)
    assert run.card_rng.counter > 0


def test_calling_bell_gives_its_curse_and_one_relic_of_each_tier() -> None:
    run = a_run()
    firsts = [run.common_relics[0], run.uncommon_relics[0], run.rare_relics[0]]
    relics.obtain(run, R.CALLING_BELL)
    screen = top(run)
    assert isinstance(screen, RewardScreen)
    assert screen.relics == firsts
    assert screen.cards == []
    assert run.deck[-1].id == C.CURSE_OF_THE_BELL


def test_matryoshka_is_used_up_after_two_chests() -> None:
    run = a_run([R.MATRYOSHKA])
    assert [relics.use_matryoshka(run) for _ in range(3)] == [True, True, False]
    assert relics.recorded_counter(run.relics[0]) == 0


def test_the_hungry_face_eats_once() -> None:
    run = a_run([R.NLOTHS_HUNGRY_FACE])
    assert [relics.use_hungry_face(run) for _ in range(2)] == [True, False]
