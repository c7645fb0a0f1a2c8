"""`ascension content`: what the game knows, what is missing, and which rules are uncertain."""

from pathlib import Path
from typing import Annotated

import typer

from commands.output import JsonOption, console, print_json, table


def content(
    missing: Annotated[
        bool, typer.Option("--missing", help="List only what is not implemented.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="List the name of everything, by kind.")
    ] = False,
    uncertain: Annotated[
        bool, typer.Option("--uncertain", help="List the rules that only the real game can settle.")
    ] = False,
    write: Annotated[
        Path | None,
        typer.Option(help="With --uncertain: write the list as a page.", show_default=False),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Count the cards, relics, potions, monsters and events of the game.

    What is not implemented stands in one explicit list and is left out of the pools.
    """
    if names:
        _names(as_json)
        return
    if uncertain or write is not None:
        _uncertain(write, as_json)
        return
    from ascension.game.coverage import counts, missing_content

    lacking = missing_content()
    if as_json:
        print_json({"counts": counts(), "missing": lacking})
    elif missing:
        for kind, left_out in lacking.items():
            for name in left_out:
                console.print(f"{kind}: {name}", highlight=False)
    else:
        rows = [(kind, n, len(lacking.get(kind, []))) for kind, n in counts().items()]
        console.print(table("Content", ["kind", "rows", "missing"], rows))


def _names(as_json: bool) -> None:
    from ascension.game.coverage import names_by_kind

    known = names_by_kind()
    if as_json:
        print_json(known)
        return
    for kind, listed in known.items():
        for name in listed:
            console.print(f"{kind}: {name}", highlight=False)


def _uncertain(write: Path | None, as_json: bool) -> None:
    from dataclasses import asdict

    from ascension.conformance.uncertain import marks, page

    found = marks()
    if write is not None:
        write.write_text(page(found), encoding="utf-8")
        console.print(f"{write}: {len(found)} rules")
    elif as_json:
        print_json([asdict(mark) for mark in found])
    else:
        rows = [(mark.source, mark.built, mark.settled) for mark in found]
        console.print(table("Uncertain rules", ["rule", "built", "settled by"], rows))
