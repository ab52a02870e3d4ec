"""XLSForm: a questionnaire as an Excel workbook (xlsform.org). pyxform knows its words; what they become is ours."""

from flask_babel import gettext as _
from pyxform.aliases import yes_no

from citizen.core.errors import Refused
from surveys.importers import texts, workbooks
from surveys.importers.report import Ledger, Source
from surveys.importers.xlsform.assembly import framed, sections_of
from surveys.importers.xlsform.choices import lists_of, tell_of_unused
from surveys.importers.xlsform.columns import Table, table_of
from surveys.importers.xlsform.extras import OTHER_SHEETS, tell_of_columns, tell_of_sheets
from surveys.importers.xlsform.fields import Form
from surveys.importers.xlsform.names import Names
from surveys.importers.xlsform.settings import layout_of, tell_of_settings, title_of
from surveys.importers.xlsform.spoken import spoken_in
from surveys.importers.xlsform.structure import tree_of
from surveys.questionnaire import Questionnaire

SHEETS = ("settings", "survey", "choices")

fits = workbooks.is_workbook


def read(source: Source, ledger: Ledger) -> Questionnaire:
    """The questionnaire. Raises Refused where the workbook is damaged or dangerous, or holds no XLSForm."""
    book = workbooks.read(source.content, (*SHEETS, *OTHER_SHEETS))
    survey = book.sheets.get("survey")
    if survey is None:
        names = texts.shortened(", ".join(book.names[:10]))
        raise Refused(_("This workbook has no sheet “survey”, only: %(names)s.", names=names), status=422)
    spoken = spoken_in(book.sheets, source.languages, ledger)
    tables = {name: table_of(name, book.sheets.get(name), ledger, spoken) for name in SHEETS}
    tell_of_settings(tables["settings"], ledger)
    title = title_of(tables["settings"], source, spoken.lead, ledger)
    nodes, around = framed(tree_of(tables["survey"], ledger))
    lists = lists_of(tables["choices"], ledger, allow_twice=_may_repeat(tables["settings"]))
    form = Form(Names(), lists, spoken.languages)
    sections = sections_of(nodes, form)
    layout = layout_of(tables["settings"], nodes)
    tell_of_unused(form.lists)
    tell_of_columns(tables["survey"], survey, ledger)
    tell_of_sheets(book.sheets, ledger)
    return Questionnaire(**{"title": title} | around, layout=layout, sections=sections)


def _may_repeat(settings: Table) -> bool:
    """True where the form says that two options may have the same name."""
    return any(yes_no.get(row.value("allow_choice_duplicates"), False) for row in settings.rows[:1])
