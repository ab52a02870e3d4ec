"""The sheet "survey" as a tree: groups and what stands inside of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask_babel import gettext as _
from pyxform.aliases import yes_no

from citizen.core.errors import Refused
from surveys.importers.report import Element, Entry, Ledger
from surveys.importers.xlsform.columns import Row, Table
from surveys.importers.xlsform.types import Type, type_of
from surveys.importers.xlsform.wording import quoted

MOST_ASKED = 2000
LONGEST_LOGIC = 300_000
"""Questions that we look at, and characters of all conditions together."""

DEEPEST = 30
"""How many groups may stand inside of each other."""

LOGIC = ("relevant", "constraint", "calculation")
CONTACTS = {"email", "phonenumber", "phone number", "username"}
"""Types that note what a device knows; whoever gives them a text means a question."""


@dataclass
class Node:
    """A row, and what stands inside of it where it is a group."""

    row: Row
    type: Type
    entry: Entry
    children: list["Node"] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.row.value("name")

    @property
    def looks(self) -> list[str]:
        """The words of the column "appearance"."""
        return self.row.value("appearance").lower().split()

    @property
    def marks(self) -> list[str]:
        """The words of our own column, which says what XLSForm has no word for."""
        return self.row.value("plaza").lower().split()

    @property
    def is_group(self) -> bool:
        return self.type.name == "begin"

    @property
    def all(self) -> Iterator["Node"]:
        """The node and everything inside of it."""
        yield self
        for child in self.children:
            yield from child.all


def tree_of(table: Table, ledger: Ledger) -> list[Node]:
    """The rows as a tree. Refuses a sheet without types, and more than we read."""
    if not any(column.field == "type" for column in table.columns):
        raise Refused(_("The sheet “survey” has no column “type”. Is this an XLSForm?"), status=422)
    _refuse_much(table)
    top: list[Node] = []
    opened: list[Node] = []
    for row in table.rows:
        kind = type_of(row.value("type"))
        if kind.name == "end":
            _close(opened, row, kind, ledger)
            continue
        node = Node(row, kind, ledger.entry(row.where, _element(row, kind), row.value("name"), quoted(row)))
        if not _is_used(node):
            continue
        (opened[-1].children if opened else top).append(node)
        if node.is_group:
            opened.append(node)
            _refuse_depth(opened)
    for node in opened:
        node.entry.change(_("The end of this group is missing. We took the end of the sheet."))
    return top


def _refuse_much(table: Table) -> None:
    asked = [row for row in table.rows if type_of(row.value("type")).is_asked]
    if len(asked) > MOST_ASKED:
        place = {"sheet": asked[0].sheet, "row": asked[MOST_ASKED].number, "most": MOST_ASKED}
        sentence = _("%(sheet)s, row %(row)s: this file has more than %(most)s questions.", **place)
        raise Refused(sentence, status=422)
    length = 0
    for row in table.rows:
        length += sum(len(row.value(name)) for name in LOGIC)
        if length > LONGEST_LOGIC:
            place = {"sheet": row.sheet, "row": row.number}
            sentence = _("%(sheet)s, row %(row)s: the conditions of this file are too long.", **place)
            raise Refused(sentence, status=422)


def _refuse_depth(opened: list[Node]) -> None:
    if len(opened) > DEEPEST:
        place = {"sheet": opened[-1].row.sheet, "row": opened[-1].row.number}
        raise Refused(_("%(sheet)s, row %(row)s: the groups are nested too deeply.", **place), status=422)


def _element(row: Row, kind: Type) -> Element:
    if kind.name == "measured" and row.value("type").lower() in CONTACTS and row.text("label"):
        return Element.QUESTION
    names = {
        "begin": Element.SECTION,
        "note": Element.TEXT,
        "calculate": Element.CALCULATION,
        "hidden": Element.OTHER,
        "measured": Element.OTHER,
    }
    is_nothing = not row.value("type") and not row.value("name")
    return Element.OTHER if is_nothing else names.get(kind.name, Element.QUESTION)


def _is_used(node: Node) -> bool:
    """False for a row that is switched off, or without a type; its outcome is told."""
    if yes_no.get(node.row.value("disabled"), False):
        node.entry.lose(_("The column “disabled” switches this row off."))
        return False
    if not node.row.value("type"):
        node.entry.lose(_("This row has no type. We left it out."))
        return False
    return True


def _close(opened: list[Node], row: Row, kind: Type, ledger: Ledger) -> None:
    if not opened:
        ledger.entry(row.where, Element.SECTION, row.value("name")).lose(_("No group is open here that could end."))
        return
    group = opened.pop()
    if group.type.control != kind.control:
        group.entry.change(_("It ends as another kind of group than it begins (row %(row)s).", row=row.number))
