"""`ascension content`: what the game knows, and what is missing."""

from typing import Annotated

import typer

from commands.output import JsonOption, console, print_json, table


def content(
    missing: Annotated[
        bool, typer.Option("--missing", help="List only what is not implemented.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Count the cards, relics, potions, monsters and events of the game.

    What is not implemented stands in one explicit list and is left out of the pools.
    """
    from ascension.game.coverage import counts, missing_content

    lacking = missing_content()
    if as_json:
        print_json({"counts": counts(), "missing": lacking})
    elif missing:
        for kind, names in lacking.items():
            for name in names:
                console.print(f"{kind}: {name}", highlight=False)
    else:
        rows = [(kind, n, len(lacking.get(kind, []))) for kind, n in counts().items()]
        console.print(table("Content", ["kind", "rows", "missing"], rows))
