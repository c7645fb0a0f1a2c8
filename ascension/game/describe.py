"""Sentences for people: what an action does, what a screen shows."""

from typing import Final, SupportsIndex, cast

from mypy_extensions import i64

from ascension.game import actions as A
from ascension.game.combat.formulas import shown_damage
from ascension.game.combat.state import Card, Combat, Creature
from ascension.game.ids.relics import RUNIC_DOME
from ascension.game.run import (
    BOSS_RELIC,
    CARD_SELECT,
    DEATH,
    EMPTY_POTION,
    EVENT,
    MAP,
    REST,
    REWARDS,
    ROOM_NAMES,
    SHOP,
    TREASURE,
    VICTORY,
    DeckCard,
    Run,
)
from ascension.game.tables import (
    CARD_NAMES,
    EVENT_NAMES,
    MONSTER_NAMES,
    POTION_NAMES,
    RELIC_NAMES,
)
from ascension.game.world import map as world_map
from ascension.game.world.event_text import what_of
from ascension.game.world.neow_text import offer_text
from ascension.game.world.rest import rest_heal
from ascension.game.world.screens import (
    CHEST_NAMES,
    OBTAIN,
    PURPOSE_NAMES,
    SOLD,
    BossRelicScreen,
    CardSelectScreen,
    EventScreen,
    NeowScreen,
    RewardScreen,
    ShopScreen,
    TreasureScreen,
)

_KEYS: Final = ["ruby", "emerald", "sapphire"]


def card_text(card_id: i64, upgrades: i64) -> str:
    """A card's name with its upgrades: `Bash+`, `Searing Blow+3`."""
    if upgrades == 0:
        return CARD_NAMES[card_id]
    return CARD_NAMES[card_id] + ("+" if upgrades == 1 else f"+{upgrades}")


def deck_card_text(card: DeckCard) -> str:
    """A deck card's name; bottled ones are marked."""
    return card_text(card.id, card.upgrades) + (" (bottled)" if card.bottled else "")


def _words(name: str) -> str:
    return name.replace("_", " ")


# --- Actions ------------------------------------------------------------------------------------


def describe_action(run: Run, combat: Combat | None, action: i64) -> str:
    """What a legal action does."""
    verb = A.verb_of(action)
    if verb in (A.DRINK_POTION, A.DISCARD_POTION):
        does = "Drink" if verb == A.DRINK_POTION else "Discard"
        return f"{does} {POTION_NAMES[run.potions[A.first_of(action)]]}"
    if combat is not None:
        return _in_fight(combat, action)
    kind = run.screens[-1].kind
    if kind == MAP:
        return _travel(run, A.first_of(action), A.second_of(action))
    if kind == REWARDS:
        return _reward(cast(RewardScreen, run.screens[-1]), action)
    if kind == SHOP:
        return _purchase(cast(ShopScreen, run.screens[-1]), action)
    return _on_other_screen(run, kind, action)


def _on_other_screen(run: Run, kind: i64, action: i64) -> str:
    first = A.first_of(action)
    screen = run.screens[-1]
    if kind == EVENT:
        return _event_choice(run, cast(EventScreen, screen), action)
    if kind == CARD_SELECT:
        return _card_choice(run, cast(CardSelectScreen, screen), first)
    if kind == BOSS_RELIC and A.verb_of(action) == A.TAKE_BOSS_RELIC:
        return f"Take {RELIC_NAMES[cast(BossRelicScreen, screen).relics[first]]}"
    if A.verb_of(action) == A.NEOW_OPTION:
        return _neow_offer(cast(NeowScreen, screen), first)
    if A.verb_of(action) == A.REST:
        return f"Rest: heal {rest_heal(run)}"
    return _SIMPLE.get(A.verb_of(action), _words(A.VERB_NAMES[A.verb_of(action)]).capitalize())


_SIMPLE: Final = {
    A.LEAVE: "Leave",
    A.OPEN_CHEST: "Open the chest",
    A.SMITH: "Smith: upgrade a card",
    A.RECALL: "Recall: take the ruby key",
    A.LIFT: "Lift: gain 1 strength in every fight",
    A.TOKE: "Toke: remove a card",
    A.DIG: "Dig: gain a relic",
    A.END_TURN: "End the turn",
    A.CONFIRM_SELECTION: "Confirm the choice",
    A.SKIP_SELECTION: "Skip the choice",
}


def _travel(run: Run, x: i64, y: i64) -> str:
    node = world_map.node_at(run, x, y)
    room = "boss" if node is None else _words(ROOM_NAMES[node.room])
    flight = "" if world_map.is_connected(run, x) else " with wing boots"
    return f"Go to the {room} room at column {x}, row {y}{flight}"


def _reward(screen: RewardScreen, action: i64) -> str:  # noqa: PLR0911 - one line per verb
    verb = A.verb_of(action)
    first = A.first_of(action)
    if verb == A.TAKE_GOLD:
        return f"Take {screen.gold[first]} gold"
    if verb == A.TAKE_CARD:
        return f"Take {deck_card_text(screen.cards[first][A.second_of(action)])}"
    if verb == A.TAKE_RELIC:
        return f"Take {RELIC_NAMES[screen.relics[first]]}"
    if verb == A.TAKE_POTION:
        return f"Take {POTION_NAMES[screen.potions[first]]}"
    if verb == A.TAKE_KEY:
        return f"Take the {_KEYS[first]} key"
    if verb == A.SINGING_BOWL:
        return "Singing bowl: gain 2 max hp instead of a card"
    return "Leave the rest"


def _purchase(screen: ShopScreen, action: i64) -> str:
    verb = A.verb_of(action)
    slot = A.first_of(action)
    if verb == A.BUY_CARD:
        return f"Buy {deck_card_text(screen.cards[slot])} for {screen.card_prices[slot]} gold"
    if verb == A.BUY_RELIC:
        return f"Buy {RELIC_NAMES[screen.relics[slot]]} for {screen.relic_prices[slot]} gold"
    if verb == A.BUY_POTION:
        return f"Buy {POTION_NAMES[screen.potions[slot]]} for {screen.potion_prices[slot]} gold"
    if verb == A.BUY_REMOVAL:
        return f"Remove a card for {screen.removal_price} gold"
    return "Leave the shop"


def _event_choice(run: Run, screen: EventScreen, action: i64) -> str:
    if A.verb_of(action) == A.FLIP_TWO:
        return f"Turn over cards {A.first_of(action)} and {A.second_of(action)}"
    what = what_of(run, screen, A.first_of(action), POTION_NAMES)
    return f"{EVENT_NAMES[screen.event]}: {_words(what)}"


def _card_choice(run: Run, screen: CardSelectScreen, position: i64) -> str:
    if screen.purpose == OBTAIN:
        return f"Obtain {deck_card_text(screen.offer[position])}"
    card = deck_card_text(run.deck[screen.indices[position]])
    return f"Choose {card} ({_words(PURPOSE_NAMES[screen.purpose])})"


def _neow_offer(screen: NeowScreen, option: i64) -> str:
    return f"Neow: {offer_text(screen.bonuses[option], screen.drawbacks[option])}"


# --- In a fight ---------------------------------------------------------------------------------


def _monster_text(combat: Combat, position: i64) -> str:
    name = MONSTER_NAMES[combat.monsters[position].id]
    same = 0
    for monster in combat.monsters:
        same += 1 if monster.id == combat.monsters[position].id else 0
    return name if same == 1 else f"{name} ({position + 1})"


def _at(combat: Combat, target: i64) -> str:
    return "" if target == 0 else f" on {_monster_text(combat, target - 1)}"


def _in_fight(combat: Combat, action: i64) -> str:
    verb = A.verb_of(action)
    first = A.first_of(action)
    if verb == A.PLAY_CARD:
        card = combat.hand[first]
        target = _at(combat, A.second_of(action))
        return f"Play {card_text(card.id, card.upgrades)}{target}"
    if verb == A.USE_POTION:
        target = _at(combat, A.second_of(action))
        return f"Use {POTION_NAMES[combat.run.potions[first]]}{target}"
    if verb == A.SELECT and combat.selection is not None:
        shown = _shown_card(combat, first)
        return "Choose a card" if shown is None else f"Choose {card_text(shown.id, shown.upgrades)}"
    return _SIMPLE.get(verb, _words(A.VERB_NAMES[verb]).capitalize())


def _shown_card(combat: Combat, position: i64) -> Card | None:
    selection = combat.selection
    if selection is None:
        return None
    sources = [
        combat.hand,
        combat.draw_pile,
        combat.discard_pile,
        combat.exhaust_pile,
        selection.offer,
    ]
    source = sources[selection.source]
    return source[position] if position < len(source) else None


# --- Refusals -----------------------------------------------------------------------------------


def refusal(run: Run, action: object) -> str:
    """Why an action is refused."""
    if isinstance(action, bool) or not hasattr(action, "__index__"):
        return f"{action!r} is no action: choose one of legal_actions(), which are whole numbers"
    number = int(cast(SupportsIndex, action))
    verb = number & 255
    name = A.VERB_NAMES[verb] if 0 <= verb < len(A.VERB_NAMES) else "unknown"
    if run.outcome in (VICTORY, DEATH):
        return f"action {number} ({name}) comes after the end of the run: start a new one"
    return f"action {number} ({name}) is not possible now: choose one of legal_actions()"


# --- Screens ------------------------------------------------------------------------------------


def describe_screen(run: Run, combat: Combat | None) -> list[str]:
    """The situation in a few lines: the player, then what the screen shows."""
    lines = [_status(run, combat)]
    if combat is not None:
        lines.extend(_fight_lines(combat))
    else:
        lines.append(_screen_text(run))
    return lines


def _status(run: Run, combat: Combat | None) -> str:
    hp = run.hp if combat is None else combat.player.hp
    held = [POTION_NAMES[p] for p in run.potions if p != EMPTY_POTION]
    potions = ", ".join(held) if held else "no potions"
    return (
        f"Act {run.act}, floor {run.floor}. {hp}/{run.max_hp} hp, {run.gold} gold, "
        f"{len(run.deck)} cards, {potions}."
    )


def _screen_text(run: Run) -> str:  # noqa: PLR0911 - one line per screen
    screen = run.screens[-1]
    kind = screen.kind
    if kind == MAP:
        return "The map: choose the next room."
    if kind == EVENT:
        return f"Event: {EVENT_NAMES[cast(EventScreen, screen).event]}."
    if kind == TREASURE:
        return f"A {CHEST_NAMES[cast(TreasureScreen, screen).size]} chest."
    if kind == SHOP:
        return _shop_text(cast(ShopScreen, screen))
    if kind == CARD_SELECT:
        select = cast(CardSelectScreen, screen)
        return f"Choose cards: {_words(PURPOSE_NAMES[select.purpose])}."
    if kind == REST:
        return "A rest site."
    if kind == REWARDS:
        return "Rewards."
    if kind == BOSS_RELIC:
        return "The boss chest: choose a relic."
    if run.outcome == VICTORY:
        return "Victory."
    return "Defeat." if run.outcome == DEATH else "Neow offers a blessing."


def _shop_text(shop: ShopScreen) -> str:
    prices = [*shop.card_prices, *shop.relic_prices, *shop.potion_prices]
    for_sale = sum(1 for price in prices if price != SOLD)
    return f"A shop with {for_sale} things for sale."


def _fight_lines(combat: Combat) -> list[str]:
    hand = ", ".join(card_text(card.id, card.upgrades) for card in combat.hand)
    lines = [
        f"Turn {combat.turn}: {combat.energy} energy, {combat.player.block} block.",
        f"Hand: {hand if hand else 'empty'}.",
    ]
    for position, monster in enumerate(combat.monsters):
        lines.append(_monster_line(combat, monster, position))
    return lines


def _monster_line(combat: Combat, monster: Creature, position: i64) -> str:
    intent = ""
    if combat.owned[RUNIC_DOME]:
        intent = ", intent hidden"
    elif monster.base_damage >= 0:
        intent = f", attacks for {shown_damage(combat, monster)} x {monster.hits}"
    name = _monster_text(combat, position)
    return f"{name}: {monster.hp}/{monster.max_hp} hp, {monster.block} block{intent}."
