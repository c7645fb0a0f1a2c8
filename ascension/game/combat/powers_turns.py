"""What powers do as the player's turns go by, and those that both sides can have (powers.md 4).

What they do about cards and hits is in `powers_events.py`, what monsters' powers do in
`powers_monster.py`.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power,
    bottom,
    draw_cards,
    gain_block,
    gain_energy,
    lose_hp,
    make_in_hand,
    play_top_card,
    reduce_power,
    remove_power,
    thorns_damage,
    thorns_damage_all,
    top,
)
from ascension.game.combat.damage import heal_now
from ascension.game.combat.piles import new_card
from ascension.game.combat.power_hooks import (
    END_A,
    END_B,
    POST_DRAW,
    RECHARGED,
    REMOVED,
    ROUND_END,
    TURN_START,
    moment,
)
from ascension.game.combat.powers import PANACHE_CARDS, reduce_now
from ascension.game.combat.registry import new_action
from ascension.game.combat.state import Action, Combat, Creature, Power
from ascension.game.combat.targets import all_gone, random_enemy
from ascension.game.ids import powers as ids
from ascension.game.tables import IN_COMBAT_COLORLESS

# --- Wearing off ---


@moment(ROUND_END, ids.WEAK, ids.VULNERABLE, ids.FRAIL, ids.NO_BLOCK, ids.DRAW_REDUCTION)
def wear_off(c: Combat, owner: Creature, power: Power) -> None:
    """One less each round; not in the round in which it was applied."""
    if power.just_applied:
        power.just_applied = False
    else:
        bottom(c, reduce_power(owner, power.id, 1))


@moment(ROUND_END, ids.DUPLICATION)
def _wear_off_always(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, reduce_power(owner, power.id, 1))


@moment(ROUND_END, ids.INTANGIBLE)
def _intangible(c: Combat, owner: Creature, power: Power) -> None:
    if owner.is_player():
        bottom(c, reduce_power(owner, ids.INTANGIBLE, 1))


@moment(REMOVED, ids.DRAW_REDUCTION)
def _draw_as_before(c: Combat, owner: Creature, power: Power) -> None:
    c.draw_size += 1


@moment(END_B, ids.NO_DRAW, ids.ENTANGLED, ids.DOUBLE_TAP, ids.RAGE)
@moment(TURN_START, ids.FLAME_BARRIER)
def _ends_with_turn(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, remove_power(owner, power.id))


@moment(END_B, ids.LOSE_STRENGTH)
def _lose_strength(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, apply_power(owner, owner, ids.STRENGTH, -power.amount))
    bottom(c, remove_power(owner, power.id))


@moment(END_B, ids.LOSE_DEXTERITY)
def _lose_dexterity(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, apply_power(owner, owner, ids.DEXTERITY, -power.amount))
    bottom(c, remove_power(owner, power.id))


# --- The start of the turn ---


@moment(RECHARGED, ids.ENERGIZED)
def _energized(c: Combat, owner: Creature, power: Power) -> None:
    c.energy += power.amount
    bottom(c, remove_power(owner, power.id))


@moment(TURN_START, ids.NEXT_TURN_BLOCK)
def _next_turn_block(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, gain_block(owner, power.amount))
    bottom(c, remove_power(owner, power.id))


@moment(TURN_START, ids.BERSERK)
def _berserk(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, gain_energy(power.amount))


@moment(TURN_START, ids.MAGNETISM)
def _magnetism(c: Combat, owner: Creature, power: Power) -> None:
    if all_gone(c):
        return
    last: i64 = len(IN_COMBAT_COLORLESS) - 1
    for _ in range(power.amount):
        rolled = IN_COMBAT_COLORLESS[c.run.card_random_rng.random(last)]
        bottom(c, make_in_hand(new_card(c, rolled, 0), 1))


@moment(TURN_START, ids.MAYHEM)
def _mayhem(c: Combat, owner: Creature, power: Power) -> None:
    for _ in range(power.amount):
        bottom(c, Action(MAYHEM))


def _queue_top_card(c: Combat, action: Action) -> None:
    """The target is rolled before the turn's draw, the card is taken after it."""
    bottom(c, play_top_card(random_enemy(c), False))


MAYHEM: Final = new_action(_queue_top_card)


@moment(TURN_START, ids.PANACHE)
def _panache_anew(c: Combat, owner: Creature, power: Power) -> None:
    power.extra = PANACHE_CARDS


@moment(POST_DRAW, ids.BRUTALITY)
def _brutality(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, draw_cards(power.amount))
    bottom(c, lose_hp(owner, owner, power.amount))


@moment(POST_DRAW, ids.DEMON_FORM)
def _demon_form(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, apply_power(owner, owner, ids.STRENGTH, power.amount))


# --- The end of the turn ---


@moment(END_A, ids.METALLICIZE, ids.PLATED_ARMOR)
def _armor(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, gain_block(owner, power.amount))


@moment(END_B, ids.CONSTRICTED)
def _constricted(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, thorns_damage(power.source, owner, power.amount))


@moment(END_B, ids.REGEN)
def _regen(c: Combat, owner: Creature, power: Power) -> None:
    action = Action(REGENERATION)
    action.target = owner
    top(c, action)


def _regenerate(c: Combat, action: Action) -> None:
    owner = action.target
    assert owner is not None
    for power in owner.powers:
        if power.id == ids.REGEN:
            heal_now(c, owner, power.amount)
            reduce_now(c, owner, power, 1)
            return


REGENERATION: Final = new_action(_regenerate)


@moment(END_B, ids.RITUAL)
def _ritual(c: Combat, owner: Creature, power: Power) -> None:
    if owner.is_player():
        bottom(c, apply_power(owner, owner, ids.STRENGTH, power.amount))


@moment(END_B, ids.COMBUST)
def _combust(c: Combat, owner: Creature, power: Power) -> None:
    if not all_gone(c):
        bottom(c, lose_hp(owner, owner, power.extra))
        bottom(c, thorns_damage_all(owner, power.amount))


@moment(END_B, ids.THE_BOMB)
def _the_bomb(c: Combat, owner: Creature, power: Power) -> None:
    """Ticks at once, whatever happens to the queue."""
    if power.amount == 1:
        bottom(c, thorns_damage_all(owner, power.extra))
    reduce_now(c, owner, power, 1)
