"""The blueprint that all pages of the console about surveys share, and how they find a survey or a wave."""

from flask import Blueprint, g

from citizen.core.web import find_or_404
from surveys.models import Survey, SurveyWave

bp = Blueprint("survey_staff", __name__, url_prefix="/<slug:city_slug>/staff/surveys")


def the_survey(survey_id: int) -> Survey:
    return find_or_404(Survey.in_city(g.city), id=survey_id)


def the_wave(slug: str) -> SurveyWave:
    return find_or_404(SurveyWave.in_city(g.city), slug=slug)
