"""The hidden lists of an act: encounters, elites, bosses, events; and what a "?" turns into."""

from typing import Final

from mypy_extensions import i64

from ascension.game.ids import relics as R
from ascension.game.rng import Rng, f32, java_shuffled
from ascension.game.run import (
    EVENT_ROOM,
    MONSTER_ROOM,
    SHOP_ROOM,
    TREASURE_ROOM,
    Run,
)
from ascension.game.tables import ENCOUNTER_INDEX, EVENT_INDEX
from ascension.game.world import relics

MONSTER_CHANCE: Final = f32(0.1)
SHOP_CHANCE: Final = f32(0.03)
TREASURE_CHANCE: Final = f32(0.02)
STRONG_COUNT: Final = 12
ELITE_COUNT: Final = 10


def _encounters(text: str) -> list[i64]:
    return [ENCOUNTER_INDEX[name] for name in text.split()]


def _events(text: str) -> list[i64]:
    return [EVENT_INDEX[name] for name in text.split()]


# By act 1, 2, 3 (index 0 is unused); encounters.md 1. Strong pools are in roll order.
_WEAK: Final[list[list[i64]]] = [
    [],
    _encounters("cultist jaw_worm two_louse small_slimes"),
    _encounters("spheric_guardian chosen shell_parasite three_byrds two_thieves"),
    _encounters("three_darklings orb_walker three_shapes"),
]
_WEAK_COUNT: Final[list[i64]] = [0, 3, 2, 2]
_STRONG: Final[list[list[i64]]] = [
    [],
    _encounters(
        "gremlin_gang lots_of_slimes red_slaver exordium_thugs exordium_wildlife blue_slaver "
        "looter large_slime three_louse two_fungi_beasts"
    ),
    _encounters(
        "chosen_and_byrds sentry_and_sphere cultist_and_chosen three_cultist "
        "shelled_parasite_and_fungi snecko snake_plant centurion_and_healer"
    ),
    _encounters(
        "spire_growth transient four_shapes maw sphere_and_two_shapes jaw_worm_horde "
        "three_darklings writhing_mass"
    ),
]
_STRONG_WEIGHTS: Final[list[list[float]]] = [
    [],
    [1.0, 1.0, 1.0, 1.5, 1.5, 2.0, 2.0, 2.0, 2.0, 2.0],
    [2.0, 2.0, 3.0, 3.0, 3.0, 4.0, 6.0, 6.0],
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0],
]
_ELITES: Final[list[list[i64]]] = [
    [],
    _encounters("gremlin_nob lagavulin three_sentries"),
    _encounters("gremlin_leader slavers book_of_stabbing"),
    _encounters("giant_head nemesis reptomancer"),
]
_BOSSES: Final[list[list[i64]]] = [
    [],
    _encounters("the_guardian hexaghost slime_boss"),
    _encounters("automaton collector champ"),
    _encounters("awakened_one time_eater donu_and_deca"),
]
_FINAL_ELITE: Final = ENCOUNTER_INDEX["shield_and_spear"]
_FINAL_BOSS: Final = ENCOUNTER_INDEX["the_heart"]

# After this last weak encounter the first strong one may not be one of these.
_EXCLUSION_ROWS: Final[list[tuple[str, str]]] = [
    ("small_slimes", "large_slime lots_of_slimes"),
    ("two_louse", "three_louse"),
    ("spheric_guardian", "sentry_and_sphere"),
    ("three_byrds", "chosen_and_byrds"),
    ("chosen", "chosen_and_byrds cultist_and_chosen"),
    ("three_darklings", "three_darklings"),
    ("three_shapes", "four_shapes"),
]


def _exclusion_table() -> list[list[i64]]:
    table: list[list[i64]] = []
    for _ in range(len(ENCOUNTER_INDEX)):
        table.append([])
    for weak, strong in _EXCLUSION_ROWS:
        table[ENCOUNTER_INDEX[weak]] = _encounters(strong)
    return table


_EXCLUSIONS: Final = _exclusion_table()

_EVENTS: Final[list[list[i64]]] = [
    [],
    _events(
        "big_fish the_cleric dead_adventurer golden_idol wing_statue world_of_goop "
        "the_ssssserpent living_wall hypnotizing_colored_mushrooms scrap_ooze shining_light"
    ),
    _events(
        "pleading_vagrant ancient_writing old_beggar colosseum cursed_tome augmenter "
        "forgotten_altar council_of_ghosts masked_bandits the_nest the_library the_mausoleum "
        "vampires"
    ),
    _events(
        "falling mind_bloom the_moai_head mysterious_sphere sensory_stone "
        "tomb_of_lord_red_mask winding_halls"
    ),
]
_SHRINES: Final[list[list[i64]]] = [
    [],
    _events("match_and_keep golden_shrine transmogrifier purifier upgrade_shrine wheel_of_change"),
    _events("match_and_keep wheel_of_change golden_shrine transmogrifier purifier upgrade_shrine"),
    _events("match_and_keep wheel_of_change golden_shrine transmogrifier purifier upgrade_shrine"),
]
_ONE_TIME: Final = _events(
    "ominous_forge bonfire_spirits designer_in_spire duplicator face_trader "
    "the_divine_fountain knowing_skull lab nloth note_for_yourself secret_portal the_joust "
    "we_meet_again the_woman_in_blue"
)
_NOTE: Final = EVENT_INDEX["note_for_yourself"]


# --- Encounters -----------------------------------------------------------------------------


def _equal_weights(count: i64) -> list[float]:
    weights: list[float] = []
    for _ in range(count):
        weights.append(1.0)
    return weights


def _normalized(weights: list[float]) -> list[float]:
    total = 0.0
    for weight in weights:
        total = f32(total + weight)
    return [f32(weight / total) for weight in weights]


def _roll(pool: list[i64], weights: list[float], rng: Rng) -> i64:
    """The first entry whose running sum exceeds one float of the stream."""
    roll = rng.random_float()
    total = 0.0
    for position, weight in enumerate(weights):
        total = f32(total + weight)
        if roll < total:
            return pool[position]
    return pool[-1]


def _fill(
    encounters: list[i64], pool: list[i64], weights: list[float], count: i64, rng: Rng
) -> None:
    """Append `count` rolls, none equal to one of the two before it."""
    end = len(encounters) + count
    while len(encounters) < end:
        rolled = _roll(pool, weights, rng)
        if rolled not in encounters[-2:]:
            encounters.append(rolled)


def _add_strong(run: Run, encounters: list[i64]) -> None:
    """The first strong encounter and the twelve after it."""
    pool = _STRONG[run.act]
    weights = _normalized(_STRONG_WEIGHTS[run.act])
    excluded: list[i64] = _EXCLUSIONS[encounters[-1]] if len(encounters) > 0 else []
    first = _roll(pool, weights, run.monster_rng)
    while first in excluded:
        first = _roll(pool, weights, run.monster_rng)
    encounters.append(first)
    _fill(encounters, pool, weights, STRONG_COUNT, run.monster_rng)


def _elites(run: Run) -> list[i64]:
    pool = _ELITES[run.act]
    weights = _normalized(_equal_weights(len(pool)))
    elites: list[i64] = []
    while len(elites) < ELITE_COUNT:
        rolled = _roll(pool, weights, run.monster_rng)
        if len(elites) == 0 or rolled != elites[-1]:
            elites.append(rolled)
    return elites


def build_encounters(run: Run) -> None:
    """The encounter, elite and boss lists of the run's act."""
    run.second_boss = -1
    if run.act == 4:
        run.monster_list = []
        run.elite_list = [_FINAL_ELITE]
        run.boss = _FINAL_BOSS
        return
    weak = _WEAK[run.act]
    encounters: list[i64] = []
    weights = _normalized(_equal_weights(len(weak)))
    _fill(encounters, weak, weights, _WEAK_COUNT[run.act], run.monster_rng)
    _add_strong(run, encounters)
    run.monster_list = encounters
    run.elite_list = _elites(run)
    bosses = java_shuffled(_BOSSES[run.act], run.monster_rng)
    run.boss = bosses[0]
    if run.act == 3 and run.ascension >= 20:
        run.second_boss = bosses[1]


def next_encounter(run: Run) -> i64:
    """The next normal encounter; it stays in the list until the room is left."""
    if len(run.monster_list) == 0:
        encounters: list[i64] = []
        _add_strong(run, encounters)
        run.monster_list = encounters
    return run.monster_list[0]


def next_elite(run: Run) -> i64:
    """The next elite encounter; it stays in the list until the room is left."""
    if len(run.elite_list) == 0:
        run.elite_list = _elites(run)
    return run.elite_list[0]


# --- Events and "?" -------------------------------------------------------------------------


def build_event_lists(run: Run) -> None:
    """The act's events and shrines; the one-time list is built by `build_one_time_events`."""
    run.event_list = _EVENTS[run.act] if run.act < 4 else []
    run.shrine_list = _SHRINES[run.act] if run.act < 4 else []


def build_one_time_events(run: Run) -> None:
    """Run start: the events that come once per run; the note only below ascension 15."""
    run.one_time_events = [e for e in _ONE_TIME if e != _NOTE or run.ascension < 15]


def reset_question_chances(run: Run) -> None:
    """Act start: the base chances of a "?"."""
    run.event_monster_chance = MONSTER_CHANCE
    run.event_shop_chance = SHOP_CHANCE
    run.event_treasure_chance = TREASURE_CHANCE


def _slots(chance: float) -> i64:
    return i64(int(f32(chance * 100.0)))


def _rolled_room(run: Run, left_shop: bool) -> i64:
    position = _slots(run.event_rng.random_float())
    end = _slots(run.event_monster_chance)
    if position < end:
        return MONSTER_ROOM
    end += 0 if left_shop else _slots(run.event_shop_chance)
    if position < end:
        return SHOP_ROOM
    end += _slots(run.event_treasure_chance)
    return TREASURE_ROOM if position < end else EVENT_ROOM


def _tiny_chest_opens(run: Run) -> bool:
    chest = relics.find(run, R.TINY_CHEST)
    if chest is None:
        return False
    chest.counter += 1
    if chest.counter == 4:
        chest.counter = 0
        return True
    return False


def _next_chance(hit: bool, chance: float, step: float) -> float:
    return step if hit else f32(chance + step)


def resolve_question(run: Run, left_shop: bool) -> i64:
    """The room that a "?" turns into: one float of event_rng (encounters.md 2)."""
    room = _rolled_room(run, left_shop)
    if _tiny_chest_opens(run):
        room = TREASURE_ROOM
    monster = room == MONSTER_ROOM
    if monster and relics.owns(run, R.JUZU_BRACELET):
        room = EVENT_ROOM
    run.event_monster_chance = _next_chance(monster, run.event_monster_chance, MONSTER_CHANCE)
    run.event_shop_chance = _next_chance(room == SHOP_ROOM, run.event_shop_chance, SHOP_CHANCE)
    run.event_treasure_chance = _next_chance(
        room == TREASURE_ROOM, run.event_treasure_chance, TREASURE_CHANCE
    )
    return room
