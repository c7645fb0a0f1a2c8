"""A `prefect` command that imports first and begins when it is told to.

Server, deployment and worker need each other in this order, but most of their start is Python's
imports, which can happen side by side.

    python -m flows.prefect_command deploy --all      (begins at the end of its standard input)
"""

import sys
from importlib import import_module
from typing import Final

NEEDED: Final = {
    "deploy": ("prefect.cli.deploy", "flows.clone", "flows.evaluate", "flows.collect"),
    "worker": ("prefect.cli.worker", "prefect.workers.process"),
}


def main() -> None:
    """Import what the command needs, wait, run it."""
    command = next((word for word in sys.argv[1:] if word in NEEDED), "")
    for module in ("prefect.cli", *NEEDED.get(command, ())):
        import_module(module)
    sys.stdin.read()
    from prefect.cli import app

    sys.argv[0] = "prefect"
    app()


if __name__ == "__main__":
    main()
