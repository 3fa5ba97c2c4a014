"""A cell that is merged over several rows of a table says the same of each of them."""

from collections import deque
from collections.abc import Iterable, Iterator

from crm.ground.messages import Message
from crm.reading.table import Row


class Merges:
    """The merged cells of one sheet that are one column wide: first row, last row and column of each, counted from 0."""

    def __init__(self, down: Iterable[tuple[int, int, int]]) -> None:
        self._down = sorted(down)
        self.notes: list[Message] = []

    def spread(self, first: int, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows of the table that begins at the line `first`; those merged above it belong to its header."""
        ahead = deque(one for one in self._down if one[0] + 1 >= first)
        if not ahead:
            return rows
        said = "Cells that are merged over several rows are read in each of these rows; there are {count}."
        self.notes.append(Message(said, count=len(ahead)))
        return _spread(ahead, rows)


def _spread(ahead: deque[tuple[int, int, int]], rows: Iterator[Row]) -> Iterator[Row]:
    open_: dict[int, tuple[int, str]] = {}  # by column: to which row, and what it says
    for row in rows:
        cells, place = list(row.cells), row.line - 1
        for column, (bottom, text) in list(open_.items()):
            if place > bottom:
                del open_[column]
            else:
                cells[column] = text
        while ahead and ahead[0][0] <= place:
            top, bottom, column = ahead.popleft()
            if top == place and 0 <= column < len(cells):
                open_[column] = (bottom, cells[column])
        yield Row(row.line, cells, row.fault)
