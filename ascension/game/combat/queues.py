"""The queues of a fight: putting actions at either end, the purge, duplicates (combat.md 3)."""

from ascension.game.combat.registry import ACTION_KINDS, KEPT, MOOT
from ascension.game.combat.state import Action, Card, CardItem, Combat, Creature
from ascension.game.combat.targets import all_gone


def bottom(c: Combat, action: Action) -> None:
    """Queue an action behind all others."""
    if ACTION_KINDS[action.op] == MOOT and all_gone(c):
        return
    c.actions.insert(0, action)


def top(c: Combat, action: Action) -> None:
    """Queue an action in front of all others."""
    if ACTION_KINDS[action.op] == MOOT and all_gone(c):
        return
    c.actions.append(action)


def finish_damage(c: Combat) -> None:
    """Ends every damaging action: with all monsters gone only some actions stay queued."""
    if all_gone(c):
        purge(c)


def purge(c: Combat) -> None:
    """Drop the queued actions that do not survive the last enemy (combat.md 15)."""
    kept: list[Action] = []
    for action in c.actions:
        if ACTION_KINDS[action.op] == KEPT:
            kept.append(action)
    c.actions = kept


def queue_duplicate(c: Combat, card: Card, target: Creature | None) -> None:
    """Queue a copy of the card being used right behind it: double tap and the like."""
    copy = card.copy(card.uid)
    copy.purge = True
    copy.energy_on_use = card.energy_on_use
    c.limbo.append(copy)
    item = CardItem(copy)
    item.target = target
    item.energy_on_use = card.energy_on_use
    item.autoplay = True
    c.card_queue.insert(1, item)


def queue_autoplay(c: Combat, card: Card, target: Creature | None) -> None:
    """Queue a card that an effect plays behind all queued cards; it waits in limbo."""
    c.limbo.append(card)
    item = CardItem(card)
    item.target = target
    item.energy_on_use = c.energy
    item.autoplay = True
    c.card_queue.append(item)
