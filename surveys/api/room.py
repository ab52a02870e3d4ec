"""The blueprint that all endpoints about surveys share, and how they find what they are about."""

from flask import Blueprint, g

from citizen.accounts.access import token_here
from citizen.core.api import API_ROOT
from citizen.core.web import find_or_404
from surveys.models import Survey, SurveyWave

bp = Blueprint("surveys_api", __name__, url_prefix=f"{API_ROOT}/cities/<slug:city_slug>")


def the_survey(survey_id: int) -> Survey:
    return find_or_404(Survey.in_city(g.city), id=survey_id)


def the_wave(slug: str) -> SurveyWave:
    return find_or_404(SurveyWave.in_city(g.city), slug=slug)


def readable_wave(slug: str) -> SurveyWave:
    """What the public may know of, and drafts too for programs of this city."""
    query = SurveyWave.in_city(g.city) if token_here() else SurveyWave.public_in(g.city)
    return find_or_404(query, slug=slug)
