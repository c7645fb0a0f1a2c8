"""What powers do about cards and hits, the player's and those of both sides (powers.md 4)."""

from mypy_extensions import i64

from ascension.game.combat.actions import (
    apply_power,
    bottom,
    draw_cards,
    gain_block,
    make_in_draw,
    reduce_power,
    remove_power,
    thorns_damage,
    thorns_damage_all,
    thorns_damage_random,
    top,
)
from ascension.game.combat.piles import new_card, set_cost_for_turn
from ascension.game.combat.power_hooks import (
    ATTACKED,
    BLOCK_GAINED,
    CARD_USED,
    DEBUFF_GIVEN,
    DRAWN,
    EXHAUSTED,
    HP_LOST,
    card_rule,
    hit_rule,
    moment,
)
from ascension.game.combat.powers import PANACHE_CARDS, has_power
from ascension.game.combat.queues import queue_duplicate
from ascension.game.combat.state import NORMAL, Card, Combat, Creature, Power
from ascension.game.combat.targets import all_gone
from ascension.game.ids import cards
from ascension.game.ids import powers as ids
from ascension.game.tables import ATTACK, CURSE, SKILL, STATUS

# --- Cards that are used ---


@card_rule(CARD_USED, ids.VIGOR, ids.PEN_NIB)
def _spent_by_attack(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == ATTACK:
        bottom(c, remove_power(owner, power.id))


@card_rule(CARD_USED, ids.HEX)
def _hex(c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None) -> None:
    if card.type() != ATTACK:
        bottom(c, make_in_draw(new_card(c, cards.DAZED, 0), power.amount, False))


@card_rule(CARD_USED, ids.DOUBLE_TAP)
def _double_tap(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == ATTACK:
        _duplicate(c, owner, power, card, target)


@card_rule(CARD_USED, ids.DUPLICATION)
def _duplicate(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.purge or power.amount <= 0:
        return
    queue_duplicate(c, card, target)
    power.amount -= 1
    if power.amount == 0:
        top(c, remove_power(owner, power.id))


@card_rule(CARD_USED, ids.RAGE)
def _rage(c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None) -> None:
    if card.type() == ATTACK:
        bottom(c, gain_block(owner, power.amount))


@card_rule(CARD_USED, ids.PANACHE)
def _panache(c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None) -> None:
    power.extra -= 1
    if power.extra == 0:
        power.extra = PANACHE_CARDS
        bottom(c, thorns_damage_all(owner, power.amount))


@card_rule(CARD_USED, ids.CORRUPTION)
def _corruption(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == SKILL:
        card.exhaust_once = True


# --- Cards that are drawn and exhausted ---


@card_rule(DRAWN, ids.CONFUSED)
def _confused(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.cost < 0:
        return
    cost = c.run.card_random_rng.random(3)
    if cost != card.cost:
        card.cost = cost
        card.cost_now = cost
    card.free_once = False


@card_rule(DRAWN, ids.CORRUPTION)
def _free_skill(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == SKILL:
        set_cost_for_turn(card, 0)


@card_rule(DRAWN, ids.EVOLVE)
def _evolve(c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None) -> None:
    if card.type() == STATUS and not has_power(owner, ids.NO_DRAW):
        bottom(c, draw_cards(power.amount))


@card_rule(DRAWN, ids.FIRE_BREATHING)
def _fire_breathing(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if card.type() == STATUS or card.type() == CURSE:
        bottom(c, thorns_damage_all(owner, power.amount))


@card_rule(EXHAUSTED, ids.DARK_EMBRACE)
def _dark_embrace(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    if not all_gone(c):
        bottom(c, draw_cards(power.amount))


@card_rule(EXHAUSTED, ids.FEEL_NO_PAIN)
def _feel_no_pain(
    c: Combat, owner: Creature, power: Power, card: Card, target: Creature | None
) -> None:
    bottom(c, gain_block(owner, power.amount))


# --- Hits, lost hp, gained block, debuffs ---


@hit_rule(ATTACKED, ids.THORNS, ids.FLAME_BARRIER)
def _thorns(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if kind == NORMAL and source is not None and source is not owner:
        top(c, thorns_damage(owner, source, power.amount))


@hit_rule(HP_LOST, ids.PLATED_ARMOR)
def _plated_armor(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if kind == NORMAL and source is not None and source is not owner and amount > 0:
        bottom(c, reduce_power(owner, ids.PLATED_ARMOR, 1))


@hit_rule(HP_LOST, ids.RUPTURE)
def _rupture(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if source is owner and amount > 0:
        top(c, apply_power(owner, owner, ids.STRENGTH, power.amount))


@moment(BLOCK_GAINED, ids.JUGGERNAUT)
def _juggernaut(c: Combat, owner: Creature, power: Power) -> None:
    bottom(c, thorns_damage_random(owner, power.amount))


@hit_rule(DEBUFF_GIVEN, ids.SADISTIC_NATURE)
def _sadistic_nature(
    c: Combat, owner: Creature, power: Power, source: Creature | None, amount: i64, kind: i64
) -> None:
    if source is not None:
        bottom(c, thorns_damage(owner, source, power.amount))
