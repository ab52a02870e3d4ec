"""What waits for staff: every feature adds its own questions, and the first page of the console asks them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from flask_babel import ngettext
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.core.i18n import localized
from citizen.participation.models import Burst, Consultation, State
from citizen.participation.statistics import Listed, answers_to_each

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Task:
    """One thing that waits: what to do in words, about what, and where."""

    text: str
    about: str
    url: str


@dataclass(frozen=True)
class Desk:
    """What a member of staff sees first. Open ones: those that close first stand first; drafts: the newest."""

    open: list[Listed]
    upcoming: list[Listed]
    drafts: list[Listed]
    tasks: list[Task]
    is_empty: bool

    def closes_this_week(self, item: Listed) -> bool:
        return item.consultation.ends_at - clock.now() < WEEK


Source = Callable[[City], list[Task]]
_sources: list[Source] = []


def source(function: Source) -> Source:
    """Have this function asked for what waits in a city."""
    _sources.append(function)
    return function


def desk(city: City) -> Desk:
    alive = Consultation.in_city(city).where(Consultation.closes_at > clock.now() - WEEK)
    drafts = Consultation.in_city(city).where(Consultation.published_at.is_(None))
    running = _listed(list(db.session.scalars(alive.order_by(Consultation.closes_at).limit(200))), city)
    waiting = _listed(list(db.session.scalars(drafts.order_by(Consultation.id.desc()).limit(10))), city)
    return Desk(
        open=[item for item in running if item.consultation.state is State.OPEN],
        upcoming=[item for item in running if item.consultation.state is State.UPCOMING],
        drafts=waiting,
        tasks=[task for function in _sources for task in function(city)],
        is_empty=db.session.scalar(Consultation.in_city(city).limit(1)) is None,
    )


def console_url(consultation: Consultation) -> str:
    """Where the console shows it; every kind has its room there."""
    return url_for(f"{consultation.kind}_staff.show", slug=consultation.slug)


def _listed(rows: list[Consultation], city: City) -> list[Listed]:
    answers = answers_to_each([row.id for row in rows], city)
    return [Listed(row, answers.get(row.id, 0)) for row in rows]


@source
def bursts_this_week(city: City) -> list[Task]:
    """A network that sends faster than people do may be a school class or a script; staff judge."""
    since = clock.day_in(city.time_zone) - WEEK
    counts = (
        select(Burst.consultation_id, func.sum(Burst.n))
        .where(Burst.city_id == city.id, Burst.day > since)
        .group_by(Burst.consultation_id)
    )
    numbers = {number: int(n) for number, n in db.session.execute(counts)}
    rows = db.session.scalars(Consultation.in_city(city).where(Consultation.id.in_(numbers)))
    return [Task(_too_fast(numbers[row.id]), str(localized(row.title)), console_url(row)) for row in rows]


def _too_fast(n: int) -> str:
    return ngettext("%(num)s answer came too fast this week", "%(num)s answers came too fast this week", n)
