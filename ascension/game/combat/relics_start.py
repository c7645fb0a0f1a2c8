"""Relics that act when a fight starts (relics.md 3).

`top` effects jump in front of the energy gain and the opening draw, the later acquired first;
`bottom` effects run after the draw in owned order.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power,
    bottom,
    draw_cards,
    gain_block,
    heal,
    make_in_draw,
    make_in_hand,
    top,
)
from ascension.game.combat.card_effects import rolled_card
from ascension.game.combat.card_selections_offers import open_toolbox
from ascension.game.combat.piles import new_card, set_cost_for_turn
from ascension.game.combat.powers import add_power_now
from ascension.game.combat.registry import new_action
from ascension.game.combat.relic_hooks import BATTLE_START, PRE_BATTLE, PRE_DRAW, moment
from ascension.game.combat.state import Action, Combat
from ascension.game.ids import cards, powers
from ascension.game.ids import relics as ids
from ascension.game.run import Relic
from ascension.game.tables import CARD_TYPE, CURSE, IN_COMBAT_RED_POWER, MONSTER_IS_BOSS

RED_SKULL_STRENGTH: Final = 3
PEN_NIB_READY: Final = 9  # attacks played: the next one is doubled


def _gain(c: Combat, power: i64, amount: i64) -> Action:
    return apply_power(c.player, c.player, power, amount)


# --- Before the opening block ---


@moment(PRE_BATTLE, ids.SLAVERS_COLLAR)
def _slavers_collar(c: Combat, relic: Relic) -> None:
    if c.is_elite or has_boss(c):
        c.energy_per_turn += 1


@moment(PRE_BATTLE, ids.SNECKO_EYE)
def _snecko_eye(c: Combat, relic: Relic) -> None:
    bottom(c, _gain(c, powers.CONFUSED, 1))


@moment(PRE_BATTLE, ids.ENCHIRIDION)
def _enchiridion(c: Combat, relic: Relic) -> None:
    card = rolled_card(c, IN_COMBAT_RED_POWER)
    set_cost_for_turn(card, 0)
    bottom(c, make_in_hand(card, 1))


def _open_toolbox(c: Combat, action: Action) -> None:
    open_toolbox(c)


TOOLBOX: Final = new_action(_open_toolbox)


@moment(PRE_DRAW, ids.TOOLBOX)
def _toolbox(c: Combat, relic: Relic) -> None:
    bottom(c, Action(TOOLBOX))


# --- Powers for the player ---

TOP: Final = True
BOTTOM: Final = False
_START_POWERS: Final[list[tuple[int, int, int, bool]]] = [
    (ids.VAJRA, powers.STRENGTH, 1, TOP),
    (ids.ODDLY_SMOOTH_STONE, powers.DEXTERITY, 1, TOP),
    (ids.AKABEKO, powers.VIGOR, 8, TOP),
    (ids.BRONZE_SCALES, powers.THORNS, 3, TOP),
    (ids.THREAD_AND_NEEDLE, powers.PLATED_ARMOR, 4, TOP),
    (ids.FOSSILIZED_HELIX, powers.BUFFER, 1, TOP),
    # UNCERTAIN(relics.md 3): Clockwork Souvenir's artifact is queued at the bottom: Mutagenic
    #   Strength's loss is never blocked, Gremlin Visage is if it was acquired later. Settled by: a
    #   fight with Mutagenic Strength, then Clockwork Souvenir: does strength go at the end of turn
    #   1?
    (ids.CLOCKWORK_SOUVENIR, powers.ARTIFACT, 1, BOTTOM),
    (ids.GREMLIN_VISAGE, powers.WEAK, 1, BOTTOM),
]


def _register_start_powers() -> None:
    for relic, power, amount, on_top in _START_POWERS:
        _START_POWER[relic] = power
        _START_AMOUNT[relic] = amount
        _START_ON_TOP[relic] = on_top
        moment(BATTLE_START, relic)(_start_power)


def _start_power(c: Combat, relic: Relic) -> None:
    gained = _gain(c, _START_POWER[relic.id], _START_AMOUNT[relic.id])
    if _START_ON_TOP[relic.id]:
        top(c, gained)
    else:
        bottom(c, gained)


_START_POWER: Final[list[i64]] = [0] * ids.COUNT
_START_AMOUNT: Final[list[i64]] = [0] * ids.COUNT
_START_ON_TOP: Final[list[bool]] = [False] * ids.COUNT
_register_start_powers()


@moment(BATTLE_START, ids.SLING_OF_COURAGE)
def _sling_of_courage(c: Combat, relic: Relic) -> None:
    if c.is_elite:
        top(c, _gain(c, powers.STRENGTH, 2))


@moment(BATTLE_START, ids.GIRYA)
def _girya(c: Combat, relic: Relic) -> None:
    if relic.counter > 0:
        top(c, _gain(c, powers.STRENGTH, relic.counter))


@moment(BATTLE_START, ids.DU_VU_DOLL)
def _du_vu_doll(c: Combat, relic: Relic) -> None:
    curses: i64 = 0
    for card in c.run.deck:
        if CARD_TYPE[card.id] == CURSE:
            curses += 1
    if curses > 0:
        top(c, _gain(c, powers.STRENGTH, curses))


@moment(BATTLE_START, ids.MUTAGENIC_STRENGTH)
def _mutagenic_strength(c: Combat, relic: Relic) -> None:
    top(c, _gain(c, powers.STRENGTH, 3))
    top(c, _gain(c, powers.LOSE_STRENGTH, 3))


@moment(BATTLE_START, ids.PEN_NIB)
def _pen_nib(c: Combat, relic: Relic) -> None:
    if relic.counter == PEN_NIB_READY:
        bottom(c, _gain(c, powers.PEN_NIB, 1))


def _check_red_skull(c: Combat, action: Action) -> None:
    relic = c.run.relics[action.amount]
    if relic.memory == 0 and c.bloodied:
        relic.memory = 1
        add_power_now(c, c.player, powers.STRENGTH, RED_SKULL_STRENGTH)


RED_SKULL_CHECK: Final = new_action(_check_red_skull)


@moment(BATTLE_START, ids.RED_SKULL)
def _red_skull(c: Combat, relic: Relic) -> None:
    check = Action(RED_SKULL_CHECK)
    check.amount = c.run.relics.index(relic)
    bottom(c, check)


# --- Hp, block and cards ---


@moment(BATTLE_START, ids.BLOOD_VIAL)
def _blood_vial(c: Combat, relic: Relic) -> None:
    top(c, heal(c.player, 2))


@moment(BATTLE_START, ids.PANTOGRAPH)
def _pantograph(c: Combat, relic: Relic) -> None:
    if has_boss(c):
        top(c, heal(c.player, 25))


@moment(BATTLE_START, ids.ANCHOR)
def _anchor(c: Combat, relic: Relic) -> None:
    bottom(c, gain_block(c.player, 10))


@moment(BATTLE_START, ids.BAG_OF_PREPARATION)
def _bag_of_preparation(c: Combat, relic: Relic) -> None:
    bottom(c, draw_cards(2))


@moment(BATTLE_START, ids.MARK_OF_PAIN)
def _mark_of_pain(c: Combat, relic: Relic) -> None:
    bottom(c, make_in_draw(new_card(c, cards.WOUND, 0), 2, False))


# --- Monsters ---


@moment(BATTLE_START, ids.BAG_OF_MARBLES)
def _bag_of_marbles(c: Combat, relic: Relic) -> None:
    for monster in c.monsters:
        bottom(c, apply_power(monster, c.player, powers.VULNERABLE, 1))


@moment(BATTLE_START, ids.RED_MASK)
def _red_mask(c: Combat, relic: Relic) -> None:
    for monster in c.monsters:
        bottom(c, apply_power(monster, c.player, powers.WEAK, 1))


@moment(BATTLE_START, ids.PHILOSOPHERS_STONE)
def _philosophers_stone(c: Combat, relic: Relic) -> None:
    for monster in c.monsters:
        add_power_now(c, monster, powers.STRENGTH, 1)


@moment(BATTLE_START, ids.PRESERVED_INSECT)
def _preserved_insect(c: Combat, relic: Relic) -> None:
    if not c.is_elite:
        return
    for monster in c.monsters:
        monster.hp = min(monster.hp, monster.max_hp * 3 // 4)


@moment(BATTLE_START, ids.NEOWS_LAMENT)
def _neows_lament(c: Combat, relic: Relic) -> None:
    if relic.counter <= 0:
        return
    relic.counter -= 1
    if relic.counter == 0:
        relic.counter = -2
    for monster in c.monsters:
        monster.hp = 1


# --- Counters that start with the fight ---


@moment(
    BATTLE_START, ids.HORN_CLEAT, ids.CAPTAINS_WHEEL, ids.STONE_CALENDAR, ids.POCKETWATCH
)
def _count_from_zero(c: Combat, relic: Relic) -> None:
    relic.counter = 0


def has_boss(c: Combat) -> bool:
    """Whether a monster of the boss type takes part (event fights against bosses count)."""
    return any(MONSTER_IS_BOSS[monster.id] == 1 for monster in c.monsters)
