"""The teacher out of fights: the way, rest sites, shops, events, Neow, boss relics, rewards."""

import csv
from pathlib import Path
from typing import Final

from ascension.agents.heuristic_deck import (
    bottle_worth,
    card_worth,
    copy_worth,
    is_frontload,
    removal_worth,
    take_limit,
    take_worth,
    upgrade_worth,
)
from ascension.environment.encode_columns import (
    EVENT_FACT,
    EVENT_FACT_POSITION,
    EVENT_SLOTS,
    FACT_CARD,
    FACT_GOLD,
    FACT_HEAL,
    FACT_HP,
    FACT_MAX_HP,
    FACT_POTION,
    FACT_RELIC,
    FACT_TRIES,
)
from ascension.game import actions as A
from ascension.game.actions import first_of, second_of, verb_of
from ascension.game.ids import potions as potion_ids
from ascension.game.ids import relics as R
from ascension.game.run import (
    BOSS_ROOM,
    ELITE_ROOM,
    EVENT_ROOM,
    MONSTER_ROOM,
    REST_ROOM,
    SHOP_ROOM,
    DeckCard,
    MapNode,
    Run,
)
from ascension.game.tables import CARD_TYPE, CURSE, EVENT_INDEX, RELIC_INDEX, RELIC_TIERS
from ascension.game.world import neow as N
from ascension.game.world.map import destinations, node_at
from ascension.game.world.screens import (
    BONFIRE_SPIRITS,
    BOTTLE,
    DUPLICATE,
    OBTAIN,
    REMOVE,
    TRANSFORM,
    TRANSFORM_UPGRADE,
    UPGRADE,
    BossRelicScreen,
    CardSelectScreen,
    EventScreen,
    NeowScreen,
    RewardScreen,
    ShopScreen,
    top,
)

_DATA: Final = Path(__file__).parent.parent / "data"
GOLD_WORTH: Final = 0.06  # of one gold, on the scale of hp
NEVER: Final = -100.0


def health(run: Run) -> float:
    """Hp as a share of max hp."""
    return int(run.hp) / max(1, int(run.max_hp))


# --- The way ----------------------------------------------------------------------------------

_FAR_DISCOUNT: Final = 0.95
_STRONG_ENOUGH: Final = 2  # good attacks before act 1's elites are sought


def room_worth(run: Run, node: MapNode, steps: int) -> float:
    """Worth of visiting a room so many steps from here."""
    fit = health(run)
    if node.room == ELITE_ROOM:
        return _elite_worth(run, fit, steps)
    if node.room == SHOP_ROOM:
        gold = int(run.gold) + 12 * steps
        return 2.2 if gold >= 200 else 1.2 if gold >= 120 else 0.0
    if node.room == MONSTER_ROOM and run.act == 1 and node.y < 4:
        return 1.8
    plain = {
        MONSTER_ROOM: 0.7 if fit > 0.5 else -1.0,
        REST_ROOM: 1.6 if fit > 0.7 else 2.6,
        EVENT_ROOM: 1.2,
    }
    return plain.get(node.room, 0.0)


def _elite_worth(run: Run, fit: float, steps: int) -> float:
    if steps > 2:
        fit = max(fit, 0.7)  # there is time to rest
    if run.act == 1:
        is_strong = sum(map(is_frontload, run.deck)) >= _STRONG_ENOUGH
        return 2.0 if fit > 0.65 and is_strong else -2.5
    return 0.5 if fit > 0.75 else -3.0


def path_worth(run: Run, node: MapNode, steps: int, known: dict[tuple[int, int], float]) -> float:
    """Worth of the best way that starts with this node."""
    place = (node.x, node.y)
    if place not in known:
        ways = [node_at(run, x, node.y + 1) for x in node.to]
        onward = [path_worth(run, way, steps + 1, known) for way in ways if way is not None]
        later = _FAR_DISCOUNT * max(onward, default=0.0)
        known[place] = room_worth(run, node, steps) + later
    return known[place]


def map_score(run: Run, action: int) -> float:
    """Worth of a step on the map, or of drinking a potion first."""
    if verb_of(action) == A.DRINK_POTION:
        return _drink_score(run, run.potions[first_of(action)])
    for node in destinations(run):
        if node.x == first_of(action):
            if node.room == BOSS_ROOM:
                return 0.0
            return path_worth(run, node, 0, {})
    return NEVER


def _drink_score(run: Run, potion: int) -> float:
    if potion == potion_ids.BLOOD_POTION:
        return 1000.0 if health(run) < 0.35 else NEVER
    held = sum(1 for other in run.potions if other >= 0)
    return 1000.0 if held == 1 else NEVER


# --- Rest -------------------------------------------------------------------------------------


def rest_score(run: Run, action: int) -> float:
    """Heal when it is needed, otherwise improve the deck."""
    verb = verb_of(action)
    if verb == A.REST:
        before_boss = run.y >= 13
        limit = 0.72 if before_boss else 0.55
        return 10.0 if health(run) < limit else 1.0
    return {A.SMITH: 5.0, A.DIG: 5.5, A.TOKE: 4.0, A.LIFT: 4.5, A.RECALL: 0.5}.get(verb, 0.0)


# --- Shop -------------------------------------------------------------------------------------

_RELIC_WORTH: Final = {"common": 9.0, "uncommon": 12.0, "rare": 14.0, "shop": 7.0}
_GOOD_POTIONS: Final = (
    potion_ids.FAIRY_IN_A_BOTTLE,
    potion_ids.FIRE_POTION,
    potion_ids.STRENGTH_POTION,
    potion_ids.BLOOD_POTION,
    potion_ids.ESSENCE_OF_STEEL,
    potion_ids.CULTIST_POTION,
    potion_ids.HEART_OF_IRON,
)


def shop_score(run: Run, action: int) -> float:
    """Worth of a purchase less what its gold could buy elsewhere; leaving is 0."""
    shop = top(run)
    assert isinstance(shop, ShopScreen)
    verb = verb_of(action)
    place = first_of(action)
    if verb == A.BUY_CARD:
        card = shop.cards[place]
        worth = 2.2 * (take_worth(run, card) - take_limit(run) - 1.0)
        return worth - GOLD_WORTH * int(shop.card_prices[place])
    if verb == A.BUY_RELIC:
        worth = relic_worth(shop.relics[place])
        return worth - GOLD_WORTH * int(shop.relic_prices[place])
    if verb == A.BUY_POTION:
        worth = 5.0 if shop.potions[place] in _GOOD_POTIONS else 3.0
        return worth - GOLD_WORTH * int(shop.potion_prices[place])
    if verb == A.BUY_REMOVAL:
        best = max(removal_worth(run, card) for card in run.deck)
        return min(12.0, 1.0 + best) - GOLD_WORTH * int(shop.removal_price)
    return 0.0


def relic_worth(relic: int) -> float:
    """Worth of a relic, by its tier."""
    return _RELIC_WORTH.get(RELIC_TIERS[relic], 5.0)


# --- Events -----------------------------------------------------------------------------------


def _read_events() -> dict[int, tuple[float, float, float, float, float]]:
    """By `event * EVENT_SLOTS + option`: base, hp cost, heal share, gold, health it needs."""
    worth = {}
    with (_DATA / "event_worth.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            place = EVENT_INDEX[row["event"]] * EVENT_SLOTS + int(row["option"])
            worth[place] = (
                float(row["base"]),
                float(row["hp_cost"]),
                float(row["heal_share"]),
                float(row["gold"]),
                float(row["health"]),
            )
    return worth


_EVENT_WORTH: Final = _read_events()
_NOTHING: Final = (0.0, 0.0, 0.0, 0.0, 0.0)


def event_score(run: Run, action: int) -> float:
    """Worth of an option of an event, from the table and from what its text says."""
    screen = top(run)
    assert isinstance(screen, EventScreen)
    place = screen.event * EVENT_SLOTS + first_of(action)
    base, hp_cost, heal_share, gold, needed = _EVENT_WORTH.get(place, _NOTHING)
    missing = int(run.max_hp - run.hp)
    score = base - _hp_price(run, hp_cost) + GOLD_WORTH * gold
    score += 0.7 * min(missing, heal_share * int(run.max_hp))
    if health(run) < needed:
        score -= 20.0
    if EVENT_FACT[place]:
        score += _fact_score(
            run, int(EVENT_FACT[place]), int(screen.numbers[EVENT_FACT_POSITION[place]])
        )
    return score


def _hp_price(run: Run, hp: float) -> float:
    if hp >= int(run.hp):
        return 100.0
    return hp * (0.6 if health(run) > 0.6 else 1.0)


def _fact_score(run: Run, fact: int, value: int) -> float:
    missing = int(run.max_hp - run.hp)
    if fact == FACT_CARD:
        card = run.deck[value]
        return 4.0 - card_worth(card.id, card.upgrades)
    return {
        FACT_RELIC: -8.0,
        FACT_POTION: -4.0,
        FACT_GOLD: -GOLD_WORTH * value,
        FACT_HP: -_hp_price(run, value),
        FACT_HEAL: 0.7 * min(missing, value),
        FACT_MAX_HP: -1.3 * value,
        FACT_TRIES: -2.0 * value,
    }[fact]


# --- Neow and relics --------------------------------------------------------------------------

_BONUS_WORTH: Final = {
    N.THREE_CARDS: 5.0,
    N.ONE_RANDOM_RARE_CARD: 5.5,
    N.REMOVE_CARD: 5.0,
    N.UPGRADE_CARD: 5.0,
    N.TRANSFORM_CARD: 5.0,
    N.RANDOM_COLORLESS: 4.0,
    N.THREE_SMALL_POTIONS: 4.5,
    N.RANDOM_COMMON_RELIC: 7.5,
    N.TEN_PERCENT_HP_BONUS: 5.5,
    N.THREE_ENEMY_KILL: 7.0,
    N.HUNDRED_GOLD: 5.5,
    N.RANDOM_COLORLESS_2: 6.0,
    N.REMOVE_TWO: 9.0,
    N.ONE_RARE_RELIC: 11.0,
    N.THREE_RARE_CARDS: 11.0,
    N.TWO_FIFTY_GOLD: 10.0,
    N.TRANSFORM_TWO_CARDS: 9.0,
    N.TWENTY_PERCENT_HP_BONUS: 9.0,
    N.BOSS_RELIC_SWAP: 6.0,
}
_DRAWBACK_COST: Final = {
    N.NO_DRAWBACK: 0.0,
    N.TEN_PERCENT_HP_LOSS: 3.5,
    N.NO_GOLD: 4.0,
    N.CURSE_DRAWBACK: 6.0,
    N.PERCENT_DAMAGE: 5.0,
    N.LOSE_STARTER_RELIC: 0.0,
}


def neow_score(run: Run, action: int) -> float:
    """Worth of one of Neow's offers."""
    screen = top(run)
    assert isinstance(screen, NeowScreen)
    option = first_of(action)
    return _BONUS_WORTH[screen.bonuses[option]] - _DRAWBACK_COST[screen.drawbacks[option]]


def _read_boss_relics() -> dict[int, float]:
    with (_DATA / "boss_relics.csv").open(newline="", encoding="utf-8") as file:
        return {RELIC_INDEX[row["relic"]]: float(row["worth"]) for row in csv.DictReader(file)}


_BOSS_RELICS: Final = _read_boss_relics()


def boss_relic_score(run: Run, action: int) -> float:
    """Worth of a boss relic; none is 0."""
    screen = top(run)
    assert isinstance(screen, BossRelicScreen)
    if verb_of(action) != A.TAKE_BOSS_RELIC:
        return 0.0
    return _BOSS_RELICS.get(screen.relics[first_of(action)], 3.0)


# --- Rewards and lists of cards ---------------------------------------------------------------


def reward_score(run: Run, action: int) -> float:
    """Worth of what a reward screen offers; leaving is 0."""
    screen = top(run)
    assert isinstance(screen, RewardScreen)
    verb = verb_of(action)
    if verb == A.TAKE_CARD:
        card = screen.cards[first_of(action)][second_of(action)]
        return take_worth(run, card) - take_limit(run)
    if verb == A.SINGING_BOWL:
        return 0.7
    if verb == A.DISCARD_POTION:
        return _swap_score(run, run.potions[first_of(action)], screen.potions)
    if verb in (A.TAKE_POTION, A.TAKE_RELIC):
        return 1.0
    return 0.5 if verb == A.TAKE_KEY else 0.0


def _swap_score(run: Run, held: int, offered: list[int]) -> float:
    if held in _GOOD_POTIONS:
        return NEVER
    return 0.1 if any(potion in _GOOD_POTIONS for potion in offered) else NEVER


def select_score(run: Run, action: int) -> float:
    """Worth of choosing a card for what the list is for."""
    screen = top(run)
    assert isinstance(screen, CardSelectScreen)
    if screen.purpose == OBTAIN:
        return take_worth(run, screen.offer[first_of(action)])
    card = run.deck[screen.indices[first_of(action)]]
    return _PURPOSES[screen.purpose](run, card)


def _bonfire_worth(run: Run, card: DeckCard) -> float:
    """Curses give a bad relic but are gone; a bad uncommon card heals fully."""
    return removal_worth(run, card) - (6.0 if CARD_TYPE[card.id] == CURSE else 0.0)


_PURPOSES: Final = {
    REMOVE: removal_worth,
    UPGRADE: upgrade_worth,
    TRANSFORM: removal_worth,
    TRANSFORM_UPGRADE: removal_worth,
    DUPLICATE: copy_worth,
    BOTTLE: bottle_worth,
    BONFIRE_SPIRITS: _bonfire_worth,
}


def chest_score(run: Run, action: int) -> float:
    """With the cursed key a chest costs a curse: omamori or not, a relic is worth it early."""
    if verb_of(action) != A.OPEN_CHEST:
        return 0.0
    return 1.0 if run.relic_mask[R.OMAMORI] or run.act < 3 else -1.0
