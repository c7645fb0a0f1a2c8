"""The teacher in a fight: how much every play is worth, in hp of the player.

One unit is one hp. Block is worth the hp it saves; damage is worth the hp that the monsters would
take in the time it saves; everything else is brought to these two. No search, no hidden state:
only what `View` shows.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ascension.environment.encode_cards import alive
from ascension.environment.encode_numbers import Outcome, cost_of, judge
from ascension.environment.encode_view import View, block_at_end, look
from ascension.environment.encode_view import amount_of as power_amount
from ascension.game.combat.state import ALIVE, Card, Combat, Creature
from ascension.game.ids import cards as C
from ascension.game.ids import monsters as M
from ascension.game.ids import powers as P
from ascension.game.run import BOSS_ROOM
from ascension.game.tables import ATTACK, CARD_MAGIC, CURSE, MONSTER_IDS, POWER, SKILL, STATUS

# What a monster does per turn, roughly, if nobody blocks; where not listed, by act.
_THREAT: Final[dict[str, float]] = {
    **{"cultist": 9, "jaw_worm": 8, "red_louse": 5, "green_louse": 5, "acid_slime_s": 3},
    **{"acid_slime_m": 6, "acid_slime_l": 10, "spike_slime_s": 4, "spike_slime_m": 7},
    **{"spike_slime_l": 12, "fungi_beast": 6, "looter": 8, "blue_slaver": 9, "red_slaver": 10},
    **{"mad_gremlin": 5, "sneaky_gremlin": 9, "fat_gremlin": 4, "shield_gremlin": 3},
    **{"gremlin_wizard": 9, "gremlin_nob": 17, "lagavulin": 12, "sentry": 6, "slime_boss": 15},
    **{"the_guardian": 14, "hexaghost": 15, "spheric_guardian": 10, "chosen": 12},
    **{"shelled_parasite": 10, "byrd": 9, "snake_plant": 13, "snecko": 12, "centurion": 9},
    **{"mystic": 7, "gremlin_leader": 11, "book_of_stabbing": 22, "taskmaster": 9},
    **{"bronze_automaton": 16, "bronze_orb": 8, "the_collector": 14, "torch_head": 7},
    **{"the_champ": 17, "pointy": 10, "romeo": 10, "bear": 12, "mugger": 10, "darkling": 8},
    **{"orb_walker": 14, "spiker": 6, "repulsor": 6, "exploder": 12, "spire_growth": 16},
    **{"transient": 30, "the_maw": 18, "writhing_mass": 15, "giant_head": 18, "nemesis": 16},
    **{"reptomancer": 14, "dagger": 16, "awakened_one": 18, "time_eater": 18, "donu": 14},
    **{"deca": 12, "spire_shield": 15, "spire_spear": 18, "corrupt_heart": 35},
}
THREAT: Final[list[float]] = [_THREAT.get(name, 8.0) for name in MONSTER_IDS]

_DAMAGE_PER_TURN: Final = (0.0, 17.0, 22.0, 27.0, 32.0)  # of a usual deck, by act
_HITS_PER_TURN: Final = 2.5
_DRAW_WORTH: Final = 1.8
_ENERGY_WORTH: Final = 2.8
_IDLE_BLOCK: Final = 0.05


def amount_of(creature: Creature, power: int) -> int:
    """Amount of a power as a plain number."""
    return int(power_amount(creature, power))


def missing_hp(s: "Situation") -> int:
    """What healing could give back."""
    return int(s.combat.player.max_hp - s.combat.player.hp)


def price_of(combat: Combat, card: Card) -> int:
    """Energy that playing it takes, as a plain number."""
    return int(cost_of(combat, card))


@dataclass(slots=True)
class Situation:
    """A fight as the teacher sees it."""

    view: View
    turns: float  # expected to go on
    damage_worth: float  # hp of one point of damage
    hp_worth: float  # of one hp now: more when death is near
    exposed: int  # announced damage that nothing covers yet

    @property
    def combat(self) -> Combat:
        """The fight."""
        return self.view.combat


def situation_of(combat: Combat) -> Situation:
    """Look at a fight."""
    view = look(combat)
    act = int(combat.run.act)
    pace = _DAMAGE_PER_TURN[act] + _HITS_PER_TURN * max(0, amount_of(combat.player, P.STRENGTH))
    enemy_hp = sum(int(monster.hp + monster.block) for monster in view.monsters)
    threat = sum(THREAT[monster.id] for monster in view.monsters if monster.state == ALIVE)
    turns = min(10.0, max(1.0, enemy_hp / pace))
    exposed = max(0, int(view.incoming) - int(block_at_end(combat)))
    return Situation(
        view=view,
        turns=turns,
        damage_worth=min(1.4, max(0.25, threat / pace)),
        hp_worth=_hp_worth(combat, view),
        exposed=exposed,
    )


def _hp_worth(combat: Combat, view: View) -> float:
    player = combat.player
    if view.uncovered >= player.hp:
        return 6.0
    health = int(player.hp) / int(player.max_hp)
    worth = 1.5 if health < 0.3 else 1.2 if health < 0.5 else 1.0
    if combat.run.room == BOSS_ROOM:
        worth *= 0.85  # what is lost is healed after the boss
    return worth


# --- What effects are worth -------------------------------------------------------------------


def _strength(s: Situation, amount: float) -> float:
    return amount * _HITS_PER_TURN * s.turns * s.damage_worth


def _vulnerable(s: Situation, target: Creature | None, turns: float) -> float:
    """Half again the damage that still goes into the target while it lasts."""
    if target is None or amount_of(target, P.ARTIFACT) > 0:
        return 0.5
    already = amount_of(target, P.VULNERABLE)
    share = 1.0 / math.sqrt(max(1, int(alive(s.view))))
    pace = _DAMAGE_PER_TURN[int(s.combat.run.act)] * share
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
    return min(amount, room) * (_DRAW_WORTH if left > 0 else 0.5)


def _energy(s: Situation, card: Card, amount: float) -> float:
    """Energy counts as far as the hand can use it."""
    wanted = sum(price_of(s.combat, other) for other in s.combat.hand if other is not card)
    spare = max(0, wanted - int(s.combat.energy))
    return _ENERGY_WORTH * min(amount, spare)


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
    return _magic(card) * 0.5 * later * later * _HITS_PER_TURN * s.damage_worth


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
    return s.turns * (_magic(card) * int(alive(s.view)) * s.damage_worth - 1.0)


def _draws(extra_worth: float = 0.0) -> Extra:
    def extra(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
        return extra_worth + _draw(s, card, _magic(card))

    return extra


def _draw_one(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _draw(s, card, 1.0)


def _offering(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _draw(s, card, _magic(card)) + _ENERGY_WORTH * 2 + 3.0


def _gives_energy(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _energy(s, card, _magic(card)) - 0.3


def _dropkick(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    if target is None or amount_of(target, P.VULNERABLE) == 0:
        return 0.0
    return _ENERGY_WORTH + _draw(s, card, 1.0)


def _armaments(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return min(s.turns, 4.0) * _up(card, 0.4, 1.0)


def _bomb(s: Situation, card: Card, target: Creature | None, outcome: Outcome) -> float:
    return _magic(card) * 0.8 * s.damage_worth * int(alive(s.view)) if s.turns >= 3.0 else 0.0


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


# --- A card -----------------------------------------------------------------------------------

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
        attacked = int(s.view.incoming) / max(1, int(alive(s.view)))
        value += int(outcome.kills) * (_KILL_BONUS + min(attacked, s.exposed) * s.hp_worth)
    return value


def _block_value(s: Situation, block: int) -> float:
    useful = min(block, s.exposed)
    keeps = amount_of(s.combat.player, P.BARRICADE) > 0
    return useful * s.hp_worth + (block - useful) * (0.5 if keeps else _IDLE_BLOCK)


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
    if outcome.kills > 0 and outcome.kills == int(alive(s.view)):
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
