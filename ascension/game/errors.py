"""What the game refuses, and why; every message says what to do about it."""


class GameError(Exception):
    """Base of everything that the game refuses."""


class InvalidSetting(GameError, ValueError):
    """A seed, ascension or number of acts outside its range."""


class IllegalAction(GameError, ValueError):
    """An action that is not among the legal ones; the game is unchanged."""


class SaveError(GameError, ValueError):
    """A saved game that cannot be read or does not replay."""
