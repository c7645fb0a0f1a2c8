"""What many events do alike: shares of max hp, random relics, curses, potions, card choices."""

from typing import Final

from mypy_extensions import i64

from ascension.game.ids import relics as R
from ascension.game.rng import f32, round_half_up
from ascension.game.run import Run
from ascension.game.world import deck, pools, potions, relics
from ascension.game.world.screens import (
    REMOVE,
    TRANSFORM,
    UPGRADE,
    EventScreen,
    RewardScreen,
    push,
)
from ascension.game.world.select import candidates, open_deck_select

HARDER_EVENTS: Final = 15  # ascension


def by_ascension(run: Run, usual: i64, harder: i64) -> i64:
    """The number of an event below and from ascension 15."""
    return harder if run.ascension >= HARDER_EVENTS else usual


def share_by_ascension(run: Run, usual: float, harder: float) -> float:
    """The share of max hp below and from ascension 15."""
    return harder if run.ascension >= HARDER_EVENTS else usual


def _share(run: Run, share: float) -> float:
    return f32(float(run.max_hp) * f32(share))


def floor_share(run: Run, share: float) -> i64:
    """A share of max hp, rounded down."""
    return i64(int(_share(run, share)))


def rounded_share(run: Run, share: float) -> i64:
    """A share of max hp, rounded half up."""
    return round_half_up(_share(run, share))


def ceil_share(run: Run, share: float) -> i64:
    """A share of max hp, rounded up."""
    exact = _share(run, share)
    whole = i64(int(exact))
    return whole + 1 if exact > float(whole) else whole


def hit(run: Run, n: i64) -> None:
    """Normal damage without owner."""
    relics.damage(run, n, False, False)


def hit_by_self(run: Run, n: i64) -> None:
    """Normal damage that the player owns."""
    relics.damage(run, n, False, True)


def lose_hp(run: Run, n: i64) -> None:
    """Hp loss."""
    relics.damage(run, n, True, False)


def random_relic(run: Run) -> i64:
    """Draw the relic that events give: tier roll, screenless."""
    return pools.take_screenless(run, pools.roll_tier(run))


def gain_random_relic(run: Run) -> None:
    """Obtain a random screenless relic."""
    relics.obtain(run, random_relic(run))


def gain_relic_and_curse(run: Run, curse: i64) -> None:
    """A random relic, then a curse that omamori was asked about before the relic came."""
    blocked = relics.blocks_card(run, curse)
    gain_random_relic(run)
    if not blocked:
        deck.enter_deck(run, curse)


def add_cards(run: Run, card: i64, count: i64) -> None:
    """Obtain copies of one card."""
    for _ in range(count):
        deck.add_card(run, card)


def show_rewards(run: Run, relic_ids: list[i64], potion_ids: list[i64]) -> None:
    """A reward screen without cards."""
    screen = RewardScreen()
    screen.relics = relic_ids
    screen.potions = potion_ids
    push(run, screen)


def random_potions(run: Run, count: i64) -> list[i64]:
    """Potions, all equally likely."""
    out: list[i64] = []
    for _ in range(count):
        out.append(potions.flat_potion(run.potion_rng))
    return out


# --- Common options and tests ---


def remove_one(run: Run, screen: EventScreen) -> None:
    """Choose a card to remove."""
    open_deck_select(run, REMOVE)


def transform_one(run: Run, screen: EventScreen) -> None:
    """Choose a card to transform."""
    open_deck_select(run, TRANSFORM)


def transform_two(run: Run, screen: EventScreen) -> None:
    """Choose two cards to transform."""
    open_deck_select(run, TRANSFORM, 2)


def upgrade_one(run: Run, screen: EventScreen) -> None:
    """Choose a card to upgrade."""
    open_deck_select(run, UPGRADE)


def upgrade_two_random(run: Run) -> None:
    """Upgrade two random cards."""
    deck.upgrade_random(run, 2, run.misc_rng)


def has_upgradable(run: Run, screen: EventScreen) -> bool:
    """Whether a card can be upgraded."""
    return len(deck.upgradable(run)) > 0


def has_removable(run: Run, screen: EventScreen) -> bool:
    """Whether a card can be removed."""
    return len(candidates(run, REMOVE)) > 0


def has_golden_idol(run: Run, screen: EventScreen) -> bool:
    """Whether the golden idol is owned."""
    return relics.owns(run, R.GOLDEN_IDOL)
