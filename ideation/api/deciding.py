"""What staff decide about ideas and comments, from programs."""

from sqlalchemy import select

from citizen.accounts.access import current_actor, token
from citizen.accounts.models import Role
from citizen.core.api import endpoint
from citizen.core.db import db
from citizen.core.web import find_or_404
from ideation import curating
from ideation.api.room import bp, ensure_languages, the_campaign, the_ideas
from ideation.messages import NewCommentShowing, NewShowing, NewStatus
from ideation.models import IdeaComment, Showing
from ideation.replies import CommentReply, IdeasReply


@bp.post("/<slug:slug>/statuses")
@token(Role.EDITOR)
@endpoint("Say how far the city has come with ideas", problems=(404, 409))
def set_status(slug: str, body: NewStatus) -> IdeasReply:
    campaign = the_campaign(slug)
    ideas = the_ideas(campaign, body.ideas)
    ensure_languages("sentence", body.sentence)
    curating.set_status(campaign, ideas, body.status, body.sentence, by=current_actor(), link=body.link)
    db.session.commit()
    return IdeasReply.of(campaign, ideas)


@bp.post("/<slug:slug>/showings")
@token(Role.MODERATOR)
@endpoint("Show ideas to the public, or hide them with a reason", problems=(404, 409))
def set_showing(slug: str, body: NewShowing) -> IdeasReply:
    campaign = the_campaign(slug)
    ideas = the_ideas(campaign, body.ideas)
    ensure_languages("reason", body.reason)
    if body.showing is Showing.SHOWN:
        curating.show(campaign, ideas, by=current_actor())
    else:
        curating.hide(campaign, ideas, body.reason, by=current_actor())
    db.session.commit()
    return IdeasReply.of(campaign, ideas)


@bp.post("/<slug:slug>/comments/<int:comment_id>/showing")
@token(Role.MODERATOR)
@endpoint("Show a comment to the public, or hide it with a reason", problems=(404, 409))
def set_comment_showing(slug: str, comment_id: int, body: NewCommentShowing) -> CommentReply:
    campaign = the_campaign(slug)
    ours = select(IdeaComment).filter_by(city_id=campaign.city_id, campaign_id=campaign.id)
    found = find_or_404(ours.with_for_update(), id=comment_id)
    ensure_languages("reason", body.reason)
    curating.decide_comment(campaign, found, body.showing, body.reason, by=current_actor())
    db.session.commit()
    return CommentReply.of(found)
