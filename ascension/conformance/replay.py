"""One recorded game replayed: the same decisions, every recorded field compared before each."""

from dataclasses import dataclass

from ascension.conformance import names, recorded_actions, recorded_combat, recorded_run
from ascension.conformance.recordings import Line, Recording
from ascension.game import tables
from ascension.game.combat.state import FIGHTING, Combat
from ascension.game.game import Game
from ascension.game.ids.cards import RITUAL_DAGGER
from ascension.game.run import DEATH, VICTORY, DeckCard
from ascension.game.world import relics

FLOAT_TOLERANCE = 1e-4

_NOT_COMPARED = {"type", "step", "action", "chosen", "options", "map", "act_lists"}
_DECISIONS = {"overworld", "combat"}


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first field of a game that differs."""

    file: str
    game: int
    seed: str
    decision: int
    field: str
    expected: object
    got: object


@dataclass(frozen=True, slots=True)
class Replay:
    """How far a game agrees."""

    decisions: int
    decisions_exact: int
    divergence: Divergence | None


class _Differs(Exception):
    """A field that differs; carries its path and both values."""

    def __init__(self, field: str, expected: object, got: object) -> None:
        super().__init__(field)
        self.field = field
        self.expected = expected
        self.got = got


def compare(path: str, expected: object, got: object) -> None:
    """Raise _Differs at the first place where `got` is not what was recorded."""
    if isinstance(got, str) and got == recorded_combat.ANY:
        return
    if isinstance(expected, dict) and isinstance(got, dict):
        for key in expected.keys() | got.keys():
            if key not in got or key not in expected:
                raise _Differs(f"{path}.{key}", expected.get(key), got.get(key))
        for key, value in expected.items():
            compare(f"{path}.{key}", value, got[key])
    elif isinstance(expected, list) and isinstance(got, list):
        for position, (a, b) in enumerate(zip(expected, got, strict=False)):
            compare(f"{path}[{position}]", a, b)
        if len(expected) != len(got):
            raise _Differs(f"{path}.length", len(expected), len(got))
    elif isinstance(expected, float) and isinstance(got, float | int):
        if abs(expected - got) > FLOAT_TOLERANCE:
            raise _Differs(path, expected, got)
    elif expected != got:
        raise _Differs(path, expected, got)


def start(header: Line) -> Game:
    """The recorded game's beginning, its overrides applied (recorded games' README)."""
    game = Game(int(str(header["seed"])), int(str(header["ascension"])), acts=4)
    overrides = header["overrides"]
    assert isinstance(overrides, dict)
    _apply_overrides(game, overrides)
    return game


def _apply_overrides(game: Game, overrides: Line) -> None:
    run = game.run
    keys = overrides.get("keys", [])
    assert isinstance(keys, list)
    run.ruby_key = run.ruby_key or "ruby" in keys
    run.sapphire_key = run.sapphire_key or "sapphire" in keys
    if "emerald" in keys:
        run.emerald_key = True
        run.burning_x = run.burning_y = -1
    for name in _listed(overrides, "relics"):
        _give_relic(game, tables.id_of("relic", str(name)))
    for given in _listed(overrides, "cards"):
        assert isinstance(given, dict)
        card = tables.card_id(given["id"])
        misc = tables.CARD_DAMAGE[2 * card] if card == RITUAL_DAGGER else 0
        run.deck.append(DeckCard(card, given["upgrades"], misc))
    for name in _listed(overrides, "potions"):
        run.potions[run.potions.index(-1)] = names.potion_number(str(name))
    if "hp" in overrides:
        run.hp = int(str(overrides["hp"]))
        run.max_hp = int(str(overrides["max_hp"]))


def _listed(overrides: Line, key: str) -> list[object]:
    value = overrides.get(key, [])
    assert isinstance(value, list)
    return value


def _give_relic(game: Game, relic: int) -> None:
    run = game.run
    for tier in ("common", "uncommon", "rare", "shop", "boss"):
        pool = getattr(run, f"{tier}_relics")
        setattr(run, f"{tier}_relics", [other for other in pool if other != relic])
    relics.obtain(run, relic)


def replay(recording: Recording) -> Replay:
    """Play a recorded game and stop at the first divergence.

    An exception of the game counts as a divergence of the field `error`.
    """
    decisions = sum(line["type"] in _DECISIONS for line in recording.lines)
    exact = 0
    step = -1
    try:
        game = start(recording.header)
        _compare_header(recording.header, game)
        table = _Table(game)
        for line in recording.lines[1:]:
            step = int(str(line.get("step", step)))
            _check_and_play(table, line)
            exact += line["type"] in _DECISIONS
    except _Differs as found:
        return _diverged(recording, step, decisions, exact, found)
    except Exception as error:  # any failure of the game is a finding, not the end of the campaign
        failure = _Differs("error", "no error", f"{type(error).__name__}: {error}")
        return _diverged(recording, step, decisions, exact, failure)
    return Replay(decisions, exact, None)


def _diverged(
    recording: Recording, step: int, decisions: int, exact: int, difference: _Differs
) -> Replay:
    where = Divergence(
        recording.file,
        recording.number,
        recording.seed,
        step,
        difference.field.lstrip("."),
        difference.expected,
        difference.got,
    )
    return Replay(decisions, exact, where)


def _compare_header(header: Line, game: Game) -> None:
    for name, got in recorded_run.header(game.run).items():
        compare(name, header[name], got)


class _Table:
    """A game being replayed, and what fights are compared with beside it."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.fight = 0  # number of the newest fight seen
        # As they were before it: fights count on their own. ANY where that state is not seen.
        self.relics: list[Line] | str = []


def _check_and_play(table: _Table, line: Line) -> None:
    """Compare one line and take its decision."""
    kind = line["type"]
    if kind == "overworld":
        _overworld(table, line)
    elif kind == "combat":
        _combat(table, line)
    elif kind == "combat_end":
        _combat_end(table, line)
    elif kind == "final":
        _final(table.game, line)


def _compared(line: Line) -> Line:
    return {name: value for name, value in line.items() if name not in _NOT_COMPARED}


def _overworld(table: _Table, line: Line) -> None:
    game, run = table.game, table.game.run
    compare("", _compared(line), recorded_run.overworld(run))
    if "map" in line:
        compare("map", line["map"], recorded_run.act_map(run))
    if "act_lists" in line:
        compare("act_lists", line["act_lists"], recorded_run.act_lists(run))
    legal = game.legal_actions()
    compare("options", line["options"], recorded_actions.recorded_options(run, legal))
    game.act(legal[int(str(line["chosen"]))])
    table.relics = recorded_run.relics(run)
    _go_on(game)


def _go_on(game: Game) -> None:
    """On to the next decision, or to the end of a fight that had none: its last line is compared
    before the fight is left."""
    while game.combat is None or game.combat.outcome == FIGHTING:
        if not game.go_on():
            return


def _fight(game: Game) -> Combat:
    if game.combat is None:
        raise _Differs("screen", "combat", recorded_run.overworld(game.run)["screen"])
    return game.combat


def _combat(table: _Table, line: Line) -> None:
    game = table.game
    c = _fight(game)
    legal = [int(action) for action in game.legal_actions()]
    got = recorded_combat.combat(c, legal)
    if int(str(line["fight"])) != table.fight:
        table.fight = int(str(line["fight"]))
        got |= recorded_combat.first_line(c, table.relics)
    compare("", _compared(line), got)
    action = line["action"]
    assert isinstance(action, dict)
    for packed in recorded_actions.combat_actions(c, action):
        if packed not in game.legal_actions():
            raise _Differs("action", action, "not legal")
        game.act(packed)


def _combat_end(table: _Table, line: Line) -> None:
    """The end of a fight, before any after-combat effect."""
    game = table.game
    c = _fight(game)
    if c.outcome == FIGHTING:
        raise _Differs("combat_end", "the fight is over", "the fight goes on")
    expected = {name: value for name, value in _compared(line).items() if name != "outcome"}
    compare("combat_end", expected, recorded_combat.combat_end(c))
    game.go_on()
    _go_on(game)
    if game.combat is not None:  # the second boss of ascension 20 follows at once
        table.relics = recorded_combat.ANY


def _final(game: Game, line: Line) -> None:
    run = game.run
    if line["outcome"] == "truncated":
        return
    outcome = {VICTORY: "victory", DEATH: "death"}.get(int(run.outcome), "running")
    got = {
        "outcome": outcome,
        "act": int(run.act),
        "floor": int(run.floor),
        "hp": int(run.hp),
        "max_hp": int(run.max_hp),
        "gold": int(run.gold),
        "fights": int(run.fights),
        "deck_size": len(run.deck),
    }
    compare("final", {name: line[name] for name in got}, got)
