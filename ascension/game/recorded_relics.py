"""Relic counters in the words of recorded games, for comparing the engine with them."""

from typing import Final

from ascension.game.combat.state import Combat
from ascension.game.ids import relics as ids
from ascension.game.run import Relic, Run
from ascension.game.tables import RELIC_IDS
from ascension.game.world.relics import recorded_counter

# Recorded in every state of a fight while the relic is owned.
IN_FIGHT: Final = (
    ids.HAPPY_FLOWER,
    ids.INCENSE_BURNER,
    ids.INK_BOTTLE,
    ids.NUNCHAKU,
    ids.PEN_NIB,
    ids.SUNDIAL,
)


def counters_as_recorded(c: Combat) -> dict[str, int]:
    """`relic_counters` of a recorded fight state."""
    return {RELIC_IDS[relic.id]: relic.counter for relic in c.run.relics if relic.id in IN_FIGHT}


def counter_as_recorded(run: Run, relic: Relic) -> int:
    """The counter of a relic as recorded outside fights."""
    return recorded_counter(relic)
