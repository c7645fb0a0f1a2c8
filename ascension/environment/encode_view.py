"""What a player can read off a fight, worked out once per decision for state and options alike.

Intents are a player's: the number that lands now, nothing under Runic Dome.
"""

from typing import Final, final

from mypy_extensions import i64

from ascension.game.combat.damage import monster_damage
from ascension.game.combat.state import ALIVE, HALF_DEAD, Combat, Creature
from ascension.game.ids import cards, powers, relics
from ascension.game.tables import CARD_MAGIC

NO_ATTACK: Final = -1
_ORICHALCUM_BLOCK: Final[i64] = 6


def amount_of(creature: Creature, power_id: i64) -> i64:
    """Amount of a power, 0 without it."""
    for power in creature.powers:
        if power.id == power_id:
            return power.amount
    return 0


@final
class View:
    """The living monsters with what their intents show, and what ending the turn would cost."""

    def __init__(self, combat: Combat) -> None:
        self.combat: Combat = combat
        self.monsters: list[Creature] = []  # alive or half-dead, from left to right
        self.damages: list[i64] = []  # per hit as shown; NO_ATTACK for none or hidden
        self.totals: list[i64] = []  # of all hits, 0 for none
        self.intents_hidden: bool = combat.owned[relics.RUNIC_DOME]
        self.incoming: i64 = 0
        self.uncovered: i64 = 0  # hp that ending the turn now would cost
        self.lowest_hp: i64 = 99999
        self.highest_hp: i64 = 0
        self.alive: i64 = 0  # monsters that can be hit
        self.hp: i64 = 0  # of all of them
        # What every card played costs in hp: each pain in hand, beat of death, and for attacks
        # sharp hides.
        self.pains: i64 = 0
        self.beats: i64 = 0
        self.hides: i64 = 0
        self.block_at_end: i64 = 0  # when the monsters attack, if nothing more is played
        self.plays_twice: bool = False  # the next attack

    def slot_of(self, monster: Creature) -> i64:
        """Its place among the living, -1 for others."""
        for position in range(len(self.monsters)):
            if self.monsters[position] is monster:
                return position
        return -1


def look(combat: Combat) -> View:
    """What the player sees now."""
    view = View(combat)
    for monster in combat.monsters:
        if monster.state in (ALIVE, HALF_DEAD):
            _add_monster(view, monster)
    constricted = _read_player(view)
    view.uncovered = _uncovered(view, constricted)
    return view


def _add_monster(view: View, monster: Creature) -> None:
    damage: i64 = NO_ATTACK
    total: i64 = 0
    attacks = monster.base_damage >= 0 and monster.state == ALIVE
    if attacks and not view.intents_hidden:
        damage = monster_damage(view.combat, monster, monster.base_damage)
        total = damage * max(monster.hits, 1)
    view.monsters.append(monster)
    view.damages.append(damage)
    view.totals.append(total)
    view.incoming += total
    for power in monster.powers:
        if power.id == powers.BEAT_OF_DEATH:
            view.beats += power.amount
        elif power.id == powers.SHARP_HIDE:
            view.hides += power.amount
    if monster.state == ALIVE:
        view.alive += 1
        view.hp += monster.hp
        view.lowest_hp = min(view.lowest_hp, monster.hp)
        view.highest_hp = max(view.highest_hp, monster.hp)


def _read_player(view: View) -> i64:
    """What the player's powers do to this turn; returns the damage of constriction at its end."""
    combat = view.combat
    player = combat.player
    constricted: i64 = 0
    block = player.block
    if block == 0 and combat.owned[relics.ORICHALCUM]:
        block = _ORICHALCUM_BLOCK
    for power in player.powers:
        id = power.id
        if id in (powers.METALLICIZE, powers.PLATED_ARMOR):
            block += power.amount
        elif id in (powers.DOUBLE_TAP, powers.DUPLICATION):
            view.plays_twice = view.plays_twice or power.amount > 0
        elif id == powers.CONSTRICTED:
            constricted += power.amount
    view.block_at_end = block
    return constricted


def _uncovered(view: View, constricted: i64) -> i64:
    """Hp lost if the turn ended now, as far as the screen tells."""
    hand = view.combat.hand
    blockable = view.incoming + constricted
    direct: i64 = 0
    for card in hand:
        id = card.id
        if id in (cards.BURN, cards.DECAY):
            blockable += CARD_MAGIC[card.row()]
        elif id == cards.REGRET:
            direct += len(hand)
        elif id == cards.PAIN:
            view.pains += 1
    return max(0, blockable - view.block_at_end) + direct
