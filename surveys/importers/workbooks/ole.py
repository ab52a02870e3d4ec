"""Finds the workbook inside of an .xls file, which is a small file system of its own ([MS-CFB]).

xlrd has a reader for it, but a file whose directory or sectors lead in a circle keeps that one busy for ever.
"""

import struct
from collections.abc import Iterator

from surveys.importers.workbooks.sheets import broken

HEADER = 512
ENTRY = 128
FREE = 0xFFFFFFFF
LAST = 0xFFFFFFFA
"""Numbers from LAST on are marks, no sectors."""

STREAM = 2


class Container:
    """The streams of an OLE container, by name."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        if len(content) < HEADER:
            raise broken()
        shift, first = struct.unpack_from("<H", content, 30)[0], struct.unpack_from("<I", content, 48)[0]
        if shift not in {9, 12}:
            raise broken()
        self.size = 1 << shift
        self.smallest: int = struct.unpack_from("<I", content, 56)[0]
        self.table = self._table()
        self.entries = list(self._entries(b"".join(self._sectors(first))))

    @property
    def names(self) -> set[str]:
        """Of all streams and folders, in small letters."""
        return {name.lower() for name, _kind, _first, _length in self.entries}

    def stream(self, *names: str) -> bytes | None:
        """The first stream with one of these names (small letters). Excel makes none so small that it is packed."""
        for name, kind, first, length in self.entries:
            if kind == STREAM and name.lower() in names:
                if length < self.smallest:
                    raise broken()
                return b"".join(self._sectors(first))[:length]
        return None

    def _sector(self, number: int) -> bytes:
        begin = HEADER + number * self.size if self.size == HEADER else (number + 1) * self.size
        if begin >= len(self.content):
            raise broken()
        return self.content[begin : begin + self.size]

    def _sectors(self, first: int) -> Iterator[bytes]:
        """The sectors of a chain; a chain that comes back to itself is broken."""
        seen: set[int] = set()
        while first < LAST:
            if first in seen or first >= len(self.table):
                raise broken()
            seen.add(first)
            yield self._sector(first)
            first = self.table[first]

    def _table(self) -> list[int]:
        """Which sector follows on each."""
        numbers = list(struct.unpack_from("<109I", self.content, 76))
        extension, seen = struct.unpack_from("<I", self.content, 68)[0], set[int]()
        while extension < LAST:
            if extension in seen:
                raise broken()
            seen.add(extension)
            more = _numbers(self._sector(extension))
            numbers += more[:-1]
            extension = more[-1] if more else FREE
        used = [number for number in numbers if number < LAST]
        if len(set(used)) != len(used):
            raise broken()
        return [follower for number in used for follower in _numbers(self._sector(number))]

    def _entries(self, directory: bytes) -> Iterator[tuple[str, int, int, int]]:
        """Name, kind, first sector and length of each entry."""
        for begin in range(0, len(directory) - ENTRY + 1, ENTRY):
            entry = directory[begin : begin + ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            first, size = struct.unpack_from("<II", entry, 116)
            if kind:
                yield entry[: min(max(length - 2, 0), 64)].decode("utf-16-le", "replace"), kind, first, size


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))
