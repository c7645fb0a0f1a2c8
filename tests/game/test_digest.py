"""The same games, step for step, in the compiled and in the interpreted engine; stale builds."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from ascension import engine_build
from ascension.game.game import Game
from ascension.game.rng import COMPILED

ROOT = Path(__file__).parents[2]
# Seed, ascension, acts.
GAMES = [(1, 0, 3), (20_001, 20, 4), (-77, 5, 2), (1 << 63, 15, 3), (123_456_789, 10, 1)]
# Their fingerprints: they change with the rules, and only with them (`game/version.py`). After a
# wanted change of the rules: `python -m tests.game.test_digest` prints the new ones.
FINGERPRINTS = [
    "7244abfe7cee3439b20ff6db7d7b906c",
    "a2c079d1974a0bcb26f339c91ba01df8",
    "b156746631ae6a878bbf3624a4cbcd85",
    "00ce103f2a0e25d1336bfb934908b826",
    "e088c02f952a5d6da71f0f51ece7e8b8",
]


def played(seed: int, ascension: int, acts: int) -> str:
    """Digests of one game of random choices: its states on the way, and the whole game."""
    game = Game(seed, ascension, acts)
    choose = random.Random(seed)
    digests = [game.digest()]
    steps = 0
    while not game.is_over():
        legal = game.legal_actions()
        game.step(legal[int(choose.random() * len(legal))])
        steps += 1
        if steps % 20 == 0:
            digests.append(game.digest())
    return " ".join([*digests, game.digest(), game.fingerprint()])


def fingerprint(digests: str) -> str:
    """The last digest: settings, choices and the end, but not how the state is laid out."""
    return digests.rsplit(maxsplit=1)[-1]


def all_played() -> list[str]:
    """The digests of all the games."""
    return [played(*settings) for settings in GAMES]


def other_engine(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a fresh process that starts in the repository's root."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def is_built() -> bool:
    """Whether a compiled engine lies beside the sources and fits them."""
    build = engine_build.PACKAGE / engine_build.BUILD_FILE
    if not build.exists():
        return False
    return bool(json.loads(build.read_text())["sources"] == engine_build.source_hash())


needs_build = pytest.mark.skipif(not is_built(), reason="no compiled engine: run `make build`")
PRINT_ALL = "from tests.game.test_digest import all_played; print(all_played())"
PRINT_COMPILED = "from ascension.game.rng import COMPILED; print(COMPILED)"


@needs_build
def test_compiled_and_interpreted_games_have_the_same_digests() -> None:
    other = "compiled" if not COMPILED else "interpreted"
    result = other_engine(PRINT_ALL, ASCENSION_ENGINE=other)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == str(all_played())


def test_games_go_as_they_went_before() -> None:
    assert [fingerprint(digests) for digests in all_played()] == FINGERPRINTS


def test_the_same_game_twice_has_the_same_digests() -> None:
    assert played(*GAMES[0]) == played(*GAMES[0])


def test_different_seeds_have_different_digests() -> None:
    assert len(set(all_played())) == len(GAMES)


@needs_build
def test_the_switch_chooses_the_engine() -> None:
    assert other_engine(PRINT_COMPILED, ASCENSION_ENGINE="interpreted").stdout.strip() == "False"
    assert other_engine(PRINT_COMPILED, ASCENSION_ENGINE="compiled").stdout.strip() == "True"


@pytest.fixture
def stale_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package whose engine was compiled from other sources than the present ones."""
    (tmp_path / "game").mkdir()
    (tmp_path / "game" / "rules.py").write_text("ENERGY = 3\n")
    built = {"sources": engine_build.source_hash(tmp_path), "python": sys.version}
    (tmp_path / engine_build.BUILD_FILE).write_text(json.dumps(built))
    monkeypatch.setattr(engine_build, "PACKAGE", tmp_path)
    monkeypatch.delenv(engine_build.ENGINE_VARIABLE, raising=False)
    return tmp_path


def test_a_build_of_the_present_sources_is_accepted(stale_package: Path) -> None:
    engine_build.check_build(stale_package)


def test_a_stale_build_is_refused(stale_package: Path) -> None:
    (stale_package / "game" / "rules.py").write_text("ENERGY = 4\n")
    with pytest.raises(engine_build.StaleBuild, match="make build"):
        engine_build.check_build(stale_package)


def test_the_interpreted_engine_does_not_care_about_a_stale_build(
    stale_package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stale_package / "game" / "rules.py").write_text("ENERGY = 4\n")
    monkeypatch.setenv(engine_build.ENGINE_VARIABLE, "interpreted")
    engine_build.check_build(stale_package)


if __name__ == "__main__":
    print("\n".join(fingerprint(digests) for digests in all_played()))
