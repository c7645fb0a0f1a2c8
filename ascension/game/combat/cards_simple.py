"""Cards that are one line of data: a new card of these kinds is one more name in a list."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.card_effects import block, hit, hit_all, magic, power_on_self
from ascension.game.combat.registry import card_use
from ascension.game.combat.state import Card, Combat, Creature
from ascension.game.ids import cards as ids
from ascension.game.ids import powers

# Hit the target once. Where the damage is counted rather than printed, the rule for it is in
# CARD_BASE_DAMAGE; heavy blade's use of Strength is in the damage formula.
HITS: Final = [
    ids.STRIKE_RED,
    ids.BODY_SLAM,
    ids.CLASH,
    ids.HEAVY_BLADE,
    ids.PERFECTED_STRIKE,
    ids.BLOOD_FOR_BLOOD,
    ids.CARNAGE,
    ids.SEARING_BLOW,
    ids.BLUDGEON,
    ids.SWIFT_STRIKE,
    ids.MIND_BLAST,
]
# Hit every enemy once.
HITS_ON_ALL: Final = [ids.CLEAVE, ids.DRAMATIC_ENTRANCE]
# Give block.
BLOCKS: Final = [
    ids.DEFEND_RED,
    ids.GHOSTLY_ARMOR,
    ids.SENTINEL,
    ids.IMPERVIOUS,
    ids.GOOD_INSTINCTS,
]
# Give the player as much of a power as the card's magic number says.
POWERS: Final = [
    (ids.RAGE, powers.RAGE),
    (ids.COMBUST, powers.COMBUST),
    (ids.DARK_EMBRACE, powers.DARK_EMBRACE),
    (ids.EVOLVE, powers.EVOLVE),
    (ids.FEEL_NO_PAIN, powers.FEEL_NO_PAIN),
    (ids.FIRE_BREATHING, powers.FIRE_BREATHING),
    (ids.INFLAME, powers.STRENGTH),
    (ids.METALLICIZE, powers.METALLICIZE),
    (ids.RUPTURE, powers.RUPTURE),
    (ids.BRUTALITY, powers.BRUTALITY),
    (ids.DEMON_FORM, powers.DEMON_FORM),
    (ids.DOUBLE_TAP, powers.DOUBLE_TAP),
    (ids.JUGGERNAUT, powers.JUGGERNAUT),
    (ids.PANACEA, powers.ARTIFACT),
    (ids.MAGNETISM, powers.MAGNETISM),
    (ids.MAYHEM, powers.MAYHEM),
    (ids.PANACHE, powers.PANACHE),
    (ids.SADISTIC_NATURE, powers.SADISTIC_NATURE),
    (ids.APPARITION, powers.INTANGIBLE),
]
# Nothing happens when they are played, which slimed allows and relics allow for the others.
NO_EFFECT: Final = [
    ids.SLIMED,
    ids.DAZED,
    ids.VOID,
    ids.WOUND,
    ids.ASCENDERS_BANE,
    ids.CLUMSY,
    ids.CURSE_OF_THE_BELL,
    ids.INJURY,
    ids.NECRONOMICURSE,
    ids.NORMALITY,
    ids.PAIN,
    ids.PARASITE,
    ids.PRIDE,
    ids.WRITHE,
]


@card_use(*HITS)
def _only_hit(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)


@card_use(*HITS_ON_ALL)
def _only_hit_all(c: Combat, card: Card, target: Creature | None) -> None:
    hit_all(c, card)


@card_use(*BLOCKS)
def _only_block(c: Combat, card: Card, target: Creature | None) -> None:
    block(c, card)


def _power_by_card() -> list[i64]:
    out: list[i64] = [-1] * ids.COUNT
    for card, power in POWERS:
        out[card] = power
    return out


POWER_OF: Final = _power_by_card()


@card_use(*[card for card, _ in POWERS])
def _only_power(c: Combat, card: Card, target: Creature | None) -> None:
    power_on_self(c, POWER_OF[card.id], magic(card))


@card_use(*NO_EFFECT)
def _nothing(c: Combat, card: Card, target: Creature | None) -> None:
    """The card has no effect of its own."""
