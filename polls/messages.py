"""What programs send about polls: models of the JSON API."""

from typing import Annotated, Literal

from pydantic import Field

from citizen.core import clock
from citizen.core.api import Body, Slug, example
from citizen.participation.messages import LEVELS, LINE, LINES, Language, Near, Written
from citizen.participation.models import Assurance, ResultsRule
from polls.answers import MAX_OTHER
from polls.drafts import LENGTHS, OptionDraft, PollDraft
from polls.models import MAX_OPTIONS, MAX_SCALE, PollForm

Question = Annotated[str, Field(min_length=1, max_length=LENGTHS["title"], pattern=LINE), Written]
Background = Annotated[str, Field(min_length=1, max_length=LENGTHS["background"], pattern=LINES), Written]
Label = Annotated[str, Field(min_length=1, max_length=LENGTHS["label"], pattern=LINE), Written]
End = Annotated[str, Field(min_length=1, max_length=LENGTHS["scale_low"], pattern=LINE), Written]
Choice = Annotated[str, Field(pattern="^[a-z0-9_]{1,20}$")]


class NewOption(Body):
    """One of the answers to be offered."""

    text: dict[Language, Label] = Field(min_length=1)


class NewScale(Body):
    """A scale from 1 to `points`, and what its ends mean."""

    points: int = Field(5, ge=2, le=MAX_SCALE)
    low: dict[Language, End] = Field(min_length=1)
    high: dict[Language, End] = Field(min_length=1)


class NewPoll(Body):
    """A poll to be made. It is open from now on and for two weeks, unless it says otherwise."""

    model_config = example(
        question={"en": "Which 2 features should our transport app have first?"},
        form="multiple",
        options=[{"text": {"en": "Tickets"}}, {"text": {"en": "Timetables"}}, {"text": {"en": "Maps"}}],
        choose_max=2,
    )

    question: dict[Language, Question] = Field(min_length=1)
    form: PollForm
    options: list[NewOption] = Field([], max_length=MAX_OPTIONS)
    scale: NewScale | None = None
    choose_max: int = Field(1, ge=1, le=MAX_OPTIONS)
    background: dict[Language, Background] = {}
    shuffled: bool = False
    other: bool = False
    results: ResultsRule = ResultsRule.ALWAYS
    assurance: Literal["A0", "A1", "A2"] = "A1"
    opens_at: Near | None = None
    closes_at: Near | None = None
    slug: Slug | None = None

    def as_draft(self, zone: str) -> PollDraft:
        """The draft that staff would have written in the console. `zone` is the city's time zone."""
        opens_at = self.opens_at or clock.now()
        scale = self.scale or NewScale.model_construct(points=5, low={}, high={})
        return PollDraft(
            title=self.question,
            form=self.form,
            opens_at=opens_at,
            closes_at=self.closes_at or clock.two_weeks_after(opens_at, zone),
            options=tuple(OptionDraft(option.text) for option in self.options),
            slug=self.slug or "",
            background=self.background,
            choose_max=self.choose_max,
            scale_points=scale.points,
            scale_low=scale.low,
            scale_high=scale.high,
            is_shuffled=self.shuffled,
            has_other=self.other,
            results=self.results,
            assurance=Assurance(LEVELS.index(self.assurance)),
        )


class NewAnswer(Body):
    """What somebody chose: ids from the poll's `choices`, the best first where they are ranked."""

    model_config = example(choices=["yes"])

    choices: list[Choice] = Field(min_length=1, max_length=MAX_OPTIONS + 1)
    other: str = Field("", max_length=MAX_OTHER, pattern=LINE)
