"""What waits, once a day: by mail to the moderators, and as a line on the first page of the console. No commits."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import g, render_template, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import func, select

from citizen.accounts.links import address
from citizen.accounts.models import Role, User, staff_of
from citizen.cities.models import City, all_cities
from citizen.core import clock
from citizen.core.db import db
from citizen.core.i18n import age
from citizen.core.mail import post
from citizen.moderation.appealing import number_waiting
from citizen.moderation.inbox import Waiting, waiting
from citizen.moderation.models import Appeal
from citizen.moderation.settings import rules_of
from citizen.moderation.sources import names
from citizen.participation.desk import Task, source

MORNING = range(7, 12)
"""Hours, in the city's zone, in which the mail goes out: once a day, as early as the worker runs."""


@dataclass(frozen=True)
class Digest:
    """What waits in one city: texts, and appeals with the day by which the first needs an answer."""

    waiting: Waiting
    appeals: int
    first_due_at: datetime | None

    @property
    def is_empty(self) -> bool:
        return not self.waiting.number and not self.appeals


def digest_of(city: City) -> Digest:
    due = select(func.min(Appeal.due_at)).where(Appeal.city_id == city.id, Appeal.outcome.is_(None))
    return Digest(waiting(city), number_waiting(city), db.session.scalar(due))


def send_digests() -> None:
    """To every moderator of cities in which it is morning, where something waits; to admins where there is none."""
    for city in db.session.scalars(all_cities()):
        there = clock.now().astimezone(ZoneInfo(city.time_zone))
        if there.hour in MORNING and rules_of(city).sends_digest:
            _send(city, digest_of(city), there)


def _send(city: City, digest: Digest, there: datetime) -> None:
    if digest.is_empty:
        return
    g.city = city
    for person in _readers(city):
        with force_locale(person.language or city.languages[0]):
            url = address("moderation_staff.inbox", city_slug=city.slug)
            text = render_template("moderation/mails/digest.txt", digest=digest, city=city, url=url, names=names())
            once = f"moderation digest:{city.id}:{there.date().isoformat()}:{person.id}"
            subject = _("%(city)s: texts wait for a decision", city=city.name)
            post(person.email, subject, text, once=once, city_id=city.id)


def _readers(city: City) -> list[User]:
    members = list(db.session.scalars(staff_of(city)))
    moderators = [member.user for member in members if member.role == Role.MODERATOR]
    return moderators or [member.user for member in members if member.role == Role.ADMIN]


@source
def texts_wait(city: City) -> list[Task]:
    """A line on the first page of the console, with the age of the oldest text; and one for appeals."""
    found = digest_of(city)
    tasks = []
    if found.waiting.since is not None:
        number = found.waiting.number
        words = ngettext("%(num)s text waits for a decision", "%(num)s texts wait for a decision", number)
        about = _("the oldest for %(age)s", age=age(found.waiting.since))
        tasks.append(Task(words, about, url_for("moderation_staff.inbox")))
    if found.appeals:
        words = ngettext("%(num)s appeal waits", "%(num)s appeals wait", found.appeals)
        tasks.append(Task(words, "", url_for("moderation_staff.appeals")))
    return tasks
