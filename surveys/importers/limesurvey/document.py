"""The tables of a LimeSurvey file (.lss, .lsg, .lsq): XML that repeats the tables of its database, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser
from flask_babel import gettext as _

from citizen.core.errors import Refused

MARK = b"<LimeSurveyDocType"
MARK_WITHIN = 100_000
DEEPEST = 12
MOST_ROWS = 60_000
MOST_ROWS_OF = {"questions": 20_000, "conditions": 20_000, "answers": 40_000, "subquestions": 40_000}
"""In the whole file, and in tables that are shorter: a survey of 400 questions in 40 languages has 16,000."""

MOST_FIELDS = 200
LONGEST_FIELD = 200_000
KINDS = ("Survey", "Group", "Question")


@dataclass(frozen=True)
class Row:
    """A row of a table. `place` counts the rows of its table from 1."""

    place: int
    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def number(self, name: str) -> int:
        """The field as a whole number; 0 where it is none."""
        text = self[name].strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@dataclass
class Document:
    """What stands in the file: its kind, its languages and its tables by name."""

    kind: str = ""
    languages: list[str] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, name: str) -> list[Row]:
        return self.tables.get(name, [])


def is_limesurvey(content: bytes) -> bool:
    return MARK in content[:MARK_WITHIN]


def read_document(content: bytes) -> Document:
    """Reads the XML without entities and within bounds. Raises Refused."""
    document = Document()
    parser = XMLParser(target=_Tables(document), forbid_dtd=True)
    try:
        parser.feed(content)
        parser.close()
    except DefusedXmlException:
        sentence = _("The file has a document type definition or entities of its own. We do not read such files.")
        raise Refused(sentence, status=422) from None
    except ParseError as fault:
        line, column = fault.position
        sentence = _(
            "The file is no sound XML: look at line %(line)s, column %(column)s.", line=line, column=column + 1
        )
        raise Refused(sentence, status=422) from None
    except (LookupError, ValueError):
        raise Refused(
            _("The file names an encoding that we do not know. Please save it as UTF-8."), status=422
        ) from None
    if document.kind not in KINDS:
        raise Refused(_("This LimeSurvey file holds no survey, no question group and no question."), status=422)
    return document


class _Tables:
    """Takes what the parser finds, and keeps the rows: document / table / rows / row / field."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.path: list[str] = []
        self.parts: list[str] = []
        self.fields: dict[str, str] = {}
        self.rows = self.length = 0

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        self.path.append(tag)
        self.parts, self.length = [], 0
        if len(self.path) > DEEPEST:
            raise Refused(_("The file is nested too deeply at <%(tag)s>.", tag=tag[:40]), status=422)
        if self._is_row(4):
            self._begin_row()

    def data(self, text: str) -> None:
        self.length += len(text)
        if self.length > LONGEST_FIELD:
            place = {"table": self._table, "row": self._place + 1, "field": self.path[-1][:40]}
            raise Refused(_("The text in table %(table)s, row %(row)s, %(field)s is too long.", **place), status=422)
        self.parts.append(text)

    def end(self, _tag: str) -> None:
        text = "".join(self.parts)
        if self._is_row(5):
            self._keep_field(text)
        elif self._is_row(4):
            rows = self.document.tables.setdefault(self._table, [])
            rows.append(Row(len(rows) + 1, self.fields))
        else:
            self._keep_head(text.strip())
        self.path.pop()
        self.parts = []

    def close(self) -> Any:
        return self.document

    @property
    def _table(self) -> str:
        return self.path[1][:40] if len(self.path) > 1 else ""

    @property
    def _place(self) -> int:
        return len(self.document.rows(self._table))

    def _is_row(self, depth: int) -> bool:
        return len(self.path) == depth and self.path[2] == "rows" and self.path[3] == "row"

    def _begin_row(self) -> None:
        self.fields = {}
        self.rows += 1
        place = self._place + 1
        if self.rows > MOST_ROWS or place > MOST_ROWS_OF.get(self._table, MOST_ROWS):
            raise Refused(
                _(
                    "The table %(table)s of the file is too long. We stopped at row %(row)s.",
                    table=self._table,
                    row=place,
                ),
                status=422,
            )

    def _keep_field(self, text: str) -> None:
        name = self.path[-1]
        if len(self.fields) >= MOST_FIELDS:
            place = {"table": self._table, "row": self._place + 1}
            raise Refused(_("Row %(row)s of the table %(table)s has too many fields.", **place), status=422)
        self.fields[name] = text

    def _keep_head(self, text: str) -> None:
        if self.path[1:] == ["LimeSurveyDocType"]:
            self.document.kind = text
        elif self.path[1:] == ["languages", "language"] and text:
            self.document.languages.append(text[:40])
