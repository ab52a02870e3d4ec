"""Proposing an idea: the form, ideas that may be the same, and what happens after sending."""

from typing import Any

from flask import Response, render_template, request, url_for

from citizen.cities.districts import District
from citizen.cities.maps import city_map
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import current_language
from citizen.core.web import page, public, uncached
from citizen.participation.actions import TooFast
from citizen.participation.identity import new_key
from citizen.participation.models import Assurance
from ideation import account_drafts, proposing, rules
from ideation.forms import IdeaForm, blank_form, sent_form
from ideation.inbox import personal_in
from ideation.models import MAX_TEXT, MAX_TITLE, Campaign, Idea
from ideation.passes import Purpose, pass_for
from ideation.similar import similar_to
from ideation.views.own_page import quiet, see_other
from ideation.views.room import bp, the_campaign
from ideation.views.talkers import Talker, is_confirmed, remembered, sent_key, talker

MAX_PICTURE = 20 * 1024 * 1024
"""Bytes of one form with a picture straight from a phone."""


@bp.before_request
def allow_pictures() -> None:
    if request.endpoint in {"campaign.propose", "campaign.revise"}:
        request.max_content_length = MAX_PICTURE


@bp.get("/<slug:slug>/new")
@public
def new(slug: str) -> Response:
    """The form for an idea."""
    campaign = the_campaign(slug)
    if not rules.may_propose(campaign):
        return page("ideation/closed.html", campaign=campaign)
    kept = account_drafts.kept_fields(campaign)
    return _form_page(campaign, blank_form(campaign, kept))


@bp.post("/<slug:slug>/new")
@public
def propose(slug: str) -> Response:
    """Take the idea. Nothing typed is lost where something is wrong."""
    campaign = the_campaign(slug)
    form = sent_form(campaign, _sent())
    if not form.is_sound() or not sent_key():
        return _form_page(campaign, form, status=422 if form.errors else 200)
    personal = personal_in(form.as_draft().title, form.as_draft().text)
    if personal and "as_it_is" not in request.form:
        return _form_page(campaign, form, personal=personal)
    try:
        who = talker(campaign, campaign.submit_level, sent_key())
        idea = proposing.propose(campaign, form.as_draft(), sent_key(), by=who.contributor, participant=who.participant)
    except Refused as refusal:
        return _refused(campaign, form, refusal)
    account_drafts.drop(campaign)
    db.session.commit()
    return _thanks(campaign, idea, who)


@bp.post("/<slug:slug>/draft")
@public
def keep_draft(slug: str) -> Response:
    """Keep what a signed-in person writes, so that they find it on other devices. Nobody else's is kept here."""
    campaign = the_campaign(slug)
    if rules.may_propose(campaign) and account_drafts.keep(campaign, request.form.to_dict()):
        db.session.commit()
    return uncached(Response(status=204))


@bp.post("/<slug:slug>/similar")
@public
def similar(slug: str) -> Response:
    """Ideas that may say the same as what is being written. What was typed goes nowhere and is not kept."""
    campaign = the_campaign(slug)
    title, text = request.form.get("title", "")[:MAX_TITLE], request.form.get("text", "")[:MAX_TEXT]
    language = request.form.get("language", "")
    spoken = language if language in campaign.city.languages else current_language()
    found = similar_to(campaign, title, text, spoken)
    html = render_template("ideation/_similar.html", campaign=campaign, found=found, may_talk=rules.may_talk(campaign))
    return uncached(Response(html))


def _sent() -> Any:
    sent: Any = request.form.copy()
    sent.update(request.files)
    return sent


def _form_page(campaign: Campaign, form: IdeaForm, *, status: int = 200, problem: str = "", **context: Any) -> Response:
    form.key.data = sent_key() or new_key()
    districts = list(db.session.scalars(District.in_city(campaign.city))) if campaign.asks_place else []
    return page(
        "ideation/new.html",
        status=status,
        campaign=campaign,
        form=form,
        map=city_map(districts),
        problem=problem,
        has_errors=bool(form.errors or problem),
        draft_url=url_for(".keep_draft", slug=campaign.slug) if is_confirmed() else None,
        needs_address=campaign.submit_level >= Assurance.CONTACT and not is_confirmed(),
        **context,
    )


def _refused(campaign: Campaign, form: IdeaForm, refusal: Refused) -> Response:
    db.session.rollback()
    response = _form_page(campaign, form, status=refusal.status, problem=refusal.sentence)
    if isinstance(refusal, TooFast):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _thanks(campaign: Campaign, idea: Idea, who: Talker) -> Response:
    token = pass_for(who.contributor, Purpose.OWN_PAGE)
    location = url_for(".own", slug=campaign.slug, token=token, sent=idea.id)
    return quiet(remembered(see_other(location), who))
