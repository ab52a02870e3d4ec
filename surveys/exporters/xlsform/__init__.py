"""Writes a questionnaire as an XLSForm, which KoboToolbox, ODK and Enketo read, and our own importer."""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter
from flask_babel import gettext as _

from surveys.exporters.exported import Exported
from surveys.exporters.xlsform.ground import Cells, Ground
from surveys.exporters.xlsform.losses import tell_of, tell_of_form
from surveys.exporters.xlsform.rows import rows_of
from surveys.exporters.xlsform.wording import language_header
from surveys.questionnaire import Layout, OptionRole, Questionnaire, Section

PLAIN = ("type", "name", "required", "relevant", "constraint", "appearance", "parameters", "plaza")
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
"""What people wrote stays text, whatever it begins with."""


def export(questionnaire: Questionnaire, languages: Sequence[str], name: str = "survey") -> Exported:
    """`languages` are those of the city, the main one first; `name` is what other tools call the form."""
    ground = Ground(questionnaire, languages)
    tell_of_form(questionnaire, ground)
    rows, choices = list(_rows(questionnaire, ground)), list(_choices(ground))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        _write(book, "survey", rows, ["type", "name", *_translated(rows), *PLAIN[2:]])
        _write(book, "choices", choices, ["list_name", "name", *_translated(choices), "role"])
        _write(book, "settings", [_settings(questionnaire, ground, name)])
        _write(book, "notes", [{"where": left.where, "what": left.sentence} for left in ground.left], ["where", "what"])
    return Exported(file.getvalue(), tuple(ground.left))


def _rows(questionnaire: Questionnaire, ground: Ground) -> Iterator[Cells]:
    if len(questionnaire.title) > 1:
        yield from _around("title", questionnaire.title, ground)
    yield from _around("intro", questionnaire.intro, ground)
    for section in questionnaire.sections:
        yield from _section(section, questionnaire.layout, ground)
    yield from _around("thanks", questionnaire.thanks, ground)


def _around(mark: str, texts: dict[str, str], ground: Ground) -> Iterator[Cells]:
    """A text before or after all questions; the title too, because the settings hold it in one language only."""
    cells = ground.texts("label", texts, mark)
    if cells:
        yield {"type": "note", "name": ground.unused(f"plaza_{mark}"), "plaza": mark, **cells}


def _section(section: Section, layout: Layout, ground: Ground) -> Iterator[Cells]:
    cells = {"type": "begin_group", "name": section.code, "relevant": ground.condition(section.show_if, section.code)}
    cells |= {"appearance": "field-list" if layout is Layout.SECTION else ""}
    yield cells | ground.texts("label", section.title, section.code) | ground.texts("hint", section.text, section.code)
    for question in section.questions:
        if ground.is_written(question):
            tell_of(question, ground)
            yield from rows_of(question, ground)
        else:
            ground.say(question.code, _("This question is not whole yet, so it is not in the file."))
    yield {"type": "end_group"}


def _choices(ground: Ground) -> Iterator[Cells]:
    for name, option in ground.lists.rows():
        role = "" if option.role is OptionRole.PLAIN else option.role.value
        label = ground.texts("label", option.label, name) or {f"label::{ground.header}": option.code}
        yield {"list_name": name, "name": option.code, "role": role, **label}


def _settings(questionnaire: Questionnaire, ground: Ground, name: str) -> Cells:
    main = ground.languages[0]
    title = questionnaire.title.get(main) or next(iter(questionnaire.title.values()), "")
    return {
        "form_title": title or name,
        "form_id": name,
        "default_language": language_header(main),
        "style": "pages",
    }


def _translated(rows: Sequence[Cells]) -> list[str]:
    """Headers of the columns with texts."""
    return list(dict.fromkeys(header for cells in rows for header in cells if "::" in header))


def _write(book: xlsxwriter.Workbook, name: str, rows: Sequence[Cells], headers: Sequence[str] = ()) -> None:
    sheet = book.add_worksheet(name)
    headers = headers or list(rows[0])
    for column, header in enumerate(headers):
        sheet.write_string(0, column, header)
        for number, cells in enumerate(rows, start=1):
            if cells.get(header):
                sheet.write_string(number, column, cells[header])
