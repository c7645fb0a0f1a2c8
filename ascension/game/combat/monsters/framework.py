"""What all monsters share: birth, announcing moves, the turn, the queued effects of a move.

A monster's own module registers its move choice (`monster_roll`) and, for what the tables do not
say, small functions by move (`special_move`).
"""

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from ascension.game.combat import actions
from ascension.game.combat.actions import bottom
from ascension.game.combat.damage import is_gone
from ascension.game.combat.monsters.history import set_next_move
from ascension.game.combat.monsters.numbers import (
    ABSENT,
    ASCENSIONS,
    BLOCK,
    EVERYONE,
    HEAL,
    HIT,
    HP_BREAK,
    HP_DRAWS,
    HP_HIGH,
    HP_HIGH_AT_BREAK,
    HP_LOW,
    HP_LOW_AT_BREAK,
    MONSTER_COUNT,
    MOVE_DAMAGE,
    MOVE_EFFECTS,
    MOVE_FOLLOW,
    MOVE_FOLLOWER,
    MOVE_HITS,
    NEXT,
    NOW,
    POWER,
    ROLL,
    ROLL_NOW,
    SELF,
    START_EFFECTS,
    TO_DISCARD,
    Effect,
)
from ascension.game.combat.piles import new_card
from ascension.game.combat.registry import (
    MONSTER_PRE_BATTLE,
    MONSTER_ROLL,
    MONSTER_TURN,
    MonsterTurn,
    new_action,
)
from ascension.game.combat.state import DEAD, ESCAPED, Action, Combat, Creature
from ascension.game.ids import moves as move_ids

# By move id: replaces the effects of the table.
SPECIAL_MOVE: Final[list[MonsterTurn | None]] = [None] * move_ids.COUNT
# By monster id: numbers drawn at construction after the hp.
BIRTH: Final[list[MonsterTurn | None]] = [None] * MONSTER_COUNT


def special_move(*ids: int) -> Callable[[MonsterTurn], MonsterTurn]:
    """Decorator: the function queues the effects of the moves instead of the table's."""

    def register(function: MonsterTurn) -> MonsterTurn:
        for move in ids:
            SPECIAL_MOVE[move] = function
        return function

    return register


def birth(*ids: int) -> Callable[[MonsterTurn], MonsterTurn]:
    """Decorator: the function runs when the monster has been built, after its hp draws."""

    def register(function: MonsterTurn) -> MonsterTurn:
        for monster in ids:
            BIRTH[monster] = function
        return function

    return register


# --- numbers by ascension -------------------------------------------------------------------


def at_least(c: Combat, tier: i64) -> bool:
    """Whether the run's ascension has reached a tier."""
    return c.run.ascension >= tier


def stepped(c: Combat, base: i64, tier: i64, raised: i64) -> i64:
    """`base`, from the tier on `raised`."""
    return raised if c.run.ascension >= tier else base


def stepped_twice(c: Combat, base: i64, tier: i64, raised: i64, tier2: i64, top: i64) -> i64:
    """`base`, from the first tier on `raised`, from the second on `top`."""
    return top if c.run.ascension >= tier2 else stepped(c, base, tier, raised)


# --- birth ----------------------------------------------------------------------------------


def build_monster(c: Combat, id: i64) -> Creature:
    """A new monster with its construction draws of `monster_hp` (encounters_composition.md 1)."""
    hp = roll_hp(c, id)
    monster = Creature(id, hp, hp)
    rule = BIRTH[id]
    if rule is not None:
        rule(c, monster)
    return monster


def roll_hp(c: Combat, id: i64) -> i64:
    """Hp of a new monster; some draw a range first that is thrown away, some draw nothing."""
    if HP_DRAWS[id] == 2:
        c.run.monster_hp_rng.between(HP_LOW[id], HP_HIGH[id])
    low = HP_LOW[id]
    high = HP_HIGH[id]
    if c.run.ascension >= HP_BREAK[id]:
        low = HP_LOW_AT_BREAK[id]
        high = HP_HIGH_AT_BREAK[id]
    if HP_DRAWS[id] == 0:
        return low
    return c.run.monster_hp_rng.between(low, high)


# --- announcing moves -----------------------------------------------------------------------


def move_damage(c: Combat, move: i64) -> i64:
    """The table's damage of a move at this ascension; -1 when it is no attack."""
    return MOVE_DAMAGE[ASCENSIONS * move + c.run.ascension]


def move_hits(c: Combat, move: i64) -> i64:
    """The table's number of hits of a move at this ascension."""
    return MOVE_HITS[ASCENSIONS * move + c.run.ascension]


def announce(c: Combat, monster: Creature, move: i64) -> None:
    """Set the next move with the numbers of the table."""
    set_next_move(monster, move, move_damage(c, move), move_hits(c, move))


def queue_move(c: Combat, monster: Creature, move: i64) -> None:
    """Queue the announcement of the next move (`next` of monsters.md)."""
    bottom(c, actions.set_move(monster, move, move_damage(c, move), move_hits(c, move)))


def force_move(c: Combat, monster: Creature, move: i64) -> None:
    """Announce a move now and again at the queue's end, over what is queued already."""
    announce(c, monster, move)
    action = Action(ANNOUNCE_AGAIN)
    action.target = monster
    action.extra = move
    bottom(c, action)


def _announce_again(c: Combat, action: Action) -> None:
    monster = action.target
    assert monster is not None
    if monster.move != action.extra:
        announce(c, monster, action.extra)


ANNOUNCE_AGAIN: Final = new_action(_announce_again)


def roll_first_move(c: Combat, monster: Creature) -> None:
    """Roll a monster's next move now."""
    rule = MONSTER_ROLL[monster.id]
    assert rule is not None, f"monster {monster.id} has no move choice"
    rule(c, monster, c.run.ai_rng.random(99))


def coin(c: Combat) -> bool:
    """A fair boolean draw of the monsters' stream."""
    return c.run.ai_rng.random_boolean()


def biased_coin(c: Combat, p: float) -> bool:
    """A float draw of the monsters' stream: true with probability p."""
    return c.run.ai_rng.chance(p)


# --- the turn -------------------------------------------------------------------------------


def take_turn(c: Combat, monster: Creature) -> None:
    """Execute the announced move: its effects are queued, then what follows it."""
    move = monster.move
    special = SPECIAL_MOVE[move]
    if special is None:
        perform(c, monster)
    else:
        special(c, monster)
    follow = MOVE_FOLLOW[move]
    if follow == ROLL:
        queue_roll(c, monster)
    elif follow == NEXT:
        queue_move(c, monster, MOVE_FOLLOWER[move])
    elif follow == NOW:
        announce(c, monster, MOVE_FOLLOWER[move])
    # UNCERTAIN(monsters.md 0): spheric guardian's harden, the maw's slam and the heart's echo
    #   roll the next move before their hits land, as their other attacks do. Settled by: thorns
    #   that kill one of them during these moves: was `ai_rng` drawn?
    elif follow == ROLL_NOW:
        roll_first_move(c, monster)


def queue_roll(c: Combat, monster: Creature) -> None:
    """Queue the roll of the next move (`roll` of monsters.md)."""
    bottom(c, actions.roll_move(monster))


def perform(c: Combat, monster: Creature) -> None:
    """Queue the table's effects of the announced move."""
    for effect in MOVE_EFFECTS[monster.move]:
        queue_effect(c, monster, effect)


def hit(c: Combat, monster: Creature) -> None:
    """Queue the announced hits."""
    n = monster.hits
    while n > 0:
        bottom(c, actions.monster_attack(c, monster, monster.base_damage))
        n -= 1


def queue_effect(c: Combat, monster: Creature, effect: Effect) -> None:
    """Queue one effect of the table."""
    amount = effect.amounts[c.run.ascension]
    if amount == ABSENT:
        return
    if effect.kind == HIT:
        hit(c, monster)
    elif effect.target == EVERYONE:
        for other in present(c):
            _queue_for_monster(c, other, monster, effect, amount)
    elif effect.target == SELF:
        _queue_for_monster(c, monster, monster, effect, amount)
    elif effect.kind == POWER:
        debuff_player(c, monster, effect.what, amount)
    else:
        add_status(c, effect.what, amount, effect.kind == TO_DISCARD)


def _queue_for_monster(
    c: Combat, target: Creature, source: Creature, effect: Effect, amount: i64
) -> None:
    if effect.kind == BLOCK:
        bottom(c, actions.gain_block(target, amount))
    elif effect.kind == HEAL:
        bottom(c, actions.heal(target, amount))
    else:
        bottom(c, actions.apply_power(target, source, effect.what, amount))


def gain_power(c: Combat, monster: Creature, power: i64, amount: i64) -> None:
    """Queue a power for the monster itself."""
    bottom(c, actions.apply_power(monster, monster, power, amount))


def debuff_player(c: Combat, monster: Creature, power: i64, amount: i64) -> None:
    """Queue a power for the player, put there by a monster."""
    bottom(c, actions.apply_power_from_monster(c.player, monster, power, amount))


def add_status(c: Combat, card: i64, count: i64, to_discard: bool) -> None:
    """Queue status cards for the discard pile, or for random spots of the draw pile."""
    made = new_card(c, card, 0)
    if to_discard:
        bottom(c, actions.make_in_discard(made, count))
    else:
        bottom(c, actions.make_in_draw(made, count, False))


def start_effects(c: Combat, monster: Creature) -> None:
    """Queue the starting powers and block of the table."""
    for effect in START_EFFECTS[monster.id]:
        queue_effect(c, monster, effect)


# --- who is there ---------------------------------------------------------------------------


def present(c: Combat) -> list[Creature]:
    """The monsters that can be acted on, in list order: not dead, half-dead or escaped."""
    return [monster for monster in c.monsters if not is_gone(monster)]


def not_dying_others(c: Combat, monster: Creature) -> i64:
    """How many other monsters are neither dead nor escaped."""
    count: i64 = 0
    for other in c.monsters:
        if other is not monster and other.state not in (DEAD, ESCAPED):
            count += 1
    return count


def position(c: Combat, monster: Creature) -> i64:
    """The monster's place in the list, bodies included."""
    for index, other in enumerate(c.monsters):
        if other is monster:
            return index
    return -1


def _register_all() -> None:
    """Every monster takes its turn the same way; those with table powers start with them."""
    for monster in range(MONSTER_COUNT):
        MONSTER_TURN[monster] = take_turn
        if START_EFFECTS[monster]:
            MONSTER_PRE_BATTLE[monster] = start_effects


_register_all()
