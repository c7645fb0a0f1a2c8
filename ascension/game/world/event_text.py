"""Events in words: the names of options, and an event's numbers as recorded games show them."""

from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from ascension.game.ids import events as E
from ascension.game.run import Run
from ascension.game.tables import (
    CARD_IDS,
    ENCOUNTER_IDS,
    EVENT_INDEX,
    RELIC_IDS,
    read_rows,
)
from ascension.game.world.event_effects import floor_share
from ascension.game.world.screens import EventScreen

Fields = dict[str, object]

_FINDS: Final = ["gold", "nothing", "relic"]
_CARD_STATES: Final = ["hidden", "seen", "taken"]


def _option_names() -> dict[tuple[int, int, int], str]:
    names: dict[tuple[int, int, int], str] = {}
    for row in read_rows("event_options"):
        key = (EVENT_INDEX[row["event"]], int(row["phase"]), int(row["index"]))
        names[key] = row["what"]
    return names


_OPTION_NAMES: Final = _option_names()


def what_of(run: Run, screen: EventScreen, option: i64, potion_names: list[str]) -> str:
    """The name of an option, with the relic, potion, gold or card that it is about."""
    name = _OPTION_NAMES[(int(screen.event), int(screen.phase), int(option))]
    if "{" not in name:
        return name
    number = screen.numbers[option]
    if screen.event == E.NLOTH:
        return name.format(relic=RELIC_IDS[number])
    if option == 0:
        return name.format(potion=potion_names[run.potions[number]])
    if option == 1:
        return name.format(gold=int(number))
    return name.format(card=CARD_IDS[run.deck[number].id])


# --- Recorded numbers ---

# Events whose numbers are recorded one by one.
_NUMBER_NAMES: Final[dict[int, list[str]]] = {
    E.GOLDEN_IDOL: ["smash_damage", "hide_max_hp_loss"],
    E.WORLD_OF_GOOP: ["leave_gold_loss"],
    E.SCRAP_OOZE: ["phase"],
    E.SHINING_LIGHT: ["damage"],
    E.FORGOTTEN_ALTAR: ["hp_loss"],
    E.COUNCIL_OF_GHOSTS: ["max_hp_loss"],
    E.VAMPIRES: ["max_hp_loss"],
    E.THE_LIBRARY: ["heal"],
    E.FALLING: ["skill_deck_index", "power_deck_index", "attack_deck_index"],
    E.THE_MOAI_HEAD: ["max_hp_loss"],
    E.WINDING_HALLS: ["hp_loss", "heal", "max_hp_loss"],
    E.FACE_TRADER: ["hp_loss"],
    E.KNOWING_SKULL: ["gold_hp_cost", "card_hp_cost", "potion_hp_cost"],
}


def recorded_state(run: Run, screen: EventScreen) -> Fields:
    """`screen_state` of a recorded event line."""
    event = int(screen.event)
    if event in _STATE_WRITERS:
        return _STATE_WRITERS[event](run, screen)
    fields: Fields = {}
    for position, name in enumerate(_NUMBER_NAMES.get(event, [])):
        fields[name] = int(screen.numbers[position])
    return fields


def _big_fish(run: Run, screen: EventScreen) -> Fields:
    return {"heal": int(run.max_hp // 3)}


def _cleric(run: Run, screen: EventScreen) -> Fields:
    return {"heal": int(floor_share(run, 0.25))}


def _phase(run: Run, screen: EventScreen) -> Fields:
    return {"phase": int(screen.phase)}


def _adventurer(run: Run, screen: EventScreen) -> Fields:
    return {
        "searches_done": int(screen.numbers[0]),
        "hidden_rewards": [_FINDS[find] for find in screen.numbers[2:]],
        "hidden_encounter": ENCOUNTER_IDS[screen.numbers[1]],
    }


def _designer(run: Run, screen: EventScreen) -> Fields:
    return {
        "adjust_is_single_upgrade": bool(screen.numbers[0] == 1),
        "clean_up_is_removal": bool(screen.numbers[1] == 1),
    }


def _board(run: Run, screen: EventScreen) -> Fields:
    cards: list[Fields] = []
    for position, card in enumerate(screen.cards):
        state = _CARD_STATES[screen.numbers[1 + position]]
        upgrades = int(card.upgrades)
        cards.append({"id": CARD_IDS[card.id], "upgrades": upgrades, "state": state})
    return {"cards": cards, "attempts_left": int(screen.numbers[0])}


_STATE_WRITERS: Final[dict[int, Callable[[Run, EventScreen], Fields]]] = {
    E.BIG_FISH: _big_fish,
    E.THE_CLERIC: _cleric,
    E.COLOSSEUM: _phase,
    E.CURSED_TOME: _phase,
    E.DEAD_ADVENTURER: _adventurer,
    E.DESIGNER_IN_SPIRE: _designer,
    E.MATCH_AND_KEEP: _board,
}
