"""Writes what a card is, and what playing it would do, into an option's row."""

from typing import Final

from mypy_extensions import i64

from ascension.environment.encode_columns import CARD_COLUMN
from ascension.environment.encode_numbers import X_COST, Outcome, cost_of, judge
from ascension.environment.encode_scalars import scaled
from ascension.environment.encode_sink import Block, Sink
from ascension.environment.encode_view import View, amount_of
from ascension.environment.kinds import COMBAT
from ascension.environment.layout import OPTION
from ascension.game.actions import PLAY_CARD
from ascension.game.combat.state import Card, Combat, Creature
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


_VERB: Final[i64] = OPTION.offset("verb")
_KIND: Final[i64] = OPTION.offset("kind")
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
    sink.number(_UPGRADED, upgrades, 1.0)
    sink.put(_BASE_COST, float(max(cost, 0)) * 0.3)
    if cost == X_COST:
        sink.flag(_IS_X)
    sink.number(_MAGIC, CARD_MAGIC[row], 0.1)
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


def _play_blocks() -> list[Block]:
    """By card row: what every option of playing it begins with, at its printed cost."""
    blocks: list[Block] = []
    for row in range(len(CARD_COST)):
        sink = Sink()
        _write_play_start(sink, row // 2, row % 2, CARD_COST[row])
        blocks.append(sink.block())
    return blocks


def _write_play_start(sink: Sink, card: i64, upgrades: i64, cost: i64) -> None:
    sink.flag(_VERB + PLAY_CARD)
    sink.flag(_KIND + COMBAT)
    sink.flag(_PLAY_CARD + CARD_COLUMN[2 * card + (1 if upgrades > 0 else 0)])
    write_card_traits(sink, card, upgrades, cost)


_PLAY_BLOCKS: Final = _play_blocks()


def write_play(sink: Sink, view: View, position: i64, target: i64) -> None:
    """A card of the hand played at a monster (its index in the fight), or at none (-1)."""
    combat = view.combat
    card = combat.hand[position]
    row = card.row()
    if card.cost == CARD_COST[row] and card.upgrades <= 1:
        sink.repeat(_PLAY_BLOCKS[row])
    else:
        _write_play_start(sink, card.id, card.upgrades, card.cost)
    cost = cost_of(combat, card)
    sink.number(_COST, cost, 0.3)
    sink.number(_ENERGY_LEFT, combat.energy - cost, 0.25)
    sink.number(_COPIES_IN_HAND, copies_in_hand(combat, card), 0.2)
    outcome = judge(view, card, combat.monsters[target] if target >= 0 else None)
    _write_outcome(sink, view, outcome)
    write_target(sink, view, target)


def _write_outcome(sink: Sink, view: View, outcome: Outcome) -> None:
    if outcome.hits > 0:
        sink.number(_HITS, outcome.hits, 0.2)
        sink.number(_DAMAGE, outcome.damage, 0.03)
        sink.number(_DAMAGE_ALL, outcome.damage_all, 0.02)
        sink.number(_LETHAL, outcome.kills, 1.0)
        if outcome.kills > 0 and outcome.kills == view.alive:
            sink.flag(_WINS)
    if outcome.block > 0:
        sink.number(_BLOCK, outcome.block, 0.05)
        useful = min(outcome.block, max(0, view.incoming - view.block_at_end))
        sink.number(_USEFUL_BLOCK, useful, 0.05)
    sink.number(_HP_COST, outcome.hp_cost, 0.1)


def write_target(sink: Sink, view: View, target: i64) -> None:
    """The monster aimed at; nothing for no target."""
    if target < 0:
        return
    monster = view.combat.monsters[target]
    slot = view.slot_of(monster)
    sink.flag(_TARGET + monster.id)
    if 0 <= slot < _MONSTER_SLOTS:
        sink.flag(_TARGET_SLOT + slot)
    sink.number(_TARGET_HP, monster.hp, 0.01)
    sink.put(_TARGET_HP_RATIO, float(monster.hp) / float(max(monster.max_hp, 1)))
    sink.number(_TARGET_BLOCK, monster.block, 0.05)
    if slot >= 0 and view.damages[slot] >= 0:
        sink.flag(_TARGET_ATTACKS)
        sink.number(_TARGET_DAMAGE, view.totals[slot], 0.05)
    _write_target_powers(sink, monster)
    if monster.hp == view.lowest_hp:
        sink.flag(_TARGET_IS_LOWEST)
    if monster.hp == view.highest_hp:
        sink.flag(_TARGET_IS_HIGHEST)
    if amount_of(monster, powers.MINION) != 0:
        sink.flag(_TARGET_IS_MINION)


def _write_target_powers(sink: Sink, monster: Creature) -> None:
    """The three that matter for every attack, always in this order."""
    vulnerable: i64 = 0
    weak: i64 = 0
    strength: i64 = 0
    for power in monster.powers:
        id = power.id
        if id == powers.VULNERABLE:
            vulnerable = power.amount
        elif id == powers.WEAK:
            weak = power.amount
        elif id == powers.STRENGTH:
            strength = power.amount
    sink.number(_TARGET_VULNERABLE, vulnerable, 0.25)
    sink.number(_TARGET_WEAK, weak, 0.25)
    sink.put(_TARGET_STRENGTH, max(-3.0, scaled(strength, 0.1)))
