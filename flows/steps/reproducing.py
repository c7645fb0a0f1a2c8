"""The command that repeats a run, from its settings."""

from typing import get_args

from ascension.settings import Preset
from flows.project import ProjectSettings, varied

ENOUGH_MINUTES = 1440  # the updates are what ends it


def command_of(settings: ProjectSettings, updates: int) -> str:
    """`ascension local ...` with which these settings come about; "" if no options lead to them."""
    for preset in get_args(Preset):
        usual = varied(preset, settings.run)
        options = {
            "ascension": settings.collect.ascension,
            "acts": settings.collect.acts,
            "teacher_games": settings.clone.games,
            "seeds": settings.evaluate.games,
            "head": settings.train.network.head,
        }
        flags = {"from_scratch": settings.from_scratch, "tensorboard": settings.tensorboard}
        if varied(preset, settings.run, **options, **flags) != settings:  # type: ignore[arg-type]
            continue
        defaults = {
            "ascension": usual.collect.ascension,
            "acts": usual.collect.acts,
            "teacher_games": usual.clone.games,
            "seeds": usual.evaluate.games,
            "head": usual.train.network.head,
        }
        words = ["ascension local", f"--run {settings.run}", f"--preset {preset}"]
        words += [f"--updates {updates}", f"--minutes {ENOUGH_MINUTES}"]
        words += [
            f"--{name.replace('_', '-')} {value}"
            for name, value in options.items()
            if value != defaults[name]
        ]
        words += ["--scratch"] * settings.from_scratch + ["--tensorboard"] * settings.tensorboard
        return " ".join(words)
    return ""
