"""The page of a result: all questions, how to read them, how they were asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from citizen.cities.districts import District
from citizen.core import clock
from citizen.core.i18n import day, localized
from citizen.participation.report import method
from surveys.models import SurveyWave
from surveys.report.blocks import Block, Chapter
from surveys.report.findings import finding
from surveys.report.pictures import area_of, bars_of, stacks_of
from surveys.report.tables import figures_of, grid_of, notes_of, table_of
from surveys.report.words import facts, people, title_of
from surveys.statistics import Answered, Result
from surveys.statistics.found import Amounts, Days, QuestionFound, Written


@dataclass(frozen=True)
class Report:
    """Everything that the page of a result says, ready to be shown. `gone` are questions that are asked no more."""

    chapters: tuple[Chapter, ...]
    gone: tuple[Block, ...]
    reading: tuple[str, ...]
    method: tuple[tuple[str, str], ...]


def report(wave: SurveyWave, result: Result, answered: Answered, districts: Sequence[District]) -> Report:
    chapters = tuple(
        Chapter(
            section.section.code,
            localized(section.section.title),
            tuple(_with_earlier(found, result, districts) for found in section.questions),
        )
        for section in result.sections
    )
    gone = tuple(block_of(found, districts) for found in result.gone)
    return Report(chapters, gone, reading(), tuple(method_of(wave, answered)))


def source_of(wave: SurveyWave, n: int) -> str:
    """Under every picture: from where, of how many, of when."""
    words = {"title": localized(wave.title), "responses": people(n), "day": day(clock.now())}
    return _("Source: “%(title)s”, %(responses)s, %(day)s.", **words)


def method_of(wave: SurveyWave, answered: Answered) -> list[tuple[str, str]]:
    return method(
        wave,
        n=answered.n,
        channels=answered.channels,
        assurances=answered.assurances,
        population=answered.population,
    )


def reading() -> tuple[str, ...]:
    """What can be said from any result, and what cannot."""
    return (
        _("These are the responses of people who chose to take part. Other people in the city may think differently."),
        _("This is advice to the city, not an official vote."),
        _("Shares are of those who answered the question. Whoever does not know counts in no share."),
    )


def block_of(found: QuestionFound, districts: Sequence[District] = ()) -> Block:
    """A question with everything that can be shown of it; without a picture where nobody has answered it."""
    block = Block(found.question.code, title_of(found.question), facts(found), finding(found))
    if isinstance(found.found, Written):
        return replace(block, written=found.found)
    if not found.base:
        return block
    return replace(
        block,
        bars=bars_of(found),
        are_bins=isinstance(found.found, Amounts | Days),
        stacks=stacks_of(found),
        area=area_of(found, districts),
        grid=grid_of(found),
        figures=figures_of(found),
        table=table_of(found),
        notes=notes_of(found),
        written=found.written,
    )


def _with_earlier(found: QuestionFound, result: Result, districts: Sequence[District]) -> Block:
    earlier = result.earlier.get(found.question.code, ())
    return replace(block_of(found, districts), earlier=tuple(block_of(one, districts) for one in earlier))
