"""What is asked and what is answered automatically."""

import collections
import random

import pytest

from ascension.environment import kinds
from ascension.environment.decisions import kind_of, options_of
from ascension.environment.session import Session
from ascension.game.actions import (
    DISCARD_POTION,
    DRINK_POTION,
    FLIP_TWO,
    LEAVE,
    PLAY_CARD,
    RECALL,
    TAKE_GOLD,
    TAKE_KEY,
    TAKE_POTION,
    first_of,
    make,
    verb_of,
)
from ascension.game.game import Game
from ascension.game.ids import cards, potions, relics
from ascension.game.run import DeckCard, Run
from ascension.game.world.screens import RewardScreen, push
from tests.environment.play import boosted


def game_with_rewards(potions_held: list[int], screen: RewardScreen, acts: int = 3) -> Game:
    game = Game(1, acts=acts)
    game.run.potions = list(potions_held)
    push(game.run, screen)
    return game


def rewards(**items: object) -> RewardScreen:
    screen = RewardScreen()
    for name, value in items.items():
        setattr(screen, name, value)
    return screen


EMPTY = -1


@pytest.mark.parametrize("seed", range(5))
def test_options_are_legal_and_at_least_two(seed: int) -> None:
    session = boosted(seed)
    chance = random.Random(seed)
    for _ in range(250):
        if session.is_over:
            break
        assert len(session.options) >= 2
        assert set(session.options) <= set(session.game.legal_actions())
        assert len(set(session.options)) == len(session.options)
        session.choose(chance.randrange(len(session.options)))


@pytest.mark.parametrize("seed", range(3))
def test_trivial_actions_are_never_asked_for(seed: int) -> None:
    asked = collections.Counter[int]()
    session = boosted(seed)
    chance = random.Random(seed)
    for _ in range(400):
        if session.is_over:
            break
        asked.update(verb_of(option) for option in session.options)
        session.choose(chance.randrange(len(session.options)))
    assert not asked[TAKE_GOLD] and not asked[RECALL] and not asked[TAKE_KEY]
    assert not asked[FLIP_TWO]


def test_gold_comes_before_the_card_choice_and_without_asking() -> None:
    offer = [DeckCard(cards.ANGER), DeckCard(cards.CLASH)]
    game = game_with_rewards([EMPTY] * 3, rewards(gold=[20], cards=[offer]))
    assert options_of(game) == [make(TAKE_GOLD, 0)]
    game.step(options_of(game)[0])
    options = options_of(game)
    assert kind_of(game, options) == kinds.CARD_REWARD
    assert verb_of(options[-1]) == LEAVE
    assert len(options) == 3


def test_a_potion_is_taken_while_there_is_room() -> None:
    game = game_with_rewards([EMPTY] * 3, rewards(potions=[potions.FIRE_POTION]))
    assert options_of(game) == [make(TAKE_POTION, 0)]


def test_a_full_belt_makes_a_potion_a_question() -> None:
    held = [potions.BLOCK_POTION, potions.BLOCK_POTION, potions.FEAR_POTION]
    game = game_with_rewards(held, rewards(potions=[potions.FIRE_POTION]))
    options = options_of(game)
    assert options == [make(DISCARD_POTION, 0), make(DISCARD_POTION, 2), make(LEAVE)]
    assert kind_of(game, options) == kinds.REWARDS


def test_too_many_potions_for_the_belt_are_chosen_from() -> None:
    held = [potions.BLOCK_POTION, EMPTY, potions.FEAR_POTION]
    offered = [potions.FIRE_POTION, potions.FIRE_POTION, potions.SWIFT_POTION]
    game = game_with_rewards(held, rewards(potions=offered))
    assert options_of(game) == [make(TAKE_POTION, 0), make(TAKE_POTION, 2)]


def test_fruit_juice_is_drunk_at_once() -> None:
    game = game_with_rewards([EMPTY, potions.FRUIT_JUICE, EMPTY], rewards(gold=[5]))
    assert options_of(game) == [make(DRINK_POTION, 1)]


def test_the_sapphire_key_is_a_question_only_on_the_way_to_act_4() -> None:
    screen = rewards(relics=[relics.ANCHOR], sapphire_key=True)
    assert len(options_of(game_with_rewards([EMPTY] * 3, screen, acts=3))) == 1
    assert len(options_of(game_with_rewards([EMPTY] * 3, screen.clone(), acts=4))) == 2


def test_equal_cards_are_one_option() -> None:
    session = Session(2)
    while session.game.combat is None:
        session.choose(0)
    combat = session.game.combat
    combat.hand = [card.clone() for card in (combat.hand[0],) * 3]
    options = options_of(session.game)
    played = [option for option in options if verb_of(option) == PLAY_CARD]
    assert {first_of(option) for option in played} <= {0}


def test_the_cursed_key_makes_a_chest_a_question() -> None:
    asked = []
    for has_key in (False, True):
        session = boosted(4)
        run: Run = session.game.run
        run.relic_mask[relics.CURSED_KEY] = has_key
        chance = random.Random(4)
        while not session.is_over and run.floor < 10:
            asked.append((has_key, session.kind))
            session.choose(chance.randrange(len(session.options)))
    assert (True, kinds.TREASURE) in asked
    assert (False, kinds.TREASURE) not in asked
