"""Which questions a person sees, given what they answered: shows and skips, followed from top to bottom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from surveys.logic.expressions import Answers, holds, is_answered
from surveys.questionnaire import Kind, Layout, Question, Questionnaire, Section


@dataclass(frozen=True)
class Path:
    """What is shown, and the answers that count because their questions are."""

    shown: tuple[tuple[Section, Question], ...]
    answers: dict[str, Any]

    @property
    def questions(self) -> list[Question]:
        return [question for _section, question in self.shown]

    @property
    def codes(self) -> set[str]:
        return {question.code for question in self.questions}


@dataclass(frozen=True)
class Page:
    """One page of the form. `number` begins at 1 and is the same whatever is shown of it."""

    number: int
    section: Section
    questions: tuple[Question, ...]


def follow(questionnaire: Questionnaire, answers: Answers, today: date) -> Path:
    """Go through the questionnaire once. A condition sees only the answers of what was shown before it."""
    shown: list[tuple[Section, Question]] = []
    counted: dict[str, Any] = {}
    ahead = ""
    for section in questionnaire.sections:
        ahead = "" if ahead == section.code else ahead
        is_shown = holds(section.show_if, counted, today)
        for question in section.questions:
            ahead = "" if ahead == question.code else ahead
            if ahead or not is_shown or not holds(question.show_if, counted, today):
                continue
            shown.append((section, question))
            value = answers.get(question.code)
            if is_answered(value):
                counted[question.code] = value
            ahead = _skip(question, counted, today) if question.skips else ""
    return Path(tuple(shown), counted)


def _skip(question: Question, answers: Answers, today: date) -> str:
    return next((skip.to for skip in question.skips if holds(skip.when, answers, today)), "")


def pages(questionnaire: Questionnaire) -> list[Page]:
    """All pages, shown or not. A note stands on the page of the question that it introduces."""
    found = [
        (section, group)
        for section in questionnaire.sections
        for group in (_groups(section) if questionnaire.layout is Layout.QUESTION else [section.questions])
        if group
    ]
    return [Page(number, section, group) for number, (section, group) in enumerate(found, start=1)]


def _groups(section: Section) -> Iterator[tuple[Question, ...]]:
    waiting: list[Question] = []
    for question in section.questions:
        waiting.append(question)
        if question.kind is not Kind.NOTE:
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def shown_pages(questionnaire: Questionnaire, path: Path) -> list[Page]:
    """The pages with something to see, and only what is seen of them."""
    codes = path.codes
    cut = [
        Page(page.number, page.section, tuple(question for question in page.questions if question.code in codes))
        for page in pages(questionnaire)
    ]
    return [page for page in cut if page.questions]
