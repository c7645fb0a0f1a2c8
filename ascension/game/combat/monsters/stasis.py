"""The bronze orb's stasis: which card it takes (combat.md 12)."""

from typing import Final

from ascension.game.combat.registry import new_action
from ascension.game.combat.state import Action, Card, Combat, Power
from ascension.game.ids import powers
from ascension.game.tables import CARD_RARITY, CARD_STRING_IDS, COMMON, RARE, UNCOMMON


def _rarest(pile: list[Card]) -> list[Card]:
    """The cards of the highest rarity among rare, uncommon and common, sorted by the game's id."""
    for rarity in (RARE, UNCOMMON, COMMON):
        found = [card for card in pile if CARD_RARITY[card.id] == rarity]
        if found:
            return sorted(found, key=_string_id)
    return pile


def _string_id(card: Card) -> str:
    return CARD_STRING_IDS[card.id]


def _take_card(c: Combat, action: Action) -> None:
    orb = action.target
    assert orb is not None
    pile = c.draw_pile if c.draw_pile else c.discard_pile
    if not pile:
        return
    candidates = _rarest(pile)
    card = candidates[c.run.card_random_rng.random(len(candidates) - 1)]
    pile.remove(card)
    power = Power(powers.STASIS, 1)
    power.card = card
    orb.powers.append(power)


STASIS: Final = new_action(_take_card)
