"""A project: one data folder, one run, and the settings of every stage."""

import os
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, ValidationError

from ascension.settings import (
    CloneSettings,
    CollectSettings,
    EvaluateSettings,
    Head,
    Preset,
    Settings,
    TrainSettings,
    clone_preset,
    collect_preset,
    reward_of,
    settings_hash,
    train_preset,
)
from storage import StorageError, Store
from storage.files import write_json
from storage.locks import is_held

DATA_VARIABLE: Final = "ASCENSION_DATA"
REPORTS_VARIABLE: Final = "ASCENSION_REPORTS"
LIBRARIES: Final = ("torch", "numpy", "pyarrow", "prefect")
RunName = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,47}$", description="Name of the training run"),
]


class InvalidSettings(StorageError):
    """Settings that this program does not understand or accept."""


class ProjectSettings(Settings):
    """What a run is called and how each of its stages works."""

    run: RunName = Field(default="main", description="Name of the run: its folder, its rows")
    collect: CollectSettings = Field(default=CollectSettings(), description="Playing games")
    clone: CloneSettings = Field(default=CloneSettings(), description="Imitating the teacher")
    train: TrainSettings = Field(default=TrainSettings(), description="PPO updates")
    evaluate: EvaluateSettings = Field(
        default=EvaluateSettings(games=25), description="Fixed-seed evaluations"
    )
    from_scratch: bool = Field(
        default=False, description="Start PPO from random weights instead of the clone"
    )
    tensorboard: bool = Field(
        default=False,
        description="Write every update's numbers as event files, too; needs extra tensorboard",
    )


def preset_settings(preset: Preset, run: str = "main") -> ProjectSettings:
    """The settings of a preset: minutes, hours (`long`), or the experiment it started from."""
    return ProjectSettings(
        run=checked_run(run),
        collect=collect_preset(preset),
        clone=clone_preset(preset),
        train=train_preset(preset),
        evaluate=_evaluation(preset),
    )


def varied(
    preset: Preset,
    run: str = "main",
    *,
    ascension: int = 0,
    acts: int = 3,
    teacher_games: int | None = None,
    seeds: int = 25,
    head: Head = "options",
    from_scratch: bool = False,
    device: str = "",
    tensorboard: bool = False,
) -> ProjectSettings:
    """The preset with what a command line changes; a device is that of every stage."""
    settings = preset_settings(preset, run)
    where = {"ascension": ascension, "acts": acts}
    on = {"device": device} if device else {}
    network = settings.train.network.model_copy(update={"head": head})
    clone = settings.clone.model_copy(update=where | on | {"network": network})
    if teacher_games is not None:
        clone = clone.model_copy(update={"games": teacher_games})
    return settings.model_copy(
        update={
            "from_scratch": from_scratch,
            "tensorboard": tensorboard,
            "collect": settings.collect.model_copy(update=where | on),
            "train": settings.train.model_copy(update={"network": network} | on),
            "clone": clone,
            "evaluate": settings.evaluate.model_copy(update=where | on | {"games": seeds}),
        }
    )


def _evaluation(preset: Preset) -> EvaluateSettings:
    every = 380 if preset == "long" else 250
    return EvaluateSettings(games=25, reward=reward_of(preset), every_games=every, latest_games=500)


def checked_run(run: str) -> str:
    """The run's name if it is one; InvalidSettings otherwise."""
    try:
        return ProjectSettings(run=run).run
    except ValidationError as error:
        raise InvalidSettings(
            f"run {run!r}: use 1 to 48 letters, digits, '_' or '-', a letter or digit first"
        ) from error


def data_folder(given: str | Path | None = None) -> Path:
    """The data folder: given, or $ASCENSION_DATA, or `data` in the current folder."""
    return Path(given or os.environ.get(DATA_VARIABLE) or "data").expanduser()


def reports_folder(given: str | Path | None = None) -> Path:
    """Where reports go: given, or $ASCENSION_REPORTS, or `docs/experiments`."""
    return Path(given or os.environ.get(REPORTS_VARIABLE) or "docs/experiments").expanduser()


@dataclass(frozen=True)
class Project:
    """A store and the settings of one run in it."""

    store: Store
    settings: ProjectSettings

    @property
    def run(self) -> str:
        """Name of the run."""
        return self.settings.run

    @property
    def key(self) -> str:
        """The run's name as Prefect's artifact keys want it."""
        return self.run.lower().replace("_", "-")

    @property
    def games_at_a_time(self) -> int:
        """Games that one policy begins together: the last of them must still be fresh enough."""
        train = self.settings.train
        fresh = train.most_rollouts * max(1, train.max_rollout_lag)
        return min(self.settings.collect.games, fresh)

    def lock(self, role: str) -> Path:
        """The lock of the one process that may train, evaluate, ... this run."""
        return self.store.lock(f"{role}-{self.run}")

    def is_busy(self, role: str) -> bool:
        """Whether some process trains, evaluates, ... this run right now."""
        return is_held(self.lock(role))

    @cached_property
    def settings_hash(self) -> str:
        """Content hash of all settings."""
        return settings_hash(self.settings)

    @cached_property
    def library_versions(self) -> dict[str, str]:
        """Versions of the libraries that results depend on."""
        return {name: version(name) for name in LIBRARIES}


def _settings_file(store: Store, run: str) -> Path:
    return store.root / "settings" / f"{run}.json"


def create_project(settings: ProjectSettings, data: str | Path | None = None) -> Project:
    """The project with these settings, which every later stage of the run will find."""
    project = Project(Store(data_folder(data)), settings)
    write_json(_settings_file(project.store, settings.run), settings.model_dump(mode="json"))
    return project


def open_project(run: str = "main", data: str | Path | None = None) -> Project:
    """The project of a run: its stored settings, or the defaults if there are none yet.

    Raises InvalidSettings if the stored ones do not fit this program.
    """
    store = Store(data_folder(data))
    path = _settings_file(store, checked_run(run))
    if not path.exists():
        return Project(store, ProjectSettings(run=run))
    try:
        settings = ProjectSettings.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise InvalidSettings(
            f"{path} does not fit this program ({error.error_count()} problems, first: "
            f"{error.errors()[0]['loc']}): choose another --run or delete the file"
        ) from error
    return Project(store, settings)
