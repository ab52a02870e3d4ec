"""The columns of exported answers: what each is called, what it holds, and what its codes mean.

One column for each thing that can differ: options of "choose several" are columns of 0 and 1, rows of a matrix and
ranked options have one each. A question that was asked in an earlier wording as well has columns of its own for that.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from citizen.core.i18n import text_in
from surveys.questionnaire import AGREEMENT, DONT_KNOW, OTHER, Kind, OptionRole, Question, Questionnaire

Cell = str | int | float | None
LONGEST_NAME = 60


@dataclass(frozen=True)
class Column:
    """One column. `take` finds its cell in the answers of a sheet; `codes` say what its values mean."""

    name: str
    label: str
    take: Callable[[Mapping[str, Any]], Cell]
    is_text: bool = True
    codes: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    version: int = 0

    def cell(self, answers: Mapping[str, Any], version: int | None = None) -> Cell:
        """The cell of a sheet. `version` is that of the question which the sheet answered."""
        return self.take(answers) if version in (None, self.version) else None


def codebook(questionnaires: Iterable[Questionnaire], lang: str) -> list[Column]:
    """All columns, in the order of the newest questionnaire, which comes first; then what only older ones asked."""
    columns: list[Column] = []
    seen: set[tuple[str, int]] = set()
    for questionnaire in questionnaires:
        for question in questionnaire.questions:
            if (question.code, question.version) not in seen and question.kind is not Kind.NOTE:
                is_older = any(code == question.code for code, _version in seen)
                columns += _named(_columns(question, lang), question, is_older=is_older)
            seen.add((question.code, question.version))
    return _unique(columns)


def _named(columns: Iterable[Column], question: Question, *, is_older: bool) -> Iterator[Column]:
    for column in columns:
        name = re.sub(r"[^A-Za-z0-9_]", "_", column.name)
        suffix = f"_v{question.version}" if is_older else ""
        label = _("%(label)s (earlier wording)", label=column.label) if is_older else column.label
        yield _changed(column, name[: LONGEST_NAME - len(suffix)] + suffix, label, question)


def _changed(column: Column, name: str, label: str, question: Question) -> Column:
    return Column(name, label, column.take, column.is_text, column.codes, question.code, question.version)


def _unique(columns: list[Column]) -> list[Column]:
    """Names differ also for programs that know no capital letters."""
    taken: set[str] = set()
    found = []
    for column in columns:
        name, number = column.name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{column.name[: LONGEST_NAME - 4]}_{number}"
        taken.add(name.casefold())
        found.append(
            Column(name, column.label, column.take, column.is_text, column.codes, column.question, column.version)
        )
    return found


def _columns(question: Question, lang: str) -> Iterator[Column]:
    text = _text(question.text, lang) or question.code
    yield from MAKERS[question.kind](question, text, lang)
    if question.options_as(OptionRole.OTHER):
        field_name = f"{question.code}.{OTHER}"
        label = _("%(question)s (something else)", question=text)
        yield Column(f"{question.code}_{OTHER}", label, lambda a: a.get(field_name))


def _text(texts: Mapping[str, str], lang: str) -> str:
    return str(text_in(texts, lang))


def _labels(question: Question, lang: str) -> dict[str, str]:
    return {option.code: _text(option.label, lang) or option.code for option in question.options}


def _single(question: Question, text: str, lang: str) -> Iterator[Column]:
    yield Column(question.code, text, lambda a: a.get(question.code), codes=_labels(question, lang))


def _multiple(question: Question, text: str, lang: str) -> Iterator[Column]:
    yes_no = {"0": _("not chosen"), "1": _("chosen")}
    for code, label in _labels(question, lang).items():
        take = _chosen(question.code, code)
        yield Column(f"{question.code}_{code}", f"{text}: {label}", take, is_text=False, codes=yes_no)


def _chosen(question: str, option: str) -> Callable[[Mapping[str, Any]], Cell]:
    return lambda answers: int(option in answers[question]) if question in answers else None


def _ranking(question: Question, text: str, lang: str) -> Iterator[Column]:
    for code, label in _labels(question, lang).items():
        yield Column(f"{question.code}_{code}", f"{text}: {label}", _rank(question.code, code), is_text=False)


def _rank(question: str, option: str) -> Callable[[Mapping[str, Any]], Cell]:
    def take(answers: Mapping[str, Any]) -> Cell:
        ranked = answers.get(question, ())
        return ranked.index(option) + 1 if option in ranked else None

    return take


def _rows(question: Question, text: str, lang: str) -> Iterator[Column]:
    words = {"agree": _("I agree"), "pass": _("Pass"), "disagree": _("I disagree")}
    codes = _labels(question, lang) if question.kind is Kind.MATRIX else {code: words[code] for code in AGREEMENT}
    for row in question.rows:
        label = f"{text}: {_text(row.label, lang) or row.code}"
        yield Column(f"{question.code}_{row.code}", label, _of_row(question.code, row.code), codes=codes)


def _of_row(question: str, row: str) -> Callable[[Mapping[str, Any]], Cell]:
    return lambda answers: answers.get(question, {}).get(row)


def _number(question: Question, text: str, lang: str) -> Iterator[Column]:
    codes = {DONT_KNOW: _("I don't know")} if question.has_dont_know else {}
    unit = _text(question.unit, lang)
    label = f"{text} ({unit})" if unit else text
    yield Column(question.code, label, lambda a: a.get(question.code), is_text=False, codes=codes)


def _plain(question: Question, text: str, _lang: str) -> Iterator[Column]:
    yield Column(question.code, text, lambda a: a.get(question.code))


def _place(question: Question, text: str, _lang: str) -> Iterator[Column]:
    code = question.code
    yield Column(code, text, lambda a: a.get(code, {}).get("district"))
    for place, (name, words) in enumerate((("longitude", _("longitude")), ("latitude", _("latitude")))):
        yield Column(f"{code}_{name}", f"{text}: {words}", _coordinate(code, place), is_text=False)


def _coordinate(question: str, place: int) -> Callable[[Mapping[str, Any]], Cell]:
    def take(answers: Mapping[str, Any]) -> Cell:
        point = answers.get(question, {}).get("point")
        return point[place] if point else None

    return take


def _consent(question: Question, text: str, _lang: str) -> Iterator[Column]:
    yes = {"1": _("yes")}
    yield Column(question.code, text, lambda a: 1 if a.get(question.code) else None, is_text=False, codes=yes)


def _file(question: Question, text: str, _lang: str) -> Iterator[Column]:
    yield Column(question.code, text, lambda a: a.get(question.code, {}).get("name"))


MAKERS: dict[Kind, Callable[[Question, str, str], Iterator[Column]]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.RANKING: _ranking,
    Kind.MATRIX: _rows,
    Kind.STATEMENTS: _rows,
    Kind.SCALE: _number,
    Kind.NPS: _number,
    Kind.NUMBER: _number,
    Kind.DATE: _plain,
    Kind.LINE: _plain,
    Kind.TEXT: _plain,
    Kind.PLACE: _place,
    Kind.CONSENT: _consent,
    Kind.FILE: _file,
}
