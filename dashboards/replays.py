"""Evaluated games played once more, decision by decision, for the Decisions page.

Nothing but results is stored of an evaluation; its games come back from seed and checkpoint,
because greedy play is deterministic. A game whose end differs from the recorded one is not shown.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ascension.agents.heuristic import HeuristicPolicy
from ascension.agents.network import NetworkPolicy
from ascension.agents.policy import Policy
from ascension.agents.single import Judgement, SinglePlayer
from ascension.environment.kinds import KIND_NAMES
from ascension.environment.layout import LAYOUT_VERSION
from ascension.environment.rewards import reward_preset
from ascension.environment.session import Session
from ascension.game.version import RULES_VERSION
from ascension.learning.state import unflatten_network
from ascension.records import Game
from ascension.settings import EvaluateSettings
from dashboards.render import json_text
from dashboards.replay_state import situation
from dashboards.source import Source, literal
from storage import StorageError, checkpoints
from storage.files import write_bytes

FORMAT: Final = 1
FOLDER: Final = "replays"


class NotRepeatable(StorageError):
    """A game that did not end as it was recorded, or that cannot be played again at all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One evaluated game to be played again, and why it was chosen."""

    evaluation_id: str
    policy: str
    update: int
    seed: int
    position: int
    floor: int
    victory: bool
    digest: str
    why: str

    @property
    def file(self) -> str:
        """Name of its file; evaluation ids are fit for paths."""
        return f"{self.evaluation_id}-{self.position:04d}.js"

    @property
    def title(self) -> str:
        """What the list of games calls it."""
        end = "won" if self.victory else f"died on floor {self.floor}"
        who = self.policy if self.policy == "teacher" else f"{self.policy} {self.update}"
        return f"{who} · seed {self.seed} · {end} · {self.why}"


class _Words:
    """A table of texts: every text is stored once and named by its number."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.all)
            self.all.append(text)
        return self._numbers[text]

    def numbers(self, texts: Sequence[str]) -> list[int]:
        return [self.number(text) for text in texts]


def policy_of(source: Source, wanted: Wanted) -> tuple[Policy, EvaluateSettings]:
    """Who played, and by which settings; raises what `checkpoints.load` raises."""
    checkpoint = checkpoints.load(
        source.store,
        source.run,
        wanted.update,
        rules_version=RULES_VERSION,
        layout_version=LAYOUT_VERSION,
    )
    content = dict(checkpoint.settings).get("evaluate") or {}
    settings = EvaluateSettings.model_validate(content)
    if wanted.policy == "teacher":
        return HeuristicPolicy(), settings
    network = unflatten_network(dict(checkpoint.weights), "cpu")
    return NetworkPolicy(network, name=wanted.policy, threads=settings.threads), settings


def replay(policy: Policy, settings: EvaluateSettings, wanted: Wanted) -> dict[str, Any]:
    """The game's decisions; NotRepeatable if it ends otherwise than recorded."""
    session = Session(
        wanted.seed, settings.ascension, settings.acts, reward_preset(settings.reward)
    )
    player = SinglePlayer(policy)
    words = _Words()
    decisions = [list(_decision(session, player, words)) for _ in _until_over(session)]
    game = session.record()
    if wanted.digest and game.digest != wanted.digest:
        raise NotRepeatable(
            f"seed {wanted.seed} of {wanted.evaluation_id} ended on floor {game.final_floor}, "
            f"recorded is floor {wanted.floor}: other library versions, or other rules"
        )
    return {
        "format": FORMAT,
        "title": wanted.title,
        "terms": list(session.reward.names),
        "kinds": KIND_NAMES,
        "words": words.all,
        "decisions": decisions,
        "end": _end(game),
    }


def _until_over(session: Session) -> Iterator[None]:
    while not session.is_over:
        yield


def _decision(session: Session, player: SinglePlayer, words: _Words) -> Iterator[Any]:
    """Kind, value, position chosen, options, probabilities, reward by term, situation."""
    game = session.game
    judged: Judgement = player.judge(game)
    seen = _packed(situation(game), words)
    options = [words.number(game.describe(option)) for option in judged.options]
    yield judged.kind
    yield round(judged.value, 3)
    yield judged.chosen
    yield options
    yield [round(probability, 3) for probability in judged.probabilities]
    yield [round(float(earned), 3) for earned in session.choose(judged.chosen)]
    yield seen


def _packed(seen: dict[str, Any], words: _Words) -> dict[str, Any]:
    """The situation with its texts as numbers of the table."""
    packed: dict[str, Any] = {}
    for name, value in seen.items():
        if isinstance(value, str):
            packed[name] = words.number(value)
        elif name in ("potions", "relics", "deck"):
            packed[name] = words.number("\n".join(value))
        else:
            packed[name] = value
    return packed


def _end(game: Game) -> dict[str, Any]:
    return {
        "outcome": game.outcome,
        "floor": game.final_floor,
        "act": game.final_act,
        "hp": game.final_hp,
        "reward": round(game.total_reward, 3),
    }


def chosen_games(source: Source, evaluation_id: str, most: int) -> list[Wanted]:
    """The most telling games of an evaluation: best, worst, most gained and lost, then the rest."""
    rows = source.ask(
        "select played.*, paired.floor_difference from ("
        "select evaluation_id, policy, model_update, seed, game - 1 as position, final_floor, "
        "victory, digest from eval_stats where training_run = {run} and evaluation_id = "
        f"{literal(evaluation_id)}) as played left join (select seed, max_by(floor_difference, "
        "baseline) as floor_difference from paired_evaluation where run = {run} and "
        f"evaluation_id = {literal(evaluation_id)} group by seed) as paired using (seed) "
        "order by position"
    ).rows
    picked: dict[int, str] = {}
    for why, row in _ranking(rows):
        picked.setdefault(row["position"], why)
    return [_wanted(rows_by(rows)[place], why) for place, why in list(picked.items())[:most]]


def rows_by(rows: Sequence[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The rows by position."""
    return {row["position"]: row for row in rows}


def _ranking(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """All games, the telling ones first."""
    by_floor = sorted(rows, key=lambda row: (row["victory"], row["final_floor"]))
    if not by_floor:
        return
    yield "the furthest", by_floor[-1]
    yield "the shortest", by_floor[0]
    paired = [row for row in rows if row["floor_difference"] is not None]
    if paired:
        by_gain = sorted(paired, key=lambda row: row["floor_difference"])
        yield "most gained on its start", by_gain[-1]
        yield "most lost to its start", by_gain[0]
    yield "in the middle", by_floor[len(by_floor) // 2]
    for row in reversed(by_floor):
        yield "won" if row["victory"] else "another game", row


def _wanted(row: dict[str, Any], why: str) -> Wanted:
    return Wanted(
        evaluation_id=row["evaluation_id"],
        policy=row["policy"],
        update=row["model_update"],
        seed=row["seed"],
        position=row["position"],
        floor=row["final_floor"],
        victory=row["victory"],
        digest=row["digest"] or "",
        why=why,
    )


def write_replays(source: Source, folder: Path, games: Sequence[Wanted]) -> list[str]:
    """Play the games that have no file yet; returns what could not be repeated, in words.

    A file's name says evaluation and seed, so a replay that is there is never made twice.
    """
    missing = [wanted for wanted in games if not (folder / FOLDER / wanted.file).exists()]
    if not missing:
        return []
    try:
        policy, settings = policy_of(source, missing[0])
    except StorageError as error:
        return [str(error)]
    problems = []
    for wanted in missing:
        try:
            content = replay(policy, settings, wanted)
        except NotRepeatable as error:
            problems.append(str(error))
            continue
        text = f"window.showReplay({json_text(content)});\n"
        write_bytes(folder / FOLDER / wanted.file, text.encode())
    return problems


def read_replay(path: Path) -> dict[str, Any]:
    """The content of a replay's file."""
    text = path.read_text(encoding="utf-8").removeprefix("window.showReplay(")
    content: dict[str, Any] = json.loads(text.rstrip().removesuffix(");"))
    return content
