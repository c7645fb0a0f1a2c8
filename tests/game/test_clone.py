"""Copies of runs and fights: complete, whatever attributes the state has, and independent."""

from ascension.game.clone import clone_combat, clone_run
from ascension.game.combat.state import (
    Action,
    Card,
    CardItem,
    Combat,
    Creature,
    Power,
    Selection,
)
from ascension.game.digest import attribute_names, digest_of
from ascension.game.rng import Rng
from ascension.game.run import Run
from ascension.game.world import progress
from ascension.game.world.screens import (
    BossRelicScreen,
    CardSelectScreen,
    CombatScreen,
    EventScreen,
    RewardScreen,
    ShopScreen,
    TreasureScreen,
)


def _change_numbers(thing: object, start: int) -> None:
    """Give every number, truth and float of an object a value that no constructor gives."""
    for offset, name in enumerate(attribute_names(thing)):
        value = getattr(thing, name)
        if isinstance(value, bool):
            setattr(thing, name, not value)
        elif isinstance(value, int) and name not in ("id", "kind", "seed", "upgrades"):
            setattr(thing, name, start + offset)
        elif isinstance(value, float):
            setattr(thing, name, 0.5 + offset)
        elif isinstance(value, Rng):
            value.random(9)
        elif isinstance(value, list) and not value:
            setattr(thing, name, [])


def _changed_run() -> Run:
    run = progress.start_run(5, 20, 4)
    _change_numbers(run, 1000)
    run.act = 1
    return run


def _fight(run: Run) -> Combat:
    """A fight in which everything refers to something."""
    c = Combat(run, 3)
    louse = Creature(1, 10, 12)
    gone = Creature(2, 0, 9)  # no longer among the monsters, still referred to
    c.monsters = [louse]
    cards = [Card(number, number % 2, number) for number in range(7)]
    c.hand, c.draw_pile, c.discard_pile = [cards[0]], [cards[1]], [cards[2]]
    c.exhaust_pile, c.limbo = [cards[3]], [cards[4]]
    power = Power(1, 2)
    power.card = cards[5]
    power.source = gone
    louse.powers = [power]
    c.player.powers = [Power(3, 4)]
    action = Action(7)
    action.source, action.target, action.card, action.amounts = louse, c.player, cards[4], [1, 2]
    c.actions = [action]
    c.pre_turn_actions = [Action(8)]
    item = CardItem(cards[0])
    item.target = louse
    c.card_queue = [item, CardItem(None)]
    c.monster_queue = [louse]
    selection = Selection(1, 4, [0, 1])
    selection.offer = [cards[6]]
    selection.picked = [1]
    c.selection = selection
    c.subscribed = [[0], []]
    for thing in [*cards, louse, gone, c.player, power, action, item, selection, c]:
        _change_numbers(thing, 100)
    return c


def test_a_copied_run_has_everything() -> None:
    run = _changed_run()
    assert digest_of(clone_run(run)) == digest_of(run)


def test_a_copied_run_is_independent() -> None:
    run = _changed_run()
    before = digest_of(run)
    copy = clone_run(run)
    _change_numbers(copy, 5000)
    for relic in copy.relics:
        relic.counter += 1
    copy.potions[0] = 3
    copy.deck.pop()
    copy.screens.pop()
    assert digest_of(run) == before


def test_copied_screens_have_everything() -> None:
    run = _changed_run()
    screens = [
        EventScreen(3),
        RewardScreen(),
        CardSelectScreen(2, 3),
        ShopScreen(),
        TreasureScreen(1, 2, False),
        BossRelicScreen([1, 2]),
        CombatScreen(5, [1]),
    ]
    for screen in screens:
        _change_numbers(screen, 40)
    run.screens = [*screens]
    assert digest_of(clone_run(run)) == digest_of(run)


def test_a_copied_fight_has_everything() -> None:
    run = _changed_run()
    c = _fight(run)
    other = clone_run(run)
    copy = clone_combat(c, other)
    assert digest_of(other, copy) == digest_of(run, c)


def test_a_copied_fight_refers_to_its_own_objects() -> None:
    run = _changed_run()
    c = _fight(run)
    copy = clone_combat(c, clone_run(run))
    assert copy.actions[0].source is copy.monsters[0]
    assert copy.actions[0].target is copy.player
    assert copy.actions[0].card is copy.limbo[0]
    assert copy.card_queue[0].card is copy.hand[0]
    assert copy.monster_queue[0] is copy.monsters[0]
    assert copy.run is not run
    before = digest_of(run, c)
    _change_numbers(copy, 700)
    _change_numbers(copy.monsters[0].powers[0], 700)
    _change_numbers(copy.hand[0], 700)
    assert digest_of(run, c) == before
