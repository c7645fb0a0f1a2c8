"""One-time events in which something is traded away (events.md 3)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.ids import events as E
from ascension.game.ids import relics as R
from ascension.game.rng import java_shuffled
from ascension.game.run import EMPTY_POTION, Run
from ascension.game.tables import BASIC, CARD_RARITY, CARD_TYPE, CURSE, UNCOMMON
from ascension.game.world import deck, pools, potions, relics
from ascension.game.world.event_effects import (
    by_ascension,
    ceil_share,
    gain_random_relic,
    hit,
    lose_hp,
    random_potions,
    show_rewards,
)
from ascension.game.world.event_registry import condition, go_on, needs, option, setup
from ascension.game.world.screens import EventScreen

# --- Face Trader: numbers = damage of touching ---


@condition(E.FACE_TRADER)
def _meets_face_trader(run: Run) -> bool:
    return run.act in (1, 2)


@setup(E.FACE_TRADER)
def _measure_touch(run: Run, screen: EventScreen) -> None:
    screen.numbers = [max(1, run.max_hp // 10)]


@option(E.FACE_TRADER, 0)
def _touch(run: Run, screen: EventScreen) -> None:
    relics.gain_gold(run, by_ascension(run, 75, 50))
    hit(run, screen.numbers[0])


@option(E.FACE_TRADER, 1)
def _trade_face(run: Run, screen: EventScreen) -> None:
    faces: list[i64] = []
    for face in (
        R.CULTIST_HEADPIECE,
        R.FACE_OF_CLERIC,
        R.GREMLIN_VISAGE,
        R.NLOTHS_HUNGRY_FACE,
        R.SSSERPENT_HEAD,
    ):
        if not relics.owns(run, face):
            faces.append(face)
    if len(faces) == 0:
        faces.append(R.CIRCLET)
    relics.obtain(run, java_shuffled(faces, run.misc_rng)[0])


# --- Knowing Skull: numbers = hp price of gold, card, potion ---

# UNCERTAIN(events.md 3): the knowing skull's wishes start at 6 hp each, whatever max hp is; a
#   wiki says a tenth of it. They are listed potion, gold, card. Settled by: meet it with more than
#   69 max hp.
_SKULL_PRICE: Final[i64] = 6
_SKULL_GOLD: Final[i64] = 90


@condition(E.KNOWING_SKULL)
def _meets_skull(run: Run) -> bool:
    return run.act == 2 and run.hp > 12


@setup(E.KNOWING_SKULL)
def _set_skull_prices(run: Run, screen: EventScreen) -> None:
    screen.numbers = [_SKULL_PRICE, _SKULL_PRICE, _SKULL_PRICE]


def _pay_skull(run: Run, screen: EventScreen, wish: i64) -> None:
    lose_hp(run, screen.numbers[wish])
    screen.numbers[wish] += 1
    go_on(run, screen, 0)


@option(E.KNOWING_SKULL, 0)
def _wish_for_gold(run: Run, screen: EventScreen) -> None:
    _pay_skull(run, screen, 0)
    relics.gain_gold(run, _SKULL_GOLD)


@option(E.KNOWING_SKULL, 1)
def _wish_for_card(run: Run, screen: EventScreen) -> None:
    _pay_skull(run, screen, 1)
    deck.add_card(run, pools.shuffled_colorless(run, UNCOMMON))


@option(E.KNOWING_SKULL, 2)
def _wish_for_potion(run: Run, screen: EventScreen) -> None:
    _pay_skull(run, screen, 2)
    potions.obtain_potion(run, potions.flat_potion(run.potion_rng))


@option(E.KNOWING_SKULL, 3)
def _leave_skull(run: Run, screen: EventScreen) -> None:
    lose_hp(run, _SKULL_PRICE)


# --- N'loth: numbers = the two relics he would take ---


@condition(E.NLOTH)
def _meets_nloth(run: Run) -> bool:
    return run.act == 2 and len(run.relics) >= 2


@setup(E.NLOTH)
def _choose_relics(run: Run, screen: EventScreen) -> None:
    owned: list[i64] = []
    for relic in run.relics:
        owned.append(relic.id)
    screen.numbers = java_shuffled(owned, run.misc_rng)[:2]


@option(E.NLOTH, 0)
def _give_first(run: Run, screen: EventScreen) -> None:
    _give_to_nloth(run, screen.numbers[0])


@option(E.NLOTH, 1)
def _give_second(run: Run, screen: EventScreen) -> None:
    _give_to_nloth(run, screen.numbers[1])


def _give_to_nloth(run: Run, relic: i64) -> None:
    relics.lose(run, relic)
    relics.obtain(run, R.NLOTHS_GIFT)


# --- The Joust ---


@condition(E.THE_JOUST)
def _meets_knights(run: Run) -> bool:
    return run.act == 2 and run.gold >= 50


@option(E.THE_JOUST, 0)
def _bet_on_murderer(run: Run, screen: EventScreen) -> None:
    if not _owner_wins(run):
        relics.gain_gold(run, 100)


@option(E.THE_JOUST, 1)
def _bet_on_owner(run: Run, screen: EventScreen) -> None:
    if _owner_wins(run):
        relics.gain_gold(run, 250)


def _owner_wins(run: Run) -> bool:
    """Pay the bet and joust."""
    relics.lose_gold(run, 50)
    return run.misc_rng.chance(0.3)


# --- We Meet Again!: numbers = potion slot (-1: none), gold (0: none), deck position (-1: none) ---


@setup(E.WE_MEET_AGAIN)
def _choose_wishes(run: Run, screen: EventScreen) -> None:
    slot = _random_potion_slot(run)
    gold: i64 = 0
    if run.gold >= 50:
        gold = run.misc_rng.between(50, min(150, run.gold))
    screen.numbers = [slot, gold, _random_worthy_card(run)]


def _random_potion_slot(run: Run) -> i64:
    slots: list[i64] = []
    for slot, potion in enumerate(run.potions):
        if potion != EMPTY_POTION:
            slots.append(slot)
    return java_shuffled(slots, run.misc_rng)[0] if len(slots) > 0 else -1


def _random_worthy_card(run: Run) -> i64:
    positions: list[i64] = []
    for position, card in enumerate(run.deck):
        if CARD_RARITY[card.id] != BASIC and CARD_TYPE[card.id] != CURSE:
            positions.append(position)
    return java_shuffled(positions, run.misc_rng)[0] if len(positions) > 0 else -1


@needs(E.WE_MEET_AGAIN, 0)
def _has_wished_potion(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[0] >= 0


@needs(E.WE_MEET_AGAIN, 1)
def _has_wished_gold(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[1] > 0


@needs(E.WE_MEET_AGAIN, 2)
def _has_wished_card(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[2] >= 0


@option(E.WE_MEET_AGAIN, 0)
def _give_potion(run: Run, screen: EventScreen) -> None:
    run.potions[screen.numbers[0]] = EMPTY_POTION
    gain_random_relic(run)


@option(E.WE_MEET_AGAIN, 1)
def _give_gold(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, screen.numbers[1])
    gain_random_relic(run)


@option(E.WE_MEET_AGAIN, 2)
def _give_card(run: Run, screen: EventScreen) -> None:
    deck.remove_at(run, [screen.numbers[2]])
    gain_random_relic(run)


# --- The Woman in Blue ---


@condition(E.THE_WOMAN_IN_BLUE)
def _meets_woman(run: Run) -> bool:
    return run.gold >= 50


@option(E.THE_WOMAN_IN_BLUE, 0)
def _buy_one(run: Run, screen: EventScreen) -> None:
    _buy_potions(run, 1)


@option(E.THE_WOMAN_IN_BLUE, 1)
def _buy_two(run: Run, screen: EventScreen) -> None:
    _buy_potions(run, 2)


@option(E.THE_WOMAN_IN_BLUE, 2)
def _buy_three(run: Run, screen: EventScreen) -> None:
    _buy_potions(run, 3)


def _buy_potions(run: Run, count: i64) -> None:
    relics.lose_gold(run, 10 + 10 * count)
    show_rewards(run, [], random_potions(run, count))


@option(E.THE_WOMAN_IN_BLUE, 3)
def _leave_woman(run: Run, screen: EventScreen) -> None:
    lose_hp(run, by_ascension(run, 0, ceil_share(run, 0.05)))
