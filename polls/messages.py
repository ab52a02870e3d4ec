"""What programs send about polls: models of the JSON API."""

from datetime import UTC, datetime
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, Field

from citizen.core import clock
from citizen.core.api import Body, Slug, example
from citizen.participation.models import Assurance, ResultsRule
from polls.answers import MAX_OTHER
from polls.drafting import two_weeks_after
from polls.drafts import LENGTHS, OptionDraft, PollDraft
from polls.models import MAX_OPTIONS, MAX_SCALE, PollForm

LINE = r"^[^\x00-\x1f\x7f-\x9f]*$"
LINES = r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$"
MAX_REASON = 2000
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("Please write something, or leave this language out.")
    return text.strip()


def _near(moment: datetime) -> datetime:
    if not EARLIEST < moment < LATEST:
        raise ValueError("Please choose a moment from this century.")
    return moment.astimezone(UTC).replace(microsecond=0)


Language = Annotated[str, Field(pattern="^[a-z]{2}$")]
Written = AfterValidator(_written)
Question = Annotated[str, Field(min_length=1, max_length=LENGTHS["title"], pattern=LINE), Written]
Background = Annotated[str, Field(min_length=1, max_length=LENGTHS["background"], pattern=LINES), Written]
Label = Annotated[str, Field(min_length=1, max_length=LENGTHS["label"], pattern=LINE), Written]
End = Annotated[str, Field(min_length=1, max_length=LENGTHS["scale_low"], pattern=LINE), Written]
Reason = Annotated[str, Field(min_length=1, max_length=MAX_REASON, pattern=LINES), Written]
Choice = Annotated[str, Field(pattern="^[a-z0-9_]{1,20}$")]
Level = Literal["A0", "A1", "A2", "A3", "A4"]
LEVELS: tuple[Level, ...] = get_args(Level)
Texts = dict[str, str]
Near = Annotated[AwareDatetime, AfterValidator(_near)]
Moment = Annotated[datetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


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
            closes_at=self.closes_at or two_weeks_after(opens_at, zone),
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


class Withdrawal(Body):
    """Why the city takes a poll back, for the public to read."""

    model_config = example(reason={"en": "One option was missing. We will ask again."})

    reason: dict[Language, Reason] = Field(min_length=1)


class NewAnswer(Body):
    """What somebody chose: ids from the poll's `choices`, the best first where they are ranked."""

    model_config = example(choices=["yes"])

    choices: list[Choice] = Field(min_length=1, max_length=MAX_OPTIONS + 1)
    other: str = Field("", max_length=MAX_OTHER, pattern=LINE)
