"""The start of a fight: piles, monsters, relics, the opening turn (combat.md 4 and 5)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.combat import relics
from ascension.game.combat.actions_cards import draw_cards
from ascension.game.combat.actions_powers import apply_power
from ascension.game.combat.damage import heal_now, is_bloodied
from ascension.game.combat.encounters import build_encounter
from ascension.game.combat.engine import run as run_fight
from ascension.game.combat.engine import run_actions
from ascension.game.combat.power_hooks import TURN_START
from ascension.game.combat.powers import fire
from ascension.game.combat.queues import bottom
from ascension.game.combat.registry import MONSTER_PRE_BATTLE, new_action
from ascension.game.combat.state import Action, Card, Combat, Creature
from ascension.game.ids import powers as ids
from ascension.game.rng import java_shuffle_order
from ascension.game.run import DeckCard, Run
from ascension.game.tables import CARD_INNATE

# Buffs of a burning elite, by roll.
STRENGTH_BUFF: Final = 0
MAX_HP_BUFF: Final = 1
METALLICIZE_BUFF: Final = 2


def start_combat(run: Run) -> Combat:
    """Start the fight against `run.encounter`; runs to the player's first decision."""
    run.fights += 1
    c = Combat(run, run.encounter)
    relics.prepare(c)
    c.bloodied = is_bloodied(c)
    build_encounter(c)
    _build_draw_pile(c)
    for monster in c.monsters:
        rule = MONSTER_PRE_BATTLE[monster.id]
        if rule is not None:
            rule(c, monster)
    if run.burning_fight:
        _buff_burning_elite(c)
    relics.pre_battle(c)
    c.turn = 1
    run_actions(c)
    _open_first_turn(c)
    run_fight(c)
    return c


# --- The draw pile ---


def _build_draw_pile(c: Combat) -> None:
    """The shuffled deck; innate and bottled cards come on top."""
    deck = c.run.deck
    first: list[Card] = []
    for position in java_shuffle_order(len(deck), c.run.shuffle_rng):
        card = _combat_card(deck[position], position)
        if deck[position].bottled or CARD_INNATE[card.row()] == 1:
            first.append(card)
        else:
            c.draw_pile.append(card)
    c.draw_pile.extend(first)
    c.next_uid = len(deck)
    # UNCERTAIN(combat.md 4): innate and bottled cards beyond the hand size are drawn before the
    #   opening draw. Settled by: a deck with six or more innate cards: does anything that reacts to
    #   drawing tell the two draws apart?
    surplus: i64 = len(first) - c.draw_size
    if surplus > 0:
        c.pre_turn_actions.append(draw_cards(surplus))


def _combat_card(owned: DeckCard, position: i64) -> Card:
    """A deck card's uid is its position in the deck."""
    card = Card(owned.id, owned.upgrades, position)
    card.misc = owned.misc
    return card


# --- Burning elites ---


def _buff_burning_elite(c: Combat) -> None:
    roll = c.run.map_rng.random(3)
    act = c.run.act
    for monster in c.monsters:
        if roll == STRENGTH_BUFF:
            bottom(c, apply_power(monster, monster, ids.STRENGTH, act + 1))
        elif roll == MAX_HP_BUFF:
            bottom(c, _grow(monster))
        elif roll == METALLICIZE_BUFF:
            bottom(c, apply_power(monster, monster, ids.METALLICIZE, 2 * act + 2))
        else:
            bottom(c, apply_power(monster, monster, ids.REGENERATE, 2 * act + 1))


def _grow(monster: Creature) -> Action:
    action = Action(GROW)
    action.target = monster
    return action


def _grow_by_a_quarter(c: Combat, action: Action) -> None:
    monster = action.target
    assert monster is not None
    gained = (monster.max_hp + 2) // 4  # a quarter, rounded half up
    monster.max_hp += gained
    heal_now(c, monster, gained)


GROW: Final = new_action(_grow_by_a_quarter)

# --- The first turn ---


def _open_first_turn(c: Combat) -> None:
    """Nothing runs yet: bottom actions run in this order, top actions jump ahead."""
    start = Action(START_TURN)
    start.amount = c.energy_per_turn
    bottom(c, start)
    relics.battle_start_pre_draw(c)
    bottom(c, draw_cards(c.draw_size))
    relics.battle_start(c)
    relics.turn_start(c)
    relics.post_draw(c)
    fire(c, c.player, TURN_START)


def _start_turn(c: Combat, action: Action) -> None:
    c.energy += action.amount
    c.turn_ended = False


START_TURN: Final = new_action(_start_turn)
