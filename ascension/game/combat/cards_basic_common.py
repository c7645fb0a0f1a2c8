"""Basic and common Ironclad cards (cards.md 4)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import (
    attack_random,
    bottom,
    exhaust_random_card,
    make_in_discard,
    play_top_card,
)
from ascension.game.combat.card_effects import (
    block,
    draw,
    hit,
    hit_all,
    magic,
    power_on,
    power_on_each,
    power_on_self,
    shuffle_in,
)
from ascension.game.combat.card_selections import (
    ARMAMENTS,
    EXHAUST_ONE,
    PUT_ON_TOP,
)
from ascension.game.combat.card_selections_piles import HEADBUTT
from ascension.game.combat.damage import random_enemy
from ascension.game.combat.piles import can_upgrade, copy_card, upgrade_card
from ascension.game.combat.registry import (
    CARD_BASE_DAMAGE,
    CARD_PLAYABLE,
    card_use,
    new_action,
)
from ascension.game.combat.state import Action, Card, Combat, Creature
from ascension.game.ids import cards as ids
from ascension.game.ids import powers
from ascension.game.tables import ATTACK, CARD_IS_STRIKE

# --- Base damage that is counted when the card is used ---


def _damage_from_block(c: Combat, card: Card) -> i64:
    return c.player.block


def _damage_from_strikes(c: Combat, card: Card) -> i64:
    n = _strikes_in(c.hand) + _strikes_in(c.draw_pile) + _strikes_in(c.discard_pile)
    return card.base_damage + magic(card) * n


def _strikes_in(pile: list[Card]) -> i64:
    n: i64 = 0
    for card in pile:
        n += CARD_IS_STRIKE[card.id]
    return n


CARD_BASE_DAMAGE[ids.BODY_SLAM] = _damage_from_block
CARD_BASE_DAMAGE[ids.PERFECTED_STRIKE] = _damage_from_strikes


# --- Attacks ---


@card_use(ids.BASH)
def _bash(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    power_on(c, target, powers.VULNERABLE, magic(card))


@card_use(ids.ANGER)
def _anger(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    bottom(c, make_in_discard(copy_card(c, card), 1))


def _clash_playable(c: Combat, card: Card) -> bool:
    for held in c.hand:  # noqa: SIM110 (a generator is slow when compiled)
        if held.type() != ATTACK:
            return False
    return True


CARD_PLAYABLE[ids.CLASH] = _clash_playable


@card_use(ids.CLOTHESLINE)
def _clothesline(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    power_on(c, target, powers.WEAK, magic(card))


@card_use(ids.TWIN_STRIKE)
def _twin_strike(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    hit(c, card, target)


@card_use(ids.HEADBUTT)
def _headbutt(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    bottom(c, Action(HEADBUTT))


@card_use(ids.IRON_WAVE)
def _iron_wave(c: Combat, card: Card, target: Creature | None) -> None:
    block(c, card)
    hit(c, card, target)


@card_use(ids.POMMEL_STRIKE, ids.FLASH_OF_STEEL)
def _hit_and_draw(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    draw(c, magic(card))


@card_use(ids.SWORD_BOOMERANG)
def _sword_boomerang(c: Combat, card: Card, target: Creature | None) -> None:
    for _ in range(magic(card)):
        bottom(c, attack_random(card))


@card_use(ids.THUNDERCLAP)
def _thunderclap(c: Combat, card: Card, target: Creature | None) -> None:
    hit_all(c, card)
    power_on_each(c, powers.VULNERABLE, magic(card))


@card_use(ids.WILD_STRIKE)
def _wild_strike(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    shuffle_in(c, ids.WOUND, 1)


# --- Skills ---


def _upgrade_hand(c: Combat, action: Action) -> None:
    for card in c.hand:
        if can_upgrade(card):
            upgrade_card(card)


UPGRADE_HAND: Final = new_action(_upgrade_hand)


@card_use(ids.ARMAMENTS)
def _armaments(c: Combat, card: Card, target: Creature | None) -> None:
    block(c, card)
    bottom(c, Action(UPGRADE_HAND if card.upgrades > 0 else ARMAMENTS))


@card_use(ids.FLEX)
def _flex(c: Combat, card: Card, target: Creature | None) -> None:
    power_on_self(c, powers.STRENGTH, magic(card))
    power_on_self(c, powers.LOSE_STRENGTH, magic(card))


@card_use(ids.HAVOC)
def _havoc(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, play_top_card(random_enemy(c), True))


@card_use(ids.SHRUG_IT_OFF, ids.FINESSE)
def _block_and_draw(c: Combat, card: Card, target: Creature | None) -> None:
    block(c, card)
    draw(c, magic(card))


@card_use(ids.TRUE_GRIT)
def _true_grit(c: Combat, card: Card, target: Creature | None) -> None:
    block(c, card)
    bottom(c, Action(EXHAUST_ONE) if card.upgrades > 0 else exhaust_random_card())


@card_use(ids.WARCRY, ids.THINKING_AHEAD)
def _draw_and_put_back(c: Combat, card: Card, target: Creature | None) -> None:
    draw(c, magic(card))
    bottom(c, Action(PUT_ON_TOP))
