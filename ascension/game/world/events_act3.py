"""The events of act 3 (events.md 3). Set-up numbers are explained at each event."""

from mypy_extensions import i64

from ascension.game.ids import cards as C
from ascension.game.ids import encounters
from ascension.game.ids import events as E
from ascension.game.ids import relics as R
from ascension.game.rng import f32, java_shuffled
from ascension.game.run import DeckCard, Run
from ascension.game.tables import ATTACK, CARD_TYPE, POWER, RARE, SKILL
from ascension.game.world import deck, pools, relics, rewards
from ascension.game.world.event_effects import (
    add_cards,
    has_golden_idol,
    lose_hp,
    rounded_share,
    share_by_ascension,
)
from ascension.game.world.event_registry import condition, needs, option, setup
from ascension.game.world.screens import EventScreen, RewardScreen, push, start_event_fight

# --- Falling: numbers = deck positions of the skill, power and attack to lose, -1 for none ---


@setup(E.FALLING)
def _choose_what_falls(run: Run, screen: EventScreen) -> None:
    attack = _random_of_type(run, ATTACK)
    skill = _random_of_type(run, SKILL)
    screen.numbers = [skill, _random_of_type(run, POWER), attack]


def _random_of_type(run: Run, card_type: i64) -> i64:
    """A deck position; no draw without a card of the type outside bottles."""
    positions: list[i64] = []
    for position, card in enumerate(run.deck):
        if CARD_TYPE[card.id] == card_type and not card.bottled:
            positions.append(position)
    if len(positions) == 0:
        return -1
    return positions[run.misc_rng.random(len(positions) - 1)]


@needs(E.FALLING, 0)
def _skill_can_fall(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[0] >= 0


@needs(E.FALLING, 1)
def _power_can_fall(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[1] >= 0


@needs(E.FALLING, 2)
def _attack_can_fall(run: Run, screen: EventScreen) -> bool:
    return screen.numbers[2] >= 0


@option(E.FALLING, 0)
def _lose_skill(run: Run, screen: EventScreen) -> None:
    deck.remove_at(run, [screen.numbers[0]])


@option(E.FALLING, 1)
def _lose_power(run: Run, screen: EventScreen) -> None:
    deck.remove_at(run, [screen.numbers[1]])


@option(E.FALLING, 2)
def _lose_attack(run: Run, screen: EventScreen) -> None:
    deck.remove_at(run, [screen.numbers[2]])


# --- Mind Bloom ---


# UNCERTAIN(events.md 3): Mind Bloom's war gives 25 gold from ascension 13; a simulator and a wiki
#   say from 15. Settled by: win it at ascension 13 or 14.
@option(E.MIND_BLOOM, 0)
def _war(run: Run, screen: EventScreen) -> None:
    bosses: list[i64] = [encounters.THE_GUARDIAN, encounters.HEXAGHOST, encounters.SLIME_BOSS]
    boss = java_shuffled(bosses, run.misc_rng)[0]
    relic_ids: list[i64] = [pools.take(run, RARE)]
    start_event_fight(run, boss, 25 if run.ascension >= 13 else 50, relic_ids)


@option(E.MIND_BLOOM, 1)
def _awake(run: Run, screen: EventScreen) -> None:
    for position in deck.upgradable(run):
        deck.upgrade_at(run, position)
    relics.obtain(run, R.MARK_OF_THE_BLOOM)


@needs(E.MIND_BLOOM, 2)
def _may_be_rich(run: Run, screen: EventScreen) -> bool:
    return run.floor % 50 <= 40


@option(E.MIND_BLOOM, 2)
def _be_rich(run: Run, screen: EventScreen) -> None:
    relics.gain_gold(run, 999)
    add_cards(run, C.NORMALITY, 2)


@needs(E.MIND_BLOOM, 3)
def _may_be_healthy(run: Run, screen: EventScreen) -> bool:
    return run.floor % 50 > 40


@option(E.MIND_BLOOM, 3)
def _be_healthy(run: Run, screen: EventScreen) -> None:
    relics.heal(run, run.max_hp)
    deck.add_card(run, C.DOUBT)


# --- The Moai Head: numbers = max hp lost by jumping ---


@condition(E.THE_MOAI_HEAD)
def _hears_the_head(run: Run) -> bool:
    if relics.owns(run, R.GOLDEN_IDOL):
        return True
    return f32(float(run.hp) / float(run.max_hp)) <= 0.5


@setup(E.THE_MOAI_HEAD)
def _measure_jump(run: Run, screen: EventScreen) -> None:
    screen.numbers = [rounded_share(run, share_by_ascension(run, 0.125, 0.18))]


@option(E.THE_MOAI_HEAD, 0)
def _jump(run: Run, screen: EventScreen) -> None:
    relics.lose_max_hp(run, screen.numbers[0])
    relics.heal(run, run.max_hp)


needs(E.THE_MOAI_HEAD, 1)(has_golden_idol)


@option(E.THE_MOAI_HEAD, 1)
def _feed_head(run: Run, screen: EventScreen) -> None:
    relics.lose(run, R.GOLDEN_IDOL)
    relics.gain_gold(run, 333)


# --- Mysterious Sphere ---


@option(E.MYSTERIOUS_SPHERE, 0)
def _open_sphere(run: Run, screen: EventScreen) -> None:
    gold = run.misc_rng.between(45, 55)
    relic_ids: list[i64] = [pools.take_screenless(run, RARE)]
    start_event_fight(run, encounters.MYSTERIOUS_SPHERE_EVENT, gold, relic_ids)


# --- Sensory Stone ---


@setup(E.SENSORY_STONE)
def _show_memory(run: Run, screen: EventScreen) -> None:
    run.misc_rng.random_long()  # which memory is shown first: no effect


@option(E.SENSORY_STONE, 0)
def _recall_one(run: Run, screen: EventScreen) -> None:
    _recall(run, 1)


@option(E.SENSORY_STONE, 1)
def _recall_two(run: Run, screen: EventScreen) -> None:
    lose_hp(run, 5)
    _recall(run, 2)


@option(E.SENSORY_STONE, 2)
def _recall_three(run: Run, screen: EventScreen) -> None:
    lose_hp(run, 10)
    _recall(run, 3)


def _recall(run: Run, count: i64) -> None:
    screen = RewardScreen()
    offers: list[list[DeckCard]] = []
    for _ in range(count):
        offers.append(rewards.roll_colorless_cards(run))
    screen.cards = offers
    push(run, screen)


# --- Tomb of Lord Red Mask ---


@needs(E.TOMB_OF_LORD_RED_MASK, 0)
def _has_mask(run: Run, screen: EventScreen) -> bool:
    return relics.owns(run, R.RED_MASK)


@option(E.TOMB_OF_LORD_RED_MASK, 0)
def _wear_mask(run: Run, screen: EventScreen) -> None:
    relics.gain_gold(run, 222)


@needs(E.TOMB_OF_LORD_RED_MASK, 1)
def _lacks_mask(run: Run, screen: EventScreen) -> bool:
    return not relics.owns(run, R.RED_MASK)


@option(E.TOMB_OF_LORD_RED_MASK, 1)
def _offer_all_gold(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, run.gold)
    relics.obtain(run, R.RED_MASK)


# --- Winding Halls: numbers = hp lost, hp healed, max hp lost ---


@setup(E.WINDING_HALLS)
def _measure_halls(run: Run, screen: EventScreen) -> None:
    screen.numbers = [
        rounded_share(run, share_by_ascension(run, 0.125, 0.18)),
        rounded_share(run, share_by_ascension(run, 0.25, 0.2)),
        rounded_share(run, 0.05),
    ]


@option(E.WINDING_HALLS, 0)
def _embrace_madness(run: Run, screen: EventScreen) -> None:
    lose_hp(run, screen.numbers[0])
    add_cards(run, C.MADNESS, 2)


@option(E.WINDING_HALLS, 1)
def _press_on(run: Run, screen: EventScreen) -> None:
    relics.heal(run, screen.numbers[1])
    deck.add_card(run, C.WRITHE)


@option(E.WINDING_HALLS, 2)
def _retrace_steps(run: Run, screen: EventScreen) -> None:
    relics.lose_max_hp(run, screen.numbers[2])
