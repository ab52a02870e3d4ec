"""How far somebody has come, in words and as a bar."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys import effort
from surveys.sheets.showing import Sheet


@dataclass(frozen=True)
class Progress:
    """`first` to `last` of `all` questions stand on this page, 0 where it holds none; `minutes` are left with them."""

    first: int
    last: int
    all: int
    minutes: int

    @property
    def done(self) -> int:
        return max(0, self.first - 1)

    @property
    def words(self) -> str:
        if not self.first:
            return ngettext("About %(num)s minute left", "About %(num)s minutes left", self.minutes)
        if self.first == self.last:
            return _one_question(self)
        return _several_questions(self)


def _one_question(at: Progress) -> str:
    return ngettext(
        "Question %(question)s of %(questions)s, about %(num)s minute left",
        "Question %(question)s of %(questions)s, about %(num)s minutes left",
        at.minutes,
        question=at.first,
        questions=at.all,
    )


def _several_questions(at: Progress) -> str:
    return ngettext(
        "Questions %(first)s to %(last)s of %(questions)s, about %(num)s minute left",
        "Questions %(first)s to %(last)s of %(questions)s, about %(num)s minutes left",
        at.minutes,
        first=at.first,
        last=at.last,
        questions=at.all,
    )


def sentences() -> dict[str, str]:
    """The same for the browser, which counts by itself while somebody answers."""
    return {
        "one-minute": _("Question {first} of {all}, about 1 minute left"),
        "minutes": _("Question {first} of {all}, about {minutes} minutes left"),
        "many-one-minute": _("Questions {first} to {last} of {all}, about 1 minute left"),
        "many-minutes": _("Questions {first} to {last} of {all}, about {minutes} minutes left"),
    }


def progress(here: Sheet, numbered_seconds: list[float]) -> Progress:
    """`numbered_seconds` holds the estimated time of every shown question, in their order."""
    numbers = [asked.number for asked in here.shown if asked.number]
    first, last = (numbers[0], numbers[-1]) if numbers else (0, 0)
    left = sum(numbered_seconds[max(0, first - 1) :])
    return Progress(first, last, len(numbered_seconds), effort.minutes(left))
