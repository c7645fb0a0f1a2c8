"""Writes a state: what the player sees of run, fight and screen, as the blocks of `layout.STATE`.

Only visible things: piles as multisets, no stream, no list of what is to come.
"""

from typing import Final

from mypy_extensions import i64

from ascension.environment.encode_columns import (
    BOSS_COLUMN,
    CARD_COLUMN,
    COUNTER_COLUMN,
    COUNTER_UNIT,
    MONSTER_POWER_COLUMN,
    MONSTER_SLOTS,
    MOVE_INTENT,
    MOVE_INTENT_CHANGES,
    MOVE_INTENT_THEN,
    PLAYER_POWER_COLUMN,
    POWER_UNIT,
)
from ascension.environment.encode_deck import CARD_UNIT
from ascension.environment.encode_map import Outlook, reachable, write_rows
from ascension.environment.encode_sink import Counts, Sink
from ascension.environment.encode_view import View
from ascension.environment.layout import STATE
from ascension.game.combat.state import HALF_DEAD, Card, Combat, Creature, Power
from ascension.game.ids import relics
from ascension.game.run import EMPTY_POTION, Run

_NEXT_CARDS: Final[i64] = 5  # shown with Frozen Eye

_KIND: Final[i64] = STATE.offset("kind")
_HAND: Final[i64] = STATE.offset("hand")
_DRAW: Final[i64] = STATE.offset("draw")
_DISCARD: Final[i64] = STATE.offset("discard")
_EXHAUST: Final[i64] = STATE.offset("exhaust")
_NEXT_DRAW: Final[i64] = STATE.offset("next_draw")
_RELIC: Final[i64] = STATE.offset("relic")
_COUNTER: Final[i64] = STATE.offset("counter")
_POTION: Final[i64] = STATE.offset("potion")
_PLAYER_HAS: Final[i64] = STATE.offset("player_has")
_PLAYER_POWER: Final[i64] = STATE.offset("player_power")
_MONSTER: Final[i64] = STATE.offset("monster_0")
_MONSTER_STRIDE: Final[i64] = STATE.offset("monster_1") - STATE.offset("monster_0")
_MONSTER_NUMBER: Final[i64] = STATE.offset("monster_0_number")
_MONSTER_INTENT: Final[i64] = STATE.offset("monster_0_intent")
_MONSTER_HAS: Final[i64] = STATE.offset("monster_0_has")
_MONSTER_POWER: Final[i64] = STATE.offset("monster_0_power")
_LAST_MOVE: Final[i64] = STATE.offset("last_move")
_BOSS: Final[i64] = STATE.offset("boss")
_OUTLOOK: Final[i64] = STATE.offset("outlook")
_NEXT_ROW: Final[i64] = STATE.offset("next_row")

# Numbers of a monster, in the order of layout.MONSTER_NUMBERS.
_HP: Final = 0
_HP_RATIO: Final = 1
_MAX_HP: Final = 2
_BLOCK: Final = 3
_DAMAGE: Final = 4
_HITS: Final = 5
_TOTAL: Final = 6
_IS_HALF_DEAD: Final = 7
_ATTACKS: Final = 8


def clip(value: float, low: float, high: float) -> float:
    """The value, or the bound that it exceeds."""
    return low if value < low else high if value > high else value


def add_cards(counts: Counts, cards: list[Card]) -> None:
    """Count the cards of a pile by column."""
    for card in cards:
        counts.add(CARD_COLUMN[card.row()])


def _write_pile(sink: Sink, counts: Counts, pile: list[Card], offset: i64) -> None:
    if len(pile) == 0:
        return
    counts.clear()
    add_cards(counts, pile)
    counts.write(sink, offset, CARD_UNIT)


def write_piles(sink: Sink, counts: Counts, combat: Combat) -> None:
    """Hand and piles, without the order of the draw pile."""
    _write_pile(sink, counts, combat.hand, _HAND)
    _write_pile(sink, counts, combat.draw_pile, _DRAW)
    _write_pile(sink, counts, combat.discard_pile, _DISCARD)
    _write_pile(sink, counts, combat.exhaust_pile, _EXHAUST)
    if combat.owned[relics.FROZEN_EYE]:
        write_next_draw(sink, combat)


def write_next_draw(sink: Sink, combat: Combat) -> None:
    """The next cards, soonest strongest."""
    size: i64 = len(combat.draw_pile)
    for i in range(min(_NEXT_CARDS, size)):
        card = combat.draw_pile[size - 1 - i]
        sink.put(_NEXT_DRAW + CARD_COLUMN[card.row()], 1.0 - 0.15 * float(i))


def write_relics(sink: Sink, run: Run) -> None:
    """Relics owned and the numbers on them."""
    for relic in run.relics:
        sink.flag(_RELIC + relic.id)
        column = COUNTER_COLUMN[relic.id]
        if column >= 0 and relic.counter != -1:
            value = float(relic.counter) * COUNTER_UNIT[relic.id]
            sink.put(_COUNTER + column, clip(value, -1.0, 2.0))


def write_potions(sink: Sink, run: Run) -> None:
    """Potions held."""
    for potion in run.potions:
        if potion != EMPTY_POTION:
            sink.flag(_POTION + potion)


def write_powers(
    sink: Sink, powers: list[Power], columns: list[i64], has: i64, amount: i64
) -> None:
    """Which powers there are, and how much of each."""
    for power in powers:
        column = columns[power.id]
        sink.flag(has + column)
        value = float(power.amount) * POWER_UNIT[power.id]
        sink.put(amount + column, clip(value, -3.0, 3.0))


def write_monster(sink: Sink, view: View, slot: i64) -> None:
    """One monster with its numbers, intent, powers and former move."""
    monster = view.monsters[slot]
    shift = slot * _MONSTER_STRIDE
    sink.flag(_MONSTER + shift + monster.id)
    number = _MONSTER_NUMBER + shift
    sink.put(number + _HP, clip(float(monster.hp) * 0.01, 0.0, 5.0))
    sink.put(number + _HP_RATIO, float(monster.hp) / float(max(monster.max_hp, 1)))
    sink.put(number + _MAX_HP, clip(float(monster.max_hp) * 0.01, 0.0, 5.0))
    sink.put(number + _BLOCK, clip(float(monster.block) * 0.05, 0.0, 5.0))
    if monster.state == HALF_DEAD:
        sink.flag(number + _IS_HALF_DEAD)
    write_powers(
        sink,
        monster.powers,
        MONSTER_POWER_COLUMN,
        _MONSTER_HAS + shift,
        _MONSTER_POWER + shift,
    )
    if not view.intents_hidden:
        write_intent(sink, view, slot, monster)


def intent_of(view: View, move: i64) -> i64:
    """Category of the icon that a move shows."""
    if view.combat.run.ascension >= MOVE_INTENT_CHANGES[move]:
        return MOVE_INTENT_THEN[move]
    return MOVE_INTENT[move]


def write_intent(sink: Sink, view: View, slot: i64, monster: Creature) -> None:
    """What the icon over the monster says, and what it announced before that."""
    shift = slot * _MONSTER_STRIDE
    number = _MONSTER_NUMBER + shift
    if monster.move >= 0:
        sink.flag(_MONSTER_INTENT + shift + intent_of(view, monster.move))
    if view.damages[slot] >= 0:
        sink.flag(number + _ATTACKS)
        sink.put(number + _DAMAGE, clip(float(view.damages[slot]) * 0.05, 0.0, 5.0))
        sink.put(number + _HITS, clip(float(monster.hits) * 0.25, 0.0, 5.0))
        sink.put(number + _TOTAL, clip(float(view.totals[slot]) * 0.05, 0.0, 5.0))
    if monster.move_before >= 0:
        sink.flag(_LAST_MOVE + monster.move_before)


def write_boss(sink: Sink, run: Run) -> None:
    """The boss that the map shows."""
    if run.boss >= 0 and BOSS_COLUMN[run.boss] >= 0:
        sink.flag(_BOSS + BOSS_COLUMN[run.boss])


def write_outlook(sink: Sink, outlook: Outlook, run: Run) -> None:
    """The way to the boss."""
    if not outlook.is_current(run):
        outlook.refresh(run)
        rows = Sink()
        nodes = reachable(run)
        outlook.write(rows, _OUTLOOK, nodes)
        write_rows(rows, _NEXT_ROW, run, nodes)
        outlook.keep(run, rows)
    written = outlook.written
    assert written is not None
    sink.repeat(written)


def write_fight(sink: Sink, counts: Counts, view: View) -> None:
    """Piles, powers and monsters of a fight."""
    combat = view.combat
    write_piles(sink, counts, combat)
    write_powers(sink, combat.player.powers, PLAYER_POWER_COLUMN, _PLAYER_HAS, _PLAYER_POWER)
    for slot in range(min(MONSTER_SLOTS, i64(len(view.monsters)))):
        write_monster(sink, view, slot)


def write_run(sink: Sink, run: Run, outlook: Outlook, kind: i64) -> None:
    """What is there in and out of fights."""
    sink.flag(_KIND + kind)
    outlook.deck.write(sink)
    write_relics(sink, run)
    write_potions(sink, run)
    write_boss(sink, run)
    write_outlook(sink, outlook, run)
