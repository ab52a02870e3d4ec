"""Excel workbooks, old and new, read as texts. Whatever a file claims, the work and the memory stay bounded."""

from collections.abc import Collection

from surveys.importers.bounds import OLE, ZIP
from surveys.importers.workbooks import xls, xlsx
from surveys.importers.workbooks.sheets import Sheet, Workbook, cell_name

__all__ = ["Sheet", "Workbook", "cell_name", "is_workbook", "read"]


def is_workbook(content: bytes) -> bool:
    """True for everything that begins like a workbook; `read` says what is wrong with the others."""
    return content.startswith((ZIP, b"PK\x05\x06", OLE))


def read(content: bytes, wanted: Collection[str]) -> Workbook:
    """The wanted sheets (names in small letters). Raises Refused with the place and the reason."""
    return xls.read(content, wanted) if content.startswith(OLE) else xlsx.read(content, wanted)
