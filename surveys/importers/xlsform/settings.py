"""The sheet "settings": the title, and how the pages are laid out."""

from pathlib import PurePath

from flask_babel import gettext as _

from surveys.importers import texts
from surveys.importers.report import Element, Ledger, Source
from surveys.importers.xlsform.columns import Table
from surveys.importers.xlsform.structure import Node
from surveys.importers.xlsform.wording import worded
from surveys.questionnaire import Layout

USELESS = {
    "id_string": lambda: _("Plaza gives surveys an address of their own."),
    "version": lambda: _("Plaza counts the versions itself."),
    "instance_name": lambda: _("Sheets have no names here, so that nobody can be found by one."),
    "public_key": lambda: _("Plaza keeps answers in its own way."),
    "submission_url": lambda: _("Answers go to Plaza."),
}


def title_of(table: Table, source: Source, language: str, ledger: Ledger) -> dict[str, str]:
    """The title, or the file's name where there is none."""
    row = table.rows[0] if table.rows else None
    if row and row.text("title"):
        entry = ledger.entry(row.place("title"), Element.SETTING, "form_title")
        title = worded(row, "title", texts.line, entry)
        if title:
            return title
    entry = ledger.entry("settings", Element.SETTING, "form_title")
    entry.change(_("The form has no title, so we took the name of the file. Please change it."))
    name = PurePath(source.filename).stem.replace("_", " ")
    return {language: texts.line(name, entry) or _("Survey")}


def layout_of(table: Table, nodes: list[Node]) -> Layout:
    """One question on a page where the form has pages and no group asks for one of its own (Enketo's rule)."""
    style = table.rows[0].value("style").lower().split() if table.rows else []
    groups = [node for top in nodes for node in top.all if node.is_group]
    has_own_pages = any("field-list" in group.looks for group in groups)
    return Layout.QUESTION if "pages" in style and groups and not has_own_pages else Layout.SECTION


def tell_of_settings(table: Table, ledger: Ledger) -> None:
    """What becomes of the other settings."""
    headers = {column.field: column.header[:80] for column in table.columns}
    for row in table.rows[:1]:
        for name, value in row.values.items():
            entry = ledger.entry(row.place(name), Element.SETTING, headers[name], texts.shortened(value))
            if name in USELESS:
                entry.lose(USELESS[name]())
            elif name not in {"style", "default_language", "allow_choice_duplicates"}:
                entry.lose(_("Plaza does not know this setting."))
    for row in table.rows[1:]:
        ledger.entry(row.where, Element.SETTING).lose(_("Only the first row of the settings counts."))
