"""What waits for staff of surveys, on the first page of the console."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import selectinload

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.core.i18n import localized, number
from citizen.participation.desk import Task, console_url, source
from citizen.participation.models import State
from surveys.actions import ends_with_grace
from surveys.models import Survey, SurveyWave
from surveys.paper.piles import uncounted_sheets
from surveys.written import waves_with_held_texts

LATELY = timedelta(days=30)
"""For how long a survey that ended, or that nobody plans to ask, waits for a next act."""

MOST = 20


@source
def texts_to_read(city: City) -> list[Task]:
    return [
        Task(
            ngettext("%(n)s text waits for a decision", "%(n)s texts wait for a decision", n, n=number(n)),
            str(localized(wave.title)),
            url_for("survey_staff.texts", slug=wave.slug),
        )
        for wave, n in waves_with_held_texts(city)
    ]


@source
def sheets_to_count(city: City) -> list[Task]:
    """Sheets on paper, as long as they can be counted."""
    waiting = uncounted_sheets(city)
    waves = db.session.scalars(SurveyWave.in_city(city).where(SurveyWave.id.in_(waiting)))
    return [_paper_task(w, waiting[w.id]) for w in waves if w.sealed_at is None and ends_with_grace(w) > clock.now()]


def _paper_task(wave: SurveyWave, n: int) -> Task:
    words = ngettext("%(num)s paper sheet is not counted yet", "%(num)s paper sheets are not counted yet", n)
    return Task(words, str(localized(wave.title)), url_for("survey_staff.paper", slug=wave.slug))


@source
def surveys_without_next_act(city: City) -> list[Task]:
    """Surveys that nobody plans to ask, plans whose opening has passed unpublished, and waves that ended lately."""
    query = Survey.in_city(city).where(Survey.is_template.is_(False)).options(selectinload(Survey.waves))
    surveys = db.session.scalars(query.order_by(Survey.id.desc()).limit(MOST))
    tasks = [_next_act(survey, survey.waves) for survey in surveys]
    return [task for task in tasks if task]


def _next_act(survey: Survey, waves: list[SurveyWave]) -> Task | None:
    """What should come next; None where something is under way, or where it is long over."""
    about, since = str(localized(survey.title)), clock.now() - LATELY
    if not waves:
        address = url_for("survey_staff.new_wave", survey_id=survey.id)
        return Task(_("Plan when to ask this"), about, address) if survey.created_at > since else None
    late = next((w for w in waves if w.state is State.DRAFT and w.opens_at <= clock.now()), None)
    if late:
        return Task(_("Not published yet, and its opening time has passed"), about, console_url(late))
    last = waves[-1]
    is_over = all(wave.state is State.CLOSED for wave in waves) and last.ends_at > since
    return Task(_("Has ended: read the results, or plan the next wave"), about, console_url(last)) if is_over else None
