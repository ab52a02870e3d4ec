"""The columns of an XLSForm's sheets: their names as people write them, made one, and the rows below them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from pyxform import aliases
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey

from citizen.core.errors import Refused
from surveys.importers.languages import language_code
from surveys.importers.report import Element, Ledger
from surveys.importers.workbooks import Sheet, cell_name

ALIASES: dict[str, dict[str, Any]] = {
    "survey": aliases.survey_header,
    "choices": aliases.list_header,
    "settings": aliases.settings_header,
}
KNOWN = {
    "survey": set(MultipleChoiceQuestion.get_slot_names()),
    "choices": set(Option.get_slot_names()),
    "settings": set(Survey.get_slot_names()),
}
"""What pyxform calls the columns of each sheet."""

FIELDS: dict[tuple[str, ...], str] = {
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "readonly"): "read_only",
    ("bind", "constraint"): "constraint",
    ("bind", "jr:constraintMsg"): "constraint_message",
    ("bind", "jr:requiredMsg"): "required_message",
    ("bind", "jr:noAppErrorString"): "no_app_error_string",
    ("bind", "calculate"): "calculation",
    ("bind", "entities:saveto"): "save_to",
    ("control", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("control", "rows"): "rows",
    ("control", "autoplay"): "autoplay",
    ("media", "image"): "image",
    ("media", "big-image"): "big_image",
    ("media", "audio"): "audio",
    ("media", "video"): "video",
}
"""What we call them."""

TRANSLATED = {
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    "required_message",
    "title",
    "unit",
    "image",
    "big_image",
    "audio",
    "video",
}


@dataclass(frozen=True)
class Column:
    """A column: its header as written, what it holds, and in which language ("" where the header names none)."""

    number: int
    header: str
    field: str
    language: str = ""


@dataclass(frozen=True)
class Spoken:
    """The languages of a file. `main` is that of columns which name none; `into` says what each becomes in the city.

    `lead` is what the main one becomes, or the city's main language.
    """

    main: str
    into: Mapping[str, str]
    lead: str

    @property
    def languages(self) -> list[str]:
        """Of the questionnaire, the leading one first."""
        return list(dict.fromkeys((self.lead, *self.into.values())))


@dataclass(frozen=True)
class Row:
    """A row: its plain values, its texts by language, and where each field stands. `language` is the main one."""

    sheet: str
    number: int
    language: str
    values: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    places: Mapping[str, str]

    @property
    def where(self) -> str:
        return f"{self.sheet}!{self.number}"

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def text(self, name: str) -> Mapping[str, str]:
        return self.texts.get(name, {})

    def place(self, name: str) -> str:
        """Where the field stands: "survey!F12"."""
        return self.places.get(name, self.where)


@dataclass(frozen=True)
class Table:
    """The rows under a header, and the fields that the header names."""

    rows: tuple[Row, ...] = ()
    columns: tuple[Column, ...] = ()

    def without(self, *fields: str) -> "Table":
        """The columns that hold something else than these fields."""
        return Table(self.rows, tuple(column for column in self.columns if column.field not in fields))


def table_of(kind: str, sheet: Sheet | None, ledger: Ledger, spoken: Spoken) -> Table:
    """The table on a sheet (`kind`: survey, choices or settings). Refuses a column that stands there twice."""
    if sheet is None or not sheet.rows:
        return Table()
    written = columns_of(kind, sheet)
    columns = _with_codes(sheet, written, ledger, spoken)
    rows = (_row(sheet, number, columns, spoken.lead) for number in sorted(sheet.rows)[1:])
    _tell_of_cells(sheet, written, ledger)
    return Table(tuple(row for row in rows if row.places), tuple(columns))


def columns_of(kind: str, sheet: Sheet) -> list[Column]:
    """What the first row says, with the languages as written. Refuses a column that stands there twice."""
    top = min(sheet.rows, default=0)
    headers = {number: " ".join(header.split()) for number, header in sheet.rows.get(top, {}).items()}
    is_double = any("::" in header for header in headers.values())
    found: dict[tuple[str, str], Column] = {}
    for number, header in headers.items():
        column = _column(kind, number, header, is_double=is_double)
        key = column.field, column.language.casefold()
        if key in found:
            raise _twice(sheet.name, top, found[key], column)
        found[key] = column
    return list(found.values())


def _snake(text: str) -> str:
    return "_".join(text.split()).lower()


def _column(kind: str, number: int, header: str, *, is_double: bool) -> Column:
    tokens = process_header(header, is_double and "::" in header, ALIASES[kind], KNOWN[kind])[1]
    known = FIELDS.get(tuple(tokens[:2]))
    if known:
        return Column(number, header, known, "::".join(tokens[2:]))
    name = _snake(tokens[0])
    if name in TRANSLATED:
        return Column(number, header, name, "::".join(tokens[1:]))
    return Column(number, header, "::".join((name, *tokens[1:])))


def _twice(sheet: str, row: int, earlier: Column, column: Column) -> Refused:
    one, other = (cell_name(sheet, row, which.number) for which in (earlier, column))
    sentence = _(
        "%(one)s and %(other)s: the column “%(name)s” stands here twice. Please delete or rename one of them.",
        one=one,
        other=other,
        name=column.header[:80],
    )
    return Refused(sentence, status=422)


def _with_codes(sheet: Sheet, columns: list[Column], ledger: Ledger, spoken: Spoken) -> list[Column]:
    """The columns with the codes of our languages. Of two in the same language, the one that names it is read."""
    found: dict[tuple[str, str], Column] = {}
    is_alone = len({column.language.casefold() for column in columns if column.field in TRANSLATED}) == 1
    for column in sorted(columns, key=lambda column: not column.language):
        code = language_code(column.language) or (spoken.main if is_alone or not column.language else None)
        ours = spoken.into.get(code or "", "")
        if column.field == "title":
            ours = spoken.lead
        if column.field not in TRANSLATED:
            found[column.field, ""] = column
        elif code is None or (column.field, ours) in found:
            entry = ledger.entry(cell_name(sheet.name, min(sheet.rows), column.number), Element.OTHER, column.header)
            entry.lose(_unread(code, column))
        elif ours:
            found[column.field, ours] = replace(column, language=ours)
    return sorted(found.values(), key=lambda column: column.number)


def _unread(code: str | None, column: Column) -> str:
    if code is None:
        return _("We do not know the language of the column “%(name)s”.", name=column.header[:80])
    return _("There is another column with this text in the same language. We read that one.")


def _row(sheet: Sheet, number: int, columns: list[Column], language: str) -> Row:
    values: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    places: dict[str, str] = {}
    for column in columns:
        cell = sheet.rows[number].get(column.number, "").strip()
        if not cell:
            continue
        places.setdefault(column.field, cell_name(sheet.name, number, column.number))
        if column.field in TRANSLATED:
            texts.setdefault(column.field, {})[column.language] = cell
        else:
            values[column.field] = cell
    return Row(sheet.name, number, language, values, texts, places)


def _tell_of_cells(sheet: Sheet, columns: list[Column], ledger: Ledger) -> None:
    """Cells that nobody can read, and columns without a name."""
    for row, column in sheet.unsolved:
        entry = ledger.entry(cell_name(sheet.name, row, column), Element.OTHER)
        entry.lose(_("This cell holds an error, or a formula without its result. We read it as empty."))
    named = {column.number for column in columns}
    nameless = {column: row for row in sorted(sheet.rows, reverse=True) for column in sheet.rows[row]}
    for column in sorted(nameless.keys() - named):
        entry = ledger.entry(cell_name(sheet.name, nameless[column], column), Element.OTHER)
        entry.lose(_("This column has no name in the first row. We did not read it."))
