"""What is open in a city, what closes soon, what was heard: for the city's page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.participation.models import AnswerCount, Consultation, State

SOON = timedelta(days=3)
LISTED = 60

rows = Consultation.__table__.c
NOW = bindparam("now", type_=rows.closes_at.type)
AHEAD = select(func.min(case((rows.opens_at > NOW, rows.opens_at))), func.min(rows.closes_at)).where(
    rows.city_id == bindparam("city"), rows.published_at.is_not(None), rows.closes_at > NOW
)
"""What opens later also closes later, so that one look at what has not closed yet finds both moments."""


@dataclass(frozen=True)
class Listed:
    """A consultation and how many answers it has."""

    consultation: Consultation
    answers: int

    @property
    def closes_soon(self) -> bool:
        return self.consultation.state is State.OPEN and self.consultation.ends_at - clock.now() < SOON


@dataclass(frozen=True)
class Overview:
    """What a city has going on. Open ones: those that close first stand first; the rest newest first."""

    open: tuple[Listed, ...]
    upcoming: tuple[Listed, ...]
    ended: tuple[Listed, ...]


def overview(city: City) -> Overview:
    """Of all kinds."""
    return _overview(city, Consultation.public_in(city))


def kind_overview(city: City, kind: str) -> Overview:
    """Of one kind: "poll"."""
    return _overview(city, Consultation.public_in(city).where(Consultation.kind == kind))


def _overview(city: City, query: Select[Consultation]) -> Overview:
    rows = list(db.session.scalars(query.order_by(Consultation.closes_at.desc()).limit(LISTED)))
    answers = answers_to_each([row.id for row in rows], city)
    listed = [Listed(row, answers.get(row.id, 0)) for row in rows]
    return Overview(
        open=tuple(reversed([item for item in listed if item.consultation.state is State.OPEN])),
        upcoming=tuple(item for item in listed if item.consultation.state is State.UPCOMING),
        ended=tuple(item for item in listed if item.consultation.state in {State.CLOSED, State.WITHDRAWN}),
    )


def in_state(state: State) -> ColumnElement[bool]:
    """The same truth as `Consultation.state`, for the database."""
    now = clock.now()
    ended = or_(Consultation.closes_at <= now, and_(Consultation.closed_at.is_not(None), Consultation.closed_at <= now))
    published = Consultation.published_at.is_not(None)
    running = and_(published, Consultation.withdrawn_at.is_(None))
    return {
        State.DRAFT: Consultation.published_at.is_(None),
        State.WITHDRAWN: and_(published, Consultation.withdrawn_at.is_not(None)),
        State.CLOSED: and_(running, ended),
        State.UPCOMING: and_(running, ~ended, Consultation.opens_at > now),
        State.OPEN: and_(running, ~ended, Consultation.opens_at <= now),
    }[state]


def answers_to_each(ids: list[int], city: City) -> dict[int, int]:
    """How many answers count, by the consultation's id; those without any are left out."""
    query = (
        select(AnswerCount.consultation_id, func.sum(AnswerCount.n))
        .where(AnswerCount.city_id == city.id, AnswerCount.consultation_id.in_(ids))
        .group_by(AnswerCount.consultation_id)
    )
    return {consultation: int(n) for consultation, n in db.session.execute(query)}


def next_change(city: City) -> datetime | None:
    """When the next consultation of the city opens or closes by itself; None where nothing waits."""
    ahead = db.session.connection().execute(AHEAD, {"city": city.id, "now": clock.now()}).one()
    return min((found for found in ahead if found is not None), default=None)
