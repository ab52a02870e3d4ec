"""How the pages of citizens find a wave, what it asks, and each other."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel.numbers import get_decimal_symbol
from flask import Response, g, redirect, request, url_for
from flask_babel import get_locale

from citizen.cities.districts import District
from citizen.cities.maps import city_map
from citizen.core import clock
from citizen.core.db import db
from citizen.core.kept import kept
from citizen.core.web import find_or_404, uncached
from citizen.participation.identity import declared_channel
from surveys.files import file_finder, without_files
from surveys.kiosk import FLAG, is_kiosk
from surveys.models import SurveyWave
from surveys.questionnaire import Kind, Questionnaire
from surveys.sheets.filling import Filling, no_file
from surveys.versions import questionnaire_of


def public_wave(slug: str) -> SurveyWave:
    """The published wave of this city, for reading; 404 where there is none."""
    key = ("survey", g.city.id, slug)
    return kept(key, g.city.revision, lambda: find_or_404(SurveyWave.public_in(g.city), slug=slug))


def questionnaire_for(wave: SurveyWave, version: int | None = None) -> Questionnaire:
    """What citizens are asked here; the present version unless they saw an earlier one."""
    return without_files(questionnaire_of(wave, sound_version(wave, version)))


def sound_version(wave: SurveyWave, version: int | None) -> int:
    """The version that a form names, where there was one; else the present one."""
    present = wave.version or 1
    return version if version is not None and 0 < version < present else present


def filling_of(
    questionnaire: Questionnaire, typed: Mapping[str, Sequence[str]], wave: SurveyWave | None = None
) -> Filling:
    """The sheet with what was typed, read as the reader's language writes numbers. `wave`: whose files it may name."""
    has_place = any(question.kind is Kind.PLACE for question in questionnaire.questions)
    rows = list(db.session.scalars(District.in_city(g.city))) if has_place else []
    return Filling(
        questionnaire=questionnaire,
        typed=typed,
        today=clock.day_in(g.city.time_zone),
        districts={row.code: row.name for row in rows},
        decimal=get_decimal_symbol(get_locale() or "en"),
        map=city_map(rows),
        kept_file=file_finder(wave) if wave else no_file,
    )


def place(wave: SurveyWave, endpoint: str, /, **values: Any) -> str:
    """Address of one of the wave's pages: the way that somebody came by stays in it, and so does the kiosk."""
    via = request.args.get("via")
    if via:
        values.setdefault("via", declared_channel(via).value)
    if is_kiosk(request, wave):
        values.setdefault(FLAG, 1)
    return url_for(f"survey.{endpoint}", slug=wave.slug, **values)


def home(wave: SurveyWave) -> str:
    """The page where the survey begins. The next visitor of a kiosk gets it in the city's own language."""
    if is_kiosk(request, wave):
        return url_for("survey.kiosk_start", slug=wave.slug, lang=None)
    return place(wave, "show")


def see_other(location: str) -> Response:
    """303: the next page, to be fetched rather than posted to."""
    return uncached(redirect(location, code=303))  # type: ignore[arg-type]
