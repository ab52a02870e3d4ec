"""Ideas as JSON: found, read, and what was said about them."""

from flask_babel import gettext as _
from sqlalchemy import Select, select

from citizen.accounts.access import token, token_here
from citizen.accounts.models import Role
from citizen.core.api import endpoint
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import current_language
from citizen.core.web import find_or_404, public
from ideation.api.room import bp, moderates, readable_campaign, readable_idea, the_campaign
from ideation.listing import Selection, page_of
from ideation.merging import sources_of
from ideation.messages import CommentsPage, IdeasPage, Sketch, WaitingPage
from ideation.models import Idea, IdeaComment, IdeaEvent, Showing
from ideation.replies import CommentReply, CommentsReply, IdeaReply, IdeasReply, SimilarIdeasReply
from ideation.similar import similar_to


@bp.get("/<slug:slug>/ideas")
@public
@endpoint("Ideas of a campaign, found and filtered", problems=(403, 404), knows_token=True)
def ideas(slug: str, query: IdeasPage) -> IdeasReply:
    campaign = readable_campaign(slug)
    if query.showing is not Showing.SHOWN and not moderates(token_here()):
        raise Refused(_("Only a moderator's token reads what the public does not see."), status=403)
    if query.after is not None:
        find_or_404(Idea.in_campaign(campaign), id=query.after)
    rows = Idea.in_campaign(campaign).where(Idea.showing == query.showing)
    page = page_of(_selection(query).narrowed(campaign, rows), query.order, query.after, most=query.limit)
    return IdeasReply.of(campaign, page.ideas, page.last)


def _selection(query: IdeasPage) -> Selection:
    language = query.language or current_language()
    return Selection(query.q, language, query.category, query.district, query.status, query.order)


@bp.get("/<slug:slug>/similar")
@public
@endpoint("Ideas that may say the same as one that is being written", problems=(404,), knows_token=True)
def similar(slug: str, query: Sketch) -> SimilarIdeasReply:
    campaign = readable_campaign(slug)
    found = similar_to(campaign, query.title, query.text, query.language or current_language())
    return SimilarIdeasReply.of(campaign, found)


@bp.get("/<slug:slug>/ideas/<int:idea_id>")
@public
@endpoint("One idea and what happened to it; or why it is gone", problems=(404,), knows_token=True)
def idea(slug: str, idea_id: int) -> IdeaReply:
    campaign = readable_campaign(slug)
    found = readable_idea(campaign, idea_id)
    events = select(IdeaEvent).filter_by(city_id=found.city_id, idea_id=found.id).order_by(IdeaEvent.id)
    return IdeaReply.of_whole(campaign, found, db.session.scalars(events), sources_of(found))


@bp.get("/<slug:slug>/ideas/<int:idea_id>/comments")
@public
@endpoint("What people say about an idea", problems=(404,), knows_token=True)
def comments(slug: str, idea_id: int, query: CommentsPage) -> CommentsReply:
    found = readable_idea(readable_campaign(slug), idea_id)
    ours = select(IdeaComment).filter_by(city_id=found.city_id, idea_id=found.id)
    readable = ours if moderates(token_here()) else ours.where(IdeaComment.showing != Showing.HELD)
    return _page_of_comments(ours, readable, query)


@bp.get("/<slug:slug>/comments")
@token(Role.MODERATOR)
@endpoint("Comments of a whole campaign that wait, or were hidden", problems=(404,))
def waiting_comments(slug: str, query: WaitingPage) -> CommentsReply:
    campaign = the_campaign(slug)
    ours = select(IdeaComment).filter_by(city_id=campaign.city_id, campaign_id=campaign.id)
    return _page_of_comments(ours, ours.where(IdeaComment.showing == query.showing), query)


def _page_of_comments(ours: Select[IdeaComment], readable: Select[IdeaComment], query: CommentsPage) -> CommentsReply:
    """The readable ones behind `after`, which only has to be one of ours: it may have been decided in the meantime."""
    if query.after is not None:
        find_or_404(ours, id=query.after)
        readable = readable.where(IdeaComment.id > query.after)
    found = list(db.session.scalars(readable.order_by(IdeaComment.id).limit(query.limit + 1)))
    shown = [CommentReply.of(comment) for comment in found[: query.limit]]
    return CommentsReply(comments=shown, next=shown[-1].id if len(found) > query.limit else None)
