"""Templates: surveys to begin with, those that come with Plaza and those that a city keeps. Nothing here commits."""

from flask_babel import gettext as _
from sqlalchemy import Select

from citizen.cities.models import City
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys import drafting
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded
from surveys.texts import languages_of, limited_to


def kept_templates(city: City) -> Select[Survey]:
    """What the city keeps as templates, the newest first."""
    return Survey.in_city(city).where(Survey.is_template).order_by(Survey.id.desc())


def begin_from(questionnaire: Questionnaire, city: City, *, by: Actor) -> Survey:
    """A new survey with the template's questions."""
    return drafting.create_survey(city, in_languages_of(city, questionnaire), by=by, act="begun from a template")


def keep_as_template(survey: Survey, *, by: Actor) -> Survey:
    """Keep a copy as it is now, which later changes to the survey leave alone. The same is not kept twice."""
    if survey.is_template:
        raise Refused(_("This is a template already."))
    same = db.session.scalars(kept_templates(survey.city)).unique()
    found = next((template for template in same if template.document == survey.document), None)
    if found is None:
        found = drafting.create_survey(survey.city, loaded(survey.document), by=by, act="kept as a template")
        found.is_template = True
    return found


def in_languages_of(city: City, questionnaire: Questionnaire) -> Questionnaire:
    """Without texts in other languages; where the city speaks none of them, with all, to be translated from."""
    spoken = set(city.languages) & set(languages_of(questionnaire))
    return limited_to(questionnaire, city.languages) if spoken else questionnaire


def missing_languages(questionnaire: Questionnaire, city: City) -> list[str]:
    """The city's languages in which texts are missing."""
    whole = languages_of(questionnaire)
    return [code for code in city.languages if code not in whole]
