"""Asking a survey: planning waves, publishing them, going on with a newer questionnaire. Nothing here commits."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from citizen.core import audit, clock
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.faults import Fault
from citizen.core.slugs import LONGEST, free_slug, slug_from
from citizen.core.texts import is_plain, is_slug
from citizen.participation import actions as participation
from citizen.participation.models import Assurance, ResultsRule
from citizen.participation.running import hold, subject
from surveys import rules
from surveys.checker import ensure_ready
from surveys.models import Survey, SurveyVersion, SurveyWave, new_kiosk_key
from surveys.questionnaire import Questionnaire, dumped, loaded
from surveys.versions import with_versions

USUAL_GRACE = 60
MOST_GRACE = 14 * 24 * 60
"""Minutes: two weeks for paper that comes by post."""

LENGTHS = {"name": 80, "paper_return": 300}
"""The longest text of each part of a plan, in characters."""

LEVELS = (Assurance.OPEN, Assurance.DEVICE, Assurance.CONTACT)
"""The levels that a survey may ask for."""

RESERVED = {"new", "import", "waves", "templates"}
"""Names that addresses of the console need."""


@dataclass(frozen=True)
class WavePlan:
    """All that staff decide about a wave. `name` tells waves apart ("Before", "After"), by language.

    `grace_minutes` is how long after the end late sheets are taken, paper among them; `paper_return` says where paper
    sheets go, by language.
    """

    opens_at: datetime
    closes_at: datetime
    name: dict[str, str] = field(default_factory=dict)
    slug: str = ""
    results: ResultsRule = ResultsRule.AFTER_CLOSE
    assurance: Assurance = Assurance.DEVICE
    grace_minutes: int = USUAL_GRACE
    paper_return: dict[str, str] = field(default_factory=dict)


class Outdated(Refused):
    """Somebody else changed the wave after this member of staff had opened it."""


def plan_wave(survey: Survey, plan: WavePlan, *, by: Actor) -> SurveyWave:
    """A new wave that only staff see. Raises Refused where the plan cannot stand."""
    if survey.is_template:
        raise Refused(_("This is a template. Make a survey from it first."))
    _ensure_sound(plan, survey)
    slug = _slug_for(survey, plan)
    wave = SurveyWave(city=survey.city, city_id=survey.city_id, slug=slug, survey=survey, title=dict(survey.title))
    _write(wave, plan)
    db.session.add(wave)
    try:
        db.session.flush()
    except IntegrityError:
        raise Refused(_("Another survey was saved at the same moment. Please save again.")) from None
    audit.record("planned", subject(wave), by=by, city_id=survey.city_id)
    return wave


def change_wave(wave: SurveyWave, plan: WavePlan, *, seen: str, by: Actor) -> None:
    """Replace the plan of a draft. `seen` is the mark that it had when this member of staff opened it."""
    hold(wave)
    if not rules.may_change(wave):
        raise frozen()
    if seen != mark_of(wave):
        raise Outdated(_("Somebody else changed this plan while you were writing."))
    _ensure_sound(plan, wave.survey)
    if plan.slug != wave.slug:
        wave.slug = _slug_for(wave.survey, plan)
    _write(wave, plan)
    audit.record("changed", subject(wave), by=by, city_id=wave.city_id)


def frozen() -> Refused:
    """Why a plan that the public has seen stays as it is."""
    return Refused(_("This survey is public already. You can still change its closing time."))


def delete_wave(wave: SurveyWave, *, by: Actor) -> None:
    """Remove a draft for good."""
    hold(wave)
    if not rules.may_delete(wave):
        raise Refused(_("Only a draft can be deleted. A published survey can be withdrawn."))
    audit.record("deleted", subject(wave), by=by, city_id=wave.city_id)
    db.session.delete(wave)


def publish_wave(wave: SurveyWave, *, by: Actor) -> None:
    """Show the wave to the public with the questionnaire as it is now; it opens at its own moment, or now.

    Raises NotReady, with everything that is wrong, where the questionnaire has errors.
    """
    hold(wave)
    if not rules.may_publish(wave):
        raise Refused(_("This survey is already published."))
    if wave.closes_at <= clock.now():
        raise Refused(_("Please choose a closing time in the future."), status=422)
    ensure_ready(loaded(wave.survey.document), wave.city)
    wave.version = fix_version(wave.survey)
    wave.title = dict(wave.survey.title)
    wave.published_at = clock.now()
    wave.opens_at = max(wave.opens_at, wave.published_at)
    participation.give_secret(wave)
    audit.record("published", subject(wave), by=by, city_id=wave.city_id, version=wave.version)


def renew_wave(wave: SurveyWave, *, by: Actor) -> None:
    """Go on with the questionnaire as it is now. What was answered stays with the version that it was asked by.

    Raises NotReady as publishing does.
    """
    hold(wave)
    if not rules.may_renew(wave):
        raise Refused(_("This survey has ended. You can plan a new wave."))
    ensure_ready(loaded(wave.survey.document), wave.city)
    before, wave.version = wave.version, fix_version(wave.survey)
    wave.title = dict(wave.survey.title)
    audit.record("renewed", subject(wave), by=by, city_id=wave.city_id, before=before, after=wave.version)


def replace_kiosk_link(wave: SurveyWave, *, by: Actor) -> None:
    """Give the wave another kiosk address. Kiosks that were opened with the earlier one end at the next tap."""
    wave.kiosk_key = new_kiosk_key()
    audit.record("replaced the kiosk address", subject(wave), by=by, city_id=wave.city_id)


def fix_version(survey: Survey) -> int:
    """The number of the version that equals the questionnaire as it is now; a new one where none does."""
    rows = versions_of(survey)
    document = dumped(as_next_version(survey, rows))
    if rows and rows[-1].document == document:
        return rows[-1].number
    number = rows[-1].number + 1 if rows else 1
    db.session.add(SurveyVersion(city_id=survey.city_id, survey_id=survey.id, number=number, document=document))
    db.session.flush()
    return number


def as_next_version(survey: Survey, rows: list[SurveyVersion]) -> Questionnaire:
    """The questionnaire as it is now, with the version that each question would be published under."""
    return with_versions(loaded(survey.document), [loaded(row.document) for row in rows])


def versions_of(survey: Survey) -> list[SurveyVersion]:
    """What was ever published, oldest first."""
    query = select(SurveyVersion).filter_by(city_id=survey.city_id, survey_id=survey.id)
    return list(db.session.scalars(query.order_by(SurveyVersion.number)))


def plan_of(wave: SurveyWave) -> WavePlan:
    """The wave as the plan that would make it."""
    return WavePlan(
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        name=dict(wave.name),
        slug=wave.slug,
        results=ResultsRule(wave.results),
        assurance=Assurance(wave.assurance),
        grace_minutes=wave.grace_minutes,
        paper_return=dict(wave.paper_return),
    )


def mark_of(wave: SurveyWave) -> str:
    """Changes with every change of the plan."""
    text = json.dumps(asdict(plan_of(wave)), default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def plan_after(wave: SurveyWave) -> WavePlan:
    """The same plan for the next wave: as many days, at the same times of day, from when this one has ended."""
    zone = ZoneInfo(wave.city.time_zone)
    start, end = (moment.astimezone(zone) for moment in (wave.opens_at, wave.closes_at))
    earliest = max(clock.now(), wave.ends_at).astimezone(zone)
    opens = datetime.combine(earliest.date(), start.time(), zone)
    opens += timedelta(days=opens < earliest)
    closes = datetime.combine(opens.date() + max(end.date() - start.date(), timedelta(days=1)), end.time(), zone)
    return replace(plan_of(wave), opens_at=opens, closes_at=closes, name={}, slug="")


def faults(plan: WavePlan, languages: list[str]) -> Iterator[Fault]:
    """What not even a draft may have. `languages` are the city's."""
    for part, most in LENGTHS.items():
        yield from _text_faults(part, getattr(plan, part), most, languages)
    if plan.slug and (not is_slug(plan.slug) or len(plan.slug) > LONGEST or plan.slug in RESERVED):
        yield Fault(("slug",), _("Please use small letters from a to z, numbers and hyphens for the short name."))
    if plan.assurance not in LEVELS:
        yield Fault(("assurance",), _("A survey cannot check who answers as closely as this."))
    if not 0 <= plan.grace_minutes <= MOST_GRACE:
        yield Fault(("grace_minutes",), _("Please choose at most two weeks."))
    if plan.closes_at <= plan.opens_at:
        yield Fault(("closes_at",), _("Please choose a closing time after the opening time."))


def _text_faults(part: str, texts: dict[str, str], most: int, languages: list[str]) -> Iterator[Fault]:
    for code, text in texts.items():
        if code not in languages:
            yield Fault((part, code), _("The city has no texts in the language “%(code)s”.", code=code))
        if len(text) > most:
            yield Fault((part, code), _("Please write at most %(most)s characters.", most=most))
        if not is_plain(text, lines=part == "paper_return"):
            yield Fault((part, code), _("Please write without invisible special characters."))


def _ensure_sound(plan: WavePlan, survey: Survey) -> None:
    fault = next(faults(plan, survey.city.languages), None)
    if fault:
        raise Refused(fault.sentence, status=422)


def _write(wave: SurveyWave, plan: WavePlan) -> None:
    wave.name, wave.paper_return = dict(plan.name), dict(plan.paper_return)
    wave.opens_at, wave.closes_at = plan.opens_at, plan.closes_at
    wave.grace_minutes = plan.grace_minutes
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
