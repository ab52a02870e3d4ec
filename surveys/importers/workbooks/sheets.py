"""A sheet of a workbook, as texts, and how much of one we read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from openpyxl.utils.cell import get_column_letter

from citizen.core.errors import Refused

MOST_ROWS = 5000
MOST_COLUMNS = 200
MOST_CELLS = 100_000
LONGEST_CELL = 40_000
"""Excel itself writes at most 32,767 characters into a cell."""

Cells = dict[int, dict[int, str]]
"""Texts by row and column, both counted from 1; without the empty ones."""


@dataclass(frozen=True)
class Sheet:
    """The texts of a sheet. `unsolved` are cells (row, column) with an error, or a formula without its result."""

    name: str
    rows: Mapping[int, Mapping[int, str]]
    unsolved: Collection[tuple[int, int]] = ()


@dataclass(frozen=True)
class Workbook:
    """The sheets that were asked for, by their name in small letters. `names` are those of all sheets, as written."""

    names: tuple[str, ...]
    sheets: Mapping[str, Sheet]


@dataclass
class Room:
    """Counts what is taken from a sheet, and refuses what is more than we read, naming the place."""

    sheet: str
    cells: Cells = field(default_factory=dict)
    count: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Keep the text of a cell, if there is one."""
        if not text.strip():
            return
        self.check_length(row, column, len(text))
        self.count_cell(row, column)
        self.cells.setdefault(row, {})[column] = text

    def check_length(self, row: int, column: int, length: int) -> None:
        """Refuse a cell with more text than Excel could write."""
        if length > LONGEST_CELL:
            where = cell_name(self.sheet, row, column)
            raise Refused(_("%(where)s: this cell holds more text than we can read.", where=where), status=422)

    def count_cell(self, row: int, column: int) -> None:
        """Refuse the cell where it is one too many."""
        self.count += 1
        place = {"sheet": self.sheet, "row": row}
        if row > MOST_ROWS:
            sentence = _("%(sheet)s, row %(row)s: we read at most %(most)s rows of a sheet.", most=MOST_ROWS, **place)
            raise Refused(sentence, status=422)
        if column > MOST_COLUMNS:
            sentence = _("%(sheet)s, row %(row)s: we read at most %(most)s columns.", most=MOST_COLUMNS, **place)
            raise Refused(sentence, status=422)
        if self.count > MOST_CELLS:
            sentence = _("%(sheet)s, row %(row)s: we read at most %(most)s cells of a sheet.", most=MOST_CELLS, **place)
            raise Refused(sentence, status=422)


def cell_name(sheet: str, row: int, column: int) -> str:
    """How people name a cell: "survey!B12"."""
    return f"{sheet}!{get_column_letter(column)}{row}"


def broken() -> Refused:
    """For a workbook that Excel could not open either."""
    return Refused(_("This workbook is damaged. Please open it in Excel or LibreOffice and save it anew."), status=422)
