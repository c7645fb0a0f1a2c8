"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help="Data folder; $ASCENSION_DATA or ./data without it.",
        show_default=False,
    ),
]
RunOption = Annotated[str, typer.Option("--run", help="Name of the training run.")]
SeedOption = Annotated[
    str, typer.Option("--seed", help="Seed: the game's text (ABC123) or a number.")
]
AscensionOption = Annotated[
    int, typer.Option("--ascension", "-a", min=0, max=20, help="Ascension level.")
]
ActsOption = Annotated[
    int,
    typer.Option("--acts", min=1, max=4, help="Won after this act's boss; 4 is the heart."),
]
