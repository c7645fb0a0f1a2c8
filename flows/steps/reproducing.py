"""The command that repeats a run, from its settings."""

from typing import Any, get_args

from ascension.settings import Preset
from flows.project import ProjectSettings, varied

ENOUGH_MINUTES = 1440  # the updates are what ends it


def command_of(settings: ProjectSettings, updates: int) -> str:
    """`ascension local ...` with which these settings come about; "" if no options lead to them."""
    options = _options_of(settings)
    flags = {"from_scratch": settings.from_scratch, "tensorboard": settings.tensorboard}
    for preset in get_args(Preset):
        if varied(preset, settings.run, **options, **flags) != settings:
            continue
        usual = _options_of(varied(preset, settings.run))
        words = ["ascension local", f"--run {settings.run}", f"--preset {preset}"]
        words += [f"--updates {updates}", f"--minutes {ENOUGH_MINUTES}"]
        words += [
            f"--{name.replace('_', '-')} {value}"
            for name, value in options.items()
            if value != usual[name]
        ]
        words += ["--scratch"] * settings.from_scratch + ["--tensorboard"] * settings.tensorboard
        return " ".join(words)
    return ""


def _options_of(settings: ProjectSettings) -> dict[str, Any]:
    """What the command line may change, by the option's name."""
    return {
        "ascension": settings.collect.ascension,
        "acts": settings.collect.acts,
        "teacher_games": settings.clone.games,
        "seeds": settings.evaluate.games,
        "head": settings.train.network.head,
    }
