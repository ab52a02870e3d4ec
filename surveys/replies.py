"""What programs get to read about surveys: models of the JSON API."""

from typing import Any, Literal, Self

from flask import url_for

from citizen.core.api import Reply
from citizen.participation.messages import LEVELS, Level, Moment, Texts
from citizen.participation.models import Channel, ResultsRule, State
from citizen.participation.replies import absolute
from surveys.checker import Finding
from surveys.exporters.sheets import Sheet
from surveys.models import Survey, SurveyWave
from surveys.questionnaire import Kind, Questionnaire, loaded
from surveys.report.showing import Shown
from surveys.versions import questionnaire_of


class FindingReply(Reply):
    """What is wrong with a questionnaire, or could be better: an error keeps it from being published."""

    severity: Literal["error", "warning"]
    field: str
    question: str | None
    message: str

    @classmethod
    def of(cls, finding: Finding) -> Self:
        path = ".".join(map(str, finding.path))
        return cls(severity=finding.severity, field=path, question=finding.question, message=finding.sentence)


class QuestionnaireReply(Reply):
    """A questionnaire in the hands of its editors. `edition` grows with every change."""

    id: int
    edition: int
    questionnaire: Questionnaire
    findings: list[FindingReply]
    waves: list[str]

    @property
    def location(self) -> str:
        return url_for("surveys_api.questionnaire", survey_id=self.id)

    @classmethod
    def of(cls, survey: Survey, found: list[Finding]) -> Self:
        return cls(
            id=survey.id,
            edition=survey.edition,
            questionnaire=loaded(survey.document),
            findings=[FindingReply.of(finding) for finding in found],
            waves=[wave.slug for wave in survey.waves],
        )


class WaveListed(Reply):
    """A survey in a list. `address` is its page."""

    slug: str
    address: str
    title: Texts
    name: Texts
    state: State
    opens_at: Moment
    closes_at: Moment

    @classmethod
    def of(cls, wave: SurveyWave) -> Self:
        return cls(**_listed(wave))


class SurveysReply(Reply):
    """Surveys, the newest first. `next` is the `after` of the next page, null on the last one."""

    surveys: list[WaveListed]
    next: str | None


class WaveReply(WaveListed):
    """One wave of a survey, and what it asks: null while it is a draft.

    `of_questionnaire` is where it comes from, `version` the version of it that is asked now.
    """

    city: str
    of_questionnaire: int
    version: int | None
    questionnaire: Questionnaire | None
    results: ResultsRule
    assurance: Level
    grace_minutes: int
    published_at: Moment | None
    closed_at: Moment | None
    withdrawn_at: Moment | None
    withdrawal_reason: Texts

    @property
    def location(self) -> str:
        return url_for("surveys_api.show", slug=self.slug)

    @classmethod
    def of(cls, wave: SurveyWave) -> Self:
        return cls(
            **_listed(wave),
            city=wave.city.slug,
            of_questionnaire=wave.survey_id,
            version=wave.version,
            questionnaire=questionnaire_of(wave) if wave.version else None,
            results=ResultsRule(wave.results),
            assurance=LEVELS[wave.assurance],
            grace_minutes=wave.grace_minutes,
            published_at=wave.published_at,
            closed_at=wave.closed_at,
            withdrawn_at=wave.withdrawn_at,
            withdrawal_reason=wave.withdrawal_reason,
        )


def _listed(wave: SurveyWave) -> dict[str, Any]:
    return {
        "slug": wave.slug,
        "address": absolute(url_for("survey.show", slug=wave.slug)),
        "title": wave.title,
        "name": wave.name,
        "state": wave.state,
        "opens_at": wave.opens_at,
        "closes_at": wave.closes_at,
    }


class SheetReply(Reply):
    """One filled-in questionnaire. `id` is random: it says nothing about who answered, or when."""

    id: str
    version: int
    channel: Channel
    assurance: Level
    answers: dict[str, Any]

    @classmethod
    def of(cls, sheet: Sheet) -> Self:
        return cls(
            id=sheet.id.hex(),
            version=sheet.version,
            channel=Channel(sheet.channel),
            assurance=LEVELS[sheet.assurance],
            answers=sheet.answers,
        )


class SheetsReply(Reply):
    """Sheets in the order of their random ids. `next` is the `after` of the next page, null on the last one."""

    sheets: list[SheetReply]
    next: str | None


class AnswerCount(Reply):
    """How many gave this answer, and their share of those who answered and know, 0 to 1. `row`: of a matrix."""

    id: str
    text: str
    count: int
    share: float | None
    row: str | None = None
    row_text: str | None = None


class QuestionResult(Reply):
    """What came out of one question, in one wording. Which of the last figures there are depends on its kind."""

    code: str
    version: int
    kind: Kind
    text: Texts
    asked: int
    answered: int
    dont_know: int
    answers: list[AnswerCount]
    mean: float | None = None
    median: float | None = None
    quartiles: list[float] | None = None
    score: float | None = None
    standard_error: float | None = None
    points: dict[str, float] | None = None
    schulze_order: list[list[str]] | None = None
    texts_shown: int | None = None


class SurveyResultsReply(Reply):
    """What came out: the numbers of the public page. `note` belongs beside them wherever they are shown."""

    title: Texts
    wave: Texts
    state: State
    n: int
    responses: int
    channels: dict[Channel, int]
    assurance: dict[Level, int]
    asked_for: Level
    population: int | None
    questions: list[QuestionResult]
    note: str

    @classmethod
    def of(cls, shown: Shown) -> Self:
        return cls.model_validate({name: value for name, value in shown.as_data().items() if name != "groups"})
