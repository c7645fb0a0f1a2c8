"""Rewards: rolled card offers, what a fight leaves behind, and taking items (rewards.md 1-3)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.actions import (
    EMERALD_KEY,
    LEAVE,
    SAPPHIRE_KEY,
    SINGING_BOWL,
    TAKE_CARD,
    TAKE_GOLD,
    TAKE_KEY,
    TAKE_POTION,
    TAKE_RELIC,
    make,
)
from ascension.game.ids import relics as R
from ascension.game.rng import f32, round_half_up
from ascension.game.run import (
    BOSS_ROOM,
    ELITE_ROOM,
    MONSTER_ROOM,
    REST_ROOM,
    SHOP_ROOM,
    TREASURE_ROOM,
    DeckCard,
    Run,
)
from ascension.game.tables import (
    CARD_RARITY,
    CARD_UPGRADABLE,
    COMMON,
    RARE,
    UNCOMMON,
)
from ascension.game.world import deck, pools, potions, relics
from ascension.game.world.screens import CombatScreen, RewardScreen, close, push

START_OFFSET: Final = 5  # of the rarity roll; also after every rare card
LOWEST_OFFSET: Final = -40
POTION_CHANCE: Final = 40  # percent
POTION_STEP: Final = 10
MANY_ITEMS: Final = 4  # with so many rewards no potion drops
BOWL_MAX_HP: Final = 2

# Chance of an upgraded card, by act: below ascension 12 and from there on.
_UPGRADE_CHANCE: Final[list[float]] = [0.0, 0.0, 0.25, 0.5, 0.5]
_UPGRADE_CHANCE_12: Final[list[float]] = [0.0, 0.0, 0.125, 0.25, 0.25]


# --- Card offers ------------------------------------------------------------------------------


def _rare_width(run: Run) -> i64:
    if run.room == SHOP_ROOM:
        return 9
    if run.room == REST_ROOM:
        return 3
    width: i64 = 10 if run.room == ELITE_ROOM else 3
    return 3 * width if relics.owns(run, R.NLOTHS_GIFT) else width


def _uncommon_width(run: Run) -> i64:
    return 40 if run.room == ELITE_ROOM else 37


def rarity_of_roll(roll: i64, rare: i64, uncommon: i64) -> i64:
    """The rarity of a roll that already holds the offset."""
    if roll < rare:
        return RARE
    return UNCOMMON if roll < rare + uncommon else COMMON


def _roll_rarity(run: Run) -> i64:
    """The rarity of a reward card by the room the player stands in; moves the offset."""
    roll = run.card_rng.random(99) + run.card_rarity_offset
    rarity = rarity_of_roll(roll, _rare_width(run), _uncommon_width(run))
    if run.room == BOSS_ROOM:
        rarity = RARE
    if rarity == RARE:
        run.card_rarity_offset = START_OFFSET
    elif rarity == COMMON and run.card_rarity_offset > LOWEST_OFFSET:
        run.card_rarity_offset -= 1
    return rarity


def reward_size(run: Run) -> i64:
    """Cards per reward."""
    size: i64 = 3
    if relics.owns(run, R.QUESTION_CARD):
        size += 1
    if relics.owns(run, R.BUSTED_CROWN):
        size -= 2
    return size


def _draw_identity(run: Run, rarity: i64) -> i64:
    if relics.owns(run, R.PRISMATIC_SHARD):
        run.card_rng.random_long()
        pool = pools.ANY_COLOR[rarity]
    else:
        pool = pools.RED[rarity]
    return pool[run.card_rng.random(len(pool) - 1)]


def _is_upgraded(run: Run, card: i64) -> bool:
    """Roll the upgrade of a reward card; rare ones are not rolled."""
    if CARD_RARITY[card] == RARE:
        return False
    chances = _UPGRADE_CHANCE_12 if run.ascension >= 12 else _UPGRADE_CHANCE
    return run.card_rng.chance(chances[run.act]) and CARD_UPGRADABLE[card] != 0


def roll_cards(run: Run) -> list[DeckCard]:
    """One card reward: rarities and identities, then the upgrades (rewards.md 2)."""
    ids: list[i64] = []
    for _ in range(reward_size(run)):
        rarity = _roll_rarity(run)
        card = _draw_identity(run, rarity)
        while card in ids:
            card = _draw_identity(run, rarity)
        ids.append(card)
    offer: list[DeckCard] = []
    for card in ids:
        upgrades: i64 = 1 if _is_upgraded(run, card) else 0
        offer.append(DeckCard(card, relics.egg_upgrades(run, card, upgrades)))
    return offer


def roll_colorless_cards(run: Run) -> list[DeckCard]:
    """One colourless card reward (sensory stone)."""
    ids: list[i64] = []
    for _ in range(reward_size(run)):
        rarity = RARE if run.card_rng.chance(0.3) else UNCOMMON
        if rarity == RARE:
            run.card_rarity_offset = START_OFFSET
        pool = pools.COLORLESS[rarity]
        card = pool[run.card_rng.random(len(pool) - 1)]
        while card in ids:
            card = pool[run.card_rng.random(len(pool) - 1)]
        ids.append(card)
    return [DeckCard(card, relics.egg_upgrades(run, card, 0)) for card in ids]


# --- Opening a reward screen ------------------------------------------------------------------


def has_card_row(run: Run) -> bool:
    """Whether opening a reward screen rolls a card reward here (relics.md 5)."""
    return run.room not in (TREASURE_ROOM, REST_ROOM)


def open_rewards(run: Run, screen: RewardScreen, keep_cards: bool = True) -> None:
    """Show a reward screen; the card row that comes with it is rolled even if it is hidden."""
    if has_card_row(run):
        offer = roll_cards(run)
        if keep_cards:
            screen.cards.append(offer)
    push(run, screen)


# --- After a fight ----------------------------------------------------------------------------


def _gold_of_room(run: Run, all_fled: bool) -> i64:
    """The gold of the room's own reward, drawn even if nobody can take it."""
    if run.room == BOSS_ROOM:
        gold = 100 + run.misc_rng.between(-5, 5)
        return round_half_up(f32(float(gold) * 0.75)) if run.ascension >= 13 else gold
    if run.room == ELITE_ROOM:
        return run.treasure_rng.between(25, 35)
    if run.room == MONSTER_ROOM and not all_fled:
        return run.treasure_rng.between(10, 20)
    return 0


def _add_elite_drops(run: Run, screen: RewardScreen) -> None:
    screen.relics.append(pools.take(run, pools.roll_elite_tier(run)))
    if relics.owns(run, R.BLACK_STAR):
        screen.relics.append(pools.take_without_campfire(run, pools.roll_elite_tier(run)))
    if run.burning_fight and not run.emerald_key:
        screen.emerald_key = True


def _potion_chance(run: Run, screen: RewardScreen, all_fled: bool) -> i64:
    items = len(screen.gold) + len(screen.relics) + (1 if screen.emerald_key else 0)
    if items >= MANY_ITEMS:
        return 0
    if relics.owns(run, R.WHITE_BEAST_STATUE):
        return 100
    if all_fled and run.room in (MONSTER_ROOM, BOSS_ROOM):
        return 0
    return POTION_CHANCE + run.potion_chance_offset


def _add_potion_drop(run: Run, screen: RewardScreen, all_fled: bool) -> None:
    chance = _potion_chance(run, screen, all_fled)
    if run.potion_rng.random(99) < chance:
        run.potion_chance_offset -= POTION_STEP
        screen.potions.append(potions.potion_by_rarity(run))
    else:
        run.potion_chance_offset += POTION_STEP


def _is_last_boss(run: Run) -> bool:
    return run.room == BOSS_ROOM and (run.act >= 3 or run.act >= run.final_act)


def after_fight(
    run: Run, fight: CombatScreen, stolen: i64, all_fled: bool, smoked: bool
) -> RewardScreen | None:
    """What a won (or smoked) fight leaves: its screen, None where nothing is offered.

    Draws are made in the order of rewards.md 1, also those whose results are thrown away.
    """
    screen = RewardScreen()
    if stolen > 0:
        screen.gold.append(stolen)
    gold = fight.gold if run.event_fight else _gold_of_room(run, all_fled)
    if gold > 0:
        screen.gold.append(relics.gold_reward(run, gold))
    if _is_last_boss(run):
        return None
    if run.event_fight:
        screen.relics.extend(fight.relics)
    elif run.room == ELITE_ROOM:
        _add_elite_drops(run, screen)
    _add_potion_drop(run, screen, all_fled)
    # UNCERTAIN(potions.md smoke bomb): after a smoke bomb gold, elite relic and potion are rolled
    #   and thrown away, cards are not; in the colosseum's first fight the event goes on to its
    #   second page. Settled by: flee from an elite: the next relic of its tier and the next potion
    #   drop.
    if smoked or not fight.shows_rewards:
        return None
    screen.cards.append(roll_cards(run))
    if relics.owns(run, R.PRAYER_WHEEL) and run.room == MONSTER_ROOM:
        screen.cards.append(roll_cards(run))
    return screen


# --- Taking -----------------------------------------------------------------------------------


def legal(run: Run, screen: RewardScreen) -> list[i64]:
    """Everything that can be taken, then leaving."""
    out: list[i64] = []
    for position in range(len(screen.gold)):
        out.append(make(TAKE_GOLD, position))
    bowl = relics.owns(run, R.SINGING_BOWL)
    for reward, offer in enumerate(screen.cards):
        for position in range(len(offer)):
            out.append(make(TAKE_CARD, reward, position))
        if bowl:
            out.append(make(SINGING_BOWL, reward))
    for position in range(len(screen.relics)):
        out.append(make(TAKE_RELIC, position))
    if screen.emerald_key:
        out.append(make(TAKE_KEY, EMERALD_KEY))
    if screen.sapphire_key:
        out.append(make(TAKE_KEY, SAPPHIRE_KEY))
    if relics.owns(run, R.SOZU) or potions.free_slot(run) != potions.NO_SLOT:
        for position in range(len(screen.potions)):
            out.append(make(TAKE_POTION, position))
    out.append(make(LEAVE))
    return out


def apply(run: Run, screen: RewardScreen, verb: i64, first: i64, second: i64) -> None:
    """Take an item or leave the rest."""
    if verb == TAKE_GOLD:
        relics.gain_gold(run, screen.gold.pop(first))
    elif verb == TAKE_CARD:
        card = screen.cards.pop(first)[second]
        deck.add_card(run, card.id, card.upgrades, card.misc)
    elif verb == SINGING_BOWL:
        del screen.cards[first]
        relics.gain_max_hp(run, BOWL_MAX_HP)
    elif verb == TAKE_RELIC:
        _take_relic(run, screen, first)
    elif verb == TAKE_POTION:
        potions.obtain_potion(run, screen.potions.pop(first))
    elif verb == TAKE_KEY:
        _take_key(run, screen, first)
    else:
        close(run, screen)


def _take_relic(run: Run, screen: RewardScreen, position: i64) -> None:
    if screen.sapphire_key and position == len(screen.relics) - 1:
        screen.sapphire_key = False
    relics.obtain(run, screen.relics.pop(position))


def _take_key(run: Run, screen: RewardScreen, key: i64) -> None:
    if key == EMERALD_KEY:
        screen.emerald_key = False
        run.emerald_key = True
    else:
        screen.sapphire_key = False
        screen.relics.pop()
        run.sapphire_key = True
