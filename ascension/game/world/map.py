"""The map of an act: paths, rooms, the burning elite, and which nodes can be entered (map.md)."""

from typing import Final, final

from librt.vecs import vec
from mypy_extensions import i64

from ascension.game.ids import relics as R
from ascension.game.rng import Rng, f32, round_half_up
from ascension.game.run import (
    BOSS_ROOM,
    ELITE_ROOM,
    EVENT_ROOM,
    MONSTER_ROOM,
    NO_ROOM,
    REST_ROOM,
    SHOP_ROOM,
    TREASURE_ROOM,
    MapNode,
    Run,
)
from ascension.game.world import relics

COLUMNS: Final = 7
ROWS: Final = 15
PATHS: Final = 6
NODES: Final = 105  # COLUMNS * ROWS
TREASURE_ROW: Final = 8
BOSS_COLUMN: Final = 3
FINAL_ACT: Final = 4

# The seed of an act's map is the run's seed plus this.
_SEED_OFFSET: Final[list[i64]] = [0, 1, 200, 600, 1200]
# By kind of room: whether it never follows a room of its own kind.
_NEVER_TWICE: Final = [
    room in (REST_ROOM, TREASURE_ROOM, SHOP_ROOM, ELITE_ROOM) for room in range(EVENT_ROOM + 1)
]
_BIT: Final[list[i64]] = [1, 2, 4, 8, 16, 32, 64, 128]


def _columns_of_bits() -> list[list[i64]]:
    """For every set of columns, as bits, its columns from left to right."""
    out: list[list[i64]] = []
    for bits in range(1 << COLUMNS):
        out.append([column for column in range(COLUMNS) if bits & _BIT[column]])
    return out


# Nodes of all maps share these lists.
_COLUMNS_OF: Final = _columns_of_bits()
# The first and last column of a set; past the last one and -1 for the empty set.
_FIRST_OF: Final[list[i64]] = [COLUMNS] + [columns[0] for columns in _COLUMNS_OF[1:]]
_LAST_OF: Final[list[i64]] = [-1] + [columns[-1] for columns in _COLUMNS_OF[1:]]


@final
class _Grid:
    """Edges and parents while paths are drawn; a node's number is 7 * y + x."""

    def __init__(self) -> None:
        self.targets: vec[i64] = vec[i64]([0] * NODES)  # columns in the next row, as bits
        self.parent_counts: vec[i64] = vec[i64]([0] * NODES)
        # Columns in the row below, in order, with repeats: PATHS places for every node.
        self.parents: vec[i64] = vec[i64]([0] * (NODES * PATHS))

    def exists(self, node: i64) -> bool:
        """Whether a path goes through the node."""
        return self.targets[node] != 0

    def lead_to(self, node: i64, column: i64) -> None:
        """Draw an edge."""
        self.targets[node] |= _BIT[column]

    def leftmost(self, node: i64) -> i64:
        """The first column that an edge of the node leads to; past the last one without edges."""
        return _FIRST_OF[self.targets[node]]

    def rightmost(self, node: i64) -> i64:
        """The last column that an edge of the node leads to, -1 without edges."""
        return _LAST_OF[self.targets[node]]

    def columns(self, node: i64) -> list[i64]:
        """The columns that the node's edges lead to, from left to right; not to be changed."""
        return _COLUMNS_OF[self.targets[node]]

    def add_parent(self, node: i64, column: i64) -> None:
        """Note that a path came from this column of the row below."""
        self.parents[PATHS * node + self.parent_counts[node]] = column
        self.parent_counts[node] += 1

    def first_parent(self, node: i64) -> i64:
        """The leftmost parent; there is one."""
        first = self.parents[PATHS * node]
        for place in range(1, self.parent_counts[node]):
            first = min(first, self.parents[PATHS * node + place])
        return first

    def last_parent(self, node: i64) -> i64:
        """The rightmost parent, -1 if there is none."""
        last: i64 = -1
        for place in range(self.parent_counts[node]):
            last = max(last, self.parents[PATHS * node + place])
        return last


def _between(rng: Rng, low: i64, high: i64) -> i64:
    return rng.random(high - low) + low


def build_map(run: Run) -> None:
    """Draw the map of the run's act, its rooms and its burning elite."""
    run.burning_x = -1
    run.burning_y = -1
    run.map_rng = Rng(run.seed + _SEED_OFFSET[run.act])
    if run.act == FINAL_ACT:
        run.map_rows = _final_map()
        return
    grid = _draw_paths(run.map_rng)
    _remove_redundant_first_edges(grid)
    rooms = _assign_rooms(grid, run)
    run.map_rows = _nodes(grid, rooms)
    if run.final_act == FINAL_ACT and not run.emerald_key:
        _choose_burning_elite(run)


def _final_map() -> list[list[MapNode]]:
    rows: list[list[MapNode]] = []
    for y, room in enumerate([REST_ROOM, SHOP_ROOM, ELITE_ROOM, BOSS_ROOM]):
        to: list[i64] = [] if room == BOSS_ROOM else [BOSS_COLUMN]
        rows.append([MapNode(BOSS_COLUMN, y, room, to)])
    return rows


# --- Paths ----------------------------------------------------------------------------------


def _draw_paths(rng: Rng) -> _Grid:
    grid = _Grid()
    first: i64 = -1
    for path in range(PATHS):
        x = _between(rng, 0, COLUMNS - 1)
        while path == 1 and x == first:
            x = _between(rng, 0, COLUMNS - 1)
        if path == 0:
            first = x
        for y in range(ROWS - 1):
            x = _step(grid, rng, x, y)
        grid.lead_to(COLUMNS * (ROWS - 1) + x, BOSS_COLUMN)
    return grid


def _step(grid: _Grid, rng: Rng, x: i64, y: i64) -> i64:
    """Draw one edge upwards from (x, y); returns the column it leads to."""
    low: i64 = 0 if x == 0 else -1
    high: i64 = 0 if x == COLUMNS - 1 else 1
    to = x + _between(rng, low, high)
    aimed_at = COLUMNS * (y + 1) + to
    for place in range(grid.parent_counts[aimed_at]):
        parent = grid.parents[PATHS * aimed_at + place]
        if parent != x and _have_common_parent(grid, parent, x, y):
            to = _step_again(rng, x, to)
    to = _without_crossing(grid, x, y, to)
    grid.lead_to(COLUMNS * y + x, to)
    grid.add_parent(COLUMNS * (y + 1) + to, x)
    return to


def _have_common_parent(grid: _Grid, parent: i64, x: i64, y: i64) -> bool:
    # The game compares a column with the row here; its maps depend on it.
    left = parent if parent < y else x
    right = x if parent < y else parent
    last_of_left = grid.last_parent(COLUMNS * y + left)
    if last_of_left < 0 or grid.parent_counts[COLUMNS * y + right] == 0:
        return False
    return last_of_left == grid.first_parent(COLUMNS * y + right)


def _step_again(rng: Rng, x: i64, to: i64) -> i64:
    if to > x:
        again = x + _between(rng, -1, 0)
        return x if again < 0 else again
    if to < x:
        again = x + _between(rng, 0, 1)
        return x if again > COLUMNS - 1 else again
    again = x + _between(rng, -1, 1)
    if again > COLUMNS - 1:
        return x - 1
    return x + 1 if again < 0 else again


def _without_crossing(grid: _Grid, x: i64, y: i64, to: i64) -> i64:
    if x > 0:
        to = max(to, grid.rightmost(COLUMNS * y + x - 1))
    if x < COLUMNS - 1:
        to = min(to, grid.leftmost(COLUMNS * y + x + 1))
    return to


def _remove_redundant_first_edges(grid: _Grid) -> None:
    used: i64 = 0
    for x in range(COLUMNS):
        targets = grid.targets[x]
        grid.targets[x] = targets & ~used
        used |= targets


# --- Rooms ----------------------------------------------------------------------------------


def _assign_rooms(grid: _Grid, run: Run) -> list[i64]:
    """The room of every node; NO_ROOM where there is no node."""
    rooms: list[i64] = [NO_ROOM] * NODES
    free: list[i64] = []  # nodes whose room is dealt
    for node in range(NODES):
        if grid.exists(node):
            rooms[node] = _fixed_room(node // COLUMNS)
            if rooms[node] == NO_ROOM:
                free.append(node)
    deal = _shuffled_rooms(grid, len(free), run)
    for node in free:
        _take_fitting_room(grid, rooms, deal, node)
    for node in free:
        if rooms[node] == NO_ROOM:
            rooms[node] = MONSTER_ROOM
    return rooms


def _fixed_room(y: i64) -> i64:
    if y == 0:
        return MONSTER_ROOM
    if y == TREASURE_ROW:
        return TREASURE_ROOM
    return REST_ROOM if y == ROWS - 1 else NO_ROOM


def _share(n: i64, share: float) -> i64:
    return round_half_up(f32(float(n) * f32(share)))


def _shuffled_rooms(grid: _Grid, free: i64, run: Run) -> list[i64]:
    """The quotas of map.md 3, padded with monsters, in the order in which they are dealt."""
    counted: i64 = 0
    for node in range(NODES):
        # Row 13 is left out of the count, as in the game.
        if grid.exists(node) and node // COLUMNS != ROWS - 2:
            counted += 1
    elites = f32(f32(float(counted) * f32(0.08)) * (f32(1.6) if run.ascension > 0 else 1.0))
    deal: list[i64] = []
    _add_rooms(deal, SHOP_ROOM, _share(counted, 0.05))
    _add_rooms(deal, REST_ROOM, _share(counted, 0.12))
    _add_rooms(deal, ELITE_ROOM, round_half_up(elites))
    _add_rooms(deal, EVENT_ROOM, _share(counted, 0.22))
    _add_rooms(deal, MONSTER_ROOM, free - len(deal))
    for i in range(len(deal), 1, -1):
        j = run.map_rng.next_int(i)
        kept = deal[i - 1]
        deal[i - 1] = deal[j]
        deal[j] = kept
    return deal


def _add_rooms(deal: list[i64], room: i64, count: i64) -> None:
    for _ in range(count):
        deal.append(room)


def _take_fitting_room(grid: _Grid, rooms: list[i64], deal: list[i64], node: i64) -> None:
    refused: i64 = 0  # kinds of room that did not fit, as bits
    for position in range(len(deal)):
        room = deal[position]
        if (refused >> room) & 1 == 1:
            continue
        refused |= _BIT[room]
        if _fits(grid, rooms, node, room):
            rooms[node] = deal[position]
            del deal[position]
            return


def _fits(grid: _Grid, rooms: list[i64], node: i64, room: i64) -> bool:
    y = node // COLUMNS
    if y <= 4 and room in (REST_ROOM, ELITE_ROOM):
        return False
    if y >= 13 and room == REST_ROOM:
        return False
    below = COLUMNS * (y - 1)
    never_twice = _NEVER_TWICE[room]
    for place in range(grid.parent_counts[node]):
        parent = below + grid.parents[PATHS * node + place]
        if never_twice and rooms[parent] == room:
            return False
        if room != TREASURE_ROOM and _sibling_has(grid, rooms, parent, node, room):
            return False
    return True


def _sibling_has(grid: _Grid, rooms: list[i64], parent: i64, node: i64, room: i64) -> bool:
    row = node // COLUMNS * COLUMNS
    for to in grid.columns(parent):  # noqa: SIM110 (a generator is slow when compiled)
        if rooms[row + to] == room and row + to != node:
            return True
    return False


def _nodes(grid: _Grid, rooms: list[i64]) -> list[list[MapNode]]:
    rows: list[list[MapNode]] = []
    for y in range(ROWS):
        row: list[MapNode] = []
        for x in range(COLUMNS):
            node = COLUMNS * y + x
            if grid.exists(node):
                row.append(MapNode(x, y, rooms[node], grid.columns(node)))
        rows.append(row)
    return rows


def _choose_burning_elite(run: Run) -> None:
    elites: list[MapNode] = []
    for row in run.map_rows:
        for node in row:
            if node.room == ELITE_ROOM:
                elites.append(node)
    if len(elites) > 0:
        node = elites[run.map_rng.random(len(elites) - 1)]
        run.burning_x = node.x
        run.burning_y = node.y


# --- Movement -------------------------------------------------------------------------------


def node_at(run: Run, x: i64, y: i64) -> MapNode | None:
    """The node of the present map at this place."""
    if not 0 <= y < len(run.map_rows):
        return None
    for node in run.map_rows[y]:
        if node.x == x:
            return node
    return None


def boss_row(run: Run) -> i64:
    """The row of the act's boss: above the map, in act 4 its last row."""
    return 3 if run.act == FINAL_ACT else ROWS


def can_fly(run: Run) -> bool:
    """Whether wing boots have a charge left."""
    boots = relics.find(run, R.WING_BOOTS)
    return boots is not None and boots.counter > 0


def is_connected(run: Run, x: i64) -> bool:
    """Whether an edge leads from the present node to column x of the next row."""
    node = node_at(run, run.x, run.y)
    return node is None or x in node.to


def destinations(run: Run) -> list[MapNode]:
    """The nodes that can be entered next: connected ones, then those only wing boots reach.

    The boss is a node above the map.
    """
    y = run.y + 1
    if y >= len(run.map_rows):
        return [MapNode(BOSS_COLUMN, y, BOSS_ROOM, [])]
    row = run.map_rows[y]
    if run.y < 0:
        return row
    out = [node for node in row if is_connected(run, node.x)]
    if can_fly(run):
        out.extend([node for node in row if not is_connected(run, node.x)])
    return out
