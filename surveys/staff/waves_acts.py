"""What staff do with a wave, each act under a name of its own."""

from datetime import timedelta
from typing import Any

from flask import Response, flash, g, request, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.db import db
from citizen.core.i18n import moment
from citizen.core.web import page
from citizen.participation import running
from citizen.participation.rules import may_close
from citizen.participation.staff_forms import ClosingTime, Reasons
from surveys import rules, waves
from surveys.changes import changes_since
from surveys.models import SurveyWave
from surveys.staff.room import bp, the_wave
from surveys.staff.waves import back_to, go_on, published_words, refused_on_its_page
from surveys.turnout import turnout


@bp.post("/waves/<slug:slug>/publication")
@staff(Role.EDITOR)
@refused_on_its_page
def publish_wave(slug: str) -> Response:
    wave = the_wave(slug)
    waves.publish_wave(wave, by=current_actor())
    db.session.commit()
    return back_to(wave, published_words(wave))


@bp.get("/waves/<slug:slug>/closure")
@staff(Role.EDITOR)
def confirm_wave_closure(slug: str) -> Response:
    wave = the_wave(slug)
    until = moment(clock.now() + timedelta(minutes=wave.grace_minutes)) if wave.grace_minutes else None
    return page("surveys/staff/waves/closure.html", wave=wave, is_possible=may_close(wave), grace=until)


@bp.post("/waves/<slug:slug>/closure")
@staff(Role.EDITOR)
@refused_on_its_page
def close_wave(slug: str) -> Response:
    wave = the_wave(slug)
    running.close(wave, by=current_actor())
    db.session.commit()
    return back_to(wave, _("The survey is closed. Nobody can begin it any more."))


@bp.post("/waves/<slug:slug>/kiosk")
@staff(Role.EDITOR)
def replace_kiosk_link(slug: str) -> Response:
    wave = the_wave(slug)
    waves.replace_kiosk_link(wave, by=current_actor())
    db.session.commit()
    return back_to(wave, _("Kiosks need the new address now."))


@bp.get("/waves/<slug:slug>/closing-time")
@staff(Role.EDITOR)
def choose_wave_closing_time(slug: str) -> Response:
    wave = the_wave(slug)
    return page("surveys/staff/waves/closing_time.html", wave=wave, form=ClosingTime(obj=wave))


@bp.post("/waves/<slug:slug>/closing-time")
@staff(Role.EDITOR)
@refused_on_its_page
def move_wave_closing(slug: str) -> Response:
    wave = the_wave(slug)
    form = ClosingTime(obj=wave)
    if not form.validate():
        return page("surveys/staff/waves/closing_time.html", status=422, wave=wave, form=form)
    running.move_closing(wave, form.closes_at.data, by=current_actor())
    db.session.commit()
    return back_to(wave, _("The new closing time is saved."))


@bp.get("/waves/<slug:slug>/withdrawal")
@staff(Role.EDITOR)
def give_wave_reason(slug: str) -> Response:
    return page("surveys/staff/waves/withdrawal.html", wave=the_wave(slug), form=Reasons.of(g.city))


@bp.post("/waves/<slug:slug>/withdrawal")
@staff(Role.EDITOR)
@refused_on_its_page
def withdraw_wave(slug: str) -> Response:
    wave, form = the_wave(slug), Reasons.of(g.city)
    if not form.is_sound():
        return page("surveys/staff/waves/withdrawal.html", status=422, wave=wave, form=form)
    running.withdraw(wave, form.texts, by=current_actor())
    db.session.commit()
    return back_to(wave, _("The survey is withdrawn. Its page shows your reason."))


@bp.get("/waves/<slug:slug>/deletion")
@staff(Role.EDITOR)
def confirm_wave_deletion(slug: str) -> Response:
    wave = the_wave(slug)
    return page("surveys/staff/waves/deletion.html", wave=wave, is_possible=rules.may_delete(wave))


@bp.post("/waves/<slug:slug>/deletion")
@staff(Role.EDITOR)
@refused_on_its_page
def delete_wave(slug: str) -> Response:
    wave = the_wave(slug)
    waves.delete_wave(wave, by=current_actor())
    db.session.commit()
    flash(_("The draft is deleted. The survey and its questionnaire are still there."), "good")
    return go_on(url_for("survey_staff.show_survey", survey_id=wave.survey_id))


@bp.get("/waves/<slug:slug>/renewal")
@staff(Role.EDITOR)
def confirm_renewal(slug: str) -> Response:
    """What would change, before anything does."""
    return _renewal_page(the_wave(slug))


@bp.post("/waves/<slug:slug>/renewal")
@staff(Role.EDITOR)
@refused_on_its_page
def renew_wave(slug: str) -> Response:
    """Only what this person was shown goes out."""
    wave = the_wave(slug)
    if request.form.get("edition") != str(wave.survey.edition):
        return _renewal_page(wave, 409, _("Somebody changed the questionnaire meanwhile. Please look at it again."))
    waves.renew_wave(wave, by=current_actor())
    db.session.commit()
    return back_to(wave, _("From now on people are asked the new version."))


def _renewal_page(wave: SurveyWave, status: int = 200, problem: str = "") -> Response:
    context: dict[str, Any] = {
        "wave": wave,
        "answers": turnout(wave).n,
        "problem": problem,
        "has_errors": bool(problem),
    }
    context["changes"] = changes_since(wave) if rules.may_renew(wave) else None
    return page("surveys/staff/waves/renewal.html", status=status, **context)
