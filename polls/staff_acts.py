"""What staff do with a poll, each act under a name of its own; and the blueprint that all pages about polls share."""

from typing import Any

from flask import Blueprint, Response, abort, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import done, find_or_404, page, uncached
from citizen.participation import running
from citizen.participation.rules import may_close
from citizen.participation.staff_forms import ClosingTime, Reasons
from polls import actions, correcting, drafting, moderating, rules
from polls.models import Poll, PollOtherText
from polls.overview import overview
from polls.staff_forms import Corrections

bp = Blueprint("poll_staff", __name__, url_prefix="/<slug:city_slug>/staff/polls")


@bp.errorhandler(Refused)
def show_refusal(refusal: Refused) -> Response:
    """The poll as it stands, with the sentence that says why the act was not done."""
    db.session.rollback()
    poll = the_poll((request.view_args or {})["slug"])
    context = overview(poll) | {"problem": refusal.sentence}
    return page("polls/staff/show.html", fragment="polls/staff/_refused.html", status=refusal.status, **context)


@bp.post("/<slug:slug>/publication")
@staff(Role.EDITOR)
def publish(slug: str) -> Response:
    poll = the_poll(slug)
    actions.publish(poll, by=current_actor())
    db.session.commit()
    return back_to(poll, published_words(poll))


@bp.get("/<slug:slug>/closure")
@staff(Role.EDITOR)
def confirm_closure(slug: str) -> Response:
    poll = the_poll(slug)
    return page("polls/staff/closure.html", poll=poll, is_possible=may_close(poll))


@bp.post("/<slug:slug>/closure")
@staff(Role.EDITOR)
def close(slug: str) -> Response:
    poll = the_poll(slug)
    running.close(poll, by=current_actor())
    db.session.commit()
    return back_to(poll, _("The poll is closed. The public can see its result."))


@bp.get("/<slug:slug>/closing-time")
@staff(Role.EDITOR)
def choose_closing_time(slug: str) -> Response:
    poll = the_poll(slug)
    return page("polls/staff/closing_time.html", poll=poll, form=ClosingTime(obj=poll))


@bp.post("/<slug:slug>/closing-time")
@staff(Role.EDITOR)
def move_closing(slug: str) -> Response:
    poll = the_poll(slug)
    form = ClosingTime(obj=poll)
    if not form.validate():
        return page("polls/staff/closing_time.html", status=422, poll=poll, form=form)
    running.move_closing(poll, form.closes_at.data, by=current_actor())
    db.session.commit()
    return back_to(poll, _("The new closing time is saved."))


@bp.get("/<slug:slug>/withdrawal")
@staff(Role.EDITOR)
def give_reason(slug: str) -> Response:
    return page("polls/staff/withdrawal.html", poll=the_poll(slug), form=Reasons.of(g.city))


@bp.post("/<slug:slug>/withdrawal")
@staff(Role.EDITOR)
def withdraw(slug: str) -> Response:
    poll, form = the_poll(slug), Reasons.of(g.city)
    if not form.is_sound():
        return page("polls/staff/withdrawal.html", status=422, poll=poll, form=form)
    running.withdraw(poll, form.texts, by=current_actor())
    db.session.commit()
    return back_to(poll, _("The poll is withdrawn. Its page shows your reason."))


@bp.post("/<slug:slug>/copy")
@staff(Role.EDITOR)
def copy(slug: str) -> Response:
    twin = drafting.copy_poll(the_poll(slug), by=current_actor())
    db.session.commit()
    flash(_("This is the copy. Nobody sees it until you publish it."), "good")
    return go_on(url_for("poll_staff.edit", slug=twin.slug))


@bp.get("/<slug:slug>/deletion")
@staff(Role.EDITOR)
def confirm_deletion(slug: str) -> Response:
    poll = the_poll(slug)
    return page("polls/staff/deletion.html", poll=poll, is_possible=rules.may_delete(poll))


@bp.post("/<slug:slug>/deletion")
@staff(Role.EDITOR)
def delete(slug: str) -> Response:
    drafting.delete_poll(the_poll(slug), by=current_actor())
    db.session.commit()
    flash(_("The draft is deleted."), "good")
    return go_on(url_for("poll_staff.index"))


@bp.get("/<slug:slug>/correction")
@staff(Role.EDITOR)
def write_correction(slug: str) -> Response:
    poll = the_poll(slug)
    return _correction_page(poll, Corrections.of(poll))


@bp.post("/<slug:slug>/correction")
@staff(Role.EDITOR)
def correct(slug: str) -> Response:
    poll = the_poll(slug)
    form = Corrections.of(poll)
    form.validate()
    try:
        count = correcting.correct_texts(poll, form.texts, seen=form.seen, by=current_actor())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors = [refusal.sentence]
        return _correction_page(poll, form, status=refusal.status)
    db.session.commit()
    words = ngettext(
        "%(num)s text is corrected, and the poll says so.",
        "%(num)s texts are corrected, and the poll says so.",
        count,
    )
    return back_to(poll, words if count else _("Nothing was changed."))


@bp.post("/<slug:slug>/others/<text>/approval")
@staff(Role.MODERATOR)
def approve_text(slug: str, text: str) -> Response:
    poll = the_poll(slug)
    moderating.approve_text(poll, _text_id(text), by=current_actor())
    db.session.commit()
    return _decided(poll, text, _("The text is now shown with the result."))


@bp.post("/<slug:slug>/others/<text>/rejection")
@staff(Role.MODERATOR)
def reject_text(slug: str, text: str) -> Response:
    poll = the_poll(slug)
    moderating.reject_text(poll, _text_id(text), request.form.get("reason", "").strip(), by=current_actor())
    db.session.commit()
    return _decided(poll, text, _("The text is not shown."))


def the_poll(slug: str) -> Poll:
    return find_or_404(Poll.in_city(g.city), slug=slug)


def back_to(poll: Poll, sentence: str) -> Response:
    flash(sentence, "good")
    return go_on(url_for("poll_staff.show", slug=poll.slug))


def go_on(location: str) -> Response:
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]


def published_words(poll: Poll) -> str:
    if poll.is_open:
        return _("The poll is open. Below you find its address, a QR code and a poster.")
    return _("The poll is published. It opens by itself at the planned time.")


def _correction_page(poll: Poll, form: Corrections, status: int = 200) -> Response:
    words: Any = {
        "question": _("Question"),
        "scale_low": _("Lowest number"),
        "scale_high": _("Highest number"),
    }
    return page("polls/staff/correction.html", status=status, poll=poll, form=form, words=words)


def _text_id(text: str) -> bytes:
    """The row's random key from the address. 404 for what is none."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        abort(404)


def _decided(poll: Poll, text: str, sentence: str) -> Response:
    row = db.session.get(PollOtherText, (poll.city_id, poll.id, _text_id(text)))
    location = url_for("poll_staff.show", slug=poll.slug, _anchor="others")
    return done("polls/staff/_other.html", location, poll=poll, row=row, sentence=sentence, may_moderate=True)
