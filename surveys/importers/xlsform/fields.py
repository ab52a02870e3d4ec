"""What each type of row becomes: the kind of question, and the fields that this kind needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from pyxform.errors import PyXFormError
from pyxform.parsing.parameters import parse

from surveys.importers import standard
from surveys.importers.report import Entry
from surveys.importers.standard import written
from surveys.importers.xlsform.choices import ChoiceList
from surveys.importers.xlsform.names import Names
from surveys.importers.xlsform.plan import Part
from surveys.importers.xlsform.structure import Node
from surveys.questionnaire import MAX_OPTIONS, Kind, Option, OptionRole

MOST_POINTS = 21
"""A scale with more points is a number to write."""

OTHER = "other"
Fields = dict[str, Any]


@dataclass
class Form:
    """What the building of all questions shares. `languages` are those of the file, the main one first."""

    names: Names
    lists: Mapping[str, ChoiceList]
    languages: list[str]


KINDS = {
    "select_one": Kind.SINGLE,
    "select_multiple": Kind.MULTIPLE,
    "rank": Kind.RANKING,
    "integer": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "date": Kind.DATE,
    "datetime": Kind.DATE,
    "time": Kind.LINE,
    "barcode": Kind.LINE,
    "measured": Kind.LINE,
    "geopoint": Kind.PLACE,
    "acknowledge": Kind.CONSENT,
    "image": Kind.FILE,
    "file": Kind.FILE,
    "note": Kind.NOTE,
}


def kind_of(part: Part) -> Kind | None:
    """The kind of question that the row becomes; None where it cannot become one."""
    node = part.node
    name = node.type.name
    if part.rows:
        return Kind.STATEMENTS if "statements" in node.marks else Kind.MATRIX
    if part.is_heading or _is_shown_only(node):
        return Kind.NOTE
    if name == "range":
        return _kind_of_range(node)
    if name == "text":
        return Kind.TEXT if "multiline" in node.looks or _parameters(node).get("rows") else Kind.LINE
    return KINDS.get(name)


def fields_of(part: Part, form: Form) -> Fields:
    """The fields that the kind needs. What is not as it was is said on the entry."""
    node = part.node
    maker = MAKERS.get(node.type.name)
    fields = maker(node) if maker else {}
    if "dont_know" in node.marks:
        fields["has_dont_know"] = True
    if node.type.name == "range":
        fields |= _range(node, form)
    if node.type.is_choice:
        fields |= options_of(node, form)
    return fields


def options_of(node: Node, form: Form) -> Fields:
    """The options of a list, and how they are shown."""
    choices = form.lists[node.type.list_name]
    choices.is_used = True
    options = list(choices.options)
    if node.type.has_other:
        options = _with_other(options, form.languages, node.entry)
    if node.type.name == "rank":
        options = [option.model_copy(update={"role": OptionRole.PLAIN}) for option in options]
    fields: Fields = {"options": tuple(options)}
    if _parameters(node).get("randomize") in {"true", "true()"}:
        fields["is_shuffled"] = True
    if "likert" in node.looks or "ordered" in node.marks:
        fields["is_ordered"] = True
    _tell_of_options(node)
    return fields


def _with_other(options: list[Option], languages: list[str], entry: Entry) -> list[Option]:
    """XLSForm adds "other" with a line to write on."""
    if any(option.code == OTHER for option in options):
        role = {"role": OptionRole.OTHER}
        return [option.model_copy(update=role) if option.code == OTHER else option for option in options]
    return [*options, Option(code=OTHER, label=written(standard.OTHER, languages, entry), role=OptionRole.OTHER)]


def _tell_of_options(node: Node) -> None:
    if node.row.value("choice_filter"):
        where = node.row.place("choice_filter")
        node.entry.miss(_("A filter chose among the options. People now see all of them."), where=where)
    if any(look.startswith("search(") for look in node.looks):
        node.entry.miss(_("Some options stand in another file, so they did not come over."))


def _parameters(node: Node) -> dict[str, str]:
    try:
        return dict(parse(node.row.value("parameters"), node.row.number))
    except PyXFormError:
        node.entry.miss(_("We could not read the parameters of this row."), where=node.row.place("parameters"))
        return {}


def _is_shown_only(node: Node) -> bool:
    """True for a text that nobody may change: it explains something."""
    is_fixed = node.row.value("read_only").lower() in {"true", "true()", "yes", "1"}
    return node.type.name == "note" or (is_fixed and node.type.name == "text")


def _marked(node: Node, name: str) -> int | None:
    """The small number that our own column gives for this, as in "decimals=1"."""
    written = next((mark.removeprefix(f"{name}=") for mark in node.marks if mark.startswith(f"{name}=")), "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else None


def _decimal(node: Node) -> Fields:
    decimals = _marked(node, "decimals")
    return {"decimals": 2 if decimals is None else min(decimals, 6)}


def _rank(node: Node) -> Fields:
    return {name: min(_marked(node, name) or 0, MAX_OPTIONS) for name in ("choose_min", "choose_max")}


def _text(node: Node) -> Fields:
    if _is_shown_only(node):
        node.entry.change(_("Nobody can change this row, so it is now a text to read."))
    return {}


def _time(node: Node) -> Fields:
    node.entry.change(_("Plaza has no question for a time. People write it on a line, such as 14:30."))
    return {"max_length": 20}


def _datetime(node: Node) -> Fields:
    node.entry.miss(_("People choose the day only. The time did not come over."))
    return {}


def _barcode(node: Node) -> Fields:
    node.entry.change(_("Nothing is scanned. People write the code on a line."))
    return {}


def _measured(node: Node) -> Fields:
    node.entry.change(_("Plaza takes nothing from the device. People write this on a line."))
    return {}


def _geopoint(node: Node) -> Fields:
    node.entry.keep(
        _("People choose their district, and may mark a point. The city needs its list of districts for this.")
    )
    return {}


def _file(node: Node) -> Fields:
    if node.type.name == "image":
        node.entry.change(_("People send the picture as a file."))
    if {"signature", "draw", "annotate"} & set(node.looks):
        node.entry.miss(_("Nobody can draw or sign here."))
    return {}


@dataclass(frozen=True)
class _Range:
    start: float
    end: float
    step: float

    @property
    def is_scale(self) -> bool:
        is_whole = all(value.is_integer() for value in (self.start, self.end)) and self.step == 1
        return is_whole and 0 < self.end - self.start < MOST_POINTS and max(abs(self.start), abs(self.end)) <= 100


def _range_of(node: Node) -> _Range:
    """The ends and the step, low before high; 1 to 10 where nothing else is written, as pyxform has it."""
    given = {"start": "1", "end": "10", "step": "1"} | _parameters(node)
    try:
        start, end, step = (float(given[name]) for name in ("start", "end", "step"))
    except ValueError:
        node.entry.change(_("The ends of this range are no numbers. It now goes from 1 to 10."))
        return _Range(1.0, 10.0, 1.0)
    if not max(abs(start), abs(end)) < 1e15:
        node.entry.change(_("The ends of this range are too far apart. It now goes from 1 to 10."))
        return _Range(1.0, 10.0, 1.0)
    return _Range(min(start, end), max(start, end), abs(step))


def _kind_of_range(node: Node) -> Kind:
    found = _range_of(node)
    if "nps" in node.marks and (found.start, found.end, found.step) == (0, 10, 1):
        return Kind.NPS
    return Kind.SCALE if found.is_scale else Kind.NUMBER


def _range(node: Node, form: Form) -> Fields:
    found = _range_of(node)
    if not found.is_scale:
        where = node.row.place("parameters")
        node.entry.change(
            _("This is no scale of whole steps. People write a number between the two ends."), where=where
        )
        if found.step != 1:
            node.entry.miss(_("They can also write numbers between the steps."), where=where)
        decimals = 0 if found.step.is_integer() and found.start.is_integer() else 2
        return {"least": found.start, "most": found.end, "decimals": decimals}
    fields: Fields = {} if "nps" in node.marks else {"low": int(found.start), "high": int(found.end)}
    ends = _ends(node, form, found)
    if "nps" not in node.marks and len(ends) < 2:
        node.entry.keep(_("Please write in the editor what the lowest and the highest number mean."))
    return fields | ends


def _ends(node: Node, form: Form, found: _Range) -> Fields:
    """Labels of the two ends; those between have no place."""
    name = _parameters(node).get("tick_labelset", "")
    choices = next((choices for key, choices in form.lists.items() if key.lower() == name.lower()), None)
    if not name or choices is None:
        return {}
    choices.is_used = True
    labels = {option.code: option.label for option in choices.options}
    ends = {"low_label": str(int(found.start)), "high_label": str(int(found.end))}
    for place in labels.keys() - set(ends.values()):
        node.entry.miss(_("Only the ends of a scale have words here. Those at %(place)s were left out.", place=place))
    return {field_: labels[place] for field_, place in ends.items() if place in labels}


MAKERS: dict[str, Callable[[Node], Fields]] = {
    "decimal": _decimal,
    "text": _text,
    "time": _time,
    "datetime": _datetime,
    "barcode": _barcode,
    "measured": _measured,
    "geopoint": _geopoint,
    "image": _file,
    "file": _file,
    "rank": _rank,
}
