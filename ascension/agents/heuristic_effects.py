"""What the effects of cards are worth to the teacher, besides damage and block, in hp.

A small function where an effect depends on the fight, a number where it does not.
"""

import math
from collections.abc import Callable
from typing import Final

from ascension.agents.heuristic_situation import (
    DAMAGE_PER_TURN,
    DRAW_WORTH,
    ENERGY_WORTH,
    HITS_PER_TURN,
    THREAT,
    Situation,
    amount_of,
    missing_hp,
    price_of,
)
from ascension.environment.encode_numbers import Outcome
from ascension.game.combat.state import ALIVE, Card, Creature
from ascension.game.ids import cards as C
from ascension.game.ids import powers as P
from ascension.game.tables import ATTACK, CARD_MAGIC, POWER, SKILL


def _strength(s: Situation, amount: float) -> float:
    return amount * HITS_PER_TURN * s.turns * s.damage_worth


def _vulnerable(s: Situation, target: Creature | None, turns: float) -> float:
    """Half again the damage that still goes into the target while it lasts."""
    if target is None or amount_of(target, P.ARTIFACT) > 0:
        return 0.5
    already = amount_of(target, P.VULNERABLE)
    share = 1.0 / math.sqrt(max(1, int(s.view.alive)))
    pace = DAMAGE_PER_TURN[int(s.combat.run.act)] * share
    extra = min(0.5 * pace * turns, 0.33 * int(target.hp))
    return extra * s.damage_worth * (0.35 if already > 0 else 1.0)


def _weak(s: Situation, target: Creature | None, turns: float) -> float:
    """A quarter less of what the target deals while it lasts."""
    if target is None or amount_of(target, P.ARTIFACT) > 0:
        return 0.5
    slot = s.view.slot_of(target)
    now = int(s.view.totals[slot]) if slot >= 0 else 0
    already = amount_of(target, P.WEAK)
    saved = 0.0 if already > 0 else 0.25 * min(now, s.exposed) * s.hp_worth
    later = max(0.0, min(turns, s.turns) - 1.0)
    return saved + 0.2 * THREAT[target.id] * later * (0.4 if already > 0 else 1.0)


def _each(
    s: Situation, worth: Callable[[Situation, Creature | None, float], float], n: float
) -> float:
    return sum(worth(s, monster, n) for monster in s.view.monsters if monster.state == ALIVE)


def _draw(s: Situation, card: Card, amount: float) -> float:
    left = s.combat.energy - price_of(s.combat, card)
    if amount_of(s.combat.player, P.NO_DRAW) > 0:
        return 0.0
    room = max(0, 10 - len(s.combat.hand) + 1)
    return min(amount, room) * (DRAW_WORTH if left > 0 else 0.5)


def _energy(s: Situation, card: Card, amount: float) -> float:
    """Energy counts as far as the hand can use it."""
    wanted = sum(price_of(s.combat, other) for other in s.combat.hand if other is not card)
    spare = max(0, wanted - int(s.combat.energy))
    return ENERGY_WORTH * min(amount, spare)


def _attacks_left(s: Situation) -> int:
    """Attacks that the energy left allows."""
    energy = s.combat.energy
    count = 0
    for card in sorted(s.combat.hand, key=lambda c: price_of(s.combat, c)):
        if card.type() == ATTACK and price_of(s.combat, card) <= energy:
            energy -= price_of(s.combat, card)
            count += 1
    return count


def _hits_announced(s: Situation) -> int:
    return sum(
        max(1, int(monster.hits))
        for monster, damage in zip(s.view.monsters, s.view.damages, strict=True)
        if damage >= 0
    )


Extra = Callable[[Situation, Card, Creature | None, Outcome], float]


def _magic(card: Card) -> int:
    return int(CARD_MAGIC[card.row()])


def _up(card: Card, base: float, upgraded: float) -> float:
    return upgraded if card.upgrades > 0 else base


def _flex(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _magic(card) * _attacks_left(s) * s.damage_worth - 0.5


def _disarm(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    if target is None or amount_of(target, P.ARTIFACT) > 0:
        return 0.5
    return _magic(card) * 1.3 * min(s.turns, 6.0)


def _shackles(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    if target is None:
        return 0.0
    slot = s.view.slot_of(target)
    if slot < 0 or s.view.damages[slot] < 0:
        return -1.0
    saved = min(int(s.view.damages[slot]), _magic(card)) * max(1, int(target.hits))
    return min(saved, s.exposed) * s.hp_worth


def _spot(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    if target is None or target.base_damage < 0:
        return -2.0
    return _strength(s, _magic(card))


def _demon_form(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    later = max(0.0, s.turns - 1.0)
    return _magic(card) * 0.5 * later * later * HITS_PER_TURN * s.damage_worth


def _limit_break(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _strength(s, amount_of(s.combat.player, P.STRENGTH)) - 0.5


def _feed(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    can_pay = outcome.kills > 0 and target is not None and amount_of(target, P.MINION) == 0
    return 14.0 if can_pay else -6.0  # kept for a kill


def _on_kill(bonus: float) -> Extra:
    def extra(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
        return bonus if outcome.kills > 0 else 0.0

    return extra


def _reaper(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return min(int(outcome.damage_all), missing_hp(s)) * 0.9


def _flame(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _magic(card) * _hits_announced(s) * s.damage_worth


def _rage(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return min(_magic(card) * _attacks_left(s), s.exposed) * s.hp_worth


def _fiend_fire(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    good = sum(1 for other in s.combat.hand if other.type() in (ATTACK, SKILL, POWER)) - 1
    return -2.0 * good


def _apparition(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    if amount_of(s.combat.player, P.INTANGIBLE) > 0:
        return -1.0
    return 0.9 * s.exposed * s.hp_worth - 3.0


def _double_tap(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    left = s.combat.energy - price_of(s.combat, card)
    best = max(
        (
            int(other.base_damage)
            for other in s.combat.hand
            if other.type() == ATTACK and price_of(s.combat, other) <= left
        ),
        default=0,
    )
    return best * s.damage_worth


def _per_turn(worth: float, upgraded: float) -> Extra:
    """A power that gives so much every turn from the next on."""

    def extra(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
        return _up(card, worth, upgraded) * max(0.0, s.turns - 0.5)

    return extra


def _flat(worth: float, upgraded: float | None = None) -> Extra:
    def extra(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
        return _up(card, worth, worth if upgraded is None else upgraded)

    return extra


def _combust(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return s.turns * (_magic(card) * int(s.view.alive) * s.damage_worth - 1.0)


def _draws(extra_worth: float = 0.0) -> Extra:
    def extra(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
        return extra_worth + _draw(s, card, _magic(card))

    return extra


def _draw_one(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _draw(s, card, 1.0)


def _offering(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _draw(s, card, _magic(card)) + ENERGY_WORTH * 2 + 3.0


def _gives_energy(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _energy(s, card, _magic(card)) - 0.3


def _dropkick(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    if target is None or amount_of(target, P.VULNERABLE) == 0:
        return 0.0
    return ENERGY_WORTH + _draw(s, card, 1.0)


def _armaments(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return min(s.turns, 4.0) * _up(card, 0.4, 1.0)


def _bomb(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _magic(card) * 0.8 * s.damage_worth * int(s.view.alive) if s.turns >= 3.0 else 0.0


def _bash(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _vulnerable(s, target, _magic(card))


def _clothesline(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _weak(s, target, _magic(card))


def _uppercut(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _weak(s, target, _magic(card)) + _vulnerable(s, target, _magic(card))


def _shockwave(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _each(s, _weak, _magic(card)) + _each(s, _vulnerable, _magic(card))


def _weak_all(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _each(s, _weak, _magic(card))


def _vulnerable_all(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _each(s, _vulnerable, max(1, _magic(card)))


def _gains_strength(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _strength(s, _magic(card))


def _heals(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return float(min(_magic(card), missing_hp(s)))


def _barricade(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return 2.5 * s.turns if s.turns > 3.0 else 0.0


def _corruption(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    skills = sum(1 for other in s.combat.hand if other.type() == SKILL)
    return 4.0 + 2.5 * skills + s.turns


EXTRA: Final[dict[int, Extra]] = {
    C.BASH: _bash,
    C.THUNDERCLAP: _vulnerable_all,
    C.UPPERCUT: _uppercut,
    C.CLOTHESLINE: _clothesline,
    C.SHOCKWAVE: _shockwave,
    C.INTIMIDATE: _weak_all,
    C.BLIND: _clothesline,
    C.TRIP: _bash,
    C.DISARM: _disarm,
    C.DARK_SHACKLES: _shackles,
    C.SPOT_WEAKNESS: _spot,
    C.INFLAME: _gains_strength,
    C.JAX: _gains_strength,
    C.FLEX: _flex,
    C.LIMIT_BREAK: _limit_break,
    C.DEMON_FORM: _demon_form,
    C.FEED: _feed,
    C.HAND_OF_GREED: _on_kill(5.0),
    C.RITUAL_DAGGER: _on_kill(5.0),
    C.REAPER: _reaper,
    C.BITE: _heals,
    C.BANDAGE_UP: _heals,
    C.FLAME_BARRIER: _flame,
    C.RAGE: _rage,
    C.FIEND_FIRE: _fiend_fire,
    C.APPARITION: _apparition,
    C.DOUBLE_TAP: _double_tap,
    C.METALLICIZE: _per_turn(2.4, 3.2),
    C.COMBUST: _combust,
    C.BRUTALITY: _per_turn(0.8, 1.0),
    C.DARK_EMBRACE: _per_turn(0.9, 1.2),
    C.FEEL_NO_PAIN: _per_turn(1.2, 1.6),
    C.EVOLVE: _flat(0.8),
    C.FIRE_BREATHING: _flat(0.8),
    C.JUGGERNAUT: _per_turn(2.5, 3.5),
    C.BARRICADE: _barricade,
    C.CORRUPTION: _corruption,
    C.BERSERK: _per_turn(1.0, 2.0),
    C.RUPTURE: _flat(0.3),
    C.PANACHE: _per_turn(1.5, 2.0),
    C.MAYHEM: _per_turn(2.0, 2.2),
    C.MAGNETISM: _per_turn(1.0, 1.2),
    C.SADISTIC_NATURE: _per_turn(1.0, 1.4),
    C.THE_BOMB: _bomb,
    C.POMMEL_STRIKE: _draws(),
    C.SHRUG_IT_OFF: _draw_one,
    C.BATTLE_TRANCE: _draws(),
    C.BURNING_PACT: _draws(0.5),
    C.WARCRY: _flat(0.8, 1.2),
    C.FINESSE: _draw_one,
    C.FLASH_OF_STEEL: _draw_one,
    C.MASTER_OF_STRATEGY: _draws(),
    C.THINKING_AHEAD: _flat(1.0),
    C.DEEP_BREATH: _draws(),
    C.IMPATIENCE: _draws(),
    C.VIOLENCE: _draws(),
    C.OFFERING: _offering,
    C.BLOODLETTING: _gives_energy,
    C.SEEING_RED: _gives_energy,
    C.DROPKICK: _dropkick,
    C.ARMAMENTS: _armaments,
    C.TRUE_GRIT: _flat(0.5, 1.0),
    C.HEADBUTT: _flat(1.2),
    C.HAVOC: _flat(2.5),
    C.INFERNAL_BLADE: _flat(4.0),
    C.DISCOVERY: _flat(3.0),
    C.JACK_OF_ALL_TRADES: _flat(2.5, 4.0),
    C.TRANSMUTATION: _flat(3.0),
    C.CHRYSALIS: _flat(3.0),
    C.METAMORPHOSIS: _flat(3.5),
    C.DUAL_WIELD: _flat(2.0),
    C.EXHUME: _flat(2.0),
    C.SECRET_WEAPON: _flat(2.0),
    C.SECRET_TECHNIQUE: _flat(2.0),
    C.MADNESS: _flat(2.5),
    C.ENLIGHTENMENT: _flat(1.0),
    C.FORETHOUGHT: _flat(0.5),
    C.PURITY: _flat(0.8),
    C.PANACEA: _flat(1.5),
    C.APOTHEOSIS: _flat(10.0),
    C.POWER_THROUGH: _flat(-1.5),
    C.WILD_STRIKE: _flat(-1.0),
    C.RECKLESS_CHARGE: _flat(-0.7),
    C.IMMOLATE: _flat(-0.7),
    C.SLIMED: _flat(0.6),
    C.PRIDE: _flat(0.5),
    C.SENTINEL: _flat(0.3),
    C.ANGER: _flat(0.3),
}
