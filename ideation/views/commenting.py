"""Comments on an idea: read page by page, written, answered, found helpful."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.pages import shared_page
from citizen.core.web import done, find_or_404, page, public, wants_fragment
from citizen.participation.actions import TooFast
from citizen.participation.identity import new_key
from ideation import talking
from ideation.inbox import personal_in
from ideation.models import Campaign, Idea, IdeaComment, Showing, Stance
from ideation.threads import talk_of
from ideation.views.ideas import idea_page
from ideation.views.room import bp, public_idea, the_campaign, version
from ideation.views.talkers import Talker, ask_once_more, has_cookie, remembered, sent_key, talker


@bp.get("/<slug:slug>/<int:idea_id>/comments")
@public
def comments(slug: str, idea_id: int) -> Response:
    """More comments, behind the one that the address names."""
    campaign = the_campaign(slug)
    found = public_idea(campaign, idea_id)
    return shared_page(lambda: _comments_page(campaign, found), *version(campaign), asked=("after",))


def _comments_page(campaign: Campaign, found: Idea) -> str:
    context = idea_page(campaign, found) | {"talk": talk_of(found, request.args.get("after", type=int))}
    return render_template("ideation/_threads.html" if wants_fragment() else "ideation/comments.html", **context)


@bp.post("/<slug:slug>/<int:idea_id>/comments")
@public
def comment(slug: str, idea_id: int) -> Response:
    """Take a comment, or a reply to one. Without a key it is shown once more before it counts."""
    campaign = the_campaign(slug)
    found = public_idea(campaign, idea_id)
    key = sent_key()
    if not key:
        back = url_for(".idea", slug=slug, idea_id=idea_id, _anchor="comments")
        return ask_once_more(campaign, _("Is this your comment?"), _("Send my comment"), back)
    personal = personal_in(request.form.get("text", ""))
    if personal and "as_it_is" not in request.form:
        return _form_again(campaign, found, personal=personal)
    try:
        who = talker(campaign, campaign.comment_level, key)
        written = _written(campaign, found, key, who)
    except Refused as refusal:
        return _refused(campaign, found.id, refusal)
    db.session.commit()
    return _thanks(campaign, found, written, who)


def _written(campaign: Campaign, found: Idea, key: str, who: Talker) -> IdeaComment:
    sent = request.form
    stance = sent.get("stance", "")
    return talking.write_comment(
        campaign,
        found,
        sent.get("text", ""),
        key,
        by=who.contributor,
        participant=who.participant,
        stance=Stance(stance) if stance in set(Stance) else Stance.REMARK,
        parent=_parent(campaign, found, sent.get("parent", type=int)),
        name=sent.get("name", ""),
    )


def _parent(campaign: Campaign, found: Idea, number: int | None) -> IdeaComment | None:
    if number is None:
        return None
    place = {"city_id": campaign.city_id, "idea_id": found.id}
    parent = db.session.get(IdeaComment, number)
    if parent is None or any(getattr(parent, name) != value for name, value in place.items()):
        raise Refused(_("The comment that you reply to is not here any more."))
    return parent


def _thanks(campaign: Campaign, found: Idea, written: IdeaComment, who: Talker) -> Response:
    location = url_for(".idea", slug=campaign.slug, idea_id=found.id, _anchor=f"comment-{written.id}")
    if written.showing == Showing.HELD:
        location = url_for(".mine", slug=campaign.slug)
    return remembered(done("ideation/_commented.html", location, campaign=campaign, comment=written, idea=found), who)


def _form_again(campaign: Campaign, found: Idea, *, personal: str) -> Response:
    """The form once more: what it holds may be somebody's own business."""
    context = idea_page(campaign, found) | {"typed": request.form, "personal": personal}
    return page("ideation/comment_again.html", fragment="ideation/_comment_form.html", **context)


def _refused(campaign: Campaign, idea_id: int, refusal: Refused) -> Response:
    """The form once more, with everything that was typed."""
    db.session.rollback()
    context = idea_page(campaign, public_idea(campaign, idea_id))
    context |= {"problem": refusal.sentence, "typed": request.form, "needs_address": refusal.status == 403}
    status = 409 if refusal.status == 403 else refusal.status
    response = page(
        "ideation/comment_again.html", fragment="ideation/_comment_form.html", status=status, has_errors=True, **context
    )
    if isinstance(refusal, TooFast):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


@bp.post("/<slug:slug>/comments/<int:comment_id>/help")
@public
def find_helpful(slug: str, comment_id: int) -> Response:
    """Say that a comment helped."""
    campaign = the_campaign(slug)
    found = find_or_404(IdeaComment.in_campaign(campaign), id=comment_id)
    back = url_for(".idea", slug=slug, idea_id=found.idea_id, _anchor=f"comment-{comment_id}")
    key = sent_key()
    if not key and not has_cookie():
        return ask_once_more(campaign, _("Did this comment help you?"), _("It helped"), back)
    who = talker(campaign, campaign.comment_level, key or new_key())
    talking.help_by(campaign, found, by=who.contributor)
    db.session.commit()
    context: dict[str, Any] = {"campaign": campaign, "comment": found, "has_helped": True}
    return remembered(done("ideation/_helpful.html", back, **context), who)


@bp.get("/<slug:slug>/comments/<int:comment_id>/reply")
@public
def reply(slug: str, comment_id: int) -> Response:
    """The form for a reply to this comment."""
    campaign = the_campaign(slug)
    parent = find_or_404(IdeaComment.in_campaign(campaign).where(IdeaComment.showing == Showing.SHOWN), id=comment_id)
    context = idea_page(campaign, public_idea(campaign, parent.idea_id))
    context |= {"typed": {"parent": parent.id}, "parent": parent}
    return page("ideation/comment_again.html", fragment="ideation/_comment_form.html", **context)
