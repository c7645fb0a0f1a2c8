"""The end of the player's turn, the monsters' turn and the next round (combat.md 10 and 11)."""

from typing import Final

from ascension.game.combat import relics
from ascension.game.combat.actions_cards import draw_cards, exhaust_card
from ascension.game.combat.piles import reset_costs, to_discard
from ascension.game.combat.playing import use_card
from ascension.game.combat.power_hooks import (
    DURING,
    END_A,
    END_B,
    MONSTER_START,
    POST_DRAW,
    RECHARGED,
    ROUND_END,
    TURN_START,
)
from ascension.game.combat.powers import fire, fire_one, has_power
from ascension.game.combat.queues import bottom, top
from ascension.game.combat.registry import CARD_END_OF_TURN, MONSTER_TURN, new_action
from ascension.game.combat.state import Action, Card, CardItem, Combat, Creature
from ascension.game.combat.targets import all_gone, is_fallen
from ascension.game.ids import powers as ids
from ascension.game.tables import CARD_ETHEREAL, CARD_SELF_RETAIN

# --- The player's turn ends ---


def queue_end_of_turn(c: Combat) -> None:
    """The turn ends behind all queued cards, unless the fight is won."""
    if all_gone(c):
        return
    c.card_queue.append(CardItem(None))
    c.end_turn_queued = True


def end_turn_early(c: Combat) -> None:
    """Time warp: queued automatic plays go to their piles unplayed, then the turn ends."""
    for item in c.card_queue:
        if item.card is not None and item.autoplay:
            item.card.no_trigger = True
            bottom(c, use_card(item.card, None))
    c.card_queue = []
    c.limbo = []
    queue_end_of_turn(c)


def start_end_of_turn(c: Combat) -> None:
    """Relics, powers and the cards that act at the end of the turn from the hand."""
    relics.player_end_turn(c)
    fire(c, c.player, END_A)
    for card in c.hand:
        rule = CARD_END_OF_TURN[card.id]
        if rule is not None:
            rule(c, card)


def finish_turn(c: Combat) -> None:
    """All of that has happened: last powers, then the hand is discarded and the monsters act."""
    c.end_turn_queued = False
    fire(c, c.player, END_B)
    bottom(c, Action(CLEAR_CARD_QUEUE))
    bottom(c, Action(DISCARD_HAND))
    reset_costs(c)
    bottom(c, Action(PASS_TURN))


def _clear_card_queue(c: Combat, action: Action) -> None:
    c.card_queue = []


def _pass_turn(c: Combat, action: Action) -> None:
    bottom(c, Action(MARK_TURN_ENDED))
    bottom(c, Action(START_MONSTERS))
    c.monsters_queued = False


def _mark_turn_ended(c: Combat, action: Action) -> None:
    c.turn_ended = True


CLEAR_CARD_QUEUE: Final = new_action(_clear_card_queue)
PASS_TURN: Final = new_action(_pass_turn)
MARK_TURN_ENDED: Final = new_action(_mark_turn_ended)

# --- The hand at the end of the turn ---


def _discard_hand(c: Combat, action: Action) -> None:
    """Ethereal cards are exhausted, rightmost first, then the hand goes, then kept cards return."""
    kept: list[Card] = []
    others: list[Card] = []
    for card in c.hand:
        if card.retain or CARD_SELF_RETAIN[card.row()] == 1:
            kept.append(card)
        else:
            others.append(card)
    c.hand = others
    c.limbo.extend(kept)
    top(c, Action(RETURN_KEPT))
    if not relics.cards_kept_at_end(c):
        top(c, Action(DISCARD_ALL))
    # UNSEEDED(combat.md 10): several ethereal cards exhaust from right to left; the real client
    #   shuffles them unseeded. Settled by: nothing: the order differs from one time to the next.
    for card in c.hand:
        if CARD_ETHEREAL[card.row()] == 1:
            top(c, exhaust_card(card))


def _discard_all(c: Combat, action: Action) -> None:
    while len(c.hand) > 0 and not all_gone(c):
        to_discard(c, c.hand.pop())


def _return_kept(c: Combat, action: Action) -> None:
    for card in c.limbo:
        card.retain = False
        c.hand.append(card)
    c.limbo = []


DISCARD_HAND: Final = new_action(_discard_hand)
DISCARD_ALL: Final = new_action(_discard_all)
RETURN_KEPT: Final = new_action(_return_kept)

# --- The monsters' turn ---


def _start_monsters(c: Combat, action: Action) -> None:
    for monster in c.monsters:
        if is_fallen(monster):
            continue
        if not has_power(monster, ids.BARRICADE):
            monster.block = 0
        fire(c, monster, MONSTER_START)


START_MONSTERS: Final = new_action(_start_monsters)


def queue_monsters(c: Combat) -> None:
    """From here on it is settled who acts: newcomers wait for the next round."""
    c.monsters_queued = True
    for monster in c.monsters:
        if not is_fallen(monster):
            c.monster_queue.append(monster)


def take_next_monster_turn(c: Combat) -> None:
    """The first queued monster's move, and what its powers add to it."""
    monster = c.monster_queue.pop(0)
    if is_fallen(monster):
        return
    rule = MONSTER_TURN[monster.id]
    if rule is not None:
        rule(c, monster)
    fire(c, monster, DURING)


# --- The next round ---


def start_round(c: Combat) -> None:
    """All monsters have moved: the round ends and the player's turn begins."""
    _end_round(c)
    _reset_counters(c)
    relics.turn_start(c)
    fire(c, c.player, TURN_START)
    c.turn += 1
    c.turn_ended = False
    _lose_block(c)
    if all_gone(c):
        return
    relics.energy_recharge(c)
    fire(c, c.player, RECHARGED)
    bottom(c, draw_cards(c.draw_size))
    relics.post_draw(c)
    fire(c, c.player, POST_DRAW)


def _end_round(c: Combat) -> None:
    for monster in c.monsters:
        if not is_fallen(monster):
            _end_monster_turn(c, monster)
    fire(c, c.player, ROUND_END)
    for monster in c.monsters:
        if not is_fallen(monster):
            fire(c, monster, ROUND_END)


def _end_monster_turn(c: Combat, monster: Creature) -> None:
    for power in monster.powers:
        fire_one(c, monster, power, END_A)
        fire_one(c, monster, power, END_B)


def _reset_counters(c: Combat) -> None:
    c.cards_this_turn = 0
    c.attacks_this_turn = 0
    c.skills_this_turn = 0


def _lose_block(c: Combat) -> None:
    if not has_power(c.player, ids.BARRICADE):
        c.player.block -= relics.block_lost(c)
