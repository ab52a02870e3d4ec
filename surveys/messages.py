"""What programs send about surveys: models of the JSON API."""

from typing import Annotated, Any, Literal

from pydantic import Field

from citizen.core import clock
from citizen.core.api import Body, Slug, example
from citizen.participation.messages import LEVELS, LINE, Language, Near
from citizen.participation.models import Assurance, ResultsRule
from surveys.questionnaire import Questionnaire
from surveys.waves import MOST_GRACE, USUAL_GRACE, WavePlan

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=LINE)]
SheetId = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]

SHORT: dict[str, Any] = {
    "title": {"en": "Your city"},
    "sections": [
        {
            "code": "you",
            "questions": [{"code": "trees", "kind": "consent", "text": {"en": "I would like more trees."}}],
        }
    ],
}
"""The shortest questionnaire that can be published."""


class NewQuestionnaire(Body):
    """A questionnaire that nobody is asked yet: sections of questions, with texts in the city's languages."""

    model_config = example(questionnaire=SHORT)

    questionnaire: Questionnaire


class ChangedQuestionnaire(Body):
    """A questionnaire in place of the one whose edition was read before."""

    model_config = example(questionnaire=SHORT, edition=1)

    questionnaire: Questionnaire
    edition: int = Field(ge=1, le=10**9)


class NewWave(Body):
    """One time that a questionnaire is asked. It is open from now on and for two weeks, unless it says otherwise."""

    model_config = example(name={"en": "Before"}, publish=False)

    name: dict[Language, Name] = {}
    slug: Slug | None = Field(None, max_length=80)
    opens_at: Near | None = None
    closes_at: Near | None = None
    results: ResultsRule = ResultsRule.AFTER_CLOSE
    assurance: Literal["A0", "A1", "A2"] = "A1"
    grace_minutes: int = Field(USUAL_GRACE, ge=0, le=MOST_GRACE)
    publish: bool = False

    def as_plan(self, zone: str) -> WavePlan:
        """The plan that staff would have written in the console. `zone` is the city's time zone."""
        opens_at = self.opens_at or clock.now()
        return WavePlan(
            opens_at=opens_at,
            closes_at=self.closes_at or clock.two_weeks_after(opens_at, zone),
            name=dict(self.name),
            slug=self.slug or "",
            results=self.results,
            assurance=Assurance(LEVELS.index(self.assurance)),
            grace_minutes=self.grace_minutes,
        )


class NewSheet(Body):
    """A filled-in questionnaire: answers by the code of their question, in the shapes that the kinds of questions have.

    Texts beside "something else" stand under `<code>.other`. What is not shown, by the logic, must be left out.
    """

    model_config = example(answers={"trees": True})

    answers: dict[Annotated[str, Field(max_length=80)], Any] = Field(max_length=800)


class SheetsPage(Body):
    """Which sheets: at most `limit`, from the one behind the sheet named `after`."""

    after: SheetId | None = None
    limit: int = Field(500, ge=1, le=1000)
