"""Events: which one is picked, what its page offers, what its options do."""

from collections.abc import Sequence

import pytest

from ascension.game.actions import EVENT_OPTION, FLIP_TWO, first_of, make, second_of
from ascension.game.ids import cards as C
from ascension.game.ids import encounters
from ascension.game.ids import events as E
from ascension.game.ids import potions as P
from ascension.game.ids import relics as R
from ascension.game.rng import Rng
from ascension.game.run import (
    CARD_SELECT,
    COMBAT,
    DEATH,
    EMPTY_POTION,
    EVENT,
    EVENT_ROOM,
    MAP,
    REWARDS,
    DeckCard,
    Run,
)
from ascension.game.tables import EVENT_IDS, POTION_IDS, read_rows
from ascension.game.world import deck, event, lists, pools, relics, select
from ascension.game.world.event_registry import CONDITION, EFFECT, MENUS, OPTIONS_PER_EVENT
from ascension.game.world.screens import (
    CardSelectScreen,
    CombatScreen,
    EventScreen,
    MapScreen,
    RewardScreen,
    top,
)

PLAIN_LEAVING = {"leave", "refuse", "ignore", "attack_leave"}


def a_run(owned: Sequence[int] = (), ascension: int = 0, act: int = 1, seed: int = 12345) -> Run:
    """A run in an event room of an act, in front of the map."""
    run = Run(seed, ascension, 3)
    run.deck = deck.starting_deck(0)
    run.potions = [EMPTY_POTION] * 3
    run.screens = [MapScreen()]
    run.room = EVENT_ROOM
    run.act = act
    run.floor = 17 * act - 10
    run.colorless_pool = pools.COLORLESS_POOL
    pools.shuffle_relic_pools(run)
    lists.build_event_lists(run)
    lists.build_one_time_events(run)
    for relic in owned:
        relics.obtain(run, relic)
    return run


def begin(run: Run, number: int) -> EventScreen:
    """Show an event that has a page of its own."""
    event.begin(run, number)
    screen = top(run)
    assert isinstance(screen, EventScreen)
    return screen


def offered(run: Run) -> list[int]:
    """Numbers of the options that can be chosen."""
    screen = top(run)
    assert isinstance(screen, EventScreen)
    return [int(first_of(action)) for action in event.legal(run, screen)]


def choose(run: Run, option: int) -> None:
    screen = top(run)
    assert isinstance(screen, EventScreen)
    assert option in offered(run)
    event.apply(run, screen, make(EVENT_OPTION, option))


def deck_ids(run: Run) -> list[int]:
    return [int(card.id) for card in run.deck]


# --- The table ---


def test_every_option_that_is_not_plain_leaving_has_an_effect() -> None:
    nothing = EFFECT[OPTIONS_PER_EVENT * E.BIG_FISH + 7]
    for row in read_rows("event_options"):
        number = OPTIONS_PER_EVENT * EVENT_IDS.index(row["event"]) + int(row["index"])
        if row["what"] not in PLAIN_LEAVING:
            assert EFFECT[number] is not nothing, row


def test_every_event_with_a_page_has_options() -> None:
    without_page = {E.BONFIRE_SPIRITS, E.LAB, E.MATCH_AND_KEEP}
    assert {n for n in range(E.COUNT) if not MENUS[n]} == without_page


@pytest.mark.parametrize("number", range(E.COUNT))
@pytest.mark.parametrize("ascension", [0, 15])
def test_every_option_of_every_event_can_be_taken(number: int, ascension: int) -> None:
    for position in range(7):
        run = a_run(R_OWNED, ascension, act=2)
        run.gold = 500
        run.hp, run.max_hp = 500, 500
        run.deck = [*run.deck, DeckCard(C.INFLAME), DeckCard(C.SHAME)]
        event.begin(run, number)
        for _ in range(30):
            screen = top(run)
            if screen.kind == EVENT:
                assert isinstance(screen, EventScreen)
                event.recorded_state(run, screen)
                actions = event.legal(run, screen)
                action = actions[min(position, len(actions) - 1)]
                event.apply(run, screen, action)
            elif screen.kind == CARD_SELECT:
                assert isinstance(screen, CardSelectScreen)
                select.choose(run, screen, 0)
            else:
                break
        assert top(run).kind in (MAP, REWARDS, COMBAT, EVENT)


R_OWNED = [R.GOLDEN_IDOL, R.BLOOD_VIAL, R.OMAMORI, R.TUNGSTEN_ROD]


# --- Which event ---


def test_picking_an_event_leaves_the_stream_where_it_was() -> None:
    run = a_run()
    run.event_rng.random_float()
    event.pick_event(run)
    assert run.event_rng.counter == 1


def test_the_picked_event_leaves_its_list() -> None:
    run = a_run()
    before = len(run.event_list) + len(run.shrine_list) + len(run.one_time_events)
    picked = event.pick_event(run)
    lists_now = run.event_list + run.shrine_list + run.one_time_events
    assert picked not in lists_now
    assert len(lists_now) == before - 1


def test_without_events_that_may_come_a_shrine_is_picked() -> None:
    for seed in range(1, 9):
        run = a_run(seed=seed)
        run.event_list = [E.THE_CLERIC]
        run.gold = 0
        assert event.pick_event(run) != E.THE_CLERIC


def test_without_shrines_an_event_is_picked() -> None:
    for seed in range(1, 9):
        run = a_run(seed=seed)
        run.shrine_list = []
        run.one_time_events = []
        assert event.pick_event(run) in a_run().event_list


@pytest.mark.parametrize(
    ("number", "act", "gold", "floor", "holds"),
    [
        (E.DEAD_ADVENTURER, 1, 99, 6, False),
        (E.DEAD_ADVENTURER, 1, 99, 7, True),
        (E.THE_CLERIC, 1, 34, 7, False),
        (E.OLD_BEGGAR, 2, 74, 20, False),
        (E.DESIGNER_IN_SPIRE, 1, 99, 7, False),
        (E.DESIGNER_IN_SPIRE, 2, 75, 20, True),
        (E.FACE_TRADER, 3, 99, 40, False),
        (E.SECRET_PORTAL, 3, 99, 40, True),
        (E.THE_JOUST, 2, 49, 20, False),
        (E.THE_DIVINE_FOUNTAIN, 1, 99, 7, False),
        (E.BIG_FISH, 1, 0, 1, True),
    ],
)
def test_conditions(number: int, act: int, gold: int, floor: int, holds: bool) -> None:
    run = a_run(act=act)
    run.gold = gold
    run.floor = floor
    assert CONDITION[number](run) is holds


def test_a_fixed_curse_does_not_call_the_fountain() -> None:
    run = a_run()
    run.deck = [DeckCard(C.ASCENDERS_BANE)]
    assert not CONDITION[E.THE_DIVINE_FOUNTAIN](run)
    run.deck = [DeckCard(C.REGRET)]
    assert CONDITION[E.THE_DIVINE_FOUNTAIN](run)


# --- Single events ---


def test_big_fish_asks_omamori_before_the_relic_comes() -> None:
    run = a_run()
    run.common_relics = run.uncommon_relics = run.rare_relics = [R.OMAMORI]
    begin(run, E.BIG_FISH)
    choose(run, 2)
    assert relics.owns(run, R.OMAMORI)
    assert run.deck[-1].id == C.REGRET


def test_the_golden_idol_is_taken_before_the_boulder() -> None:
    run = a_run()
    begin(run, E.GOLDEN_IDOL)
    choose(run, 0)
    assert relics.owns(run, R.GOLDEN_IDOL)
    assert offered(run) == [2, 3, 4]
    choose(run, 3)
    assert run.hp == 60
    assert top(run).kind == MAP


def test_events_hurt_more_from_ascension_fifteen() -> None:
    run = a_run(ascension=15)
    begin(run, E.GOLDEN_IDOL)
    choose(run, 0)
    choose(run, 3)
    assert run.hp == 52


def test_the_cleric_hides_what_cannot_be_paid() -> None:
    run = a_run()
    run.gold = 40
    begin(run, E.THE_CLERIC)
    assert offered(run) == [0, 2]


def test_a_searched_adventurer_fights_with_what_was_not_found() -> None:
    for seed in range(1, 40):
        run = a_run(seed=seed)
        screen = begin(run, E.DEAD_ADVENTURER)
        while top(run).kind == EVENT:
            choose(run, 0)
        fight = top(run)
        if fight.kind == COMBAT:
            assert isinstance(fight, CombatScreen)
            unfound = screen.numbers[2 + screen.numbers[0] :]
            assert len(fight.relics) == unfound.count(2)
            assert (fight.gold > 35) == (0 in unfound)
            assert run.elite_trigger
            return
    raise AssertionError("no search woke the killer")


def test_scrap_ooze_hurts_more_every_time() -> None:
    run = a_run(seed=2)
    begin(run, E.SCRAP_OOZE)
    lost: list[int] = []
    while top(run).kind == EVENT:
        before = run.hp
        choose(run, 0)
        lost.append(int(before - run.hp))
    assert lost == list(range(3, 3 + len(lost)))


def test_scrap_ooze_can_kill() -> None:
    run = a_run()
    run.hp = 3
    begin(run, E.SCRAP_OOZE)
    choose(run, 0)
    assert run.outcome == DEATH


def test_the_colosseum_goes_on_after_its_first_fight() -> None:
    run = a_run(act=2)
    screen = begin(run, E.COLOSSEUM)
    choose(run, 0)
    fight = top(run)
    assert isinstance(fight, CombatScreen)
    assert run.encounter == encounters.COLOSSEUM_EVENT_SLAVERS
    assert not fight.shows_rewards
    assert run.screens[-2] is screen
    run.screens.pop()
    assert offered(run) == [0, 1]
    rare, uncommon = run.rare_relics[0], run.uncommon_relics[0]
    choose(run, 1)
    fight = top(run)
    assert isinstance(fight, CombatScreen)
    assert (fight.relics, fight.gold) == ([rare, uncommon], 100)
    assert run.elite_trigger


def test_the_tome_is_read_page_by_page() -> None:
    run = a_run(act=2)
    begin(run, E.CURSED_TOME)
    for option in (0, 2, 3, 4, 5):
        choose(run, option)
    assert run.hp == 80 - 1 - 2 - 3 - 10
    screen = top(run)
    assert isinstance(screen, RewardScreen)
    assert screen.relics[0] in (R.NECRONOMICON, R.ENCHIRIDION, R.NILRYS_CODEX)
    assert screen.cards == []


def test_vampires_offer_the_vial_in_second_place() -> None:
    run = a_run([R.BLOOD_VIAL], act=2)
    begin(run, E.VAMPIRES)
    assert offered(run) == [1, 0, 2]
    choose(run, 0)
    assert not relics.owns(run, R.BLOOD_VIAL)
    assert deck_ids(run).count(C.BITE) == 5
    assert C.STRIKE_RED not in deck_ids(run)
    assert run.max_hp == 80


def test_ghosts_take_half_of_max_hp_rounded_up() -> None:
    run = a_run(act=2)
    run.hp, run.max_hp = 75, 75
    begin(run, E.COUNCIL_OF_GHOSTS)
    choose(run, 0)
    assert (run.hp, run.max_hp) == (37, 37)
    assert deck_ids(run).count(C.APPARITION) == 5


def test_the_library_shows_twenty_different_cards() -> None:
    run = a_run([R.MOLTEN_EGG], act=2)
    offset = run.card_rarity_offset
    begin(run, E.THE_LIBRARY)
    choose(run, 0)
    screen = top(run)
    assert isinstance(screen, CardSelectScreen)
    assert len({int(card.id) for card in screen.offer}) == 20
    assert run.card_rarity_offset == offset
    select.choose(run, screen, 4)
    assert run.deck[-1].id == screen.offer[4].id


def test_the_dagger_of_the_nest_starts_with_fifteen_damage() -> None:
    run = a_run(act=2)
    begin(run, E.THE_NEST)
    choose(run, 1)
    assert (run.deck[-1].id, run.deck[-1].misc, run.hp) == (C.RITUAL_DAGGER, 15, 74)


def test_falling_shows_only_types_that_the_deck_has() -> None:
    run = a_run(act=3)
    begin(run, E.FALLING)
    assert offered(run) == [0, 2]
    choose(run, 2)
    assert len(run.deck) == 9


def test_falling_with_nothing_to_lose_is_no_decision() -> None:
    run = a_run(act=3)
    run.deck = [DeckCard(C.REGRET)]
    event.begin(run, E.FALLING)
    assert top(run).kind == MAP
    assert run.misc_rng.counter == 0


@pytest.mark.parametrize(("floor", "options"), [(40, [0, 1, 2]), (41, [0, 1, 3])])
def test_mind_bloom_offers_riches_early_and_health_late(floor: int, options: list[int]) -> None:
    run = a_run(act=3)
    run.floor = floor
    begin(run, E.MIND_BLOOM)
    assert offered(run) == options


def test_the_sensory_stone_gives_colourless_rewards() -> None:
    run = a_run(act=3)
    begin(run, E.SENSORY_STONE)
    assert run.misc_rng.counter == 1
    choose(run, 2)
    screen = top(run)
    assert isinstance(screen, RewardScreen)
    assert [len(offer) for offer in screen.cards] == [3, 3, 3]
    assert run.hp == 70


def test_the_portal_leads_to_the_boss() -> None:
    run = a_run(act=3)
    run.boss = encounters.TIME_EATER
    begin(run, E.SECRET_PORTAL)
    choose(run, 0)
    assert top(run).kind == COMBAT
    assert run.encounter == encounters.TIME_EATER
    assert run.floor == 42


def test_the_skull_asks_more_for_the_same_wish() -> None:
    run = a_run(act=2)
    begin(run, E.KNOWING_SKULL)
    assert offered(run) == [2, 0, 1, 3]
    for option in (0, 0, 2, 3):
        choose(run, option)
    assert run.hp == 80 - 6 - 7 - 6 - 6
    assert run.gold == 99 + 180
    assert run.potions[0] != EMPTY_POTION
    assert top(run).kind == MAP


def test_nloth_takes_one_of_two_owned_relics() -> None:
    run = a_run([R.VAJRA, R.ANCHOR], act=2)
    screen = begin(run, E.NLOTH)
    given, kept = screen.numbers
    choose(run, 0)
    assert [relic.id for relic in run.relics] == [kept, R.NLOTHS_GIFT]
    assert {given, kept} == {R.VAJRA, R.ANCHOR}


def test_meeting_again_names_what_is_wished_for() -> None:
    run = a_run()
    run.gold = 50
    run.potions[1] = P.FIRE_POTION
    run.deck = [*run.deck, DeckCard(C.ANGER)]
    screen = begin(run, E.WE_MEET_AGAIN)
    assert [event.what_of(run, screen, n, POTION_IDS) for n in offered(run)] == [
        "give_potion_fire_potion",
        "give_gold_50",
        "give_card_anger",
        "attack_leave",
    ]
    assert event.locks_potions(screen)
    choose(run, 0)
    assert run.potions[1] == EMPTY_POTION
    assert len(run.relics) == 1


def test_the_lab_shows_its_potions_at_once() -> None:
    run = a_run(ascension=15)
    event.begin(run, E.LAB)
    screen = top(run)
    assert isinstance(screen, RewardScreen)
    assert len(screen.potions) == 2


def test_bonfire_spirits_ask_for_a_card_at_once() -> None:
    run = a_run()
    event.begin(run, E.BONFIRE_SPIRITS)
    assert top(run).kind == CARD_SELECT


def test_a_fed_face_trader_has_a_circlet_left() -> None:
    run = a_run(
        [
            R.CULTIST_HEADPIECE,
            R.FACE_OF_CLERIC,
            R.GREMLIN_VISAGE,
            R.NLOTHS_HUNGRY_FACE,
            R.SSSERPENT_HEAD,
        ]
    )
    begin(run, E.FACE_TRADER)
    choose(run, 1)
    assert relics.owns(run, R.CIRCLET)
    assert run.misc_rng.counter == 1


# --- Match and Keep ---


def pair_on(screen: EventScreen) -> tuple[int, int]:
    for first, card in enumerate(screen.cards):
        for second in range(first + 1, len(screen.cards)):
            if screen.cards[second].id == card.id:
                return first, second
    raise AssertionError("no pair on the board")


def test_a_match_is_kept_and_leaves_the_table() -> None:
    run = a_run()
    screen = begin(run, E.MATCH_AND_KEEP)
    assert len(event.legal(run, screen)) == 66
    first, second = pair_on(screen)
    event.apply(run, screen, make(FLIP_TWO, first, second))
    assert run.deck[-1].id == screen.cards[first].id
    assert len(event.legal(run, screen)) == 45


def test_the_game_ends_after_five_attempts() -> None:
    run = a_run()
    screen = begin(run, E.MATCH_AND_KEEP)
    for _ in range(5):
        assert top(run) is screen
        event.apply(run, screen, make(FLIP_TWO, 0, 1))
    assert top(run).kind == MAP


def test_every_pair_of_the_board_is_offered_once() -> None:
    run = a_run()
    pairs = [(first_of(a), second_of(a)) for a in event.legal(run, begin(run, E.MATCH_AND_KEEP))]
    assert pairs == [(a, b) for a in range(12) for b in range(a + 1, 12)]


def test_the_board_below_ascension_fifteen_shuffles_the_colourless_pool() -> None:
    run = a_run()
    begin(run, E.MATCH_AND_KEEP)
    assert (run.shuffle_rng.counter, run.card_rng.counter) == (1, 4)
    assert run.colorless_pool != pools.COLORLESS_POOL
    harder = a_run(ascension=15)
    begin(harder, E.MATCH_AND_KEEP)
    assert (harder.shuffle_rng.counter, harder.card_rng.counter) == (0, 5)


def test_two_runs_of_one_seed_meet_the_same_event() -> None:
    assert event.pick_event(a_run()) == event.pick_event(a_run())
    assert a_run().event_rng.s0 == Rng(12345).s0
