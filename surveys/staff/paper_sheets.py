"""Typing in one paper sheet by keyboard, and deciding where two people read it differently."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import get_decimal_symbol
from flask import Response, flash, g, redirect, request, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import page, uncached
from surveys.models import PaperBatch, SurveyWave
from surveys.paper import batches
from surveys.paper.boxes import PaperForm, is_long_scale
from surveys.paper.comparing import Choice
from surveys.paper.entering import Entered, Entry, entered
from surveys.paper.layout import how_to_answer
from surveys.paper.parts import printed, words_of
from surveys.paper.piles import DECISION, FIRST, SECOND, PaperSheet, is_alone, pile_of, sheet_of
from surveys.paper.retyping import Fields, fields_of
from surveys.questionnaire import Question
from surveys.sheets.words import InWords
from surveys.staff.paper import go_to_batch, refused_on_batch, the_batch
from surveys.staff.room import bp, the_wave

SHEET = "/waves/<slug:slug>/paper/<int:batch_id>/sheets/<int:number>"


@bp.get(SHEET)
@staff(Role.EDITOR)
@refused_on_batch
def paper_sheet(slug: str, batch_id: int, number: int) -> Response:
    """The whole questionnaire on one page. A second reading shows nothing of the first."""
    wave = the_wave(slug)
    batch = the_batch(wave, batch_id)
    sheet = sheet_of(batch, wave, number)
    reading = _reading(sheet)
    _ensure_open(wave, batch)
    batches.ensure_may_read(wave, sheet, reading, by=current_actor())
    return _sheet_page(wave, batch, sheet, reading, _shown(sheet, reading))


@bp.post(SHEET)
@staff(Role.EDITOR)
def keep_sheet(slug: str, batch_id: int, number: int) -> Response:
    wave = the_wave(slug)
    batch = the_batch(wave, batch_id)
    sheet = sheet_of(batch, wave, number)
    reading, fields = _reading(sheet), request.form.to_dict(flat=False)
    read = entered(sheet.form, fields, clock.day_in(g.city.time_zone), decimal=get_decimal_symbol(get_locale() or "en"))
    if read.problems:
        return _sheet_page(wave, batch, sheet, reading, fields, problems=read.problems)
    try:
        batches.keep_reading(wave, batch, number, reading, read.entry, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _sheet_page(wave, batch, sheet, reading, fields, refusal=refusal)
    _tell_dropped(sheet.form, number, read)
    return _go_on(wave, batch, number, reading)


@bp.get(f"{SHEET}/differences")
@staff(Role.EDITOR)
@refused_on_batch
def paper_differences(slug: str, batch_id: int, number: int) -> Response:
    """Both readings side by side, question by question."""
    wave = the_wave(slug)
    batch = the_batch(wave, batch_id)
    sheet = sheet_of(batch, wave, number)
    batches.ensure_may_read(wave, sheet, DECISION, by=current_actor())
    return _differences_page(wave, batch, sheet)


@bp.post(f"{SHEET}/differences")
@staff(Role.EDITOR)
@refused_on_batch
def decide_differences(slug: str, batch_id: int, number: int) -> Response:
    wave = the_wave(slug)
    batch = the_batch(wave, batch_id)
    sheet = sheet_of(batch, wave, number)
    choices = {code: Choice(value) for code, value in request.form.items() if value in set(Choice)}
    try:
        batches.decide(wave, batch, number, choices, clock.day_in(g.city.time_zone), by=current_actor())
        db.session.commit()
    except batches.Undecided as refusal:
        db.session.rollback()
        return _differences_page(wave, batch, sheet, choices=choices, refusal=refusal)
    return go_to_batch(wave, batch, _("Sheet %(number)s is decided.", number=number))


@bp.get(f"{SHEET}/removal")
@staff(Role.EDITOR)
def confirm_removal(slug: str, batch_id: int, number: int) -> Response:
    wave = the_wave(slug)
    batch = the_batch(wave, batch_id)
    return page("surveys/staff/waves/removal.html", wave=wave, batch=batch, number=number)


@bp.post(f"{SHEET}/removal")
@staff(Role.EDITOR)
@refused_on_batch
def take_out_sheet(slug: str, batch_id: int, number: int) -> Response:
    wave = the_wave(slug)
    batch = the_batch(wave, batch_id)
    batches.take_out(wave, batch, number, by=current_actor())
    db.session.commit()
    return go_to_batch(wave, batch, _("Sheet %(number)s is taken out.", number=number))


def _ensure_open(wave: SurveyWave, batch: PaperBatch) -> None:
    """Nobody types a whole sheet to read then that it was for nothing."""
    reason = batches.why_no_paper(wave) or (_("This batch is closed.") if batch.closed_at else "")
    if reason:
        raise Refused(reason)


def _reading(sheet: PaperSheet) -> int:
    """The reading that the address asks for; else the one that this person can give."""
    asked = request.args.get("reading", type=int)
    if asked in {FIRST, SECOND, DECISION}:
        return int(asked or FIRST)
    is_mine = FIRST not in sheet.entries or sheet.entries[FIRST].by_id == current_actor().id
    return FIRST if is_mine or not sheet.is_double else SECOND


def _shown(sheet: PaperSheet, reading: int) -> Fields:
    """What this person typed before; whoever decides begins with the first reading."""
    found = reading if reading in sheet.entries else FIRST if reading == DECISION else None
    return fields_of(sheet.form, sheet.entry(found)) if found else {}


def _go_on(wave: SurveyWave, batch: PaperBatch, number: int, reading: int) -> Response:
    """To the next sheet of the pile; back to the batch where there is none, or where that was the button."""
    saved = _("Sheet %(number)s is saved.", number=number)
    following = None if "stop" in request.form else _next(wave, batch, number, reading)
    if following is None:
        return go_to_batch(wave, batch, saved)
    flash(saved, "good")
    values: dict[str, Any] = {"slug": wave.slug, "batch_id": batch.id, "number": following, "reading": reading}
    location = url_for("survey_staff.paper_sheet", **values)
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]


def _next(wave: SurveyWave, batch: PaperBatch, number: int, reading: int) -> int | None:
    pile = pile_of(batch, wave)
    if reading == FIRST:
        free = (n for n in range(number + 1, batches.MOST_SHEETS + 1) if n not in pile.sheets)
        return next(free, None)
    return pile.next_to_read_again(current_actor().id, alone=is_alone(g.city)) if reading == SECOND else None


def _tell_dropped(form: PaperForm, number: int, read: Entered) -> None:
    """Answers to questions past which the form led: they do not count, as on the web."""
    if not read.dropped:
        return
    listed = ", ".join(str(form.numbers[code]) for code in read.dropped if code in form.numbers)
    words = ngettext(
        "Sheet %(number)s: the answer to question %(listed)s does not count, because the form leads past it.",
        "Sheet %(number)s: the answers to questions %(listed)s do not count, because the form leads past them.",
        len(read.dropped),
        number=number,
        listed=listed,
    )
    flash(words, "warn")


def _sheet_page(
    wave: SurveyWave,
    batch: PaperBatch,
    sheet: PaperSheet,
    reading: int,
    fields: Mapping[str, list[str]],
    *,
    problems: Mapping[str, str] | None = None,
    refusal: Refused | None = None,
) -> Response:
    problems = problems or {}
    errors: list[tuple[str, str | None]] = [(refusal.sentence, None)] if refusal else []
    errors += [(f"{sheet.form.numbers[code]}. {text}", f"q-{code}") for code, text in problems.items()]
    return page(
        "surveys/staff/waves/sheet.html",
        status=422 if problems else refusal.status if refusal else 200,
        wave=wave,
        batch=batch,
        number=sheet.number,
        reading=reading,
        form_fields=fields,
        problems=problems,
        errors=errors,
        has_errors=bool(errors),
        sections=_sections(sheet.form),
        is_alone=is_alone(g.city),
    )


def _sections(form: PaperForm) -> list[dict[str, Any]]:
    """The questions that can be typed in, under the titles of their sections."""
    return [
        {
            "title": printed(form, section.title),
            "questions": [_question(form, q) for q in section.questions if q.code in form.numbers],
        }
        for section in form.asked.sections
    ]


def _question(form: PaperForm, question: Question) -> dict[str, Any]:
    return {
        "code": question.code,
        "kind": question.kind.value,
        "number": form.numbers[question.code],
        "text": printed(form, question.text),
        "how": how_to_answer(question),
        "unit": words_of(question.unit),
        "is_long_scale": is_long_scale(question),
        "most": question.longest,
        "boxes": [(box, words_of(box.label)) for box in form.boxes(question)],
        "rows": [(row.code, printed(form, row.label)) for row in question.rows],
    }


def _differences_page(
    wave: SurveyWave,
    batch: PaperBatch,
    sheet: PaperSheet,
    *,
    choices: Mapping[str, Choice] | None = None,
    refusal: Refused | None = None,
) -> Response:
    first, second = sheet.entry(FIRST), sheet.entry(SECOND)
    rows = [
        (
            sheet.form.numbers[q.code],
            q.code,
            printed(sheet.form, q.text),
            *(_said(sheet, e, q) for e in (first, second)),
        )
        for q in sheet.differing
    ]
    return page(
        "surveys/staff/waves/differences.html",
        status=refusal.status if refusal else 200,
        wave=wave,
        batch=batch,
        number=sheet.number,
        rows=rows,
        readers=(sheet.entries[FIRST].by, sheet.entries[SECOND].by),
        choices=choices or {},
        errors=[(refusal.sentence, None)] if refusal else [],
        has_errors=refusal is not None,
    )


def _said(sheet: PaperSheet, entry: Entry, question: Question) -> list[str]:
    """What one of both read, in words."""
    value, _other, is_unreadable = entry.part(question)
    if is_unreadable:
        return [_("cannot be read")]
    return InWords(sheet.form.districts, entry.values).lines(question, value) or [_("left empty")]
