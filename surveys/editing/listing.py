"""What staff see of all surveys of their city: read-only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import selectinload

from citizen.cities.models import City
from citizen.core.db import db
from citizen.participation.models import State
from citizen.participation.statistics import in_state
from surveys.models import Document, Survey, SurveyRevision, SurveyWave

PAGE = 25
UNPLANNED = "unplanned"
"""The filter for surveys without a wave."""


@dataclass(frozen=True)
class Row:
    """A survey in the list: how many questions it has, and who changed it last."""

    survey: Survey
    questions: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Listing:
    """A page of the list. `is_empty` is true where the city has no survey at all, whatever was searched."""

    rows: tuple[Row, ...]
    page: int
    pages: int
    is_empty: bool


def listing(city: City, *, words: str = "", state: str = "", page: int = 1) -> Listing:
    """The city's surveys, the newest first; those whose title holds all the words, in any language.

    `state`: only those with a wave in this state, or UNPLANNED. Templates are no surveys.
    """
    query = Survey.in_city(city).where(Survey.is_template.is_(False))
    query = _in_state(query, state)
    if words.strip():
        query = query.where(Survey.id.in_(_ids_with(words, city)))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    shown = query.options(selectinload(Survey.waves)).order_by(Survey.id.desc())
    surveys = db.session.scalars(shown.limit(PAGE).offset((page - 1) * PAGE)).all()
    rows = tuple(_rows(list(surveys)))
    return Listing(rows, page, pages, is_empty=not total and not words.strip() and not state)


def number_of_questions(document: Document) -> int:
    return sum(len(section.get("questions", ())) for section in document.get("sections", ()))


def _rows(surveys: list[Survey]) -> list[Row]:
    same = and_(SurveyRevision.survey_id == Survey.id, SurveyRevision.edition == Survey.edition)
    query = select(Survey.id, SurveyRevision.by, SurveyRevision.at).join(SurveyRevision, same)
    found = db.session.execute(query.where(Survey.id.in_([survey.id for survey in surveys])))
    last = {row.id: (row.by, row.at) for row in found}
    return [
        Row(survey, number_of_questions(survey.document), *last.get(survey.id, ("", survey.created_at)))
        for survey in surveys
    ]


def _in_state(query: Select[Survey], state: str) -> Select[Survey]:
    waves = select(SurveyWave.survey_id)
    if state == UNPLANNED:
        return query.where(~exists(waves.where(SurveyWave.survey_id == Survey.id)))
    if state in set(State):
        return query.where(Survey.id.in_(waves.where(in_state(State(state)))))
    return query


def _ids_with(words: str, city: City) -> list[int]:
    """Searched here rather than in the database: there, "Ä" and "ä" would be two letters, and JSON is not text."""
    wanted = words.casefold().split()
    rows = db.session.execute(select(Survey.id, Survey.title).where(Survey.city_id == city.id))
    return [
        survey_id for survey_id, title in rows if all(word in " ".join(title.values()).casefold() for word in wanted)
    ]
