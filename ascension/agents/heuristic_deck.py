"""The teacher's deck: what a card is worth to it, what to take, upgrade, remove and transform."""

from collections import Counter
from typing import Final

from ascension.environment.card_quality import CARD_QUALITY
from ascension.game.ids import cards as C
from ascension.game.ids import relics as R
from ascension.game.run import DeckCard, Run
from ascension.game.tables import (
    ALL_ENEMIES,
    ATTACK,
    BASIC,
    CARD_BLOCK,
    CARD_COST,
    CARD_DAMAGE,
    CARD_RARITY,
    CARD_TARGET,
    CARD_TYPE,
    CURSE,
    POWER,
    SKILL,
    STATUS,
)

_UPGRADE_GAIN: Final = 0.7  # of quality, where nothing else is listed
# Upgrades that change what a card does.
_UPGRADES: Final[dict[int, float]] = {
    C.BASH: 3.0,
    C.STRIKE_RED: 0.5,
    C.DEFEND_RED: 0.5,
    C.ARMAMENTS: 2.0,
    C.TRUE_GRIT: 1.6,
    C.BODY_SLAM: 2.0,
    C.SHOCKWAVE: 2.0,
    C.OFFERING: 1.8,
    C.IMMOLATE: 1.6,
    C.DEMON_FORM: 1.5,
    C.LIMIT_BREAK: 3.0,
    C.UPPERCUT: 2.0,
    C.BATTLE_TRANCE: 1.5,
    C.INFLAME: 1.6,
    C.SPOT_WEAKNESS: 1.3,
    C.HEAVY_BLADE: 1.6,
    C.WHIRLWIND: 1.6,
    C.CARNAGE: 1.5,
    C.HEMOKINESIS: 1.3,
    C.BLUDGEON: 1.3,
    C.IMPERVIOUS: 1.0,
    C.SHRUG_IT_OFF: 1.2,
    C.FLAME_BARRIER: 1.3,
    C.CORRUPTION: 2.0,
    C.BARRICADE: 1.8,
    C.DARK_EMBRACE: 1.8,
    C.FEEL_NO_PAIN: 1.3,
    C.METALLICIZE: 1.2,
    C.POMMEL_STRIKE: 1.3,
    C.TWIN_STRIKE: 1.2,
    C.FIEND_FIRE: 1.5,
    C.REAPER: 1.2,
    C.FEED: 1.3,
    C.APPARITION: 2.0,
    C.SEARING_BLOW: 1.5,
    C.PERFECTED_STRIKE: 1.2,
    C.SWORD_BOOMERANG: 1.2,
    C.SEEING_RED: 1.3,
    C.EXHUME: 1.2,
    C.BLOODLETTING: 1.2,
    C.BURNING_PACT: 1.1,
    C.DISARM: 1.3,
    C.RAMPAGE: 1.4,
    C.CLOTHESLINE: 1.0,
    C.THUNDERCLAP: 1.1,
    C.CLEAVE: 1.1,
}


def card_worth(card: int, upgrades: int) -> float:
    """Quality of a card with its upgrades, whatever the deck."""
    gain = _UPGRADES.get(card, _UPGRADE_GAIN)
    return CARD_QUALITY[card] + (gain if upgrades > 0 else 0.0)


# --- Taking -----------------------------------------------------------------------------------

_AIM_CARDS: Final = (0, 20, 27, 32, 34)  # about as many cards as a deck should have, by act
_PILE_LIMITS: Final[dict[int, int]] = {
    **{C.BATTLE_TRANCE: 1, C.FLEX: 1, C.SPOT_WEAKNESS: 2, C.CLOTHESLINE: 1, C.BARRICADE: 1},
    **{C.CORRUPTION: 1, C.DEMON_FORM: 1, C.ENTRENCH: 1, C.WHIRLWIND: 2, C.LIMIT_BREAK: 1},
    **{C.DARK_EMBRACE: 1, C.BERSERK: 1, C.BRUTALITY: 1, C.DUAL_WIELD: 1, C.EXHUME: 1},
    **{C.ARMAMENTS: 1, C.TRUE_GRIT: 2, C.HAVOC: 1, C.WARCRY: 1, C.INTIMIDATE: 1, C.RAGE: 1},
    **{C.DISARM: 2, C.SHOCKWAVE: 2, C.SEEING_RED: 1, C.BLOODLETTING: 1, C.HEAVY_BLADE: 1},
    **{C.BODY_SLAM: 1, C.CLEAVE: 2, C.THUNDERCLAP: 1, C.FEEL_NO_PAIN: 2, C.METALLICIZE: 2},
    **{C.SECOND_WIND: 1, C.FIEND_FIRE: 1, C.JUGGERNAUT: 1, C.COMBUST: 1, C.EVOLVE: 1},
    **{C.FIRE_BREATHING: 1, C.RUPTURE: 1, C.POWER_THROUGH: 1, C.SEVER_SOUL: 1, C.IMMOLATE: 3},
}
_USUAL_LIMIT: Final = 3


def _row(card: DeckCard) -> int:
    return 2 * card.id + (1 if card.upgrades > 0 else 0)


def is_frontload(card: DeckCard) -> bool:
    """An attack that is better than a strike."""
    return CARD_TYPE[card.id] == ATTACK and CARD_RARITY[card.id] != BASIC


def is_area(card: DeckCard) -> bool:
    """An attack on all."""
    return CARD_TYPE[card.id] == ATTACK and CARD_TARGET[_row(card)] == ALL_ENEMIES


def is_block(card: DeckCard) -> bool:
    """A card with more block than a defend."""
    return CARD_RARITY[card.id] != BASIC and CARD_BLOCK[_row(card)] >= 5


def take_worth(run: Run, card: DeckCard) -> float:
    """Worth of adding a card to this deck; below `take_limit` it is better left."""
    counts = Counter(other.id for other in run.deck)
    worth = card_worth(card.id, card.upgrades)
    if counts[card.id] >= _PILE_LIMITS.get(card.id, _USUAL_LIMIT):
        worth -= 4.0
    worth -= 0.5 * counts[card.id]
    worth += _fit(run, card)
    return worth


def _fit(run: Run, card: DeckCard) -> float:
    """What the deck lacks counts for more."""
    fit = 0.0
    attacks = sum(map(is_frontload, run.deck))
    areas = sum(map(is_area, run.deck))
    blocks = sum(map(is_block, run.deck))
    if is_frontload(card) and CARD_DAMAGE[_row(card)] > 0:
        fit += 2.0 if run.act == 1 and attacks < 3 else 0.3 if attacks < 5 else -0.7
    if is_area(card):
        fit += 1.0 if areas == 0 else -0.3 * areas
    if is_block(card):
        fit += 0.8 if blocks < 2 + run.act else -0.3
    if CARD_TYPE[card.id] == POWER and run.act == 1 and run.floor < 6:
        fit -= 0.8
    return fit + _synergy(run, card)


def _synergy(run: Run, card: DeckCard) -> float:
    owned = {other.id for other in run.deck}
    synergy = 0.0
    strength = owned & {C.INFLAME, C.DEMON_FORM, C.SPOT_WEAKNESS, C.LIMIT_BREAK, C.RUPTURE}
    if card.id in (C.HEAVY_BLADE, C.SWORD_BOOMERANG, C.TWIN_STRIKE, C.PUMMEL, C.WHIRLWIND):
        synergy += 0.8 * min(2, len(strength))
    if card.id == C.LIMIT_BREAK:
        synergy += 1.5 * min(2, len(strength)) - 1.5
    exhaust = owned & {C.CORRUPTION, C.FEEL_NO_PAIN, C.DARK_EMBRACE, C.SECOND_WIND, C.FIEND_FIRE}
    if card.id in (C.FEEL_NO_PAIN, C.DARK_EMBRACE, C.CORRUPTION, C.SECOND_WIND):
        synergy += 0.7 * min(3, len(exhaust))
    if card.id == C.BODY_SLAM:
        synergy += 1.5 if owned & {C.BARRICADE, C.IMPERVIOUS, C.ENTRENCH} else -0.5
    if card.id == C.PERFECTED_STRIKE:
        synergy -= 0.5 * max(0, int(run.act) - 1)
    if run.relic_mask[R.SNECKO_EYE] and CARD_COST[_row(card)] >= 2:
        synergy += 1.0
    if run.relic_mask[R.DEAD_BRANCH] and card.id in (C.CORRUPTION, C.TRUE_GRIT, C.BURNING_PACT):
        synergy += 1.5
    return synergy


def take_limit(run: Run) -> float:
    """What a card must be worth to be taken: more, the bigger the deck is."""
    over = len(run.deck) - _AIM_CARDS[run.act]
    return 3.2 + 0.12 * min(8, max(-10, over)) + 0.35 * max(0, over)


# --- Lists of the deck ------------------------------------------------------------------------


def removal_worth(run: Run, card: DeckCard) -> float:
    """How gladly a card is lost: curses, strikes, defends, then whatever is worst."""
    if CARD_TYPE[card.id] in (CURSE, STATUS):
        return 20.0 - CARD_QUALITY[card.id]
    worth = 5.0 - card_worth(card.id, card.upgrades)
    if card.id == C.STRIKE_RED:
        worth += 3.0
    if card.id == C.DEFEND_RED:
        worth += 2.0
    return worth


def upgrade_worth(run: Run, card: DeckCard) -> float:
    """What an upgrade adds."""
    gain = _UPGRADES.get(card.id, _UPGRADE_GAIN)
    if card.id == C.SEARING_BLOW:
        gain += 0.5 * int(card.upgrades)
    usage = 0.12 * max(0.0, card_worth(card.id, 0))
    return gain + usage


def copy_worth(run: Run, card: DeckCard) -> float:
    """What a second one of it is worth."""
    return card_worth(card.id, card.upgrades)


def bottle_worth(run: Run, card: DeckCard) -> float:
    """What having it in the first hand is worth: powers and setup."""
    early = 2.0 if CARD_TYPE[card.id] in (POWER, SKILL) else 0.0
    return card_worth(card.id, card.upgrades) + early
