"""The game's random generators, exact to the bit: the run generator and Java's shuffle source.

Every stream of a run is an `Rng`. All words are kept as signed 64-bit integers, so the same
source runs compiled, where `i64` wraps by itself, and interpreted, where Python's integers grow:
there `((x + _HALF) & _FULL) - _HALF` is what wraps, and compiled it changes nothing. It is written
out where it is needed: in the interpreted engine calls were a seventh of all the time.
"""

from typing import Final, final

from mypy_extensions import i64, mypyc_attr

from ascension.game.wrapping import full_word, half_word, wrap_python

COMPILED: Final = not __file__.endswith(".py")

_MIX_1: Final[i64] = -49064778989728563  # 0xFF51AFD7ED558CCD as a signed word
_MIX_2: Final[i64] = -4265267296055464877  # 0xC4CEB9FE1A85EC53
_LCG_FACTOR: Final[i64] = 0x5DEECE66D
_LCG_MASK: Final[i64] = (1 << 48) - 1
_MIN_WORD: Final[i64] = -(1 << 63)
# 2**63 and 2**64 - 1; compiled the same bits, read as signed words.
_HALF: Final[i64] = half_word(COMPILED)
_FULL: Final[i64] = full_word(COMPILED)

# Logical right shifts of signed words: `(x >> n) & _LOW_m` with m = 64 - n keeps the m low bits.
_LOW_24: Final[i64] = (1 << 24) - 1
_LOW_31: Final[i64] = (1 << 31) - 1
_LOW_38: Final[i64] = (1 << 38) - 1
_LOW_47: Final[i64] = (1 << 47) - 1
_LOW_63: Final[i64] = _FULL ^ _HALF


def _mix(x: i64) -> i64:
    x ^= (x >> 33) & _LOW_31
    x = ((x * _MIX_1 + _HALF) & _FULL) - _HALF
    x ^= (x >> 33) & _LOW_31
    x = ((x * _MIX_2 + _HALF) & _FULL) - _HALF
    return x ^ ((x >> 33) & _LOW_31)


def f32(x: float) -> float:
    """Round a double to the nearest 32-bit float (Veltkamp splitting; |x| far below overflow)."""
    t = x * 536870913.0  # 2**29 + 1 keeps 24 significant bits
    return t - (t - x)


def round_half_up(x: float) -> i64:
    """The game's rounding: floor(x + 0.5), x already a 32-bit float."""
    y = i64(int(x + 0.5))
    if x + 0.5 < 0 and float(y) != x + 0.5:
        return y - 1
    return y


@final
@mypyc_attr(native_class=True)
class Rng:
    """xorshift128+ seeded by murmur mixing (rng.md 1); `counter` counts calls, not raw draws."""

    __slots__ = ("counter", "s0", "s1")

    def __init__(self, seed: i64, blank: bool = False) -> None:
        """Seed the generator; a `blank` one is about to be given another's state."""
        self.s0: i64 = 0
        self.s1: i64 = 0
        self.counter: i64 = 0
        if not blank:
            self.s0 = _mix(_MIN_WORD if seed == 0 else seed)
            self.s1 = _mix(self.s0)

    def clone(self) -> "Rng":
        """An independent generator in the same state."""
        other = Rng(0, True)
        other.s0 = self.s0
        other.s1 = self.s1
        other.counter = self.counter
        return other

    def raw(self) -> i64:
        """The next signed 64-bit word, without counting a call."""
        a = self.s0
        b = self.s1
        self.s0 = b
        a ^= a << 23
        a = a ^ b ^ ((a >> 17) & _LOW_47) ^ ((b >> 26) & _LOW_38)
        a = ((a + _HALF) & _FULL) - _HALF
        self.s1 = a
        return ((a + b + _HALF) & _FULL) - _HALF

    def next_int(self, n: i64) -> i64:
        """Uniform 0..n-1 without counting a call; n > 0."""
        # The game rejects with probability n / 2**63: never seen.
        return ((self.raw() >> 1) & _LOW_63) % n

    def next_float(self) -> float:
        """Uniform 32-bit float in [0, 1) without counting a call."""
        return float((self.raw() >> 40) & _LOW_24) * 5.9604644775390625e-08

    def random(self, high: i64) -> i64:
        """Uniform 0..high, both inclusive."""
        self.counter += 1
        return ((self.raw() >> 1) & _LOW_63) % (high + 1)

    def between(self, low: i64, high: i64) -> i64:
        """Uniform low..high, both inclusive."""
        self.counter += 1
        return low + ((self.raw() >> 1) & _LOW_63) % (high - low + 1)

    def random_long(self) -> i64:
        """A signed 64-bit word (the seed of a Java shuffle)."""
        self.counter += 1
        return self.raw()

    def random_boolean(self) -> bool:
        """A fair coin: the lowest bit."""
        self.counter += 1
        return (self.raw() & 1) == 1

    def chance(self, p: float) -> bool:
        """True with probability p, p a 32-bit float (`random_boolean(p)` of rng.md)."""
        self.counter += 1
        return self.next_float() < f32(p)

    def random_float(self) -> float:
        """Uniform 32-bit float in [0, 1)."""
        self.counter += 1
        return self.next_float()

    def float_between(self, low: float, high: float) -> float:
        """low + u * (high - low), every step rounded to a 32-bit float."""
        self.counter += 1
        a = f32(low)
        return f32(a + f32(self.next_float() * f32(f32(high) - a)))

    def advance_to(self, counter: i64) -> None:
        """`set_counter` of rng.md: draw booleans until the counter is reached."""
        while self.counter < counter:
            self.random_boolean()


def java_shuffled(items: list[i64], rng: Rng) -> list[i64]:
    """`jshuffle` of rng.md: one long of `rng` seeds java.util.Random, which shuffles a copy."""
    return shuffled_by_seed(items, rng.random_long())


def shuffled_by_seed(items: list[i64], seed: i64) -> list[i64]:
    """`Collections.shuffle(list, new Random(seed))` of Java on a copy of the list."""
    out = items[:]
    # Of the products only the low 48 bits count: wrapped or not makes no difference.
    state = (seed ^ _LCG_FACTOR) & _LCG_MASK
    i = i64(len(out))
    while i > 1:
        bound = i
        if (bound & (bound - 1)) == 0:
            state = (state * _LCG_FACTOR + 0xB) & _LCG_MASK
            j = (bound * (state >> 17)) >> 31
        else:
            while True:
                state = (state * _LCG_FACTOR + 0xB) & _LCG_MASK
                bits = state >> 17
                j = bits % bound
                if bits - j + (bound - 1) < 2147483648:
                    break
        i -= 1
        kept = out[i]
        out[i] = out[j]
        out[j] = kept
    return out


def java_shuffle_order(count: i64, rng: Rng) -> list[i64]:
    """The order in which `jshuffle` would leave a list of `count` elements: positions."""
    positions: list[i64] = []
    for n in range(count):
        positions.append(n)
    return java_shuffled(positions, rng)


_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ"


class InvalidSeed(ValueError):
    """A seed text with a character outside the game's alphabet, or a number outside 64 bits."""


def seed_from_text(text: str) -> int:
    """The signed 64-bit seed of a text as the game shows it (base 35, no letter O).

    Raises InvalidSeed for an empty text or a character that the game does not use.
    """
    cleaned = text.strip().upper().replace("O", "0")
    if not cleaned:
        raise InvalidSeed("the seed is empty: give digits and letters, for example ABC123")
    value = 0
    for position, character in enumerate(cleaned):
        digit = _ALPHABET.find(character)
        if digit < 0:
            raise InvalidSeed(
                f"seed {text!r}: character {character!r} at position {position} is not used by the "
                "game: use digits and the letters A-Z"
            )
        value = value * 35 + digit
    return wrap_python(value)


def seed_to_text(seed: int) -> str:
    """The text that the game shows for a signed 64-bit seed."""
    if not -(1 << 63) <= seed < 1 << 64:
        raise InvalidSeed(f"seed {seed} does not fit 64 bits")
    value = seed & 0xFFFFFFFFFFFFFFFF
    digits = ""
    while True:
        digits = _ALPHABET[value % 35] + digits
        value //= 35
        if value == 0:
            return digits
