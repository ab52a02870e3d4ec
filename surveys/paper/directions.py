"""Conditions and skips in words, for people who hold a pen: "Only if you ticked “Car” in question 2"."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.core.i18n import localized, number
from surveys.logic.expressions import Expression
from surveys.paper.boxes import PaperForm
from surveys.questionnaire import DONT_KNOW, END, Kind, Question, Section
from surveys.sheets.words import day_words

TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!=", "has": "has"}
"""What a comparison is when its sides change places."""


@dataclass(frozen=True)
class Directions:
    """Says where to go on, and for whom a question is."""

    form: PaperForm

    def only_if(self, tree: Expression) -> str:
        """Before a question or a part that not everybody answers; empty where everybody does."""
        if tree is None:
            return ""
        condition = self.condition(tree)
        if condition is None:
            return _("Please answer this only if it fits you.")
        return _("Only if %(condition)s:", condition=condition)

    def skips(self, question: Question) -> list[str]:
        """Behind a question: where some go on. What cannot be said in words is left to whoever types the sheet in."""
        return [sentence for skip in question.skips if (sentence := self._skip(skip.when, skip.to))]

    def for_whom(self, section: Section) -> str:
        """Before a part that not everybody answers: for whom it is, and where all others go on."""
        if section.show_if is None:
            return ""
        codes = [part.code for part in self.form.asked.sections]
        following = codes[codes.index(section.code) + 1 :]
        where = self._where(following[0] if following else END)
        condition = self.condition(section.show_if)
        if condition is None:
            return _("This part may not fit you. Then %(where)s", where=where)
        return _("This part is for you only if %(condition)s. Otherwise %(where)s", condition=condition, where=where)

    def condition(self, tree: Expression) -> str | None:
        """The condition in words, as it follows "if"; None where it has none that a reader would understand."""
        if not isinstance(tree, list):
            return None
        name, *parts = tree
        if name in {"and", "or"}:
            return self._joined(name, [self.condition(part) for part in parts])
        if name == "not":
            return self._negated(parts[0])
        if name == "answered":
            return self._answered(parts[0], is_answered=True)
        if name in TURNED:
            return self._compared(name, *parts)
        return None

    def _skip(self, when: Expression, to: str) -> str:
        if when is None:
            return self._where(to)
        condition = self.condition(when)
        return _("If %(condition)s: %(where)s", condition=condition, where=self._where(to)) if condition else ""

    def _where(self, code: str) -> str:
        place = self._first_number_from(code)
        if place is None:
            return _("you have reached the end.")
        return _("please go on with question %(number)s.", number=place)

    def _first_number_from(self, code: str) -> int | None:
        """The number of the first question that can be answered at this place or after it."""
        is_reached = False
        for section in self.form.asked.sections:
            is_reached = is_reached or section.code == code
            for question in section.questions:
                is_reached = is_reached or question.code == code
                if is_reached and question.code in self.form.numbers:
                    return self.form.numbers[question.code]
        return None

    def _joined(self, name: str, parts: list[str | None]) -> str | None:
        words = [part for part in parts if part is not None]
        if len(words) < len(parts):
            return None
        return reduce(_both if name == "and" else _either, words)

    def _negated(self, tree: Expression) -> str | None:
        if not isinstance(tree, list):
            return None
        if tree[0] == "answered":
            return self._answered(tree[1], is_answered=False)
        if tree[0] in {"=", "has"}:
            return self._compared("!=", *tree[1:])
        return None

    def _answered(self, tree: Expression, *, is_answered: bool) -> str | None:
        question = self._asked(tree)
        if question is None:
            return None
        place = self.form.numbers[question.code]
        if is_answered:
            return _("you answered question %(number)s", number=place)
        return _("you did not answer question %(number)s", number=place)

    def _compared(self, name: str, one: Expression, other: Expression) -> str | None:
        if isinstance(other, list) and not isinstance(one, list):
            one, other, name = other, one, TURNED[name]
        if isinstance(other, list):
            return None
        if isinstance(one, list) and one[0] == "count":
            return self._counted(name, self._asked(one[1]), other)
        question = self._asked(one)
        if question is None:
            return None
        row = str(one[2]) if len(one) > 2 else ""
        return self._said(name, question, row, other)

    def _asked(self, tree: Expression) -> Question | None:
        """The question whose answer the tree is, where paper asks it."""
        is_answer = isinstance(tree, list) and tree[0] == "answer" and tree[1] in self.form.numbers
        return self.form.asked.question(tree[1]) if is_answer else None

    def _counted(self, name: str, question: Question | None, value: Any) -> str | None:
        if question is None or not isinstance(value, int) or name not in {">=", ">"}:
            return None
        least = value + (name == ">")
        return ngettext(
            "you ticked at least %(num)s box in question %(number)s",
            "you ticked at least %(num)s boxes in question %(number)s",
            least,
            number=self.form.numbers[question.code],
        )

    def _said(self, name: str, question: Question, row: str, value: Any) -> str | None:
        label = self._label(question, value)
        words = {
            "number": self.form.numbers[question.code],
            "value": _shown(question, value) if label is None else label,
        }
        if label is not None:
            is_sayable = name in {"=", "!=", "has"} and bool(row) == question.kind.has_rows
            return _ticked(words, self._row(question, row), is_not=name == "!=") if is_sayable else None
        is_ordered = question.kind in {Kind.SCALE, Kind.NPS, Kind.NUMBER, Kind.DATE}
        return _compared(name, words) if is_ordered and isinstance(value, int | float | str) else None

    def _label(self, question: Question, value: Any) -> str | None:
        """What stands beside the box with this value; None where it is no box."""
        if question.kind is Kind.CONSENT:
            return _("Yes") if value is True else None
        if question.kind in {Kind.SCALE, Kind.NPS, Kind.NUMBER} and value != DONT_KNOW:
            return None
        found = next((box for box in self.form.boxes(question) if box.code == str(value)), None)
        if found is None:
            return None
        return found.label if isinstance(found.label, str) else str(localized(found.label))

    def _row(self, question: Question, code: str) -> str:
        label = next((row.label for row in question.rows if row.code == code), None)
        return str(localized(label)) if label else ""


def _both(one: str, other: str) -> str:
    return _("%(one)s and %(other)s", one=one, other=other)


def _either(one: str, other: str) -> str:
    return _("%(one)s or %(other)s", one=one, other=other)


def _shown(question: Question, value: Any) -> str:
    if question.kind is Kind.DATE:
        return day_words(str(value))
    return number(value) if isinstance(value, int | float) else str(value)


def _ticked(words: Mapping[str, Any], row: str, *, is_not: bool) -> str:
    if row and is_not:
        return _("you did not tick “%(value)s” for “%(row)s” in question %(number)s", row=row, **words)
    if row:
        return _("you ticked “%(value)s” for “%(row)s” in question %(number)s", row=row, **words)
    if is_not:
        return _("you did not tick “%(value)s” in question %(number)s", **words)
    return _("you ticked “%(value)s” in question %(number)s", **words)


def _compared(name: str, words: Mapping[str, Any]) -> str | None:
    return {
        "=": _("your answer to question %(number)s is %(value)s", **words),
        "!=": _("your answer to question %(number)s is not %(value)s", **words),
        "<": _("your answer to question %(number)s is less than %(value)s", **words),
        "<=": _("your answer to question %(number)s is at most %(value)s", **words),
        ">": _("your answer to question %(number)s is more than %(value)s", **words),
        ">=": _("your answer to question %(number)s is at least %(value)s", **words),
    }.get(name)
