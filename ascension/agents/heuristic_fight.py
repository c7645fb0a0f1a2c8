"""The teacher in a fight: how much every play is worth, in hp of the player.

One unit is one hp. Block is worth the hp it saves; damage is worth the hp that the monsters would
take in the time it saves; `heuristic_effects` brings everything else to these two.
"""

from typing import Final

from ascension.agents.heuristic_effects import EXTRA
from ascension.agents.heuristic_situation import IDLE_BLOCK, Situation, amount_of, price_of
from ascension.environment.encode_numbers import Outcome, judge
from ascension.game.combat.state import ALIVE, Card, Creature
from ascension.game.ids import monsters as M
from ascension.game.ids import powers as P
from ascension.game.tables import ATTACK, CURSE, POWER, SKILL, STATUS

# Worth more to be rid of first, worth less.
_TARGET_FACTOR: Final[dict[int, float]] = {
    M.GREMLIN_WIZARD: 1.4,
    M.DAGGER: 1.4,
    M.RED_SLAVER: 1.25,
    M.EXPLODER: 1.25,
    M.BLUE_SLAVER: 1.1,
    M.TASKMASTER: 0.9,
    M.MYSTIC: 1.3,
    M.BRONZE_ORB: 0.8,
    M.TORCH_HEAD: 0.7,
    M.SHIELD_GREMLIN: 0.8,
    M.FAT_GREMLIN: 0.9,
    M.DONU: 1.2,
    M.REPTOMANCER: 1.1,
    M.TRANSIENT: 0.2,
}
_KILL_BONUS: Final = 2.0


def _damage_value(s: Situation, outcome: Outcome, target: Creature | None) -> float:
    """Damage to one target, with its death."""
    if target is None:
        return 0.0
    slot = s.view.slot_of(target)
    worth = s.damage_worth * _TARGET_FACTOR.get(target.id, 1.0)
    worth *= 1.25 - 0.25 * int(target.hp) / max(1, int(target.max_hp))
    if amount_of(target, P.ASLEEP) > 0:
        worth *= 0.6
    block = int(target.block)
    done = min(int(outcome.damage), int(target.hp) + block)
    value = worth * (done - 0.4 * min(done, block))
    if outcome.kills > 0:
        spared = min(int(s.view.totals[slot]), s.exposed) if slot >= 0 else 0
        value += _KILL_BONUS + spared * s.hp_worth
    return value


def _damage_to_all_value(s: Situation, outcome: Outcome) -> float:
    hp = sum(int(m.hp + m.block) for m in s.view.monsters if m.state == ALIVE)
    value = min(int(outcome.damage_all), hp) * s.damage_worth
    if outcome.kills > 0:
        attacked = int(s.view.incoming) / max(1, int(s.view.alive))
        value += int(outcome.kills) * (_KILL_BONUS + min(attacked, s.exposed) * s.hp_worth)
    return value


def _block_value(s: Situation, block: int) -> float:
    useful = min(block, s.exposed)
    keeps = amount_of(s.combat.player, P.BARRICADE) > 0
    return useful * s.hp_worth + (block - useful) * (0.5 if keeps else IDLE_BLOCK)


def _reaction(s: Situation, card: Card) -> float:
    """What monsters do to those who play such a card."""
    cost = 0.0
    for monster in s.view.monsters:
        if card.type() == SKILL:
            cost += 1.3 * amount_of(monster, P.ENRAGE) * min(s.turns, 4.0)
        if card.type() == POWER:
            cost += 1.0 * amount_of(monster, P.CURIOSITY) * min(s.turns, 5.0)
        if monster.id == M.TIME_EATER and amount_of(monster, P.TIME_WARP) == 11:
            cost += 4.0
    if card.type() != ATTACK and amount_of(s.combat.player, P.HEX) > 0:
        cost += 0.8
    return cost


def card_value(s: Situation, card: Card, target: Creature | None) -> float:
    """What playing the card now is worth, in hp."""
    outcome = judge(s.view, card, target)
    if outcome.kills > 0 and outcome.kills == int(s.view.alive):
        return 200.0 - int(outcome.hp_cost) + _extra(s, card, target, outcome)
    value = _extra(s, card, target, outcome) - _reaction(s, card)
    value -= int(outcome.hp_cost) * (2.0 if s.combat.player.hp < 20 else 1.0)
    if outcome.hp_cost >= s.combat.player.hp:
        return -100.0
    if outcome.hits > 0 and target is not None:
        value += _damage_value(s, outcome, target)
    elif outcome.hits > 0:
        value += _damage_to_all_value(s, outcome)
    return value + _block_value(s, int(outcome.block))


def _extra(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    extra = EXTRA.get(card.id)
    if extra is not None:
        return extra(s, card, target, outcome)
    return 0.2 if card.type() in (STATUS, CURSE) else 0.0


def play_score(s: Situation, card: Card, target: Creature | None) -> float:
    """Value per energy: cheap cards come first, and nothing is played that does harm."""
    value = card_value(s, card, target)
    if value <= 0.0:
        return value
    return value / (0.4 + price_of(s.combat, card))
