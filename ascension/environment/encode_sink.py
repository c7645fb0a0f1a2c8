"""Where encoded rows go: (index, value) pairs in growing buffers that numpy reads as they are."""

from typing import Final, final

from librt.strings import BytesWriter, write_f32_le, write_i32_le, write_i64_le
from librt.vecs import vec
from mypy_extensions import i32, i64

MOST: Final = 5.0


@final
class Block:
    """Pairs that were written before and are written again, as their bytes."""

    def __init__(self, indices: bytes, values: bytes) -> None:
        self.indices: bytes = indices
        self.values: bytes = values


@final
class Sink:
    """The rows of one sparse table; a row ends with `end_row`."""

    def __init__(self) -> None:
        self.indices: BytesWriter = BytesWriter()  # int32
        self.values: BytesWriter = BytesWriter()  # float32
        self.offsets: BytesWriter = BytesWriter()  # int64, one more than there are rows
        self.rows: i64 = 0
        self.clear()

    def clear(self) -> None:
        """Forget everything; the buffers keep their size."""
        self.indices.truncate(0)
        self.values.truncate(0)
        self.offsets.truncate(0)
        self.rows = 0
        write_i64_le(self.offsets, 0)

    def put(self, index: i64, value: float) -> None:
        """Add a pair to the present row; zeros are left out."""
        if value != 0.0:
            write_i32_le(self.indices, i32(index))
            write_f32_le(self.values, value)

    def number(self, index: i64, value: i64, unit: float) -> None:
        """Add a number in units, at most MOST: rare extremes do not drown the rest."""
        if value != 0:
            amount = float(value) * unit
            write_i32_le(self.indices, i32(index))
            write_f32_le(self.values, MOST if amount > MOST else amount)

    def flag(self, index: i64) -> None:
        """Add a one."""
        write_i32_le(self.indices, i32(index))
        write_f32_le(self.values, 1.0)

    def block(self) -> Block:
        """All that was written, to be written again elsewhere."""
        return Block(self.indices.getvalue(), self.values.getvalue())

    def repeat(self, block: Block) -> None:
        """Add pairs that were written before."""
        self.indices.write(block.indices)
        self.values.write(block.values)

    def end_row(self) -> None:
        """Finish the present row."""
        write_i64_le(self.offsets, i64(len(self.indices)) >> 2)
        self.rows += 1


@final
class Counts:
    """A multiset of columns, written in column order: the order of a pile never shows."""

    def __init__(self, width: i64) -> None:
        self.counts: vec[i64] = vec[i64]([0] * int(width))
        self.touched: vec[i64] = vec[i64]([0] * int(width))  # the first `different` count
        self.different: i64 = 0

    def add(self, column: i64) -> None:
        """Count one."""
        count = self.counts[column]
        if count == 0:
            self.touched[self.different] = column
            self.different += 1
        self.counts[column] = count + 1

    def of(self, column: i64) -> i64:
        """How many there are of a column."""
        return self.counts[column]

    def write(self, sink: Sink, offset: i64, unit: float) -> None:
        """Write the counts in units, at most MOST each."""
        self._sort()
        i: i64 = 0
        while i < self.different:
            column = self.touched[i]
            sink.number(offset + column, self.counts[column], unit)
            i += 1

    def _sort(self) -> None:
        """Columns in ascending order: few enough to be inserted one by one."""
        touched = self.touched
        i: i64 = 1
        while i < self.different:
            column = touched[i]
            j = i
            while j > 0 and touched[j - 1] > column:
                touched[j] = touched[j - 1]
                j -= 1
            touched[j] = column
            i += 1

    def clear(self) -> None:
        """Start again."""
        i: i64 = 0
        while i < self.different:
            self.counts[self.touched[i]] = 0
            i += 1
        self.different = 0
