"""Potions that draw, offer, change or play cards (potions.md)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import bottom, draw_cards, play_top_card
from ascension.game.combat.card_selections import EXHAUST_MANY
from ascension.game.combat.card_selections_offers import open_discovery
from ascension.game.combat.card_selections_piles import open_liquid_memories
from ascension.game.combat.damage import random_enemy
from ascension.game.combat.piles import HAND_LIMIT, can_upgrade, upgrade_card
from ascension.game.combat.registry import new_action, potion_use
from ascension.game.combat.relics_turn import GAMBLE
from ascension.game.combat.state import Action, Combat, Creature
from ascension.game.ids import potions as ids
from ascension.game.tables import (
    IN_COMBAT_COLORLESS,
    IN_COMBAT_RED_ATTACK,
    IN_COMBAT_RED_POWER,
    IN_COMBAT_RED_SKILL,
)


@potion_use(ids.ATTACK_POTION)
def _attack_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _amounted(c, DISCOVER_ATTACK, n)


@potion_use(ids.SKILL_POTION)
def _skill_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _amounted(c, DISCOVER_SKILL, n)


@potion_use(ids.POWER_POTION)
def _power_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _amounted(c, DISCOVER_POWER, n)


@potion_use(ids.COLORLESS_POTION)
def _colorless_potion(c: Combat, n: i64, target: Creature | None) -> None:
    _amounted(c, DISCOVER_COLORLESS, n)


def _amounted(c: Combat, operation: i64, amount: i64) -> None:
    action = Action(operation)
    action.amount = amount
    bottom(c, action)


def _discover_attack(c: Combat, action: Action) -> None:
    open_discovery(c, IN_COMBAT_RED_ATTACK, action.amount, True)


def _discover_skill(c: Combat, action: Action) -> None:
    open_discovery(c, IN_COMBAT_RED_SKILL, action.amount, True)


def _discover_power(c: Combat, action: Action) -> None:
    open_discovery(c, IN_COMBAT_RED_POWER, action.amount, True)


def _discover_colorless(c: Combat, action: Action) -> None:
    # UNCERTAIN(potions.md use rules): the colorless potion's choice cannot be skipped. Settled
    #   by: drink one: is there a skip button?
    open_discovery(c, IN_COMBAT_COLORLESS, action.amount, False)


DISCOVER_ATTACK: Final = new_action(_discover_attack)
DISCOVER_SKILL: Final = new_action(_discover_skill)
DISCOVER_POWER: Final = new_action(_discover_power)
DISCOVER_COLORLESS: Final = new_action(_discover_colorless)


@potion_use(ids.ELIXIR)
def _elixir(c: Combat, n: i64, target: Creature | None) -> None:
    _amounted(c, EXHAUST_MANY, HAND_LIMIT)


@potion_use(ids.GAMBLERS_BREW)
def _gamblers_brew(c: Combat, n: i64, target: Creature | None) -> None:
    if len(c.hand) > 0:
        bottom(c, Action(GAMBLE))


@potion_use(ids.LIQUID_MEMORIES)
def _liquid_memories(c: Combat, n: i64, target: Creature | None) -> None:
    _amounted(c, REMEMBER, n)


def _open_liquid_memories(c: Combat, action: Action) -> None:
    open_liquid_memories(c, action.amount)


REMEMBER: Final = new_action(_open_liquid_memories)


@potion_use(ids.BLESSING_OF_THE_FORGE)
def _blessing_of_the_forge(c: Combat, n: i64, target: Creature | None) -> None:
    bottom(c, Action(UPGRADE_HAND))


def _upgrade_hand(c: Combat, action: Action) -> None:
    for card in c.hand:
        if can_upgrade(card):
            upgrade_card(card)


UPGRADE_HAND: Final = new_action(_upgrade_hand)


@potion_use(ids.SNECKO_OIL)
def _snecko_oil(c: Combat, n: i64, target: Creature | None) -> None:
    bottom(c, draw_cards(n))
    bottom(c, Action(RANDOMIZE_COSTS))


def _randomize_costs(c: Combat, action: Action) -> None:
    for card in c.hand:
        if card.cost >= 0:
            cost = c.run.card_random_rng.random(3)
            if cost != card.cost:
                card.cost = cost
                card.cost_now = cost


RANDOMIZE_COSTS: Final = new_action(_randomize_costs)


@potion_use(ids.DISTILLED_CHAOS)
def _distilled_chaos(c: Combat, n: i64, target: Creature | None) -> None:
    for _ in range(n):
        bottom(c, play_top_card(random_enemy(c), False))
