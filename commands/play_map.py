"""The map of an act in letters, the boss at the top, the way still open in bold."""

from typing import Final

from rich.text import Text

from ascension.game.run import (
    ELITE_ROOM,
    EVENT_ROOM,
    MONSTER_ROOM,
    REST_ROOM,
    SHOP_ROOM,
    TREASURE_ROOM,
    MapNode,
    Run,
)
from ascension.game.world.map import destinations

LETTERS: Final = {
    MONSTER_ROOM: "m",
    ELITE_ROOM: "E",
    REST_ROOM: "r",
    SHOP_ROOM: "$",
    TREASURE_ROOM: "T",
    EVENT_ROOM: "?",
}
LEGEND: Final = "m monster  E elite  r rest  $ shop  T treasure  ? event  B boss  @ you"
_STEP: Final = 4  # characters between two columns
_WIDTH: Final = 7 * _STEP


def map_text(run: Run) -> Text:
    """The act's map; nodes that can be reached from here are bold, the next ones green."""
    rows = run.map_rows
    reach = _reachable(run)
    text = Text("      " + " " * (3 * _STEP) + "B\n", style="")
    for y in range(len(rows) - 1, -1, -1):
        text.append(f"{y:4d}  ", style="dim")
        text.append_text(_row_text(run, rows[y], reach))
        text.append("\n")
        if y > 0:
            text.append("      " + _edges(rows[y - 1]) + "\n", style="dim")
    text.append(LEGEND, style="dim")
    return text


def _reachable(run: Run) -> dict[tuple[int, int], str]:
    """Style of every node ahead: the next ones, then all that they lead to."""
    styles = {(int(node.x), int(node.y)): "bold green" for node in destinations(run)}
    for row in run.map_rows:
        for node in row:
            if (int(node.x), int(node.y)) in styles:
                for x in node.to:
                    styles.setdefault((int(x), int(node.y) + 1), "bold")
    return styles


def _row_text(run: Run, row: list[MapNode], reach: dict[tuple[int, int], str]) -> Text:
    by_column = {int(node.x): node for node in row}
    text = Text()
    for x in range(7):
        node = by_column.get(x)
        if node is None:
            text.append(" " * _STEP)
            continue
        is_here = (node.x, node.y) == (run.x, run.y)
        burns = (node.x, node.y) == (run.burning_x, run.burning_y)
        letter = "@" if is_here else LETTERS.get(node.room, "B")
        style = "bold yellow" if is_here else reach.get((int(node.x), int(node.y)), "dim")
        text.append(letter + ("*" if burns else ""), style=style)
        text.append(" " * (_STEP - len(letter) - int(burns)))
    return text


def _edges(row: list[MapNode]) -> str:
    """The lines from a row up to the next one."""
    line = [" "] * _WIDTH
    for node in row:
        for x in node.to:
            middle = (int(node.x) + int(x)) * _STEP // 2
            line[middle] = "|" if x == node.x else "/" if x > node.x else "\\"
    return "".join(line).rstrip()
