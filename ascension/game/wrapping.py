"""Signed 64-bit wrap-around for the interpreted engine; never compiled (see `rng.py`)."""


def wrap_python(x: int) -> int:
    """`x` modulo 2**64 as a signed word, for integers that grow without bound."""
    return ((x + 0x8000000000000000) & 0xFFFFFFFFFFFFFFFF) - 0x8000000000000000


def half_word(compiled: bool) -> int:
    """2**63, in the compiled engine as a signed word."""
    return -(1 << 63) if compiled else 1 << 63


def full_word(compiled: bool) -> int:
    """2**64 - 1, in the compiled engine as a signed word."""
    return -1 if compiled else (1 << 64) - 1
