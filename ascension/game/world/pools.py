"""The pools that cards and relics are drawn from, and the draws themselves (rewards.md 5 and 7).

Relic pools are shuffled once per run and shrink; a relic that may not spawn now is lost.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.ids import relics as R
from ascension.game.rng import Rng, java_shuffled
from ascension.game.run import SHOP_ROOM, Run
from ascension.game.tables import (
    ATTACK,
    BASIC,
    CARD_COLORS,
    CARD_IDS,
    CARD_RARITY,
    CARD_TYPE,
    COMMON,
    POWER,
    RARE,
    RARITY_NAMES,
    RELIC_INDEX,
    SKILL,
    TYPE_NAMES,
    UNCOMMON,
    card_id,
    card_list,
    read_rows,
)
from ascension.game.world import relics

# Relic tiers beyond the rarities that cards have, too.
SHOP_TIER: Final = 4
BOSS_TIER: Final = 5

_POOL_RARITIES: Final = [COMMON, UNCOMMON, RARE]


def _by_rarity(table: str) -> list[list[i64]]:
    """Card ids of a pool table, by rarity; rarities without cards are empty."""
    out: list[list[i64]] = [[], [], [], []]
    for rarity in _POOL_RARITIES:
        out[rarity] = card_list(table, "rarity", RARITY_NAMES[rarity])
    return out


def _by_type() -> list[list[list[i64]]]:
    """Red cards by type and rarity, in the order of shop draws."""
    out: list[list[list[i64]]] = [[[], [], [], []], [[], [], [], []], [[], [], [], []]]
    for row in read_rows("card_pools_red_by_type"):
        kind = TYPE_NAMES.index(row["type"])
        rarity = RARITY_NAMES.index(row["rarity"])
        out[kind][rarity].append(card_id(row["card_id"]))
    return out


# Indexed by rarity (and type); the order is the order of draws.
RED: Final = _by_rarity("card_pools_red")
RED_BY_TYPE: Final = _by_type()
ANY_COLOR: Final = _by_rarity("card_pools_any_color")
COLORLESS: Final[list[list[i64]]] = [
    [],
    [],
    card_list("card_pools_colorless", "list", "sorted_uncommon"),
    card_list("card_pools_colorless", "list", "sorted_rare"),
]
COLORLESS_POOL: Final = card_list("card_pools_colorless", "list", "colorless_pool")
CURSES: Final[list[i64]] = [card_id(row["card_id"]) for row in read_rows("curse_pool")]
PANDORA: Final = card_list("card_pools_derived", "list", "truly_random_red")
_TRANSFORM_RED: Final = card_list("card_pools_derived", "list", "transform_red")
_TRANSFORM_COLORLESS: Final = card_list("card_pools_colorless", "list", "src_colorless_pool")


def _transform_lists() -> list[list[i64]]:
    """By card id: what it can turn into, in the order of the draw."""
    out: list[list[i64]] = []
    for position in range(len(CARD_IDS)):
        source = _TRANSFORM_RED
        if CARD_COLORS[position] == "colorless":
            source = _TRANSFORM_COLORLESS
        elif CARD_COLORS[position] == "curse":
            source = CURSES
        out.append([card for card in source if card != position])
    return out


_TRANSFORM: Final = _transform_lists()


def transformed(card: i64, rng: Rng) -> i64:
    """What a card turns into: one draw over its kind without itself."""
    choices = _TRANSFORM[card]
    return choices[rng.random(len(choices) - 1)]


def random_curse(run: Run) -> i64:
    """A random curse; the draw is made even if omamori then turns it away."""
    return CURSES[run.card_rng.random(len(CURSES) - 1)]


def shuffled_colorless(run: Run, rarity: i64) -> i64:
    """A colourless card of an event: the pool is shuffled and stays so until the next act."""
    run.colorless_pool = java_shuffled(run.colorless_pool, run.shuffle_rng)
    for card in run.colorless_pool:
        if CARD_RARITY[card] == rarity:
            return card
    return run.colorless_pool[0]


def _relic_pool(tier: str) -> list[i64]:
    return [RELIC_INDEX[row["relic_id"]] for row in read_rows("relic_pools") if row["tier"] == tier]


_COMMON_RELICS: Final = _relic_pool("common")
_UNCOMMON_RELICS: Final = _relic_pool("uncommon")
_RARE_RELICS: Final = _relic_pool("rare")
_SHOP_RELICS: Final = _relic_pool("shop")
_BOSS_RELICS: Final = _relic_pool("boss")


def shuffle_relic_pools(run: Run) -> None:
    """Run start: five longs of relic_rng."""
    run.common_relics = java_shuffled(_COMMON_RELICS, run.relic_rng)
    run.uncommon_relics = java_shuffled(_UNCOMMON_RELICS, run.relic_rng)
    run.rare_relics = java_shuffled(_RARE_RELICS, run.relic_rng)
    run.shop_relics = java_shuffled(_SHOP_RELICS, run.relic_rng)
    run.boss_relics = java_shuffled(_BOSS_RELICS, run.relic_rng)


def _pool(run: Run, tier: i64) -> list[i64]:
    if tier == COMMON:
        return run.common_relics
    if tier == UNCOMMON:
        return run.uncommon_relics
    if tier == RARE:
        return run.rare_relics
    return run.shop_relics if tier == SHOP_TIER else run.boss_relics


def _set_pool(run: Run, tier: i64, pool: list[i64]) -> None:
    if tier == COMMON:
        run.common_relics = pool
    elif tier == UNCOMMON:
        run.uncommon_relics = pool
    elif tier == RARE:
        run.rare_relics = pool
    elif tier == SHOP_TIER:
        run.shop_relics = pool
    else:
        run.boss_relics = pool


def _from_empty_pool(run: Run, tier: i64) -> i64:
    if tier in (COMMON, SHOP_TIER):
        return take(run, UNCOMMON)
    if tier == UNCOMMON:
        return take(run, RARE)
    return R.CIRCLET if tier == RARE else R.RED_CIRCLET


def take(run: Run, tier: i64) -> i64:
    """Take the first relic of a tier; one that may not spawn is lost and the end follows."""
    pool = _pool(run, tier)
    if len(pool) == 0:
        return _from_empty_pool(run, tier)
    _set_pool(run, tier, pool[1:])
    relic = pool[0]
    return relic if may_spawn(run, relic) else take_end(run, tier)


def take_end(run: Run, tier: i64) -> i64:
    """Take the last relic of a tier that may spawn (of the boss tier the first)."""
    while True:
        pool = _pool(run, tier)
        if len(pool) == 0:
            return _from_empty_pool(run, tier)
        if tier == BOSS_TIER:
            relic = pool[0]
            _set_pool(run, tier, pool[1:])
        else:
            relic = pool[-1]
            _set_pool(run, tier, pool[:-1])
        if may_spawn(run, relic):
            return relic


_SCREEN_RELICS: Final = [R.BOTTLED_FLAME, R.BOTTLED_LIGHTNING, R.BOTTLED_TORNADO, R.WHETSTONE]
_CAMPFIRE_RELICS: Final = [R.GIRYA, R.PEACE_PIPE, R.SHOVEL]


def take_screenless(run: Run, tier: i64) -> i64:
    """As `take`, again while the result opens a screen (or is whetstone); those are lost."""
    relic = take(run, tier)
    while relic in _SCREEN_RELICS:
        relic = take(run, tier)
    return relic


def take_without_campfire(run: Run, tier: i64) -> i64:
    """As `take`, again while the result adds a rest site option (black star's relic)."""
    relic = take(run, tier)
    while relic in _CAMPFIRE_RELICS:
        relic = take(run, tier)
    return relic


def roll_elite_tier(run: Run) -> i64:
    """The tier of an elite's relic."""
    roll = run.relic_rng.random(99)
    if roll < 50:
        return COMMON
    return UNCOMMON if roll < 83 else RARE


def roll_tier(run: Run) -> i64:
    """The tier of a random relic (events, dig): in act 4 uncommon whatever the roll."""
    tier = roll_elite_tier(run)
    return UNCOMMON if run.act == 4 else tier


# Last floor on which a relic may come; relics not named have no limit.
_FLOOR_LIMIT: Final[list[tuple[i64, list[i64]]]] = [
    (
        48,
        [
            R.ANCIENT_TEA_SET,
            R.CERAMIC_FISH,
            R.DARKSTONE_PERIAPT,
            R.DREAM_CATCHER,
            R.FROZEN_EGG,
            R.MOLTEN_EGG,
            R.TOXIC_EGG,
            R.JUZU_BRACELET,
            R.MEAL_TICKET,
            R.MEAT_ON_THE_BONE,
            R.OMAMORI,
            R.POTION_BELT,
            R.PRAYER_WHEEL,
            R.QUESTION_CARD,
            R.REGAL_PILLOW,
            R.SINGING_BOWL,
            R.MAW_BANK,
            R.SMILING_MASK,
            R.THE_COURIER,
            R.OLD_COIN,
        ],
    ),
    (52, [R.PRESERVED_INSECT]),
    (40, [R.MATRYOSHKA, R.WING_BOOTS]),
    (35, [R.TINY_CHEST]),
    (47, [R.GIRYA, R.PEACE_PIPE, R.SHOVEL]),
]
# UNCERTAIN(relics.csv the_courier): The Courier is not sold in shops; one source omits the
#   condition. Settled by: shops of many seeds: is it ever for sale?
_NOT_IN_SHOPS: Final = [R.MAW_BANK, R.SMILING_MASK, R.THE_COURIER, R.OLD_COIN]


def _last_floors() -> list[i64]:
    out: list[i64] = []
    for _ in range(R.COUNT):
        out.append(1000)
    for floor, ids in _FLOOR_LIMIT:
        for relic in ids:
            out[relic] = floor
    return out


_LAST_FLOOR: Final = _last_floors()


def _has_card(run: Run, card_type: i64, basic_counts: bool) -> bool:
    for card in run.deck:
        if CARD_TYPE[card.id] == card_type and (basic_counts or CARD_RARITY[card.id] != BASIC):
            return True
    return False


def _campfire_relics_owned(run: Run) -> i64:
    count: i64 = 0
    for relic in _CAMPFIRE_RELICS:
        if relics.owns(run, relic):
            count += 1
    return count


def may_spawn(run: Run, relic: i64) -> bool:
    """The spawn test of rewards.md 5, with the run as it is now."""
    if run.floor > _LAST_FLOOR[relic]:
        return False
    if relic in _NOT_IN_SHOPS:
        return run.room != SHOP_ROOM
    if relic in _CAMPFIRE_RELICS:
        return _campfire_relics_owned(run) < 2
    if relic == R.BOTTLED_FLAME:
        return _has_card(run, ATTACK, False)
    if relic == R.BOTTLED_LIGHTNING:
        return _has_card(run, SKILL, False)
    if relic == R.BOTTLED_TORNADO:
        return _has_card(run, POWER, True)
    if relic == R.BLACK_BLOOD:
        return relics.owns(run, R.BURNING_BLOOD)
    # UNCERTAIN(relics.csv ectoplasm): Ectoplasm comes in act 1 only; simulators omit the
    #   condition. Settled by: boss chests of act 2 over many seeds.
    return relic != R.ECTOPLASM or run.act == 1
