"""Sheets on paper in the console: the form to print, batches, and counting what was typed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, flash, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import moment
from citizen.core.web import find_or_404, page, uncached
from surveys.actions import ends_with_grace
from surveys.models import PaperBatch, SurveyWave
from surveys.paper import batches
from surveys.paper.piles import SheetState, batches_of, is_alone, pile_of
from surveys.paper.printing import form_pdf
from surveys.staff.room import bp, the_wave

View = Callable[..., Response]


def the_batch(wave: SurveyWave, batch_id: int) -> PaperBatch:
    return find_or_404(PaperBatch.of_wave(wave), id=batch_id)


def refused_on_batch(view: View) -> View:
    """Where the act is refused: the batch as it stands, with the sentence that says why."""

    @wraps(view)
    def guarded(slug: str, batch_id: int, **values: Any) -> Response:
        try:
            return view(slug, batch_id, **values)
        except Refused as refusal:
            db.session.rollback()
            wave = the_wave(slug)
            return _batch_page(wave, the_batch(wave, batch_id), status=refusal.status, problem=refusal.sentence)

    return guarded


@bp.get("/waves/<slug:slug>/paper.pdf")
@staff(Role.VIEWER)
def paper_form(slug: str) -> Response:
    """The form to print, also before the public can see it."""
    wave = the_wave(slug)
    response = uncached(Response(form_pdf(wave), mimetype="application/pdf"))
    response.headers["Content-Disposition"] = f'inline; filename="{wave.slug}.pdf"'
    return response


@bp.get("/waves/<slug:slug>/paper")
@staff(Role.EDITOR)
def paper(slug: str) -> Response:
    """All batches, and a form for another one."""
    return _batches_page(the_wave(slug))


@bp.post("/waves/<slug:slug>/paper")
@staff(Role.EDITOR)
def make_batch(slug: str) -> Response:
    wave, name = the_wave(slug), request.form.get("name", "").strip()
    version = request.form.get("version", wave.version or 0, type=int)
    try:
        is_double = request.form.get("readings") != "1"
        batch = batches.make_batch(wave, name, version=version, is_double=is_double, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _batches_page(wave, status=refusal.status, problem=refusal.sentence)
    return go_to_batch(wave, batch, _("This is the new batch. Please number its sheets before you type them in."))


@bp.get("/waves/<slug:slug>/paper/<int:batch_id>")
@staff(Role.EDITOR)
def paper_batch(slug: str, batch_id: int) -> Response:
    """One batch: its sheets, and what each waits for."""
    wave = the_wave(slug)
    return _batch_page(wave, the_batch(wave, batch_id))


@bp.post("/waves/<slug:slug>/paper/<int:batch_id>/count")
@staff(Role.EDITOR)
@refused_on_batch
def count_batch(slug: str, batch_id: int) -> Response:
    wave = the_wave(slug)
    batch = the_batch(wave, batch_id)
    tally = batches.count_batch(wave, batch, clock.day_in(g.city.time_zone), by=current_actor())
    db.session.commit()
    if tally.unsound:
        listed = ", ".join(str(number) for number in tally.unsound)
        flash(_("These sheets need another look, because the survey has changed: %(listed)s", listed=listed), "warn")
    return go_to_batch(wave, batch, _counted_words(tally))


@bp.post("/waves/<slug:slug>/paper/<int:batch_id>/closure")
@staff(Role.EDITOR)
@refused_on_batch
def close_batch(slug: str, batch_id: int) -> Response:
    wave = the_wave(slug)
    batch = the_batch(wave, batch_id)
    batches.close_batch(wave, batch, by=current_actor())
    db.session.commit()
    return go_to_batch(wave, batch, _("The batch is closed. Sheets that are ready can still be counted."))


@bp.post("/waves/<slug:slug>/paper/<int:batch_id>/reopening")
@staff(Role.EDITOR)
@refused_on_batch
def reopen_batch(slug: str, batch_id: int) -> Response:
    wave = the_wave(slug)
    batch = the_batch(wave, batch_id)
    batches.reopen_batch(wave, batch, by=current_actor())
    db.session.commit()
    return go_to_batch(wave, batch, _("The batch is open again."))


def go_to_batch(wave: SurveyWave, batch: PaperBatch, sentence: str) -> Response:
    flash(sentence, "good")
    location = url_for("survey_staff.paper_batch", slug=wave.slug, batch_id=batch.id)
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]


def sheet_words() -> dict[SheetState, tuple[str, str]]:
    """What each state is called, and the kind of its tag."""
    return {
        SheetState.HALF: (_("waits for the second reading"), "upcoming"),
        SheetState.DIFFERENT: (_("the readings differ"), "soon"),
        SheetState.READY: (_("ready to be counted"), "open"),
        SheetState.COUNTED: (_("counted"), "closed"),
        SheetState.LATE: (_("not counted in time"), "bad"),
    }


def _counted_words(tally: batches.Tally) -> str:
    if not tally.counted:
        return _("There was nothing to count.")
    words = ngettext("%(num)s sheet was counted.", "%(num)s sheets were counted.", tally.counted)
    if not tally.left:
        return words
    more = ngettext("%(num)s more is ready.", "%(num)s more are ready. Please count again.", tally.left)
    return f"{words} {more}"


def _batches_page(wave: SurveyWave, *, status: int = 200, problem: str = "") -> Response:
    return page(
        "surveys/staff/waves/paper.html",
        status=status,
        wave=wave,
        problem=problem,
        has_errors=bool(problem),
        rows=batches_of(wave),
        why_not=batches.why_no_paper(wave),
        until=moment(ends_with_grace(wave)),
        is_alone=is_alone(g.city),
        versions=list(range(wave.version or 0, 0, -1)),
        typed=request.form,
        most=batches.MAX_NAME,
    )


def _batch_page(wave: SurveyWave, batch: PaperBatch, *, status: int = 200, problem: str = "") -> Response:
    pile = pile_of(batch, wave)
    alone = is_alone(g.city)
    return page(
        "surveys/staff/waves/batch.html",
        status=status,
        wave=wave,
        batch=batch,
        pile=pile,
        problem=problem,
        has_errors=bool(problem),
        why_not=batches.why_no_paper(wave),
        until=moment(ends_with_grace(wave)),
        is_alone=alone,
        words=sheet_words(),
        states=SheetState,
        read_again=pile.next_to_read_again(current_actor().id, alone=alone),
    )
