"""What works badly for the people who answer, although nothing is wrong with it."""

from collections import Counter
from collections.abc import Iterator

from flask_babel import gettext as _

from surveys import effort
from surveys.checker.ground import Finding, Ground, Spot
from surveys.questionnaire import Kind, OptionRole

MOST_MINUTES = 15
MOST_ON_A_PHONE = 7
"""Rows or columns of a table that people can take in on a phone."""

MOST_POINTS = 11


def findings(ground: Ground) -> Iterator[Finding]:
    yield from _length(ground)
    for place, section in ground.numbered_sections():
        if not section.questions:
            sentence = _("This section is empty. Please add a question, or delete the section.")
            yield Finding("warning", ("sections", place, "questions"), sentence)
    for spot in ground.spots:
        yield from _table(spot)
        yield from _scale(spot)
        yield from _way_out(spot)
        yield from _same_words(spot, ground)


def _length(ground: Ground) -> Iterator[Finding]:
    minutes = effort.minutes_for(ground.questionnaire, ground.first_language)
    if minutes > MOST_MINUTES:
        sentence = _(
            "Answering takes about %(minutes)s minutes. Many people stop after %(most)s. Please ask less.",
            minutes=minutes,
            most=MOST_MINUTES,
        )
        yield Finding("warning", ("sections",), sentence)


def _table(spot: Spot) -> Iterator[Finding]:
    question = spot.question
    if question.kind.has_rows and len(question.rows) > MOST_ON_A_PHONE:
        yield spot.warning(
            _("%(count)s rows are many on a phone. Please split them into two questions.", count=len(question.rows)),
            "rows",
        )
    if question.kind is Kind.MATRIX and len(question.options) > MOST_ON_A_PHONE:
        yield spot.warning(
            _("%(count)s columns are many on a phone. Please offer fewer.", count=len(question.options)), "options"
        )


def _scale(spot: Spot) -> Iterator[Finding]:
    points = len(spot.question.scale)
    if spot.question.kind is Kind.SCALE and points > MOST_POINTS:
        yield spot.warning(
            _("A scale with %(points)s points is hard to use. Please ask for a number instead.", points=points), "high"
        )


def _way_out(spot: Spot) -> Iterator[Finding]:
    """Whoever has to answer and cannot, invents something or leaves."""
    question = spot.question
    is_closed = question.kind is Kind.SINGLE and len(question.options) > 1
    if is_closed and question.is_required and all(option.role is OptionRole.PLAIN for option in question.options):
        yield spot.warning(
            _("Everybody has to answer this. Consider offering “I don't know”, for people who cannot."), "options"
        )


def _same_words(spot: Spot, ground: Ground) -> Iterator[Finding]:
    labels = [option.label.get(ground.first_language, "").strip().casefold() for option in spot.question.options]
    for label, count in Counter(labels).items():
        if label and count > 1 and spot.question.kind.has_options:
            first = labels.index(label)
            text = spot.question.options[first].label[ground.first_language]
            again = labels.index(label, first + 1)
            yield spot.warning(
                _("Two options say “%(text)s”. Please change one, so that people can tell them apart.", text=text),
                *("options", again, "label", ground.first_language),
            )
