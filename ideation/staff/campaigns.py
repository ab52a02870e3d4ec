"""Campaigns in the console: the list, the editor, one campaign, and what is done with it as a whole."""

from typing import Any

from flask import Response, flash, g, request, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import page
from citizen.participation import running
from citizen.participation.models import State
from citizen.participation.rules import may_close
from citizen.participation.staff_forms import Reasons
from citizen.participation.words import state_words
from ideation import planning, rules
from ideation.models import Campaign
from ideation.staff.editor_form import CampaignEditor
from ideation.staff.overview import listing, overview
from ideation.staff.room import back_to, bp, go_on, the_campaign


@bp.errorhandler(Refused)
def show_refusal(refusal: Refused) -> Response:
    """The campaign as it stands, with the sentence that says why the act was not done."""
    db.session.rollback()
    campaign = the_campaign((request.view_args or {})["slug"])
    context = overview(campaign) | {"problem": refusal.sentence}
    return page("ideation/staff/show.html", status=refusal.status, **context)


@bp.get("/")
@staff(Role.VIEWER)
def index() -> Response:
    """All campaigns of the city, the newest first."""
    return page("ideation/staff/index.html", rows=listing(g.city), state_words=state_words)


@bp.get("/new")
@staff(Role.EDITOR)
def new() -> Response:
    return _editor_page(CampaignEditor.blank(g.city))


@bp.post("/new")
@staff(Role.EDITOR)
def create() -> Response:
    return _save(CampaignEditor.sent(g.city, request.form))


@bp.get("/<slug:slug>/edit")
@staff(Role.EDITOR)
def edit(slug: str) -> Response:
    campaign = the_campaign(slug)
    if not rules.may_change(campaign):
        raise Refused(_("This campaign has ended. You can copy it and ask again."))
    return _editor_page(CampaignEditor.of(campaign), campaign)


@bp.post("/<slug:slug>/edit")
@staff(Role.EDITOR)
def revise(slug: str) -> Response:
    campaign = the_campaign(slug)
    return _save(CampaignEditor.of(campaign, request.form), campaign)


@bp.get("/<slug:slug>")
@staff(Role.VIEWER)
def show(slug: str) -> Response:
    """One campaign: where it stands, what came in, what waits."""
    return page("ideation/staff/show.html", **overview(the_campaign(slug)))


@bp.post("/<slug:slug>/publication")
@staff(Role.EDITOR)
def publish(slug: str) -> Response:
    campaign = the_campaign(slug)
    planning.publish_campaign(campaign, by=current_actor())
    db.session.commit()
    return back_to(campaign, _published_words(campaign))


@bp.get("/<slug:slug>/closure")
@staff(Role.EDITOR)
def confirm_closure(slug: str) -> Response:
    campaign = the_campaign(slug)
    return page("ideation/staff/closure.html", campaign=campaign, is_possible=may_close(campaign))


@bp.post("/<slug:slug>/closure")
@staff(Role.EDITOR)
def close(slug: str) -> Response:
    campaign = the_campaign(slug)
    running.close(campaign, by=current_actor())
    db.session.commit()
    return back_to(campaign, _("The campaign is closed. Nobody can send ideas, comments or votes any more."))


@bp.get("/<slug:slug>/withdrawal")
@staff(Role.EDITOR)
def give_reason(slug: str) -> Response:
    return page("ideation/staff/withdrawal.html", campaign=the_campaign(slug), form=Reasons.of(g.city))


@bp.post("/<slug:slug>/withdrawal")
@staff(Role.EDITOR)
def withdraw(slug: str) -> Response:
    campaign, form = the_campaign(slug), Reasons.of(g.city)
    if not form.is_sound():
        return page("ideation/staff/withdrawal.html", status=422, campaign=campaign, form=form)
    running.withdraw(campaign, form.texts, by=current_actor())
    db.session.commit()
    return back_to(campaign, _("The campaign is withdrawn. Its page shows your reason."))


@bp.post("/<slug:slug>/copy")
@staff(Role.EDITOR)
def copy(slug: str) -> Response:
    twin = planning.copy_campaign(the_campaign(slug), by=current_actor())
    db.session.commit()
    flash(_("This is the copy. Nobody sees it until you publish it."), "good")
    return go_on(url_for("campaign_staff.edit", slug=twin.slug))


@bp.get("/<slug:slug>/deletion")
@staff(Role.EDITOR)
def confirm_deletion(slug: str) -> Response:
    campaign = the_campaign(slug)
    return page("ideation/staff/deletion.html", campaign=campaign, is_possible=rules.may_delete(campaign))


@bp.post("/<slug:slug>/deletion")
@staff(Role.EDITOR)
def delete(slug: str) -> Response:
    planning.delete_campaign(the_campaign(slug), by=current_actor())
    db.session.commit()
    flash(_("The draft is deleted."), "good")
    return go_on(url_for("campaign_staff.index"))


def _save(form: CampaignEditor, campaign: Campaign | None = None) -> Response:
    """Create or change the campaign, and publish it where that was the button."""
    publishes = "publish" in request.form
    is_public = campaign is not None and campaign.published_at is not None
    if not form.is_sound(whole=publishes or is_public):
        return _editor_page(form, campaign, status=422)
    try:
        saved = _written(form, campaign)
        if publishes:
            planning.publish_campaign(saved, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _refused(form, campaign, refusal)
    return back_to(saved, _published_words(saved) if publishes else _("Saved."))


def _written(form: CampaignEditor, campaign: Campaign | None) -> Campaign:
    if campaign is None:
        return planning.create_campaign(g.city, form.as_plan(), by=current_actor())
    planning.change_campaign(campaign, form.as_plan(), seen=form.seen, by=current_actor())
    return campaign


def _refused(form: CampaignEditor, campaign: Campaign | None, refusal: Refused) -> Response:
    """Everything typed is still there. Who was overtaken may save once more, knowingly over the other's text."""
    form.form_errors = [refusal.sentence]
    is_outdated = isinstance(refusal, planning.Outdated)
    if is_outdated and campaign is not None:
        form.edition.data = campaign.edition
    return _editor_page(form, campaign, status=refusal.status, is_outdated=is_outdated)


def _editor_page(
    form: CampaignEditor, campaign: Campaign | None = None, *, status: int = 200, is_outdated: bool = False
) -> Response:
    is_public = campaign is not None and campaign.published_at is not None
    context: dict[str, Any] = {"form": form, "campaign": campaign, "is_outdated": is_outdated, "is_public": is_public}
    context["is_fixed"] = campaign is not None and not rules.may_change_method(campaign)
    return page("ideation/staff/edit.html", status=status, languages=g.city.languages, **context)


def _published_words(campaign: Campaign) -> str:
    if campaign.state is State.OPEN:
        return _("The campaign is open. Below you find its address, a QR code and a poster.")
    return _("The campaign is published. It opens by itself at the planned time.")
