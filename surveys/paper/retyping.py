"""An entry as the fields that would give it again: the form shows them to whoever corrects what they typed."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale

from surveys.paper.boxes import DONT_KNOW_SIGN, PaperForm
from surveys.paper.entering import TYPED, UNREADABLE, Entry
from surveys.questionnaire import DONT_KNOW, OTHER, Kind, Question

Fields = dict[str, list[str]]


def fields_of(form: PaperForm, entry: Entry) -> Fields:
    """The values of all fields, by their names."""
    fields: Fields = {}
    for question in form.questions:
        value, other, is_unreadable = entry.part(question)
        if is_unreadable:
            fields[question.code + UNREADABLE] = ["1"]
        if value is not None:
            fields |= FIELDS[question.kind](form, question, value)
        if other is not None:
            fields[f"{question.code}.{OTHER}"] = [other]
    return fields


def _ticked(form: PaperForm, question: Question, value: Any) -> Fields:
    codes = [str(code) for code in value] if isinstance(value, list) else [str(value)]
    return _boxes(form, question, question.code, codes)


def _boxes(form: PaperForm, question: Question, name: str, codes: list[str]) -> Fields:
    numbers = {box.code: box.number for box in form.boxes(question)}
    return {name: codes, name + TYPED: [" ".join(numbers.get(code, "") for code in codes)]}


def _rows(form: PaperForm, question: Question, value: Mapping[str, str]) -> Fields:
    fields: Fields = {}
    for row, code in value.items():
        fields |= _boxes(form, question, f"{question.code}.{row}", [code])
    return fields


def _ranking(_form: PaperForm, question: Question, value: list[str]) -> Fields:
    return {f"{question.code}.rank.{code}": [str(place)] for place, code in enumerate(value, start=1)}


def _number(_form: PaperForm, question: Question, value: Any) -> Fields:
    """With the decimal sign of the language, but without signs for thousands."""
    is_number = isinstance(value, int | float)
    shown = format_decimal(value, format="0.######", locale=get_locale()) if is_number else str(value)
    return {question.code: [DONT_KNOW_SIGN if value == DONT_KNOW else str(shown)]}


def _day(_form: PaperForm, question: Question, value: str) -> Fields:
    return {question.code: [date.fromisoformat(value).strftime("%d.%m.%Y")]}


def _text(_form: PaperForm, question: Question, value: str) -> Fields:
    return {question.code: [value]}


def _place(form: PaperForm, question: Question, value: Mapping[str, Any]) -> Fields:
    return _boxes(form, question, f"{question.code}.district", [value["district"]])


FIELDS: dict[Kind, Callable[[PaperForm, Question, Any], Fields]] = {
    Kind.SINGLE: _ticked,
    Kind.MULTIPLE: _ticked,
    Kind.RANKING: _ranking,
    Kind.MATRIX: _rows,
    Kind.STATEMENTS: _rows,
    Kind.SCALE: _ticked,
    Kind.NPS: _ticked,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
    Kind.LINE: _text,
    Kind.TEXT: _text,
    Kind.PLACE: _place,
    Kind.CONSENT: lambda form, question, _value: _boxes(form, question, question.code, ["yes"]),
}
