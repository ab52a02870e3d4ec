"""Writing surveys: making, changing, taking back changes. Nothing here commits."""

from flask_babel import gettext as _
from sqlalchemy import Table, update

from citizen.cities.models import City
from citizen.core import audit
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from surveys.models import Survey, SurveyRevision
from surveys.questionnaire import Questionnaire, dumped


class Outdated(Refused):
    """Somebody else changed the survey after this editor had opened it."""


def create_survey(city: City, questionnaire: Questionnaire, *, by: Actor, act: str = "created") -> Survey:
    """A new survey that only staff see."""
    survey = Survey(city=city, city_id=city.id, title=_title(questionnaire), document=dumped(questionnaire), edition=1)
    db.session.add(survey)
    db.session.flush()
    _remember(survey, act, by)
    audit.record(act, subject(survey), by=by, city_id=city.id)
    return survey


def change_survey(survey: Survey, questionnaire: Questionnaire, *, seen: int, by: Actor, act: str = "changed") -> None:
    """Replace what the survey asks. `seen` is the edition that the editor had before them. Raises Outdated."""
    _claim(survey, seen)
    survey.document, survey.title = dumped(questionnaire), _title(questionnaire)
    db.session.flush()
    _remember(survey, act, by)
    audit.record(act, subject(survey), by=by, city_id=survey.city_id)


def subject(survey: Survey) -> str:
    """How the audit names a survey."""
    return f"survey {survey.id}"


def _title(questionnaire: Questionnaire) -> dict[str, str]:
    return dict(questionnaire.title)


def _claim(survey: Survey, seen: int) -> None:
    """Go on to the next edition, in one statement, if nobody else has since this editor looked."""
    table: Table = Survey.__table__  # type: ignore[assignment]
    claim = update(table).where(table.c.id == survey.id, table.c.edition == seen).values(edition=seen + 1)
    if not db.session.connection().execute(claim).rowcount:
        raise Outdated(_("Somebody else changed this survey while you were writing."))
    survey.edition = seen + 1


def _remember(survey: Survey, act: str, by: Actor) -> None:
    db.session.add(
        SurveyRevision(
            city_id=survey.city_id,
            survey_id=survey.id,
            edition=survey.edition,
            document=survey.document,
            act=act,
            by=by.name,
        )
    )
