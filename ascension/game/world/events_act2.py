"""The events of act 2 (events.md 3). Set-up numbers are explained at each event."""

from mypy_extensions import i64

from ascension.game.ids import cards as C
from ascension.game.ids import encounters
from ascension.game.ids import events as E
from ascension.game.ids import relics as R
from ascension.game.run import DeckCard, Run
from ascension.game.tables import CARD_DAMAGE, CARD_IS_STARTER, RARE, UNCOMMON
from ascension.game.world import deck, pools, relics, rewards
from ascension.game.world.event_effects import (
    add_cards,
    by_ascension,
    ceil_share,
    gain_random_relic,
    gain_relic_and_curse,
    has_golden_idol,
    hit,
    lose_hp,
    remove_one,
    rounded_share,
    share_by_ascension,
    show_rewards,
    transform_two,
)
from ascension.game.world.event_registry import condition, go_on, needs, option, setup
from ascension.game.world.screens import TRANSFORM, EventScreen, start_event_fight
from ascension.game.world.select import candidates, open_offer

# --- Pleading Vagrant ---


@needs(E.PLEADING_VAGRANT, 0)
def _can_pay_vagrant(run: Run, screen: EventScreen) -> bool:
    return run.gold >= 85


@option(E.PLEADING_VAGRANT, 0)
def _pay_vagrant(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, 85)
    gain_random_relic(run)


@option(E.PLEADING_VAGRANT, 1)
def _rob_vagrant(run: Run, screen: EventScreen) -> None:
    gain_relic_and_curse(run, C.SHAME)


# --- Ancient Writing ---

option(E.ANCIENT_WRITING, 0)(remove_one)


@option(E.ANCIENT_WRITING, 1)
def _simplicity(run: Run, screen: EventScreen) -> None:
    for position in deck.upgradable(run):
        if CARD_IS_STARTER[run.deck[position].id] != 0:
            deck.upgrade_at(run, position)


# --- Old Beggar ---


@condition(E.OLD_BEGGAR)
def _can_pay_beggar(run: Run) -> bool:
    return run.gold >= 75


@needs(E.OLD_BEGGAR, 0)
def _still_can_pay_beggar(run: Run, screen: EventScreen) -> bool:
    return run.gold >= 75


@option(E.OLD_BEGGAR, 0)
def _pay_beggar(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, 75)
    remove_one(run, screen)


# --- Colosseum: phase 0 before the first fight, 1 after it ---


@condition(E.COLOSSEUM)
def _is_high_up(run: Run) -> bool:
    return run.y > 7


@option(E.COLOSSEUM, 0)
def _enter_colosseum(run: Run, screen: EventScreen) -> None:
    if screen.phase == 1:
        return  # cowardice
    go_on(run, screen, 1)
    start_event_fight(run, encounters.COLOSSEUM_EVENT_SLAVERS, shows_rewards=False)


# UNCERTAIN(events.md 3): the second colosseum fight gives 100 gold, a rare and an uncommon relic.
#   Settled by: win it: what is offered?
@option(E.COLOSSEUM, 1)
def _fight_nobs(run: Run, screen: EventScreen) -> None:
    relic_ids: list[i64] = [pools.take(run, RARE)]
    relic_ids.append(pools.take(run, UNCOMMON))
    start_event_fight(run, encounters.COLOSSEUM_EVENT_NOBS, 100, relic_ids, elite_trigger=True)


# --- Cursed Tome: phase = page ---


@option(E.CURSED_TOME, 0)
def _read_tome(run: Run, screen: EventScreen) -> None:
    go_on(run, screen, 1)


@option(E.CURSED_TOME, 2, 3, 4)
def _next_page(run: Run, screen: EventScreen) -> None:
    lose_hp(run, screen.phase)
    go_on(run, screen, screen.phase + 1)


@option(E.CURSED_TOME, 5)
def _take_book(run: Run, screen: EventScreen) -> None:
    lose_hp(run, by_ascension(run, 10, 15))
    books: list[i64] = []
    for book in (R.NECRONOMICON, R.ENCHIRIDION, R.NILRYS_CODEX):
        if not relics.owns(run, book):
            books.append(book)
    if len(books) == 0:
        books.append(R.CIRCLET)
    show_rewards(run, [books[run.misc_rng.random(len(books) - 1)]], [])


@option(E.CURSED_TOME, 6)
def _stop_reading(run: Run, screen: EventScreen) -> None:
    lose_hp(run, 3)


# --- Augmenter ---


@option(E.AUGMENTER, 0)
def _take_jax(run: Run, screen: EventScreen) -> None:
    deck.add_card(run, C.JAX)


@needs(E.AUGMENTER, 1)
def _can_transform_two(run: Run, screen: EventScreen) -> bool:
    return len(candidates(run, TRANSFORM)) >= 2


option(E.AUGMENTER, 1)(transform_two)


@option(E.AUGMENTER, 2)
def _take_mutagens(run: Run, screen: EventScreen) -> None:
    relics.obtain(run, R.MUTAGENIC_STRENGTH)


# --- Forgotten Altar: numbers = damage of the sacrifice ---


@setup(E.FORGOTTEN_ALTAR)
def _measure_sacrifice(run: Run, screen: EventScreen) -> None:
    screen.numbers = [rounded_share(run, share_by_ascension(run, 0.25, 0.35))]


needs(E.FORGOTTEN_ALTAR, 0)(has_golden_idol)


@option(E.FORGOTTEN_ALTAR, 0)
def _offer_idol(run: Run, screen: EventScreen) -> None:
    relics.replace_golden_idol(run)


@option(E.FORGOTTEN_ALTAR, 1)
def _sacrifice(run: Run, screen: EventScreen) -> None:
    relics.gain_max_hp(run, 5)
    hit(run, screen.numbers[0])


@option(E.FORGOTTEN_ALTAR, 2)
def _desecrate_altar(run: Run, screen: EventScreen) -> None:
    deck.add_card(run, C.DECAY)


# --- Council of Ghosts and Vampires: numbers = max hp lost ---


def _capped_loss(run: Run, share: float) -> i64:
    """A share of max hp that leaves at least 1."""
    return min(ceil_share(run, share), run.max_hp - 1)


@setup(E.COUNCIL_OF_GHOSTS)
def _price_of_ghosts(run: Run, screen: EventScreen) -> None:
    screen.numbers = [_capped_loss(run, 0.5)]


@option(E.COUNCIL_OF_GHOSTS, 0)
def _accept_ghosts(run: Run, screen: EventScreen) -> None:
    relics.lose_max_hp(run, screen.numbers[0])
    add_cards(run, C.APPARITION, by_ascension(run, 5, 3))


@setup(E.VAMPIRES)
def _price_of_bites(run: Run, screen: EventScreen) -> None:
    screen.numbers = [_capped_loss(run, 0.3)]


@needs(E.VAMPIRES, 0)
def _has_blood_vial(run: Run, screen: EventScreen) -> bool:
    return relics.owns(run, R.BLOOD_VIAL)


@option(E.VAMPIRES, 0)
def _give_vial(run: Run, screen: EventScreen) -> None:
    relics.lose(run, R.BLOOD_VIAL)
    _become_vampire(run)


# UNCERTAIN(events.md 3): the vampires list accepting before the blood vial; one simulator numbers
#   the vial first. Settled by: meet them with a Blood Vial: the order on screen.
@option(E.VAMPIRES, 1)
def _accept_bite(run: Run, screen: EventScreen) -> None:
    relics.lose_max_hp(run, screen.numbers[0])
    _become_vampire(run)


def _become_vampire(run: Run) -> None:
    strikes: list[i64] = []
    for position, card in enumerate(run.deck):
        if card.id == C.STRIKE_RED:
            strikes.append(position)
    deck.remove_at(run, strikes)
    add_cards(run, C.BITE, 5)


# --- Masked Bandits ---


@option(E.MASKED_BANDITS, 0)
def _pay_bandits(run: Run, screen: EventScreen) -> None:
    relics.lose_gold(run, run.gold)


@option(E.MASKED_BANDITS, 1)
def _fight_bandits(run: Run, screen: EventScreen) -> None:
    gold = run.misc_rng.between(25, 35)
    relic_ids: list[i64] = [relics.given_relic(run, R.RED_MASK)]
    start_event_fight(run, encounters.MASKED_BANDITS_EVENT, gold, relic_ids)


# --- The Nest ---


@option(E.THE_NEST, 0)
def _rob_nest(run: Run, screen: EventScreen) -> None:
    relics.gain_gold(run, by_ascension(run, 99, 50))


@option(E.THE_NEST, 1)
def _join_nest(run: Run, screen: EventScreen) -> None:
    hit(run, 6)
    deck.add_card(run, C.RITUAL_DAGGER, 0, CARD_DAMAGE[2 * C.RITUAL_DAGGER])


# --- The Library: numbers = hp healed by sleeping ---


@setup(E.THE_LIBRARY)
def _measure_sleep(run: Run, screen: EventScreen) -> None:
    screen.numbers = [rounded_share(run, share_by_ascension(run, 0.33, 0.2))]


@option(E.THE_LIBRARY, 0)
def _read_books(run: Run, screen: EventScreen) -> None:
    """Twenty different cards, shown in reverse order of generation."""
    shelf: list[i64] = []
    while len(shelf) < 20:
        pool = pools.RED[_book_rarity(run)]
        card = pool[run.card_rng.random(len(pool) - 1)]
        if card not in shelf:
            shelf.append(card)
    offer: list[DeckCard] = []
    for card in shelf[::-1]:
        offer.append(DeckCard(card, relics.egg_upgrades(run, card, 0)))
    open_offer(run, offer)


def _book_rarity(run: Run) -> i64:
    """As a reward card of an event room, but the offset of later rolls stays."""
    roll = run.card_rng.random(99) + run.card_rarity_offset
    return rewards.rarity_of_roll(roll, 9 if relics.owns(run, R.NLOTHS_GIFT) else 3, 37)


@option(E.THE_LIBRARY, 1)
def _sleep(run: Run, screen: EventScreen) -> None:
    relics.heal(run, screen.numbers[0])


# --- The Mausoleum ---


@option(E.THE_MAUSOLEUM, 0)
def _open_coffin(run: Run, screen: EventScreen) -> None:
    cursed = run.misc_rng.random_boolean()
    if cursed or run.ascension >= 15:
        gain_relic_and_curse(run, C.WRITHE)
    else:
        gain_random_relic(run)
