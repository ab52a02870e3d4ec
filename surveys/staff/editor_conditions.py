"""Conditions in forms: from lines to trees and back, what is wrong with them, and what a page shows to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, FieldList, Form, FormField

from surveys.editing.lines import (
    COMPARISONS,
    Line,
    Lines,
    comparison_words,
    lines_of,
    subject_question,
    subjects,
    subjects_of,
    values_of,
)
from surveys.editing.words import Told
from surveys.logic.expressions import Expression, references
from surveys.logic.parsing import Unreadable
from surveys.logic.syntax import parse
from surveys.questionnaire import END, Kind, Question, Questionnaire
from surveys.staff.editor_fields import ConditionForm

ALL, ANY = "all", "any"


def condition_values(tree: Expression, questionnaire: Questionnaire) -> dict[str, Any]:
    """The tree as the values of a ConditionForm."""
    lines = lines_of(tree, questionnaire)
    return {"joint": ANY if lines.is_any else ALL, "lines": [_row_values(line) for line in lines.lines]}


def _row_values(line: Line) -> dict[str, str]:
    if line.text:
        return {"is_text": "1", "text": line.text}
    return {"subject": line.subject, "test": line.test.value, "value": line.value}


def lines_in(form: Any) -> Lines:
    """What stands in a ConditionForm. A line to write in that is empty is none."""
    lines = [row.form.as_line() for row in form.lines if not (row.form.is_text.data and not row.form.text.data)]
    return Lines(tuple(lines), is_any=form.joint.data == ANY)


def conditions_in(form: Form) -> Iterator[Any]:
    """Every ConditionForm within a form."""
    for field in form:
        if isinstance(field, FieldList):
            for entry in field:
                yield from conditions_in(entry.form)
        elif isinstance(field, FormField):
            yield from [field.form] if isinstance(field.form, ConditionForm) else conditions_in(field.form)


def condition_faults(form: Any, questionnaire: Questionnaire) -> Iterator[tuple[Field, str]]:
    for row in form.lines:
        line = row.form.as_line()
        if row.form.is_text.data:
            yield from ((row.form.text, sentence) for sentence in _text_faults(line.text, questionnaire))
        elif line.test.has_value and not line.value:
            yield row.form.value, _("Please write a value.")


def _text_faults(text: str, questionnaire: Questionnaire) -> Iterator[str]:
    try:
        tree = parse(text)
    except Unreadable:
        yield _("We cannot read this condition. Write it like this: {age} >= 18 and {modes} contains 'bus'")
        return
    for code, _row in references(tree):
        if questionnaire.question(code) is None:
            yield _("There is no question with the code “%(code)s”.", code=code)


@dataclass(frozen=True)
class Choices:
    """What the lines of a form offer. `until` is the part whose form it is; `itself` where it may ask about itself."""

    told: Told
    until: str
    itself: Question | None = None

    def subjects(self, *, with_itself: bool = False) -> list[tuple[str, str]]:
        """The answers that can be asked about, with their words."""
        found = list(subjects(self.told.questionnaire, self.until))
        found += list(subjects_of(self.itself)) if with_itself and self.itself else []
        return [(subject, self.told.subject(subject)) for subject, _question, _row in found]

    def name(self, subject: str) -> str:
        return self.told.subject(subject)

    def tests(self, subject: str, chosen: str) -> list[tuple[str, str, bool]]:
        """Comparisons that fit the answer: name, words, and whether it is chosen."""
        question = subject_question(subject, self.told.questionnaire)
        found = COMPARISONS[question.kind] if question else ()
        return [(test.value, comparison_words(test, question.kind), test.value == chosen) for test in found if question]

    def values(self, subject: str, chosen: str) -> list[tuple[str, str, bool]] | None:
        """Values to choose from; None where one is typed. What is gone stays to be seen."""
        question = subject_question(subject, self.told.questionnaire)
        values = values_of(question, self.told.districts) if question else None
        if values is None:
            return None
        if chosen and chosen not in values:
            values[chosen] = _("%(code)s (not there any more)", code=chosen)
        return [(code, words, code == chosen) for code, words in values.items()]

    def is_day(self, subject: str) -> bool:
        """True where a value is a day, which browsers have a calendar for."""
        question = subject_question(subject, self.told.questionnaire)
        return question is not None and question.kind is Kind.DATE

    def places(self, chosen: str) -> list[tuple[str, str, bool]]:
        """Where a skip may lead: every section and question behind this one, and the end."""
        return [(code, words, code == chosen) for code, words in self._places_behind()]

    def _places_behind(self) -> Iterator[tuple[str, str]]:
        is_behind = False
        for section in self.told.questionnaire.sections:
            if is_behind:
                yield section.code, _("Section %(name)s", name=self.told.place(section.code))
            for question in section.questions:
                if is_behind:
                    yield question.code, self.told.place(question.code)
                is_behind = is_behind or question.code == self.until
        yield END, self.told.place(END)
