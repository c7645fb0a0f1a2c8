"""The run's way: its start, room to room, act to act, and how it ends (progress.md)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.ids import relics as R
from ascension.game.rng import Rng, f32, round_half_up
from ascension.game.run import (
    BOSS_ROOM,
    BOSS_TREASURE_ROOM,
    DEATH,
    ELITE_ROOM,
    EMPTY_POTION,
    EVENT_ROOM,
    GAME_OVER,
    MAP,
    MONSTER_ROOM,
    NO_EVENT,
    REST_ROOM,
    RUNNING,
    SHOP_ROOM,
    TREASURE_ROOM,
    VICTORY,
    Run,
)
from ascension.game.world import deck, event, lists, neow, pools, relics, shop, treasure
from ascension.game.world import map as world_map
from ascension.game.world.map import FINAL_ACT
from ascension.game.world.screens import (
    BossRelicScreen,
    CombatScreen,
    GameOverScreen,
    MapScreen,
    RestScreen,
    push,
)

LAST_ASCENSION: Final = 20
BOSS_RELICS: Final = 3

# The card stream is rounded up to one of these at an act's start (progress.md 3).
_CARD_STEPS: Final[list[i64]] = [250, 500, 750]


# --- Start ------------------------------------------------------------------------------------


def start_run(seed: i64, ascension: i64, acts: i64) -> Run:
    """A new run in front of Neow."""
    run = Run(seed, ascension, acts)
    run.max_hp = 75 if ascension >= 14 else 80
    run.hp = round_half_up(f32(float(run.max_hp) * f32(0.9))) if ascension >= 6 else run.max_hp
    run.deck = deck.starting_deck(ascension)
    for _ in range(2 if ascension >= 11 else 3):
        run.potions.append(EMPTY_POTION)
    relics.obtain(run, R.BURNING_BLOOD)
    lists.build_one_time_events(run)
    pools.shuffle_relic_pools(run)
    _build_act(run)
    run.screens = [MapScreen(), neow.build_offers(run)]
    return run


def _build_act(run: Run) -> None:
    """Everything hidden and visible about an act but its rooms' content."""
    run.x = -1
    run.y = -1
    lists.build_encounters(run)
    lists.build_event_lists(run)
    lists.reset_question_chances(run)
    run.colorless_pool = pools.COLORLESS_POOL
    world_map.build_map(run)
    if run.act < FINAL_ACT:
        run.misc_rng.random(1)  # the choice of a music track


# --- Rooms ------------------------------------------------------------------------------------


def _next_floor(run: Run) -> None:
    """Leave the present room: its encounter is used up, the floor's streams start anew."""
    if run.room == MONSTER_ROOM:
        run.monster_list = run.monster_list[1:]
    elif run.room == ELITE_ROOM:
        run.elite_list = run.elite_list[1:]
    run.floor += 1
    seeded = Rng(run.seed + run.floor)
    run.ai_rng = seeded
    run.monster_hp_rng = seeded.clone()
    run.shuffle_rng = seeded.clone()
    run.card_random_rng = seeded.clone()
    run.misc_rng = seeded.clone()


def go(run: Run, x: i64, y: i64) -> None:
    """Move to a node of the map and enter its room."""
    if not world_map.is_connected(run, x):
        _use_wing_boots(run)
    node = world_map.node_at(run, x, y)
    _enter(run, x, y, BOSS_ROOM if node is None else node.room)


def go_to_boss(run: Run) -> None:
    """Move straight to the act's boss (secret portal)."""
    _enter(run, world_map.BOSS_COLUMN, world_map.boss_row(run), BOSS_ROOM)


def _use_wing_boots(run: Run) -> None:
    boots = relics.find(run, R.WING_BOOTS)
    if boots is not None:
        boots.counter -= 1
        if boots.counter == 0:
            boots.counter = relics.USED_UP


def _enter(run: Run, x: i64, y: i64, drawn: i64) -> None:
    left_shop = run.room == SHOP_ROOM
    _next_floor(run)
    run.x = x
    run.y = y
    run.drawn_room = drawn
    run.room = drawn
    run.event = NO_EVENT
    relics.enter_room(run)
    if drawn == EVENT_ROOM:
        run.room = lists.resolve_question(run, left_shop)
    relics.just_entered(run)
    _open_room(run)


def _open_room(run: Run) -> None:
    if run.room == MONSTER_ROOM:
        _start_fight(run, lists.next_encounter(run))
    elif run.room == ELITE_ROOM:
        _start_fight(run, lists.next_elite(run))
    elif run.room == BOSS_ROOM:
        _start_fight(run, run.boss)
    elif run.room == SHOP_ROOM:
        push(run, shop.build_shop(run))
    elif run.room == TREASURE_ROOM:
        push(run, treasure.build_chest(run))
    elif run.room == REST_ROOM:
        push(run, RestScreen())
    else:
        event.enter_event(run)


def _start_fight(run: Run, encounter: i64) -> None:
    """Put the fight on top; it begins when the present action is done."""
    run.encounter = encounter
    run.event_fight = False
    run.elite_trigger = run.room == ELITE_ROOM
    burning = run.x == run.burning_x and run.y == run.burning_y
    run.burning_fight = burning and run.room == ELITE_ROOM and not run.emerald_key
    push(run, CombatScreen())


# --- What happens without a decision ----------------------------------------------------------


def settle(run: Run) -> None:
    """Go on until there is something to decide: boss chest, next act, or the end."""
    while run.screens[-1].kind == MAP and run.outcome == RUNNING:
        if run.room == BOSS_ROOM and run.y >= 0:
            _after_boss(run)
        elif run.room == BOSS_TREASURE_ROOM and run.y >= 0:
            _next_act(run)
        else:
            return
    if run.outcome != RUNNING and run.screens[-1].kind != GAME_OVER:
        run.screens = [GameOverScreen()]


def die(run: Run) -> None:
    """The run is lost."""
    run.hp = 0
    run.outcome = DEATH


def has_all_keys(run: Run) -> bool:
    """Whether the way to act 4 is open."""
    return run.ruby_key and run.emerald_key and run.sapphire_key


def _after_boss(run: Run) -> None:
    if run.act == 3 and run.second_boss >= 0 and run.encounter == run.boss:
        _enter_second_boss(run)
    elif run.act == 3:
        _end_act_three(run)
    elif run.act >= run.final_act:
        run.outcome = VICTORY
    else:
        _enter_boss_chest(run)


def _enter_second_boss(run: Run) -> None:
    _next_floor(run)
    relics.enter_room(run)
    _start_fight(run, run.second_boss)


def _end_act_three(run: Run) -> None:
    """The victory room: with all keys the door to act 4 stands there, otherwise the run is won."""
    _next_floor(run)
    relics.enter_room(run)
    if run.final_act == FINAL_ACT and has_all_keys(run):
        _next_act(run)
    else:
        run.outcome = VICTORY


def _enter_boss_chest(run: Run) -> None:
    _next_floor(run)
    run.drawn_room = BOSS_TREASURE_ROOM
    run.room = BOSS_TREASURE_ROOM
    run.event = NO_EVENT
    relics.enter_room(run)
    offer: list[i64] = []
    for _ in range(BOSS_RELICS):
        offer.append(pools.take(run, pools.BOSS_TIER))
    push(run, BossRelicScreen(offer))


def _next_act(run: Run) -> None:
    """The act transition of progress.md 3; the floor and its streams stay."""
    run.act += 1
    _round_up_card_stream(run)
    run.potion_chance_offset = 0
    if run.ascension >= 5:
        missing = f32(float(run.max_hp - run.hp) * 0.75)
        relics.heal(run, round_half_up(missing))
    else:
        relics.heal(run, run.max_hp)
    _build_act(run)


def _round_up_card_stream(run: Run) -> None:
    counter = run.card_rng.counter
    for step in _CARD_STEPS:
        if step - 250 < counter < step:
            run.card_rng.advance_to(step)
            return
