"""What else stands in a workbook: columns and sheets beside those that every XLSForm has."""

from collections.abc import Mapping

from flask_babel import gettext as _

from surveys.importers.report import Element, Ledger
from surveys.importers.workbooks import Sheet, cell_name
from surveys.importers.xlsform.columns import TRANSLATED, Table
from surveys.importers.xlsform.questions import LEFT_OUT

READ = {
    *("type", "name", "relevant", "required", "read_only", "constraint", "calculation", "appearance", "parameters"),
    *("choice_filter", "rows", "disabled", "plaza"),
}
OTHER_SHEETS = ("external_choices", "entities", "osm")


def tell_of_columns(table: Table, sheet: Sheet, ledger: Ledger) -> None:
    """Columns of the survey that mean nothing here."""
    for column in table.without(*READ, *TRANSLATED, *LEFT_OUT).columns:
        where = cell_name(sheet.name, min(sheet.rows), column.number)
        entry = ledger.entry(where, Element.OTHER, column.header[:80])
        entry.lose(_("Plaza has no use for the column “%(name)s”.", name=column.header[:80]))


def tell_of_sheets(sheets: Mapping[str, Sheet], ledger: Ledger) -> None:
    """Sheets of XLSForm for which there is no place here."""
    for name in OTHER_SHEETS:
        if name in sheets and len(sheets[name].rows) > 1:
            entry = ledger.entry(sheets[name].name, Element.OTHER, sheets[name].name)
            entry.lose(_("Plaza does not read this sheet."))
