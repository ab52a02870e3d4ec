"""Workbooks made for tests: new ones with openpyxl, old ones by hand, because nothing here writes those."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import openpyxl

from surveys import importers
from surveys.importers.report import Import
from surveys.questionnaire import Question

Rows = Sequence[Sequence[Any]]
HEAD = ("type", "name", "label")
SECTOR, FREE, LAST, TABLE, FAR_TABLE = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
"""Bytes of a sector of an OLE container, and what its table of sectors says beside the next one."""


def workbook(**sheets: Rows) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def form(*rows: Sequence[Any], head: Sequence[str] = HEAD, choices: Rows = (), settings: Rows = ()) -> bytes:
    """An XLSForm with these rows under the head. `choices` without their head, `settings` with it."""
    sheets: dict[str, Rows] = {"survey": [head, *rows]}
    if choices:
        sheets["choices"] = [("list_name", "name", "label"), *choices]
    return workbook(**sheets, **({"settings": settings} if settings else {}))


def brought(content: bytes, languages: Sequence[str] = ("en", "de")) -> Import:
    return importers.read("form.xlsx", content, languages)


def first_question(*row: Any, head: Sequence[str] = HEAD, choices: Rows = ()) -> Question:
    """What one row becomes."""
    found = brought(form(row, ("text", "last_question", "Why?"), head=head, choices=choices))
    assert found.questionnaire is not None, found.report.refused
    return next(found.questionnaire.questions)


def sentences(found: Import, name: str = "") -> list[str]:
    """What the report says, or only about the row with this name."""
    return [note.sentence for one in found.report.outcomes if name in ("", one.name) for note in one.notes]


def changed(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The workbook with other parts: `change` gives what a part becomes, or None where it goes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The workbook with one more part, or with that part replaced."""
    rest = changed(content, lambda held, old: None if held == name else old)
    file = io.BytesIO(rest)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as new:
        new.writestr(name, part)
    return file.getvalue()


def old_workbook(
    rows: Rows, *, others: Mapping[str, Rows] | None = None, extra: Iterable[bytes] = (), cells: Iterable[bytes] = ()
) -> bytes:
    """An .xls workbook of texts and numbers: the sheet "survey" and others.

    `extra` are records before the sheets, `cells` further ones in the first sheet.
    """
    sheets = {"survey": _sheet(rows, list(cells))} | {name: _sheet(held, []) for name, held in (others or {}).items()}
    return container(_stream(sheets, list(extra)))


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _stream(sheets: Mapping[str, bytes], extra: list[bytes]) -> bytes:
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + b"".join(extra)
    at = len(begin) + sum(12 + len(name) for name in sheets) + 4
    bounds = []
    for name, cells in sheets.items():
        bounds.append(record(0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name.encode("latin-1")))
        at += len(cells)
    return begin + b"".join(bounds) + record(0x0A) + b"".join(sheets.values())


def _sheet(rows: Rows, more: list[bytes]) -> bytes:
    cells = [_cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row) if value not in (None, "")]
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))
    return begin + b"".join([*cells, *more]) + record(0x0A)


def _cell(row: int, column: int, value: Any) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return record(0x204, place + struct.pack("<HB", len(value), 1) + text)
    return record(0x203, place + struct.pack("<d", value))


def container(stream: bytes, *, name: str = "Workbook", follows: Callable[[int], int] | None = None) -> bytes:
    """The stream as the only one of an OLE container. `follows`: another sector than the next one behind each."""
    padded = stream.ljust(4096, b"\0")
    padded += b"\0" * (-len(padded) % SECTOR)
    used = len(padded) // SECTOR
    tables = -(-(used + 2 + used // 100) // 128)
    beyond = -(-max(0, tables - 109) // 127)
    first = tables + beyond + 1
    chain = [TABLE] * tables + [FAR_TABLE] * beyond + [LAST] + [first + n + 1 for n in range(used - 1)] + [LAST]
    chain = [follows(place) if follows and place >= first else sector for place, sector in enumerate(chain)]
    table = _packed(chain).ljust(tables * SECTOR, b"\xff")
    entries = _entry("Root Entry", 5, LAST, 0) + _entry(name, 2, first, len(padded))
    return _header(tables, beyond) + table + _far_tables(tables, beyond) + entries.ljust(SECTOR, b"\0") + padded


def _packed(numbers: Iterable[int]) -> bytes:
    return b"".join(struct.pack("<I", number) for number in numbers)


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    child = 1 if kind == 5 else FREE
    places = struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child)
    return text.ljust(64, b"\0") + places + bytes(36) + struct.pack("<III", first, size, 0)


def _header(tables: int, beyond: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += _packed([tables, tables + beyond, 0, 4096, LAST, 0, tables if beyond else LAST, beyond])
    return head + _packed(([*range(tables)] + [FREE] * 109)[:109])


def _far_tables(tables: int, beyond: int) -> bytes:
    """Where those tables lie for which the header has no room."""
    rest = [*range(109, tables)]
    sectors = [(rest[n * 127 : (n + 1) * 127] + [FREE] * 127)[:127] for n in range(beyond)]
    return b"".join(_packed([*sector, tables + n + 1 if n + 1 < beyond else LAST]) for n, sector in enumerate(sectors))
