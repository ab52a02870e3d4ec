"""What paper makes of a questionnaire: which questions it asks, their numbers, and the numbers of their boxes."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _

from citizen.cities.districting import districts_of
from citizen.cities.models import City
from surveys.questionnaire import DONT_KNOW, Kind, OptionRole, Question, Questionnaire
from surveys.sheets.order import options_for
from surveys.sheets.words import Districts, agreement_words, dont_know_words

DONT_KNOW_SIGN = "?"
"""What is typed for "I don't know" beside scales and numbers, where every number may be an answer."""

MOST_POINTS = 11
"""A scale with more points is a line to write a number on."""

Label = Mapping[str, str] | str
"""Words by language, or in the reader's."""


@dataclass(frozen=True)
class Box:
    """A box to tick: the number beside it, what it means as a value, and its words."""

    number: str
    code: str
    label: Label
    is_other: bool = False


@dataclass(frozen=True)
class PaperForm:
    """A questionnaire as paper asks it. `districts` are the city's names by code, in its order."""

    asked: Questionnaire
    districts: Districts

    @cached_property
    def questions(self) -> list[Question]:
        """What is printed, notes among them. Files cannot be sent on paper."""
        return [question for question in self.asked.questions if question.kind is not Kind.FILE]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each question that can be answered, by its code."""
        answered = (question.code for question in self.questions if question.kind is not Kind.NOTE)
        return {code: number for number, code in enumerate(answered, start=1)}

    @cached_property
    def checked_as(self) -> Questionnaire:
        """What sheets are held against: paper cannot stop anybody who leaves a question out.

        Only consent stays needed: without it the city must not use the answers.
        """
        return _with_each(self.asked, _as_on_paper)

    def boxes(self, question: Question) -> list[Box]:
        """The boxes of a question, or of each of its rows."""
        return [*self._choices(question), *_dont_know_box(question)]

    def _choices(self, question: Question) -> Iterable[Box]:
        if question.kind.has_options:
            return _option_boxes(question)
        if question.kind is Kind.STATEMENTS:
            return _numbered(agreement_words())
        if question.kind is Kind.PLACE:
            return _numbered(self.districts)
        if question.kind is Kind.CONSENT:
            return [Box("1", "yes", _("Yes"))]
        if question.kind in {Kind.SCALE, Kind.NPS}:
            return [Box(str(point), str(point), "") for point in question.scale]
        return []


def paper_form(questionnaire: Questionnaire, city: City) -> PaperForm:
    return PaperForm(questionnaire, {district.code: district.name for district in districts_of(city)})


def as_printed(question: Question) -> Question:
    """Everybody gets the same sheet."""
    return question.model_copy(update={"is_shuffled": False})


def without_lines(questionnaire: Questionnaire, codes: Collection[str]) -> Questionnaire:
    """With "other" as an option like all others in these questions: ticked, and nothing written beside it."""
    return _with_each(questionnaire, lambda question: _without_line(question) if question.code in codes else question)


def is_long_scale(question: Question) -> bool:
    return question.kind in {Kind.SCALE, Kind.NPS} and len(question.scale) > MOST_POINTS


def _option_boxes(question: Question) -> Iterator[Box]:
    for number, option in enumerate(options_for(as_printed(question), ""), start=1):
        yield Box(str(number), option.code, option.label, option.role is OptionRole.OTHER)


def _numbered(labels: Mapping[str, Label]) -> list[Box]:
    return [Box(str(number), code, label) for number, (code, label) in enumerate(labels.items(), start=1)]


def _dont_know_box(question: Question) -> list[Box]:
    is_offered = question.has_dont_know and question.kind in {Kind.SCALE, Kind.NPS, Kind.NUMBER}
    return [Box(DONT_KNOW_SIGN, DONT_KNOW, dont_know_words())] if is_offered else []


def _with_each(questionnaire: Questionnaire, change: Callable[[Question], Question]) -> Questionnaire:
    sections = tuple(
        section.model_copy(update={"questions": tuple(change(question) for question in section.questions)})
        for section in questionnaire.sections
    )
    return questionnaire.model_copy(update={"sections": sections})


def _without_line(question: Question) -> Question:
    plain = {OptionRole.OTHER: OptionRole.PLAIN}
    options = tuple(o.model_copy(update={"role": plain.get(o.role, o.role)}) for o in question.options)
    return question.model_copy(update={"options": options})


def _as_on_paper(question: Question) -> Question:
    """A file's question stays as a note, because skips may lead to it."""
    kind = Kind.NOTE if question.kind is Kind.FILE else question.kind
    is_needed = question.is_required and question.kind is Kind.CONSENT
    return question.model_copy(update={"kind": kind, "is_required": is_needed})
