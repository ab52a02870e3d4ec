"""One tap: supporting an idea, taking that back, and what this browser has to do with an idea."""

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import done, page, public
from citizen.participation.actions import TooFast
from citizen.participation.identity import new_key
from ideation import rules, talking
from ideation.models import Campaign, Idea
from ideation.topics import topic_of
from ideation.views.room import bp, public_idea, the_campaign
from ideation.views.talkers import Talker, ask_once_more, contributors_here, has_cookie, remembered, sent_key, talker


@bp.get("/<slug:slug>/<int:idea_id>/mine")
@public
def part(slug: str, idea_id: int) -> Response:
    """What this browser has to do with the idea: whether it supports and follows it."""
    campaign = the_campaign(slug)
    found = public_idea(campaign, idea_id)
    mine = contributors_here(campaign)
    supports = any(talking.supports(campaign, found, contributor) for contributor in mine)
    follows = any(talking.follows(campaign, topic_of(found), contributor) for contributor in mine)
    whole, fragment = "ideation/part.html", "ideation/_part.html"
    return page(whole, fragment=fragment, **_part(campaign, found, supports=supports, follows=follows))


@bp.post("/<slug:slug>/<int:idea_id>/support")
@public
def support(slug: str, idea_id: int) -> Response:
    """Support the idea. Whoever has neither a cookie nor a key is asked once more, and gets both."""
    campaign = the_campaign(slug)
    found = public_idea(campaign, idea_id)
    key = sent_key()
    if not key and not has_cookie():
        question = _("Do you want to support this idea?")
        return ask_once_more(campaign, question, _("Support it"), url_for(".idea", slug=slug, idea_id=idea_id))
    return _act(campaign, found, key or new_key(), supports=True)


@bp.post("/<slug:slug>/<int:idea_id>/support/withdrawal")
@public
def end_support(slug: str, idea_id: int) -> Response:
    campaign = the_campaign(slug)
    return _act(campaign, public_idea(campaign, idea_id), sent_key() or new_key(), supports=False)


def _act(campaign: Campaign, found: Idea, key: str, *, supports: bool) -> Response:
    act = talking.give_support if supports else talking.end_support
    try:
        who = talker(campaign, campaign.support_level, key)
        act(campaign, found, by=who.contributor)
    except Refused as refusal:
        return _refused(campaign, found, refusal)
    db.session.commit()
    return _done(campaign, found, who, supports=supports)


def _done(campaign: Campaign, found: Idea, who: Talker, *, supports: bool) -> Response:
    location = url_for(".idea", slug=campaign.slug, idea_id=found.id, _anchor="support")
    follows = talking.follows(campaign, topic_of(found), who.contributor)
    context = _part(campaign, found, supports=supports, follows=follows)
    return remembered(done("ideation/_part.html", location, said=True, **context), who)


def _refused(campaign: Campaign, found: Idea, refusal: Refused) -> Response:
    db.session.rollback()
    context = _part(campaign, public_idea(campaign, found.id), supports=False, follows=False)
    response = page(
        "ideation/part.html",
        fragment="ideation/_part.html",
        status=409 if refusal.status == 403 else refusal.status,
        problem=refusal.sentence,
        needs_address=refusal.status == 403,
        **context,
    )
    if isinstance(refusal, TooFast):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _part(campaign: Campaign, found: Idea, *, supports: bool, follows: bool) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "idea": found,
        "supports": supports,
        "follows": follows,
        "may_talk": rules.may_talk(campaign),
        "may_follow": rules.may_follow(campaign),
    }
