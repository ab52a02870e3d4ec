"""The table of ideas, and the desk of one idea: what staff find out, tell each other and answer."""

from typing import Any

from flask import Response, flash, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from wtforms import SelectField

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.forms import PageForm, line
from citizen.core.web import page
from ideation import curating, merging
from ideation.comparing import versions_of
from ideation.flags import EXPLAINED
from ideation.models import Campaign, Idea, IdeaNote, IdeaTag, Showing
from ideation.powers import powers
from ideation.similar import similar_to
from ideation.staff.acting import titles, undo_offered
from ideation.staff.finding import colleagues, table
from ideation.staff.room import bp, go_on, the_campaign, the_idea
from ideation.timeline import timeline
from ideation.views.ideas import idea_page


class Assessment(PageForm):
    """What the city found out about an idea."""

    feasibility: SelectField
    assessed_cost: Any
    department: Any


@bp.get("/<slug:slug>/ideas")
@staff(Role.VIEWER)
def ideas(slug: str) -> Response:
    """All ideas of the campaign; what is searched and filtered stands in the address."""
    campaign = the_campaign(slug)
    context = table(campaign) | {"campaign": campaign, "may": powers(g.role, campaign), "titles": titles()}
    return page(
        "ideation/staff/ideas.html",
        undo=undo_offered(campaign),
        back=request.full_path.rstrip("?"),
        **context,
    )


@bp.get("/<slug:slug>/ideas/<int:idea_id>")
@staff(Role.VIEWER)
def idea(slug: str, idea_id: int) -> Response:
    campaign = the_campaign(slug)
    return _desk(campaign, the_idea(campaign, idea_id))


@bp.post("/<slug:slug>/ideas/<int:idea_id>/assessment")
@staff(Role.EDITOR)
def assess(slug: str, idea_id: int) -> Response:
    """Keep feasibility, cost and department."""
    campaign = the_campaign(slug)
    found = the_idea(campaign, idea_id)
    form = _assessment(found)
    form.validate()
    try:
        cost = _cost(form["assessed_cost"].data)
        curating.assess(campaign, found, by=current_actor(), **_changed(found, form, cost))
    except Refused as refusal:
        db.session.rollback()
        return _desk(campaign, the_idea(campaign, idea_id), assessment=form, problem=refusal.sentence, status=422)
    db.session.commit()
    return _back(campaign, found, _("Saved."))


def _changed(found: Idea, form: Assessment, cost: int | None) -> dict[str, str | int | None]:
    """What differs from what stands there, so that an unchanged cost is no change of it."""
    values = {"feasibility": form["feasibility"].data or None, "department": form["department"].data}
    values |= {"assessed_cost": cost}
    return {name: value for name, value in values.items() if getattr(found, name) != value}


def _cost(typed: str) -> int | None:
    digits = typed.translate(str.maketrans("", "", " .,'\u00a0\u202f"))
    if digits and not (digits.isdecimal() and digits.isascii() and len(digits) < 10):
        raise Refused(_("Please write the cost as a whole number, or leave it out."), status=422)
    return int(digits) if digits else None


@bp.post("/<slug:slug>/ideas/<int:idea_id>/notes")
@staff(Role.EDITOR)
def write_note(slug: str, idea_id: int) -> Response:
    campaign = the_campaign(slug)
    found = the_idea(campaign, idea_id)
    try:
        curating.write_note(campaign, found, request.form.get("text", ""), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        return _desk(campaign, the_idea(campaign, idea_id), problem=refusal.sentence, status=refusal.status)
    db.session.commit()
    return _back(campaign, found, _("Your note is kept. Only staff see it."))


@bp.post("/<slug:slug>/ideas/<int:idea_id>/separation")
@staff(Role.EDITOR)
def split(slug: str, idea_id: int) -> Response:
    """Let a merged idea stand for itself again."""
    campaign = the_campaign(slug)
    found = the_idea(campaign, idea_id)
    merging.split(campaign, found, by=current_actor())
    db.session.commit()
    return _back(campaign, found, _("It stands for itself again."))


@bp.post("/<slug:slug>/ideas/<int:idea_id>/reply")
@staff(Role.EDITOR)
def reply(slug: str, idea_id: int) -> Response:
    """A public comment of the city."""
    campaign = the_campaign(slug)
    found = the_idea(campaign, idea_id)
    curating.reply(
        campaign, found, request.form.get("text", ""), by=current_actor(), language=request.form.get("language", "")
    )
    db.session.commit()
    return _back(campaign, found, _("The city's comment is public."))


def _desk(
    campaign: Campaign, found: Idea, *, assessment: Assessment | None = None, problem: str = "", status: int = 200
) -> Response:
    likely = similar_to(campaign, found.title, found.text, found.language, without=found.id)
    return page(
        "ideation/staff/idea.html",
        status=status,
        **idea_page(campaign, found)
        | {
            "may": powers(g.role, campaign),
            "titles": titles(),
            "assessment": assessment or _assessment(found),
            "notes": _notes(found),
            "tags": _tags(found),
            "similar": likely,
            "into": db.session.get(Idea, found.merged_into_id) if found.merged_into_id else None,
            "versions": versions_of(found),
            "events": timeline(found),
            "flags": [EXPLAINED[flag]() for flag in found.flags if flag in EXPLAINED],
            "assigned": colleagues(campaign).get(found.assigned_to_id or 0),
            "undo": undo_offered(campaign),
            "problem": problem,
            "has_errors": bool(problem),
            "back": url_for("campaign_staff.idea", slug=campaign.slug, idea_id=found.id),
            "is_hidden": found.showing != Showing.SHOWN,
        },
    )


def _assessment(found: Idea) -> Assessment:
    choices = {"": "–", "yes": _("Feasible"), "partly": _("Partly feasible"), "no": _("Not feasible")}
    fields = {
        "feasibility": SelectField(_("Feasibility"), choices=choices),
        "assessed_cost": line(_("Cost, as the city found out"), 15),
        "department": line(_("Responsible department"), 100),
    }
    form: Assessment = type("IdeaAssessment", (Assessment,), fields)(
        data={
            "feasibility": found.feasibility or "",
            "assessed_cost": str(found.assessed_cost or ""),
            "department": found.department,
        }
    )
    return form


def _notes(found: Idea) -> list[IdeaNote]:
    query = select(IdeaNote).filter_by(city_id=found.city_id, idea_id=found.id).order_by(IdeaNote.id)
    return list(db.session.scalars(query))


def _tags(found: Idea) -> list[str]:
    return list(db.session.scalars(select(IdeaTag.tag).filter_by(city_id=found.city_id, idea_id=found.id)))


def _back(campaign: Campaign, found: Idea, sentence: str) -> Response:
    flash(sentence, "good")
    return go_on(url_for("campaign_staff.idea", slug=campaign.slug, idea_id=found.id))
