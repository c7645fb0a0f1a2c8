"""The content tables as flat lists of integers, indexed by id: what the rules compare and add.

Read once from `content/*.csv`. Lists named `CARD_*` that depend on the upgrade are indexed by
`2 * id + (1 if upgraded else 0)`; an empty cell is 0, except costs (-2: unplayable).
"""

import csv
from pathlib import Path
from typing import Final

from mypy_extensions import i64

from ascension.game.errors import unknown

CONTENT: Final = Path(__file__).parent / "content"

# Card types.
ATTACK: Final = 0
SKILL: Final = 1
POWER: Final = 2
STATUS: Final = 3
CURSE: Final = 4
TYPE_NAMES: Final = ["attack", "skill", "power", "status", "curse"]

# Card and relic rarities.
BASIC: Final = 0
COMMON: Final = 1
UNCOMMON: Final = 2
RARE: Final = 3
SPECIAL: Final = 4
CURSE_RARITY: Final = 5
RARITY_NAMES: Final = ["basic", "common", "uncommon", "rare", "special", "curse"]

# Card targets; only ENEMY needs a choice.
NO_TARGET: Final = 0
SELF: Final = 1
ENEMY: Final = 2
ALL_ENEMIES: Final = 3
RANDOM_ENEMY: Final = 4
TARGET_NAMES: Final = ["none", "self", "enemy", "all_enemies", "random_enemy"]


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of one content table, in order."""
    with (CONTENT / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def index_of(names: list[str]) -> dict[str, int]:
    """Name to position."""
    return {name: position for position, name in enumerate(names)}


def _both(rows: list[dict[str, str]], column: str, empty: int) -> list[i64]:
    """Base and upgraded value of every row, interleaved; a missing upgraded cell is the base."""
    out: list[i64] = []
    for row in rows:
        base = row[column] or str(empty)
        out.append(int(base))
        out.append(int(row.get(f"{column}_up") or base))
    return out


def _coded(rows: list[dict[str, str]], column: str, names: list[str]) -> list[i64]:
    code = index_of(names)
    return [code[row[column]] for row in rows]


_CARDS: Final = read_rows("cards")
CARD_IDS: Final = [row["id"] for row in _CARDS]
CARD_NAMES: Final = [row["name"] for row in _CARDS]
CARD_STRING_IDS: Final = [row["game_string_id"] for row in _CARDS]
CARD_COLORS: Final = [row["color"] for row in _CARDS]
CARD_TYPE: Final = _coded(_CARDS, "type", TYPE_NAMES)
CARD_RARITY: Final = _coded(_CARDS, "rarity", RARITY_NAMES)
CARD_COST: Final = _both(_CARDS, "cost", -2)
CARD_DAMAGE: Final = _both(_CARDS, "damage", 0)
CARD_BLOCK: Final = _both(_CARDS, "block", 0)
CARD_MAGIC: Final = _both(_CARDS, "magic", 0)
CARD_EXHAUST: Final = _both(_CARDS, "exhaust", 0)
CARD_ETHEREAL: Final = _both(_CARDS, "ethereal", 0)
CARD_INNATE: Final = _both(_CARDS, "innate", 0)
CARD_SELF_RETAIN: Final = _both(_CARDS, "self_retain", 0)
CARD_UPGRADABLE: Final[list[i64]] = [int(row["upgradable"] or "0") for row in _CARDS]
CARD_REMOVABLE: Final[list[i64]] = [int(row["removable"] or "0") for row in _CARDS]
CARD_IS_STRIKE: Final[list[i64]] = [
    1 if "strike" in row["tags"].split(";") else 0 for row in _CARDS
]
CARD_IS_STARTER: Final[list[i64]] = [
    1 if "starter_strike" in row["tags"] or "starter_defend" in row["tags"] else 0 for row in _CARDS
]
# The rules know every card but those of other classes, which are only ever offered.
CARD_IS_OURS: Final[list[i64]] = [1 if row["scope"] == "ironclad" else 0 for row in _CARDS]


def _targets() -> list[i64]:
    code = index_of(TARGET_NAMES)
    out: list[i64] = []
    for row in _CARDS:
        out.append(code[row["target"]])
        out.append(code[row["target_up"] or row["target"]])
    return out


CARD_TARGET: Final = _targets()

_RELICS: Final = read_rows("relics")
RELIC_IDS: Final = [row["id"] for row in _RELICS]
RELIC_NAMES: Final = [row["name"] for row in _RELICS]
RELIC_TIERS: Final = [row["tier"] for row in _RELICS]

_POTIONS: Final = read_rows("potions")
POTION_IDS: Final = [row["id"] for row in _POTIONS]
POTION_NAMES: Final = [row["name"] for row in _POTIONS]
POTION_RARITY: Final = _coded(_POTIONS, "rarity", RARITY_NAMES)
POTION_NEEDS_TARGET: Final[list[i64]] = [
    1 if row["needs_target"] == "yes" else 0 for row in _POTIONS
]


def _leading_number(cell: str) -> int:
    """The number that a cell starts with ("20 (%)", "2 copies"); 0 for "-"."""
    digits = cell.split(" ", maxsplit=1)[0]
    return int(digits) if digits.isdigit() else 0


# Indexed by `2 * id + (1 if sacred bark else 0)`.
POTION_POTENCY: Final[list[i64]] = [
    _leading_number(row[column])
    for row in _POTIONS
    for column in ("potency", "potency_sacred_bark")
]
POTION_OUTSIDE_FIGHTS: Final[list[i64]] = [
    1 if row["usable_outside_combat"] == "yes" else 0 for row in _POTIONS
]

_POWERS: Final = read_rows("powers")
POWER_IDS: Final = [row["id"] for row in _POWERS]
POWER_NAMES: Final = [row["name"] for row in _POWERS]
POWER_PRIORITY: Final[list[i64]] = [int(row["priority"]) for row in _POWERS]
BUFF: Final = 0
DEBUFF: Final = 1
SIGNED: Final = 2  # a debuff when the amount is negative
POWER_KIND: Final = _coded(_POWERS, "kind", ["buff", "debuff", "signed"])

_MONSTERS: Final = read_rows("monsters")
MONSTER_IDS: Final = [row["id"] for row in _MONSTERS]
MONSTER_NAMES: Final = [row["name"] for row in _MONSTERS]
MONSTER_IS_BOSS: Final[list[i64]] = [1 if row["kind"] == "boss" else 0 for row in _MONSTERS]

_MOVES: Final = read_rows("moves")
MOVE_IDS: Final = [f"{row['monster']}_{row['move']}" for row in _MOVES]
# Moves that are their monster's only choice: announced again they do not enter the history.
MOVE_ENTERS_HISTORY_ONCE: Final[list[i64]] = [1 if row["repeat"] == "no" else 0 for row in _MOVES]
ENCOUNTER_IDS: Final = [row["id"] for row in read_rows("encounters")]
EVENT_IDS: Final = [row["id"] for row in read_rows("events")]
EVENT_NAMES: Final = [row["name"] for row in read_rows("events")]


def card_id(name: str) -> int:
    """The id of a card by its name in the tables; UnknownContent for others."""
    return id_of("card", name)


def id_of(kind: str, name: str) -> int:
    """The id of a card, relic, potion, ... by its name; UnknownContent says what is like it."""
    known = _INDEX_OF_KIND[kind]
    if name not in known:
        raise unknown(kind, name, known)
    return known[name]


def card_list(table: str, key: str, value: str) -> list[i64]:
    """Card ids of the rows of an ordered pool table whose `key` column is `value`."""
    return [_CARD_INDEX[row["card_id"]] for row in read_rows(table) if row[key] == value]


_CARD_INDEX: Final = index_of(CARD_IDS)
RELIC_INDEX: Final = index_of(RELIC_IDS)
POTION_INDEX: Final = index_of(POTION_IDS)
MONSTER_INDEX: Final = index_of(MONSTER_IDS)
ENCOUNTER_INDEX: Final = index_of(ENCOUNTER_IDS)
EVENT_INDEX: Final = index_of(EVENT_IDS)
_INDEX_OF_KIND: Final = {
    "card": _CARD_INDEX,
    "relic": RELIC_INDEX,
    "potion": POTION_INDEX,
    "power": index_of(POWER_IDS),
    "monster": MONSTER_INDEX,
    "encounter": ENCOUNTER_INDEX,
    "event": EVENT_INDEX,
}

# Pools rolled inside a fight (rewards.md 7), in draw order.
IN_COMBAT_RED: Final = card_list("card_pools_derived", "list", "in_combat_red")
IN_COMBAT_RED_ATTACK: Final = card_list("card_pools_derived", "list", "in_combat_red_attack")
IN_COMBAT_RED_SKILL: Final = card_list("card_pools_derived", "list", "in_combat_red_skill")
IN_COMBAT_RED_POWER: Final = card_list("card_pools_derived", "list", "in_combat_red_power")
IN_COMBAT_COLORLESS: Final = card_list("card_pools_derived", "list", "in_combat_colorless")
