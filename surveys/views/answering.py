"""Filling in a sheet, one page at a time, whole without JavaScript; and looking at it once more before it is sent."""

from flask import Response, request, url_for

from citizen.accounts.access import go_to
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import page, public
from citizen.participation.identity import new_key
from citizen.participation.receipts import receipt_for
from surveys import rules
from surveys.forms import SheetForm
from surveys.logic.path import Page
from surveys.views.browser import remember_secret
from surveys.views.finding import home, place, public_wave, see_other
from surveys.views.room import bp
from surveys.views.sheet_pages import answering_page, check_page, closed_page, page_not_kept
from surveys.views.sitting import Sitting, has_answered, has_to_confirm, sit_down


@bp.get("/<slug:slug>/answer")
@public
def answer(slug: str) -> Response:
    """One page of the sheet: the one asked for, or where this browser left off."""
    sitting = sit_down(public_wave(slug))
    return turned_away(sitting) or _remembered(_page_asked_for(sitting), sitting)


@bp.post("/<slug:slug>/answer")
@public
def turn_page(slug: str) -> Response:
    """Keep what stands on this page, and go on or back."""
    form = SheetForm(request.form, request.files)
    sitting = sit_down(public_wave(slug), form)
    if not rules.is_taking_sheets(sitting.wave, sitting.draft.began_at):
        return closed_page(sitting)
    before = sitting.filling.shown
    try:
        sitting.keep_uploads(form)
        sitting = sitting.keep(sitting.with_page(form))
    except Refused as refusal:
        db.session.rollback()
        return page_not_kept(sitting, form, refusal)
    db.session.commit()
    following = Response(status=204) if form.is_only_kept else _next_page(sitting, form, before)
    return _remembered(following, sitting)


@bp.get("/<slug:slug>/check")
@public
def check_answers(slug: str) -> Response:
    """All answers once more, with the key under which they are sent."""
    sitting = sit_down(public_wave(slug))
    away = turned_away(sitting)
    if away:
        return away
    if sitting.is_new:
        return _go(sitting, 1)
    gap = _first_anew(sitting) or sitting.filling.first_gap()
    if gap:
        return _go(sitting, gap.number, note="changed" if sitting.anew else "gap")
    return check_page(sitting, new_key())


def turned_away(sitting: Sitting) -> Response | None:
    """Where to send somebody who cannot answer now; None for whoever can."""
    wave = sitting.wave
    if not rules.is_taking_sheets(wave, sitting.draft.began_at):
        return see_other(home(wave))
    if has_to_confirm(wave):
        return go_to(url_for("accounts.sign_in", next=place(wave, "answer")))
    if has_answered(sitting):
        return page("surveys/already.html", wave=wave, results_receipt=receipt_for(wave))
    return None


def _page_asked_for(sitting: Sitting) -> Response:
    wanted, filling = request.args.get("page", type=int), sitting.filling
    if sitting.is_new and (wanted or 1) > 1:
        first = filling.page_for(1)
        return answering_page(sitting, first, note="lost") if first else _go(sitting, 1)
    number = wanted or _resumed_at(sitting)
    found = filling.page_for(number)
    if found is None:
        return see_other(place(sitting.wave, "check_answers"))
    if wanted and found.number != wanted:
        return _go(sitting, found.number, note="gap" if found.number < wanted else "")
    return answering_page(sitting, found, note=request.args.get("note", "changed" if sitting.anew else ""))


def _resumed_at(sitting: Sitting) -> int:
    """Where this browser left off; before that, what the city asks anew."""
    anew = _first_anew(sitting)
    return min(sitting.current.page, anew.number) if anew else sitting.current.page


def _first_anew(sitting: Sitting) -> Page | None:
    return sitting.filling.page_of(sitting.anew[0].code) if sitting.anew else None


def _next_page(sitting: Sitting, form: SheetForm, before: frozenset[str]) -> Response:
    """On or back; or this page again, where something is wrong or has come up on it."""
    filling, number = sitting.filling, form.page or 1
    if has_to_confirm(sitting.wave):
        return go_to(url_for("accounts.sign_in", next=place(sitting.wave, "answer")))
    changed = sitting.changed_since(form.version)
    if changed:
        first = filling.page_of(changed[0].code)
        return _go(sitting, min(number, first.number) if first else number, note="changed")
    if form.clears:
        return _go(sitting, number, anchor=f"q-{form.clears}")
    if form.goes_back:
        previous = filling.page_before(number)
        return _go(sitting, previous.number if previous else 1)
    here = next((one for one in filling.pages if one.number == number), None)
    if here and filling.problems_on(here):
        return answering_page(sitting, here, status=422, has_errors=True)
    return _forward(sitting, here, number, before)


def _forward(sitting: Sitting, here: Page | None, number: int, before: frozenset[str]) -> Response:
    came_up = [question for question in here.questions if question.code not in before] if here else []
    if came_up:
        return _go(sitting, number, note="more", anchor=f"q-{came_up[0].code}")
    following = sitting.filling.page_after(number)
    if following is None:
        return see_other(place(sitting.wave, "check_answers"))
    return _go(sitting, following.number)


def _go(sitting: Sitting, number: int, *, note: str = "", anchor: str = "") -> Response:
    values = {"note": note or None, "_anchor": anchor or None}
    return see_other(place(sitting.wave, "answer", page=number, **values))


def _remembered(response: Response, sitting: Sitting) -> Response:
    return remember_secret(response, sitting.wave, sitting.secret, kiosk=sitting.is_kiosk)
