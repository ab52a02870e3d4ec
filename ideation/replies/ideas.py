"""Ideas and what is said about them, for programs."""

from collections.abc import Iterable
from typing import Any, Self

from flask import url_for

from citizen.core.api import Reply
from citizen.participation.messages import Moment, Texts
from citizen.participation.replies import absolute
from ideation.models import Campaign, Idea, IdeaComment, IdeaEvent, Showing, Stance, Status
from ideation.similar import Similar
from ideation.texts import excerpt

READABLE = {Showing.SHOWN, Showing.HELD}
"""What has a text: of the rest there is only a note that it was there, and why it is gone."""


class IdeaListed(Reply):
    """An idea in a list. `address` is its page; `number` is its place on the ballot, null where it is on none.

    What was hidden, withdrawn or merged has neither title nor text.
    """

    id: int
    address: str
    showing: Showing
    language: str
    title: str | None
    excerpt: str | None
    category: str | None
    district: str | None
    status: Status
    number: int | None
    supports: int
    comments: int
    created_at: Moment
    changed_at: Moment

    @classmethod
    def of(cls, campaign: Campaign, idea: Idea) -> Self:
        return cls(**_listed(campaign, idea))


class IdeasReply(Reply):
    """Ideas. `next` is the `after` of the next page, null on the last one."""

    ideas: list[IdeaListed]
    next: int | None

    @classmethod
    def of(cls, campaign: Campaign, ideas: Iterable[Idea], following: int | None = None) -> Self:
        return cls(ideas=[IdeaListed.of(campaign, idea) for idea in ideas], next=following)


class SimilarReply(Reply):
    """An idea that may say the same. `likeness` is between 0 and 1: how much of what the rare words weigh it shares."""

    idea: IdeaListed
    likeness: float


class SimilarIdeasReply(Reply):
    """Ideas that may say the same, the likest first."""

    similar: list[SimilarReply]

    @classmethod
    def of(cls, campaign: Campaign, found: Iterable[Similar]) -> Self:
        return cls(
            similar=[SimilarReply(idea=IdeaListed.of(campaign, one.idea), likeness=one.likeness) for one in found]
        )


class PictureOfIdea(Reply):
    """A picture of an idea; sizes in pixels, `description` for people who cannot see it."""

    address: str
    width: int | None
    height: int | None
    description: str

    @classmethod
    def of(cls, idea: Idea) -> Self | None:
        if idea.picture is None or idea.showing not in READABLE:
            return None
        address = absolute(url_for("media.show", name=idea.picture))
        return cls(address=address, width=idea.picture_width, height=idea.picture_height, description=idea.picture_alt)


class EventReply(Reply):
    """Something that happened to an idea; the `sentence` is the city's. `link` leads on, or is empty."""

    kind: str
    status: Status | None
    sentence: Texts
    link: str
    at: Moment

    @classmethod
    def of(cls, event: IdeaEvent) -> Self:
        status = Status(event.status) if event.status else None
        return cls(kind=event.kind, status=status, sentence=event.sentence, link=event.link, at=event.at)


class IdeaReply(IdeaListed):
    """One idea. `versions` counts how often it was written, the first time included; `costs` are the author's guess.

    `hidden_reason` is why a moderator took it away. `merged_into` leads to the idea that speaks for it, `merged_from`
    are those that it speaks for.
    """

    campaign: str
    text: str | None
    author_name: str
    longitude: float | None
    latitude: float | None
    cost: int | None
    assessed_cost: int | None
    picture: PictureOfIdea | None
    hidden_reason: Texts
    merged_into: int | None
    merged_from: list[int]
    versions: int
    answered_at: Moment | None
    events: list[EventReply]

    @property
    def location(self) -> str:
        return url_for("ideas_api.idea", slug=self.campaign, idea_id=self.id)

    @classmethod
    def of_whole(
        cls, campaign: Campaign, idea: Idea, events: Iterable[IdeaEvent] = (), sources: Iterable[Idea] = ()
    ) -> Self:
        is_readable = idea.showing in READABLE
        return cls(
            **_listed(campaign, idea),
            campaign=campaign.slug,
            text=idea.text if is_readable else None,
            author_name=idea.author_name if is_readable else "",
            longitude=idea.longitude if is_readable else None,
            latitude=idea.latitude if is_readable else None,
            cost=idea.cost,
            assessed_cost=idea.assessed_cost,
            picture=PictureOfIdea.of(idea),
            hidden_reason=idea.hidden_reason,
            merged_into=idea.merged_into_id,
            merged_from=[source.id for source in sources],
            versions=idea.edition,
            answered_at=idea.answered_at,
            events=[EventReply.of(event) for event in events],
        )


class SupportReply(Reply):
    """The idea, and how many support it now."""

    idea: int
    supports: int


class CommentReply(Reply):
    """A comment on an idea; `parent` is the comment that it replies to. What was taken away has no text."""

    id: int
    idea: int
    parent: int | None
    showing: Showing
    stance: Stance
    language: str
    text: str | None
    author_name: str
    is_official: bool
    hidden_reason: Texts
    helpful: int
    created_at: Moment

    @classmethod
    def of(cls, comment: IdeaComment) -> Self:
        is_readable = comment.showing in READABLE
        return cls(
            id=comment.id,
            idea=comment.idea_id,
            parent=comment.parent_id,
            showing=Showing(comment.showing),
            stance=Stance(comment.stance),
            language=comment.language,
            text=comment.text if is_readable else None,
            author_name=comment.author_name if is_readable else "",
            is_official=comment.is_official,
            hidden_reason=comment.hidden_reason,
            helpful=comment.helpful,
            created_at=comment.created_at,
        )


class CommentsReply(Reply):
    """Comments, the earliest first. `next` is the `after` of the next page, null on the last one."""

    comments: list[CommentReply]
    next: int | None


def _listed(campaign: Campaign, idea: Idea) -> dict[str, Any]:
    is_readable = idea.showing in READABLE
    return {
        "id": idea.id,
        "address": absolute(url_for("campaign.idea", slug=campaign.slug, idea_id=idea.id)),
        "showing": Showing(idea.showing),
        "language": idea.language,
        "title": idea.title if is_readable else None,
        "excerpt": excerpt(idea.text) if is_readable else None,
        "category": idea.category,
        "district": idea.district,
        "status": Status(idea.status),
        "number": idea.number,
        "supports": idea.supports,
        "comments": idea.comments,
        "created_at": idea.created_at,
        "changed_at": idea.changed_at,
    }
