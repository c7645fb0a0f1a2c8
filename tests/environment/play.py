"""Plays games at random through the environment, for tests."""

import random

from ascension.environment.batch import DecisionBatch
from ascension.environment.batched import batch_of
from ascension.environment.decisions import kind_of, options_of
from ascension.environment.encode import Encoder
from ascension.environment.encode_map import Outlook
from ascension.environment.session import Session
from ascension.game.game import Game


def encode(game: Game) -> DecisionBatch:
    """The present decision of a game, freshly encoded."""
    encoder = Encoder()
    options = options_of(game)
    encoder.add(game.run, game.combat, Outlook(), kind_of(game, options), options)
    return batch_of(encoder)


def play_randomly(session: Session, seed: int, decisions: int = 10**9) -> None:
    """Choose at random until the game is over or so many decisions were taken."""
    chance = random.Random(seed)
    for _ in range(decisions):
        if session.is_over:
            return
        session.choose(chance.randrange(len(session.options)))


def boosted(seed: int, hp: int = 3000, ascension: int = 0) -> Session:
    """A game whose player has so much hp that random play gets far."""
    session = Session(seed, ascension)
    session.game.run.hp = hp
    session.game.run.max_hp = hp
    return session
