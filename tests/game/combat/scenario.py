"""Given a fight, when something is played, then something holds: the words of the combat tests.

    fight = given_fight(hand=["bash"])
    when_playing(fight, "bash")
    then_enemy_lost(fight, 8)
    then_enemy_has(fight, "vulnerable", 2)

Cards are named as in the tables, with `+` when upgraded (`searing_blow+3` three times).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ascension.game import tables
from ascension.game.actions import (
    CONFIRM_SELECTION,
    END_TURN,
    PLAY_CARD,
    SELECT,
    SKIP_SELECTION,
    make,
)
from ascension.game.combat import content
from ascension.game.combat.legal import apply, legal_actions
from ascension.game.combat.piles import new_card, upgrade_card
from ascension.game.combat.powers import add_power_now, power_amount
from ascension.game.combat.setup import start_combat
from ascension.game.combat.state import Card, Combat, Creature
from ascension.game.ids import relics as relic_ids
from ascension.game.rng import Rng
from ascension.game.run import DeckCard, Relic, Run

CONTENT = content  # importing it registers everything

Names = Sequence[str]
Amounts = dict[str, int]


@dataclass
class Fight:
    """A fight under test, with what the enemies had when it was given."""

    c: Combat
    hp: int
    enemy_hp: list[int] = field(default_factory=list)


# --- Given ---


def given_run(relics: Names = (), hp: int = 80, seed: int = 1) -> Run:
    """A run at the door of a fight, with a deck of ten strikes."""
    run = Run(seed, 0, 3)
    run.hp = run.max_hp = hp
    run.deck = [DeckCard(tables.card_id("strike_red")) for _ in range(10)]
    run.relics = [Relic(tables.RELIC_INDEX[name]) for name in relics]
    run.relic_mask = [False] * relic_ids.COUNT
    for relic in run.relics:
        run.relic_mask[relic.id] = True
    for stream in ("ai", "monster_hp", "shuffle", "card_random", "misc"):
        setattr(run, f"{stream}_rng", Rng(seed))
    return run


def given_fight(
    hand: Names = (),
    draw: Names = (),
    discard: Names = (),
    exhaust: Names = (),
    encounter: str = "jaw_worm",
    relics: Names = (),
    powers: Amounts | None = None,
    enemy_powers: Amounts | None = None,
    energy: int = 3,
    block: int = 0,
    hp: int = 80,
    enemy_hp: int = 500,
    seed: int = 1,
) -> Fight:
    """A fight at the player's first decision, with exactly these cards. The draw pile's last
    card is its top."""
    run = given_run(relics, hp, seed)
    run.encounter = tables.ENCOUNTER_INDEX[encounter]
    c = start_combat(run)
    c.hand = _cards(c, hand)
    c.draw_pile = _cards(c, draw)
    c.discard_pile = _cards(c, discard)
    c.exhaust_pile = _cards(c, exhaust)
    c.energy = energy
    c.player.block = block
    _give_powers(c, c.player, powers or {})
    for monster in c.monsters:
        monster.hp = monster.max_hp = enemy_hp
        monster.powers = []
        _give_powers(c, monster, enemy_powers or {})
    return Fight(c, int(c.player.hp), [enemy_hp] * len(c.monsters))


def _cards(c: Combat, names: Names) -> list[Card]:
    return [_card(c, name) for name in names]


def _card(c: Combat, name: str) -> Card:
    plain, plus, times = name.partition("+")
    card = new_card(c, tables.card_id(plain), 0)
    for _ in range(int(times or 1) if plus else 0):
        upgrade_card(card)
    return card


def _give_powers(c: Combat, creature: Creature, powers: Amounts) -> None:
    for name, amount in powers.items():
        add_power_now(c, creature, tables.POWER_IDS.index(name), amount)


# --- When ---


def when_playing(fight: Fight, name: str, enemy: int = 0) -> None:
    """The first card of this name in the hand is played, on the enemy if it needs a target."""
    apply(fight.c, _play_action(fight, name, enemy))


def _play_action(fight: Fight, name: str, enemy: int) -> int:
    position = _names(fight.c.hand).index(name)
    card = fight.c.hand[position]
    needs_target = tables.CARD_TARGET[card.row()] == tables.ENEMY
    return int(make(PLAY_CARD, position, enemy + 1 if needs_target else 0))


def when_choosing(fight: Fight, *positions: int) -> None:
    """Cards are picked by position in the pile or offer; a choice of any number is confirmed."""
    selection = fight.c.selection
    assert selection is not None, "no card choice is open"
    for position in positions:
        apply(fight.c, int(make(SELECT, position)))
    if selection.any_number:
        apply(fight.c, int(make(CONFIRM_SELECTION)))


def when_skipping(fight: Fight) -> None:
    """An open screen is left without a card."""
    apply(fight.c, int(make(SKIP_SELECTION)))


def when_ending_turn(fight: Fight) -> None:
    """The player ends the turn; the fight runs to the next decision."""
    apply(fight.c, int(make(END_TURN)))


# --- Then ---


def then_enemy_lost(fight: Fight, hp: int, enemy: int = 0) -> None:
    """Since the fight was given."""
    assert fight.enemy_hp[enemy] - fight.c.monsters[enemy].hp == hp


def then_player_lost(fight: Fight, hp: int) -> None:
    """Since the fight was given."""
    assert fight.hp - fight.c.player.hp == hp


def then_enemy_has(fight: Fight, power: str, amount: int, enemy: int = 0) -> None:
    """The enemy has this much of a power; 0 for none."""
    assert power_amount(fight.c.monsters[enemy], tables.POWER_IDS.index(power)) == amount


def then_player_has(fight: Fight, power: str, amount: int) -> None:
    """The player has this much of a power; 0 for none."""
    assert power_amount(fight.c.player, tables.POWER_IDS.index(power)) == amount


def then_block_is(fight: Fight, block: int) -> None:
    """The player's block."""
    assert fight.c.player.block == block


def then_energy_is(fight: Fight, energy: int) -> None:
    """The player's energy."""
    assert fight.c.energy == energy


def then_hand_is(fight: Fight, *names: str) -> None:
    """The hand from left to right."""
    assert _names(fight.c.hand) == list(names)


def then_draw_pile_is(fight: Fight, *names: str) -> None:
    """The draw pile, its top last."""
    assert _names(fight.c.draw_pile) == list(names)


def then_discard_pile_is(fight: Fight, *names: str) -> None:
    """The discard pile, the newest card last."""
    assert _names(fight.c.discard_pile) == list(names)


def then_exhaust_pile_is(fight: Fight, *names: str) -> None:
    """The exhaust pile, the newest card last."""
    assert _names(fight.c.exhaust_pile) == list(names)


def then_can_play(fight: Fight, name: str, enemy: int = 0) -> None:
    """The card may be played now."""
    assert _play_action(fight, name, enemy) in legal_actions(fight.c)


def then_cannot_play(fight: Fight, name: str, enemy: int = 0) -> None:
    """The card may not be played now."""
    assert _play_action(fight, name, enemy) not in legal_actions(fight.c)


def _names(cards: list[Card]) -> list[str]:
    return [_name(card) for card in cards]


def _name(card: Card) -> str:
    plain = tables.CARD_IDS[card.id]
    if card.upgrades == 0:
        return plain
    return f"{plain}+" if card.upgrades == 1 else f"{plain}+{card.upgrades}"
