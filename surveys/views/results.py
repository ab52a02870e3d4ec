"""What came out of a survey: the page, files for programs, texts, and wave against wave."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, render_template, request

from citizen.core.pages import shared_page
from citizen.core.web import page, public
from citizen.participation.rules import may_see_results
from surveys import statistics
from surveys.comparing import chosen_places, compare, number_of_waves, waves_to_compare
from surveys.models import SurveyWave
from surveys.report.changes import change_report
from surveys.report.showing import Shown
from surveys.report.texts import texts_shown
from surveys.views.finding import public_wave
from surveys.views.looking import (
    ASKED,
    ensure_visible,
    has_answered,
    lens_or_404,
    made_ready,
    not_counted_yet,
    shown,
)
from surveys.views.room import bp

PLACES = {"page": "survey.results", "csv": "survey.results_csv", "json": "survey.results_json"}
PLACES |= {"texts": "survey.texts", "comparison": "survey.comparison"}
"""Where the pages of results lead to; the console has pages of its own."""


@bp.get("/<slug:slug>/results")
@public
def results(slug: str) -> Response:
    """What came out, as soon as staff's rule lets it be seen."""
    wave = public_wave(slug)
    if not may_see_results(wave, has_answered=has_answered(wave)):
        return shared_page(lambda: render_template("surveys/results_hidden.html", wave=wave), wave.state)
    lens = lens_or_404(wave)
    ready = made_ready(wave, lens)
    if ready.counted is None:
        return page("surveys/results_waiting.html", status=202, wave=wave, lens=lens, places=PLACES)
    seen = shown(wave, lens, ready)
    receipt, waves = request.args.get("receipt", ""), number_of_waves(wave)
    context: dict[str, Any] = {"wave": wave, "shown": seen, "places": PLACES, "receipt": receipt, "waves": waves}
    if receipt:
        return page("surveys/results.html", **context)
    return shared_page(
        lambda: render_template("surveys/results.html", **context), wave.state, ready, waves, asked=ASKED
    )


@bp.get("/<slug:slug>/results.json")
@public
def results_json(slug: str) -> Response:
    return _file(slug, Shown.as_json, "application/json")


@bp.get("/<slug:slug>/results.csv")
@public
def results_csv(slug: str) -> Response:
    response = _file(slug, Shown.as_csv, "text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return response


@bp.get("/<slug:slug>/results/texts/<field>")
@public
def texts(slug: str, field: str) -> Response:
    """What people wrote, as far as a moderator has approved it, page by page."""
    wave = public_wave(slug)
    ensure_visible(wave)
    found = texts_shown(wave, field, request.args.get("after", "")) or abort(404)
    receipt = request.args.get("receipt", "")
    return page("surveys/results_texts.html", wave=wave, found=found, places=PLACES, receipt=receipt)


@bp.get("/<slug:slug>/comparison")
@public
def comparison(slug: str) -> Response:
    """The waves of the survey whose results may be seen, beside each other."""
    wave = public_wave(slug)
    waves = waves_to_compare(wave)
    if wave.id not in {one.id for one in waves}:
        return shared_page(lambda: render_template("surveys/results_hidden.html", wave=wave), wave.state)
    places = chosen_places(waves, request.args.get("from", ""), request.args.get("to", "")) or abort(404)
    versions = [(one.id, one.state, statistics.count(one)) for one in waves]
    return shared_page(lambda: _comparison(wave, waves, places), *versions, asked=("from", "to"))


def _comparison(wave: SurveyWave, waves: list[SurveyWave], places: tuple[int, int]) -> str:
    found = change_report(compare(waves, *places)) if len(waves) > 1 else None
    return render_template("surveys/comparison.html", wave=wave, waves=waves, report=found, places=PLACES)


def _file(slug: str, written: Callable[[Shown], str], mimetype: str) -> Response:
    wave = public_wave(slug)
    ensure_visible(wave)
    lens = lens_or_404(wave)
    ready = made_ready(wave, lens)
    if ready.counted is None:
        return not_counted_yet()
    seen = shown(wave, lens, ready)
    return shared_page(lambda: written(seen), wave.state, ready, mimetype=mimetype, asked=ASKED)
