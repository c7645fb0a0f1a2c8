"""Rest sites: which options there are and what they do."""

from ascension.game import actions as A
from ascension.game.ids import relics as R
from ascension.game.run import CARD_SELECT, MAP, REST_ROOM, REWARDS, DeckCard, Run
from ascension.game.world import relics, rest
from ascension.game.world.screens import RestScreen, push
from tests.game.world.vectors import run_of


def _at_rest(*owned: int, acts: int = 4) -> tuple[Run, RestScreen]:
    run = run_of("1", acts=acts)
    run.screens = run.screens[:1]
    run.room = REST_ROOM
    run.hp = 10
    for relic in owned:
        relics.obtain(run, relic)
    screen = RestScreen()
    push(run, screen)
    return run, screen


def _verbs(run: Run) -> list[int]:
    return [A.verb_of(action) for action in rest.legal(run)]


def test_options_are_listed_in_their_order() -> None:
    run, _ = _at_rest(R.GIRYA, R.PEACE_PIPE, R.SHOVEL)
    assert _verbs(run) == [A.REST, A.SMITH, A.RECALL, A.LIFT, A.TOKE, A.DIG]


def test_the_ruby_key_needs_the_final_act_and_comes_once() -> None:
    run, screen = _at_rest()
    rest.apply(run, screen, A.RECALL)
    assert run.ruby_key
    assert A.RECALL not in _verbs(run)
    run, _ = _at_rest(acts=3)
    assert A.RECALL not in _verbs(run)


def test_leaving_is_possible_only_when_nothing_else_is() -> None:
    run, _ = _at_rest(R.COFFEE_DRIPPER, R.FUSION_HAMMER)
    run.ruby_key = True
    assert _verbs(run) == [A.LEAVE]


def test_nothing_to_smith_when_all_is_upgraded() -> None:
    run, _ = _at_rest()
    run.deck = [DeckCard(card.id, 1) for card in run.deck]
    assert A.SMITH not in _verbs(run)


def test_rest_heals_30_percent_and_15_more_with_the_pillow() -> None:
    run, screen = _at_rest()
    rest.apply(run, screen, A.REST)
    assert run.hp == 34
    assert run.screens[-1].kind == MAP
    run, screen = _at_rest(R.REGAL_PILLOW)
    rest.apply(run, screen, A.REST)
    assert run.hp == 49


def test_dream_catcher_offers_cards_after_resting() -> None:
    run, screen = _at_rest(R.DREAM_CATCHER)
    rest.apply(run, screen, A.REST)
    assert run.screens[-1].kind == REWARDS


def test_smith_and_toke_ask_for_a_card() -> None:
    for verb in (A.SMITH, A.TOKE):
        run, screen = _at_rest(R.PEACE_PIPE)
        rest.apply(run, screen, verb)
        assert run.screens[-1].kind == CARD_SELECT


def test_girya_can_be_lifted_three_times() -> None:
    run, screen = _at_rest(R.GIRYA)
    for _ in range(3):
        rest.apply(run, screen, A.LIFT)
    assert A.LIFT not in _verbs(run)


def test_digging_gives_a_relic_without_cards() -> None:
    run, screen = _at_rest(R.SHOVEL)
    rest.apply(run, screen, A.DIG)
    assert run.screens[-1].kind == REWARDS
    assert run.card_rng.counter == 0
    assert run.relic_rng.counter == 6
