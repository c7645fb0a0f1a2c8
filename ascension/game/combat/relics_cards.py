"""Relics that react to cards: played, exhausted, shuffled; and to potions."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power,
    bottom,
    draw_cards,
    gain_block,
    gain_energy,
    heal,
    lose_hp,
    make_in_hand,
    remove_power,
    thorns_damage_all,
    top,
)
from ascension.game.combat.card_effects import rolled_card
from ascension.game.combat.damage import all_gone
from ascension.game.combat.piles import set_cost_for_turn
from ascension.game.combat.powers import is_debuff
from ascension.game.combat.queues import queue_duplicate
from ascension.game.combat.registry import new_action
from ascension.game.combat.relic_hooks import (
    EXHAUST,
    PLAY_CARD,
    POTION,
    SHUFFLE,
    USE_CARD,
    card_rule,
    moment,
)
from ascension.game.combat.relics_turn import ATTACK_PLAYED
from ascension.game.combat.state import Action, Card, Combat, Creature
from ascension.game.ids import powers
from ascension.game.ids import relics as ids
from ascension.game.run import Relic
from ascension.game.tables import (
    ATTACK,
    CURSE,
    IN_COMBAT_RED,
    POWER,
    SKILL,
    STATUS,
)

X_COST: Final = -1
ALL_TYPES_PLAYED: Final = 7  # orange pellets: bits 1 << ATTACK, 1 << SKILL, 1 << POWER
TYPE_BITS: Final[list[i64]] = [1, 2, 4, 0, 0]  # by card type


# --- Counting cards ---


@card_rule(PLAY_CARD, ids.VELVET_CHOKER, ids.POCKETWATCH)
def _count_card(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if relic.id == ids.POCKETWATCH or relic.counter < 6:
        relic.counter += 1


@card_rule(USE_CARD, ids.PEN_NIB)
def _pen_nib(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() != ATTACK:
        return
    relic.counter += 1
    if relic.counter == 10:
        relic.counter = 0
    elif relic.counter == 9:
        bottom(c, apply_power(c.player, c.player, powers.PEN_NIB, 1))


def _is_nth(relic: Relic, n: i64) -> bool:
    """Count one more; True, and counting anew, on the n-th."""
    relic.counter += 1
    if relic.counter < n:
        return False
    relic.counter = 0
    return True


@card_rule(USE_CARD, ids.NUNCHAKU)
def _nunchaku(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() == ATTACK and _is_nth(relic, 10):
        bottom(c, gain_energy(1))


@card_rule(USE_CARD, ids.INK_BOTTLE)
def _ink_bottle(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if _is_nth(relic, 10):
        bottom(c, draw_cards(1))


@card_rule(USE_CARD, ids.KUNAI)
def _kunai(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() == ATTACK and _is_nth(relic, 3):
        bottom(c, apply_power(c.player, c.player, powers.DEXTERITY, 1))


@card_rule(USE_CARD, ids.SHURIKEN)
def _shuriken(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() == ATTACK and _is_nth(relic, 3):
        bottom(c, apply_power(c.player, c.player, powers.STRENGTH, 1))


@card_rule(USE_CARD, ids.ORNAMENTAL_FAN)
def _ornamental_fan(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() == ATTACK and _is_nth(relic, 3):
        bottom(c, gain_block(c.player, 4))


@card_rule(USE_CARD, ids.LETTER_OPENER)
def _letter_opener(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() == SKILL and _is_nth(relic, 3):
        bottom(c, thorns_damage_all(c.player, 5))


@card_rule(USE_CARD, ids.ART_OF_WAR)
def _art_of_war(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() == ATTACK:
        relic.memory = ATTACK_PLAYED


# --- Orange pellets ---


def _remove_debuffs(c: Combat, action: Action) -> None:
    for power in c.player.powers:
        if is_debuff(power.id, power.amount):
            top(c, remove_power(c.player, power.id))


REMOVE_DEBUFFS: Final = new_action(_remove_debuffs)


@card_rule(USE_CARD, ids.ORANGE_PELLETS)
def _orange_pellets(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    relic.memory |= TYPE_BITS[card.type()]
    if relic.memory == ALL_TYPES_PLAYED:
        relic.memory = 0
        bottom(c, Action(REMOVE_DEBUFFS))


# --- Cards of one kind ---


@card_rule(USE_CARD, ids.BIRD_FACED_URN)
def _bird_faced_urn(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() == POWER:
        top(c, heal(c.player, 2))


@card_rule(USE_CARD, ids.MUMMIFIED_HAND)
def _mummified_hand(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() != POWER:
        return
    candidates: list[Card] = []
    for held in c.hand:
        if held.cost > 0 and held.cost_now > 0 and not held.free_once and not _is_queued(c, held):
            candidates.append(held)
    if len(candidates) > 0:
        set_cost_for_turn(candidates[c.run.card_random_rng.random(len(candidates) - 1)], 0)


def _is_queued(c: Combat, card: Card) -> bool:
    return any(item.card is card for item in c.card_queue)


@card_rule(USE_CARD, ids.BLUE_CANDLE)
def _blue_candle(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() == CURSE:
        card.exhaust_once = True
        bottom(c, lose_hp(c.player, c.player, 1))


@card_rule(USE_CARD, ids.MEDICAL_KIT)
def _medical_kit(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if card.type() == STATUS:
        card.exhaust_once = True


@card_rule(USE_CARD, ids.NECRONOMICON)
def _necronomicon(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if relic.memory == 0 and card.type() == ATTACK and not card.purge and _is_expensive(card):
        relic.memory = 1
        queue_duplicate(c, card, target)


# UNCERTAIN(combat.md 8): Necronomicon repeats a costly attack that Havoc or Mayhem plays, too.
#   Settled by: Havoc on top of a Bludgeon with an unused Necronomicon: does it hit twice?
def _is_expensive(card: Card) -> bool:
    if card.cost == X_COST:
        return card.energy_on_use >= 2
    return card.cost_now >= 2 and not card.free_once


# --- Exhausting and shuffling ---


@card_rule(EXHAUST, ids.DEAD_BRANCH)
def _dead_branch(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    if not all_gone(c):
        bottom(c, make_in_hand(rolled_card(c, IN_COMBAT_RED), 1))


@card_rule(EXHAUST, ids.CHARONS_ASHES)
def _charons_ashes(c: Combat, relic: Relic, card: Card, target: Creature | None) -> None:
    top(c, thorns_damage_all(c.player, 3))


@moment(SHUFFLE, ids.SUNDIAL)
def _sundial(c: Combat, relic: Relic) -> None:
    if _is_nth(relic, 3):
        bottom(c, gain_energy(2))


@moment(SHUFFLE, ids.THE_ABACUS)
def _the_abacus(c: Combat, relic: Relic) -> None:
    bottom(c, gain_block(c.player, 6))


# --- Potions ---


@moment(POTION, ids.TOY_ORNITHOPTER)
def _toy_ornithopter(c: Combat, relic: Relic) -> None:
    bottom(c, heal(c.player, 5))
