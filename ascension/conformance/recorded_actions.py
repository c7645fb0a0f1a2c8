"""Decisions in the form of the recorded games, and back to the game's own actions."""

from collections.abc import Callable
from typing import Final

from ascension.conformance import names
from ascension.conformance.recorded_run import Fields, card
from ascension.game import actions, tables
from ascension.game.actions import first_of, make, second_of, verb_of
from ascension.game.combat.state import FROM_OFFER, Combat
from ascension.game.run import ROOM_NAMES, DeckCard, MapNode, Run
from ascension.game.world import event, neow
from ascension.game.world.screens import (
    BossRelicScreen,
    CardSelectScreen,
    EventScreen,
    NeowScreen,
    RewardScreen,
    ShopScreen,
)

KEY_NAMES: Final = ["ruby", "emerald", "sapphire"]


class UntranslatableAction(ValueError):
    """A recorded decision that the game does not offer."""


def _neow(run: Run, first: int, second: int) -> Fields:
    screen = run.screens[-1]
    assert isinstance(screen, NeowScreen)
    return {
        "index": first,
        "bonus": neow.BONUS_NAMES[screen.bonuses[first]],
        "drawback": neow.DRAWBACK_NAMES[screen.drawbacks[first]],
    }


def _node_at(run: Run, x: int, y: int) -> MapNode | None:
    if y >= len(run.map_rows):
        return None
    return next((node for node in run.map_rows[y] if node.x == x), None)


def _go(run: Run, first: int, second: int) -> Fields:
    node = _node_at(run, first, second)
    fields: Fields = {
        "x": first,
        "y": second,
        "room": ROOM_NAMES[node.room] if node is not None else "boss",
    }
    here = _node_at(run, run.x, run.y) if run.y >= 0 else None
    if here is not None and node is not None and first not in here.to:
        fields["flight"] = True
    return fields


def _event_option(run: Run, first: int, second: int) -> Fields:
    screen = run.screens[-1]
    assert isinstance(screen, EventScreen)
    return {"index": first, "what": event.what_of(run, screen, first, names.POTIONS)}


def _rewards(run: Run) -> RewardScreen:
    screen = run.screens[-1]
    assert isinstance(screen, RewardScreen)
    return screen


def _shop(run: Run) -> ShopScreen:
    screen = run.screens[-1]
    assert isinstance(screen, ShopScreen)
    return screen


def _take_card(run: Run, first: int, second: int) -> Fields:
    offered = _rewards(run).cards[first][second]
    return {"reward": first, "index": second} | card(offered)


def _buy_card(run: Run, first: int, second: int) -> Fields:
    shop = _shop(run)
    name = tables.CARD_IDS[shop.cards[first].id]
    return {"index": first, "id": name, "price": int(shop.card_prices[first])}


def _buy_relic(run: Run, first: int, second: int) -> Fields:
    shop = _shop(run)
    name = tables.RELIC_IDS[shop.relics[first]]
    return {"index": first, "id": name, "price": int(shop.relic_prices[first])}


def _buy_potion(run: Run, first: int, second: int) -> Fields:
    shop = _shop(run)
    name = names.potion(shop.potions[first])
    return {"index": first, "id": name, "price": int(shop.potion_prices[first])}


def _boss_relic(run: Run, first: int, second: int) -> Fields:
    screen = run.screens[-1]
    assert isinstance(screen, BossRelicScreen)
    return {"index": first, "id": tables.RELIC_IDS[screen.relics[first]]}


def _select_card(run: Run, first: int, second: int) -> Fields:
    screen = run.screens[-1]
    assert isinstance(screen, CardSelectScreen)
    if screen.offer:
        return {"index": first} | _plain(screen.offer[first])
    position = int(screen.indices[first])
    return {"index": first} | _plain(run.deck[position]) | {"deck_index": position}


def _plain(shown: DeckCard) -> Fields:
    return {"id": tables.CARD_IDS[shown.id], "upgrades": int(shown.upgrades)}


def _slot(run: Run, first: int, second: int) -> Fields:
    return {"slot": first, "id": names.potion(run.potions[first])}


def _nothing(run: Run, first: int, second: int) -> Fields:
    return {}


_Describe = Callable[[Run, int, int], Fields]
_OUT_OF_COMBAT: Final[dict[int, tuple[str, _Describe]]] = {
    actions.NEOW_OPTION: ("neow", _neow),
    actions.GO: ("go", _go),
    actions.EVENT_OPTION: ("event_option", _event_option),
    actions.FLIP_TWO: ("flip_two", lambda run, a, b: {"first": a, "second": b}),
    actions.TAKE_GOLD: (
        "take_gold",
        lambda run, a, b: {"index": a, "amount": int(_rewards(run).gold[a])},
    ),
    actions.TAKE_CARD: ("take_card", _take_card),
    actions.TAKE_RELIC: (
        "take_relic",
        lambda run, a, b: {"index": a, "id": tables.RELIC_IDS[_rewards(run).relics[a]]},
    ),
    actions.TAKE_POTION: (
        "take_potion",
        lambda run, a, b: {"index": a, "id": names.potion(_rewards(run).potions[a])},
    ),
    actions.TAKE_KEY: ("take_key", lambda run, a, b: {"key": KEY_NAMES[a]}),
    actions.SINGING_BOWL: ("singing_bowl", lambda run, a, b: {"reward": a}),
    actions.LEAVE: ("leave", _nothing),
    actions.BUY_CARD: ("buy_card", _buy_card),
    actions.BUY_RELIC: ("buy_relic", _buy_relic),
    actions.BUY_POTION: ("buy_potion", _buy_potion),
    actions.BUY_REMOVAL: (
        "buy_removal",
        lambda run, a, b: {"price": int(_shop(run).removal_price)},
    ),
    actions.OPEN_CHEST: ("open_chest", _nothing),
    actions.REST: ("rest", _nothing),
    actions.SMITH: ("smith", _nothing),
    actions.RECALL: ("recall", _nothing),
    actions.LIFT: ("lift", _nothing),
    actions.TOKE: ("toke", _nothing),
    actions.DIG: ("dig", _nothing),
    actions.TAKE_BOSS_RELIC: ("take_boss_relic", _boss_relic),
    actions.SELECT_CARD: ("select_card", _select_card),
    actions.DRINK_POTION: ("drink_potion", _slot),
    actions.DISCARD_POTION: ("discard_potion", _slot),
}


def recorded_option(run: Run, action: int) -> Fields:
    """One legal action out of a fight as an entry of `options`."""
    name, describe = _OUT_OF_COMBAT[int(verb_of(action))]
    return {"do": name} | describe(run, int(first_of(action)), int(second_of(action)))


def recorded_options(run: Run, legal: list[int]) -> list[Fields]:
    """All legal actions out of a fight as the recordings list them."""
    return [recorded_option(run, action) for action in legal]


def _target(c: Combat, action: Fields) -> int:
    """The target's place in the list of monsters + 1, 0 without one."""
    if "target" not in action:
        return 0
    for position, monster in enumerate(c.monsters):
        if monster.slot == action["target"] and monster.state == 0:
            return position + 1
    raise UntranslatableAction(f"no living monster in slot {action['target']}")


def _number(action: Fields, name: str) -> int:
    value = action[name]
    assert isinstance(value, int)
    return value


def _select(c: Combat, action: Fields) -> int:
    shown = c.selection
    if shown is None:
        raise UntranslatableAction("no card choice is open")
    index = _number(action, "index")
    if shown.source == FROM_OFFER and index >= len(shown.offer):
        return int(make(actions.SKIP_SELECTION))
    return int(make(actions.SELECT, index))


def combat_actions(c: Combat, action: Fields) -> list[int]:
    """A recorded decision in a fight as our actions; several for a choice of many cards.

    Raises UntranslatableAction for a decision that the fight does not offer.
    """
    verb = action["do"]
    if verb == "play_card":
        return [int(make(actions.PLAY_CARD, _number(action, "hand_index"), _target(c, action)))]
    if verb == "use_potion":
        return [int(make(actions.USE_POTION, _number(action, "slot"), _target(c, action)))]
    if verb == "discard_potion":
        return [int(make(actions.DISCARD_POTION, _number(action, "slot")))]
    if verb == "end_turn":
        return [int(make(actions.END_TURN))]
    if verb == "select_card":
        return [_select(c, action)]
    if verb == "select_cards":
        indices = action["indices"]
        assert isinstance(indices, list)
        return [int(make(actions.SELECT, n)) for n in indices] + [
            int(make(actions.CONFIRM_SELECTION))
        ]
    raise UntranslatableAction(f"unknown decision {verb!r}")


