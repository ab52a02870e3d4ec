"""What people wrote freely, in the console: read, then shown or not, one by one or many at once."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import localized
from citizen.core.web import done, page, uncached, wants_fragment
from surveys import moderating
from surveys.models import SurveyText, SurveyWave
from surveys.questionnaire import OTHER
from surveys.staff.room import bp, the_wave
from surveys.versions import asked_versions
from surveys.written import PAGE, Counts, Selection, TextState, counts, number_of, text_page, text_with

LOOKED_AT = 5
"""How many texts a preview shows."""


@bp.get("/waves/<slug:slug>/texts")
@staff(Role.MODERATOR)
def texts(slug: str) -> Response:
    """The texts of one question in one state; what is searched and filtered stands in the address."""
    return _texts_page(the_wave(slug))


@bp.post("/waves/<slug:slug>/texts/<key>/approval")
@staff(Role.MODERATOR)
def approve_text(slug: str, key: str) -> Response:
    return _decide(slug, key, TextState.APPROVED, "", _("The text is now shown with the result."))


@bp.post("/waves/<slug:slug>/texts/<key>/rejection")
@staff(Role.MODERATOR)
def reject_text(slug: str, key: str) -> Response:
    return _decide(slug, key, TextState.REJECTED, _reason(), _("The text is not shown."))


@bp.get("/waves/<slug:slug>/texts/decision")
@staff(Role.MODERATOR)
def preview_decision(slug: str) -> Response:
    """How many texts it is about, before anything is decided."""
    wave = the_wave(slug)
    selection = _selection(wave, request.args, _keys())
    return _preview_page(wave, selection, number_of(wave, selection))


@bp.post("/waves/<slug:slug>/texts/decision")
@staff(Role.MODERATOR)
def decide_texts(slug: str) -> Response:
    wave, decision = the_wave(slug), _decision(request.form)
    selection, number = _selection(wave, request.form, _keys()), request.form.get("number", 0, type=int)
    reason = _reason() if decision is TextState.REJECTED else ""
    try:
        act = moderating.decide_texts(wave, selection, decision, reason, number=number, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        recounted = refusal.number if isinstance(refusal, moderating.Recounted) else number
        return _preview_page(wave, selection, recounted, refusal=refusal)
    return _back(wave, selection, _decided_words(decision, number), act=act.hex())


@bp.post("/waves/<slug:slug>/texts/reversal")
@staff(Role.MODERATOR)
def take_back(slug: str) -> Response:
    """Undo the act that this person has just done."""
    wave = the_wave(slug)
    try:
        number = moderating.take_back(wave, _key(request.form.get("act", "")), by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _texts_page(wave, refusal=refusal)
    words = ngettext("%(num)s text waits again.", "%(num)s texts wait again.", number)
    return _back(wave, Selection(request.form.get("field", "")), words)


def field_words(wave: SurveyWave) -> dict[str, str]:
    """What each field that people write into is called, in the order of the newest questionnaire."""
    words: dict[str, str] = {}
    for questionnaire in asked_versions(wave).values():
        for question in questionnaire.questions:
            text = str(localized(question.text)) or question.code
            words.setdefault(question.code, text)
            words.setdefault(f"{question.code}.{OTHER}", _("%(question)s (something else)", question=text))
    return words


def _decide(slug: str, key: str, decision: TextState, reason: str, sentence: str) -> Response:
    wave = the_wave(slug)
    text = text_with(wave, _key(key)) or abort(404)
    before = Selection(text.field, TextState(text.state))
    try:
        act = moderating.decide_text(wave, text, decision, reason, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _refused(wave, text, refusal)
    location = _address(wave, before, act=act.hex())
    if not wants_fragment():
        flash(sentence, "good")
    return done("surveys/staff/waves/_text.html", location, wave=wave, row=text, sentence=sentence)


def _refused(wave: SurveyWave, text: SurveyText, refusal: Refused) -> Response:
    """The text as it is now, with the reason why nothing was done."""
    db.session.refresh(text)
    context: dict[str, Any] = {"wave": wave, "row": text, "problem": refusal.sentence, "reason": _reason()}
    fragment = "surveys/staff/waves/_text.html"
    return page(
        "surveys/staff/waves/one_text.html", fragment=fragment, status=refusal.status, has_errors=True, **context
    )


def _texts_page(wave: SurveyWave, refusal: Refused | None = None) -> Response:
    numbers, words = counts(wave), field_words(wave)
    selection = _selection(wave, request.args)
    return page(
        "surveys/staff/waves/texts.html",
        fragment="surveys/staff/waves/_texts.html",
        status=refusal.status if refusal else 200,
        wave=wave,
        problem=refusal.sentence if refusal else "",
        has_errors=refusal is not None,
        selection=selection,
        numbers=numbers.get(selection.field, {}),
        fields=[(field, words.get(field, field), numbers[field]) for field in _in_order(numbers, words)],
        field_word=words.get(selection.field, selection.field),
        states=state_words(),
        found=text_page(wave, selection, _key(request.args.get("after", ""))),
        is_later="after" in request.args,
        act=request.args.get("act", ""),
    )


def state_words() -> dict[TextState, str]:
    return {TextState.HELD: _("Waiting"), TextState.APPROVED: _("Shown"), TextState.REJECTED: _("Not shown")}


def _preview_page(wave: SurveyWave, selection: Selection, number: int, refusal: Refused | None = None) -> Response:
    return page(
        "surveys/staff/waves/decision.html",
        status=refusal.status if refusal else 200,
        wave=wave,
        selection=selection,
        number=number,
        decision=_decision(request.values),
        field_word=field_words(wave).get(selection.field, selection.field),
        samples=text_page(wave, selection, most=LOOKED_AT).texts,
        reason=_reason(),
        back=_address(wave, selection),
        errors=[(refusal.sentence, None)] if refusal else [],
        has_errors=refusal is not None,
    )


def _selection(wave: SurveyWave, asked: Mapping[str, str], keys: tuple[bytes, ...] | None = None) -> Selection:
    """What the address or the form asks for; the first question with something that waits, unless it names one."""
    state, words = asked.get("state", ""), asked.get("q", "")[:200]
    field = asked.get("field") or _first_field(wave)
    chosen = TextState(state) if state in set(TextState) else TextState.HELD
    return Selection(field, chosen, words, keys)


def _keys() -> tuple[bytes, ...] | None:
    """The texts that were ticked, perhaps none; None where all are meant."""
    if request.values.get("only") == "all":
        return None
    return tuple(_key(key) for key in request.values.getlist("key")[:PAGE])


def _first_field(wave: SurveyWave) -> str:
    numbers = counts(wave)
    ordered = _in_order(numbers, field_words(wave))
    return next((field for field in ordered if numbers[field][TextState.HELD]), next(iter(ordered), ""))


def _in_order(numbers: Counts, words: Mapping[str, str]) -> list[str]:
    """Fields with texts, in the order of the questionnaire."""
    places = {field: place for place, field in enumerate(words)}
    return sorted(numbers, key=lambda field: places.get(field, len(places)))


def _decision(asked: Mapping[str, str]) -> TextState:
    return TextState.REJECTED if asked.get("decision") == TextState.REJECTED else TextState.APPROVED


def _decided_words(decision: TextState, number: int) -> str:
    if decision is TextState.APPROVED:
        return ngettext("%(num)s text is now shown.", "%(num)s texts are now shown.", number)
    return ngettext("%(num)s text is not shown.", "%(num)s texts are not shown.", number)


def _reason() -> str:
    return request.form.get("reason", "").strip()


def _key(text: str) -> bytes:
    """The random key of a text or of an act from its address. 404 for what is none."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        abort(404)


def _back(wave: SurveyWave, selection: Selection, sentence: str, act: str | None = None) -> Response:
    flash(sentence, "good")
    return uncached(redirect(_address(wave, selection, act=act), code=303))  # type: ignore[arg-type]


def _address(wave: SurveyWave, selection: Selection, *, act: str | None = None) -> str:
    asked: dict[str, Any] = {
        "field": selection.field or None,
        "state": selection.state.value,
        "q": selection.words or None,
        "act": act,
    }
    return url_for("survey_staff.texts", slug=wave.slug, **asked)
