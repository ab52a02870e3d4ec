"""What campaigns keep about a person: wherever they took part with their account, or confirmed its mail address."""

import secrets
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, or_, select, update

from citizen.accounts.models import User
from citizen.accounts.own_data import keeper
from citizen.core.db import db
from citizen.participation.identity import Participant, contact_identity
from citizen.participation.models import Assurance, Channel
from ideation.contributing import digest, key_of
from ideation.models import (
    Campaign,
    Contributor,
    Following,
    Idea,
    IdeaComment,
    IdeaNotice,
    IdeaSupport,
    IdeaVersion,
    Rhythm,
)
from ideation.pulse import beat


class IdeasKept:
    """Ideas, comments, supports and followings of a person."""

    name = "ideas"

    def told(self, person: User) -> list[dict[str, Any]]:
        return [_of_one(contributor) for contributor in db.session.scalars(_contributors(person))]

    def forget(self, person: User) -> None:
        """Texts and counts stay, and nothing says any more whose they are. Nobody can open the person's page again."""
        for contributor in db.session.scalars(_contributors(person)).all():
            _unlink(contributor)
        claimed = update(Contributor).where(_has_address_of(person))
        db.session.execute(claimed.values(email=None, confirmed_at=None))


keeper(IdeasKept())


def _contributors(person: User) -> Select[Contributor]:
    is_confirmed = and_(_has_address_of(person), Contributor.confirmed_at.is_not(None))
    found = select(Contributor).where(or_(is_confirmed, Contributor.key_digest.in_(_digests_of(person))))
    return found.order_by(Contributor.id)


def _digests_of(person: User) -> list[bytes]:
    """What stands in each campaign for whoever took part there with this account, also without wanting mail."""
    account = Participant(contact_identity(person.email), Assurance.CONTACT, Channel.WEB)
    return [digest(key_of(campaign, account)) for campaign in db.session.scalars(select(Campaign))]


def _has_address_of(person: User) -> ColumnElement[bool]:
    """Accounts keep addresses in small letters, campaigns as they were typed."""
    return func.lower(Contributor.email) == person.email


def _of_one(contributor: Contributor) -> dict[str, Any]:
    campaign = db.session.get_one(Campaign, contributor.campaign_id)
    ours = _place(contributor)
    ideas = db.session.scalars(select(Idea).filter_by(**ours, author_id=contributor.id).order_by(Idea.id))
    comments = select(IdeaComment).filter_by(**ours, author_id=contributor.id).order_by(IdeaComment.id)
    supported = select(IdeaSupport.idea_id).filter_by(**ours, contributor_id=contributor.id)
    topics = select(Following.topic).filter_by(**ours, contributor_id=contributor.id).order_by(Following.topic)
    return {
        "city": campaign.city.name,
        "campaign": campaign.slug,
        "name": contributor.name,
        "mail": contributor.email,
        "rhythm": contributor.rhythm,
        "ideas": [_idea(idea) for idea in ideas],
        "comments": [_comment(comment) for comment in db.session.scalars(comments)],
        "supports": list(db.session.scalars(supported.order_by(IdeaSupport.idea_id))),
        "follows": list(db.session.scalars(topics)),
    }


def _idea(idea: Idea) -> dict[str, Any]:
    earlier = select(IdeaVersion).filter_by(city_id=idea.city_id, idea_id=idea.id).order_by(IdeaVersion.edition)
    plain = "title text author_name category district longitude latitude cost picture showing status".split()
    return {
        "id": idea.id,
        "sent": idea.created_at.isoformat(),
        **{name: getattr(idea, name) for name in plain},
        "earlier": [{"title": row.title, "text": row.text} for row in db.session.scalars(earlier)],
    }


def _comment(comment: IdeaComment) -> dict[str, Any]:
    plain = "idea_id text author_name stance showing".split()
    return {"sent": comment.created_at.isoformat()} | {name: getattr(comment, name) for name in plain}


def _unlink(contributor: Contributor) -> None:
    ours = _place(contributor)
    for model in (Idea, IdeaComment):
        own = update(model).filter_by(**ours, author_id=contributor.id)
        db.session.execute(own.values(author_id=None, author_name=""))
    for gone in _mail_of(contributor):
        db.session.execute(gone)
    contributor.email = contributor.confirmed_at = None
    contributor.name, contributor.rhythm = "", Rhythm.NEVER
    contributor.key_digest = secrets.token_bytes(32)
    beat(db.session.get_one(Campaign, contributor.campaign_id))


def _mail_of(contributor: Contributor) -> Iterator[Any]:
    yield delete(Following).filter_by(**_place(contributor), contributor_id=contributor.id)
    yield delete(IdeaNotice).filter_by(city_id=contributor.city_id, contributor_id=contributor.id)


def _place(contributor: Contributor) -> dict[str, int]:
    return {"city_id": contributor.city_id, "campaign_id": contributor.campaign_id}
