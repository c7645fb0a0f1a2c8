"""A fingerprint of a whole game state: equal digests mean that the games go on alike.

Attributes are found by reflection, so that a new one cannot be forgotten; the order is
alphabetical, so that compiled and plain engines agree.
"""

from hashlib import blake2b
from typing import Final

# Objects that are told apart by identity; all others by what they hold.
_WITH_IDENTITY: Final = ("Card", "Creature", "Relic", "Run")


def digest_of(*roots: object) -> str:
    """The digest of some objects and all that they refer to."""
    tokens: list[str] = []
    numbers: dict[int, int] = {}
    for root in roots:
        _write(root, tokens, numbers)
    return blake2b(" ".join(tokens).encode(), digest_size=16).hexdigest()


_KNOWN_NAMES: Final[dict[type, list[str]]] = {}  # of classes whose objects have no dictionary


def attribute_names(thing: object) -> list[str]:
    """The names of an object's attributes, of its base classes too, in alphabetical order."""
    known = _KNOWN_NAMES.get(type(thing))
    if known is not None:
        return known
    found = _find_names(thing)
    if not hasattr(thing, "__dict__"):
        _KNOWN_NAMES[type(thing)] = found
    return found


def _find_names(thing: object) -> list[str]:
    names: set[str] = set()
    for kind in type(thing).__mro__:
        names.update(getattr(kind, "__mypyc_attrs__", ()))
        names.update(getattr(kind, "__slots__", ()))
    names.update(getattr(thing, "__dict__", {}))
    return sorted(name for name in names if not name.startswith("__"))


def _write(thing: object, tokens: list[str], numbers: dict[int, int]) -> None:
    kind = type(thing)
    if kind is int:
        tokens.append(str(thing))
    elif kind is bool:  # engines may differ in what they keep a truth as
        tokens.append("1" if thing else "0")
    elif thing is None or isinstance(thing, str):
        tokens.append(str(thing))
    elif isinstance(thing, float):
        tokens.append(thing.hex())
    elif isinstance(thing, list | tuple):
        _write_items(thing, tokens, numbers)
    else:
        _write_object(thing, tokens, numbers)


def _write_items(
    items: list[object] | tuple[object, ...], tokens: list[str], numbers: dict[int, int]
) -> None:
    tokens.append(f"[{len(items)}")
    if set(map(type, items)) == {int}:
        tokens.extend(map(str, items))
        return
    for item in items:
        _write(item, tokens, numbers)


def _write_object(thing: object, tokens: list[str], numbers: dict[int, int]) -> None:
    name = type(thing).__name__
    if name in _WITH_IDENTITY:
        if id(thing) in numbers:
            tokens.append(f"&{numbers[id(thing)]}")
            return
        numbers[id(thing)] = len(numbers)
    tokens.append(name)
    for attribute in attribute_names(thing):
        _write(getattr(thing, attribute), tokens, numbers)
