"""Pages and panels of a SurveyJS form as sections, in the order in which people see them.

A page is a section. On a page without a title, a panel with one begins a section of its own. Other panels pass their
conditions on to what is in them, and their title becomes a text to read.
"""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from citizen.core.errors import Refused
from surveys.importers.report import Element, Entry, Ledger
from surveys.importers.surveyjs.document import Node, elements, name_of, nodes, texts, type_of
from surveys.importers.translations import Wording
from surveys.questionnaire import MAX_QUESTIONS

TITLE = "panel title"
"""The type of an element that we make of the title of a panel inside a panel."""

SHOWN = {"html", "image", TITLE}
COMPUTED = {"expression"}


@dataclass
class Placed:
    """An element with the conditions of the panels around it, as they are written."""

    node: Node
    entry: Entry
    conditions: list[str] = field(default_factory=list)


@dataclass
class Part:
    """A section to be."""

    node: Node
    entry: Entry | None
    conditions: list[str]
    placed: list[Placed] = field(default_factory=list)


def pages(document: Node) -> list[Node]:
    """The pages; a form without any is one page."""
    return nodes(document.get("pages")) or [{"name": "page1", "elements": elements(document)}]


class Structure:
    """Goes through the form once and begins an entry for everything in it."""

    def __init__(self, document: Node, wording: Wording, ledger: Ledger) -> None:
        self.wording, self.ledger = wording, ledger
        self.parts: list[Part] = []
        self.number = 0
        for page in pages(document):
            where = _("page %(name)s", name=name_of(page))
            entry = self._entry(page, where, Element.SECTION)
            self._begin(page, entry, _own_condition(page))
            self._walk(page, [], is_inside=_has_head(page))

    def _begin(self, node: Node, entry: Entry | None, conditions: list[str]) -> None:
        self.parts.append(Part(node, entry, conditions))

    def _walk(self, around: Node, conditions: list[str], *, is_inside: bool) -> None:
        """`is_inside` something that has a title."""
        for node in elements(around):
            if node.get("type") != "panel":
                self._place(node, conditions)
            elif _has_head(node) and not is_inside:
                self._section(node)
            else:
                self._flatten(node, conditions)

    def _section(self, panel: Node) -> None:
        """A section for the panel; what follows it on the page goes on in one without a head."""
        page = self.parts[-1]
        entry = self._entry(panel, _("panel %(name)s", name=name_of(panel)), Element.SECTION)
        self._begin(panel, entry, [*page.conditions, *_own_condition(panel)])
        self._walk(panel, [], is_inside=True)
        self._begin({}, None, page.conditions)

    def _flatten(self, panel: Node, conditions: list[str]) -> None:
        inner = [*conditions, *_own_condition(panel)]
        if _has_head(panel):
            self._place(panel | {"type": TITLE, "visibleIf": ""}, inner)
        self._walk(panel, inner, is_inside=True)

    def _place(self, node: Node, conditions: list[str]) -> None:
        self.number += 1
        if self.number > 2 * MAX_QUESTIONS:
            place = {"most": 2 * MAX_QUESTIONS, "name": name_of(node)}
            raise Refused(_("The file has more than %(most)s elements. We stopped at “%(name)s”.", **place), status=422)
        kind = type_of(node)
        element = Element.TEXT if kind in SHOWN else Element.CALCULATION if kind in COMPUTED else Element.QUESTION
        entry = self._entry(node, _("question %(code)s", code=name_of(node) or self.number), element)
        self.parts[-1].placed.append(Placed(node, entry, conditions))

    def _entry(self, node: Node, where: str, element: Element) -> Entry:
        text = self.wording.main(texts(node.get("title")) or texts(node.get("html")))
        return self.ledger.entry(where, element, name_of(node), text)


def _has_head(panel: Node) -> bool:
    return bool(texts(panel.get("title")) or texts(panel.get("description")))


def _own_condition(node: Node) -> list[str]:
    condition = node.get("visibleIf")
    return [condition] if isinstance(condition, str) and condition.strip() else []
