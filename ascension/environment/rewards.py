"""Rewards as lists of named terms, each a function of the standing before and after one step.

A step is one action of the engine, automatic ones included; what a decision earns is the sum over
its own step and the automatic ones that follow. `default` is the preset that learns best,
`original` the dense list of the first system, without the terms that could never be paid.
"""

from collections.abc import Callable
from typing import Final, final

from mypy_extensions import i64

from ascension.environment.card_quality import deck_potential
from ascension.environment.standing import MonsterStanding, Standing
from ascension.game.ids import monsters as M
from ascension.game.run import DEATH, VICTORY

TermFunction = Callable[[Standing, Standing], float]


@final
class Term:
    """One reason to be rewarded: `coefficient * function(before, after)`."""

    def __init__(self, name: str, coefficient: float, function: TermFunction) -> None:
        self.name: str = name
        self.coefficient: float = coefficient
        self.function: TermFunction = function


@final
class Reward:
    """A preset: its terms, and whether they need the details of fights and deck.

    Terms that need no details pay for changes of a standing's plain numbers, and for nothing else.
    """

    def __init__(self, name: str, terms: list[Term], is_detailed: bool) -> None:
        self.name: str = name
        self.terms: list[Term] = terms
        self.is_detailed: bool = is_detailed

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the terms, in order."""
        return tuple([term.name for term in self.terms])

    def nothing(self) -> list[float]:
        """No reward at all, term by term."""
        return [0.0] * len(self.terms)

    def evaluate(self, before: Standing, after: Standing) -> list[float]:
        """What one step earns, term by term."""
        earned = self.nothing()
        self.add_to(earned, before, after)
        return earned

    def add_to(self, earned: list[float], before: Standing, after: Standing) -> None:
        """Add what one step earns, term by term."""
        if not self.is_detailed and before.shows_the_same(after):
            return  # most steps: a card was played, the numbers of the run stayed
        for position, term in enumerate(self.terms):
            amount = term.coefficient * term.function(before, after)
            if amount != 0.0:
                earned[position] += amount


def _gain(before: i64, after: i64) -> float:
    return float(after - before) if after > before else 0.0


# --- Both presets -----------------------------------------------------------------------------


def floors(before: Standing, after: Standing) -> float:
    """Floors climbed."""
    return float(after.floor - before.floor)


def victory(before: Standing, after: Standing) -> float:
    """1 for winning."""
    return 1.0 if after.outcome == VICTORY and before.outcome != VICTORY else 0.0


REFERENCE_HP: Final = 80.0


def hp_potential(before: Standing, after: Standing) -> float:
    """Change of hp in units of 80; the potential of a finished game is zero."""
    return _potential(after) - _potential(before)


def _potential(standing: Standing) -> float:
    return 0.0 if standing.is_over else float(standing.hp) / REFERENCE_HP


# --- The original's dense list ----------------------------------------------------------------


def gold(before: Standing, after: Standing) -> float:
    """Gold gained or spent."""
    return float(after.gold - before.gold)


def relics(before: Standing, after: Standing) -> float:
    """Relics gained or lost."""
    return float(after.relics - before.relics)


def max_hp(before: Standing, after: Standing) -> float:
    """Max hp gained; losses are free."""
    return _gain(before.max_hp, after.max_hp)


def potential_of_deck(before: Standing, after: Standing) -> float:
    """Change of the deck's mean quality."""
    return deck_potential(after.deck) - deck_potential(before.deck)


def floor_with_health(before: Standing, after: Standing) -> float:
    """Half a point a floor and up to a quarter for health."""
    return _gain(before.floor, after.floor) * (0.5 + 0.25 * after.hp_ratio)


_ELITE_VALUE: Final[list[float]] = [0.0, 4.0, 2.0, 1.0, 1.0]  # by act


def elite_beaten(before: Standing, after: Standing) -> float:
    """An elite fight won, worth less from act to act."""
    if _fight_won(before, after) and before.is_elite_fight:
        return _ELITE_VALUE[before.act]
    return 0.0


def _fight_won(before: Standing, after: Standing) -> bool:
    return before.in_fight and not after.in_fight and after.outcome != DEATH


def healing(before: Standing, after: Standing) -> float:
    """Hp healed out of fights, worth more the lower it was."""
    if before.in_fight or after.in_fight or before.max_hp <= 0:
        return 0.0
    return _gain(before.hp, after.hp) * (1.0 - float(before.hp) / float(before.max_hp))


def hp_lost(before: Standing, after: Standing) -> float:
    """Hp lost in a fight."""
    return _gain(after.hp, before.hp) if before.in_fight else 0.0


def burst(before: Standing, after: Standing) -> float:
    """A surcharge for much hp lost at once."""
    lost = hp_lost(before, after)
    if lost == 0 or before.max_hp <= 0:
        return 0.0
    max_hp = float(before.max_hp)
    return min(5.0, 0.30 * (lost / max_hp) ** 2 * max_hp)


def useful_block(before: Standing, after: Standing) -> float:
    """Block that covers damage announced and not yet covered."""
    if not (before.in_fight and after.in_fight):
        return 0.0
    uncovered = _gain(before.block, before.incoming)
    return min(2.0, 0.04 * min(_gain(before.block, after.block), uncovered))


ANY_MONSTER: Final = -1


def _pairs(
    before: Standing, after: Standing
) -> list[tuple[MonsterStanding, MonsterStanding | None]]:
    """Every monster of a fight before and after; None if the fight is over with it."""
    pairs: list[tuple[MonsterStanding, MonsterStanding | None]] = []
    place: i64 = 0
    for monster in before.monsters:
        same = after.monsters[place] if place < len(after.monsters) else None
        place += 1
        if same is not None and same.id != monster.id:
            continue  # somebody was summoned in front of it
        pairs.append((monster, same))
    return pairs


def _hp_of(monster: MonsterStanding | None) -> i64:
    return 0 if monster is None or not monster.is_alive else monster.hp


def _damage_to(before: Standing, after: Standing, monster_id: i64 = ANY_MONSTER) -> float:
    if not before.in_fight or after.outcome == DEATH:
        return 0.0
    damage = 0.0
    for monster, same in _pairs(before, after):
        if monster_id in (ANY_MONSTER, monster.id):
            damage += _gain(_hp_of(same), _hp_of(monster))
    return damage


def damage_dealt(before: Standing, after: Standing) -> float:
    """Hp taken from monsters."""
    return _damage_to(before, after)


def kills(before: Standing, after: Standing) -> float:
    """Drop in the number of living monsters."""
    if not before.in_fight or after.outcome == DEATH:
        return 0.0
    return _gain(after.monsters_alive, before.monsters_alive)


# Monsters to be dealt with first: value per hp taken, bonus for the kill.
PRIORITIES: Final = {
    M.GREMLIN_WIZARD: (0.12, 4.0),
    M.DAGGER: (0.12, 4.0),
    M.RED_SLAVER: (0.10, 4.0),
    M.EXPLODER: (0.10, 3.0),
    M.DONU: (0.08, 5.0),
    M.BRONZE_ORB: (0.08, 3.0),
    M.BLUE_SLAVER: (0.08, 2.5),
    M.TASKMASTER: (0.06, 2.5),
    M.GREMLIN_NOB: (0.06, 2.5),
    M.TORCH_HEAD: (0.06, 2.0),
    M.BOOK_OF_STABBING: (0.05, 2.5),
    M.SNAKE_PLANT: (0.05, 2.0),
    M.GREMLIN_LEADER: (0.04, 2.0),
    M.REPTOMANCER: (0.04, 2.0),
    M.BYRD: (0.04, 1.5),
    M.CHOSEN: (0.04, 1.5),
    M.SHELLED_PARASITE: (0.04, 1.5),
    M.MUGGER: (0.04, 1.5),
    M.LOOTER: (0.04, 1.5),
    M.BRONZE_AUTOMATON: (0.03, 1.5),
}


def priority_targets(before: Standing, after: Standing) -> float:
    """Damage to and kills of the monsters to be dealt with first."""
    if not before.in_fight or after.outcome == DEATH:
        return 0.0
    total = 0.0
    for monster, same in _pairs(before, after):
        if monster.id in PRIORITIES and monster.is_alive:
            per_hp, bonus = PRIORITIES[monster.id]
            total += per_hp * _gain(_hp_of(same), monster.hp)
            total += bonus if _hp_of(same) == 0 else 0.0
    return total


def guardian(before: Standing, after: Standing) -> float:
    """The Guardian: hp lost to its hide is bad, damage while the hide is down is good."""
    for monster in before.monsters:
        if monster.id == M.THE_GUARDIAN and monster.has_sharp_hide:
            return -0.25 * hp_lost(before, after)
        if monster.id == M.THE_GUARDIAN:
            return 0.03 * _damage_to(before, after, M.THE_GUARDIAN)
    return 0.0


BIG_HIT: Final = 20
ANGRY_STRENGTH: Final = 6


def big_boss_hits(before: Standing, after: Standing) -> float:
    """Hp lost to a big hit of Hexaghost or the Automaton, or to a Champ in anger."""
    lost = hp_lost(before, after)
    total = 0.0
    for monster in before.monsters:
        if monster.id in (M.HEXAGHOST, M.BRONZE_AUTOMATON) and lost >= BIG_HIT:
            total += lost
        if monster.id == M.THE_CHAMP and monster.strength >= ANGRY_STRENGTH:
            total += lost
    return total


def next_act(before: Standing, after: Standing) -> float:
    """Acts reached."""
    return _gain(before.act, after.act)


def boss_beaten(before: Standing, after: Standing) -> float:
    """A boss fight won, with the share of hp kept since it began."""
    if not (_fight_won(before, after) and before.is_boss_fight):
        return 0.0
    return 1.0 + min(1.0, float(after.hp) / float(max(1, before.hp_at_fight_start)))


def defeat(before: Standing, after: Standing) -> float:
    """The loss at death, smaller the higher it came."""
    if after.outcome != DEATH or before.outcome == DEATH:
        return 0.0
    return -25.0 + 0.25 * float(after.floor)


DEFAULT: Final = Reward(
    "default",
    [
        Term("floor", 0.1, floors),
        Term("victory", 1.0, victory),
        Term("hp", 0.2, hp_potential),
    ],
    is_detailed=False,
)

ORIGINAL: Final = Reward(
    "original",
    [
        Term("gold", 0.01, gold),
        Term("relics", 1.0, relics),
        Term("max_hp", 0.10, max_hp),
        Term("deck_potential", 1.0, potential_of_deck),
        Term("floor", 1.0, floor_with_health),
        Term("elite", 1.0, elite_beaten),
        Term("healing", 0.025, healing),
        Term("hp_lost", -0.08, hp_lost),
        Term("burst", -1.0, burst),
        Term("useful_block", 1.0, useful_block),
        Term("damage", 0.015, damage_dealt),
        Term("kills", 0.75, kills),
        Term("priority_targets", 1.0, priority_targets),
        Term("guardian", 1.0, guardian),
        Term("big_boss_hits", -0.10, big_boss_hits),
        Term("next_act", 12.0, next_act),
        Term("boss", 8.0, boss_beaten),
        Term("victory", 60.0, victory),
        Term("defeat", 1.0, defeat),
    ],
    is_detailed=True,
)

REWARDS: Final = {reward.name: reward for reward in (DEFAULT, ORIGINAL)}


class UnknownReward(ValueError):
    """No reward preset has that name."""


def reward_preset(name: str) -> Reward:
    """The preset of that name."""
    try:
        return REWARDS[name]
    except KeyError:
        raise UnknownReward(f"no reward {name!r}; there are: {', '.join(REWARDS)}") from None
