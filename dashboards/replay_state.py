"""One situation of a game as plain values: what a person wants to see beside a decision."""

from typing import Any

from ascension.game.combat.formulas import shown_damage
from ascension.game.combat.state import DEAD, ESCAPED, Combat, Creature
from ascension.game.describe import card_text, deck_card_text, describe_screen
from ascension.game.game import Game
from ascension.game.ids.relics import RUNIC_DOME
from ascension.game.run import EMPTY_POTION, ROOM_NAMES
from ascension.game.tables import MONSTER_NAMES, POTION_NAMES, POWER_NAMES, RELIC_NAMES


def situation(game: Game) -> dict[str, Any]:
    """The run, the screen, and the fight if there is one."""
    run, combat = game.run, game.combat
    hp = run.hp if combat is None else combat.player.hp
    shown: dict[str, Any] = {
        "act": int(run.act),
        "floor": int(run.floor),
        "room": ROOM_NAMES[run.room].replace("_", " "),
        "hp": int(hp),
        "max_hp": int(run.max_hp),
        "gold": int(run.gold),
        "potions": [POTION_NAMES[one] for one in run.potions if one != EMPTY_POTION],
        "relics": [RELIC_NAMES[relic.id] for relic in run.relics],
        "deck": sorted(deck_card_text(card) for card in run.deck),
    }
    if combat is None:
        return shown | {"text": describe_screen(run, None)[-1]}
    return shown | {"fight": _fight(combat)}


def _fight(combat: Combat) -> dict[str, Any]:
    gone = (DEAD, ESCAPED)
    return {
        "turn": int(combat.turn),
        "energy": int(combat.energy),
        "block": int(combat.player.block),
        "powers": _powers(combat.player),
        "hand": [card_text(card.id, card.upgrades) for card in combat.hand],
        "piles": [len(combat.draw_pile), len(combat.discard_pile), len(combat.exhaust_pile)],
        "monsters": [_monster(combat, one) for one in combat.monsters if one.state not in gone],
    }


def _monster(combat: Combat, monster: Creature) -> dict[str, Any]:
    return {
        "name": MONSTER_NAMES[monster.id],
        "hp": int(monster.hp),
        "max_hp": int(monster.max_hp),
        "block": int(monster.block),
        "attack": _attack(combat, monster),
        "powers": _powers(monster),
    }


def _attack(combat: Combat, monster: Creature) -> str:
    """The attack that the player sees announced; "" for anything else."""
    if combat.owned[RUNIC_DOME] or monster.base_damage < 0:
        return ""
    times = f" x {monster.hits}" if monster.hits > 1 else ""
    return f"{shown_damage(combat, monster)}{times}"


def _powers(creature: Creature) -> list[str]:
    return [f"{POWER_NAMES[power.id]} {power.amount}" for power in creature.powers]
