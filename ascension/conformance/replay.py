"""One recorded game replayed: the same decisions, every recorded field compared before each."""

from dataclasses import dataclass

from ascension.conformance import names, recorded_actions, recorded_combat, recorded_run
from ascension.conformance.recordings import Line, Recording
from ascension.game import tables
from ascension.game.combat.state import Combat
from ascension.game.game import Game
from ascension.game.run import DEATH, VICTORY, DeckCard
from ascension.game.world import relics

FLOAT_TOLERANCE = 1e-4
ANY = "any"  # our side of a number that the recordings leave open

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
    if got == ANY:
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
        _give_relic(game, tables.RELIC_INDEX[str(name)])
    for given in _listed(overrides, "cards"):
        assert isinstance(given, dict)
        run.deck.append(DeckCard(tables.card_id(given["id"]), given["upgrades"]))
    for name in _listed(overrides, "potions"):
        run.potions[run.potions.index(-1)] = names.POTION_NUMBER[str(name)]
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
        last_fight = 0
        for line in recording.lines[1:]:
            step = int(str(line.get("step", step)))
            last_fight = _check_and_play(game, line, last_fight)
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


def _check_and_play(game: Game, line: Line, last_fight: int) -> int:
    """Compare one line and take its decision; returns the number of the newest fight seen."""
    kind = line["type"]
    if kind == "overworld":
        _overworld(game, line)
    elif kind == "combat":
        _combat(game, line, last_fight)
        return int(str(line["fight"]))
    elif kind == "combat_end":
        _combat_end(game, line)
    elif kind == "final":
        _final(game, line)
    return last_fight


def _compared(line: Line) -> Line:
    return {name: value for name, value in line.items() if name not in _NOT_COMPARED}


def _overworld(game: Game, line: Line) -> None:
    run = game.run
    compare("", _compared(line), recorded_run.overworld(run))
    if "map" in line:
        compare("map", line["map"], recorded_run.act_map(run))
    if "act_lists" in line:
        compare("act_lists", line["act_lists"], recorded_run.act_lists(run))
    legal = game.legal_actions()
    compare("options", line["options"], recorded_actions.recorded_options(run, legal))
    game.apply(legal[int(str(line["chosen"]))])


def _fight(game: Game) -> Combat:
    if game.combat is None:
        raise _Differs("screen", "combat", recorded_run.overworld(game.run)["screen"])
    return game.combat


def _combat(game: Game, line: Line, last_fight: int) -> None:
    c = _fight(game)
    legal = [int(action) for action in game.legal_actions()]
    first = int(str(line["fight"])) != last_fight
    compare("", _compared(line), recorded_combat.combat(c, legal, first))
    action = line["action"]
    assert isinstance(action, dict)
    for packed in recorded_actions.combat_actions(c, action):
        game.apply(packed)


def _combat_end(game: Game, line: Line) -> None:
    """The end of a fight, before any after-combat effect: kept by the game as `last_fight`."""
    if game.combat is not None or game.last_fight is None:
        raise _Differs("combat_end", "the fight is over", "the fight goes on")
    expected = {name: value for name, value in _compared(line).items() if name != "outcome"}
    compare("combat_end", expected, game.last_fight)


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
