"""Playing a card from the card queue, and what becomes of it (combat.md 8)."""

from typing import Final

from ascension.game.combat import relics
from ascension.game.combat.actions_damage import base_damage, lose_hp
from ascension.game.combat.formulas import base_block, block_from_card, card_damage
from ascension.game.combat.legality import X_COST, can_play, needs_target
from ascension.game.combat.piles import exhaust_now, to_discard
from ascension.game.combat.power_hooks import AFTER_USE, CARD_USED
from ascension.game.combat.powers import fire_card, has_power
from ascension.game.combat.queues import bottom, top
from ascension.game.combat.registry import CARD_USE, KEPT, new_action
from ascension.game.combat.state import Action, Card, CardItem, Combat, Creature
from ascension.game.combat.targets import is_gone
from ascension.game.ids import cards as card_ids
from ascension.game.ids import powers as ids
from ascension.game.tables import ATTACK, CARD_EXHAUST, POWER, SKILL

# --- The card's turn in the queue ---


def play_item(c: Combat, item: CardItem, card: Card) -> None:
    """Play the first item of the card queue, or put its card away if it may not be played."""
    card.autoplay = item.autoplay
    if card.no_trigger or can_play(c, card, item.target):
        _play(c, item, card)
    else:
        put_away_unplayed(c, item, card)


def put_away_unplayed(c: Combat, item: CardItem, card: Card) -> None:
    """An automatic play that does not happen: the card goes where it would have gone."""
    _leave_limbo(c, card)
    if item.autoplay:
        card.no_trigger = True
        bottom(c, use_card(card, None))


def _leave_limbo(c: Combat, card: Card) -> None:
    if card in c.limbo:
        c.limbo.remove(card)


def _play(c: Combat, item: CardItem, card: Card) -> None:
    card.energy_on_use = item.energy_on_use
    if not card.no_trigger:
        relics.on_play_card(c, card)
        c.cards_this_turn += 1
    if needs_target(card) and (item.target is None or is_gone(item.target)):
        _leave_limbo(c, card)
        return
    _use(c, card, item.target)


def _count_kind(c: Combat, card: Card) -> None:
    """Attacks and skills count once they are used, all cards already when they are played."""
    if card.type() == ATTACK:
        c.attacks_this_turn += 1
    elif card.type() == SKILL:
        c.skills_this_turn += 1


# --- Use ---


def _use(c: Combat, card: Card, target: Creature | None) -> None:
    _compute(c, card, target)
    if card.cost == X_COST:
        _settle_x(c, card)
    rule = CARD_USE[card.id]
    if rule is not None:
        rule(c, card, target)
    if not card.no_trigger:
        _count_kind(c, card)
        _tell_of_use(c, card, target)
    bottom(c, use_card(card, target))
    if not card.no_trigger:
        _tell_other_cards(c, card)
    if card in c.hand:
        c.hand.remove(card)
    else:
        _leave_limbo(c, card)
    _pay(c, card)


def _compute(c: Combat, card: Card, target: Creature | None) -> None:
    """Damage and block are fixed from here on."""
    if card.type() == ATTACK:
        card.damage = card_damage(c, card, base_damage(c, card), target)
    block = base_block(card)
    if block > 0:
        card.block = block_from_card(c, card, block)


def _settle_x(c: Combat, card: Card) -> None:
    """X is the energy there was; an automatic play pays nothing."""
    if card.autoplay:
        card.free_once = True
    else:
        card.energy_on_use = min(card.energy_on_use, c.energy)


def _tell_of_use(c: Combat, card: Card, target: Creature | None) -> None:
    fire_card(c, c.player, CARD_USED, card, target)
    relics.on_use_card(c, card, target, card.purge)
    for monster in c.monsters:
        if len(monster.powers) > 0:
            fire_card(c, monster, CARD_USED, card, target)


def _tell_other_cards(c: Combat, card: Card) -> None:
    """Pain in the hand hurts whenever another card is played."""
    for held in c.hand:
        if held.id == card_ids.PAIN and held is not card:
            top(c, lose_hp(c.player, c.player, 1))


def _pay(c: Combat, card: Card) -> None:
    if card.cost_now <= 0 or card.free_once or card.autoplay:
        return
    if card.type() == SKILL and has_power(c.player, ids.CORRUPTION):
        return
    c.energy = max(0, c.energy - card.cost_now)


# --- Afterwards ---


def use_card(card: Card, target: Creature | None) -> Action:
    """The last action of a play: the card goes to its pile."""
    action = Action(USE_CARD)
    action.card = card
    action.target = target
    return action


def _use_card(c: Combat, action: Action) -> None:
    card = action.card
    assert card is not None
    if not card.no_trigger:
        fire_card(c, c.player, AFTER_USE, card, action.target)
        for monster in c.monsters:
            if len(monster.powers) > 0:
                fire_card(c, monster, AFTER_USE, card, action.target)
    card.free_once = False
    card.autoplay = False
    card.no_trigger = False
    if not card.purge and card.type() != POWER:
        _to_its_pile(c, card)


USE_CARD: Final = new_action(_use_card, KEPT)


def _to_its_pile(c: Combat, card: Card) -> None:
    exhausts = card.exhaust_once or CARD_EXHAUST[card.row()] == 1
    card.exhaust_once = False
    if card in c.hand:
        c.hand.remove(card)
    if exhausts and not relics.spoon_saves(c):
        exhaust_now(c, card)
    else:
        to_discard(c, card)
