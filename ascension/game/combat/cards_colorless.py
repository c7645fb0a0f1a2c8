"""Colourless and special cards (cards.md 5 and 6)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power,
    bottom,
    draw_cards,
    finish_damage,
    heal,
    lose_hp,
    reshuffle,
    top,
)
from ascension.game.combat.card_effects import (
    block,
    draw,
    hit,
    killing_blow,
    magic,
    power_on,
    power_on_each,
    power_on_self,
    queue,
    same_instances,
    strike_to_kill,
)
from ascension.game.combat.card_selections import EXHAUST_MANY, FORETHOUGHT, FORETHOUGHT_MANY
from ascension.game.combat.card_selections_piles import (
    SECRET_TECHNIQUE,
    SECRET_WEAPON,
    matches_in_draw_pile,
)
from ascension.game.combat.damage import heal_now
from ascension.game.combat.piles import add_to_hand
from ascension.game.combat.powers import has_power
from ascension.game.combat.registry import (
    CARD_BASE_DAMAGE,
    CARD_PLAYABLE,
    card_use,
    new_action,
)
from ascension.game.combat.relics import owns
from ascension.game.combat.state import Action, Card, Combat, Creature
from ascension.game.ids import cards as ids
from ascension.game.ids import powers, relics
from ascension.game.rng import java_shuffle_order
from ascension.game.run import DeckCard
from ascension.game.tables import (
    ATTACK,
    SKILL,
)

JAX_HP: Final = 3
BLOODY_IDOL_HEAL: Final = 5
BOMB_TURNS: Final = 3


# --- Attacks ---


def _damage_from_draw_pile(c: Combat, card: Card) -> i64:
    return len(c.draw_pile)


CARD_BASE_DAMAGE[ids.MIND_BLAST] = _damage_from_draw_pile


def _gain_gold(c: Combat, n: i64) -> None:
    if owns(c, relics.ECTOPLASM):
        return
    c.run.gold += n
    if owns(c, relics.BLOODY_IDOL):
        heal_now(c, c.player, BLOODY_IDOL_HEAL)


def _rob(c: Combat, action: Action) -> None:
    if strike_to_kill(c, action):
        _gain_gold(c, action.extra)
    finish_damage(c)


ROB: Final = new_action(_rob)


@card_use(ids.HAND_OF_GREED)
def _hand_of_greed(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, killing_blow(ROB, card, target))


@card_use(ids.BITE)
def _bite(c: Combat, card: Card, target: Creature | None) -> None:
    hit(c, card, target)
    bottom(c, heal(c.player, magic(card)))


def _dagger_damage(c: Combat, card: Card) -> i64:
    return card.misc if card.misc > 0 else card.base_damage


CARD_BASE_DAMAGE[ids.RITUAL_DAGGER] = _dagger_damage


def _sacrifice(c: Combat, action: Action) -> None:
    card = action.card
    if strike_to_kill(c, action) and card is not None:
        _sharpen(c, card, _dagger_damage(c, card) + action.extra)
    finish_damage(c)


def _sharpen(c: Combat, card: Card, damage: i64) -> None:
    """The new damage goes to the deck card and to every card of the fight with its uid."""
    for other in same_instances(c, card):
        other.misc = damage
        other.base_damage = damage
    if card.uid < len(c.run.deck):
        owned = c.run.deck[card.uid]
        c.run.deck[card.uid] = DeckCard(owned.id, owned.upgrades, damage, owned.bottled)


SACRIFICE: Final = new_action(_sacrifice)


@card_use(ids.RITUAL_DAGGER)
def _ritual_dagger(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, killing_blow(SACRIFICE, card, target))


# --- Powers and debuffs ---


@card_use(ids.BLIND)
def _blind(c: Combat, card: Card, target: Creature | None) -> None:
    _debuff(c, card, target, powers.WEAK)


@card_use(ids.TRIP)
def _trip(c: Combat, card: Card, target: Creature | None) -> None:
    _debuff(c, card, target, powers.VULNERABLE)


def _debuff(c: Combat, card: Card, target: Creature | None, power: i64) -> None:
    """On the target, or once upgraded on every enemy."""
    if card.upgrades > 0:
        power_on_each(c, power, magic(card))
    else:
        power_on(c, target, power, magic(card))


@card_use(ids.DARK_SHACKLES)
def _dark_shackles(c: Combat, card: Card, target: Creature | None) -> None:
    if target is None:
        return
    power_on(c, target, powers.STRENGTH, -magic(card))
    if not has_power(target, powers.ARTIFACT):
        power_on(c, target, powers.SHACKLED, magic(card))


@card_use(ids.PANIC_BUTTON)
def _panic_button(c: Combat, card: Card, target: Creature | None) -> None:
    block(c, card)
    power_on_self(c, powers.NO_BLOCK, magic(card))


@card_use(ids.THE_BOMB)
def _the_bomb(c: Combat, card: Card, target: Creature | None) -> None:
    action = apply_power(c.player, c.player, powers.THE_BOMB, BOMB_TURNS)
    action.extra = magic(card)
    bottom(c, action)


@card_use(ids.JAX)
def _jax(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, lose_hp(c.player, c.player, JAX_HP))
    power_on_self(c, powers.STRENGTH, magic(card))


# --- Healing, drawing ---


@card_use(ids.BANDAGE_UP)
def _bandage_up(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, heal(c.player, magic(card)))


@card_use(ids.MASTER_OF_STRATEGY)
def _master_of_strategy(c: Combat, card: Card, target: Creature | None) -> None:
    draw(c, magic(card))


def _shuffle_draw_pile(c: Combat, action: Action) -> None:
    old = c.draw_pile
    c.draw_pile = [old[i] for i in java_shuffle_order(len(old), c.run.shuffle_rng)]


SHUFFLE_DRAW_PILE: Final = new_action(_shuffle_draw_pile)


@card_use(ids.DEEP_BREATH)
def _deep_breath(c: Combat, card: Card, target: Creature | None) -> None:
    if len(c.discard_pile) > 0:
        bottom(c, reshuffle(c))
        bottom(c, Action(SHUFFLE_DRAW_PILE))
    draw(c, magic(card))


def _draw_without_attacks(c: Combat, action: Action) -> None:
    for card in c.hand:
        if card.type() == ATTACK:
            return
    top(c, draw_cards(action.amount))


DRAW_WITHOUT_ATTACKS: Final = new_action(_draw_without_attacks)


@card_use(ids.IMPATIENCE)
def _impatience(c: Combat, card: Card, target: Creature | None) -> None:
    queue(c, DRAW_WITHOUT_ATTACKS, magic(card))


# --- Cards chosen from a pile ---


@card_use(ids.FORETHOUGHT)
def _forethought(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(FORETHOUGHT_MANY if card.upgrades > 0 else FORETHOUGHT))


@card_use(ids.PURITY)
def _purity(c: Combat, card: Card, target: Creature | None) -> None:
    queue(c, EXHAUST_MANY, magic(card))


def _holds_type(pile: list[Card], type: i64) -> bool:
    for card in pile:  # noqa: SIM110 (a generator is slow when compiled)
        if card.type() == type:
            return True
    return False


def _skill_in_draw_pile(c: Combat, card: Card) -> bool:
    return _holds_type(c.draw_pile, SKILL)


def _attack_in_draw_pile(c: Combat, card: Card) -> bool:
    return _holds_type(c.draw_pile, ATTACK)


CARD_PLAYABLE[ids.SECRET_TECHNIQUE] = _skill_in_draw_pile
CARD_PLAYABLE[ids.SECRET_WEAPON] = _attack_in_draw_pile


@card_use(ids.SECRET_TECHNIQUE)
def _secret_technique(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(SECRET_TECHNIQUE))


@card_use(ids.SECRET_WEAPON)
def _secret_weapon(c: Combat, card: Card, target: Creature | None) -> None:
    bottom(c, Action(SECRET_WEAPON))


def _take_attacks(c: Combat, action: Action) -> None:
    attacks = matches_in_draw_pile(c, ATTACK)
    for _ in range(action.amount):
        if len(attacks) == 0:
            return
        order = java_shuffle_order(len(attacks), c.run.shuffle_rng)
        attacks = [attacks[i] for i in order]
        card = attacks.pop(0)
        c.draw_pile.remove(card)
        add_to_hand(c, card)


TAKE_ATTACKS: Final = new_action(_take_attacks)


@card_use(ids.VIOLENCE)
def _violence(c: Combat, card: Card, target: Creature | None) -> None:
    queue(c, TAKE_ATTACKS, magic(card))
