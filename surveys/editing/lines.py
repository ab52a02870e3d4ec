"""A condition as lines that a person fills in: a question, a comparison and a value in each.

What a line cannot show stands in it as text, in our own way of writing (surveys.logic.syntax). Both edit one tree, and
neither loses what the other wrote.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from citizen.core.i18n import localized
from surveys.logic.expressions import Expression, as_number
from surveys.logic.syntax import parse, write
from surveys.questionnaire import DONT_KNOW, Kind, Question, Questionnaire
from surveys.sheets.words import Districts, agreement_words, dont_know_words


class Comparison(StrEnum):
    """What a line asks of an answer."""

    IS = "is"
    IS_NOT = "is_not"
    HAS = "has"
    HAS_NOT = "has_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE = "more"
    LESS = "less"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"

    @property
    def has_value(self) -> bool:
        return self not in {Comparison.ANSWERED, Comparison.UNANSWERED}


@dataclass(frozen=True)
class Line:
    """`subject` is a question's code, with ".row" behind it for a row; a line with `text` has nothing else."""

    subject: str = ""
    test: Comparison = Comparison.IS
    value: str = ""
    text: str = ""


@dataclass(frozen=True)
class Lines:
    """All of them, or any of them where `is_any`."""

    lines: tuple[Line, ...] = ()
    is_any: bool = False


SHAPES: dict[Comparison, Callable[[Expression, Expression], Expression]] = {
    Comparison.IS: lambda answer, value: ["=", answer, value],
    Comparison.IS_NOT: lambda answer, value: ["!=", answer, value],
    Comparison.HAS: lambda answer, value: ["has", answer, value],
    Comparison.HAS_NOT: lambda answer, value: ["not", ["has", answer, value]],
    Comparison.AT_LEAST: lambda answer, value: [">=", answer, value],
    Comparison.AT_MOST: lambda answer, value: ["<=", answer, value],
    Comparison.MORE: lambda answer, value: [">", answer, value],
    Comparison.LESS: lambda answer, value: ["<", answer, value],
    Comparison.ANSWERED: lambda answer, _value: ["answered", answer],
    Comparison.UNANSWERED: lambda answer, _value: ["not", ["answered", answer]],
}

GIVEN = (Comparison.ANSWERED, Comparison.UNANSWERED)
CHOICE = (Comparison.IS, Comparison.IS_NOT, *GIVEN)
MEMBERS = (Comparison.HAS, Comparison.HAS_NOT, *GIVEN)
ORDER = (Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.MORE, Comparison.LESS)
SIZES = (Comparison.IS, Comparison.IS_NOT, *ORDER, *GIVEN)
COMPARISONS: dict[Kind, tuple[Comparison, ...]] = {
    Kind.SINGLE: CHOICE,
    Kind.MULTIPLE: MEMBERS,
    Kind.RANKING: MEMBERS,
    Kind.MATRIX: CHOICE,
    Kind.STATEMENTS: CHOICE,
    Kind.SCALE: SIZES,
    Kind.NPS: SIZES,
    Kind.NUMBER: SIZES,
    Kind.DATE: SIZES,
    Kind.LINE: (*GIVEN, Comparison.IS, Comparison.IS_NOT),
    Kind.TEXT: GIVEN,
    Kind.PLACE: CHOICE,
    Kind.CONSENT: GIVEN,
    Kind.FILE: GIVEN,
    Kind.NOTE: (),
}
"""The comparisons that make sense for a kind, the most usual one first."""

NUMERIC = {Kind.SCALE, Kind.NPS, Kind.NUMBER}
DISTRICT = "district"


def lines_of(tree: Expression, questionnaire: Questionnaire) -> Lines:
    """The tree as lines: its parts where it joins several, else itself."""
    if tree is None:
        return Lines()
    is_joined = isinstance(tree, list) and tree[0] in {"and", "or"} and len(tree) > 2
    parts = tree[1:] if is_joined else [tree]
    return Lines(tuple(_line(part, questionnaire) for part in parts), is_any=is_joined and tree[0] == "or")


def tree_of(lines: Lines, questionnaire: Questionnaire, before: Expression = None) -> Expression:
    """The tree that the lines make; the one from before where they still say the same. Raises Unreadable."""
    if lines == lines_of(before, questionnaire):
        return before
    parts = [_part(line, questionnaire) for line in lines.lines]
    if len(parts) < 2:
        return parts[0] if parts else None
    return ["or" if lines.is_any else "and", *parts]


def _line(part: Expression, questionnaire: Questionnaire) -> Line:
    """As the row that makes exactly this part again; as text where none does."""
    for test, answer, value in _readings(part):
        subject = ".".join(answer[1:])
        question = subject_question(subject, questionnaire)
        if question is None or test not in COMPARISONS[question.kind]:
            continue
        line = Line(subject, test, _typed(value) if test.has_value else "")
        if _part(line, questionnaire) == part:
            return line
    return Line(text=write(part))


def _readings(part: Expression) -> Iterator[tuple[Comparison, list[str], Expression]]:
    """Every comparison of one answer with one plain value that the part may be."""
    for test, shape in SHAPES.items():
        for answer, value in _sides(part):
            if shape(answer, value) == part:
                yield test, answer, value


def _sides(part: Expression) -> Iterator[tuple[list[str], Expression]]:
    inner = part[1] if isinstance(part, list) and part[0] == "not" and isinstance(part[1], list) else part
    if isinstance(inner, list) and len(inner) in {2, 3} and isinstance(inner[1], list) and inner[1][0] == "answer":
        value = inner[2] if len(inner) == 3 else None
        if not isinstance(value, list):
            yield inner[1], value


def _typed(value: Expression) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _part(line: Line, questionnaire: Questionnaire) -> Expression:
    if line.text:
        return parse(line.text)
    question = subject_question(line.subject, questionnaire)
    answer = ["answer", *line.subject.split(".", 1)]
    return SHAPES[line.test](answer, _value(line.value, question))


def _value(text: str, question: Question | None) -> Expression:
    """A number where the answer is one."""
    if question is None or question.kind not in NUMERIC:
        return text
    number = as_number(text)
    if number is None:
        return text
    return int(number) if number == int(number) else number


def subject_question(subject: str, questionnaire: Questionnaire) -> Question | None:
    """The question that a line asks about; None where it or its row is gone."""
    code, _dot, row = subject.partition(".")
    question = questionnaire.question(code)
    if question is None:
        return None
    if question.kind is Kind.PLACE:
        return question if row == DISTRICT else None
    if question.kind.has_rows:
        return question if row in {line.code for line in question.rows} else None
    return None if row else question


def subjects(questionnaire: Questionnaire, until: str | None) -> Iterator[tuple[str, Question, str]]:
    """What may be asked about before the question or section `until`: subject, question, and row or nothing."""
    for section in questionnaire.sections:
        if section.code == until:
            return
        for question in section.questions:
            if question.code == until:
                return
            yield from subjects_of(question)


def subjects_of(question: Question) -> Iterator[tuple[str, Question, str]]:
    if question.kind.has_rows:
        yield from ((f"{question.code}.{row.code}", question, row.code) for row in question.rows)
    elif question.kind is Kind.PLACE:
        yield f"{question.code}.{DISTRICT}", question, ""
    elif question.kind is not Kind.NOTE:
        yield question.code, question, ""


def values_of(question: Question, districts: Districts) -> dict[str, str] | None:
    """What may be chosen as a value, with its words; None where it is typed."""
    if question.kind.has_options:
        return {option.code: str(localized(option.label)) or option.code for option in question.options}
    if question.kind is Kind.STATEMENTS:
        return agreement_words()
    if question.kind is Kind.PLACE:
        return {code: str(localized(name)) or code for code, name in districts.items()}
    if question.kind in {Kind.SCALE, Kind.NPS}:
        return {str(point): str(point) for point in question.scale} | _dont_know(question)
    return None


def _dont_know(question: Question) -> dict[str, str]:
    return {DONT_KNOW: dont_know_words()} if question.has_dont_know else {}


def comparison_words(test: Comparison, kind: Kind) -> str:
    words: dict[Any, str] = {
        Comparison.IS: _("is"),
        Comparison.IS_NOT: _("is not"),
        Comparison.HAS: _("includes"),
        Comparison.HAS_NOT: _("does not include"),
        Comparison.AT_LEAST: _("is at least"),
        Comparison.AT_MOST: _("is at most"),
        Comparison.MORE: _("is more than"),
        Comparison.LESS: _("is less than"),
        Comparison.ANSWERED: _("was answered"),
        Comparison.UNANSWERED: _("was not answered"),
    }
    dates = {
        Comparison.AT_LEAST: _("is on or after"),
        Comparison.AT_MOST: _("is on or before"),
        Comparison.MORE: _("is after"),
        Comparison.LESS: _("is before"),
    }
    ticks = {Comparison.ANSWERED: _("is ticked"), Comparison.UNANSWERED: _("is not ticked")}
    own = {Kind.DATE: dates, Kind.CONSENT: ticks}.get(kind, {})
    return own.get(test, words[test])
