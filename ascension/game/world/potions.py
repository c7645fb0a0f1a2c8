"""Potions outside fights: drawing random ones, the slots, drinking and discarding.

What a potion does in a fight is in `combat/potions.py`.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.ids import potions as ids
from ascension.game.ids import relics as relic_ids
from ascension.game.rng import Rng, f32
from ascension.game.run import EMPTY_POTION, Run
from ascension.game.tables import (
    COMMON,
    POTION_OUTSIDE_FIGHTS,
    POTION_POTENCY,
    POTION_RARITY,
    RARE,
    UNCOMMON,
)
from ascension.game.world import relics

NO_SLOT: Final = -1
COMMON_BELOW: Final = 65  # percent
UNCOMMON_BELOW: Final = 90


# --- Random potions (rewards.md 3) ---


# UNCERTAIN(potions.md random draws): a uniform potion counts as one call of `potion_rng`; only
#   the saved counter could differ. Settled by: the potion counter of a saved game before and after
#   a drop.
def flat_potion(rng: Rng) -> i64:
    """A potion with every one of them equally likely."""
    return rng.random(ids.COUNT - 1)


def potion_by_rarity(run: Run, limited: bool = False) -> i64:
    """A potion of a rolled rarity; `limited` never gives fruit juice (and wastes a draw)."""
    rarity = _roll_rarity(run.potion_rng)
    potion = flat_potion(run.potion_rng)
    refused = limited
    while refused or POTION_RARITY[potion] != rarity:
        refused = limited
        potion = flat_potion(run.potion_rng)
        if potion != ids.FRUIT_JUICE:
            refused = False
    return potion


def _roll_rarity(rng: Rng) -> i64:
    roll = rng.random(99)
    if roll < COMMON_BELOW:
        return COMMON
    return UNCOMMON if roll < UNCOMMON_BELOW else RARE


# --- Slots ---


def free_slot(run: Run) -> i64:
    """The lowest empty slot, NO_SLOT if the belt is full."""
    for slot, potion in enumerate(run.potions):
        if potion == EMPTY_POTION:
            return slot
    return NO_SLOT


def obtain_potion(run: Run, potion: i64) -> bool:
    """Put a potion into the lowest empty slot; False if sozu or a full belt refuses it."""
    slot = free_slot(run)
    if slot == NO_SLOT or relics.owns(run, relic_ids.SOZU):
        return False
    run.potions[slot] = potion
    return True


def discard_potion(run: Run, slot: i64) -> None:
    """Throw the potion of a slot away."""
    run.potions[slot] = EMPTY_POTION


def potency(run: Run, potion: i64) -> i64:
    """The potion's number (percent for healing ones), doubled by sacred bark."""
    return POTION_POTENCY[2 * potion + (1 if relics.owns(run, relic_ids.SACRED_BARK) else 0)]


def share_of(whole: i64, percent: i64) -> i64:
    """Percent of a number of hp, rounded down, in the game's 32-bit floats."""
    return i64(int(f32(float(whole) * f32(float(percent) / 100.0))))


# --- Drinking outside a fight ---


def can_drink(run: Run, slot: i64) -> bool:
    """Whether the slot holds a potion that works outside fights."""
    potion = run.potions[slot]
    return potion != EMPTY_POTION and POTION_OUTSIDE_FIGHTS[potion] == 1


def drink(run: Run, slot: i64) -> None:
    """Drink a potion outside a fight: effect, relics, then the slot is empty.

    The brew fills slots after its own became free.
    """
    potion = run.potions[slot]
    if potion == ids.BLOOD_POTION:
        relics.heal(run, share_of(run.max_hp, potency(run, potion)))
    elif potion == ids.FRUIT_JUICE:
        relics.gain_max_hp(run, potency(run, potion))
    relics.potion_used(run)
    run.potions[slot] = EMPTY_POTION
    if potion == ids.ENTROPIC_BREW:
        _fill_slots(run)


def _fill_slots(run: Run) -> None:
    """Entropic brew: one draw per slot whatever is free; sozu prevents even the draws."""
    # UNCERTAIN(potions.md use rules): with Sozu, Entropic Brew out of a fight draws nothing.
    #   Settled by: drink it with Sozu: the next potion drops of the seed.
    if relics.owns(run, relic_ids.SOZU):
        return
    for _ in range(len(run.potions)):
        obtain_potion(run, potion_by_rarity(run))
