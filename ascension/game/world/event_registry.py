"""The table of events: per event a set-up, a condition, and per option its test and its effect.

Which options an event shows on which page is data (`content/event_options.csv`); the functions
are registered by the `events_*` modules. The event's screen is off the stack while an option's
effect runs: the event ends unless the effect calls `go_on`.
"""

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from ascension.game.ids import events as E
from ascension.game.run import Run
from ascension.game.tables import EVENT_INDEX, read_rows
from ascension.game.world.screens import EventScreen, push

OPTIONS_PER_EVENT: Final = 8

Effect = Callable[[Run, EventScreen], None]
Test = Callable[[Run, EventScreen], bool]
Condition = Callable[[Run], bool]


def _nothing(run: Run, screen: EventScreen) -> None:
    """The set-up of an event without numbers, and the effect of leaving."""


def _always(run: Run, screen: EventScreen) -> bool:
    return True


def _any_time(run: Run) -> bool:
    return True


def _menus() -> list[list[list[i64]]]:
    """By event and phase: the options in the order in which they are listed."""
    menus: list[list[list[i64]]] = []
    for _ in range(E.COUNT):
        menus.append([])
    for row in read_rows("event_options"):
        menu = menus[EVENT_INDEX[row["event"]]]
        while len(menu) <= int(row["phase"]):
            menu.append([])
        menu[int(row["phase"])].append(int(row["index"]))
    return menus


def _effects(length: int) -> list[Effect]:
    effects: list[Effect] = []
    for _ in range(length):
        effects.append(_nothing)
    return effects


def _tests() -> list[Test]:
    tests: list[Test] = []
    for _ in range(E.COUNT * OPTIONS_PER_EVENT):
        tests.append(_always)
    return tests


def _conditions() -> list[Condition]:
    conditions: list[Condition] = []
    for _ in range(E.COUNT):
        conditions.append(_any_time)
    return conditions


MENUS: Final = _menus()
SETUP: Final = _effects(E.COUNT)
CONDITION: Final = _conditions()
EFFECT: Final = _effects(E.COUNT * OPTIONS_PER_EVENT)
OPTION_TEST: Final = _tests()


def setup(event: int) -> Callable[[Effect], Effect]:
    """Decorator: the function rolls the event's numbers as the room is entered."""

    def register(function: Effect) -> Effect:
        SETUP[event] = function
        return function

    return register


def condition(*events: int) -> Callable[[Condition], Condition]:
    """Decorator: the function says whether the event may be picked now."""

    def register(function: Condition) -> Condition:
        for event in events:
            CONDITION[event] = function
        return function

    return register


def option(event: int, *options: int) -> Callable[[Effect], Effect]:
    """Decorator: the function is the effect of these options."""

    def register(function: Effect) -> Effect:
        for number in options:
            EFFECT[event * OPTIONS_PER_EVENT + number] = function
        return function

    return register


def needs(event: int, *options: int) -> Callable[[Test], Test]:
    """Decorator: the function says whether these options can be chosen."""

    def register(function: Test) -> Test:
        for number in options:
            OPTION_TEST[event * OPTIONS_PER_EVENT + number] = function
        return function

    return register


def go_on(run: Run, screen: EventScreen, phase: i64) -> None:
    """The event continues on a page after the option's effect."""
    screen.phase = phase
    push(run, screen)
