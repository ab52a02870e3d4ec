"""Following an idea, a category or a campaign, and mail about it: asked for, confirmed, and ended by one click."""

from flask import Response, abort, request, url_for
from flask_babel import gettext as _

from citizen.accounts import tries
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import page, public
from citizen.participation.identity import new_key
from ideation import hearing, talking
from ideation.models import Campaign, CampaignCategory, Idea, Rhythm
from ideation.passes import Purpose, bearer_of, pass_for
from ideation.topics import topic_of
from ideation.views.own_page import back, open_page, own_response, quiet, see_other
from ideation.views.room import bp, the_campaign
from ideation.views.talkers import ask_once_more, has_cookie, remembered, sent_key, talker


@bp.post("/<slug:slug>/follow")
@public
def follow(slug: str) -> Response:
    """Follow what the form names, and go on to where mail can be chosen."""
    campaign = the_campaign(slug)
    topic = topic_of(_subject(campaign, request.form.get("topic", "")))
    key = sent_key()
    if not key and not has_cookie():
        question = _("Do you want to follow this, and hear what becomes of it?")
        return ask_once_more(campaign, question, _("Follow"), url_for(".show", slug=slug))
    who = talker(campaign, 0, key or new_key())
    talking.follow(campaign, topic, by=who.contributor)
    db.session.commit()
    token = pass_for(who.contributor, Purpose.OWN_PAGE)
    return quiet(remembered(see_other(url_for(".own", slug=slug, token=token, note="follows", _anchor="mail")), who))


def _subject(campaign: Campaign, topic: str) -> Idea | CampaignCategory | Campaign:
    """What the form names: "idea:7", "category:energy" or "campaign"; 404 for anything else."""
    kind, _colon, name = topic.partition(":")
    if kind == "campaign":
        return campaign
    if kind == "category":
        return campaign.category(name) or abort(404)
    if kind == "idea" and name.isdecimal() and len(name) < 10:
        return db.session.scalar(Idea.public_in(campaign).where(Idea.id == int(name))) or abort(404)
    return abort(404)


@bp.post("/<slug:slug>/mine/<token>/mail")
@public
def mail_link(slug: str, token: str) -> Response:
    """Mail a link that confirms the address. Before that, nothing is sent to it."""
    mine = open_page(slug, token)
    address = request.form.get("email", "").strip()
    try:
        _ensure_few(address)
        hearing.ask_to_confirm(mine.campaign, mine.contributor, address, _rhythm())
    except Refused as refusal:
        db.session.rollback()
        return own_response(mine, status=refusal.status, problem=refusal.sentence, address=address)
    db.session.commit()
    return back(mine, "mailed")


def _ensure_few(address: str) -> None:
    seconds = tries.seconds_until_next(tries.MAIL, address.casefold()) if address else 0
    if seconds:
        raise Refused(tries.please_wait(seconds), status=429)


@bp.get("/<slug:slug>/confirmation/<token>")
@public
def show_confirmation(slug: str, token: str) -> Response:
    """What the link is for, and a button. Whoever looks through mails for viruses changes nothing."""
    campaign = the_campaign(slug)
    contributor = bearer_of(token, Purpose.CONFIRMATION, campaign)
    status = 200 if contributor else 404
    return quiet(page("ideation/confirm_mail.html", status=status, campaign=campaign, contributor=contributor))


@bp.post("/<slug:slug>/confirmation/<token>")
@public
def confirm_mail(slug: str, token: str) -> Response:
    campaign = the_campaign(slug)
    contributor = bearer_of(token, Purpose.CONFIRMATION, campaign)
    if contributor is None:
        return show_confirmation(slug, token)
    hearing.confirm(contributor)
    db.session.commit()
    own = pass_for(contributor, Purpose.OWN_PAGE)
    return quiet(see_other(url_for(".own", slug=slug, token=own, note="confirmed", _anchor="mail")))


@bp.post("/<slug:slug>/mine/<token>/rhythm")
@public
def choose_rhythm(slug: str, token: str) -> Response:
    mine = open_page(slug, token)
    mine.contributor.rhythm = _rhythm()
    db.session.commit()
    return back(mine, "saved")


@bp.post("/<slug:slug>/mine/<token>/mail/removal")
@public
def forget_address(slug: str, token: str) -> Response:
    """Forget the address. What was said stays, and so does the private link."""
    mine = open_page(slug, token)
    mine.contributor.email = mine.contributor.confirmed_at = None
    db.session.commit()
    return back(mine, "saved")


def _rhythm() -> Rhythm:
    asked = request.form.get("rhythm", "")
    return Rhythm(asked) if asked in set(Rhythm) else Rhythm.AT_ONCE


@bp.get("/<slug:slug>/leave/<token>")
@public
def leaving(slug: str, token: str) -> Response:
    """One button, for whoever came by the link in a mail."""
    campaign = the_campaign(slug)
    contributor = bearer_of(token, Purpose.WAY_OUT, campaign) or abort(404)
    return quiet(page("ideation/leaving.html", campaign=campaign, is_out=contributor.rhythm == Rhythm.NEVER))


@bp.post("/<slug:slug>/leave/<token>")
@public
def leave(slug: str, token: str) -> Response:
    """End all mails of this campaign; also asked by mail programs themselves (RFC 8058)."""
    campaign = the_campaign(slug)
    contributor = bearer_of(token, Purpose.WAY_OUT, campaign) or abort(404)
    contributor.rhythm = Rhythm.NEVER
    db.session.commit()
    return quiet(page("ideation/leaving.html", campaign=campaign, is_out=True))
