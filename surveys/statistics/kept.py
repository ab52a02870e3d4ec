"""What is kept of a wave's answers: counters, and texts that may be shown. Read-only, and as cheap as it can be."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select

from citizen.core.db import db
from citizen.participation.models import AnswerCount
from surveys.models import SurveyTally, SurveyText, SurveyWave
from surveys.statistics.counting import Counters
from surveys.statistics.found import Written
from surveys.tallies import Counted
from surveys.written import Selection, TextState, text_page

SHOWN_TEXTS = 10

answered, tallied, written = AnswerCount.__table__.c, SurveyTally.__table__.c, SurveyText.__table__.c
DAYS = select(answered.day, answered.channel, answered.assurance, answered.n).where(
    answered.city_id == bindparam("city"), answered.consultation_id == bindparam("wave")
)
COUNT = select(func.coalesce(func.sum(answered.n), 0)).where(
    answered.city_id == bindparam("city"), answered.consultation_id == bindparam("wave")
)
TALLY = select(*(tallied[name] for name in Counted._fields), tallied.n).where(
    tallied.city_id == bindparam("city"), tallied.wave_id == bindparam("wave")
)
APPROVED = (
    select(written.field, func.count().label("texts"))
    .where(
        written.city_id == bindparam("city"),
        written.wave_id == bindparam("wave"),
        written.state == TextState.APPROVED,
    )
    .group_by(written.field)
)
"""How many texts wait is nobody's business: only those that were approved are looked at, in their index."""


def count(wave: SurveyWave) -> int:
    """Number of sheets that count."""
    return db.session.connection().execute(COUNT, _place(wave)).scalar() or 0


def day_rows(wave: SurveyWave) -> Sequence[Row[Any]]:
    """Sheets by day, channel and assurance level."""
    return _rows(DAYS, wave)


def kept_counters(wave: SurveyWave) -> Counters:
    return Counter({Counted._make(row[:-1]): row[-1] for row in _rows(TALLY, wave)})


def approved_texts(wave: SurveyWave) -> dict[str, Written]:
    """By field, those that have any: how many, and the first of them in their random order."""
    return {row.field: Written(row.field, row.texts, _some(wave, row.field)) for row in _rows(APPROVED, wave)}


def _some(wave: SurveyWave, field: str) -> tuple[str, ...]:
    return tuple(text.text for text in text_page(wave, approved(field), most=SHOWN_TEXTS).texts)


def approved(field: str) -> Selection:
    """What of a field the public may read."""
    return Selection(field, TextState.APPROVED)


def _rows(query: Select[Any], wave: SurveyWave) -> Sequence[Row[Any]]:
    """The kept counters as plain rows: whole objects of them would cost more than all the rest."""
    return db.session.connection().execute(query, _place(wave)).all()


def _place(wave: SurveyWave) -> dict[str, int]:
    return {"city": wave.city_id, "wave": wave.id}
