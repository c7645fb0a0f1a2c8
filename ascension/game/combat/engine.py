"""The main loop of a fight: to the next decision of the player, or to its end (combat.md 3)."""

from ascension.game.combat import relics
from ascension.game.combat.playing import play_item
from ascension.game.combat.registry import ACTION_HANDLERS
from ascension.game.combat.state import FIGHTING, LOST, WON, Combat
from ascension.game.combat.targets import all_gone
from ascension.game.combat.turns import (
    finish_turn,
    queue_monsters,
    start_end_of_turn,
    start_round,
    take_next_monster_turn,
)


def run(c: Combat) -> None:
    """Run until a decision of the player or the end of the fight."""
    while c.outcome == FIGHTING and c.selection is None:
        if len(c.actions) > 0:
            action = c.actions.pop()
            ACTION_HANDLERS[action.op](c, action)
        elif not _go_on(c):
            return


def run_actions(c: Combat) -> None:
    """Run what is queued and nothing else: before the first turn."""
    while c.outcome == FIGHTING and len(c.actions) + len(c.pre_turn_actions) > 0:
        if len(c.actions) == 0:
            c.actions.append(c.pre_turn_actions.pop(0))
        action = c.actions.pop()
        ACTION_HANDLERS[action.op](c, action)


def _go_on(c: Combat) -> bool:
    """No action is queued: the next thing that is. False when the player must decide."""
    if relics.may_idle(c) and not all_gone(c) and relics.idle(c):
        return True
    if len(c.pre_turn_actions) > 0:
        c.actions.append(c.pre_turn_actions.pop(0))
    elif len(c.card_queue) > 0:
        _next_card(c)
    elif all_gone(c):
        c.outcome = WON
    elif c.end_turn_queued:
        finish_turn(c)
    elif not c.monsters_queued:
        queue_monsters(c)
    elif len(c.monster_queue) > 0:
        take_next_monster_turn(c)
    elif c.turn_ended:
        start_round(c)
    else:
        return False
    return True


def _next_card(c: Combat) -> None:
    """The item stays first until its card has been used: duplicates are put right behind it."""
    item = c.card_queue[0]
    card = item.card
    if card is None:
        if not all_gone(c):  # the last monster's death takes the end of the turn back
            start_end_of_turn(c)
    else:
        play_item(c, item, card)
    if len(c.card_queue) > 0 and c.card_queue[0] is item:
        c.card_queue.pop(0)


def finish(c: Combat) -> None:
    """After a fight that was not lost: relics celebrate, hp goes back to the run."""
    if c.outcome != LOST:
        relics.on_victory(c)
    c.run.hp = c.player.hp
    c.run.max_hp = c.player.max_hp
