"""A fight as the teacher sees it: how long it will last, what damage and hp are worth in it.

No search, no hidden state: only what `View` shows.
"""

from dataclasses import dataclass
from typing import Final

from ascension.environment.encode_numbers import cost_of
from ascension.environment.encode_view import View, look
from ascension.environment.encode_view import amount_of as power_amount
from ascension.game.combat.state import ALIVE, Card, Combat, Creature
from ascension.game.ids import powers as P
from ascension.game.run import BOSS_ROOM
from ascension.game.tables import MONSTER_IDS

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

DAMAGE_PER_TURN: Final = (0.0, 17.0, 22.0, 27.0, 32.0)  # of a usual deck, by act
HITS_PER_TURN: Final = 2.5
DRAW_WORTH: Final = 1.8
ENERGY_WORTH: Final = 2.8
IDLE_BLOCK: Final = 0.05


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
    pace = DAMAGE_PER_TURN[act] + HITS_PER_TURN * max(0, amount_of(combat.player, P.STRENGTH))
    enemy_hp = sum(int(monster.hp + monster.block) for monster in view.monsters)
    threat = sum(THREAT[monster.id] for monster in view.monsters if monster.state == ALIVE)
    turns = min(10.0, max(1.0, enemy_hp / pace))
    exposed = max(0, int(view.incoming) - int(view.block_at_end))
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
