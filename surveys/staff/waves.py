"""The waves of a survey in the console: planning one, and the page of one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, flash, g, redirect, request, url_for
from flask_babel import gettext as _

from citizen.accounts.access import current_actor, staff
from citizen.accounts.models import Role
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.web import find_or_404, page, uncached
from surveys import rules, waves
from surveys.models import Survey, SurveyWave
from surveys.staff.room import bp, the_survey, the_wave
from surveys.staff.waves_forms import WaveForm, suggestions
from surveys.staff.waves_overview import overview

View = Callable[..., Response]


@bp.get("/<int:survey_id>/waves/new")
@staff(Role.EDITOR)
def new_wave(survey_id: int) -> Response:
    """A blank plan; `?after=<slug>` gives the plan of an earlier wave, moved on."""
    survey = the_survey(survey_id)
    slug = request.args.get("after")
    after = find_or_404(SurveyWave.in_city(g.city), slug=slug, survey_id=survey.id) if slug else None
    return _form_page(WaveForm.blank(g.city, after), survey)


@bp.post("/<int:survey_id>/waves/new")
@staff(Role.EDITOR)
def create_wave(survey_id: int) -> Response:
    survey = the_survey(survey_id)
    return _save(WaveForm.sent(g.city), survey)


@bp.get("/waves/<slug:slug>/edit")
@staff(Role.EDITOR)
def edit_wave(slug: str) -> Response:
    """Once the public has seen it there is no such form any more, and its page says what can be done."""
    wave = the_wave(slug)
    if not rules.may_change(wave):
        return _refused_page(slug, waves.frozen())
    return _form_page(WaveForm.of(wave), wave.survey, wave)


@bp.post("/waves/<slug:slug>/edit")
@staff(Role.EDITOR)
def revise_wave(slug: str) -> Response:
    wave = the_wave(slug)
    return _save(WaveForm.of(wave), wave.survey, wave)


@bp.get("/waves/<slug:slug>")
@staff(Role.VIEWER)
def show(slug: str) -> Response:
    """One wave: where it stands, how many answered, how to share it, what waits."""
    return page("surveys/staff/waves/show.html", **overview(the_wave(slug)))


def refused_on_its_page(view: View) -> View:
    """Where the act is refused: the wave as it stands, with the sentence that says why."""

    @wraps(view)
    def guarded(**values: Any) -> Response:
        try:
            return view(**values)
        except Refused as refusal:
            db.session.rollback()
            return _refused_page(values["slug"], refusal)

    return guarded


def _refused_page(slug: str, refusal: Refused) -> Response:
    context = overview(the_wave(slug)) | {"problem": refusal.sentence}
    return page("surveys/staff/waves/show.html", status=refusal.status, **context)


def back_to(wave: SurveyWave, sentence: str) -> Response:
    flash(sentence, "good")
    return go_on(url_for("survey_staff.show", slug=wave.slug))


def go_on(location: str) -> Response:
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]


def published_words(wave: SurveyWave) -> str:
    if wave.is_open:
        return _("The survey is open. Below you find its address, a QR code, a poster and a paper form.")
    return _("The survey is published. It opens by itself at the planned time.")


def _save(form: WaveForm, survey: Survey, wave: SurveyWave | None = None) -> Response:
    """Plan or change the wave, and publish it where that was the button."""
    publishes = "publish" in request.form
    if not form.is_sound():
        return _form_page(form, survey, wave, status=422)
    try:
        saved = _written(form, survey, wave)
        if publishes:
            waves.publish_wave(saved, by=current_actor())
        db.session.commit()
    except Refused as refusal:
        db.session.rollback()
        return _refused(form, survey, wave, refusal)
    return back_to(saved, published_words(saved) if publishes else _("Saved."))


def _written(form: WaveForm, survey: Survey, wave: SurveyWave | None) -> SurveyWave:
    if wave is None:
        return waves.plan_wave(survey, form.as_plan(), by=current_actor())
    waves.change_wave(wave, form.as_plan(), seen=str(form.seen.data), by=current_actor())
    return wave


def _refused(form: WaveForm, survey: Survey, wave: SurveyWave | None, refusal: Refused) -> Response:
    """Everything typed is still there. Who was overtaken may save once more, knowingly over the other's plan."""
    form.form_errors = [refusal.sentence]
    is_outdated = isinstance(refusal, waves.Outdated)
    if is_outdated and wave is not None:
        form.seen.data = waves.mark_of(wave)
    return _form_page(form, survey, wave, status=refusal.status, is_outdated=is_outdated)


def _form_page(
    form: WaveForm, survey: Survey, wave: SurveyWave | None = None, *, status: int = 200, is_outdated: bool = False
) -> Response:
    return page(
        "surveys/staff/waves/edit.html",
        status=status,
        form=form,
        survey=survey,
        wave=wave,
        is_outdated=is_outdated,
        languages=g.city.languages,
        suggestions={code: suggestions(code) for code in g.city.languages},
    )
