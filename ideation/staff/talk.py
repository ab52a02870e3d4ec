"""Comments of a campaign for whoever moderates them."""

from typing import Any

from flask import Response, flash, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import done, page
from ideation import curating
from ideation.models import Campaign, Idea, IdeaComment, Showing
from ideation.powers import powers
from ideation.staff.room import bp, the_campaign, the_comment

PAGE = 50


@bp.get("/<slug:slug>/comments")
@staff(Role.VIEWER)
def comments(slug: str) -> Response:
    """Those that wait, the oldest first; or all of another kind, the newest first."""
    campaign = the_campaign(slug)
    asked = request.args.get("showing", "")
    showing = Showing(asked) if asked in set(Showing) else Showing.HELD
    rows = _rows(campaign, showing, request.args.get("after", type=int))
    return page(
        "ideation/staff/comments.html",
        campaign=campaign,
        may=powers(g.role, campaign),
        showing=showing,
        rows=rows[:PAGE],
        last=rows[PAGE - 1][0].id if len(rows) > PAGE else None,
    )


def _rows(campaign: Campaign, showing: Showing, after: int | None) -> list[tuple[IdeaComment, Idea]]:
    ours = (
        select(IdeaComment, Idea)
        .join(Idea, Idea.id == IdeaComment.idea_id)
        .where(IdeaComment.city_id == campaign.city_id, IdeaComment.campaign_id == campaign.id)
        .where(IdeaComment.showing == showing)
        .limit(PAGE + 1)
    )
    if showing is Showing.HELD:
        ours = ours.where(IdeaComment.id > (after or 0)).order_by(IdeaComment.id)
    else:
        ours = (ours if after is None else ours.where(IdeaComment.id < after)).order_by(IdeaComment.id.desc())
    return [(comment, idea) for comment, idea in db.session.execute(ours)]


@bp.post("/<slug:slug>/comments/<int:comment_id>/publication")
@staff(Role.MODERATOR)
def show_comment(slug: str, comment_id: int) -> Response:
    return _decide(slug, comment_id, Showing.SHOWN, _("The comment is shown."))


@bp.post("/<slug:slug>/comments/<int:comment_id>/hiding")
@staff(Role.MODERATOR)
def hide_comment(slug: str, comment_id: int) -> Response:
    return _decide(slug, comment_id, Showing.HIDDEN, _("The comment is hidden, and its place says why."))


def _decide(slug: str, comment_id: int, showing: Showing, sentence: str) -> Response:
    campaign = the_campaign(slug)
    comment = the_comment(campaign, comment_id)
    reason = request.form.get("reason", "").strip()[:1000]
    reasons = {campaign.city.languages[0]: reason} if reason else {}
    try:
        curating.decide_comment(campaign, comment, showing, reasons, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        return _row(campaign, comment_id, problem=refusal.sentence, status=refusal.status)
    db.session.commit()
    flash(sentence, "good")
    return _row(campaign, comment_id, sentence=sentence)


def _row(campaign: Campaign, comment_id: int, *, problem: str = "", sentence: str = "", status: int = 200) -> Response:
    comment = the_comment(campaign, comment_id)
    idea = db.session.get_one(Idea, comment.idea_id)
    back = url_for("campaign_staff.comments", slug=campaign.slug)
    context: dict[str, Any] = {
        "campaign": campaign,
        "comment": comment,
        "idea": idea,
        "problem": problem,
        "sentence": sentence,
    }
    if problem:
        return page(
            "ideation/staff/one_comment.html",
            fragment="ideation/staff/_comment_row.html",
            status=status,
            may=powers(g.role, campaign),
            **context,
        )
    return done("ideation/staff/_comment_row.html", back, may=powers(g.role, campaign), **context)
