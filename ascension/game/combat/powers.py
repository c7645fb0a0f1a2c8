"""A creature's ordered list of powers: looking, adding, removing, calling hooks (powers.md 1-3)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.power_hooks import (
    CARD_RULES,
    HIT_RULES,
    MOMENTS,
    REMOVED,
)
from ascension.game.combat.state import Card, Combat, Creature, Power
from ascension.game.ids import powers as ids
from ascension.game.tables import DEBUFF, POWER_KIND, POWER_PRIORITY, SIGNED

LARGEST_AMOUNT: Final = 999
PANACHE_CARDS: Final = 5

# --- Looking ---


def find_power(creature: Creature, id: i64) -> Power | None:
    """The first power with the id in the creature's list."""
    for power in creature.powers:
        if power.id == id:
            return power
    return None


def power_amount(creature: Creature, id: i64) -> i64:
    """The amount of a power; 0 if the creature does not have it."""
    for power in creature.powers:
        if power.id == id:
            return power.amount
    return 0


def has_power(creature: Creature, id: i64) -> bool:
    """Whether the creature has the power."""
    for power in creature.powers:  # noqa: SIM110 (a generator is slow when compiled)
        if power.id == id:
            return True
    return False


def is_debuff(id: i64, amount: i64) -> bool:
    """Whether artifact would stop the application."""
    kind = POWER_KIND[id]
    return kind == DEBUFF or (kind == SIGNED and amount < 0)


# --- Calling hooks ---


def fire(c: Combat, owner: Creature, hook: i64) -> None:
    """Every power of the owner that answers to a moment, in list order; one may remove itself."""
    if len(owner.powers) == 0:
        return
    offset = hook * ids.COUNT
    position: i64 = 0
    while position < len(owner.powers):
        power = owner.powers[position]
        rule = MOMENTS[offset + power.id]
        if rule is not None:
            rule(c, owner, power)
            if position >= len(owner.powers) or owner.powers[position] is not power:
                continue
        position += 1


def fire_one(c: Combat, owner: Creature, power: Power, hook: i64) -> None:
    """One power's answer to a moment."""
    rule = MOMENTS[hook * ids.COUNT + power.id]
    if rule is not None:
        rule(c, owner, power)


def fire_card(c: Combat, owner: Creature, hook: i64, card: Card, target: Creature | None) -> None:
    """Every power of the owner that answers to what happens to a card."""
    if len(owner.powers) == 0:
        return
    offset = hook * ids.COUNT
    for power in owner.powers:
        rule = CARD_RULES[offset + power.id]
        if rule is not None:
            rule(c, owner, power, card, target)


def fire_hit(
    c: Combat, owner: Creature, hook: i64, source: Creature | None, amount: i64, kind: i64
) -> None:
    """Every power of the owner that answers to damage."""
    if len(owner.powers) == 0:
        return
    offset = hook * ids.COUNT
    for power in owner.powers:
        rule = HIT_RULES[offset + power.id]
        if rule is not None:
            rule(c, owner, power, source, amount, kind)


# --- Adding ---


def add_power_now(c: Combat, creature: Creature, id: i64, amount: i64) -> None:
    """Add to the list at once, without an action: nothing can stop it."""
    add_or_stack(c, creature, id, amount, 0, None, False)


def add_or_stack(
    c: Combat,
    creature: Creature,
    id: i64,
    amount: i64,
    extra: i64,
    source: Creature | None,
    from_monster: bool,
) -> None:
    """Add to the power that is there, or append a new one and sort the list by priority.

    `extra` is the second number of a new power that has one (the bomb's damage).
    """
    existing = None if id == ids.THE_BOMB else find_power(creature, id)
    if existing is not None:
        _stack(c, creature, existing, amount)
        return
    power = Power(id, amount)
    power.source = source
    power.just_applied = _starts_just_applied(c, creature, id, from_monster)
    power.extra = _starting_extra(id, amount, extra)
    if id == ids.DRAW_REDUCTION:
        c.draw_size -= 1
    _insert(creature.powers, power)


def _stack(c: Combat, creature: Creature, power: Power, amount: i64) -> None:
    """The flag `just_applied` of the old object stays as it is."""
    power.amount = max(-LARGEST_AMOUNT, min(LARGEST_AMOUNT, power.amount + amount))
    if power.id == ids.COMBUST:
        power.extra += 1
    if power.amount == 0 and POWER_KIND[power.id] == SIGNED:
        remove_now(c, creature, power)


def _starts_just_applied(c: Combat, creature: Creature, id: i64, from_monster: bool) -> bool:
    """Whether a new power must not tick at the end of this round (powers.md 3)."""
    if id in (ids.WEAK, ids.FRAIL, ids.NO_BLOCK):
        return from_monster
    if id == ids.VULNERABLE:
        return from_monster and c.turn_ended
    if id in (ids.INTANGIBLE, ids.RITUAL):
        return not creature.is_player()
    return id == ids.DRAW_REDUCTION


def _starting_extra(id: i64, amount: i64, extra: i64) -> i64:
    if id == ids.COMBUST:
        return 1
    if id == ids.PANACHE:
        return PANACHE_CARDS
    if id in (ids.FLIGHT, ids.MALLEABLE, ids.INVINCIBLE):
        return amount  # what it comes back to
    return extra


def _insert(powers: list[Power], power: Power) -> None:
    """Behind the last power of the same or a smaller priority: a stable sort."""
    priority = POWER_PRIORITY[power.id]
    position: i64 = len(powers)
    while position > 0 and POWER_PRIORITY[powers[position - 1].id] > priority:
        position -= 1
    powers.insert(position, power)


# --- Removing ---


def remove_now(c: Combat, creature: Creature, power: Power) -> None:
    """Take a power out of the list; its own rule about that follows."""
    creature.powers.remove(power)
    fire_one(c, creature, power, REMOVED)


def reduce_now(c: Combat, creature: Creature, power: Power, amount: i64) -> None:
    """Lower a power; it goes when nothing is left."""
    if amount < power.amount:
        power.amount -= amount
    else:
        remove_now(c, creature, power)
