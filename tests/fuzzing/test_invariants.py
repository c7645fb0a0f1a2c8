"""Each thing that must hold is really looked at: break it, and it is found."""

import random
from collections.abc import Callable

import pytest

from ascension.fuzzing import honesty, roundtrips
from ascension.fuzzing.honesty import check_honesty, scramble_hidden, shown
from ascension.fuzzing.invariants import Broken, Conservation, check_game, check_piles
from ascension.fuzzing.roundtrips import check_all, check_encoding, check_refusals, check_saving
from ascension.fuzzing.starts import Start
from ascension.game.combat.state import DEAD, Card
from ascension.game.game import Game
from ascension.game.run import DeckCard, Relic


def fighting(seed: int = 1) -> Game:
    """A game at the first decision of its first fight."""
    game = Game(seed)
    while game.combat is None:
        game.step(game.legal_actions()[0])
    return game


def _twice_in_a_pile(game: Game) -> None:
    game.combat.discard_pile.append(game.combat.hand[0])


def _same_number(game: Game) -> None:
    game.combat.hand[0].uid = game.combat.hand[1].uid


def _too_many_cards(game: Game) -> None:
    for uid in range(900, 912):
        game.combat.hand.append(Card(0, 0, uid))


def _twice_the_same_relic(game: Game) -> None:
    game.run.relics.append(Relic(game.run.relics[0].id))


def _dead_with_hp(game: Game) -> None:
    game.combat.monsters[0].state = DEAD


def sets(path: str, value: object) -> Callable[[Game], None]:
    """A break: an attribute on the way gets a value."""

    def change(game: Game) -> None:
        *way, name = path.split(".")
        thing: object = game
        for step in way:
            thing = thing[int(step)] if step.isdigit() else getattr(thing, step)
        setattr(thing, name, value)

    return change


BREAKS = [
    (sets("run.hp", 0), "0 < hp"),
    (sets("run.hp", 500), "0 < hp"),
    (sets("run.gold", -1), "gold"),
    (sets("run.floor", 99), "floor"),
    (sets("run.act", 5), "act"),
    (sets("run.potions", [-1]), "potion slots"),
    (sets("run.potions", [-1, -1, 400]), "known potions"),
    (_twice_the_same_relic, "no relic twice"),
    (sets("run.relics", []), "relic mask"),
    (sets("run.relics.0.counter", -3), "relic counters"),
    (sets("run.deck", [DeckCard(0, 2)]), "deck cards"),
    (sets("run.card_rarity_offset", 6), "rarity offset"),
    (sets("run.event_shop_chance", -0.1), "chances"),
    (sets("run.ai_rng.counter", -1), "streams"),
    (sets("combat.player.hp", 0), "0 < hp"),
    (sets("combat.player.block", 1000), "block"),
    (sets("combat.energy", -1), "energy"),
    (sets("combat.monsters.0.hp", -1), "monster's hp"),
    (sets("combat.monsters.0.hp", 0), "the living have hp"),
    (_dead_with_hp, "the dead have none"),
    (sets("combat.monsters", []), "somebody to fight"),
    (sets("combat.attacks_this_turn", 3), "attacks and skills"),
    (sets("combat.hp_losses", -1), "counters"),
    (_twice_in_a_pile, "two piles"),
    (_same_number, "same number"),
    (_too_many_cards, "ten cards"),
    (sets("combat.next_uid", 3), "numbered in order"),
    (sets("combat.hand.0.cost", -3), "cards are possible"),
    (sets("combat.turn_ended", True), "player's turn"),
    (sets("combat.turn", 0), "turns count"),
]


@pytest.mark.parametrize(("change", "rule"), BREAKS, ids=[rule for _, rule in BREAKS])
def test_what_is_broken_is_found(change: Callable[[Game], None], rule: str) -> None:
    game = fighting()
    legal = game.legal_actions()
    check_game(game, legal)
    change(game)
    with pytest.raises(Broken, match=rule):
        check_game(game, legal)


def test_a_copy_that_is_purged_has_the_number_of_its_original() -> None:
    game = fighting()
    copy = game.combat.hand[0].copy(game.combat.hand[0].uid)
    copy.purge = True
    check_piles(game.combat)
    game.combat.exhaust_pile.append(copy)
    check_piles(game.combat)


@pytest.mark.parametrize("legal", [[], [2, 2]])
def test_a_list_of_legal_actions_is_neither_empty_nor_double(legal: list[int]) -> None:
    with pytest.raises(Broken, match="legal action"):
        check_game(fighting(), legal)


def test_a_card_that_vanishes_is_missed() -> None:
    game, conservation = fighting(), Conservation()
    conservation.follow(game)
    game.combat.hand.pop()
    with pytest.raises(Broken, match="vanish"):
        conservation.follow(game)


def test_a_card_from_nowhere_is_noticed() -> None:
    game, conservation = fighting(), Conservation()
    moved = game.combat.hand.pop()
    conservation.follow(game)
    game.combat.hand.append(moved)
    with pytest.raises(Broken, match="from nowhere"):
        conservation.follow(game)


# --- Copies, refusals, saving, encoding ---------------------------------------------------------


def test_looking_and_refusing_leave_the_game_alone() -> None:
    game = fighting()
    before = game.digest()
    check_all(game, random.Random(1))
    assert game.digest() == before


def test_a_refusal_that_changes_the_game_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def careless(game: Game, chance: random.Random) -> None:
        game.run.gold += 1

    monkeypatch.setattr(roundtrips, "check_refusals", careless)
    with pytest.raises(Broken, match="change nothing"):
        check_all(fighting(), random.Random(1))


def test_refusals_are_tried_near_and_far() -> None:
    game = fighting()
    for seed in range(20):
        check_refusals(game, random.Random(seed))
    assert game.digest() == fighting().digest()


def test_a_game_that_was_not_played_from_its_start_is_found() -> None:
    game = fighting()
    for kind in ("plain", "boosted"):
        check_saving(game, Start(1, 0, 3, kind))
    game.run.gold += 1
    for kind in ("plain", "boosted"):
        with pytest.raises(Broken, match="saved game"):
            check_saving(game, Start(1, 0, 3, kind))


def test_a_value_out_of_range_is_found() -> None:
    batch = shown(fighting()).batch.copy()
    check_encoding(batch)
    batch.state_values[3] = float("nan")
    with pytest.raises(Broken, match="in range"):
        check_encoding(batch)


# --- Honesty ------------------------------------------------------------------------------------


def test_scrambling_changes_the_game_but_nothing_that_is_shown() -> None:
    game = fighting()
    before = game.digest()
    other = game.clone()
    scramble_hidden(other, random.Random(1))
    assert other.digest() != before
    check_honesty(game, random.Random(1))


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("combat.energy", 2, "not encoded"),
        ("run.gold", 98, "not encoded"),
    ],
)
def test_a_change_of_what_is_shown_is_noticed(
    monkeypatch: pytest.MonkeyPatch, path: str, value: int, rule: str
) -> None:
    change = sets(path, value)
    monkeypatch.setattr(honesty, "scramble_hidden", lambda game, chance: change(game))
    with pytest.raises(Broken, match=rule):
        check_honesty(fighting(), random.Random(1))
