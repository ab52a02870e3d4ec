"""Sending a sheet, once, and what somebody gets for it."""

from dataclasses import replace
from typing import Any

from flask import Response, abort, render_template, request

from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import short_day
from citizen.core.web import done, page, public
from citizen.participation import actions as participation
from citizen.participation.identity import Participant, checked_key, new_key, remember_device
from citizen.participation.models import Assurance
from citizen.participation.receipts import receipt_for
from citizen.participation.rules import may_see_results
from surveys import actions, drafts, rules
from surveys.beginning import began_at
from surveys.drafts import Draft
from surveys.forms import SheetForm
from surveys.models import SurveyWave
from surveys.receipts import SheetReceipt, read_receipt, receipt_for_sheet, signed_receipt
from surveys.views.browser import forget_secret
from surveys.views.finding import home, place, public_wave, questionnaire_for, sound_version
from surveys.views.room import bp
from surveys.views.sheet_pages import answering_page, check_page, closed_page, look, page_not_kept
from surveys.views.sitting import Sitting, has_to_confirm, owner_here, participant_here, sit_down

TO_READ_SECONDS = 20
"""How long a kiosk shows its thanks."""


@bp.post("/<slug:slug>/answers")
@public
def send(slug: str) -> Response:
    """Take the sheet that the form carries. Nothing of the draft is read, so that what was confirmed is what counts."""
    form = SheetForm(request.form, request.files, is_whole=True)
    sitting = sit_down(public_wave(slug), form)
    try:
        sitting.keep_uploads(form)
    except Refused as refusal:
        return page_not_kept(sitting, form, refusal)
    sitting = _sent(sitting, form)
    return _obstacle(sitting, form) or _taken(sitting, form)


@bp.get("/<slug:slug>/receipt")
@public
def receipt(slug: str) -> Response:
    """Thanks, and what somebody can take home."""
    wave = public_wave(slug)
    sitting = sit_down(wave)
    response = page("surveys/receipt.html", **_thanking(sitting, _receipt_or_404(wave)))
    if sitting.is_kiosk:
        response.headers["Refresh"] = f"{TO_READ_SECONDS};url={home(wave)}"
    return response


@bp.get("/<slug:slug>/receipt.txt")
@public
def receipt_text(slug: str) -> Response:
    """The receipt as a file."""
    wave = public_wave(slug)
    receipt = _receipt_or_404(wave)
    day = short_day(receipt.day)
    text = render_template("surveys/receipt.txt", wave=wave, receipt=receipt, receipt_day=day)
    response = Response(text, mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="{wave.slug}.txt"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _sent(sitting: Sitting, form: SheetForm) -> Sitting:
    """The sitting, with what the form carries in the place of what was kept."""
    wave = sitting.wave
    began = began_at(form.began, wave) or clock.now()
    asked = questionnaire_for(wave, form.version)
    typed = form.typed(asked.questions)
    draft = Draft(began, sound_version(wave, form.version), typed, sitting.draft.page, owner_here(wave))
    return replace(sitting, draft=draft, is_new=False)


def _obstacle(sitting: Sitting, form: SheetForm) -> Response | None:
    """A page that has to come first: what the city asks anew, the answers once more, or that it is too late."""
    wave, filling = sitting.wave, sitting.filling
    is_open = rules.is_taking_sheets(wave, began_at(form.began, wave))
    if not is_open and filling.checked.problems:
        return closed_page(sitting)
    first = filling.page_of(sitting.anew[0].code) if is_open and sitting.anew else None
    if first:
        return answering_page(sitting, first, status=409, note="changed")
    gap = filling.first_gap()
    if gap:
        return answering_page(sitting, gap, status=422, has_errors=True)
    return None if form.key else check_page(sitting, new_key())


def _taken(sitting: Sitting, form: SheetForm) -> Response:
    try:
        participant, outcome = _take(sitting, form)
    except Refused as refusal:
        db.session.rollback()
        return _not_taken(sitting, form, refusal)
    drafts.drop_draft(sitting.wave, sitting.secret)
    db.session.commit()
    return _thanks(sitting, form, participant, outcome)


def _take(sitting: Sitting, form: SheetForm) -> tuple[Participant, participation.Outcome]:
    wave, key = sitting.wave, checked_key(form.key)
    participant = participant_here(wave, key)
    seconds = participation.slow_down(wave)
    if seconds:
        db.session.commit()
        raise participation.TooFast(seconds)
    began = began_at(form.began, wave)
    outcome = actions.send_sheet(wave, sitting.filling.checked, key, by=participant, began_at=began)
    return participant, outcome


def _not_taken(sitting: Sitting, form: SheetForm, refusal: Refused) -> Response:
    """All answers once more under the same key where they can be sent again; else the reason alone."""
    is_too_fast = isinstance(refusal, participation.TooFast)
    if not is_too_fast and not has_to_confirm(sitting.wave):
        return closed_page(sitting, refusal.sentence, status=refusal.status)
    response = check_page(sitting, form.key, error=refusal.sentence, status=refusal.status)
    if isinstance(refusal, participation.TooFast):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _thanks(sitting: Sitting, form: SheetForm, by: Participant, outcome: participation.Outcome) -> Response:
    wave = sitting.wave
    receipt = receipt_for_sheet(wave, form.key, outcome)
    signed = signed_receipt(wave, receipt)
    context = _thanking(sitting, receipt) | {"signed": signed}
    response = done("surveys/_sent.html", place(wave, "receipt", receipt=signed), **context)
    if by.assurance is Assurance.DEVICE:
        remember_device(response, by.identity.removeprefix("device:"))
    return forget_secret(response, wave, kiosk=sitting.is_kiosk)


def _thanking(sitting: Sitting, receipt: SheetReceipt) -> dict[str, Any]:
    wave = sitting.wave
    return {
        "wave": wave,
        "receipt": receipt,
        "receipt_day": short_day(receipt.day),
        "signed": request.args.get("receipt", ""),
        "thanks": sitting.questionnaire.thanks,
        "sees_results": may_see_results(wave, has_answered=True),
        "results_receipt": receipt_for(wave),
        **look(sitting),
    }


def _receipt_or_404(wave: SurveyWave) -> SheetReceipt:
    return read_receipt(request.args.get("receipt", ""), wave) or abort(404)
