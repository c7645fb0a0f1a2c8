"""Looking ahead on an act's map: how many rooms of each kind lie between a node and the boss.

Worked out once per map. A path's counts include the node it starts from. An `Outlook` belongs to a
game and keeps what stays true from decision to decision: the way ahead, and the deck.
"""

from typing import Final, final

from librt.vecs import vec
from mypy_extensions import i64

from ascension.environment.encode_columns import OUTLOOK_ROOMS
from ascension.environment.encode_deck import DeckColumns
from ascension.environment.encode_sink import Block, Sink
from ascension.game.run import MapNode, Run
from ascension.game.world.map import COLUMNS, can_fly, destinations, node_at

ROOMS: Final[i64] = len(OUTLOOK_ROOMS)  # rooms 1.. of the run's numbering
_FAR: Final[i64] = 999
_PATH_UNIT: Final = 0.25
_ROW_UNIT: Final = 0.5


@final
class Outlook:
    """Fewest and most rooms of each kind on the paths from every node of one map."""

    def __init__(self) -> None:
        self.rows: list[list[MapNode]] = []
        self.low: vec[i64] = vec[i64]()  # [(y * COLUMNS + x) * ROOMS + room - 1]
        self.high: vec[i64] = vec[i64]()
        # What was written last, and where the player stood: it stays the same through a fight.
        self.x: i64 = -1
        self.y: i64 = -1
        self.flies: bool = False
        self.written: Block | None = None
        self.deck: DeckColumns = DeckColumns()

    def is_current(self, run: Run) -> bool:
        """Whether what was written last is still true."""
        if self.written is None or self.rows is not run.map_rows:
            return False
        return self.x == run.x and self.y == run.y and self.flies == can_fly(run)

    def keep(self, run: Run, written: Sink) -> None:
        """Remember what was written for the present place."""
        self.x = run.x
        self.y = run.y
        self.flies = can_fly(run)
        self.written = written.block()

    def refresh(self, run: Run) -> None:
        """Work it out again if the run is on another map."""
        if self.rows is run.map_rows:
            return
        self.rows = run.map_rows
        size = len(self.rows) * int(COLUMNS) * int(ROOMS)
        self.low = vec[i64]([0] * size)
        self.high = vec[i64]([0] * size)
        y: i64 = len(self.rows) - 1
        while y >= 0:
            for node in self.rows[y]:
                self._fill(node)
            y -= 1

    def _fill(self, node: MapNode) -> None:
        low = self.low
        high = self.high
        start = (node.y * COLUMNS + node.x) * ROOMS
        is_first = True
        if node.y + 1 < len(self.rows):
            for x in node.to:
                above = ((node.y + 1) * COLUMNS + x) * ROOMS
                for room in range(ROOMS):
                    fewest = low[above + room]
                    most = high[above + room]
                    if is_first or fewest < low[start + room]:
                        low[start + room] = fewest
                    if is_first or most > high[start + room]:
                        high[start + room] = most
                is_first = False
        if 1 <= node.room <= ROOMS:
            low[start + node.room - 1] += 1
            high[start + node.room - 1] += 1

    def write(self, sink: Sink, offset: i64, nodes: list[MapNode]) -> None:
        """Bounds over the paths that start at any of the nodes."""
        for room in range(ROOMS):
            low = _FAR
            high: i64 = 0
            for node in nodes:
                position = (node.y * COLUMNS + node.x) * ROOMS + room
                low = min(low, self.low[position])
                high = max(high, self.high[position])
            if low != _FAR:
                sink.put(offset + 2 * room, float(low) * _PATH_UNIT)
                sink.put(offset + 2 * room + 1, float(high) * _PATH_UNIT)


def reachable(run: Run) -> list[MapNode]:
    """The nodes that can be entered next, the boss left out: it is no room of the map."""
    if run.y + 1 >= len(run.map_rows):
        return []
    return destinations(run)


def successors(run: Run, nodes: list[MapNode]) -> list[MapNode]:
    """The nodes one row above these that paths lead to."""
    out: list[MapNode] = []
    for node in nodes:
        for x in node.to:
            above = node_at(run, x, node.y + 1)
            if above is not None and above not in out:
                out.append(above)
    return out


def write_rows(sink: Sink, offset: i64, run: Run, nodes: list[MapNode]) -> None:
    """Kinds of room among these nodes and among those one step further."""
    _write_row(sink, offset, nodes)
    _write_row(sink, offset + ROOMS, successors(run, nodes))


def _write_row(sink: Sink, offset: i64, nodes: list[MapNode]) -> None:
    for room in range(ROOMS):
        count: i64 = 0
        for node in nodes:
            if node.room == room + 1:
                count += 1
        sink.put(offset + room, float(count) * _ROW_UNIT)
