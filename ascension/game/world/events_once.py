"""The events that come at most once per run (events.md 3)."""

from mypy_extensions import i64

from ascension.game.ids import cards as C
from ascension.game.ids import events as E
from ascension.game.ids import relics as R
from ascension.game.run import Run
from ascension.game.tables import CARD_REMOVABLE, CARD_TYPE, CURSE
from ascension.game.world import deck, relics
from ascension.game.world.event_effects import (
    by_ascension,
    has_removable,
    has_upgradable,
    lose_hp,
    random_potions,
    remove_one,
    show_rewards,
    transform_two,
    upgrade_one,
    upgrade_two_random,
)
from ascension.game.world.event_registry import condition, needs, option, setup
from ascension.game.world.screens import (
    BONFIRE_SPIRITS,
    DUPLICATE,
    REMOVE,
    THEN_UPGRADE_RANDOM,
    TRANSFORM,
    EventScreen,
)
from ascension.game.world.select import candidates, open_deck_select

# --- Ominous Forge ---

option(E.OMINOUS_FORGE, 0)(upgrade_one)
needs(E.OMINOUS_FORGE, 0)(has_upgradable)


@option(E.OMINOUS_FORGE, 1)
def _rummage(run: Run, screen: EventScreen) -> None:
    blocked = relics.blocks_card(run, C.PAIN)
    relics.obtain(run, R.WARPED_TONGS)
    if not blocked:
        deck.enter_deck(run, C.PAIN)


# --- Bonfire Spirits, Lab: no options, the choice or the rewards open at once ---


@setup(E.BONFIRE_SPIRITS)
def _light_bonfire(run: Run, screen: EventScreen) -> None:
    open_deck_select(run, BONFIRE_SPIRITS)


@setup(E.LAB)
def _find_potions(run: Run, screen: EventScreen) -> None:
    show_rewards(run, [], random_potions(run, by_ascension(run, 3, 2)))


# --- Designer In-Spire: numbers = 1 if adjusting is a chosen upgrade, 1 if cleaning removes ---


@condition(E.DESIGNER_IN_SPIRE)
def _meets_designer(run: Run) -> bool:
    return run.act in (2, 3) and run.gold >= 75


@setup(E.DESIGNER_IN_SPIRE)
def _choose_services(run: Run, screen: EventScreen) -> None:
    upgrades_one = run.misc_rng.random_boolean()
    removes = run.misc_rng.random_boolean()
    screen.numbers = [1 if upgrades_one else 0, 1 if removes else 0]


def _can_pay_adjusting(run: Run) -> bool:
    return run.gold >= by_ascension(run, 40, 50) and len(deck.upgradable(run)) > 0


@needs(E.DESIGNER_IN_SPIRE, 0)
def _can_adjust_one(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[0] == 1 and _can_pay_adjusting(run)


@needs(E.DESIGNER_IN_SPIRE, 1)
def _can_adjust_two(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[0] == 0 and _can_pay_adjusting(run)


@option(E.DESIGNER_IN_SPIRE, 0)
def _adjust_one(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, by_ascension(run, 40, 50))
    upgrade_one(run, screen)


@option(E.DESIGNER_IN_SPIRE, 1)
def _adjust_two(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, by_ascension(run, 40, 50))
    upgrade_two_random(run)


@needs(E.DESIGNER_IN_SPIRE, 2)
def _can_clean_one(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[1] == 1 and _can_pay_cleaning(run, 1)


@needs(E.DESIGNER_IN_SPIRE, 3)
def _can_clean_two(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[1] == 0 and _can_pay_cleaning(run, 2)


def _can_pay_cleaning(run: Run, cards: i64) -> bool:
    return run.gold >= by_ascension(run, 60, 75) and len(candidates(run, TRANSFORM)) >= cards


@option(E.DESIGNER_IN_SPIRE, 2)
def _clean_one(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, by_ascension(run, 60, 75))
    remove_one(run, screen)


# UNCERTAIN(events.md 3): the designer lets the player choose the two cards to transform. Settled
#   by: choose it: is there a list?
@option(E.DESIGNER_IN_SPIRE, 3)
def _clean_two(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, by_ascension(run, 60, 75))
    transform_two(run, screen)


@needs(E.DESIGNER_IN_SPIRE, 4)
def _can_have_full_service(run: Run, screen: EventScreen) -> bool:
    return run.gold >= by_ascension(run, 90, 110) and has_removable(run, screen)


@option(E.DESIGNER_IN_SPIRE, 4)
def _full_service(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, by_ascension(run, 90, 110))
    open_deck_select(run, REMOVE, then=THEN_UPGRADE_RANDOM)


@option(E.DESIGNER_IN_SPIRE, 5)
def _punch(run: Run, screen: EventScreen) -> None:
    lose_hp(run, by_ascension(run, 3, 5))


# --- Duplicator ---


@condition(E.DUPLICATOR)
def _meets_duplicator(run: Run) -> bool:
    return run.act in (2, 3)


@option(E.DUPLICATOR, 0)
def _duplicate(run: Run, screen: EventScreen) -> None:
    open_deck_select(run, DUPLICATE)


# --- The Divine Fountain ---


def _removable_curses(run: Run, bottled_too: bool) -> list[i64]:
    curses: list[i64] = []
    for position, card in enumerate(run.deck):
        if CARD_TYPE[card.id] != CURSE or CARD_REMOVABLE[card.id] == 0:
            continue
        if bottled_too or not card.bottled:
            curses.append(position)
    return curses


@condition(E.THE_DIVINE_FOUNTAIN)
def _is_cursed(run: Run) -> bool:
    return len(_removable_curses(run, True)) > 0


@option(E.THE_DIVINE_FOUNTAIN, 0)
def _drink_from_fountain(run: Run, screen: EventScreen) -> None:
    deck.remove_at(run, _removable_curses(run, False))


# --- A Note For Yourself: the stored card is always an iron wave (conventions_world.md 1) ---


# UNSEEDED(events.md 2): the stored card is always Iron Wave and what is left behind is gone.
#   Settled by: nothing: the real game keeps it in the profile.
@option(E.NOTE_FOR_YOURSELF, 0)
def _take_note(run: Run, screen: EventScreen) -> None:
    deck.add_card(run, C.IRON_WAVE)
    remove_one(run, screen)


# --- Secret Portal: the play time counts as reached ---


# UNSEEDED(events.md 2): the 800 seconds of play count as reached. Settled by: nothing: it depends
#   on the clock.
@condition(E.SECRET_PORTAL)
def _meets_portal(run: Run) -> bool:
    return run.act == 3


@option(E.SECRET_PORTAL, 0)
def _enter_portal(run: Run, screen: EventScreen) -> None:
    from ascension.game.world import progress  # noqa: PLC0415 - progress imports the events

    progress.go_to_boss(run)
