"""What a player can read off a fight, worked out once per decision for state and options alike.

Intents are a player's: the number that lands now, nothing under Runic Dome.
"""

from typing import Final, final

from mypy_extensions import i64

from ascension.game.combat.damage import monster_damage
from ascension.game.combat.state import ALIVE, HALF_DEAD, Card, Combat, Creature
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
    view.uncovered = _uncovered(view)
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
    if monster.state == ALIVE:
        view.lowest_hp = min(view.lowest_hp, monster.hp)
        view.highest_hp = max(view.highest_hp, monster.hp)


def _uncovered(view: View) -> i64:
    """Hp lost if the turn ended now, as far as the screen tells."""
    combat = view.combat
    blockable = view.incoming + amount_of(combat.player, powers.CONSTRICTED)
    direct: i64 = 0
    for card in combat.hand:
        blockable += _end_of_turn_damage(card)
        if card.id == cards.REGRET:
            direct += len(combat.hand)
    return max(0, blockable - block_at_end(combat)) + direct


def _end_of_turn_damage(card: Card) -> i64:
    if card.id in (cards.BURN, cards.DECAY):
        return CARD_MAGIC[card.row()]
    return 0


def block_at_end(combat: Combat) -> i64:
    """Block that will stand when the monsters attack, if nothing more is played."""
    player = combat.player
    block = player.block
    if block == 0 and combat.owned[relics.ORICHALCUM]:
        block = _ORICHALCUM_BLOCK
    block += amount_of(player, powers.METALLICIZE)
    return block + amount_of(player, powers.PLATED_ARMOR)
