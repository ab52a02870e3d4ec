"""Acts on ideas, one or thousands: each is shown before it is done, and most can be undone for a minute."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import find_or_404, page, safe_next
from ideation import curating, merging, undoing
from ideation.models import Campaign, CuratingAct, Idea, Status
from ideation.staff.act_forms import ActForm, act_form
from ideation.staff.finding import chosen
from ideation.staff.room import bp, go_on, the_campaign, the_idea

Act = Callable[[Campaign, list[Idea], ActForm], None]
UNDO = "undo of ideas"


@bp.post("/<slug:slug>/moderation/preview")
@staff(Role.MODERATOR)
def preview_moderation(slug: str) -> Response:
    return _preview(the_campaign(slug), MODERATION, "campaign_staff.moderate")


@bp.post("/<slug:slug>/moderation")
@staff(Role.MODERATOR)
def moderate(slug: str) -> Response:
    """Show ideas, or hide them with a reason."""
    return _perform(the_campaign(slug), MODERATION, "campaign_staff.moderate")


@bp.post("/<slug:slug>/curation/preview")
@staff(Role.EDITOR)
def preview_curation(slug: str) -> Response:
    return _preview(the_campaign(slug), CURATION, "campaign_staff.curate")


@bp.post("/<slug:slug>/curation")
@staff(Role.EDITOR)
def curate(slug: str) -> Response:
    """Answer ideas, tag and assign them, put them on the ballot, or put them together."""
    return _perform(the_campaign(slug), CURATION, "campaign_staff.curate")


@bp.post("/<slug:slug>/acts/<int:act_id>/undo")
@staff(Role.VIEWER)
def undo(slug: str, act_id: int) -> Response:
    """Take back an act of one's own."""
    campaign, by = the_campaign(slug), current_actor()
    act = find_or_404(db.select(CuratingAct).filter_by(campaign_id=campaign.id, account_id=by.id), id=act_id)
    number = undoing.undo(campaign, act, by=by)
    db.session.commit()
    session.pop(UNDO, None)
    words = ngettext("%(num)s idea is as it was before.", "%(num)s ideas are as they were before.", number)
    flash(words, "good")
    return go_on(_back(campaign))


def _preview(campaign: Campaign, acts: dict[str, Act], target: str) -> Response:
    """What the act will do, and to which ideas. Nothing is changed."""
    act = request.form.get("act", "")
    if act not in acts:
        abort(404)
    ideas = chosen(campaign, request.form)
    if not ideas:
        flash(_("Please tick at least one idea."), "warn")
        return go_on(_back(campaign))
    return _preview_page(campaign, act, ideas, act_form(campaign, act, ideas), target)


def _preview_page(
    campaign: Campaign, act: str, ideas: list[Idea], form: ActForm, target: str, *, status: int = 200
) -> Response:
    return page(
        "ideation/staff/act.html",
        status=status,
        campaign=campaign,
        act=act,
        title=titles()[act],
        warning=_warning(act, ideas),
        ideas=ideas,
        form=form,
        target=url_for(target, slug=campaign.slug),
        back=_back(campaign),
    )


def _perform(campaign: Campaign, acts: dict[str, Act], target: str) -> Response:
    act = request.form.get("act", "")
    if act not in acts:
        abort(404)
    ideas = chosen(campaign, request.form)
    form = act_form(campaign, act, ideas)
    if not form.validate():
        return _preview_page(campaign, act, ideas, form, target, status=422)
    had_votes = any(idea.number for idea in ideas)
    try:
        kept = undoing.done(campaign, ideas, act, lambda: acts[act](campaign, ideas, form), by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors = [refusal.sentence]
        return _preview_page(campaign, act, chosen(campaign, request.form), form, target, status=refusal.status)
    db.session.commit()
    if act in UNDOABLE and not (act == "hide" and had_votes):
        session[UNDO] = [campaign.slug, kept.id, int(kept.at.timestamp())]
    flash(ngettext("Done: %(num)s idea.", "Done: %(num)s ideas.", len(ideas)), "good")
    return go_on(_back(campaign))


def _back(campaign: Campaign) -> str:
    """The table as it was filtered, or the page of one idea."""
    table = url_for("campaign_staff.ideas", slug=campaign.slug)
    return safe_next(request.form.get("back"), table)


def _show(campaign: Campaign, ideas: list[Idea], _form: ActForm) -> None:
    curating.show(campaign, ideas, by=current_actor())


def _hide(campaign: Campaign, ideas: list[Idea], form: ActForm) -> None:
    curating.hide(campaign, ideas, form.sentence, by=current_actor())


def _status(campaign: Campaign, ideas: list[Idea], form: ActForm) -> None:
    link = form.value("link")
    curating.set_status(campaign, ideas, Status(form.value("status")), form.sentence, by=current_actor(), link=link)


def _tag(campaign: Campaign, ideas: list[Idea], form: ActForm) -> None:
    curating.tag(campaign, ideas, form.value("tag"), by=current_actor())


def _untag(campaign: Campaign, ideas: list[Idea], form: ActForm) -> None:
    curating.untag(campaign, ideas, form.value("tag"), by=current_actor())


def _assign(campaign: Campaign, ideas: list[Idea], form: ActForm) -> None:
    person = form.value("person")
    for idea in ideas:
        curating.assess(campaign, idea, by=current_actor(), assigned_to_id=int(person) if person else None)


def _put_on_ballot(campaign: Campaign, ideas: list[Idea], _form: ActForm) -> None:
    curating.put_on_ballot(campaign, ideas, by=current_actor())


def _take_off(campaign: Campaign, ideas: list[Idea], _form: ActForm) -> None:
    curating.take_off(campaign, ideas, by=current_actor())


def _merge(campaign: Campaign, ideas: list[Idea], form: ActForm) -> None:
    typed = form.value("other") or form.value("into") or ""
    if not (typed.isdecimal() and len(typed) < 10):
        raise Refused(_("Please choose the idea that stays."), status=422)
    into = the_idea(campaign, int(typed))
    rest = [idea for idea in ideas if idea.id != into.id]
    if not rest:
        raise Refused(_("Please choose at least two ideas."), status=422)
    merging.merge(campaign, rest, into, by=current_actor())


def _combine(campaign: Campaign, ideas: list[Idea], form: ActForm) -> None:
    title, text = form.value("title"), form.value("text")
    merging.combine(campaign, ideas, title, text, by=current_actor(), language=ideas[0].language)


MODERATION: dict[str, Act] = {"show": _show, "hide": _hide}
CURATION: dict[str, Act] = {
    "status": _status,
    "tag": _tag,
    "untag": _untag,
    "assign": _assign,
    "ballot": _put_on_ballot,
    "off": _take_off,
    "merge": _merge,
    "combine": _combine,
}
UNDOABLE = {"show", "hide", "status"}


def titles() -> dict[str, str]:
    return {
        "show": _("Show to everybody"),
        "hide": _("Hide with a reason"),
        "status": _("Answer: set the status"),
        "tag": _("Tag"),
        "untag": _("Remove a tag"),
        "assign": _("Assign"),
        "ballot": _("Put on the ballot"),
        "off": _("Take off the ballot"),
        "merge": _("Merge"),
        "combine": _("Combine into a proposal"),
    }


def _warning(act: str, ideas: list[Idea]) -> str:
    """What cannot be undone, in words; empty where all can."""
    on_ballot = [idea for idea in ideas if idea.number is not None]
    if act in {"hide", "off"} and on_ballot:
        return _(
            "Some of these are on the ballot. Votes for them go back to those who gave them. This cannot be undone."
        )
    return {
        "ballot": _("All numbers on the ballot are drawn by lot anew."),
        "merge": _(
            "Supporters, comments and followers go over, each person once. The old addresses lead to the new idea. "
            "A merged idea can be split off again."
        ),
        "combine": _("A new idea is made, and these are merged into it."),
    }.get(act, "")


def undo_offered(campaign: Campaign) -> dict[str, Any] | None:
    """The act that this person has just done and may still undo."""
    found = session.get(UNDO)
    if not found or found[0] != campaign.slug:
        return None
    return {"act_id": found[1]} if undoing.is_fresh(found[2]) else None
