"""What the player's powers do, and those that both sides can have (powers.md 4)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power,
    bottom,
    draw_cards,
    gain_block,
    gain_energy,
    lose_hp,
    make_in_draw,
    make_in_hand,
    play_top_card,
    reduce_power,
    remove_power,
    thorns_damage,
    thorns_damage_all,
    thorns_damage_random,
    top,
)
from ascension.game.combat.damage import heal_now
from ascension.game.combat.piles import new_card, set_cost_for_turn
from ascension.game.combat.power_hooks import (
    ATTACKED,
    BLOCK_GAINED,
    CARD_USED,
    DEBUFF_GIVEN,
    DRAWN,
    END_A,
    END_B,
    EXHAUSTED,
    HP_LOST,
    POST_DRAW,
    RECHARGED,
    REMOVED,
    ROUND_END,
    TURN_START,
    card_rule,
    hit_rule,
    moment,
)
from ascension.game.combat.powers import PANACHE_CARDS, has_power, reduce_now
from ascension.game.combat.queues import queue_duplicate
from ascension.game.combat.registry import new_action
from ascension.game.combat.state import NORMAL, Action, Card, Combat, Creature, Power
from ascension.game.combat.targets import all_gone, random_enemy
from ascension.game.ids import cards
from ascension.game.ids import powers as ids
from ascension.game.tables import ATTACK, CURSE, IN_COMBAT_COLORLESS, SKILL, STATUS

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


# --- Cards that are used ---


@card_rule(CARD_USED, ids.VIGOR, ids.PEN_NIB)
def _spent_by_attack(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == ATTACK:
        bottom(c, remove_power(owner, power.id))


@card_rule(CARD_USED, ids.HEX)
def _hex(c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None) -> None:
    if card.type() != ATTACK:
        bottom(c, make_in_draw(new_card(c, cards.DAZED, 0), power.amount, False))


@card_rule(CARD_USED, ids.DOUBLE_TAP)
def _double_tap(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == ATTACK:
        _duplicate(c, owner, power, card, target)


@card_rule(CARD_USED, ids.DUPLICATION)
def _duplicate(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.purge or power.amount <= 0:
        return
    queue_duplicate(c, card, target)
    power.amount -= 1
    if power.amount == 0:
        top(c, remove_power(owner, power.id))


@card_rule(CARD_USED, ids.RAGE)
def _rage(c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None) -> None:
    if card.type() == ATTACK:
        bottom(c, gain_block(owner, power.amount))


@card_rule(CARD_USED, ids.PANACHE)
def _panache(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    power.extra -= 1
    if power.extra == 0:
        power.extra = PANACHE_CARDS
        bottom(c, thorns_damage_all(owner, power.amount))


@card_rule(CARD_USED, ids.CORRUPTION)
def _corruption(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == SKILL:
        card.exhaust_once = True


# --- Cards that are drawn and exhausted ---


@card_rule(DRAWN, ids.CONFUSED)
def _confused(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.cost < 0:
        return
    cost = c.run.card_random_rng.random(3)
    if cost != card.cost:
        card.cost = cost
        card.cost_now = cost
    card.free_once = False


@card_rule(DRAWN, ids.CORRUPTION)
def _free_skill(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == SKILL:
        set_cost_for_turn(card, 0)


@card_rule(DRAWN, ids.EVOLVE)
def _evolve(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == STATUS and not has_power(owner, ids.NO_DRAW):
        bottom(c, draw_cards(power.amount))


@card_rule(DRAWN, ids.FIRE_BREATHING)
def _fire_breathing(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == STATUS or card.type() == CURSE:
        bottom(c, thorns_damage_all(owner, power.amount))


@card_rule(EXHAUSTED, ids.DARK_EMBRACE)
def _dark_embrace(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if not all_gone(c):
        bottom(c, draw_cards(power.amount))


@card_rule(EXHAUSTED, ids.FEEL_NO_PAIN)
def _feel_no_pain(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    bottom(c, gain_block(owner, power.amount))


# --- Hits, lost hp, gained block, debuffs ---


@hit_rule(ATTACKED, ids.THORNS, ids.FLAME_BARRIER)
def _thorns(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if kind == NORMAL and source is not None and source is not owner:
        top(c, thorns_damage(owner, source, power.amount))


@hit_rule(HP_LOST, ids.PLATED_ARMOR)
def _plated_armor(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if kind == NORMAL and source is not None and source is not owner and amount > 0:
        bottom(c, reduce_power(owner, ids.PLATED_ARMOR, 1))


@hit_rule(HP_LOST, ids.RUPTURE)
def _rupture(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if source is owner and amount > 0:
        top(c, apply_power(owner, owner, ids.STRENGTH, power.amount))


@moment(BLOCK_GAINED, ids.JUGGERNAUT)
def _juggernaut(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, thorns_damage_random(owner, power.amount))


@hit_rule(DEBUFF_GIVEN, ids.SADISTIC_NATURE)
def _sadistic_nature(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if source is not None:
        bottom(c, thorns_damage(owner, source, power.amount))
