"""Surveys for the demo city: one that was asked before and is asked again, and one about a single service."""

from datetime import timedelta

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.participation.demo import Words, part, texts
from citizen.participation.models import ResultsRule
from surveys.library import template
from surveys.models import Survey, SurveyWave
from surveys.seeding import fill_wave
from surveys.templating import begin_from
from surveys.waves import WavePlan, plan_wave, publish_wave

BEFORE, AFTER, ALONE = ("Before", "Vorher"), ("After one year", "Nach einem Jahr"), ("", "")


@part
def make_demo_surveys(city: City, *, by: Actor) -> None:
    """Two surveys with invented answers. Nothing is committed."""
    priorities = _survey(city, "priorities", by=by)
    _wave(priorities, BEFORE, "priorities-before", (-380, -352), 412, ResultsRule.AFTER_CLOSE, by=by)
    _wave(priorities, AFTER, "priorities", (-10, 18), 187, ResultsRule.ALWAYS, by=by)
    _wave(_survey(city, "solution", by=by), ALONE, "library-app", (-4, 10), 64, ResultsRule.AFTER_CLOSE, by=by)


def _survey(city: City, code: str, *, by: Actor) -> Survey:
    found = template(code)
    assert found is not None, f"there is no template {code}"
    return begin_from(found.questionnaire, city, by=by)


def _wave(
    survey: Survey, name: Words, slug: str, days: tuple[int, int], sheets: int, results: ResultsRule, *, by: Actor
) -> SurveyWave:
    """An answered wave whose days of opening and closing are told from today."""
    now = clock.now()
    plan = WavePlan(now, now + timedelta(days=1), name=texts(name), slug=slug, results=results)
    wave = plan_wave(survey, plan, by=by)
    publish_wave(wave, by=by)
    db.session.flush()
    fill_wave(wave, sheets, seed=sheets)
    wave.opens_at, wave.closes_at = (now + timedelta(days=day) for day in days)
    return wave
