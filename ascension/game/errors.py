"""What the game refuses, and why; every message says what to do about it."""

from collections.abc import Iterable
from difflib import get_close_matches


class GameError(Exception):
    """Base of everything that the game refuses."""


class InvalidSetting(GameError, ValueError):
    """A seed, ascension or number of acts outside its range."""


class IllegalAction(GameError, ValueError):
    """An action that is not among the legal ones; the game is unchanged."""


class SaveError(GameError, ValueError):
    """A saved game that cannot be read or does not replay."""


class UnknownContent(GameError, KeyError):
    """A card, relic, potion, ... by a name that no table knows."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would show it quoted


def unknown(kind: str, name: object, known: Iterable[str]) -> UnknownContent:
    """The error for a name that is in no table, with the names that are like it."""
    close = get_close_matches(str(name), list(known), n=3)
    like = f"did you mean {' or '.join(close)}?" if close else "see `ascension content --names`"
    return UnknownContent(f"there is no {kind} {name!r}: {like}")
