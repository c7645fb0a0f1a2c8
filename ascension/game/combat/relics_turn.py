"""Relics that act when the player's turn starts or ends, when nothing happens, and at victory."""

from typing import Final

from ascension.game.combat.actions import (
    apply_power,
    bottom,
    draw_cards,
    gain_block,
    gain_energy,
    thorns_damage_all,
    top,
)
from ascension.game.combat.card_selections import open_gamble
from ascension.game.combat.card_selections_offers import open_codex
from ascension.game.combat.damage import heal_now, living
from ascension.game.combat.piles import can_upgrade, upgrade_card
from ascension.game.combat.powers import add_power_now, has_power
from ascension.game.combat.registry import new_action
from ascension.game.combat.relic_hooks import (
    BEFORE_VICTORY,
    END_TURN,
    IDLE,
    POST_DRAW,
    TURN_START,
    VICTORY,
    moment,
)
from ascension.game.combat.state import Action, Card, Combat
from ascension.game.ids import powers
from ascension.game.ids import relics as ids
from ascension.game.rng import java_shuffle_order
from ascension.game.run import Relic

CHARGED: Final = -2  # ancient tea set
NOT_COUNTING: Final = -1
# `Relic.memory` of those that tell the first turn from later ones.
BEFORE_FIRST_TURN: Final = 0
LATER: Final = 1
ATTACK_PLAYED: Final = 2  # art of war, in the turn under way


# --- Energy ---


@moment(TURN_START, ids.LANTERN)
def _lantern(c: Combat, relic: Relic) -> None:
    if relic.memory == BEFORE_FIRST_TURN:
        relic.memory = LATER
        top(c, gain_energy(1))


@moment(TURN_START, ids.ANCIENT_TEA_SET)
def _ancient_tea_set(c: Combat, relic: Relic) -> None:
    if relic.memory == BEFORE_FIRST_TURN and relic.counter == CHARGED:
        relic.counter = NOT_COUNTING
        top(c, gain_energy(2))
    relic.memory = LATER


@moment(TURN_START, ids.ART_OF_WAR)
def _art_of_war(c: Combat, relic: Relic) -> None:
    if relic.memory == LATER:
        bottom(c, gain_energy(1))
    relic.memory = LATER


@moment(TURN_START, ids.HAPPY_FLOWER)
def _happy_flower(c: Combat, relic: Relic) -> None:
    relic.counter += 1
    if relic.counter == 3:
        relic.counter = 0
        bottom(c, gain_energy(1))


# --- Other effects of a turn's start ---


@moment(TURN_START, ids.INCENSE_BURNER)
def _incense_burner(c: Combat, relic: Relic) -> None:
    relic.counter += 1
    if relic.counter == 6:
        relic.counter = 0
        bottom(c, apply_power(c.player, c.player, powers.INTANGIBLE, 1))


@moment(TURN_START, ids.MERCURY_HOURGLASS)
def _mercury_hourglass(c: Combat, relic: Relic) -> None:
    bottom(c, thorns_damage_all(c.player, 3))


@moment(TURN_START, ids.BRIMSTONE)
def _brimstone(c: Combat, relic: Relic) -> None:
    top(c, apply_power(c.player, c.player, powers.STRENGTH, 2))
    for monster in living(c):
        add_power_now(c, monster, powers.STRENGTH, 1)


@moment(TURN_START, ids.HORN_CLEAT)
def _horn_cleat(c: Combat, relic: Relic) -> None:
    if relic.counter == NOT_COUNTING:
        return
    relic.counter += 1
    if relic.counter == 2:
        relic.counter = NOT_COUNTING
        bottom(c, gain_block(c.player, 14))


@moment(TURN_START, ids.CAPTAINS_WHEEL)
def _captains_wheel(c: Combat, relic: Relic) -> None:
    if relic.counter == NOT_COUNTING:
        return
    relic.counter += 1
    if relic.counter == 3:
        relic.counter = NOT_COUNTING
        bottom(c, gain_block(c.player, 18))


@moment(TURN_START, ids.STONE_CALENDAR)
def _count_turn(c: Combat, relic: Relic) -> None:
    relic.counter += 1


@moment(
    TURN_START,
    ids.KUNAI,
    ids.SHURIKEN,
    ids.ORNAMENTAL_FAN,
    ids.LETTER_OPENER,
    ids.VELVET_CHOKER,
)
def _count_cards_anew(c: Combat, relic: Relic) -> None:
    relic.counter = 0


@moment(TURN_START, ids.NECRONOMICON, ids.ORANGE_PELLETS)
def _forget_last_turn(c: Combat, relic: Relic) -> None:
    relic.memory = 0


# --- After the draw is queued ---


@moment(POST_DRAW, ids.POCKETWATCH)
def _pocketwatch(c: Combat, relic: Relic) -> None:
    if relic.memory != BEFORE_FIRST_TURN and relic.counter <= 3:
        bottom(c, draw_cards(3))
    relic.memory = LATER
    relic.counter = 0


def _open_gamble(c: Combat, action: Action) -> None:
    open_gamble(c)


GAMBLE: Final = new_action(_open_gamble)


@moment(POST_DRAW, ids.GAMBLING_CHIP)
def _gambling_chip(c: Combat, relic: Relic) -> None:
    if relic.memory == BEFORE_FIRST_TURN:
        relic.memory = LATER
        bottom(c, Action(GAMBLE))


def _upgrade_random_card(c: Combat, action: Action) -> None:
    candidates: list[Card] = [card for card in c.hand if can_upgrade(card)]
    if len(candidates) > 0:
        order = java_shuffle_order(len(candidates), c.run.shuffle_rng)
        upgrade_card(candidates[order[0]])


UPGRADE_RANDOM_CARD: Final = new_action(_upgrade_random_card)


@moment(POST_DRAW, ids.WARPED_TONGS)
def _warped_tongs(c: Combat, relic: Relic) -> None:
    bottom(c, Action(UPGRADE_RANDOM_CARD))


# --- During the turn ---


@moment(IDLE, ids.UNCEASING_TOP)
def _unceasing_top(c: Combat, relic: Relic) -> None:
    if len(c.draw_pile) + len(c.discard_pile) > 0 and not has_power(c.player, powers.NO_DRAW):
        bottom(c, draw_cards(1))


# --- The end of the turn ---


@moment(END_TURN, ids.ORICHALCUM)
def _orichalcum(c: Combat, relic: Relic) -> None:
    if c.player.block == 0:
        top(c, gain_block(c.player, 6))


@moment(END_TURN, ids.STONE_CALENDAR)
def _stone_calendar(c: Combat, relic: Relic) -> None:
    if relic.counter == 7:
        bottom(c, thorns_damage_all(c.player, 52))


def _open_codex(c: Combat, action: Action) -> None:
    open_codex(c)


CODEX: Final = new_action(_open_codex)


@moment(END_TURN, ids.NILRYS_CODEX)
def _nilrys_codex(c: Combat, relic: Relic) -> None:
    bottom(c, Action(CODEX))


# --- Victory ---


@moment(BEFORE_VICTORY, ids.MEAT_ON_THE_BONE)
def _meat_on_the_bone(c: Combat, relic: Relic) -> None:
    if c.player.hp > 0 and c.player.hp * 2 <= c.player.max_hp:
        heal_now(c, c.player, 12)


# UNCERTAIN(relics.md 6): Magic Flower raises the heal of Burning Blood from 6 to 9. Settled by:
#   win a fight with both: how much is healed?
@moment(VICTORY, ids.BURNING_BLOOD)
def _burning_blood(c: Combat, relic: Relic) -> None:
    if c.player.hp > 0:
        heal_now(c, c.player, 6)


@moment(VICTORY, ids.BLACK_BLOOD)
def _black_blood(c: Combat, relic: Relic) -> None:
    if c.player.hp > 0:
        heal_now(c, c.player, 12)


@moment(VICTORY, ids.FACE_OF_CLERIC)
def _face_of_cleric(c: Combat, relic: Relic) -> None:
    """Hp rises with max hp; magic flower does not add to it."""
    c.player.max_hp += 1
    if not c.owned[ids.MARK_OF_THE_BLOOM]:
        c.player.hp += 1


@moment(
    VICTORY,
    ids.HORN_CLEAT,
    ids.CAPTAINS_WHEEL,
    ids.KUNAI,
    ids.SHURIKEN,
    ids.ORNAMENTAL_FAN,
    ids.LETTER_OPENER,
    ids.STONE_CALENDAR,
    ids.VELVET_CHOKER,
    ids.POCKETWATCH,
)
def _stop_counting(c: Combat, relic: Relic) -> None:
    relic.counter = NOT_COUNTING
