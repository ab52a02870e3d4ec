"""Somebody's own page in a campaign, opened by their browser or their private link: what became of what they said."""

from dataclasses import dataclass
from typing import Any

from flask import Response, abort, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import find_or_404, page, public, uncached
from ideation import rules
from ideation.forms import form_of, sent_form
from ideation.models import Campaign, Contributor, Idea, IdeaComment, Rhythm, Showing
from ideation.own import what_became_of
from ideation.passes import Purpose, bearer_of, pass_for
from ideation.proposing import revise as revise_idea
from ideation.proposing import withdraw_idea
from ideation.talking import unfollow as end_following
from ideation.talking import withdraw_comment as take_comment_back
from ideation.views.room import bp, the_campaign
from ideation.views.talkers import contributors_here


@dataclass(frozen=True)
class Own:
    """The campaign, whose page it is, and the secret part of its address."""

    campaign: Campaign
    contributor: Contributor
    token: str

    def idea(self, idea_id: int) -> Idea:
        return find_or_404(Idea.in_campaign(self.campaign).where(Idea.author_id == self.contributor.id), id=idea_id)


@bp.get("/<slug:slug>/mine")
@public
def mine(slug: str) -> Response:
    """The way from this browser to its own page; where it has none, how to get there from another device."""
    campaign = the_campaign(slug)
    here = contributors_here(campaign)
    if not here:
        return page("ideation/nothing_yet.html", campaign=campaign)
    return quiet(see_other(url_for(".own", slug=slug, token=pass_for(here[0], Purpose.OWN_PAGE))))


@bp.get("/<slug:slug>/mine/<token>")
@public
def own(slug: str, token: str) -> Response:
    """What this person proposed, said, supports and follows, and what became of it."""
    return own_response(open_page(slug, token))


@bp.get("/<slug:slug>/mine/<token>/ideas/<int:idea_id>/edit")
@public
def edit(slug: str, token: str, idea_id: int) -> Response:
    mine = open_page(slug, token)
    found = mine.idea(idea_id)
    if not rules.may_revise(mine.campaign, found, mine.contributor):
        return own_response(mine, problem=_("This idea cannot be changed any more."), status=409)
    return _edit_page(mine, found, form_of(mine.campaign, found))


@bp.post("/<slug:slug>/mine/<token>/ideas/<int:idea_id>/edit")
@public
def revise(slug: str, token: str, idea_id: int) -> Response:
    mine = open_page(slug, token)
    found = mine.idea(idea_id)
    sent = request.form.copy()
    sent.update(request.files)  # type: ignore[arg-type]
    form = sent_form(mine.campaign, sent, found)
    if not form.is_sound():
        return _edit_page(mine, found, form, status=422)
    try:
        revise_idea(mine.campaign, found, form.as_draft(), seen=form.seen, by=mine.contributor)
    except Refused as refusal:
        db.session.rollback()
        return _edit_page(mine, mine.idea(idea_id), form, status=refusal.status, problem=refusal.sentence)
    db.session.commit()
    return back(mine, "changed")


@bp.get("/<slug:slug>/mine/<token>/ideas/<int:idea_id>/withdrawal")
@public
def confirm_withdrawal(slug: str, token: str, idea_id: int) -> Response:
    mine = open_page(slug, token)
    return quiet(page("ideation/withdrawal.html", mine=mine, campaign=mine.campaign, idea=mine.idea(idea_id)))


@bp.post("/<slug:slug>/mine/<token>/ideas/<int:idea_id>/withdrawal")
@public
def withdraw(slug: str, token: str, idea_id: int) -> Response:
    mine = open_page(slug, token)
    found = mine.idea(idea_id)
    if found.showing == Showing.WITHDRAWN:
        return back(mine, "withdrawn")
    try:
        withdraw_idea(mine.campaign, found, by=mine.contributor)
    except Refused as refusal:
        db.session.rollback()
        return own_response(mine, problem=refusal.sentence, status=refusal.status)
    db.session.commit()
    return back(mine, "withdrawn")


@bp.post("/<slug:slug>/mine/<token>/comments/<int:comment_id>/withdrawal")
@public
def withdraw_comment(slug: str, token: str, comment_id: int) -> Response:
    mine = open_page(slug, token)
    ours = select(IdeaComment).filter_by(city_id=mine.campaign.city_id, author_id=mine.contributor.id)
    found = find_or_404(ours, id=comment_id)
    if found.showing == Showing.WITHDRAWN:
        return back(mine, "withdrawn")
    try:
        take_comment_back(mine.campaign, found, by=mine.contributor)
    except Refused as refusal:
        db.session.rollback()
        return own_response(mine, problem=refusal.sentence, status=refusal.status)
    db.session.commit()
    return back(mine, "withdrawn")


@bp.post("/<slug:slug>/mine/<token>/unfollow")
@public
def unfollow(slug: str, token: str) -> Response:
    mine = open_page(slug, token)
    end_following(mine.campaign, request.form.get("topic", "")[:60], by=mine.contributor)
    db.session.commit()
    return back(mine, "saved")


def open_page(slug: str, token: str) -> Own:
    """Whose link it is; 404 for what opens nothing here."""
    campaign = the_campaign(slug)
    contributor = bearer_of(token, Purpose.OWN_PAGE, campaign)
    return Own(campaign, contributor, token) if contributor else abort(404)


def own_response(mine: Own, *, status: int = 200, problem: str = "", address: str = "") -> Response:
    sent = request.args.get("sent", type=int)
    context: dict[str, Any] = {
        "mine": mine,
        "campaign": mine.campaign,
        "found": what_became_of(mine.campaign, mine.contributor),
        "sent": sent,
        "note": request.args.get("note"),
        "rhythms": list(Rhythm),
        "problem": problem,
        "address": address,
        "has_errors": bool(problem),
    }
    return quiet(page("ideation/own.html", status=status, **context))


def back(mine: Own, note: str) -> Response:
    return quiet(see_other(url_for(".own", slug=mine.campaign.slug, token=mine.token, note=note)))


def see_other(location: str) -> Response:
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]


def quiet(response: Response) -> Response:
    """The address of this page is a key: it is told to nobody else, and no search engine keeps it."""
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _edit_page(mine: Own, found: Idea, form: Any, *, status: int = 200, problem: str = "") -> Response:
    context = {"mine": mine, "campaign": mine.campaign, "idea": found, "form": form, "problem": problem, "map": None}
    return quiet(page("ideation/edit.html", status=status, has_errors=bool(problem or form.errors), **context))
