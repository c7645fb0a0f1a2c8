"""Neow: four offers, each a bonus with or without a drawback, and their payouts (neow.md)."""

from typing import Final

from mypy_extensions import i64

from ascension.game.actions import NEOW_OPTION, make
from ascension.game.ids import relics as R
from ascension.game.rng import Rng, f32
from ascension.game.run import DeckCard, Run
from ascension.game.tables import COMMON, RARE, UNCOMMON
from ascension.game.world import deck, pools, potions, relics
from ascension.game.world.rewards import open_rewards
from ascension.game.world.screens import (
    NEOW_STREAM,
    REMOVE,
    TRANSFORM,
    UPGRADE,
    NeowScreen,
    RewardScreen,
    close,
    push,
)
from ascension.game.world.select import open_deck_select

THREE_CARDS: Final = 0
ONE_RANDOM_RARE_CARD: Final = 1
REMOVE_CARD: Final = 2
UPGRADE_CARD: Final = 3
TRANSFORM_CARD: Final = 4
RANDOM_COLORLESS: Final = 5
THREE_SMALL_POTIONS: Final = 6
RANDOM_COMMON_RELIC: Final = 7
TEN_PERCENT_HP_BONUS: Final = 8
THREE_ENEMY_KILL: Final = 9
HUNDRED_GOLD: Final = 10
RANDOM_COLORLESS_2: Final = 11
REMOVE_TWO: Final = 12
ONE_RARE_RELIC: Final = 13
THREE_RARE_CARDS: Final = 14
TWO_FIFTY_GOLD: Final = 15
TRANSFORM_TWO_CARDS: Final = 16
TWENTY_PERCENT_HP_BONUS: Final = 17
BOSS_RELIC_SWAP: Final = 18
BONUS_NAMES: Final = [
    "three_cards",
    "one_random_rare_card",
    "remove_card",
    "upgrade_card",
    "transform_card",
    "random_colorless",
    "three_small_potions",
    "random_common_relic",
    "ten_percent_hp_bonus",
    "three_enemy_kill",
    "hundred_gold",
    "random_colorless_2",
    "remove_two",
    "one_rare_relic",
    "three_rare_cards",
    "two_fifty_gold",
    "transform_two_cards",
    "twenty_percent_hp_bonus",
    "boss_relic",
]

NO_DRAWBACK: Final = 0
TEN_PERCENT_HP_LOSS: Final = 1
NO_GOLD: Final = 2
CURSE_DRAWBACK: Final = 3
PERCENT_DAMAGE: Final = 4
LOSE_STARTER_RELIC: Final = 5
DRAWBACK_NAMES: Final = [
    "none",
    "ten_percent_hp_loss",
    "no_gold",
    "curse",
    "percent_damage",
    "lose_starter_relic",
]

_OFFER_SIZE: Final = 3
_UNCOMMON_CHANCE: Final = 0.33


# --- The offers -------------------------------------------------------------------------------


def build_offers(run: Run) -> NeowScreen:
    """Roll the four offers: five draws of a fresh neow_rng."""
    rng = run.neow_rng
    first = THREE_CARDS + rng.random(5)
    second = THREE_SMALL_POTIONS + rng.random(4)
    drawback = TEN_PERCENT_HP_LOSS + rng.random(3)
    choices = _third_bonuses(drawback)
    third = choices[rng.random(len(choices) - 1)]
    rng.random(0)
    bonuses: list[i64] = [first, second, third, BOSS_RELIC_SWAP]
    drawbacks: list[i64] = [NO_DRAWBACK, NO_DRAWBACK, drawback, LOSE_STARTER_RELIC]
    return NeowScreen(bonuses, drawbacks)


def _third_bonuses(drawback: i64) -> list[i64]:
    """The bonuses that may come with a drawback, in the order of the draw."""
    excluded: i64 = -1
    if drawback == CURSE_DRAWBACK:
        excluded = REMOVE_TWO
    elif drawback == NO_GOLD:
        excluded = TWO_FIFTY_GOLD
    elif drawback == TEN_PERCENT_HP_LOSS:
        excluded = TWENTY_PERCENT_HP_BONUS
    out: list[i64] = []
    for bonus in range(RANDOM_COLORLESS_2, BOSS_RELIC_SWAP):
        if bonus != excluded:
            out.append(bonus)
    return out


def legal(screen: NeowScreen) -> list[i64]:
    """One action per offer."""
    out: list[i64] = []
    for option in range(len(screen.bonuses)):
        out.append(make(NEOW_OPTION, option))
    return out


def choose(run: Run, screen: NeowScreen, option: i64) -> None:
    """Take an offer: first the drawback, then the bonus, then the card of the curse drawback."""
    close(run, screen)
    drawback = screen.drawbacks[option]
    hp_bonus = i64(int(f32(float(run.max_hp) * f32(0.1))))
    _suffer(run, drawback, hp_bonus)
    _grant(run, screen.bonuses[option], hp_bonus)
    if drawback == CURSE_DRAWBACK:
        deck.add_card(run, pools.random_curse(run))


def _suffer(run: Run, drawback: i64, hp_bonus: i64) -> None:
    if drawback == TEN_PERCENT_HP_LOSS:
        relics.lose_max_hp(run, hp_bonus)
    elif drawback == NO_GOLD:
        run.gold = 0
    elif drawback == PERCENT_DAMAGE:
        relics.damage(run, run.hp // 10 * 3)
    elif drawback == LOSE_STARTER_RELIC and len(run.relics) > 0:
        relics.lose(run, run.relics[0].id)


# --- The bonuses ------------------------------------------------------------------------------


def _grant(run: Run, bonus: i64, hp_bonus: i64) -> None:
    if bonus in (THREE_CARDS, THREE_RARE_CARDS):
        _offer(run, _red_cards(run, bonus == THREE_RARE_CARDS))
    elif bonus in (RANDOM_COLORLESS, RANDOM_COLORLESS_2):
        _offer(run, _colorless_cards(run, RARE if bonus == RANDOM_COLORLESS_2 else UNCOMMON))
    elif bonus == THREE_SMALL_POTIONS:
        _offer_potions(run)
    else:
        _grant_at_once(run, bonus, hp_bonus)


def _grant_at_once(run: Run, bonus: i64, hp_bonus: i64) -> None:
    if bonus == ONE_RANDOM_RARE_CARD:
        pool = pools.RED[RARE]
        deck.add_card(run, pool[run.neow_rng.random(len(pool) - 1)])
    elif bonus in (REMOVE_CARD, REMOVE_TWO):
        open_deck_select(run, REMOVE, 2 if bonus == REMOVE_TWO else 1)
    elif bonus == UPGRADE_CARD:
        open_deck_select(run, UPGRADE)
    elif bonus in (TRANSFORM_CARD, TRANSFORM_TWO_CARDS):
        open_deck_select(run, TRANSFORM, 2 if bonus == TRANSFORM_TWO_CARDS else 1, NEOW_STREAM)
    elif bonus == TEN_PERCENT_HP_BONUS:
        relics.gain_max_hp(run, hp_bonus)
    elif bonus == TWENTY_PERCENT_HP_BONUS:
        relics.gain_max_hp(run, 2 * hp_bonus)
    elif bonus == HUNDRED_GOLD:
        relics.gain_gold(run, 100)
    elif bonus == TWO_FIFTY_GOLD:
        relics.gain_gold(run, 250)
    else:
        relics.obtain(run, _relic(run, bonus))


def _relic(run: Run, bonus: i64) -> i64:
    if bonus == RANDOM_COMMON_RELIC:
        return pools.take(run, COMMON)
    if bonus == ONE_RARE_RELIC:
        return pools.take(run, RARE)
    return R.NEOWS_LAMENT if bonus == THREE_ENEMY_KILL else pools.take(run, pools.BOSS_TIER)


def _distinct(pool: list[i64], taken: list[i64], rng: Rng) -> i64:
    card = pool[rng.random(len(pool) - 1)]
    while card in taken:
        card = pool[rng.random(len(pool) - 1)]
    return card


def _red_cards(run: Run, rare: bool) -> list[i64]:
    ids: list[i64] = []
    for _ in range(_OFFER_SIZE):
        rarity = UNCOMMON if run.neow_rng.chance(_UNCOMMON_CHANCE) else COMMON
        pool = pools.RED[RARE if rare else rarity]
        ids.append(_distinct(pool, ids, run.neow_rng))
    return ids


def _colorless_cards(run: Run, rarity: i64) -> list[i64]:
    ids: list[i64] = []
    for _ in range(_OFFER_SIZE):
        run.neow_rng.chance(_UNCOMMON_CHANCE)  # rolled without effect
        ids.append(_distinct(pools.COLORLESS[rarity], ids, run.card_rng))
    return ids


def _offer(run: Run, ids: list[i64]) -> None:
    """Offer cards to choose one from; eggs act only when one is taken."""
    screen = RewardScreen()
    screen.cards = [[DeckCard(card) for card in ids]]
    push(run, screen)


def _offer_potions(run: Run) -> None:
    screen = RewardScreen()
    for _ in range(3):
        screen.potions.append(potions.flat_potion(run.potion_rng))
    open_rewards(run, screen, keep_cards=False)
