"""Translating a survey: its texts side by side in two languages, and as a table that goes out and comes back.

Nothing here commits.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from citizen.core.audit import Actor
from citizen.core.errors import Refused
from citizen.core.i18n import Text, text_in
from citizen.core.spreadsheets import FORMULA_STARTS
from citizen.core.texts import is_plain
from surveys import drafting
from surveys.drafting import Edit
from surveys.editing.history import questionnaire_at
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded
from surveys.texts import Wording, texts_of, with_texts

COLUMNS = ("code", "source", "translation")
MOST_ROWS = 50_000
QUOTE = "'"


@dataclass(frozen=True)
class Line:
    """One text: how it reads in the language that is translated from, and in the one that is translated into."""

    wording: Wording
    source: Text
    target: str

    @property
    def is_missing(self) -> bool:
        return bool(self.source) and not self.target


@dataclass(frozen=True)
class Progress:
    """How many of the texts that there are to translate are translated."""

    done: int
    total: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Progress":
        to_do = [line for line in lines if line.source]
        return cls(sum(not line.is_missing for line in to_do), len(to_do))


def lines_of(questionnaire: Questionnaire, language: str, languages: Sequence[str]) -> list[Line]:
    """Every text that is written in some language, or is needed. `languages` are the city's, its first one leading."""
    others = [code for code in languages if code != language]
    return [
        _line(wording, language, others)
        for wording in texts_of(questionnaire)
        if wording.is_written or wording.is_needed
    ]


def _line(wording: Wording, language: str, others: Sequence[str]) -> Line:
    elsewhere = {code: text for code, text in wording.texts.items() if code != language}
    source = text_in(elsewhere, others[0] if others else language, others)
    return Line(wording, source, wording.texts.get(language, ""))


def fault_in(wording: Wording, text: str) -> str | None:
    """Why the text cannot be kept; None where it can."""
    if len(text) > wording.most:
        return _("Please write at most %(most)s characters.", most=wording.most)
    if not is_plain(text, lines=wording.is_long):
        return (
            _("Please write without invisible special characters.")
            if wording.is_long
            else _("Please write on one line, without invisible special characters.")
        )
    return None


def translate(survey: Survey, language: str, texts: Mapping[str, str], *, seen: int, by: Actor) -> dict[str, str]:
    """Write these texts, by name, in this language. `seen` is the edition that the translator had before them.

    Only what differs from that edition is written, so that whatever others changed meanwhile stays; what they wrote in
    place of texts that the translator left alone is returned. Raises Overtaken where both changed the same text.
    """
    before = _before(survey, language, seen)
    changed = {name: text for name, text in texts.items() if text != before.get(name, "")}
    edit = Edit(
        "translated",
        "",
        lambda questionnaire: with_texts(questionnaire, language, changed),
        looked_at=lambda questionnaire: {name: text for name, text in _in(questionnaire, language) if name in changed},
    )
    drafting.edit_survey(survey, edit, seen=seen, by=by)
    return {name: text for name, text in _in(loaded(survey.document), language) if text != texts.get(name, text)}


def merged(survey: Survey, language: str, texts: Mapping[str, str], *, seen: int) -> tuple[dict[str, str], set[str]]:
    """The texts as they would be with what others wrote meanwhile, and the names of those that both changed."""
    before, now = _before(survey, language, seen), dict(_in(loaded(survey.document), language))
    left_alone = {name for name, text in texts.items() if text == before.get(name, "")}
    both = {name for name in texts.keys() - left_alone if now.get(name, "") not in {before.get(name, ""), texts[name]}}
    return {name: now.get(name, "") if name in left_alone else text for name, text in texts.items()}, both


def _before(survey: Survey, language: str, seen: int) -> dict[str, str]:
    return dict(_in(questionnaire_at(survey, seen) or loaded(survey.document), language))


def _in(questionnaire: Questionnaire, language: str) -> Iterator[tuple[str, str]]:
    return ((wording.name, wording.texts.get(language, "")) for wording in texts_of(questionnaire))


def as_csv(lines: Sequence[Line]) -> str:
    """One row a text, with a mark for spreadsheets that the file is UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([line.wording.name, _as_cell(line.source.value), _as_cell(line.target)])
    return "\ufeff" + buffer.getvalue()


@dataclass(frozen=True)
class Cells:
    """A row of a table that came back: the text's name, the source as it was sent out, and the translation."""

    code: str
    source: str
    translation: str


def read_csv(content: bytes) -> list[Cells]:
    """The rows of the table, whichever sign a spreadsheet put between the cells. Raises Refused for anything else."""
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Refused(_("This table cannot be read. Please save it as CSV and try again."), status=422) from None
    heading = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if not set(COLUMNS) <= set(heading) or len(set(heading)) < len(heading):
        raise Refused(_("The first row has to name the columns code, source and translation."), status=422)
    if len(rows) > MOST_ROWS:
        raise Refused(_("This table has too many rows."), status=422)
    places = [heading.index(column) for column in COLUMNS]
    return [Cells(*(_cell(row, place) for place in places)) for row in rows[1:] if any(row)]


def _decoded(content: bytes) -> str:
    """UTF-8, else what spreadsheets in western Europe write."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _cell(row: list[str], place: int) -> str:
    text = row[place].replace("\r\n", "\n").strip() if place < len(row) else ""
    return text[1:] if text.startswith(QUOTE) and _looks_like_formula(text) else text


def _as_cell(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets a quote before it, which `_cell` takes away again."""
    return QUOTE + text if _looks_like_formula(text) else text


def _looks_like_formula(text: str) -> bool:
    return text.lstrip(QUOTE).startswith(FORMULA_STARTS)
