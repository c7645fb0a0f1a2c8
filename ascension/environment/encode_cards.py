"""Writes what a card is, and what playing it would do, into an option's row."""

from typing import Final

from mypy_extensions import i64

from ascension.environment.encode_columns import CARD_COLUMN
from ascension.environment.encode_numbers import X_COST, Outcome, cost_of, judge
from ascension.environment.encode_scalars import scaled
from ascension.environment.encode_sink import Sink
from ascension.environment.encode_view import View, amount_of, block_at_end
from ascension.environment.layout import OPTION
from ascension.game.combat.state import ALIVE, Card, Combat
from ascension.game.ids import powers
from ascension.game.run import DeckCard
from ascension.game.tables import (
    CARD_COST,
    CARD_ETHEREAL,
    CARD_EXHAUST,
    CARD_INNATE,
    CARD_MAGIC,
    CARD_RARITY,
    CARD_TYPE,
)


def number(name: str) -> i64:
    """Column of one of an option's numbers."""
    return OPTION.column("number", name)


_PLAY_CARD: Final[i64] = OPTION.offset("play_card")
_TARGET: Final[i64] = OPTION.offset("target")
_TARGET_SLOT: Final[i64] = OPTION.offset("target_slot")
_MONSTER_SLOTS: Final[i64] = OPTION.block("target_slot").width

_COST: Final[i64] = number("cost")
_ENERGY_LEFT: Final[i64] = number("energy_left")
_IS_X: Final[i64] = number("is_x")
_BASE_COST: Final[i64] = number("base_cost")
_DAMAGE: Final[i64] = number("damage")
_HITS: Final[i64] = number("hits")
_DAMAGE_ALL: Final[i64] = number("damage_all")
_LETHAL: Final[i64] = number("lethal")
_WINS: Final[i64] = number("wins")
_BLOCK: Final[i64] = number("block")
_USEFUL_BLOCK: Final[i64] = number("useful_block")
_HP_COST: Final[i64] = number("hp_cost")
_MAGIC: Final[i64] = number("magic")
_TYPE: Final[i64] = number("attack")
_RARITY: Final[i64] = number("basic")
_CURSE_RARITY: Final[i64] = 5
_UPGRADED: Final[i64] = number("upgraded")
_EXHAUSTS: Final[i64] = number("exhausts")
_ETHEREAL: Final[i64] = number("ethereal")
_INNATE: Final[i64] = number("innate")
_BOTTLED: Final[i64] = number("bottled")
_COPIES_IN_HAND: Final[i64] = number("copies_in_hand")
_TARGET_HP: Final[i64] = number("target_hp")
_TARGET_HP_RATIO: Final[i64] = number("target_hp_ratio")
_TARGET_BLOCK: Final[i64] = number("target_block")
_TARGET_ATTACKS: Final[i64] = number("target_attacks")
_TARGET_DAMAGE: Final[i64] = number("target_damage")
_TARGET_VULNERABLE: Final[i64] = number("target_vulnerable")
_TARGET_WEAK: Final[i64] = number("target_weak")
_TARGET_STRENGTH: Final[i64] = number("target_strength")
_TARGET_IS_LOWEST: Final[i64] = number("target_is_lowest")
_TARGET_IS_HIGHEST: Final[i64] = number("target_is_highest")
_TARGET_IS_MINION: Final[i64] = number("target_is_minion")


def write_card_traits(sink: Sink, card: i64, upgrades: i64, cost: i64) -> None:
    """What is printed on a card."""
    row = 2 * card + (1 if upgrades > 0 else 0)
    sink.flag(_TYPE + CARD_TYPE[card])
    if CARD_RARITY[card] < _CURSE_RARITY:
        sink.flag(_RARITY + CARD_RARITY[card])
    sink.put(_UPGRADED, scaled(upgrades, 1.0))
    sink.put(_BASE_COST, float(max(cost, 0)) * 0.3)
    if cost == X_COST:
        sink.flag(_IS_X)
    sink.put(_MAGIC, scaled(CARD_MAGIC[row], 0.1))
    if CARD_EXHAUST[row] != 0:
        sink.flag(_EXHAUSTS)
    if CARD_ETHEREAL[row] != 0:
        sink.flag(_ETHEREAL)
    if CARD_INNATE[row] != 0:
        sink.flag(_INNATE)


def write_deck_traits(sink: Sink, card: DeckCard) -> None:
    """The same for a card of the deck."""
    row = 2 * card.id + (1 if card.upgrades > 0 else 0)
    write_card_traits(sink, card.id, card.upgrades, CARD_COST[row])
    if card.bottled:
        sink.flag(_BOTTLED)


def copies_in_hand(combat: Combat, card: Card) -> i64:
    """How many of the same card are in hand."""
    count: i64 = 0
    for other in combat.hand:
        if other.id == card.id and other.upgrades == card.upgrades:
            count += 1
    return count


def write_play(sink: Sink, view: View, position: i64, target: i64) -> None:
    """A card of the hand played at a monster (its index in the fight), or at none (-1)."""
    combat = view.combat
    card = combat.hand[position]
    sink.flag(_PLAY_CARD + CARD_COLUMN[card.row()])
    write_card_traits(sink, card.id, card.upgrades, card.cost)
    cost = cost_of(combat, card)
    sink.put(_COST, scaled(cost, 0.3))
    sink.put(_ENERGY_LEFT, scaled(combat.energy - cost, 0.25))
    sink.put(_COPIES_IN_HAND, scaled(copies_in_hand(combat, card), 0.2))
    outcome = judge(view, card, combat.monsters[target] if target >= 0 else None)
    _write_outcome(sink, view, outcome)
    write_target(sink, view, target)


def _write_outcome(sink: Sink, view: View, outcome: Outcome) -> None:
    if outcome.hits > 0:
        sink.put(_HITS, scaled(outcome.hits, 0.2))
        sink.put(_DAMAGE, scaled(outcome.damage, 0.03))
        sink.put(_DAMAGE_ALL, scaled(outcome.damage_all, 0.02))
        sink.put(_LETHAL, scaled(outcome.kills, 1.0))
        if outcome.kills > 0 and outcome.kills == alive(view):
            sink.flag(_WINS)
    if outcome.block > 0:
        sink.put(_BLOCK, scaled(outcome.block, 0.05))
        useful = min(outcome.block, max(0, view.incoming - block_at_end(view.combat)))
        sink.put(_USEFUL_BLOCK, scaled(useful, 0.05))
    sink.put(_HP_COST, scaled(outcome.hp_cost, 0.1))


def alive(view: View) -> i64:
    """Number of monsters that can still be hit."""
    count: i64 = 0
    for monster in view.monsters:
        if monster.state == ALIVE:
            count += 1
    return count


def write_target(sink: Sink, view: View, target: i64) -> None:
    """The monster aimed at; nothing for no target."""
    if target < 0:
        return
    monster = view.combat.monsters[target]
    slot = view.slot_of(monster)
    sink.flag(_TARGET + monster.id)
    if 0 <= slot < _MONSTER_SLOTS:
        sink.flag(_TARGET_SLOT + slot)
    sink.put(_TARGET_HP, scaled(monster.hp, 0.01))
    sink.put(_TARGET_HP_RATIO, float(monster.hp) / float(max(monster.max_hp, 1)))
    sink.put(_TARGET_BLOCK, scaled(monster.block, 0.05))
    if slot >= 0 and view.damages[slot] >= 0:
        sink.flag(_TARGET_ATTACKS)
        sink.put(_TARGET_DAMAGE, scaled(view.totals[slot], 0.05))
    sink.put(_TARGET_VULNERABLE, scaled(amount_of(monster, powers.VULNERABLE), 0.25))
    sink.put(_TARGET_WEAK, scaled(amount_of(monster, powers.WEAK), 0.25))
    strength = amount_of(monster, powers.STRENGTH)
    sink.put(_TARGET_STRENGTH, max(-3.0, scaled(strength, 0.1)))
    if monster.hp == view.lowest_hp:
        sink.flag(_TARGET_IS_LOWEST)
    if monster.hp == view.highest_hp:
        sink.flag(_TARGET_IS_HIGHEST)
    if amount_of(monster, powers.MINION) != 0:
        sink.flag(_TARGET_IS_MINION)
