"""Going on later, on this device or another one, and starting again."""

from typing import Any

from flask import Response, abort, request, url_for
from flask_login import current_user

from citizen.accounts import tries
from citizen.accounts.access import go_to
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import page, public
from citizen.participation.models import Assurance
from surveys import drafts, mails, rules
from surveys.forms import SheetForm
from surveys.models import SurveyWave
from surveys.views.browser import forget_secret, remember_secret
from surveys.views.finding import home, place, public_wave, see_other
from surveys.views.room import bp
from surveys.views.sheet_pages import closed_page, page_not_kept
from surveys.views.sitting import has_to_confirm, owner_here, sit_down


@bp.post("/<slug:slug>/fresh-start")
@public
def start_again(slug: str) -> Response:
    """Forget what was typed on this device."""
    sitting = sit_down(public_wave(slug))
    drafts.drop_draft(sitting.wave, sitting.secret)
    db.session.commit()
    wave = sitting.wave
    target = home(wave) if sitting.is_kiosk else place(wave, "answer", note="fresh")
    return forget_secret(see_other(target), wave, kiosk=sitting.is_kiosk)


@bp.post("/<slug:slug>/link")
@public
def mail_link(slug: str) -> Response:
    """Keep this page, and mail the link that opens the draft elsewhere, where we know the address."""
    form = SheetForm(request.form, request.files)
    sitting = sit_down(_wave_with_addresses(slug), form)
    wave, person = sitting.wave, _person()
    if not rules.is_taking_sheets(wave, sitting.draft.began_at):
        return closed_page(sitting)
    if has_to_confirm(wave):
        return go_to(url_for("accounts.sign_in", next=place(wave, "answer")))
    try:
        sitting.keep_uploads(form)
        sitting = sitting.keep(sitting.with_page(form))
        _ensure_few(person.email)
    except Refused as refusal:
        db.session.rollback()
        return page_not_kept(sitting, form, refusal)
    mails.send_resume_link(wave, sitting.secret, person.email)
    db.session.commit()
    target = see_other(place(wave, "answer", page=form.page, note="mailed"))
    return remember_secret(target, wave, sitting.secret, kiosk=False)


@bp.get("/<slug:slug>/resume/<secret>")
@public
def resume(slug: str, secret: str) -> Response:
    """What the link is for, and a button. Whoever looks through mails for viruses changes nothing."""
    return _quiet(_resume_page(_wave_with_addresses(slug), secret))


@bp.post("/<slug:slug>/resume/<secret>")
@public
def go_on(slug: str, secret: str) -> Response:
    """Give this browser the draft. Its answers are shown to nobody but the address that it belongs to."""
    wave = _wave_with_addresses(slug)
    draft = drafts.open_draft(wave, secret)
    if draft is None or owner_here(wave) not in {"", draft.owner}:
        return _quiet(page("surveys/resume.html", wave=wave, is_there=False, status=410))
    return _quiet(remember_secret(see_other(place(wave, "answer")), wave, secret, kiosk=False))


def _wave_with_addresses(slug: str) -> SurveyWave:
    """Where nobody's address is asked for, there is nowhere to mail a link to."""
    wave = public_wave(slug)
    return wave if wave.assurance >= Assurance.CONTACT else abort(404)


def _resume_page(wave: SurveyWave, secret: str) -> Response:
    is_there = drafts.open_draft(wave, secret) is not None
    return page("surveys/resume.html", wave=wave, is_there=is_there, status=200 if is_there else 410)


def _ensure_few(email: str) -> None:
    seconds = tries.seconds_until_next(tries.MAIL, email)
    if seconds:
        raise Refused(tries.please_wait(seconds), status=429)


def _person() -> Any:
    return current_user


def _quiet(response: Response) -> Response:
    """The address of this page is a key: it is told to nobody else, and no search engine keeps it."""
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
