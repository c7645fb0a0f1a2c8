"""Colourless cards that change costs, upgrade or generate cards (cards.md 5)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import (
    bottom,
    make_in_draw,
    make_in_hand,
)
from ascension.game.combat.card_effects import (
    magic,
    queue,
    rolled_card,
)
from ascension.game.combat.card_selections_offers import DISCOVERY
from ascension.game.combat.piles import can_upgrade, set_cost_for_turn, upgrade_card
from ascension.game.combat.registry import (
    card_use,
    new_action,
)
from ascension.game.combat.relics import owns
from ascension.game.combat.state import Action, Card, Combat, Creature
from ascension.game.ids import cards as ids
from ascension.game.ids import relics
from ascension.game.tables import (
    IN_COMBAT_COLORLESS,
    IN_COMBAT_RED_ATTACK,
    IN_COMBAT_RED_SKILL,
)

CHEMICAL_X: Final = 2  # added to X by the relic


# --- Costs and upgrades ---


def _enlighten(c: Combat, action: Action) -> None:
    for card in c.hand:
        card.cost_now = min(card.cost_now, 1)
        if action.amount > 0 and card.cost > 1:
            card.cost = 1


ENLIGHTEN: Final = new_action(_enlighten)


@card_use(ids.ENLIGHTENMENT)
def _enlightenment(c: Combat, card: Card, target: Creature | None) -> None:
    queue(c, ENLIGHTEN, card.upgrades)


def _go_mad(c: Combat, action: Action) -> None:
    """One card that costs something costs nothing; a failed roll is rolled again."""
    this_turn = _any_costs(c.hand, True)
    if not this_turn and not _any_costs(c.hand, False):
        return
    while True:
        card = c.hand[c.run.card_random_rng.random(len(c.hand) - 1)]
        if (card.cost_now if this_turn else card.cost) > 0:
            card.cost = 0
            card.cost_now = 0
            return


def _any_costs(cards: list[Card], this_turn: bool) -> bool:
    """Whether a card costs energy, this turn or in this fight."""
    for card in cards:  # noqa: SIM110 (a generator is slow when compiled)
        if (card.cost_now if this_turn else card.cost) > 0:
            return True
    return False


GO_MAD: Final = new_action(_go_mad)


@card_use(ids.MADNESS)
def _madness(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(GO_MAD))


def _upgrade_everything(c: Combat, action: Action) -> None:
    for pile in [c.hand, c.draw_pile, c.discard_pile, c.exhaust_pile]:
        for card in pile:
            if can_upgrade(card):
                upgrade_card(card)


UPGRADE_EVERYTHING: Final = new_action(_upgrade_everything)


@card_use(ids.APOTHEOSIS)
def _apotheosis(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(UPGRADE_EVERYTHING))


# --- Generated cards ---


@card_use(ids.DISCOVERY)
def _discovery(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(DISCOVERY))


@card_use(ids.JACK_OF_ALL_TRADES)
def _jack_of_all_trades(c: Combat, card: Card, target: Creature | None) -> None:
    for _ in range(magic(card)):
        bottom(c, make_in_hand(rolled_card(c, IN_COMBAT_COLORLESS), 1))


@card_use(ids.CHRYSALIS)
def _chrysalis(c: Combat, card: Card, target: Creature | None) -> None:
    _shuffle_in_free(c, IN_COMBAT_RED_SKILL, magic(card))


@card_use(ids.METAMORPHOSIS)
def _metamorphosis(c: Combat, card: Card, target: Creature | None) -> None:
    _shuffle_in_free(c, IN_COMBAT_RED_ATTACK, magic(card))


def _shuffle_in_free(c: Combat, pool: list[i64], n: i64) -> None:
    """All kinds are rolled now, the spots when the cards are made."""
    for _ in range(n):
        card = rolled_card(c, pool)
        if card.cost > 0:
            card.cost = 0
            card.cost_now = 0
        bottom(c, make_in_draw(card, 1, False))


def _transmute(c: Combat, action: Action) -> None:
    n = action.amount + (CHEMICAL_X if owns(c, relics.CHEMICAL_X) else 0)
    for _ in range(n):
        card = rolled_card(c, IN_COMBAT_COLORLESS)
        if action.extra > 0:
            upgrade_card(card)
        set_cost_for_turn(card, 0)
        bottom(c, make_in_hand(card, 1))
    if n > 0 and not action.flag:
        c.energy = 0


TRANSMUTE: Final = new_action(_transmute)


@card_use(ids.TRANSMUTATION)
def _transmutation(c: Combat, card: Card, target: Creature | None) -> None:
    card.energy_on_use = max(card.energy_on_use, c.energy)
    action = Action(TRANSMUTE)
    action.amount = card.energy_on_use
    action.extra = card.upgrades
    action.flag = card.free_once
    bottom(c, action)
