"""What programs send about polls, and what they get: the models of the JSON API."""

from datetime import UTC, datetime
from typing import Annotated, Literal, Self, get_args

from flask import current_app, url_for
from pydantic import AfterValidator, AwareDatetime, Field

from citizen.core import clock
from citizen.core.api import Body, Reply, Slug, example
from citizen.participation.actions import Outcome
from citizen.participation.models import Assurance, Channel, ResultsRule, State
from polls import exporters, statistics
from polls.answers import MAX_OTHER, choice_ids, most_choices
from polls.drafting import two_weeks_after
from polls.drafts import LENGTHS, OptionDraft, PollDraft
from polls.models import MAX_OPTIONS, MAX_SCALE, Poll, PollForm, PollOption

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


class AnswerReply(Reply):
    """What became of an answer."""

    outcome: Outcome


class PictureReply(Reply):
    """A picture beside an option; sizes in pixels, `description` for people who cannot see it."""

    address: str
    width: int | None
    height: int | None
    description: Texts

    @classmethod
    def of(cls, option: PollOption) -> Self | None:
        if option.picture is None:
            return None
        address = _absolute(url_for("media.show", name=option.picture))
        size = {"width": option.picture_width, "height": option.picture_height}
        return cls(address=address, **size, description=option.picture_alt)


class OptionReply(Reply):
    """One of the answers that staff offer."""

    id: str
    text: Texts
    picture: PictureReply | None

    @classmethod
    def of(cls, option: PollOption) -> Self:
        return cls(id=option.id, text=option.label, picture=PictureReply.of(option))


class ScaleReply(Reply):
    """A scale from 1 to `points`, and what its ends mean."""

    points: int
    low: Texts
    high: Texts

    @classmethod
    def of(cls, poll: Poll) -> Self | None:
        if poll.form != PollForm.SCALE:
            return None
        return cls(points=poll.scale_points, low=poll.scale_low, high=poll.scale_high)


class PollListed(Reply):
    """A poll in a list. `address` is its page."""

    slug: str
    address: str
    question: Texts
    state: State
    opens_at: Moment
    closes_at: Moment

    @classmethod
    def of(cls, poll: Poll) -> Self:
        return cls(
            slug=poll.slug,
            address=_page(poll),
            question=poll.title,
            state=poll.state,
            opens_at=poll.opens_at,
            closes_at=poll.closes_at,
        )


class PollsReply(Reply):
    """Polls, the newest first. `next` is the `after` of the next page, null on the last one."""

    polls: list[PollListed]
    next: str | None


class PollReply(Reply):
    """One poll. `choices` are all ids that an answer may name, at most `choose_max` of them."""

    city: str
    slug: str
    address: str
    question: Texts
    background: Texts
    form: PollForm
    options: list[OptionReply]
    scale: ScaleReply | None
    choices: list[str]
    choose_max: int
    shuffled: bool
    other: bool
    results: ResultsRule
    assurance: Level
    state: State
    opens_at: Moment
    closes_at: Moment
    published_at: Moment | None
    closed_at: Moment | None
    withdrawn_at: Moment | None
    withdrawal_reason: Texts
    edition: int

    @property
    def location(self) -> str:
        return url_for("polls_api.show", slug=self.slug)

    @classmethod
    def of(cls, poll: Poll) -> Self:
        return cls(
            city=poll.city.slug,
            slug=poll.slug,
            address=_page(poll),
            question=poll.title,
            background=poll.background,
            form=PollForm(poll.form),
            options=[OptionReply.of(option) for option in poll.options],
            scale=ScaleReply.of(poll),
            choices=choice_ids(poll),
            choose_max=most_choices(poll),
            shuffled=poll.is_shuffled,
            other=poll.has_other,
            results=ResultsRule(poll.results),
            assurance=LEVELS[poll.assurance],
            state=poll.state,
            opens_at=poll.opens_at,
            closes_at=poll.closes_at,
            published_at=poll.published_at,
            closed_at=poll.closed_at,
            withdrawn_at=poll.withdrawn_at,
            withdrawal_reason=poll.withdrawal_reason,
            edition=poll.edition,
        )


class ChoiceResult(Reply):
    """How many chose this (ranked it first, gave this value), and their share of all responses, 0 to 1."""

    id: str
    text: str
    count: int
    share: float
    points: float | None = None


class ResultsReply(Reply):
    """What came out: the numbers of the public page. `note` belongs beside them wherever they are shown."""

    question: Texts
    form: PollForm
    state: State
    n: int
    options: list[ChoiceResult]
    other_texts: list[str]
    channels: dict[Channel, int]
    assurance: dict[Level, int]
    asked_for: Level
    population: int | None
    mean: float | None
    median: float | None
    schulze_order: list[list[str]]
    note: str

    @classmethod
    def of(cls, poll: Poll) -> Self:
        texts = statistics.approved_texts(poll)
        return cls.model_validate(exporters.as_data(poll, statistics.result(poll)) | {"other_texts": texts})


def _page(poll: Poll) -> str:
    return _absolute(url_for("poll.show", slug=poll.slug))


def _absolute(path: str) -> str:
    return f"{current_app.extensions['settings'].base_url}{path}"
