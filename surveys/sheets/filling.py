"""A sheet while somebody fills it in: what was typed so far, and all that follows from it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from citizen.cities.maps import CityMap
from surveys.logic.path import Page, pages, shown_pages
from surveys.questionnaire import Kind, Question, Questionnaire
from surveys.sheets.checking import Checked, check
from surveys.sheets.reading import Typed, read
from surveys.sheets.words import Districts, InWords


def no_file(_token: str) -> dict[str, str] | None:
    """Where no files are taken."""
    return None


@dataclass(frozen=True)
class Filling:
    """What was typed into a questionnaire. `districts` are the city's; `decimal` is the sign before the decimals.

    `kept_file` gives the file that a form's field stands for, or None.
    """

    questionnaire: Questionnaire
    typed: Typed
    today: date
    districts: Districts
    decimal: str = "."
    map: CityMap | None = None
    kept_file: Callable[[str], dict[str, str] | None] = no_file

    @cached_property
    def values(self) -> dict[str, Any]:
        values = read(self.questionnaire, self.typed, decimal=self.decimal)
        for question in self.questionnaire.questions:
            if question.kind is Kind.FILE and question.code in values:
                values[question.code] = self.kept_file(values[question.code])
        return {code: value for code, value in values.items() if value is not None}

    @cached_property
    def checked(self) -> Checked:
        return check(self.questionnaire, self.values, self.today, self.districts.keys())

    @cached_property
    def shown(self) -> frozenset[str]:
        """Codes of the questions that somebody with these answers sees."""
        return frozenset(self.checked.path.codes)

    @cached_property
    def all_pages(self) -> list[Page]:
        return pages(self.questionnaire)

    @cached_property
    def pages(self) -> list[Page]:
        """The pages with something to see, and only what is seen of them."""
        return shown_pages(self.questionnaire, self.checked.path)

    @cached_property
    def numbered(self) -> list[Question]:
        """The shown questions that count as one: notes only explain."""
        return [question for question in self.checked.path.questions if question.kind is not Kind.NOTE]

    @property
    def in_words(self) -> InWords:
        return InWords(self.districts, self.values)

    def say(self, code: str) -> str:
        """What was answered there, in words, if it counts."""
        question = self.questionnaire.question(code)
        value = self.checked.path.answers.get(code)
        return self.in_words.together(question, value) if question else ""

    def problems_on(self, page: Page) -> dict[str, str]:
        """What is wrong on this page, by question, in the page's order."""
        problems = self.checked.problems
        return {question.code: problems[question.code] for question in page.questions if question.code in problems}

    def first_gap(self, before: int | None = None) -> Page | None:
        """The first page, of those before a number, with something that has to be answered or put right."""
        ahead = (page for page in self.pages if before is None or page.number < before)
        return next((page for page in ahead if self.problems_on(page)), None)

    def page_for(self, number: int) -> Page | None:
        """The page to show to whoever asks for this one: a page with a gap before it, else it or the next one shown."""
        return self.first_gap(number) or next((page for page in self.pages if page.number >= number), None)

    def page_before(self, number: int) -> Page | None:
        return next((page for page in reversed(self.pages) if page.number < number), None)

    def page_after(self, number: int) -> Page | None:
        return next((page for page in self.pages if page.number > number), None)

    def page_of(self, code: str) -> Page | None:
        return next((page for page in self.pages if code in {question.code for question in page.questions}), None)

    def whole_page(self, number: int) -> Page:
        """The page with all its questions, shown or not."""
        return next(page for page in self.all_pages if page.number == number)


def kept_fields(typed: Mapping[str, Sequence[str]], names: Sequence[str]) -> dict[str, list[str]]:
    """Of what was typed, the fields with these names that are not empty."""
    return {name: list(typed[name]) for name in names if any(typed.get(name, ()))}
