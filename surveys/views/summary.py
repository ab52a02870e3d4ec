"""A sheet in words, for whoever looks at it once more."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from citizen.core.i18n import Text, localized
from surveys.questionnaire import Kind, Question, Section
from surveys.sheets.filling import Filling
from surveys.sheets.piping import piped
from surveys.views.finding import place
from surveys.views.sitting import Sitting


@dataclass(frozen=True)
class Answered:
    """A question and its answer, one line for each thing that was answered; no line without an answer."""

    text: Markup
    lines: tuple[str, ...]
    change_url: str


@dataclass(frozen=True)
class SectionSummary:
    title: Text
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Summary:
    """`dropped` are the texts of questions that were answered and no longer fit: their answers do not count."""

    sections: tuple[SectionSummary, ...]
    dropped: tuple[Markup, ...]


def summary(sitting: Sitting) -> Summary:
    filling = sitting.filling
    shown = [pair for pair in filling.checked.path.shown if pair[1].kind is not Kind.NOTE]
    titles = {section.code: localized(section.title) for section, _question in shown}
    sections = tuple(
        SectionSummary(titles[code], tuple(_answered(sitting, pairs)))
        for code, pairs in groupby(shown, key=lambda pair: pair[0].code)
    )
    dropped = (filling.questionnaire.question(code) for code in filling.checked.dropped)
    return Summary(sections, tuple(piped(question.text, filling.say) for question in dropped if question))


def _answered(sitting: Sitting, pairs: Iterator[tuple[Section, Question]]) -> Iterator[Answered]:
    filling = sitting.filling
    for _section, question in pairs:
        value = filling.checked.path.answers.get(question.code)
        lines = tuple(filling.in_words.lines(question, value))
        url = place(sitting.wave, "answer", page=_page_number(filling, question), _anchor=f"q-{question.code}")
        yield Answered(piped(question.text, filling.say), lines, url)


def _page_number(filling: Filling, question: Question) -> int | None:
    page = filling.page_of(question.code)
    return page.number if page else None
