"""Workbooks made for tests: new ones with openpyxl, old ones by hand, because nothing here writes those."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import openpyxl

from surveys import importers
from surveys.importers.report import Import
from surveys.questionnaire import Question

Rows = Sequence[Sequence[Any]]
HEAD = ("type", "name", "label")


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


def old_workbook(rows: Rows, *, sheet: str = "survey", extra: Iterable[bytes] = ()) -> bytes:
    """An .xls workbook with one sheet of texts and numbers. `extra`: records that stand before the sheet."""
    return container(_stream(rows, sheet, list(extra)))


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _stream(rows: Rows, sheet: str, extra: list[bytes]) -> bytes:
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    name = sheet.encode("latin-1")
    size = len(begin) + sum(map(len, extra)) + 4 + 8 + len(name) + 4
    bound = record(0x85, struct.pack("<IBBBB", size, 0, 0, len(name), 0) + name)
    cells = [_cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row) if value not in (None, "")]
    inner = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + b"".join(cells) + record(0x0A)
    return begin + b"".join(extra) + bound + record(0x0A) + inner


def _cell(row: int, column: int, value: Any) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return record(0x204, place + struct.pack("<HB", len(value), 1) + text)
    return record(0x203, place + struct.pack("<d", value))


def container(stream: bytes, *, name: str = "Workbook", follows: Callable[[int], int] | None = None) -> bytes:
    """The stream as the only one of an OLE container. `follows`: another sector than the next one behind each."""
    padded = stream.ljust(max(4096, len(stream) + -len(stream) % 512), b"\0")
    padded += b"\0" * (-len(padded) % 512)
    used = len(padded) // 512
    tables = -(-(used + 2) // 128) or 1
    tables = -(-(used + 1 + tables) // 128)
    first = tables + 1
    last = 0xFFFFFFFE
    chain = [0xFFFFFFFD] * tables + [last] + [first + place + 1 for place in range(used - 1)] + [last]
    chain = [follows(place) if follows and place >= first else sector for place, sector in enumerate(chain)]
    table = b"".join(struct.pack("<I", sector) for sector in chain).ljust(tables * 512, b"\xff")
    entries = _entry("Root Entry", 5, last, 0) + _entry(name, 2, first, len(padded))
    return _header(tables) + table + entries.ljust(512, b"\0") + padded


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    child = 1 if kind == 5 else 0xFFFFFFFF
    places = struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return text.ljust(64, b"\0") + places + bytes(36) + struct.pack("<III", first, size, 0)


def _header(tables: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    places = [*range(tables), *[0xFFFFFFFF] * (109 - tables)]
    return head + struct.pack("<109I", *places)
