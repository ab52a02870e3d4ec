"""What came out so far, for analysts at any time; for everybody else on the staff once the public sees it."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, g, request

from citizen.accounts.access import staff
from citizen.accounts.models import Role
from citizen.core.web import page, uncached
from citizen.participation.rules import may_see_results
from surveys.comparing import chosen_places, compare, number_of_waves, waves_to_compare
from surveys.models import SurveyWave
from surveys.report.changes import change_report
from surveys.report.showing import Shown
from surveys.report.texts import texts_shown
from surveys.staff.room import bp, the_wave
from surveys.views.looking import lens_or_404, made_ready, not_counted_yet, shown

PLACES = {"page": "survey_staff.results", "csv": "survey_staff.results_csv", "json": "survey_staff.results_json"}
PLACES |= {"texts": "survey_staff.results_texts", "comparison": "survey_staff.comparison"}


@bp.get("/waves/<slug:slug>/results")
@staff(Role.VIEWER)
def results(slug: str) -> Response:
    """The page of the public, at any time for those who may."""
    wave = _asked_wave(slug)
    context: dict[str, Any] = {"wave": wave, "places": PLACES, "receipt": ""}
    if not _may_see(wave):
        return page("surveys/staff/results/hidden.html", **context)
    lens = lens_or_404(wave)
    ready = made_ready(wave, lens)
    if ready.counted is None:
        return page("surveys/staff/results/waiting.html", status=202, lens=lens, **context)
    context |= {"shown": shown(wave, lens, ready), "waves": number_of_waves(wave, early=True)}
    return page("surveys/staff/results/show.html", **context)


@bp.get("/waves/<slug:slug>/results.json")
@staff(Role.VIEWER)
def results_json(slug: str) -> Response:
    return _file(slug, Shown.as_json, "application/json")


@bp.get("/waves/<slug:slug>/results.csv")
@staff(Role.VIEWER)
def results_csv(slug: str) -> Response:
    response = _file(slug, Shown.as_csv, "text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return response


@bp.get("/waves/<slug:slug>/results/texts/<field>")
@staff(Role.VIEWER)
def results_texts(slug: str, field: str) -> Response:
    """Texts that were approved: the others wait on the moderators' page."""
    wave = _seen_wave(slug)
    found = texts_shown(wave, field, request.args.get("after", "")) or abort(404)
    return page("surveys/staff/results/texts.html", wave=wave, found=found, places=PLACES, receipt="")


@bp.get("/waves/<slug:slug>/comparison")
@staff(Role.VIEWER)
def comparison(slug: str) -> Response:
    """The waves of the survey beside each other: for analysts all that have opened."""
    wave = _seen_wave(slug)
    waves = waves_to_compare(wave, early=_is_early())
    places = chosen_places(waves, request.args.get("from", ""), request.args.get("to", "")) or abort(404)
    found = change_report(compare(waves, *places)) if len(waves) > 1 else None
    return page("surveys/staff/results/comparison.html", wave=wave, waves=waves, report=found, places=PLACES)


def _file(slug: str, written: Callable[[Shown], str], mimetype: str) -> Response:
    wave = _seen_wave(slug)
    lens = lens_or_404(wave)
    ready = made_ready(wave, lens)
    if ready.counted is None:
        return not_counted_yet()
    return uncached(Response(written(shown(wave, lens, ready)), mimetype=mimetype))


def _asked_wave(slug: str) -> SurveyWave:
    """A wave that was asked, or will be: a draft has no questions of its own yet."""
    wave = the_wave(slug)
    return wave if wave.version else abort(404)


def _seen_wave(slug: str) -> SurveyWave:
    wave = _asked_wave(slug)
    return wave if _may_see(wave) else abort(403)


def _may_see(wave: SurveyWave) -> bool:
    return _is_early() or may_see_results(wave, has_answered=False)


def _is_early() -> bool:
    """Analysts and admins see results before the public does."""
    role: Role = g.role
    return role.covers(Role.ANALYST)
