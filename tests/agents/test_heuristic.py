"""The rule-based teacher: sensible in plain cases, blind to what is hidden, far above chance."""

import random
import statistics

import numpy as np

from ascension.agents.heuristic import HeuristicPolicy, best_option, scores_of
from ascension.agents.heuristic_deck import removal_worth, take_limit, take_worth
from ascension.environment.batched import BatchedEnvironment
from ascension.environment.decisions import options_of
from ascension.environment.session import Session
from ascension.fuzzing.honesty import scramble_hidden
from ascension.game.actions import PLAY_CARD, first_of, verb_of
from ascension.game.combat.state import Card
from ascension.game.game import Game
from ascension.game.ids import cards
from ascension.game.run import DeckCard


def in_first_fight(seed: int) -> Session:
    session = Session(seed)
    while session.game.combat is None:
        session.choose(best_option(session.game, session.options, session.kind))
    return session


def played_card(session: Session) -> int:
    """The card that the teacher plays, -1 for none."""
    option = session.options[best_option(session.game, session.options, session.kind)]
    combat = session.game.combat
    assert combat is not None
    return combat.hand[first_of(option)].id if verb_of(option) == PLAY_CARD else -1


def with_hand(session: Session, *ids: int) -> Session:
    """Deal these cards."""
    combat = session.game.combat
    assert combat is not None
    combat.hand = [Card(card, 0, 900 + place) for place, card in enumerate(ids)]
    session.options = options_of(session.game)
    return session


def test_it_kills_when_it_can() -> None:
    session = in_first_fight(3)
    combat = session.game.combat
    assert combat is not None
    del combat.monsters[1:]
    combat.monsters[0].hp = 5
    combat.monsters[0].block = 0
    assert played_card(with_hand(session, cards.DEFEND_RED, cards.STRIKE_RED)) == cards.STRIKE_RED


def test_it_blocks_rather_than_dies() -> None:
    session = in_first_fight(3)
    combat = session.game.combat
    assert combat is not None
    combat.player.hp = 6
    combat.energy = 1
    monster = combat.monsters[0]
    monster.hp = monster.max_hp = 60
    monster.base_damage = 7
    monster.hits = 1
    assert played_card(with_hand(session, cards.STRIKE_RED, cards.DEFEND_RED)) == cards.DEFEND_RED


def test_it_never_looks_at_what_is_hidden() -> None:
    session = Session(5)
    chance = random.Random(5)
    for _ in range(150):
        if session.is_over:
            break
        copy = session.game.clone()
        scramble_hidden(copy, chance)
        expected = scores_of(session.game, session.options, session.kind)
        assert scores_of(copy, session.options, session.kind) == expected
        session.choose(best_option(session.game, session.options, session.kind))


def test_curses_go_first_and_bash_goes_last() -> None:
    run = Game(1).run
    order = [cards.REGRET, cards.STRIKE_RED, cards.DEFEND_RED, cards.BASH]
    worths = [removal_worth(run, DeckCard(card)) for card in order]
    assert worths == sorted(worths, reverse=True)


def test_a_bigger_deck_makes_it_choosier() -> None:
    run = Game(1).run
    small = take_limit(run)
    run.deck = run.deck * 3
    assert take_limit(run) > small


def test_a_first_good_attack_beats_another_defence_early() -> None:
    run = Game(1).run
    assert take_worth(run, DeckCard(cards.CARNAGE)) > take_worth(run, DeckCard(cards.SENTINEL))


def test_it_reaches_more_than_twenty_floors_on_average() -> None:
    policy = HeuristicPolicy()
    environment = BatchedEnvironment(10, range(20_000_000, 20_000_010))
    floors = []
    while not environment.is_finished:
        batch = environment.observe()
        choices = policy.choose(batch, environment.positions())
        assert choices.actions.dtype == np.int16
        finished = environment.step(choices.actions).games
        floors += [game.final_floor for game in finished if game is not None]
    assert len(floors) == 10
    assert statistics.mean(floors) > 20
