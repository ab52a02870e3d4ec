"""The zip archive that an .xlsx file is: opened where nothing in it is dangerous, and read piece by piece."""

import io
import struct
import zlib
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from flask_babel import gettext as _

from citizen.core.errors import Refused
from surveys.importers.workbooks.sheets import broken

MOST_PARTS = 1000
MOST_DECLARED = 200 * 1024 * 1024
MOST_READ = 8 * 1024 * 1024
PIECE = 64 * 1024
"""Parts of an archive; bytes that all together say they unpack to; bytes that we unpack; bytes at once."""

BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, IndexError)
"""What zipfile raises for an archive that is none, or is cut off."""

ENTRY = b"PK\x01\x02"
MACROS = ("vbaproject.bin", "xl/macrosheets/", "xl/activex/")
LINKS = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")


class Archive:
    """The parts by name. `read` counts what was unpacked over all parts."""

    def __init__(self, content: bytes) -> None:
        if content.count(ENTRY) > MOST_PARTS:
            raise Refused(_("This workbook is made of too many parts (more than %(n)s).", n=MOST_PARTS), status=422)
        try:
            self.zip = ZipFile(io.BytesIO(content))
        except BROKEN:
            raise broken() from None
        self.parts = {part.filename.lstrip("/").lower(): part for part in self.zip.infolist()}
        self.unpacked = 0
        self._refuse_danger()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, unpacked piece by piece. Refuses what is missing, damaged or grows too large."""
        part = self.parts.get(name.lower())
        if part is None:
            raise broken()
        try:
            with self.zip.open(part) as stream:
                while piece := stream.read(PIECE):
                    self._count(len(piece), part.filename)
                    yield piece
        except BROKEN:
            raise broken() from None

    def _count(self, size: int, name: str) -> None:
        self.unpacked += size
        if self.unpacked > MOST_READ:
            sentence = _("The part “%(name)s” of this workbook is too large when unpacked.", name=name[:80])
            raise Refused(sentence, status=422)

    def _refuse_danger(self) -> None:
        for name, part in self.parts.items():
            if part.flag_bits & 1:
                raise Refused(_("This workbook is locked with a password. Please save it without one."), status=422)
            if any(mark in name for mark in MACROS):
                raise Refused(_("This workbook contains macros. Please save it as “.xlsx” without them."), status=422)
            if any(mark in name for mark in LINKS):
                sentence = _(
                    "This workbook takes data from other files (%(name)s). Please remove the links.", name=name
                )
                raise Refused(sentence, status=422)
        self._refuse_bombs(list(self.parts.values()))

    def _refuse_bombs(self, parts: list[ZipInfo]) -> None:
        declared = sum(part.file_size for part in parts)
        if declared > MOST_DECLARED:
            size = declared // (1024 * 1024)
            raise Refused(_("This workbook would unpack to %(size)s MB. That is too large.", size=size), status=422)
        if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
            raise broken()
