"""What holds before every decision of every game."""

from typing import Final

from ascension.game import tables
from ascension.game.combat.piles import HAND_LIMIT
from ascension.game.combat.state import (
    ALIVE,
    DEAD,
    HALF_DEAD,
    Card,
    Combat,
    Creature,
    Selection,
)
from ascension.game.game import Game
from ascension.game.ids import cards
from ascension.game.run import EMPTY_POTION, MAP, Run

MOST_BLOCK: Final = 999
MOST_ENERGY: Final = 999
LAST_FLOOR: Final = 57
LAST_ACT: Final = 4
BELT: Final = range(2, 6)  # potion slots: two from ascension 11, two more with Potion Belt
MOST_RARITY_OFFSET: Final = 5
LOWEST_COUNTER: Final = -2
_UNPLAYABLE: Final = -2
_CARDS: Final = len(tables.CARD_IDS)
_POWERS: Final = len(tables.POWER_IDS)
STREAMS: Final = tuple(
    f"{name}_rng"
    for name in (
        *("neow", "monster", "event", "merchant", "card", "treasure", "relic", "potion"),
        *("map", "courier", "ai", "monster_hp", "shuffle", "card_random", "misc"),
    )
)


class Broken(Exception):
    """Something that must always hold does not: which rule, and the numbers."""

    def __init__(self, rule: str, found: str) -> None:
        super().__init__(f"{rule}: {found}")
        self.rule = rule
        self.found = found


def need(holds: bool, rule: str, found: object) -> None:
    """Raise Broken unless the rule holds."""
    if not holds:
        raise Broken(rule, str(found))


def check_game(game: Game, legal: list[int]) -> None:
    """Everything that must hold before a decision among `legal`; Broken says what does not."""
    need(bool(legal), "a game that goes on has legal actions", game.run.screens[-1])
    need(len(set(legal)) == len(legal), "no legal action is listed twice", legal)
    check_run(game.run)
    if game.combat is not None:
        check_combat(game.combat)


# --- Out of fights ------------------------------------------------------------------------------


def check_run(run: Run) -> None:
    """Belongings, place and chances of a run that goes on."""
    need(0 < run.hp <= run.max_hp, "0 < hp <= max hp", (run.hp, run.max_hp))
    need(run.gold >= 0, "gold >= 0", run.gold)
    need(0 <= run.floor <= LAST_FLOOR, "a floor of the game", run.floor)
    need(1 <= run.act <= LAST_ACT, "an act of the game", run.act)
    need(run.screens[0].kind == MAP, "the map lies below every screen", run.screens[0].kind)
    _check_belt(run)
    _check_relics(run)
    _check_deck(run)
    _check_chances(run)


def _check_belt(run: Run) -> None:
    need(len(run.potions) in BELT, "two to five potion slots", len(run.potions))
    known = range(EMPTY_POTION, len(tables.POTION_IDS))
    need(all(potion in known for potion in run.potions), "known potions", list(run.potions))


def _check_relics(run: Run) -> None:
    owned = [relic.id for relic in run.relics]
    need(len(set(owned)) == len(owned), "no relic twice", owned)
    marked = [relic for relic, is_owned in enumerate(run.relic_mask) if is_owned]
    need(sorted(owned) == marked, "the relic mask says what is owned", (owned, marked))
    low = [(relic.id, relic.counter) for relic in run.relics if relic.counter < LOWEST_COUNTER]
    need(not low, "relic counters from -2", low)


def _check_deck(run: Run) -> None:
    wrong = [
        (card.id, card.upgrades, card.misc)
        for card in run.deck
        if not 0 <= card.id < _CARDS or card.misc < 0 or _is_overdone(card.id, card.upgrades)
    ]
    need(not wrong, "deck cards are possible ones (id, upgrades, number)", wrong)


def _is_overdone(card: int, upgrades: int) -> bool:
    """Cards are upgraded once, Searing Blow as often as one likes."""
    return upgrades > 1 and card != cards.SEARING_BLOW


def _check_chances(run: Run) -> None:
    need(run.card_rarity_offset <= MOST_RARITY_OFFSET, "rarity offset", run.card_rarity_offset)
    for chance in (run.event_monster_chance, run.event_shop_chance, run.event_treasure_chance):
        need(chance >= 0, "chances are not negative", chance)
    backwards = [name for name in STREAMS if getattr(run, name).counter < 0]
    need(not backwards, "streams count up", backwards)


# --- In fights ----------------------------------------------------------------------------------


def check_combat(c: Combat) -> None:
    """Creatures, piles and queues at a decision of the player."""
    player = c.player
    need(0 < player.hp <= player.max_hp, "0 < hp <= max hp", (player.hp, player.max_hp))
    need(0 <= c.energy <= MOST_ENERGY, "energy from 0 to 999", c.energy)
    need(c.turn >= 1, "turns count from 1", c.turn)
    _check_creature(player)
    for monster in c.monsters:
        _check_monster(monster)
    _check_counters(c)
    check_piles(c)
    if c.selection is None:
        _check_rest(c)
    else:
        _check_selection(c, c.selection)


def _check_creature(creature: Creature) -> None:
    need(0 <= creature.block <= MOST_BLOCK, "0 <= block <= 999", (creature.id, creature.block))
    unknown = [power.id for power in creature.powers if not 0 <= power.id < _POWERS]
    need(not unknown, "known powers", unknown)


def _check_monster(monster: Creature) -> None:
    numbers = (monster.id, monster.hp, monster.max_hp, monster.state)
    need(0 <= monster.hp <= monster.max_hp, "0 <= a monster's hp <= its max hp", numbers)
    need(monster.state != ALIVE or monster.hp > 0, "the living have hp", numbers)
    need(monster.state != DEAD or monster.hp == 0, "the dead have none", numbers)
    _check_creature(monster)


def _check_counters(c: Combat) -> None:
    kinds = c.attacks_this_turn + c.skills_this_turn
    counters = (c.cards_this_turn, c.attacks_this_turn, c.skills_this_turn, c.hp_losses)
    need(min(counters) >= 0, "counters from 0", counters)
    need(kinds <= c.cards_this_turn, "attacks and skills are cards", counters)
    need(c.stolen_gold >= 0, "stolen gold from 0", c.stolen_gold)


def piles_of(c: Combat) -> list[list[Card]]:
    """Every pile a card can lie in."""
    return [c.hand, c.draw_pile, c.discard_pile, c.exhaust_pile, c.limbo]


def check_piles(c: Combat) -> None:
    """A card lies in one pile only, and has a number of its own.

    Only a copy that is purged after its use has the number of its original (combat.md 8).
    """
    need(len(c.hand) <= HAND_LIMIT, "at most ten cards in hand", len(c.hand))
    cards_there = [card for pile in piles_of(c) for card in pile]
    numbers = [card.uid for card in cards_there if not card.purge]
    objects = {id(card) for card in cards_there}
    need(len(objects) == len(cards_there), "no card lies in two piles", numbers)
    need(len(set(numbers)) == len(numbers), "no two cards have the same number", numbers)
    if numbers:
        found = (min(numbers), max(numbers), c.next_uid)
        need(found[0] >= 0 and found[1] < c.next_uid, "cards are numbered in order", found)
    wrong = [
        (card.id, card.upgrades, card.cost, card.cost_now)
        for pile in piles_of(c)
        for card in pile
        if card.cost < _UNPLAYABLE
        or card.cost_now < _UNPLAYABLE
        or _is_overdone(card.id, card.upgrades)
    ]
    need(not wrong, "cards are possible ones (id, upgrades, costs)", wrong)


def _check_rest(c: Combat) -> None:
    """Nothing is under way when the player is asked for a card or the end of the turn."""
    waiting = (len(c.actions), len(c.pre_turn_actions), len(c.card_queue), len(c.monster_queue))
    need(not any(waiting), "queues are empty at a decision", waiting)
    need(not c.limbo, "limbo is empty at a decision", len(c.limbo))
    states = [monster.state for monster in c.monsters]
    need(ALIVE in states or HALF_DEAD in states, "there is somebody to fight", states)
    need(not c.turn_ended and not c.end_turn_queued, "it is the player's turn", c.turn)


def _check_selection(c: Combat, selection: Selection) -> None:
    sources = [c.hand, c.draw_pile, c.discard_pile, c.exhaust_pile, selection.offer]
    source = sources[selection.source]
    positions = selection.indices
    need(len(set(positions)) == len(positions), "no card is offered twice", positions)
    inside = all(0 <= position < len(source) for position in positions)
    need(inside, "offered cards exist", (positions, len(source)))
    need(set(selection.picked) <= set(positions), "picked cards were offered", selection.picked)


# --- From one decision to the next --------------------------------------------------------------


class Conservation:
    """Follows the cards of a fight: none appears from nowhere, none is lost without a reason.

    A card may go as a power that was played, as a copy that is purged after its use, or when it
    is played automatically at a target that is gone (combat.md 8). Dual Wield gives the chosen
    card a new number.
    """

    def __init__(self) -> None:
        self._fight = 0
        self._cards: dict[int, Card] = {}
        self._next = 0

    def follow(self, game: Game) -> None:
        """Compare the cards with those of the decision before; Broken if some came or went."""
        c = game.combat
        if c is None:
            return
        present = _cards_of(c)
        if game.run.fights == self._fight:
            self._compare(c, present)
        self._fight = game.run.fights
        self._cards = present
        self._next = c.next_uid

    def _compare(self, c: Combat, present: dict[int, Card]) -> None:
        someone_is_gone = any(monster.state != ALIVE for monster in c.monsters)
        for uid in present.keys() - self._cards.keys():
            need(uid >= self._next, "cards do not appear from nowhere", uid)
        fresh = {card.id for uid, card in present.items() if uid >= self._next}
        for uid in self._cards.keys() - present.keys():
            card = self._cards[uid]
            is_used_up = card.type() == tables.POWER or card.purge or card.id in fresh
            lacks_target = tables.CARD_TARGET[card.row()] == tables.ENEMY and someone_is_gone
            need(is_used_up or lacks_target, "cards do not vanish", tables.CARD_IDS[card.id])


def _cards_of(c: Combat) -> dict[int, Card]:
    """Every numbered card: in a pile, in stasis, in a queue."""
    found = [card for pile in piles_of(c) for card in pile]
    held = [power.card for monster in c.monsters for power in monster.powers]
    held += [action.card for action in (*c.actions, *c.pre_turn_actions)]
    held += [item.card for item in c.card_queue]
    found += [card for card in held if card is not None]
    return {card.uid: card for card in found if card.uid >= 0}
