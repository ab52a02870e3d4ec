"""Asking a survey: planning waves, publishing them, going on with a newer questionnaire. Nothing here commits."""

from dataclasses import dataclass, field
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.slugs import free_slug, slug_from
from citizen.participation import actions as participation
from citizen.participation.models import Assurance, ResultsRule
from citizen.participation.running import hold, subject
from surveys import rules
from surveys.models import Survey, SurveyVersion, SurveyWave
from surveys.questionnaire import dumped, loaded
from surveys.versions import with_versions

USUAL_GRACE = 60
RESERVED = {"new", "import", "waves", "templates"}
"""Names that addresses of the console need."""


@dataclass(frozen=True)
class WavePlan:
    """All that staff decide about a wave. `name` tells waves apart ("Before", "After"), by language."""

    opens_at: datetime
    closes_at: datetime
    name: dict[str, str] = field(default_factory=dict)
    slug: str = ""
    results: ResultsRule = ResultsRule.AFTER_CLOSE
    assurance: Assurance = Assurance.DEVICE
    grace_minutes: int = USUAL_GRACE


def plan_wave(survey: Survey, plan: WavePlan, *, by: Actor) -> SurveyWave:
    """A new wave that only staff see."""
    slug = _slug_for(survey, plan)
    wave = SurveyWave(city=survey.city, city_id=survey.city_id, slug=slug, survey=survey, title=dict(survey.title))
    _write(wave, plan)
    db.session.add(wave)
    db.session.flush()
    audit.record("planned", subject(wave), by=by, city_id=survey.city_id)
    return wave


def publish_wave(wave: SurveyWave, *, by: Actor) -> None:
    """Show the wave to the public with the questionnaire as it is now; it opens at its own moment, or now."""
    hold(wave)
    if not rules.may_publish(wave):
        raise Refused(_("This survey is already published."))
    if wave.closes_at <= clock.now():
        raise Refused(_("Please choose a closing time in the future."), status=422)
    wave.version = fix_version(wave.survey)
    wave.title = dict(wave.survey.title)
    wave.published_at = clock.now()
    wave.opens_at = max(wave.opens_at, wave.published_at)
    participation.give_secret(wave)
    audit.record("published", subject(wave), by=by, city_id=wave.city_id, version=wave.version)


def renew_wave(wave: SurveyWave, *, by: Actor) -> None:
    """Go on with the questionnaire as it is now. What was answered stays with the version that it was asked by."""
    hold(wave)
    if not rules.may_renew(wave):
        raise Refused(_("This survey has ended. You can plan a new wave."))
    before, wave.version = wave.version, fix_version(wave.survey)
    wave.title = dict(wave.survey.title)
    audit.record("renewed", subject(wave), by=by, city_id=wave.city_id, before=before, after=wave.version)


def fix_version(survey: Survey) -> int:
    """The number of the version that equals the questionnaire as it is now; a new one where none does."""
    rows = versions_of(survey)
    questionnaire = with_versions(loaded(survey.document), [loaded(row.document) for row in rows])
    document = dumped(questionnaire)
    if rows and rows[-1].document == document:
        return rows[-1].number
    number = rows[-1].number + 1 if rows else 1
    db.session.add(SurveyVersion(city_id=survey.city_id, survey_id=survey.id, number=number, document=document))
    db.session.flush()
    return number


def versions_of(survey: Survey) -> list[SurveyVersion]:
    """What was ever published, oldest first."""
    query = select(SurveyVersion).filter_by(city_id=survey.city_id, survey_id=survey.id)
    return list(db.session.scalars(query.order_by(SurveyVersion.number)))


def _write(wave: SurveyWave, plan: WavePlan) -> None:
    wave.name, wave.grace_minutes = dict(plan.name), plan.grace_minutes
    wave.opens_at, wave.closes_at = plan.opens_at, plan.closes_at
    wave.results, wave.assurance = plan.results.value, int(plan.assurance)


def _slug_for(survey: Survey, plan: WavePlan) -> str:
    """The name that staff chose, refused where it is taken; or one made from the title, with a number if need be."""
    if plan.slug:
        if _is_taken(plan.slug, survey):
            raise Refused(_("Another survey of your city has this short name."), status=422)
        return plan.slug
    wish = slug_from(survey.title.get(survey.city.languages[0], "")) or "survey"
    return free_slug(wish, lambda slug: _is_taken(slug, survey))


def _is_taken(slug: str, survey: Survey) -> bool:
    same = SurveyWave.in_city(survey.city).where(SurveyWave.slug == slug)
    return slug in RESERVED or db.session.scalar(same) is not None
