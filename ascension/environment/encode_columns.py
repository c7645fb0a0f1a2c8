"""Names of the columns inside the blocks of the layout: cards, powers, counters, rooms, tasks.

Content tables decide; where only some of the content can appear (powers of a monster, relics with
a counter), the choice is listed here. Also the maps from content ids to columns.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import content as _registers_tasks  # noqa: F401
from ascension.game.combat.registry import SELECTION_NAMES
from ascension.game.ids import cards as card_ids
from ascension.game.run import ROOM_NAMES
from ascension.game.tables import (
    CARD_IDS,
    CARD_IS_OURS,
    CARD_UPGRADABLE,
    ENCOUNTER_IDS,
    EVENT_IDS,
    POWER_IDS,
    RELIC_IDS,
    index_of,
    read_rows,
)

FOREIGN: Final = "foreign"  # any card of another class: only ever offered
OTHER: Final = "other"
MONSTER_SLOTS: Final = 5
EVENT_SLOTS: Final = 8  # options are numbered 0..7 within their event


def _card_columns() -> tuple[tuple[str, ...], list[i64]]:
    """Column names, and the column of every card row (`2 * id + upgraded`)."""
    names = [FOREIGN]
    column_of: list[i64] = []
    for card in range(card_ids.COUNT):
        if not CARD_IS_OURS[card]:
            column_of += [0, 0]
            continue
        column_of.append(len(names))
        names.append(CARD_IDS[card])
        if CARD_UPGRADABLE[card]:
            names.append(f"{CARD_IDS[card]}+")
        column_of.append(len(names) - 1)
    return tuple(names), column_of


_CARD_NAMES_AND_COLUMNS = _card_columns()
CARD_COLUMNS: Final[tuple[str, ...]] = _CARD_NAMES_AND_COLUMNS[0]
CARD_COLUMN: Final[list[i64]] = _CARD_NAMES_AND_COLUMNS[1]

# Powers that belong to other classes never appear; the rest of the table is split by owner.
_NEVER: Final = ("poison", "focus")
MONSTER_POWERS: Final[tuple[str, ...]] = (
    *("strength", "weak", "vulnerable", "artifact", "intangible", "plated_armor", "metallicize"),
    *("thorns", "ritual", "barricade", "shackled", "regenerate", "strength_up", "invincible"),
    *("beat_of_death", "painful_stabs", "curl_up", "malleable", "angry", "flight", "shifting"),
    *("reactive", "mode_shift", "sharp_hide", "enrage", "curiosity", "slow", "time_warp"),
    *("asleep", "spore_cloud", "stasis", "regrow", "unawakened", "minion", "explosive", "fading"),
    *("thievery", "split", "back_attack", "minion_leader", OTHER),
)
_FIRST_MONSTER_POWER: Final = POWER_IDS.index("shackled")
PLAYER_POWERS: Final[tuple[str, ...]] = (
    *[name for name in POWER_IDS[:_FIRST_MONSTER_POWER] if name not in _NEVER],
    OTHER,
)


def _columns_of(ids: list[str], columns: tuple[str, ...], missing: i64) -> list[i64]:
    """For every content id its column; `missing` for those without one."""
    position = index_of(list(columns))
    return [i64(position.get(name, missing)) for name in ids]


PLAYER_POWER_COLUMN: Final[list[i64]] = _columns_of(
    POWER_IDS, PLAYER_POWERS, len(PLAYER_POWERS) - 1
)
MONSTER_POWER_COLUMN: Final[list[i64]] = _columns_of(
    POWER_IDS, MONSTER_POWERS, len(MONSTER_POWERS) - 1
)

# What one unit of a power's amount is worth in its column; a tenth where not listed.
_UNIT: Final = {
    **{"weak": 0.25, "vulnerable": 0.25, "frail": 0.25, "artifact": 0.3, "intangible": 0.5},
    **{"buffer": 0.5, "double_tap": 0.5, "duplication": 0.5, "evolve": 0.5, "berserk": 0.5},
    **{"ritual": 0.2, "brutality": 0.5, "demon_form": 0.3, "dark_embrace": 0.5, "mayhem": 0.5},
    **{"magnetism": 0.5, "the_bomb": 0.3, "explosive": 0.3, "fading": 0.2, "flight": 0.3},
    **{"invincible": 0.005, "mode_shift": 0.03, "slow": 0.1, "time_warp": 0.08, "thievery": 0.05},
    **{"enrage": 0.3, "curiosity": 0.3, "angry": 0.3, "spore_cloud": 0.3, "hex": 0.5},
}
POWER_UNIT: Final[list[float]] = [_UNIT.get(name, 0.1) for name in POWER_IDS]

# Relics whose number matters, and what one unit of it is worth.
_COUNTERS: Final = {
    **{"pen_nib": 0.1, "nunchaku": 0.1, "ink_bottle": 0.1, "happy_flower": 0.3, "sundial": 0.3},
    **{"incense_burner": 0.15, "tiny_chest": 0.25, "omamori": 0.5, "matryoshka": 0.5},
    **{"wing_boots": 0.3, "neows_lament": 0.3, "girya": 0.3, "kunai": 0.3, "shuriken": 0.3},
    **{"ornamental_fan": 0.3, "letter_opener": 0.3, "horn_cleat": 0.5, "captains_wheel": 0.3},
    **{"stone_calendar": 0.14, "pocketwatch": 0.2, "velvet_choker": 0.15, "du_vu_doll": 0.2},
    **{"lizard_tail": 0.5, "maw_bank": 0.5, "ancient_tea_set": 0.5, "nloths_hungry_face": 0.5},
}
COUNTER_RELICS: Final[tuple[str, ...]] = tuple(_COUNTERS)
COUNTER_COLUMN: Final[list[i64]] = _columns_of(RELIC_IDS, COUNTER_RELICS, -1)
COUNTER_UNIT: Final[list[float]] = [_COUNTERS.get(name, 0.0) for name in RELIC_IDS]

_NEVER_CHANGES: Final = 99  # ascension
INTENTS: Final[tuple[str, ...]] = (
    *("attack", "attack_buff", "attack_debuff", "attack_defend", "buff", "debuff"),
    *("strong_debuff", "defend", "defend_buff", "defend_debuff", "escape", "sleep", "stun"),
    "unknown",
)


def _intents() -> tuple[list[i64], list[i64], list[i64]]:
    """Per move: its intent, the ascension at which it changes, and the intent from there on."""
    column = index_of(list(INTENTS))
    first: list[i64] = []
    change: list[i64] = []
    then: list[i64] = []
    for row in read_rows("moves"):
        base, _, later = row["intent"].partition("/")
        level, _, changed = later.partition(":")
        first.append(column[base])
        change.append(int(level or _NEVER_CHANGES))
        then.append(column[changed or base])
    return first, change, then


_INTENT_TABLES = _intents()
MOVE_INTENT: Final[list[i64]] = _INTENT_TABLES[0]
MOVE_INTENT_CHANGES: Final[list[i64]] = _INTENT_TABLES[1]
MOVE_INTENT_THEN: Final[list[i64]] = _INTENT_TABLES[2]
BOSSES: Final[tuple[str, ...]] = (
    *("slime_boss", "the_guardian", "hexaghost", "automaton", "collector", "champ"),
    *("awakened_one", "time_eater", "donu_and_deca", "the_heart"),
)
BOSS_COLUMN: Final[list[i64]] = _columns_of(ENCOUNTER_IDS, BOSSES, -1)

# Card choices in a fight, as the rules name them.
TASKS: Final[tuple[str, ...]] = (
    *("armaments", "codex", "discovery", "dual_wield", "exhaust_many", "exhaust_one", "exhume"),
    *("forethought", "gamble", "headbutt", "liquid_memories_potion", "secret_technique"),
    *("secret_weapon", "warcry", OTHER),
)


def _task_columns() -> list[i64]:
    """The column of every task number; numbers follow the order of registration."""
    position = index_of(list(TASKS))
    return [i64(position.get(name, len(TASKS) - 1)) for name in SELECTION_NAMES]


TASK_COLUMN: Final[list[i64]] = _task_columns()

# Rooms counted when looking ahead on the map, in the order of the run's room numbers.
OUTLOOK_ROOMS: Final[tuple[str, ...]] = tuple(ROOM_NAMES[1:7])


def _event_options() -> tuple[tuple[str, ...], list[i64]]:
    """Names of all options of all events, and the column by `event * EVENT_SLOTS + option`."""
    column_of: list[i64] = [i64(0)] * (len(EVENT_IDS) * EVENT_SLOTS)
    found: list[str] = []
    position = index_of(EVENT_IDS)
    for row in read_rows("event_options"):
        name = f"{row['event']}:{row['index']}:{row['what']}"
        if name not in found:
            column_of[position[row["event"]] * EVENT_SLOTS + int(row["index"])] = len(found)
            found.append(name)
    return tuple(found), column_of


_EVENT_TABLES = _event_options()
EVENT_OPTIONS: Final[tuple[str, ...]] = _EVENT_TABLES[0]
EVENT_OPTION_COLUMN: Final[list[i64]] = _EVENT_TABLES[1]

# What an event's rolled numbers mean where an option's text says it: (option, fact, position).
NO_FACT: Final = 0
FACT_CARD: Final = 1  # the deck card at that position is lost
FACT_RELIC: Final = 2  # that relic is lost
FACT_POTION: Final = 3  # the potion in that slot is lost
FACT_GOLD: Final = 4  # so much gold is lost
FACT_HP: Final = 5  # so much hp is lost
FACT_HEAL: Final = 6
FACT_MAX_HP: Final = 7  # so much max hp is lost
FACT_TRIES: Final = 8  # how often it was tried before
_FACTS: Final[dict[str, list[tuple[int, int, int]]]] = {
    "dead_adventurer": [(0, FACT_TRIES, 0)],
    "golden_idol": [(3, FACT_HP, 0), (4, FACT_MAX_HP, 1)],
    "world_of_goop": [(1, FACT_GOLD, 0)],
    "scrap_ooze": [(0, FACT_TRIES, 0)],
    "shining_light": [(0, FACT_HP, 0)],
    "forgotten_altar": [(1, FACT_HP, 0)],
    "council_of_ghosts": [(0, FACT_MAX_HP, 0)],
    "vampires": [(1, FACT_MAX_HP, 0)],
    "the_library": [(1, FACT_HEAL, 0)],
    "falling": [(0, FACT_CARD, 0), (1, FACT_CARD, 1), (2, FACT_CARD, 2)],
    "the_moai_head": [(0, FACT_MAX_HP, 0)],
    "winding_halls": [(0, FACT_HP, 0), (1, FACT_HEAL, 1), (2, FACT_MAX_HP, 2)],
    "face_trader": [(0, FACT_HP, 0)],
    "knowing_skull": [(0, FACT_HP, 0), (1, FACT_HP, 1), (2, FACT_HP, 2)],
    "nloth": [(0, FACT_RELIC, 0), (1, FACT_RELIC, 1)],
    "we_meet_again": [(0, FACT_POTION, 0), (1, FACT_GOLD, 1), (2, FACT_CARD, 2)],
}


def _facts(part: int) -> list[i64]:
    """One part of the facts, by `event * EVENT_SLOTS + option`."""
    out: list[i64] = [i64(0)] * (len(EVENT_IDS) * EVENT_SLOTS)
    position = index_of(EVENT_IDS)
    for event, facts in _FACTS.items():
        for fact in facts:
            out[position[event] * EVENT_SLOTS + fact[0]] = fact[part]
    return out


EVENT_FACT: Final[list[i64]] = _facts(1)
EVENT_FACT_POSITION: Final[list[i64]] = _facts(2)
