"""Writes the state's plain numbers: of the run, of the fight, of the open choice."""

from typing import Final

from mypy_extensions import i64

from ascension.environment.encode_sink import Sink
from ascension.environment.encode_view import View
from ascension.environment.layout import STATE
from ascension.game.run import BOSS_ROOM, EMPTY_POTION, Run

FLOORS_PER_ACT: Final = 17


def scalar(name: str) -> i64:
    """Column of a scalar."""
    return STATE.column("scalar", name)


_HP_RATIO: Final[i64] = scalar("hp_ratio")
_HP: Final[i64] = scalar("hp")
_MAX_HP: Final[i64] = scalar("max_hp")
_GOLD: Final[i64] = scalar("gold")
_FLOOR: Final[i64] = scalar("floor")
_FLOOR_IN_ACT: Final[i64] = scalar("floor_in_act")
_ACT: Final[i64] = scalar("act_1") - 1
_ASCENSION: Final[i64] = scalar("ascension")
_RUBY_KEY: Final[i64] = scalar("ruby_key")
_EMERALD_KEY: Final[i64] = scalar("emerald_key")
_SAPPHIRE_KEY: Final[i64] = scalar("sapphire_key")
_NEEDS_KEYS: Final[i64] = scalar("needs_keys")
_POTION_SLOTS_FREE: Final[i64] = scalar("potion_slots_free")
_DECK_SIZE: Final[i64] = scalar("deck_size")
_REMOVALS_BOUGHT: Final[i64] = scalar("removals_bought")

_PLAYER_BLOCK: Final[i64] = scalar("block")
_ENERGY: Final[i64] = scalar("energy")
_ENERGY_PER_TURN: Final[i64] = scalar("energy_per_turn")
_TURN: Final[i64] = scalar("turn")
_CARDS_THIS_TURN: Final[i64] = scalar("cards_this_turn")
_ATTACKS_THIS_TURN: Final[i64] = scalar("attacks_this_turn")
_SKILLS_THIS_TURN: Final[i64] = scalar("skills_this_turn")
_HAND_SIZE: Final[i64] = scalar("hand_size")
_DRAW_PILE_SIZE: Final[i64] = scalar("draw_pile_size")
_DISCARD_PILE_SIZE: Final[i64] = scalar("discard_pile_size")
_EXHAUST_PILE_SIZE: Final[i64] = scalar("exhaust_pile_size")
_INCOMING_DAMAGE: Final[i64] = scalar("incoming_damage")
_UNCOVERED_DAMAGE: Final[i64] = scalar("uncovered_damage")
_INCOMING_IS_LETHAL: Final[i64] = scalar("incoming_is_lethal")
_MONSTERS_ALIVE: Final[i64] = scalar("monsters_alive")
_MONSTERS_HP: Final[i64] = scalar("monsters_hp")
_IS_ELITE_FIGHT: Final[i64] = scalar("is_elite_fight")
_IS_BOSS_FIGHT: Final[i64] = scalar("is_boss_fight")
_TIMES_HP_LOST: Final[i64] = scalar("times_hp_lost")
_INTENTS_HIDDEN: Final[i64] = scalar("intents_hidden")
_FACING_LEFT: Final[i64] = scalar("facing_left")


def scaled(value: i64, unit: float) -> float:
    """A number in units, at most 5: rare extremes do not drown the rest."""
    out = float(value) * unit
    return 5.0 if out > 5.0 else out


def write_run_scalars(sink: Sink, run: Run, hp: i64, max_hp: i64) -> None:
    """Numbers there are in and out of fights; hp is the fight's while there is one."""
    sink.put(_HP_RATIO, float(hp) / float(max(max_hp, 1)))
    sink.number(_HP, hp, 0.0125)
    sink.number(_MAX_HP, max_hp, 0.0125)
    sink.number(_GOLD, run.gold, 0.004)
    sink.number(_FLOOR, run.floor, 0.02)
    sink.number(_FLOOR_IN_ACT, run.floor - FLOORS_PER_ACT * (run.act - 1), 0.06)
    sink.flag(_ACT + run.act)
    sink.number(_ASCENSION, run.ascension, 0.05)
    sink.number(_DECK_SIZE, i64(len(run.deck)), 0.03)
    sink.number(_REMOVALS_BOUGHT, run.removals_bought, 0.25)
    sink.number(_POTION_SLOTS_FREE, free_potion_slots(run), 0.3)
    if run.final_act == 4:
        write_keys(sink, run)


def free_potion_slots(run: Run) -> i64:
    """Number of empty places in the belt."""
    free: i64 = 0
    for potion in run.potions:
        if potion == EMPTY_POTION:
            free += 1
    return free


def write_keys(sink: Sink, run: Run) -> None:
    """Keys matter only where a fourth act can be reached."""
    sink.flag(_NEEDS_KEYS)
    if run.ruby_key:
        sink.flag(_RUBY_KEY)
    if run.emerald_key:
        sink.flag(_EMERALD_KEY)
    if run.sapphire_key:
        sink.flag(_SAPPHIRE_KEY)


def write_fight_scalars(sink: Sink, view: View) -> None:
    """Numbers of a fight."""
    combat = view.combat
    sink.number(_PLAYER_BLOCK, combat.player.block, 0.03)
    sink.number(_ENERGY, combat.energy, 0.25)
    sink.number(_ENERGY_PER_TURN, combat.energy_per_turn, 0.25)
    sink.number(_TURN, combat.turn, 0.1)
    sink.number(_CARDS_THIS_TURN, combat.cards_this_turn, 0.1)
    sink.number(_ATTACKS_THIS_TURN, combat.attacks_this_turn, 0.2)
    sink.number(_SKILLS_THIS_TURN, combat.skills_this_turn, 0.2)
    sink.number(_HAND_SIZE, i64(len(combat.hand)), 0.1)
    sink.number(_DRAW_PILE_SIZE, i64(len(combat.draw_pile)), 0.03)
    sink.number(_DISCARD_PILE_SIZE, i64(len(combat.discard_pile)), 0.03)
    sink.number(_EXHAUST_PILE_SIZE, i64(len(combat.exhaust_pile)), 0.05)
    sink.number(_TIMES_HP_LOST, combat.hp_losses, 0.2)
    _write_danger(sink, view)
    _write_enemies(sink, view)


def _write_danger(sink: Sink, view: View) -> None:
    sink.number(_INCOMING_DAMAGE, view.incoming, 0.03)
    sink.number(_UNCOVERED_DAMAGE, view.uncovered, 0.03)
    if view.uncovered >= view.combat.player.hp:
        sink.flag(_INCOMING_IS_LETHAL)
    if view.intents_hidden:
        sink.flag(_INTENTS_HIDDEN)


def _write_enemies(sink: Sink, view: View) -> None:
    sink.number(_MONSTERS_ALIVE, view.alive, 0.25)
    sink.number(_MONSTERS_HP, view.hp, 0.005)
    if view.combat.is_elite:
        sink.flag(_IS_ELITE_FIGHT)
    if view.combat.run.room == BOSS_ROOM:
        sink.flag(_IS_BOSS_FIGHT)
    if view.combat.facing_left:
        sink.flag(_FACING_LEFT)
