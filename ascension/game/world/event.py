"""Events: which one a room holds, what its page offers, what an option does.

The events themselves are in the `events_*` modules, which register in `event_registry.py`.
"""

from typing import Final

from mypy_extensions import i64

from ascension.game.actions import EVENT_OPTION, FLIP_TWO, first_of, make, second_of, verb_of
from ascension.game.ids import events as E
from ascension.game.rng import f32
from ascension.game.run import Run
from ascension.game.world import (
    events_act1,
    events_act2,
    events_act3,
    events_once,
    events_shrines,
    events_trades,
    pickups,
)
from ascension.game.world.event_registry import (
    CONDITION,
    EFFECT,
    MENUS,
    OPTION_TEST,
    OPTIONS_PER_EVENT,
    SETUP,
)
from ascension.game.world.event_text import recorded_state, what_of
from ascension.game.world.screens import EventScreen, close, push

__all__ = [
    "apply",
    "begin",
    "enter_event",
    "legal",
    "locks_potions",
    "pick_event",
    "recorded_state",
    "what_of",
]

# Imported for what they register.
REGISTERED: Final = (
    events_act1,
    events_act2,
    events_act3,
    events_once,
    events_shrines,
    events_trades,
    pickups,
)

NO_EVENT: Final = -1
SHRINE_CHANCE: Final = 0.25


# --- Which event (encounters.md 3) ---


def pick_event(run: Run) -> i64:
    """Choose the room's event with a copy of event_rng and take it off its list."""
    rng = run.event_rng.clone()
    events: list[i64] = []
    for event in run.event_list:
        if CONDITION[event](run):
            events.append(event)
    wants_shrine = rng.next_float() < f32(SHRINE_CHANCE)
    has_shrines = len(run.shrine_list) + len(run.one_time_events) > 0
    if not wants_shrine and len(events) == 0:
        wants_shrine = True
    elif wants_shrine and not has_shrines:
        wants_shrine = False
    choices = _shrines(run) if wants_shrine else events
    if len(choices) == 0:
        choices = events
    if len(choices) == 0:
        return NO_EVENT
    event = choices[rng.random(len(choices) - 1)]
    _take_off_lists(run, event)
    return event


def _shrines(run: Run) -> list[i64]:
    """The act's shrines, then the one-time events whose condition holds."""
    choices = run.shrine_list[:]
    for event in run.one_time_events:
        if CONDITION[event](run):
            choices.append(event)
    return choices


def _without(events: list[i64], event: i64) -> list[i64]:
    return [other for other in events if other != event]


def _take_off_lists(run: Run, event: i64) -> None:
    if event in run.event_list:
        run.event_list = _without(run.event_list, event)
    elif event in run.shrine_list:
        run.shrine_list = _without(run.shrine_list, event)
    else:
        run.one_time_events = _without(run.one_time_events, event)


# --- Playing it ---


def enter_event(run: Run) -> None:
    """Pick the event of the room just entered and show it."""
    event = pick_event(run)
    if event != NO_EVENT:
        begin(run, event)


def begin(run: Run, event: i64) -> None:
    """Show an event; one without any decision of its own leaves only what its set-up opened."""
    run.event = event
    screen = EventScreen(event)
    SETUP[event](run, screen)
    if len(legal(run, screen)) > 0:
        push(run, screen)


def legal(run: Run, screen: EventScreen) -> list[i64]:
    """The options that can be chosen, in the order in which they are listed."""
    if screen.event == E.MATCH_AND_KEEP:
        return events_shrines.flips(screen)
    out: list[i64] = []
    menu = MENUS[screen.event]
    if screen.phase >= len(menu):
        return out
    for number in menu[screen.phase]:
        if OPTION_TEST[OPTIONS_PER_EVENT * screen.event + number](run, screen):
            out.append(make(EVENT_OPTION, number))
    return out


def apply(run: Run, screen: EventScreen, action: i64) -> None:
    """Do what an option says; the event ends unless the option goes on."""
    close(run, screen)
    if verb_of(action) == FLIP_TWO:
        events_shrines.flip_two(run, screen, first_of(action), second_of(action))
    else:
        EFFECT[OPTIONS_PER_EVENT * screen.event + first_of(action)](run, screen)


def locks_potions(screen: EventScreen) -> bool:
    """Whether potions can neither be drunk nor discarded during the event."""
    return screen.event == E.WE_MEET_AGAIN
