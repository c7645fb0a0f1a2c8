"""What relics do in a fight, as the engine sees it: one function per moment (relics.md 2).

Every moment walks the subscribed relics in owned order; without one it costs a single check of an
empty list. Each relic's own function is in `relics_*.py`; relics that only change a number or
answer a question are asked for directly here.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import relic_hooks as hooks
from ascension.game.combat.state import Card, Combat, Creature
from ascension.game.ids import powers as power_ids
from ascension.game.ids import relics as ids
from ascension.game.rng import f32, round_half_up
from ascension.game.run import Relic
from ascension.game.tables import CARD_IS_STRIKE

CARDS_PER_TURN: Final = 6  # velvet choker
KEPT_BY_CALIPERS: Final = 15
MAXIMUM_ENERGY: Final = 999
USED_UP: Final = -2


def owns(c: Combat, relic: i64) -> bool:
    """Whether the player owns the relic, used up or not."""
    return c.owned[relic]


def find(c: Combat, relic_id: i64) -> Relic | None:
    """The relic in the player's list, or None."""
    if not c.owned[relic_id]:
        return None
    for relic in c.run.relics:
        if relic.id == relic_id:
            return relic
    return None


def prepare(c: Combat) -> None:
    """Subscribe the owned relics to their hooks and clear what they remember of the last fight."""
    owned: list[bool] = [False] * ids.COUNT
    subscribed: list[list[i64]] = [[] for _ in range(hooks.HOOKS)]
    for position, relic in enumerate(c.run.relics):
        owned[relic.id] = True
        relic.memory = 0
        for hook in hooks.HOOKS_OF[relic.id]:
            subscribed[hook].append(position)
    c.owned = owned
    c.subscribed = subscribed


def _moment(c: Combat, hook: i64) -> None:
    for position in c.subscribed[hook]:
        relic = c.run.relics[position]
        rule = hooks.MOMENTS[hook * ids.COUNT + relic.id]
        if rule is not None:
            rule(c, relic)


def _card_moment(c: Combat, hook: i64, card: Card, target: Creature | None) -> None:
    for position in c.subscribed[hook]:
        relic = c.run.relics[position]
        rule = hooks.CARD_RULES[hook * ids.COUNT + relic.id]
        if rule is not None:
            rule(c, relic, card, target)


def _monster_moment(c: Combat, hook: i64, monster: Creature) -> None:
    for position in c.subscribed[hook]:
        relic = c.run.relics[position]
        rule = hooks.MONSTER_RULES[hook * ids.COUNT + relic.id]
        if rule is not None:
            rule(c, relic, monster)


# The course of a fight.


def pre_battle(c: Combat) -> None:
    """End of the preparation."""
    _moment(c, hooks.PRE_BATTLE)


def battle_start_pre_draw(c: Combat) -> None:
    """Before the opening draw is queued."""
    _moment(c, hooks.PRE_DRAW)


def battle_start(c: Combat) -> None:
    """After the opening draw is queued."""
    _moment(c, hooks.BATTLE_START)


def turn_start(c: Combat) -> None:
    """Turn 1: right after `battle_start`; later: before powers' turn start and the draw."""
    _moment(c, hooks.TURN_START)


def post_draw(c: Combat) -> None:
    """After the turn's draw is queued."""
    _moment(c, hooks.POST_DRAW)


def energy_recharge(c: Combat) -> None:
    """Set the energy of a new turn; ice cream keeps what was not spent."""
    kept = c.energy if c.owned[ids.ICE_CREAM] else 0
    c.energy = min(MAXIMUM_ENERGY, kept + c.energy_per_turn)


def block_lost(c: Combat) -> i64:
    """Block that decays when the player's turn starts (barricade is the caller's affair)."""
    if c.owned[ids.CALIPERS]:
        return min(KEPT_BY_CALIPERS, c.player.block)
    return c.player.block


def player_end_turn(c: Combat) -> None:
    """First thing when the turn ends."""
    _moment(c, hooks.END_TURN)


def cards_kept_at_end(c: Combat) -> bool:
    """Whether the hand stays at the end of the turn."""
    return c.owned[ids.RUNIC_PYRAMID]


def on_victory(c: Combat) -> None:
    """The fight is over: meat on the bone before all others (relics.md 6), then in owned order."""
    _moment(c, hooks.BEFORE_VICTORY)
    _moment(c, hooks.VICTORY)


# Cards.


def can_play(c: Combat, card: Card) -> bool:
    """Whether the relics allow the card: velvet choker."""
    choker = find(c, ids.VELVET_CHOKER)
    return choker is None or choker.counter < CARDS_PER_TURN


def on_play_card(c: Combat, card: Card) -> None:
    """A card is about to be used; also one whose target is gone."""
    _card_moment(c, hooks.PLAY_CARD, card, None)


def on_use_card(c: Combat, card: Card, target: Creature | None, item_is_copy: bool) -> None:
    """The card has queued its effects; a duplicate (`item_is_copy`) counts too."""
    _card_moment(c, hooks.USE_CARD, card, target)


def on_exhaust(c: Combat, card: Card) -> None:
    """A card is exhausted."""
    _card_moment(c, hooks.EXHAUST, card, None)


def on_shuffle(c: Combat) -> None:
    """A reshuffle of the discard pile is queued (at its construction, combat.md 9)."""
    _moment(c, hooks.SHUFFLE)


def spoon_saves(c: Combat) -> bool:
    """Whether strange spoon sends a card to the discard pile that would exhaust on use.

    Rolls only if it is owned; not to be asked for powers.
    """
    return c.owned[ids.STRANGE_SPOON] and c.run.card_random_rng.random_boolean()


def may_idle(c: Combat) -> bool:
    """Whether a relic wants to know when nothing is queued."""
    return len(c.subscribed[hooks.IDLE]) > 0


def idle(c: Combat) -> bool:
    """Unceasing top: True if it queued a draw.

    To be called by the loop when no action is queued; a queued duplicate is played first.
    """
    if len(c.hand) + len(c.card_queue) > 0:
        return False
    if c.turn_ended or c.end_turn_queued:
        return False
    _moment(c, hooks.IDLE)
    return len(c.actions) > 0


# Numbers.


def card_damage_bonus(c: Combat, card: Card, damage: float) -> float:
    """Base damage of a card after the relics: strike dummy."""
    if c.owned[ids.STRIKE_DUMMY] and CARD_IS_STRIKE[card.id] == 1:
        return f32(damage + 3.0)
    return damage


def vulnerable_factor(c: Combat, creature: Creature) -> float:
    """What vulnerable on the creature multiplies received normal damage by."""
    if creature.is_player():
        return 1.25 if c.owned[ids.ODD_MUSHROOM] else 1.5
    return 1.75 if c.owned[ids.PAPER_PHROG] else 1.5


def change_attack_damage(c: Combat, target: Creature, amount: i64) -> i64:
    """The player's unblocked normal damage to a monster: the boot."""
    if 0 < amount < 5 and c.owned[ids.THE_BOOT]:
        return 5
    return amount


def on_attacked(c: Combat, source: Creature | None, amount: i64) -> i64:
    """Unblocked normal damage to the player: torii. Not to be asked for other kinds of damage."""
    if source is not None and 1 < amount <= 5 and c.owned[ids.TORII]:
        return 1
    return amount


def change_hp_loss(c: Combat, amount: i64) -> i64:
    """Hp that the player is about to lose, of any kind: tungsten rod."""
    if amount > 0 and c.owned[ids.TUNGSTEN_ROD]:
        return amount - 1
    return amount


def was_hp_lost(c: Combat, amount: i64) -> None:
    """The player is losing hp."""
    if amount > 0:
        _moment(c, hooks.HP_LOST)


def on_bloodied(c: Combat) -> None:
    """Hp fell to half or less."""
    _moment(c, hooks.BLOODIED)


def on_unbloodied(c: Combat) -> None:
    """Hp rose above half."""
    _moment(c, hooks.UNBLOODIED)


def change_heal(c: Combat, amount: i64) -> i64:
    """Hp that the player is about to gain: mark of the bloom, magic flower."""
    if c.owned[ids.MARK_OF_THE_BLOOM]:
        return 0
    if c.owned[ids.MAGIC_FLOWER]:
        return round_half_up(f32(float(amount) * 1.5))
    return amount


# Monsters and powers.


def on_monster_death(c: Combat, monster: Creature) -> None:
    """A monster died."""
    _monster_moment(c, hooks.MONSTER_DEATH, monster)


def on_block_broken(c: Combat, monster: Creature) -> None:
    """The player's damage took a monster's last block."""
    _monster_moment(c, hooks.BLOCK_BROKEN, monster)


def on_spawn(c: Combat, monster: Creature) -> None:
    """A monster joined the fight."""
    _monster_moment(c, hooks.SPAWN, monster)


def on_apply_power(c: Combat, target: Creature, power_id: i64) -> None:
    """The player applies a power to another creature (powers.md 2, step 4): champion belt."""
    if power_id == power_ids.VULNERABLE:
        _monster_moment(c, hooks.MADE_VULNERABLE, target)


def blocks_debuff(c: Combat, power_id: i64) -> bool:
    """Whether the player cannot receive the power: ginger and turnip."""
    if power_id == power_ids.WEAK:
        return c.owned[ids.GINGER]
    if power_id == power_ids.FRAIL:
        return c.owned[ids.TURNIP]
    return False


# Potions and death.


def on_use_potion(c: Combat) -> None:
    """A potion was used by hand."""
    _moment(c, hooks.POTION)


def use_lizard_tail(c: Combat) -> bool:
    """Whether the tail saves the player at 0 hp; heals and uses it up. After fairy potions."""
    tail = find(c, ids.LIZARD_TAIL)
    if tail is None or tail.counter == USED_UP or c.owned[ids.MARK_OF_THE_BLOOM]:
        return False
    tail.counter = USED_UP
    _moment(c, hooks.DYING)
    return True
