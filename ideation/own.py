"""What became of what somebody said: their ideas, comments, supports and followings with the latest news. Read-only."""

from dataclasses import dataclass, replace

from sqlalchemy import func, select

from citizen.core.db import db
from citizen.core.i18n import Text, localized
from citizen.moderation.keys import keys_for
from ideation import rules
from ideation.inbox import COMMENT, IDEA
from ideation.models import Campaign, Contributor, Following, Idea, IdeaComment, IdeaEvent, IdeaSupport, Showing
from ideation.timeline import Happening, happening

MOST = 200


@dataclass(frozen=True)
class OwnIdea:
    """An idea, the latest that happened to it, and what its author may still do.

    `decision` opens the statement of why it is hidden, where it is.
    """

    idea: Idea
    latest: Happening | None
    may_revise: bool
    may_withdraw: bool
    decision: str | None = None


@dataclass(frozen=True)
class OwnComment:
    """A comment of somebody, and the idea that it stands under."""

    comment: IdeaComment
    idea: Idea
    may_withdraw: bool
    decision: str | None


@dataclass(frozen=True)
class Followed:
    """A topic that somebody follows; `idea` where it is one."""

    topic: str
    name: Text | str
    idea: Idea | None


@dataclass(frozen=True)
class WhatBecame:
    """Everything of one contributor in one campaign, the newest first, at most 200 of each."""

    ideas: list[OwnIdea]
    comments: list[OwnComment]
    supported: list[OwnIdea]
    followed: list[Followed]

    @property
    def is_empty(self) -> bool:
        return not (self.ideas or self.comments or self.supported or self.followed)


def what_became_of(campaign: Campaign, by: Contributor) -> WhatBecame:
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id}
    supports = select(IdeaSupport.idea_id).filter_by(**place, contributor_id=by.id)
    ours = Idea.in_campaign(campaign).order_by(Idea.id.desc()).limit(MOST)
    own = db.session.scalars(ours.where(Idea.author_id == by.id)).all()
    supported = db.session.scalars(ours.where(Idea.id.in_(supports), Idea.showing == Showing.SHOWN)).all()
    decided = keys_for(campaign.city, IDEA, [str(idea.id) for idea in own if idea.showing == Showing.HIDDEN])
    latest = _latest([idea.id for idea in (*own, *supported)])
    return WhatBecame(
        [replace(_own(campaign, idea, latest, by), decision=decided.get(str(idea.id))) for idea in own],
        _comments(campaign, by),
        [_own(campaign, idea, latest, by) for idea in supported],
        _followed(campaign, by),
    )


def _own(campaign: Campaign, idea: Idea, latest: dict[int, Happening], by: Contributor) -> OwnIdea:
    may_revise = rules.may_revise(campaign, idea, by)
    return OwnIdea(idea, latest.get(idea.id), may_revise, rules.may_withdraw(idea, by))


def _latest(ids: list[int]) -> dict[int, Happening]:
    newest = select(func.max(IdeaEvent.id)).where(IdeaEvent.idea_id.in_(ids)).group_by(IdeaEvent.idea_id)
    events = db.session.scalars(select(IdeaEvent).where(IdeaEvent.id.in_(newest)))
    return {event.idea_id: happening(event) for event in events}


def _comments(campaign: Campaign, by: Contributor) -> list[OwnComment]:
    pairs = (
        select(IdeaComment, Idea)
        .join(Idea, Idea.id == IdeaComment.idea_id)
        .where(IdeaComment.city_id == campaign.city_id, IdeaComment.author_id == by.id)
        .where(IdeaComment.showing != Showing.WITHDRAWN)
        .order_by(IdeaComment.id.desc())
        .limit(MOST)
    )
    found = db.session.execute(pairs).all()
    hidden = [str(comment.id) for comment, _idea in found if comment.showing == Showing.HIDDEN]
    decided = keys_for(campaign.city, COMMENT, hidden)
    return [
        OwnComment(comment, idea, rules.may_withdraw_comment(comment, by), decided.get(str(comment.id)))
        for comment, idea in found
    ]


def _followed(campaign: Campaign, by: Contributor) -> list[Followed]:
    place = {"city_id": campaign.city_id, "campaign_id": campaign.id}
    topics = list(db.session.scalars(select(Following.topic).filter_by(**place, contributor_id=by.id).limit(MOST)))
    numbers = [int(topic.removeprefix("idea:")) for topic in topics if topic.startswith("idea:")]
    ideas = {idea.id: idea for idea in db.session.scalars(Idea.public_in(campaign).where(Idea.id.in_(numbers)))}
    found = (_topic(campaign, topic, ideas) for topic in topics)
    return [followed for followed in found if followed is not None]


def _topic(campaign: Campaign, topic: str, ideas: dict[int, Idea]) -> Followed | None:
    kind, _colon, name = topic.partition(":")
    if kind == "campaign":
        return Followed(topic, localized(campaign.title), None)
    if kind == "category":
        category = campaign.category(name)
        return Followed(topic, localized(category.name), None) if category else None
    idea = ideas.get(int(name))
    return Followed(topic, idea.title, idea) if idea else None
