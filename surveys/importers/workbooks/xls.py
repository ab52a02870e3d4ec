"""Reads .xls workbooks ([MS-XLS]) with xlrd, which gets to see nothing but the records that hold cells."""

import io
import struct
from collections.abc import Collection, Iterator

import xlrd
from flask_babel import gettext as _
from pyxform.xls2json_backends import xls_value_to_unicode
from xlrd.biffh import XL_CELL_BLANK, XL_CELL_EMPTY, XL_CELL_ERROR
from xlrd.book import Book
from xlrd.sheet import Sheet as Grid

from citizen.core.errors import Refused
from surveys.importers.workbooks.ole import Container
from surveys.importers.workbooks.sheets import Room, Sheet, Workbook, broken

BOF, EOF, BOUNDSHEET, FILEPASS, SUPBOOK, SST = 0x809, 0x0A, 0x85, 0x2F, 0x1AE, 0xFC
NUMBER, RK, MULRK, LABELSST, LABEL, RSTRING, BOOLERR, FORMULA = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6, 0x205, 0x06
CELLS = {NUMBER, RK, MULRK, LABELSST, LABEL, RSTRING, BOOLERR, FORMULA}
CODEPAGE, DATEMODE, FORMAT, XF, CONTINUE, STRING = 0x42, 0x22, 0x41E, 0xE0, 0x3C, 0x207
NEEDED = CELLS | {BOF, EOF, BOUNDSHEET, SST, CODEPAGE, DATEMODE, FORMAT, XF, CONTINUE, STRING}
UNKNOWN = b"\xad\x0b"
"""The number of a record that means nothing to xlrd."""

MOST_STRINGS = 100_000
INSIDE = (0x401, 0x3A01)
"""How a SUPBOOK says that it means this very workbook, or a function that comes with Excel."""


def read(content: bytes, wanted: Collection[str]) -> Workbook:
    """The wanted sheets (names in small letters). Raises Refused with the place and the reason."""
    container = Container(content)
    if container.names & {"encryptedpackage", "encryptioninfo"}:
        raise _locked()
    if container.names & {"_vba_project_cur", "vba", "macros"}:
        raise Refused(_("This workbook contains macros. Please save it as “.xlsx” without them."), status=422)
    stream = container.stream("workbook", "book")
    if stream is None:
        raise Refused(_("This is no Excel workbook. Please save it as “.xlsx” and bring it again."), status=422)
    _check(stream, wanted)
    return _with_xlrd(_only_cells(stream), wanted)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, begin of its data and length of each record."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _check(stream: bytes, wanted: Collection[str]) -> None:
    """Refuse what is locked, linked or larger than we read."""
    names: dict[int, str] = {}
    room = None
    for kind, begin, length in _records(stream):
        data = stream[begin : begin + min(length, 600)]
        if kind == BOUNDSHEET and length >= 8:
            names[struct.unpack_from("<I", data)[0]] = _name(data)
        elif kind == BOF and begin - 4 in names:
            name = names[begin - 4]
            room = Room(name) if name.strip().lower() in wanted else None
        elif kind in CELLS and room is not None and length >= 6:
            _count(room, kind, data, length)
        else:
            _refuse_danger(kind, data)


def _name(data: bytes) -> str:
    signs, is_wide = data[6], data[7] & 1
    return data[8 : 8 + signs * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1", "replace")


def _count(room: Room, kind: int, data: bytes, length: int) -> None:
    row, column = struct.unpack_from("<HH", data)
    for place in range((length - 6) // 6 if kind == MULRK else 1):
        room.count_cell(row + 1, column + 1 + place)


def _refuse_danger(kind: int, data: bytes) -> None:
    if kind == FILEPASS:
        raise _locked()
    if kind == SUPBOOK and len(data) >= 4 and struct.unpack_from("<H", data, 2)[0] not in INSIDE:
        raise Refused(_("This workbook takes data from other files. Please remove the links."), status=422)
    if kind == SST and len(data) >= 8 and struct.unpack_from("<I", data, 4)[0] > MOST_STRINGS:
        raise Refused(_("This workbook holds too many texts (more than %(n)s).", n=MOST_STRINGS), status=422)


def _locked() -> Refused:
    return Refused(_("This workbook is locked with a password. Please save it without one."), status=422)


def _only_cells(stream: bytes) -> bytes:
    """The stream in which every other record means nothing any more, at the same places."""
    changed = bytearray(stream)
    for kind, begin, _length in _records(stream):
        if kind not in NEEDED:
            changed[begin - 4 : begin - 2] = UNKNOWN
    return bytes(changed)


def _with_xlrd(stream: bytes, wanted: Collection[str]) -> Workbook:
    """xlrd fails in every imaginable way where a file is damaged; it reads memory, and changes nothing."""
    try:
        book = xlrd.open_workbook(file_contents=stream, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
        names = book.sheet_names()
        found = {name.strip().lower(): name for name in names if name.strip().lower() in wanted}
        sheets = {key: _sheet(book, book.sheet_by_name(name)) for key, name in found.items()}
    except Refused:
        raise
    except Exception:
        raise broken() from None
    return Workbook(tuple(names), sheets)


def _sheet(book: Book, sheet: Grid) -> Sheet:
    room, unsolved = Room(sheet.name), []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            if cell.ctype == XL_CELL_ERROR:
                unsolved.append((row + 1, column + 1))
            elif cell.ctype not in {XL_CELL_EMPTY, XL_CELL_BLANK}:
                text = xls_value_to_unicode(cell.value, cell.ctype, book.datemode)
                room.put(row + 1, column + 1, text.removesuffix(" 00:00:00"))
    return Sheet(sheet.name, room.cells, unsolved)
