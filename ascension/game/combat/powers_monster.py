"""What monsters' powers do (powers.md 5).

Mode shift, split, thievery, asleep, regrow and unawakened have no rule of their own here: their
monsters look after them.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power,
    apply_power_from_monster,
    bottom,
    gain_block,
    heal,
    lose_hp,
    make_in_discard,
    reduce_power,
    remove_power,
    roll_move,
    suicide,
    thorns_damage,
    top,
)
from ascension.game.combat.monsters.act2_normals import armor_lost, flight_lost
from ascension.game.combat.piles import HAND_LIMIT, add_to_hand, new_card, to_discard
from ascension.game.combat.power_hooks import (
    AFTER_USE,
    ATTACKED,
    CARD_USED,
    DEATH,
    DURING,
    END_B,
    INFLICTED,
    MONSTER_START,
    REMOVED,
    ROUND_END,
    card_rule,
    hit_rule,
    moment,
)
from ascension.game.combat.powers import find_power, has_power
from ascension.game.combat.registry import new_action
from ascension.game.combat.state import ALIVE, NORMAL, Action, Card, Combat, Creature, Power
from ascension.game.combat.targets import all_gone
from ascension.game.combat.turns import end_turn_early
from ascension.game.ids import cards
from ascension.game.ids import powers as ids
from ascension.game.tables import ATTACK, POWER, SKILL

EXPLOSION: Final = 30
CARDS_PER_TURN: Final = 12  # time warp
TIME_EATER_STRENGTH: Final = 2

# --- The monsters' turn starts ---


@moment(MONSTER_START, ids.FLIGHT, ids.INVINCIBLE)
def _back_to_full(c: Combat, owner: Creature, power: Power) -> None:
    power.amount = power.extra


@moment(MONSTER_START, ids.POISON)
def _poison(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, lose_hp(c.player, owner, power.amount))
    bottom(c, reduce_power(owner, ids.POISON, 1))


# --- With the own move ---


@moment(DURING, ids.EXPLOSIVE)
def _explosive(c: Combat, owner: Creature, power: Power) -> None:
    if power.amount == 1:
        bottom(c, suicide(owner, True))
        bottom(c, thorns_damage(owner, c.player, EXPLOSION))
    else:
        bottom(c, reduce_power(owner, ids.EXPLOSIVE, 1))


@moment(DURING, ids.FADING)
def _fading(c: Combat, owner: Creature, power: Power) -> None:
    if power.amount == 1:
        bottom(c, suicide(owner, True))
    else:
        bottom(c, reduce_power(owner, ids.FADING, 1))


# --- After all monsters moved ---


@moment(END_B, ids.SHACKLED)
def _shackled(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, apply_power(owner, owner, ids.STRENGTH, power.amount))
    bottom(c, remove_power(owner, ids.SHACKLED))


@moment(END_B, ids.REGENERATE)
def _regenerate(c: Combat, owner: Creature, power: Power) -> None:
    if owner.state == ALIVE:
        bottom(c, heal(owner, power.amount))


@moment(END_B, ids.INTANGIBLE)
def _intangible(c: Combat, owner: Creature, power: Power) -> None:
    if owner.is_player():
        return
    if power.just_applied:
        power.just_applied = False
    else:
        bottom(c, reduce_power(owner, ids.INTANGIBLE, 1))


@moment(END_B, ids.MALLEABLE)
def _malleable_again(c: Combat, owner: Creature, power: Power) -> None:
    power.amount = power.extra


@moment(ROUND_END, ids.RITUAL)
def _ritual(c: Combat, owner: Creature, power: Power) -> None:
    if owner.is_player():
        return
    if power.just_applied:
        power.just_applied = False
    else:
        bottom(c, apply_power(owner, owner, ids.STRENGTH, power.amount))


@moment(ROUND_END, ids.STRENGTH_UP)
def _strength_up(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, apply_power(owner, owner, ids.STRENGTH, power.amount))


@moment(ROUND_END, ids.SLOW)
def _slow_no_more(c: Combat, owner: Creature, power: Power) -> None:
    power.amount = 0


# --- Being hit ---


def _hurts(power: Power, source: Creature | None, amount: i64, kind: i64) -> bool:
    """An unblocked normal hit."""
    return kind == NORMAL and source is not None and amount > 0


@hit_rule(ATTACKED, ids.CURL_UP)
def _curl_up(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if power.extra == 0 and _hurts(power, source, amount, kind) and amount < owner.hp:
        power.extra = 1
        bottom(c, gain_block(owner, power.amount))
        bottom(c, remove_power(owner, ids.CURL_UP))


@hit_rule(ATTACKED, ids.MALLEABLE)
def _malleable(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if _hurts(power, source, amount, kind) and amount < owner.hp:
        bottom(c, gain_block(owner, power.amount))
        power.amount += 1


@hit_rule(ATTACKED, ids.ANGRY)
def _angry(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if _hurts(power, source, amount, kind):
        top(c, apply_power(owner, owner, ids.STRENGTH, power.amount))


@hit_rule(ATTACKED, ids.FLIGHT)
def _flight(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if _hurts(power, source, amount, kind) and amount < owner.hp:
        bottom(c, reduce_power(owner, ids.FLIGHT, 1))


@hit_rule(ATTACKED, ids.REACTIVE)
def _reactive(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if _hurts(power, source, amount, kind) and amount < owner.hp:
        bottom(c, roll_move(owner))


@hit_rule(ATTACKED, ids.SHIFTING)
def _shifting(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if amount <= 0:
        return
    top(c, apply_power(owner, owner, ids.STRENGTH, -amount))
    if not has_power(owner, ids.ARTIFACT):
        top(c, apply_power(owner, owner, ids.SHACKLED, amount))


@hit_rule(INFLICTED, ids.PAINFUL_STABS)
def _painful_stabs(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if kind == NORMAL:
        bottom(c, make_in_discard(new_card(c, cards.WOUND, 0), 1))


@moment(REMOVED, ids.FLIGHT)
def _grounded(c: Combat, owner: Creature, power: Power) -> None:
    flight_lost(c, owner)


@moment(REMOVED, ids.PLATED_ARMOR)
def _armor_gone(c: Combat, owner: Creature, power: Power) -> None:
    if not owner.is_player():
        armor_lost(c, owner)


# --- The player's cards ---


@card_rule(CARD_USED, ids.SHARP_HIDE)
def _sharp_hide(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == ATTACK:
        bottom(c, thorns_damage(owner, c.player, power.amount))


@card_rule(CARD_USED, ids.ENRAGE)
def _enrage(c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None) -> None:
    if card.type() == SKILL:
        top(c, apply_power(owner, owner, ids.STRENGTH, power.amount))


@card_rule(CARD_USED, ids.CURIOSITY)
def _curiosity(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == POWER:
        top(c, apply_power(owner, owner, ids.STRENGTH, power.amount))


@card_rule(AFTER_USE, ids.BEAT_OF_DEATH)
def _beat_of_death(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    bottom(c, thorns_damage(owner, c.player, power.amount))


@card_rule(AFTER_USE, ids.SLOW)
def _slow(c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None) -> None:
    action = Action(SLOW_DOWN)
    action.target = owner
    bottom(c, action)


def _slow_down(c: Combat, action: Action) -> None:
    """Not an application of a power: it also counts the card that won the fight."""
    assert action.target is not None
    slow = find_power(action.target, ids.SLOW)
    if slow is not None:
        slow.amount += 1


SLOW_DOWN: Final = new_action(_slow_down)


@card_rule(AFTER_USE, ids.TIME_WARP)
def _time_warp(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    power.amount += 1
    if power.amount < CARDS_PER_TURN:
        return
    power.amount = 0
    end_turn_early(c)
    for monster in c.monsters:
        bottom(c, apply_power(monster, monster, ids.STRENGTH, TIME_EATER_STRENGTH))


# --- Dying ---


@moment(DEATH, ids.SPORE_CLOUD)
def _spore_cloud(c: Combat, owner: Creature, power: Power) -> None:
    if not all_gone(c):
        top(c, apply_power_from_monster(c.player, None, ids.VULNERABLE, power.amount))


@moment(DEATH, ids.STASIS)
def _stasis(c: Combat, owner: Creature, power: Power) -> None:
    """The held card comes back; the hand's room counts when the orb dies."""
    action = Action(GIVE_BACK)
    action.card = power.card
    action.flag = len(c.hand) >= HAND_LIMIT
    bottom(c, action)


def _give_back(c: Combat, action: Action) -> None:
    card = action.card
    if card is None:
        return
    if action.flag:
        to_discard(c, card)
    else:
        add_to_hand(c, card)


GIVE_BACK: Final = new_action(_give_back)
