"""The events of act 1 (events.md 3). Set-up numbers are explained at each event."""

from typing import Final

from mypy_extensions import i64

from ascension.game.ids import cards as C
from ascension.game.ids import encounters
from ascension.game.ids import events as E
from ascension.game.ids import relics as R
from ascension.game.rng import java_shuffled
from ascension.game.run import DEATH, Run
from ascension.game.tables import ATTACK, CARD_DAMAGE, CARD_TYPE
from ascension.game.world import deck, pools, relics
from ascension.game.world.event_effects import (
    by_ascension,
    floor_share,
    gain_random_relic,
    gain_relic_and_curse,
    has_removable,
    has_upgradable,
    hit,
    hit_by_self,
    remove_one,
    rounded_share,
    share_by_ascension,
    transform_one,
    upgrade_one,
    upgrade_two_random,
)
from ascension.game.world.event_registry import condition, go_on, needs, option, setup
from ascension.game.world.screens import EventScreen, start_event_fight

# --- Big Fish ---


@option(E.BIG_FISH, 0)
def _banana(run: Run, screen: EventScreen) -> None:
    relics.heal(run, run.max_hp // 3)


@option(E.BIG_FISH, 1)
def _donut(run: Run, screen: EventScreen) -> None:
    relics.gain_max_hp(run, 5)


@option(E.BIG_FISH, 2)
def _box(run: Run, screen: EventScreen) -> None:
    gain_relic_and_curse(run, C.REGRET)


# --- The Cleric ---


@condition(E.THE_CLERIC)
def _can_pay_cleric(run: Run) -> bool:
    return run.gold >= 35


@needs(E.THE_CLERIC, 0)
def _can_heal(run: Run, screen: EventScreen) -> bool:
    return run.gold >= 35


@option(E.THE_CLERIC, 0)
def _cleric_heals(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, 35)
    relics.heal(run, floor_share(run, 0.25))


@needs(E.THE_CLERIC, 1)
def _can_purify(run: Run, screen: EventScreen) -> bool:
    return run.gold >= by_ascension(run, 50, 75) and has_removable(run, screen)


@option(E.THE_CLERIC, 1)
def _cleric_purifies(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, by_ascension(run, 50, 75))
    remove_one(run, screen)


# --- Dead Adventurer: numbers = searches made, encounter, then the three finds in order ---

_GOLD: Final[i64] = 0
_NOTHING: Final[i64] = 1
_RELIC: Final[i64] = 2
_FIRST_FIND: Final[i64] = 2  # position of the finds in the numbers


@condition(E.DEAD_ADVENTURER, E.HYPNOTIZING_COLORED_MUSHROOMS)
def _is_past_floor_six(run: Run) -> bool:
    return run.floor > 6


@setup(E.DEAD_ADVENTURER)
def _lay_out_finds(run: Run, screen: EventScreen) -> None:
    finds = java_shuffled([_GOLD, _NOTHING, _RELIC], run.misc_rng)
    enemies: list[i64] = [
        encounters.THREE_SENTRIES,
        encounters.GREMLIN_NOB,
        encounters.LAGAVULIN_EVENT,
    ]
    screen.numbers = [0, enemies[run.misc_rng.random(2)]] + finds


@option(E.DEAD_ADVENTURER, 0)
def _search(run: Run, screen: EventScreen) -> None:
    searches = screen.numbers[0]
    if run.misc_rng.random(99) < by_ascension(run, 25, 35) + 25 * searches:
        _wake_the_killer(run, screen)
        return
    find = screen.numbers[_FIRST_FIND + searches]
    if find == _GOLD:
        relics.gain_gold(run, 30)
    elif find == _RELIC:
        gain_random_relic(run)
    screen.numbers[0] = searches + 1
    if searches < 2:
        go_on(run, screen, 0)


def _wake_the_killer(run: Run, screen: EventScreen) -> None:
    """Fight; what was not found yet is added to the rewards."""
    gold = run.misc_rng.between(25, 35)
    relic_ids: list[i64] = []
    for find in screen.numbers[_FIRST_FIND + screen.numbers[0] :]:
        if find == _GOLD:
            gold += 30
        elif find == _RELIC:
            relic_ids.append(pools.take(run, pools.roll_tier(run)))
    start_event_fight(run, screen.numbers[1], gold, relic_ids, elite_trigger=True)


# --- Golden Idol: numbers = damage of smashing, max hp lost by hiding ---


@setup(E.GOLDEN_IDOL)
def _measure_boulder(run: Run, screen: EventScreen) -> None:
    damage = floor_share(run, share_by_ascension(run, 0.25, 0.35))
    loss = floor_share(run, share_by_ascension(run, 0.08, 0.1))
    screen.numbers = [damage, loss if loss > 1 else 1]


@option(E.GOLDEN_IDOL, 0)
def _take_idol(run: Run, screen: EventScreen) -> None:
    relics.obtain(run, R.GOLDEN_IDOL)
    go_on(run, screen, 1)


@option(E.GOLDEN_IDOL, 2)
def _outrun(run: Run, screen: EventScreen) -> None:
    deck.add_card(run, C.INJURY)


@option(E.GOLDEN_IDOL, 3)
def _smash(run: Run, screen: EventScreen) -> None:
    hit(run, screen.numbers[0])


@option(E.GOLDEN_IDOL, 4)
def _hide(run: Run, screen: EventScreen) -> None:
    relics.lose_max_hp(run, screen.numbers[1])


# --- Wing Statue ---


@option(E.WING_STATUE, 0)
def _pray_to_statue(run: Run, screen: EventScreen) -> None:
    hit_by_self(run, 7)
    remove_one(run, screen)


@needs(E.WING_STATUE, 1)
def _has_heavy_attack(run: Run, screen: EventScreen) -> bool:
    for card in run.deck:
        row = 2 * card.id + (1 if card.upgrades > 0 else 0)
        if CARD_TYPE[card.id] == ATTACK and CARD_DAMAGE[row] >= 10:
            return True
    return False


@option(E.WING_STATUE, 1)
def _destroy_statue(run: Run, screen: EventScreen) -> None:
    relics.gain_gold(run, run.misc_rng.between(50, 80))


# --- World of Goop: numbers = gold lost by leaving ---


@setup(E.WORLD_OF_GOOP)
def _drop_gold(run: Run, screen: EventScreen) -> None:
    low = by_ascension(run, 20, 35)
    loss = run.misc_rng.between(low, by_ascension(run, 50, 75))
    screen.numbers = [min(loss, run.gold)]


@option(E.WORLD_OF_GOOP, 0)
def _gather_gold(run: Run, screen: EventScreen) -> None:
    hit_by_self(run, 11)
    relics.gain_gold(run, 75)


@option(E.WORLD_OF_GOOP, 1)
def _leave_gold(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, screen.numbers[0])


# --- The Ssssserpent ---


@option(E.THE_SSSSSERPENT, 0)
def _agree(run: Run, screen: EventScreen) -> None:
    deck.add_card(run, C.DOUBT)
    relics.gain_gold(run, by_ascension(run, 175, 150))


# --- Living Wall ---

option(E.LIVING_WALL, 0)(remove_one)
option(E.LIVING_WALL, 1)(transform_one)
option(E.LIVING_WALL, 2)(upgrade_one)
needs(E.LIVING_WALL, 2)(has_upgradable)


# --- Hypnotizing Colored Mushrooms ---


@option(E.HYPNOTIZING_COLORED_MUSHROOMS, 0)
def _stomp(run: Run, screen: EventScreen) -> None:
    gold = run.misc_rng.between(20, 30)
    relic_ids: list[i64] = [relics.given_relic(run, R.ODD_MUSHROOM)]
    start_event_fight(run, encounters.MUSHROOMS_EVENT, gold, relic_ids)


@option(E.HYPNOTIZING_COLORED_MUSHROOMS, 1)
def _eat(run: Run, screen: EventScreen) -> None:
    relics.heal(run, floor_share(run, 0.25))
    deck.add_card(run, C.PARASITE)


# --- Scrap Ooze: numbers = times reached inside ---


@setup(E.SCRAP_OOZE)
def _count_reaches(run: Run, screen: EventScreen) -> None:
    screen.numbers = [0]


@option(E.SCRAP_OOZE, 0)
def _reach_inside(run: Run, screen: EventScreen) -> None:
    reaches = screen.numbers[0]
    hit(run, by_ascension(run, 3, 5) + reaches)
    if run.outcome == DEATH:
        return
    if run.misc_rng.random(99) >= 99 - (25 + 10 * reaches):
        gain_random_relic(run)
        return
    screen.numbers[0] = reaches + 1
    go_on(run, screen, 0)


# --- Shining Light: numbers = damage ---


@setup(E.SHINING_LIGHT)
def _measure_light(run: Run, screen: EventScreen) -> None:
    screen.numbers = [rounded_share(run, share_by_ascension(run, 0.2, 0.3))]


needs(E.SHINING_LIGHT, 0)(has_upgradable)


@option(E.SHINING_LIGHT, 0)
def _enter_light(run: Run, screen: EventScreen) -> None:
    hit_by_self(run, screen.numbers[0])
    upgrade_two_random(run)
