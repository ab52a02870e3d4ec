"""Reads the XML inside of a workbook as a stream of tags: no DTD, no entities, and only so many tags."""

from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser
from flask_babel import gettext as _
from typing_extensions import override

from citizen.core.errors import Refused
from surveys.importers.workbooks.archive import Archive
from surveys.importers.workbooks.sheets import broken

MOST_TAGS = 500_000
LONGEST_TAG = 512 * 1024
"""Tags of a part, and bytes without any."""


class Tags(ContentHandler):
    """Counts tags; names come without their prefix. A reader fills in `opened`, `closed` and `wrote`."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.part, self.count = part, 0

    @override
    def startElement(self, name: str, attrs: object) -> None:
        self.count += 1
        if self.count > MOST_TAGS:
            raise Refused(_("The part “%(name)s” of this workbook has too many tags.", name=self.part), status=422)
        self.opened(name.rpartition(":")[2], dict(attrs))  # type: ignore[call-overload]

    @override
    def endElement(self, name: str) -> None:
        self.closed(name.rpartition(":")[2])

    @override
    def characters(self, content: str) -> None:
        self.wrote(content)

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""

    def closed(self, name: str) -> None:
        """A tag ends."""

    def wrote(self, text: str) -> None:
        """A piece of text stands in the tag."""


def read_part(archive: Archive, name: str, reader: Tags) -> None:
    """Send the tags of a part to the reader. Refuses what is no sound XML or could do harm."""
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(reader)
    silent, seen = 0, 0
    try:
        for piece in archive.pieces(name):
            parser.feed(piece)
            silent, seen = (silent + len(piece), seen) if reader.count == seen else (0, reader.count)
            if silent > LONGEST_TAG:
                raise broken()
        parser.close()
    except DefusedXmlException:
        sentence = _("The part “%(name)s” of this workbook defines XML entities. That can do harm.", name=name)
        raise Refused(sentence, status=422) from None
    except (SAXException, ValueError, LookupError):
        raise broken() from None
