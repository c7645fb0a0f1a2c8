"""Signed 64-bit wrap-around for the interpreted engine; never compiled (see `rng.py`)."""


def wrap_python(x: int) -> int:
    """`x` modulo 2**64 as a signed word, for integers that grow without bound."""
    return ((x + 0x8000000000000000) & 0xFFFFFFFFFFFFFFFF) - 0x8000000000000000
