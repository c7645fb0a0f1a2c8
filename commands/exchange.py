"""`ascension exchange`: carry rollouts and checkpoints between machines without a shared disk."""

import time
from enum import StrEnum
from typing import Annotated

import typer

from commands.options import DataOption, RunOption
from commands.output import console, errors, refuses
from storage import StorageError


class Role(StrEnum):
    """Which side of the exchange this machine is."""

    collector = "collector"
    trainer = "trainer"


@refuses(StorageError)
def exchange(
    url: Annotated[
        str, typer.Argument(help="file:///FOLDER or s3://BUCKET/PREFIX[?endpoint=HOST:PORT]")
    ],
    role: Annotated[Role, typer.Option("--role", help="What this machine does.")],
    run: RunOption = "main",
    data: DataOption = None,
    every: Annotated[
        float, typer.Option("--every", min=0.1, help="Seconds between two exchanges.")
    ] = 2.0,
    once: Annotated[bool, typer.Option("--once", help="Exchange once and end.")] = False,
) -> None:
    """Run it beside the worker on every machine; Ctrl-C ends it.

    Collectors send rollouts and rows and fetch the newest policy; the trainer's machine fetches
    them and publishes its checkpoints. Interrupted anywhere it loses nothing and doubles nothing.
    Credentials come from the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY).
    """
    from flows.project import data_folder
    from storage import Store
    from storage.errors import Unreachable
    from storage.exchange import serve_collectors, serve_trainer
    from storage.places import open_place

    store, place = Store(data_folder(data)), open_place(url)
    serve = serve_trainer if role is Role.trainer else serve_collectors
    while True:
        try:
            done = serve(store, place, run)
        except Unreachable as error:
            if once:
                raise
            errors.print(f"{error}; trying again", highlight=False, markup=False)
        else:
            if once or done.rollouts or done.checkpoints:
                console.print(
                    f"{done.rollouts} rollouts, {done.facts} files of rows, "
                    f"{done.checkpoints} checkpoints"
                )
        if once:
            return
        time.sleep(every)
