"""Reads .xlsx workbooks (ECMA-376).

openpyxl reads every string and every style before the first cell and believes what a file says about its sizes; here a
sheet is left as soon as it is too large, and only the strings that its cells use are kept.
"""

import posixpath
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import CellCoordinatesException

from citizen.core.errors import Refused
from surveys.importers.workbooks.archive import Archive
from surveys.importers.workbooks.markup import Tags, read_part
from surveys.importers.workbooks.sheets import Room, Sheet, Workbook, broken, cell_name

BOOK = "xl/workbook.xml"


def read(content: bytes, wanted: Collection[str]) -> Workbook:
    """The wanted sheets (names in small letters). Raises Refused with the place and the reason."""
    archive = Archive(content)
    if BOOK not in archive:
        raise Refused(_("This is no Excel workbook. Please save it as “.xlsx” and bring it again."), status=422)
    book, targets = _BookReader(BOOK), _TargetReader("xl/_rels/workbook.xml.rels")
    read_part(archive, book.part, book)
    read_part(archive, targets.part, targets)
    dates = _dates(archive)
    found = {name.strip().lower(): name for name in book.sheets if name.strip().lower() in wanted}
    readers = {key: _SheetReader(name, targets.path(book.sheets[name])) for key, name in found.items()}
    for reader in readers.values():
        read_part(archive, reader.part, reader)
    strings = _strings(archive, {number for reader in readers.values() for number in reader.strings})
    epoch = CALENDAR_MAC_1904 if book.is_1904 else CALENDAR_WINDOWS_1900
    sheets = {key: reader.sheet(strings, dates, epoch) for key, reader in readers.items()}
    return Workbook(tuple(book.sheets), sheets)


class _BookReader(Tags):
    """Names of the sheets, each with the key of its part, and from when days are counted."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.sheets: dict[str, str] = {}
        self.is_1904 = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets[attributes.get("name", "")] = key
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in {"1", "true"}


class _TargetReader(Tags):
    """Where each part lies, by its key."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.targets: dict[str, str] = {}

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def path(self, key: str) -> str:
        return posixpath.normpath(posixpath.join("/xl", self.targets.get(key, ""))).lstrip("/")


class _StyleReader(Tags):
    """Which numbers of cell styles show a number as a date."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.formats: dict[str, str] = {}
        self.used: list[str] = []
        self.is_in_cells = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self.is_in_cells = True
        elif name == "xf" and self.is_in_cells:
            self.used.append(attributes.get("numFmtId", "0"))

    def closed(self, name: str) -> None:
        self.is_in_cells = self.is_in_cells and name != "cellXfs"

    def dates(self) -> set[str]:
        known = {str(number): code for number, code in BUILTIN_FORMATS.items()} | self.formats
        return {str(place) for place, number in enumerate(self.used) if is_date_format(known.get(number, "")[:200])}


def _dates(archive: Archive) -> set[str]:
    reader = _StyleReader("xl/styles.xml")
    if reader.part in archive:
        read_part(archive, reader.part, reader)
    return reader.dates()


class _StringReader(Tags):
    """The shared strings that are needed, by number; what says how to pronounce them is left out."""

    def __init__(self, part: str, needed: Collection[int]) -> None:
        super().__init__(part)
        self.needed, self.number, self.found = needed, -1, dict[int, str]()
        self.is_text = self.is_phonetic = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.number += name == "si"
        self.is_phonetic = self.is_phonetic or name == "rPh"
        self.is_text = name == "t" and self.number in self.needed

    def closed(self, name: str) -> None:
        self.is_text = False
        self.is_phonetic = self.is_phonetic and name != "rPh"

    def wrote(self, text: str) -> None:
        if self.is_text and not self.is_phonetic:
            self.found[self.number] = self.found.get(self.number, "") + text


def _strings(archive: Archive, needed: Collection[int]) -> dict[int, str]:
    reader = _StringReader("xl/sharedStrings.xml", needed)
    if needed:
        read_part(archive, reader.part, reader)
    return reader.found


class _SheetReader(Tags):
    """The cells of a sheet as they are written: kind, style and text."""

    def __init__(self, sheet: str, part: str) -> None:
        super().__init__(part)
        self.room = Room(sheet)
        self.row = self.column = 0
        self.kind, self.style, self.text = "n", "0", ""
        self.is_value = self.has_formula = False
        self.raw: dict[tuple[int, int], tuple[str, str, str]] = {}
        self.unsolved: list[tuple[int, int]] = []

    @property
    def strings(self) -> list[int]:
        """Numbers of the shared strings that the cells use."""
        return [_whole(text) for kind, _style, text in self.raw.values() if kind == "s"]

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = _whole(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "f":
            self.has_formula = True
        self.is_value = name in {"v", "t"}

    def closed(self, name: str) -> None:
        self.is_value = False
        if name == "c":
            self._end_cell()

    def wrote(self, text: str) -> None:
        if self.is_value:
            self.text += text
            self.room.check_length(self.row, self.column, len(self.text))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        if "r" in attributes:
            self.row, self.column = _coordinate(attributes["r"])
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "0")
        self.text, self.has_formula = "", False

    def _end_cell(self) -> None:
        place = self.row, self.column
        if self.text.strip() and self.kind != "e":
            self.room.count_cell(*place)
            self.raw[place] = self.kind, self.style, self.text
        elif self.has_formula or self.kind == "e":
            self.room.count_cell(*place)
            self.unsolved.append(place)

    def sheet(self, strings: Mapping[int, str], dates: Collection[str], epoch: Any) -> Sheet:
        """The sheet, once the strings are known."""
        room = Room(self.room.sheet)
        for (row, column), (kind, style, text) in self.raw.items():
            try:
                shown = _shown(kind, text, strings, epoch if style in dates else None)
            except (ValueError, OverflowError, KeyError):
                where = cell_name(room.sheet, row, column)
                raise Refused(_("%(where)s: this cell cannot be read.", where=where), status=422) from None
            room.put(row, column, shown)
        return Sheet(room.sheet, dict(sorted(room.cells.items())), self.unsolved)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 8):
        raise broken()
    return int(text)


def _coordinate(text: str) -> tuple[int, int]:
    try:
        letters, row = coordinate_from_string(text[:20])
        return row, column_index_from_string(letters)
    except (CellCoordinatesException, ValueError):
        raise broken() from None


def _shown(kind: str, text: str, strings: Mapping[int, str], epoch: Any) -> str:
    """The text of a cell as XLSForm reads it: "1" for 1.0, "TRUE", "2026-01-31". `epoch` where a number is a date."""
    if kind == "s":
        return str(unescape(strings.get(int(text), "")))
    if kind == "b":
        return "TRUE" if text.strip() in {"1", "true"} else "FALSE"
    if kind != "n":
        return str(unescape(text))
    number = float(text)
    return _date_text(from_excel(number, epoch)) if epoch else number_text(number)


def number_text(number: float) -> str:
    """A number without needless decimals."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _date_text(moment: datetime | time | timedelta) -> str:
    if isinstance(moment, datetime) and moment.time() == time():
        return date(moment.year, moment.month, moment.day).isoformat()
    return str(moment)
