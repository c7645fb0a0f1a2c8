"""Relics outside fights: owning, gaining and losing them, and what they do to gold, hp and cards.

What a relic does on being obtained is registered by `pickups.py` in `ON_OBTAIN`; this module
imports no screen, so that decks, pools and screens may all ask it who owns what.
"""

import re
from collections.abc import Callable
from typing import Final

from mypy_extensions import i64

from ascension.game.ids import potions as P
from ascension.game.ids import relics as R
from ascension.game.rng import f32
from ascension.game.run import (
    DEATH,
    EMPTY_POTION,
    EVENT_ROOM,
    REST_ROOM,
    SHOP_ROOM,
    DeckCard,
    Relic,
    Run,
)
from ascension.game.tables import (
    ATTACK,
    CARD_TYPE,
    CARD_UPGRADABLE,
    CURSE,
    POWER,
    SKILL,
    read_rows,
)

USED_UP: Final[i64] = -2
ARMED: Final[i64] = -2  # ancient tea set

RelicEffect = Callable[[Run], None]


def _no_effect(run: Run) -> None:
    """Most relics do nothing at once when they come or go."""


def _no_effects() -> list[RelicEffect]:
    effects: list[RelicEffect] = []
    for _ in range(R.COUNT):
        effects.append(_no_effect)
    return effects


ON_OBTAIN: Final = _no_effects()
ON_LOSE: Final = _no_effects()


def on_obtain(*ids: int) -> Callable[[RelicEffect], RelicEffect]:
    """Decorator: the function runs right after the relic joined the run."""

    def register(function: RelicEffect) -> RelicEffect:
        for relic in ids:
            ON_OBTAIN[relic] = function
        return function

    return register


def on_lose(*ids: int) -> Callable[[RelicEffect], RelicEffect]:
    """Decorator: the function runs right after the relic left the run."""

    def register(function: RelicEffect) -> RelicEffect:
        for relic in ids:
            ON_LOSE[relic] = function
        return function

    return register


def _starting_counters() -> list[i64]:
    counters: list[i64] = []
    for row in read_rows("relics"):
        number = re.search(r"-?\d+", row["counter_start"])
        counters.append(int(number.group()) if number else 0)
    return counters


COUNTER_START: Final = _starting_counters()

# One more energy per turn for as long as they are owned.
_ENERGY_RELICS: Final[list[i64]] = [
    R.FUSION_HAMMER,
    R.VELVET_CHOKER,
    R.RUNIC_DOME,
    R.CURSED_KEY,
    R.BUSTED_CROWN,
    R.ECTOPLASM,
    R.SOZU,
    R.PHILOSOPHERS_STONE,
    R.COFFEE_DRIPPER,
    R.MARK_OF_PAIN,
]


# --- Owning ---


def owns(run: Run, relic_id: i64) -> bool:
    """Whether the run has the relic."""
    return len(run.relic_mask) > 0 and run.relic_mask[relic_id]


def find(run: Run, relic_id: i64) -> Relic | None:
    """The owned relic of this id."""
    if not owns(run, relic_id):
        return None
    for relic in run.relics:
        if relic.id == relic_id:
            return relic
    return None


# UNSEEDED(relics.md 8): a relic that would be given a second time becomes a circlet. Settled by:
#   nothing: the real game never offers these twice.
def given_relic(run: Run, relic_id: i64) -> i64:
    """The relic that a gift turns into: an owned one becomes a circlet (relics.md 8)."""
    return R.CIRCLET if owns(run, relic_id) else relic_id


def obtain(run: Run, relic_id: i64) -> None:
    """Gain a relic with all that happens at once; an owned one becomes (another) circlet."""
    relic = given_relic(run, relic_id)
    if relic == R.CIRCLET and owns(run, R.CIRCLET):
        _count_circlet(run)
        return
    place = _replaced_place(run, relic)
    if place < 0:
        run.relics.append(Relic(relic, COUNTER_START[relic]))
    else:
        _mark(run, run.relics[place].id, False)
        run.relics[place] = Relic(relic, COUNTER_START[relic])
    _mark(run, relic, True)
    _change_turn_resources(run, relic, 1)
    ON_OBTAIN[relic](run)


def lose(run: Run, relic_id: i64) -> None:
    """Lose an owned relic; energy and hand size go, slots and max hp stay (relics.md 8)."""
    kept: list[Relic] = []
    for relic in run.relics:
        if relic.id != relic_id:
            kept.append(relic)
    if len(kept) == len(run.relics):
        return
    run.relics = kept
    _mark(run, relic_id, False)
    _change_turn_resources(run, relic_id, -1)
    ON_LOSE[relic_id](run)


def replace_golden_idol(run: Run) -> None:
    """Forgotten altar: the bloody idol takes the golden idol's place in the list."""
    if owns(run, R.BLOODY_IDOL):
        obtain(run, R.CIRCLET)
        return
    place = _place_of(run, R.GOLDEN_IDOL)
    run.relics[place] = Relic(R.BLOODY_IDOL, COUNTER_START[R.BLOODY_IDOL])
    _mark(run, R.GOLDEN_IDOL, False)
    _mark(run, R.BLOODY_IDOL, True)


def recorded_counter(relic: Relic) -> i64:
    """The counter as recorded games show it: uses left, 0 for relics that count nothing."""
    if relic.id in (R.MAW_BANK, R.LIZARD_TAIL):
        return 0 if relic.counter == USED_UP else 1
    if relic.id in _COUNTERS_RECORDED:
        return relic.counter if relic.counter > 0 else 0
    if relic.id == R.ANCIENT_TEA_SET:
        return relic.counter
    return 0


_COUNTERS_RECORDED: Final[list[i64]] = [
    R.HAPPY_FLOWER,
    R.INCENSE_BURNER,
    R.INK_BOTTLE,
    R.NUNCHAKU,
    R.PEN_NIB,
    R.SUNDIAL,
    R.TINY_CHEST,
    R.GIRYA,
    R.OMAMORI,
    R.MATRYOSHKA,
    R.WING_BOOTS,
    R.NEOWS_LAMENT,
    R.NLOTHS_HUNGRY_FACE,
    R.CIRCLET,
]


def _mark(run: Run, relic_id: i64, owned: bool) -> None:
    # A new list: clones of the run share the old one.
    mask: list[bool] = run.relic_mask[:]
    while len(mask) < R.COUNT:
        mask.append(False)
    mask[relic_id] = owned
    run.relic_mask = mask


def _count_circlet(run: Run) -> None:
    circlet = find(run, R.CIRCLET)
    if circlet is not None:
        circlet.counter += 1


def _place_of(run: Run, relic_id: i64) -> i64:
    for place, relic in enumerate(run.relics):
        if relic.id == relic_id:
            return place
    return -1


def _replaced_place(run: Run, relic_id: i64) -> i64:
    """Black blood takes the place of burning blood; every other relic is appended."""
    return _place_of(run, R.BURNING_BLOOD) if relic_id == R.BLACK_BLOOD else -1


def _change_turn_resources(run: Run, relic_id: i64, sign: i64) -> None:
    if relic_id in _ENERGY_RELICS:
        run.energy_per_turn += sign
    elif relic_id == R.SNECKO_EYE:
        run.hand_size += 2 * sign


# --- Gold ---


def gain_gold(run: Run, n: i64) -> None:
    """Gain gold: ectoplasm refuses it, bloody idol heals 5 for it."""
    if n <= 0 or owns(run, R.ECTOPLASM):
        return
    run.gold += n
    if owns(run, R.BLOODY_IDOL):
        heal(run, 5)


def lose_gold(run: Run, n: i64) -> None:
    """Lose gold, never below 0, outside a shop."""
    run.gold = run.gold - n if run.gold > n else 0


def spend_gold_in_shop(run: Run, n: i64) -> None:
    """Pay for goods or a removal: maw bank stops paying for good."""
    lose_gold(run, n)
    bank = find(run, R.MAW_BANK)
    if bank is not None and n > 0:
        bank.counter = USED_UP


def gold_reward(run: Run, n: i64) -> i64:
    """The amount of a gold reward item: golden idol adds a quarter, rounded half up."""
    if owns(run, R.GOLDEN_IDOL):
        return n + (n + 2) // 4
    return n


# --- Hp ---


def heal(run: Run, n: i64) -> None:
    """Heal up to max hp; mark of the bloom prevents it."""
    if n <= 0 or owns(run, R.MARK_OF_THE_BLOOM):
        return
    run.hp = run.hp + n if run.hp + n < run.max_hp else run.max_hp


def gain_max_hp(run: Run, n: i64) -> None:
    """Raise max hp and heal the same amount."""
    run.max_hp += n
    heal(run, n)


def lose_max_hp(run: Run, n: i64) -> None:
    """Lower max hp, never below 1; hp follows."""
    run.max_hp = run.max_hp - n if run.max_hp - n > 1 else 1
    run.hp = run.hp if run.hp < run.max_hp else run.max_hp


def damage(run: Run, n: i64, hp_loss: bool = False, owner_is_player: bool = False) -> None:
    """Damage outside a fight; fairy and lizard tail may save, otherwise the run is lost.

    Torii needs an owner and does not look at hp loss; tungsten rod lessens every kind.
    """
    # UNCERTAIN(relics.csv torii): damage of events has no owner, so Torii does not lessen it.
    #   Settled by: an event that hits for 5 or less, with Torii.
    if owner_is_player and not hp_loss and 1 < n <= 5 and owns(run, R.TORII):
        n = 1
    if n > 0 and owns(run, R.TUNGSTEN_ROD):
        n -= 1
    if n <= 0:
        return
    run.hp = run.hp - n if run.hp > n else 0
    if run.hp == 0 and not _is_saved(run):
        run.outcome = DEATH


def _is_saved(run: Run) -> bool:
    """Fairy in a bottle first, then lizard tail; mark of the bloom disables both."""
    if owns(run, R.MARK_OF_THE_BLOOM):
        return False
    for slot, potion in enumerate(run.potions):
        if potion == P.FAIRY_IN_A_BOTTLE:
            run.potions[slot] = EMPTY_POTION
            percent = f32(0.6) if owns(run, R.SACRED_BARK) else f32(0.3)
            _revive(run, i64(int(f32(float(run.max_hp) * percent))))
            return True
    tail = find(run, R.LIZARD_TAIL)
    if tail is None or tail.counter == USED_UP:
        return False
    tail.counter = USED_UP
    _revive(run, run.max_hp // 2)
    return True


def _revive(run: Run, n: i64) -> None:
    heal(run, n if n > 1 else 1)


# --- Rooms ---


def enter_room(run: Run) -> None:
    """Relics at a room change, by the room as drawn on the map, before a "?" is resolved."""
    for relic in run.relics:
        if relic.id == R.MAW_BANK:
            if relic.counter != USED_UP:
                gain_gold(run, 12)
        elif relic.id == R.SSSERPENT_HEAD:
            if run.drawn_room == EVENT_ROOM:
                gain_gold(run, 50)
        elif run.drawn_room == REST_ROOM:
            _enter_rest_site(run, relic)


def _enter_rest_site(run: Run, relic: Relic) -> None:
    if relic.id == R.ETERNAL_FEATHER:
        heal(run, len(run.deck) // 5 * 3)
    elif relic.id == R.ANCIENT_TEA_SET:
        relic.counter = ARMED


def just_entered(run: Run) -> None:
    """Relics once the real room is known."""
    if run.room == SHOP_ROOM and owns(run, R.MEAL_TICKET):
        heal(run, 15)


# --- Cards ---


def blocks_card(run: Run, card_id: i64) -> bool:
    """Whether omamori turns away a card about to be obtained; uses a charge if so."""
    omamori = find(run, R.OMAMORI)
    if omamori is None or omamori.counter <= 0 or CARD_TYPE[card_id] != CURSE:
        return False
    omamori.counter -= 1
    return True


def egg_upgrades(run: Run, card_id: i64, upgrades: i64) -> i64:
    """Upgrades of a card offered or obtained: the egg of its type upgrades it once."""
    if upgrades > 0 or CARD_UPGRADABLE[card_id] == 0:
        return upgrades
    kind = CARD_TYPE[card_id]
    if kind == ATTACK:
        return 1 if owns(run, R.MOLTEN_EGG) else 0
    if kind == SKILL:
        return 1 if owns(run, R.TOXIC_EGG) else 0
    return 1 if kind == POWER and owns(run, R.FROZEN_EGG) else 0


def card_obtained(run: Run, card: DeckCard) -> None:
    """Relics after a card entered the deck (eggs have already acted)."""
    for relic in run.relics:
        if relic.id == R.CERAMIC_FISH:
            gain_gold(run, 9)
        elif relic.id == R.DARKSTONE_PERIAPT and CARD_TYPE[card.id] == CURSE:
            gain_max_hp(run, 6)


def potion_used(run: Run) -> None:
    """Relics after a potion was drunk outside a fight."""
    if owns(run, R.TOY_ORNITHOPTER):
        heal(run, 5)


# --- Chests ---


def use_matryoshka(run: Run) -> bool:
    """Whether matryoshka adds a relic to the chest being opened; uses a charge if so."""
    doll = find(run, R.MATRYOSHKA)
    if doll is None or doll.counter <= 0:
        return False
    doll.counter -= 1
    if doll.counter == 0:
        doll.counter = USED_UP
    return True


def use_hungry_face(run: Run) -> bool:
    """Whether n'loth's hungry face eats the first relic of the chest; uses its charge if so."""
    face = find(run, R.NLOTHS_HUNGRY_FACE)
    if face is None or face.counter <= 0:
        return False
    face.counter = USED_UP
    return True
