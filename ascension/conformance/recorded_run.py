"""A run between fights in the form of the recorded games' `header` and `overworld` lines."""

from collections.abc import Sequence

from ascension.conformance import names
from ascension.game import tables
from ascension.game.recorded_relics import counter_as_recorded
from ascension.game.run import BOSS_RELIC as BOSS_RELIC_SCREEN
from ascension.game.run import (
    CARD_SELECT,
    EVENT,
    NO_EVENT,
    REWARDS,
    ROOM_NAMES,
    SCREEN_NAMES,
    SHOP,
    TREASURE,
    DeckCard,
    MapNode,
    Run,
    Screen,
)
from ascension.game.world import event
from ascension.game.world.screens import (
    CHEST_NAMES,
    NEOW_STREAM,
    PURPOSE_NAMES,
    TRANSFORM,
    BossRelicScreen,
    CardSelectScreen,
    EventScreen,
    RewardScreen,
    ShopScreen,
    TreasureScreen,
)

BURNING_BUFFS = ("strength", "max_hp", "metallicize", "regen")
Fields = dict[str, object]


def card(card: DeckCard) -> Fields:
    """A deck card or an offered card."""
    fields: Fields = {"id": tables.CARD_IDS[card.id], "upgrades": int(card.upgrades)}
    if card.misc != 0:
        fields["misc"] = int(card.misc)
    return fields


def relics(run: Run) -> list[Fields]:
    """The relics in order of acquisition, with the counters as recorded."""
    return [
        {"id": tables.RELIC_IDS[relic.id], "counter": int(counter_as_recorded(run, relic))}
        for relic in run.relics
    ]


def potions(run: Run) -> list[str]:
    """One entry per potion slot."""
    return [names.potion(slot) for slot in run.potions]


def _node(node: MapNode) -> Fields:
    return {"x": int(node.x), "room": ROOM_NAMES[node.room], "to": [int(x) for x in node.to]}


def act_map(run: Run) -> Fields:
    """The act's map; the burning elite's buff is the next draw of the map stream."""
    fields: Fields = {"rows": [[_node(node) for node in row] for row in run.map_rows]}
    if run.burning_x >= 0:
        buff = run.map_rng.clone().random(3)
        fields["burning_elite"] = {
            "x": int(run.burning_x),
            "y": int(run.burning_y),
            "buff": BURNING_BUFFS[buff],
        }
    return fields


def act_lists(run: Run) -> Fields:
    """The hidden lists of the act."""
    fields: Fields = {
        "monsters": [tables.ENCOUNTER_IDS[n] for n in run.monster_list],
        "elites": [tables.ENCOUNTER_IDS[n] for n in run.elite_list],
        "boss": tables.ENCOUNTER_IDS[run.boss],
        "events": [names.EVENTS[n] for n in run.event_list],
        "shrines": [names.EVENTS[n] for n in run.shrine_list],
        "one_time_events": [names.EVENTS[n] for n in run.one_time_events],
    }
    if run.second_boss >= 0:
        fields["second_boss"] = tables.ENCOUNTER_IDS[run.second_boss]
    return fields


def relic_pools(run: Run) -> Fields:
    """The hidden relic pools, in order."""
    pools: dict[str, Sequence[int]] = {
        "common": run.common_relics,
        "uncommon": run.uncommon_relics,
        "rare": run.rare_relics,
        "shop": run.shop_relics,
        "boss": run.boss_relics,
    }
    return {tier: [tables.RELIC_IDS[n] for n in pool] for tier, pool in pools.items()}


def header(run: Run) -> Fields:
    """What the header says about act 1."""
    return {
        "boss": tables.ENCOUNTER_IDS[run.boss],
        "map": act_map(run),
        "act_lists": act_lists(run),
        "relic_pools": relic_pools(run),
    }


def _hidden(run: Run) -> Fields:
    return {
        "card_rarity_factor": int(run.card_rarity_offset),
        "potion_chance_mod": int(run.potion_chance_offset),
        "event_monster_chance": round(float(run.event_monster_chance), 4),
        "event_shop_chance": round(float(run.event_shop_chance), 4),
        "event_treasure_chance": round(float(run.event_treasure_chance), 4),
        "removals_bought": int(run.removals_bought),
    }


def _counters(run: Run) -> Fields:
    return {
        "neow": int(run.neow_rng.counter),
        "monster": int(run.monster_rng.counter),
        "event": int(run.event_rng.counter),
        "merchant": int(run.merchant_rng.counter),
        "card": int(run.card_rng.counter),
        "treasure": int(run.treasure_rng.counter),
        "relic": int(run.relic_rng.counter),
        "potion": int(run.potion_rng.counter),
        "misc": int(run.misc_rng.counter),
        "shuffle": int(run.shuffle_rng.counter),
        "card_random": int(run.card_random_rng.counter),
        "unseeded": int(run.courier_rng.counter),
    }


def _rewards(run: Run, screen: RewardScreen) -> Fields:
    fields: Fields = {
        "gold": [int(amount) for amount in screen.gold],
        "cards": [[card(offered) for offered in offer] for offer in screen.cards],
        "relics": [tables.RELIC_IDS[n] for n in screen.relics],
        "potions": [names.potion(n) for n in screen.potions],
    }
    if screen.emerald_key:
        fields["emerald_key"] = True
    if screen.sapphire_key:
        fields["sapphire_key"] = True
    return fields


def _shop(run: Run, screen: ShopScreen) -> Fields:
    return {
        "cards": [
            card(shown) | {"price": int(price)}
            for shown, price in zip(screen.cards, screen.card_prices, strict=True)
        ],
        "relics": [
            {"id": tables.RELIC_IDS[shown], "price": int(price)}
            for shown, price in zip(screen.relics, screen.relic_prices, strict=True)
        ],
        "potions": [
            {"id": names.potion(shown), "price": int(price)}
            for shown, price in zip(screen.potions, screen.potion_prices, strict=True)
        ],
        "removal_price": int(screen.removal_price),
    }


def _card_select(run: Run, screen: CardSelectScreen) -> Fields:
    fields: Fields = {
        "purpose": PURPOSE_NAMES[screen.purpose],
        "pick": int(screen.pick),
        "picked": len(screen.chosen),
    }
    if screen.purpose == TRANSFORM:
        fields["transform_stream"] = "neow" if screen.stream == NEOW_STREAM else "misc"
    return fields


def _treasure(run: Run, screen: TreasureScreen) -> Fields:
    return {
        "chest": CHEST_NAMES[screen.size],
        "relic_tier": tables.RARITY_NAMES[screen.tier],
        "has_gold": bool(screen.has_gold),
    }


def screen_state(run: Run, screen: Screen) -> Fields:  # noqa: PLR0911 - one per screen
    """What the screen shows, hidden numbers of events and chests included."""
    if screen.kind == REWARDS and isinstance(screen, RewardScreen):
        return _rewards(run, screen)
    if screen.kind == SHOP and isinstance(screen, ShopScreen):
        return _shop(run, screen)
    if screen.kind == CARD_SELECT and isinstance(screen, CardSelectScreen):
        return _card_select(run, screen)
    if screen.kind == TREASURE and isinstance(screen, TreasureScreen):
        return _treasure(run, screen)
    if screen.kind == BOSS_RELIC_SCREEN and isinstance(screen, BossRelicScreen):
        return {"relics": [tables.RELIC_IDS[n] for n in screen.relics]}
    if screen.kind == EVENT and isinstance(screen, EventScreen):
        return event.recorded_state(run, screen)
    return {}


def _bottled(run: Run) -> list[int]:
    positions = [-1, -1, -1]
    for position, owned in enumerate(run.deck):
        if owned.bottled:
            positions[tables.CARD_TYPE[owned.id]] = position
    return positions


def overworld(run: Run) -> Fields:
    """Every field of an overworld line but its options, the map and the lists of a new act."""
    screen = run.screens[-1]
    bottled = _bottled(run)
    fields: Fields = {
        "act": int(run.act),
        "floor": int(run.floor),
        "screen": SCREEN_NAMES[screen.kind],
        "room": ROOM_NAMES[run.room],
        "x": int(run.x),
        "y": int(run.y),
        "hp": int(run.hp),
        "max_hp": int(run.max_hp),
        "gold": int(run.gold),
        "keys": {
            "ruby": bool(run.ruby_key),
            "emerald": bool(run.emerald_key),
            "sapphire": bool(run.sapphire_key),
        },
        "potions": potions(run),
        "relics": relics(run),
        "deck": [card(owned) for owned in run.deck],
        "screen_state": screen_state(run, screen),
        "hidden": _hidden(run),
        "rng": _counters(run),
    }
    if any(position >= 0 for position in bottled):
        fields["bottled"] = bottled
    if run.event != NO_EVENT:
        fields["event"] = names.EVENTS[run.event]
    return fields
