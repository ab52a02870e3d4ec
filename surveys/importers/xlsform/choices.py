"""The sheet "choices": lists of options. Several questions may use the same list."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from surveys.importers import texts
from surveys.importers.codes import Codes
from surveys.importers.report import Element, Entry, Ledger
from surveys.importers.xlsform.columns import Row, Table
from surveys.importers.xlsform.wording import worded
from surveys.questionnaire import MAX_OPTIONS, Option, OptionRole

FIELDS = ("list_name", "list name", "name", "label", "role", "image", "big_image", "audio", "video", "big-image")
MEDIA = ("image", "big_image", "audio", "video")
ROLES = {role.value: role for role in OptionRole}


@dataclass
class ChoiceList:
    """Options, and the code of each by the name that the file gives it."""

    name: str
    options: list[Option] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    taken: Codes = field(default_factory=Codes)
    entries: list[Entry] = field(default_factory=list)
    is_used: bool = False


def lists_of(table: Table, ledger: Ledger, *, allow_twice: bool) -> dict[str, ChoiceList]:
    """The lists by name. `allow_twice`: two options of a list may have the same name."""
    lists: dict[str, ChoiceList] = {}
    name = ""
    for row in table.rows:
        written = row.value("list_name") or row.value("list name")
        entry = ledger.entry(row.where, Element.OPTION, row.value("name"), _label(row))
        if not written and name and row.value("name"):
            entry.change(_("No list is named here. We took it as part of the list “%(name)s”.", name=name[:60]))
        name = written or name
        if not name or not (row.value("name") or row.text("label")):
            entry.lose(_("This row belongs to no list, or has neither a name nor a text. We left it out."))
            continue
        _add(lists.setdefault(name, ChoiceList(name)), row, entry, allow_twice=allow_twice)
    for column in table.without(*FIELDS).columns:
        entry = ledger.entry(f"choices: {column.header[:80]}", Element.OTHER, column.header[:80])
        entry.lose(_("Plaza has no use for this column of the choices."))
    return lists


def tell_of_unused(lists: Mapping[str, ChoiceList]) -> None:
    """Options that no question offers did not come over."""
    for choices in lists.values():
        if not choices.is_used:
            for entry in choices.entries:
                entry.lose(_("No question that came over uses the list “%(name)s”.", name=choices.name[:60]))


def _label(row: Row) -> str:
    return next((texts.shortened(texts.plain(text)) for text in row.text("label").values()), "")


def _add(choices: ChoiceList, row: Row, entry: Entry, *, allow_twice: bool) -> None:
    label = worded(row, "label", texts.line, entry)
    name = row.value("name") or next(iter(label.values()), "")
    if name in choices.codes and not allow_twice:
        entry.lose(_("The list has an option of the name “%(name)s” already. We left this one out.", name=name[:60]))
        return
    if len(choices.options) >= MAX_OPTIONS:
        entry.lose(_("A question may have %(most)s options. We left this one out.", most=MAX_OPTIONS))
        return
    code = choices.taken.choice(name, entry)
    if not label:
        entry.change(_("This option has no text. People see its name “%(name)s”.", name=name[:60]))
    if any(row.text(kind) for kind in MEDIA):
        entry.miss(_("The file holds only the name of a picture or sound. You can add pictures in the editor."))
    choices.codes.setdefault(name, code)
    choices.entries.append(entry)
    choices.options.append(
        Option(code=code, label=label or _named(row, name), role=ROLES.get(row.value("role"), OptionRole.PLAIN))
    )


def _named(row: Row, name: str) -> dict[str, str]:
    """The option's name as its text, where it has none."""
    return {row.language: texts.shortened(name)}
