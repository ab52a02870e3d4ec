"""Two readings of one sheet, held against each other."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from surveys.paper.boxes import PaperForm
from surveys.paper.entering import Entry
from surveys.questionnaire import OTHER, Question

IGNORED = re.compile(r"[\W_]+")


class Choice(StrEnum):
    """What counts where both readings differ."""

    FIRST = "first"
    SECOND = "second"
    UNREADABLE = "unreadable"


def differences(form: PaperForm, first: Entry, second: Entry) -> list[Question]:
    """The questions that were read differently. In written texts only words count, not signs and capital letters."""
    return [q for q in form.questions if _plain(q, first) != _plain(q, second)]


def settled(form: PaperForm, first: Entry, second: Entry, choices: Mapping[str, Choice]) -> Entry:
    """One entry of both: the choice of each question that was read differently, and the first reading of all others."""
    values: dict[str, Any] = {}
    unreadable: set[str] = set()
    for question in form.questions:
        choice = choices.get(question.code, Choice.FIRST)
        value, other, is_unreadable = (second if choice is Choice.SECOND else first).part(question)
        if choice is Choice.UNREADABLE or is_unreadable:
            unreadable.add(question.code)
        else:
            values |= {question.code: value} if value is not None else {}
            values |= {f"{question.code}.{OTHER}": other} if other is not None else {}
    return Entry(values, frozenset(unreadable))


def _plain(question: Question, entry: Entry) -> tuple[Any, Any, bool]:
    value, other, is_unreadable = entry.part(question)
    if question.kind.is_written and isinstance(value, str):
        value = _words(value)
    return value, _words(other) if isinstance(other, str) else other, is_unreadable


def _words(text: str) -> str:
    """What two people would type alike: "St.-Anna-Platz!" and "st anna platz"."""
    return IGNORED.sub(" ", text).casefold().strip()
