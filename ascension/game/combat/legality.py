"""Which cards may be played (combat.md 8)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import relics
from ascension.game.combat.powers import has_power
from ascension.game.combat.registry import CARD_PLAYABLE
from ascension.game.combat.state import DEAD, Card, Combat, Creature
from ascension.game.combat.targets import all_gone
from ascension.game.ids import cards as card_ids
from ascension.game.ids import powers as ids
from ascension.game.ids import relics as relic_ids
from ascension.game.tables import ATTACK, CARD_TARGET, CARD_TYPE, CURSE, ENEMY, STATUS

X_COST: Final = -1
CARDS_UNDER_NORMALITY: Final = 3


def needs_target(card: Card) -> bool:
    """Whether the player must choose one enemy."""
    return CARD_TARGET[card.row()] == ENEMY


def can_play(c: Combat, card: Card, target: Creature | None) -> bool:
    """Whether a queued card may be played; an automatic play needs no energy."""
    if needs_target(card) and target is not None and target.state == DEAD:
        return False
    return not all_gone(c) and not is_hand_locked(c) and is_playable(c, card)


def is_hand_locked(c: Combat) -> bool:
    """Whether no card at all may be played: after the turn's end, and by normality."""
    if c.turn_ended:
        return True
    if c.cards_this_turn < CARDS_UNDER_NORMALITY:
        return False
    for card in c.hand:  # noqa: SIM110 (a generator is slow when compiled)
        if card.id == card_ids.NORMALITY:
            return True
    return False


def is_playable(c: Combat, card: Card) -> bool:
    """Whether the card itself may be played: its kind, its cost, powers, relics, its own rule."""
    cost = card.cost_now
    if cost < X_COST and not _relic_allows_unplayable(c, card):
        return False
    if cost > c.energy and not card.free_once and not card.autoplay:
        return False
    if CARD_TYPE[card.id] == ATTACK and has_power(c.player, ids.ENTANGLED):
        return False
    if c.owned[relic_ids.VELVET_CHOKER] and not relics.can_play(c, card):
        return False
    rule = CARD_PLAYABLE[card.id]
    return rule is None or rule(c, card)


def _relic_allows_unplayable(c: Combat, card: Card) -> bool:
    type: i64 = card.type()
    if type == STATUS:
        return relics.owns(c, relic_ids.MEDICAL_KIT)
    return type == CURSE and relics.owns(c, relic_ids.BLUE_CANDLE)
