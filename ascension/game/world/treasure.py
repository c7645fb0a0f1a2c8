"""Chests: what a treasure room's chest holds, opening it, and the boss chest (rewards.md 4)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.actions import LEAVE, OPEN_CHEST, TAKE_BOSS_RELIC, make
from ascension.game.ids import relics as R
from ascension.game.rng import f32, round_half_up
from ascension.game.run import Run
from ascension.game.tables import COMMON, RARE, UNCOMMON
from ascension.game.world import deck, pools, relics
from ascension.game.world.map import FINAL_ACT
from ascension.game.world.rewards import open_rewards
from ascension.game.world.screens import (
    LARGE_CHEST,
    MEDIUM_CHEST,
    SMALL_CHEST,
    BossRelicScreen,
    RewardScreen,
    TreasureScreen,
    close,
)

# By size: percent with gold, gold, and below which roll the relic is common or uncommon.
_GOLD_BELOW: Final[list[i64]] = [50, 35, 50]
_GOLD: Final[list[float]] = [25.0, 50.0, 75.0]
_COMMON_BELOW: Final[list[i64]] = [75, 35, 0]
_UNCOMMON_BELOW: Final[list[i64]] = [100, 85, 75]


def build_chest(run: Run) -> TreasureScreen:
    """Roll the chest of a room that has just been entered: two draws."""
    roll = run.treasure_rng.random(99)
    size = LARGE_CHEST
    if roll < 50:
        size = SMALL_CHEST
    elif roll < 83:
        size = MEDIUM_CHEST
    content = run.treasure_rng.random(99)
    tier = RARE
    if content < _COMMON_BELOW[size]:
        tier = COMMON
    elif content < _UNCOMMON_BELOW[size]:
        tier = UNCOMMON
    return TreasureScreen(size, tier, content < _GOLD_BELOW[size])


def legal() -> list[i64]:
    """A closed chest may be opened or left."""
    return [make(OPEN_CHEST), make(LEAVE)]


def apply(run: Run, chest: TreasureScreen, verb: i64) -> None:
    """Open the chest or leave it closed."""
    close(run, chest)
    if verb == OPEN_CHEST:
        _open(run, chest)


def _open(run: Run, chest: TreasureScreen) -> None:
    screen = RewardScreen()
    _trigger_relics(run, screen)
    if chest.has_gold:
        base = _GOLD[chest.size]
        low = f32(base * f32(0.9))
        high = f32(base * f32(1.1))
        screen.gold.append(round_half_up(run.treasure_rng.float_between(low, high)))
    screen.relics.append(pools.take(run, chest.tier))
    screen.sapphire_key = run.final_act == FINAL_ACT and not run.sapphire_key
    if relics.use_hungry_face(run):
        _eat_first_relic(screen)
    open_rewards(run, screen)


def _trigger_relics(run: Run, screen: RewardScreen) -> None:
    """Matryoshka and cursed key, in the order in which they were acquired."""
    for relic in run.relics[:]:
        if relic.id == R.MATRYOSHKA:
            if relics.use_matryoshka(run):
                tier = COMMON if run.relic_rng.chance(0.75) else UNCOMMON
                screen.relics.append(pools.take(run, tier))
        elif relic.id == R.CURSED_KEY:
            deck.add_card(run, pools.random_curse(run))


def _eat_first_relic(screen: RewardScreen) -> None:
    """N'loth's hungry face; the key goes with the relic that it is linked to."""
    if len(screen.relics) == 1:
        screen.sapphire_key = False
    del screen.relics[0]


# --- Boss chest -------------------------------------------------------------------------------


def legal_boss_relics(screen: BossRelicScreen) -> list[i64]:
    """One relic or none."""
    out: list[i64] = []
    for position in range(len(screen.relics)):
        out.append(make(TAKE_BOSS_RELIC, position))
    out.append(make(LEAVE))
    return out


def take_boss_relic(run: Run, screen: BossRelicScreen, position: i64) -> None:
    """Take the relic at this position, none if it is negative; the others are lost."""
    close(run, screen)
    if position >= 0:
        relics.obtain(run, screen.relics[position])
