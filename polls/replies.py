"""What programs get to read about polls: models of the JSON API."""

from typing import Self

from flask import url_for

from citizen.core.api import Reply
from citizen.participation.messages import LEVELS, Level, Moment, Texts
from citizen.participation.models import Channel, ResultsRule, State
from citizen.participation.replies import absolute
from polls import exporters, statistics
from polls.answers import choice_ids, most_choices
from polls.models import Poll, PollForm, PollOption


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
        address = absolute(url_for("media.show", name=option.picture))
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
    return absolute(url_for("poll.show", slug=poll.slug))
