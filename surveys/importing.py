"""From a checked file to a survey. Between the report and the survey the questionnaire rides in a signed ticket.

So nothing is saved before staff say so, nothing has to be cleaned up after those who do not, and any web node can
go on where another one stopped.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys.drafting import create_survey
from surveys.models import Survey, SurveyRevision
from surveys.questionnaire import Questionnaire, dumped, loaded

LIFE = timedelta(hours=12)
IMPORTED = "imported"


@dataclass(frozen=True)
class Checked:
    """A questionnaire whose report somebody read, and when it was checked."""

    questionnaire: Questionnaire
    at: datetime


def ticket(questionnaire: Questionnaire, city: City, *, by: Actor) -> str:
    """The questionnaire, signed: for this person in this city, for half a day."""
    return _signer().dumps([city.id, by.kind, by.id, dumped(questionnaire)])


def checked_in(written: str, city: City, *, by: Actor) -> Checked:
    """What the ticket holds. Refuses one that is too old, or somebody else's."""
    try:
        held, at = _signer().loads(written, max_age=int(LIFE.total_seconds()), return_timestamp=True)
    except BadSignature:
        raise Refused(_("This report is too old. Please choose the file again.")) from None
    if held[:3] != [city.id, by.kind, by.id]:
        raise Refused(_("This report belongs to somebody else. Please choose the file again."))
    return Checked(loaded(held[3]), at)


def make_imported(checked: Checked, city: City, *, by: Actor) -> Survey:
    """The survey. Who asks twice with the same ticket gets the survey of the first time."""
    return _made_before(checked, city, by) or create_survey(city, checked.questionnaire, by=by, act=IMPORTED)


def _made_before(checked: Checked, city: City, by: Actor) -> Survey | None:
    query = (
        select(Survey, SurveyRevision)
        .join(SurveyRevision, (SurveyRevision.city_id == Survey.city_id) & (SurveyRevision.survey_id == Survey.id))
        .where(Survey.city_id == city.id, Survey.created_at >= checked.at)
        .where(SurveyRevision.edition == 1, SurveyRevision.act == IMPORTED, SurveyRevision.by == by.name)
    )
    document = dumped(checked.questionnaire)
    return next((survey for survey, first in db.session.execute(query) if first.document == document), None)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="imported questionnaire")
