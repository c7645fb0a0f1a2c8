"""Playing in the terminal and watching: what is shown, what is asked, how it ends."""

import json
import random

import pytest
from rich.console import Console
from typer.testing import CliRunner

import commands.watch as watching
from ascension.agents.heuristic import HeuristicPolicy
from ascension.agents.single import SinglePlayer
from ascension.game.game import Game
from ascension.game.ids import relics
from ascension.game.run import MAP
from commands.main import app
from commands.play import new_game
from commands.play_map import map_text
from commands.play_scene import deck_list, scene


@pytest.fixture
def ascension(tmp_path, monkeypatch):
    """Runs a command in an empty folder with typed input; returns exit code and output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ASCENSION_DATA", raising=False)

    def call(*arguments, typed=""):
        result = CliRunner().invoke(app, list(arguments), input=typed)
        return result.exit_code, result.output

    return call


def drawn(what) -> str:
    """Something as it stands on a terminal of 100 columns."""
    console = Console(width=100, record=True, file=None, force_terminal=False)
    with console.capture() as captured:
        console.print(what)
    return captured.get()


def fighting(seed: int = 1) -> Game:
    game = Game(seed)
    while game.combat is None:
        game.step(game.legal_actions()[0])
    return game


# --- The picture --------------------------------------------------------------------------------


def test_a_fight_shows_the_player_the_monsters_and_the_hand():
    game = fighting()
    said = drawn(scene(game, "teacher"))
    assert "teacher · seed 1 · ascension 0" in said
    assert "3 energy" in said
    assert "Burning Blood" in said
    assert "Strike (1)" in said
    for monster in game.combat.monsters:
        assert f"{monster.hp}/{monster.max_hp}" in said


def test_runic_dome_hides_the_intents_of_the_picture():
    game = fighting()
    game.combat.monsters[0].move = 0
    game.combat.monsters[0].base_damage = 77
    assert "77" in drawn(scene(game, "you"))
    game.combat.owned[relics.RUNIC_DOME] = True
    said = drawn(scene(game, "you"))
    assert "77" not in said
    assert "intent hidden" in said


def test_the_map_marks_where_one_is_and_names_every_room():
    game = new_game("ABC", 0, 3)
    while game.screen() != MAP:
        game.step(game.legal_actions()[-1])
    lines = map_text(game.run).plain.splitlines()
    assert lines[0].strip() == "B"
    assert sum("T" in line for line in lines[:-1]) == 1  # the row of treasures
    assert "@" not in "".join(lines[:-1])
    game.step(game.legal_actions()[0])
    assert "@" in "".join(map_text(game.run).plain.splitlines()[:-1])


def test_the_deck_counts_equal_cards():
    said = drawn(deck_list(Game(1).run))
    assert "Deck of 10 cards" in said
    assert "5  Strike" in said


def test_every_decision_of_a_game_can_be_drawn():
    chance = random.Random(4)
    game = Game(4, 20, 4)
    game.run.hp = game.run.max_hp = 900
    for _ in range(250):
        if game.is_over():
            break
        assert drawn(scene(game, "random"))
        game.step(chance.choice(game.legal_actions()))


# --- Playing ------------------------------------------------------------------------------------


def test_a_person_plays_by_numbers_and_stops(ascension):
    code, said = ascension("play", "--seed", "ABC", typed="1\nq\n")
    assert code == 0
    assert "Neow: choose one of three cards" in said
    assert "Take Clash" in said
    assert "stopped" in said


def test_the_end_of_the_input_stops_the_game(ascension):
    code, said = ascension("play", "--seed", "ABC", typed="1\n")
    assert code == 0
    assert said.rstrip().endswith("stopped")


def test_other_answers_are_refused_with_what_is_possible(ascension):
    code, said = ascension("play", "--seed", "ABC", typed="99\nd\nm\nq\n")
    assert code == 0
    assert "choose a number from 1 to 4" in said
    assert "Deck of 10 cards" in said
    assert "m monster" in said


def test_advice_stands_beside_the_options(ascension):
    code, said = ascension("play", "--seed", "ABC", "--advice", "teacher", typed="q\n")
    assert code == 0
    assert "100%" in said


def test_a_saved_game_goes_on(ascension, tmp_path):
    ascension("play", "--seed", "ABC", "--ascension", "4", typed="1\ns\nq\n")
    assert json.loads((tmp_path / "ascension-game.json").read_text())["ascension"] == 4
    code, said = ascension("play", "--load", "ascension-game.json", typed="q\n")
    assert code == 0
    assert "Take Clash" in said


@pytest.mark.parametrize("content", ["", "{}", '{"format": 9}', "[1, 2]"])
def test_a_damaged_saved_game_is_named(ascension, tmp_path, content):
    (tmp_path / "broken.json").write_text(content)
    code, said = ascension("play", "--load", "broken.json")
    assert code == 1
    assert said.startswith("error: broken.json: ")


def test_a_saved_game_that_is_not_there_is_named(ascension):
    code, said = ascension("play", "--load", "nowhere.json")
    assert code == 1
    assert "nowhere.json" in said


# --- Watching -----------------------------------------------------------------------------------


def test_watching_without_a_terminal_is_one_line_a_decision(ascension):
    code, said = ascension("watch", "--policy", "teacher", "--seed", "ABC")
    assert code == 0
    lines = said.strip().splitlines()
    assert lines[0].startswith("act 1 floor 0 hp 80/80: Neow: ")
    assert "(100%)" in lines[0]
    assert lines[-1].startswith(("death on floor", "victory on floor"))


def test_watching_random_play_shows_what_it_might_have_done(ascension):
    code, said = ascension("watch", "--policy", "random", "--seed", "7", "--ascension", "20")
    assert code == 0
    assert "act 1 floor 1 turn 1" in said


def test_watching_an_unknown_policy_is_refused(ascension):
    code, said = ascension("watch", "--policy", "foo")
    assert code == 1
    assert "there is no policy 'foo'" in said


def test_the_picture_stays_in_place_on_a_terminal(monkeypatch):
    console = Console(width=100, height=50, force_terminal=True, record=True)
    monkeypatch.setattr(watching, "console", console)
    with console.capture() as captured:
        watching.watch_game(Game(5, 20), SinglePlayer(HeuristicPolicy()), speed=0.0)
    said = captured.get()
    assert "▶" in said
    assert "death" in said


class Interrupted(SinglePlayer):
    """Ctrl-C at the third decision."""

    def __init__(self) -> None:
        super().__init__(HeuristicPolicy())
        self.judged = 0

    def judge(self, game):
        self.judged += 1
        if self.judged == 3:
            raise KeyboardInterrupt
        return super().judge(game)


@pytest.mark.parametrize("is_terminal", [True, False])
def test_ctrl_c_stops_where_the_game_is(monkeypatch, is_terminal):
    console = Console(width=100, force_terminal=is_terminal)
    monkeypatch.setattr(watching, "console", console)
    with console.capture() as captured, pytest.raises(watching.typer.Exit) as stopped:
        watching.watch_game(Game(5), Interrupted(), speed=0.0)
    assert stopped.value.exit_code == 130
    assert "stopped in act 1 on floor" in captured.get()


@pytest.mark.parametrize("command", ["play", "watch", "fuzz", "content"])
def test_the_commands_of_the_game_explain_themselves(ascension, command):
    code, said = ascension(command, "--help")
    assert code == 0
    assert "Usage" in said
