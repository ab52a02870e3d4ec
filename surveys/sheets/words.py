"""Answers in words, as the check page says them and as later questions speak of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _

from citizen.core.i18n import localized, long_day, number
from surveys.questionnaire import DONT_KNOW, OTHER, Kind, OptionRole, Question

Districts = Mapping[str, Mapping[str, str]]
"""The names of the city's districts, each in several languages, by code."""


@dataclass(frozen=True)
class InWords:
    """Says answers in the reader's language. `written` holds the lines beside "other", by their field."""

    districts: Districts
    written: Mapping[str, Any] = field(default_factory=dict)

    def lines(self, question: Question, value: Any) -> list[str]:
        """One line for each thing that was answered; none without an answer."""
        if value in (None, "", [], {}):
            return []
        return SAYINGS[question.kind](self, question, value)

    def together(self, question: Question, value: Any) -> str:
        """On one line, as a sentence can hold it; empty without an answer."""
        return ", ".join(self.lines(question, value))

    def option(self, question: Question, code: str) -> str:
        """The option's words, and what was written beside "other"."""
        option = question.option(code)
        label = str(localized(option.label)) if option else code
        text = self.written.get(f"{question.code}.{OTHER}")
        return f"{label}: {text}" if option and option.role is OptionRole.OTHER and text else label


def agreement_words() -> dict[str, str]:
    """The three answers to a statement."""
    return {"agree": _("Agree"), "pass": _("Pass"), "disagree": _("Disagree")}


def dont_know_words() -> str:
    return _("I don't know")


def day_words(iso: str) -> str:
    """A day as the language writes it; whatever else was typed, as it stands."""
    try:
        return long_day(date.fromisoformat(iso))
    except ValueError:
        return iso


def _chosen(said: InWords, question: Question, value: Any) -> list[str]:
    return [said.option(question, code) for code in (value if isinstance(value, list) else [value])]


def _ranked(said: InWords, question: Question, value: Any) -> list[str]:
    return [f"{place}. {said.option(question, code)}" for place, code in enumerate(value, start=1)]


def _rows(said: InWords, question: Question, value: Any) -> list[str]:
    return [
        f"{localized(row.label)}: {_cell(said, question, value[row.code])}"
        for row in question.rows
        if row.code in value
    ]


def _cell(said: InWords, question: Question, code: str) -> str:
    return agreement_words().get(code, code) if question.kind is Kind.STATEMENTS else said.option(question, code)


def _number(_said: InWords, question: Question, value: Any) -> list[str]:
    if value == DONT_KNOW:
        return [dont_know_words()]
    shown = number(value) if isinstance(value, int | float) else str(value)
    return [f"{shown} {localized(question.unit)}".strip()]


def _point(_said: InWords, question: Question, value: Any) -> list[str]:
    """A point of a scale, with what its ends mean."""
    if value == DONT_KNOW:
        return [dont_know_words()]
    ends = {question.scale[0]: question.low_label, question.scale[-1]: question.high_label}
    meaning = localized(ends.get(value))
    return [f"{value} ({meaning})" if meaning else str(value)]


def _place(said: InWords, _question: Question, value: Any) -> list[str]:
    code = str(value.get("district", ""))
    name = str(localized(said.districts.get(code))) or code
    return [line for line in (name, _("a point on the map") if "point" in value else "") if line]


def _file(_said: InWords, _question: Question, value: Any) -> list[str]:
    return [str(value["name"])] if isinstance(value, Mapping) else []


SAYINGS: dict[Kind, Callable[[InWords, Question, Any], list[str]]] = {
    Kind.SINGLE: _chosen,
    Kind.MULTIPLE: _chosen,
    Kind.RANKING: _ranked,
    Kind.MATRIX: _rows,
    Kind.STATEMENTS: _rows,
    Kind.SCALE: _point,
    Kind.NPS: _point,
    Kind.NUMBER: _number,
    Kind.DATE: lambda _said, _question, value: [day_words(value)],
    Kind.LINE: lambda _said, _question, value: [str(value)],
    Kind.TEXT: lambda _said, _question, value: [str(value)],
    Kind.PLACE: _place,
    Kind.CONSENT: lambda _said, _question, _value: [_("Yes")],
    Kind.FILE: _file,
    Kind.NOTE: lambda _said, _question, _value: [],
}
