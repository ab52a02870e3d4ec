"""A page as a screen reader reads it, line by line: what each thing is, what it is called, and how it stands.

Roles and names follow "Accessible Name and Description Computation" (W3C, 1.2) as far as our pages use it: labelled by
other elements, an own label, the label around or for a field, the legend of a group, the text within.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.editing.markup import Element, tree_of

GROUPS = {"group", "radiogroup"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
WRITTEN = {"text", "number", "date", "email", "search", "tel", ""}


@dataclass(frozen=True)
class Line:
    """`depth` is how many groups and lists stand around it."""

    depth: int
    text: str


def lines_of(html: str) -> list[Line]:
    """What is heard from the beginning to the end."""
    document = tree_of(html)
    return list(_Reading(document).within(document, 0))


@dataclass
class _Reading:
    document: Element
    by_id: dict[str, Element] = field(init=False)
    labels: dict[str, Element] = field(init=False)

    def __post_init__(self) -> None:
        every = list(self.document.elements)
        self.by_id = {element.get("id"): element for element in every if element.get("id")}
        self.labels = {
            element.get("for"): element for element in every if element.tag == "label" and element.get("for")
        }

    def within(self, element: Element, depth: int) -> Iterator[Line]:
        """The children in their order; texts that stand together are one line."""
        waiting: list[str] = []
        for child in element.children:
            if isinstance(child, str) or self._is_inline(child):
                waiting.append(child if isinstance(child, str) else child.text)
                continue
            yield from self._text(waiting, depth)
            waiting = []
            yield from self.element(child, depth)
        yield from self._text(waiting, depth)

    def element(self, element: Element, depth: int) -> Iterator[Line]:
        if element.is_silent:
            return
        say = _group if element.get("role") in GROUPS else SAYINGS.get(element.tag)
        if say is not None:
            yield from say(self, element, depth)
        elif element.tag in HEADINGS:
            yield Line(depth, _("Heading, level %(level)s: %(text)s", level=element.tag[1], text=element.text))
        else:
            yield from self.within(element, depth)

    def name(self, element: Element, around: Element | None = None) -> str:
        """What a control is called."""
        labelled = [self.by_id[name].text for name in element.get("aria-labelledby").split() if name in self.by_id]
        label = self.labels.get(element.get("id")) or around
        return " ".join(labelled) or element.get("aria-label") or (label.text if label else "") or element.get("title")

    def description(self, element: Element) -> str:
        """What is read after the name: hints and errors that the control points to."""
        told = [self.by_id[name].text for name in element.get("aria-describedby").split() if name in self.by_id]
        return " ".join(told)

    def control(self, element: Element, depth: int, around: Element | None = None) -> Iterator[Line]:
        """An input, textarea or select, with the label around it where there is one."""
        words = [_role(element), self.name(element, around), *_state(element), self.place(element)]
        words += [_("must be answered")] if element.has("required") else []
        words += [_("wrong")] if element.get("aria-invalid") == "true" else []
        words += [self.description(element)]
        yield Line(depth, ", ".join(word for word in words if word))

    def place(self, element: Element) -> str:
        """Which of several radio buttons it is."""
        if element.get("type") != "radio":
            return ""
        same = [one for one in self.document.elements if _is_radio(one, element.get("name"))]
        number = next(i for i, one in enumerate(same, start=1) if one is element)
        return _("%(number)s of %(count)s", number=number, count=len(same))

    def _text(self, waiting: list[str], depth: int) -> Iterator[Line]:
        text = " ".join(" ".join(waiting).split())
        if text:
            yield Line(depth, text)

    @staticmethod
    def _is_inline(element: Element) -> bool:
        """True for words within a text; whatever has a role of its own stands on its own line."""
        is_word = element.tag in {"span", "strong", "b", "em", "i", "bdi", "time", "svg", "br", "abbr"}
        return is_word and not any(one.tag in SAYINGS for one in element.elements)


def _is_radio(element: Element, name: str) -> bool:
    return element.tag == "input" and element.get("type") == "radio" and element.get("name") == name


def _role(element: Element) -> str:
    if element.tag == "textarea":
        return _("Text field with several lines")
    if element.tag == "select":
        return _("List to choose from")
    kind = element.get("type")
    if kind in WRITTEN:
        return {"number": _("Field for a number"), "date": _("Field for a date")}.get(kind, _("Text field"))
    return {"radio": _("Radio button"), "checkbox": _("Checkbox"), "file": _("Button to choose a file")}.get(kind, kind)


def _state(element: Element) -> list[str]:
    if element.get("type") == "radio":
        return [_("chosen") if element.has("checked") else _("not chosen")]
    if element.get("type") == "checkbox":
        return [_("ticked") if element.has("checked") else _("not ticked")]
    if element.tag == "select":
        options = [one for one in element.elements if one.tag == "option"]
        shown = next((one for one in options if one.has("selected")), options[0] if options else None)
        entries = ngettext("%(num)s entry", "%(num)s entries", len(options))
        return [shown.text if shown else "", entries]
    value = element.text if element.tag == "textarea" else element.get("value")
    return [value or _("empty")] if element.get("type") != "file" else []


def _group(reading: _Reading, element: Element, depth: int) -> Iterator[Line]:
    """What names the group is not read again within it."""
    legend = next((one for one in element.elements if one.tag == "legend"), None)
    name = legend.text if legend else reading.name(element)
    yield Line(depth, _("Group: %(name)s", name=name))
    named_by = element.get("aria-labelledby").split()
    rest = [child for child in element.children if isinstance(child, str) or child.get("id") not in named_by]
    yield from reading.within(Element(element.tag, {}, rest), depth + 1)


def _legend(reading: _Reading, element: Element, depth: int) -> Iterator[Line]:
    """Its words were the group's name; a heading in it is one still."""
    for one in element.elements:
        if one.tag in HEADINGS:
            yield from reading.element(one, depth)


def _list(reading: _Reading, element: Element, depth: int) -> Iterator[Line]:
    items = [child for child in element.children if isinstance(child, Element) and child.tag == "li"]
    count = sum(not item.is_silent for item in items)
    yield Line(depth, ngettext("List with %(num)s entry", "List with %(num)s entries", count))
    for item in items:
        yield from reading.element(item, depth + 1)


def _label(reading: _Reading, element: Element, depth: int) -> Iterator[Line]:
    """A label is read with its control; one around a control brings it along, and the pictures in it."""
    controls = [one for one in element.elements if one.tag in {"input", "select", "textarea"}]
    for control in controls:
        yield from reading.control(control, depth, element)


def _button(reading: _Reading, element: Element, depth: int) -> Iterator[Line]:
    words = [
        _("Button"),
        element.text or reading.name(element),
        _("cannot be used now") if element.has("disabled") else "",
    ]
    yield Line(depth, ", ".join(word for word in words if word))


def _link(_reading: _Reading, element: Element, depth: int) -> Iterator[Line]:
    yield Line(depth, _("Link, %(name)s", name=element.text))


def _picture(_reading: _Reading, element: Element, depth: int) -> Iterator[Line]:
    if element.get("alt"):
        yield Line(depth, _("Picture: %(text)s", text=element.get("alt")))


def _summary(_reading: _Reading, element: Element, depth: int) -> Iterator[Line]:
    yield Line(depth, _("Button to unfold, %(name)s", name=element.text))


def _control(reading: _Reading, element: Element, depth: int) -> Iterator[Line]:
    yield from reading.control(element, depth)


SAYINGS: dict[str, Callable[[_Reading, Element, int], Iterator[Line]]] = {
    "fieldset": _group,
    "legend": _legend,
    "ul": _list,
    "ol": _list,
    "label": _label,
    "input": _control,
    "select": _control,
    "textarea": _control,
    "button": _button,
    "a": _link,
    "img": _picture,
    "summary": _summary,
}
"""How an element is said; whatever else there is says only what stands in it."""
