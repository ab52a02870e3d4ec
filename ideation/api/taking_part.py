"""What people do in campaigns, handed in by programs: ideas, support, comments, ballots."""

from collections.abc import Sequence

from flask import abort, g
from flask_babel import gettext as _
from sqlalchemy import select

from citizen.accounts.access import token
from citizen.accounts.models import Role
from citizen.cities.districting import districts_of
from citizen.core.api import endpoint, wrong_fields
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.faults import Fault
from citizen.core.web import find_or_404
from citizen.participation.replies import AnswerReply
from ideation import proposing, talking, voting
from ideation.api.people import participant_for, talker
from ideation.api.room import bp, public_idea
from ideation.drafts import IdeaDraft, faults
from ideation.messages import Given, NewBallot, NewComment, NewIdea, NewSupport
from ideation.models import Campaign, Idea, IdeaComment
from ideation.replies import CommentReply, IdeaReply, SupportReply
from ideation.voting.choices import Choice, checked, gives_points

FIELDS = {"author_name": "name", "point": "longitude"}
"""What a draft's parts are called in the API, where the names differ."""


@bp.post("/<slug:slug>/ideas")
@token(Role.VIEWER)
@endpoint("Hand in an idea that somebody had", status=201, problems=(404, 409))
def propose(slug: str, key: str, body: NewIdea) -> IdeaReply:
    campaign = find_or_404(Campaign.public_in(g.city), slug=slug)
    draft = body.as_draft()
    ensure_sound(draft, campaign)
    who = talker(campaign, campaign.submit_level, key, body.person)
    idea = proposing.propose(campaign, draft, key, by=who.contributor, participant=who.participant)
    db.session.commit()
    return IdeaReply.of_whole(campaign, idea)


@bp.post("/<slug:slug>/ideas/<int:idea_id>/support")
@token(Role.VIEWER)
@endpoint("Support an idea for somebody; a second time changes nothing", status=201, problems=(404, 409))
def support(slug: str, idea_id: int, key: str, body: NewSupport) -> SupportReply:
    campaign = find_or_404(Campaign.public_in(g.city), slug=slug)
    idea = public_idea(campaign, idea_id)
    who = talker(campaign, campaign.support_level, key, body.person)
    talking.give_support(campaign, idea, by=who.contributor)
    db.session.commit()
    return SupportReply(idea=idea.id, supports=supports_now(idea))


@bp.post("/<slug:slug>/ideas/<int:idea_id>/comments")
@token(Role.VIEWER)
@endpoint("Hand in what somebody says about an idea", status=201, problems=(404, 409))
def comment(slug: str, idea_id: int, key: str, body: NewComment) -> CommentReply:
    campaign = find_or_404(Campaign.public_in(g.city), slug=slug)
    idea = public_idea(campaign, idea_id)
    who = talker(campaign, campaign.comment_level, key, body.person)
    written = talking.write_comment(
        campaign,
        idea,
        body.text,
        key,
        by=who.contributor,
        participant=who.participant,
        stance=body.stance,
        parent=parent_of(idea, body.parent),
        name=body.name,
    )
    db.session.commit()
    return CommentReply.of(written)


@bp.post("/<slug:slug>/ballots")
@token(Role.VIEWER)
@endpoint("Hand in the ballot of somebody, in place of their earlier one", status=201, problems=(404, 409))
def vote(slug: str, key: str, body: NewBallot) -> AnswerReply:
    campaign = find_or_404(Campaign.public_in(g.city), slug=slug)
    participant = participant_for(campaign.assurance, key, body.person)
    outcome = voting.cast(campaign, choices_of(campaign, body.choices), key, by=participant)
    db.session.commit()
    return AnswerReply(outcome=outcome)


def ensure_sound(draft: IdeaDraft, campaign: Campaign) -> None:
    """Say everything that is wrong with an idea at once."""
    districts = {district.code: district for district in districts_of(campaign.city)}
    found = list(faults(draft, campaign, districts))
    if found:
        abort(wrong_fields((field_of(fault), fault.sentence) for fault in found))


def field_of(fault: Fault) -> list[str]:
    return [FIELDS.get(str(part), str(part)) for part in fault.path]


def supports_now(idea: Idea) -> int:
    """The counter as the database has it: it was moved without the row in memory."""
    return db.session.scalars(select(Idea.supports).where(Idea.id == idea.id)).one()


def parent_of(idea: Idea, comment_id: int | None) -> IdeaComment | None:
    if comment_id is None:
        return None
    found = db.session.scalar(select(IdeaComment).filter_by(city_id=idea.city_id, idea_id=idea.id, id=comment_id))
    if found is None:
        abort(wrong_fields([(("parent",), _("There is no such comment on this idea."))]))
    return found


def choices_of(campaign: Campaign, given: Sequence[Given]) -> tuple[Choice, ...]:
    """The ballot, checked by the campaign's method."""
    ids = [choice.idea for choice in given]
    if len(set(ids)) < len(ids):
        raise Refused(_("An idea stands on your ballot twice."), status=422)
    if not gives_points(campaign) and any(choice.points > 1 for choice in given):
        raise Refused(_("No points are given in this vote."), status=422)
    return checked(campaign, ids, {choice.idea: choice.points for choice in given})
