"""Every change to a city. Nothing here commits."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext as _
from sqlalchemy import select

from citizen.cities.look import is_colour
from citizen.cities.models import RESERVED_SLUGS, City
from citizen.core import audit
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.i18n import CITY_LANGUAGES
from citizen.core.texts import is_plain, is_slug

MAX_SLUG, MAX_NAME = 60, 100
DEFAULT_ZONE = "Europe/Brussels"


def create_city(slug: str, name: str, languages: Sequence[str], *, time_zone: str = DEFAULT_ZONE, by: Actor) -> City:
    """A new tenant. Raises Refused where the slug, the name, a language or the time zone will not do."""
    for problem in (
        _problem_with_slug(slug),
        _problem_with_name(name),
        problem_with_languages(languages),
        problem_with_zone(time_zone),
    ):
        if problem:
            raise Refused(problem, status=422)
    city = City(slug=slug, name=name.strip(), languages=list(dict.fromkeys(languages)), time_zone=time_zone)
    db.session.add(city)
    db.session.flush()
    audit.record("created", f"city {slug}", by=by, city_id=city.id)
    return city


def _problem_with_slug(slug: str) -> str | None:
    if not is_slug(slug) or len(slug) > MAX_SLUG:
        return _("A short name has small letters, digits and single hyphens between them, at most %(n)s.", n=MAX_SLUG)
    if slug in RESERVED_SLUGS:
        return _("The short name %(slug)s is the address of something else. Please choose another one.", slug=slug)
    if db.session.scalar(select(City.id).filter_by(slug=slug)) is not None:
        return _("There is already a city with the short name %(slug)s.", slug=slug)
    return None


def _problem_with_name(name: str) -> str | None:
    if not name.strip() or len(name) > MAX_NAME or not is_plain(name):
        return _("A city needs a name on one line, of at most %(n)s characters.", n=MAX_NAME)
    return None


def problem_with_languages(languages: Sequence[str]) -> str | None:
    unknown = [code for code in languages if code not in CITY_LANGUAGES]
    if not languages or unknown:
        known = ", ".join(CITY_LANGUAGES)
        return _("Please choose at least one language. Known ones are: %(known)s.", known=known)
    return None


def problem_with_zone(zone: str) -> str | None:
    if zone not in available_timezones():
        return _("The time zone %(zone)s is not known. It should look like Europe/Brussels.", zone=zone)
    return None


def change_settings(city: City, values: dict[str, Any], *, by: Actor) -> list[str]:
    """Take over those values that differ, and give their names. One audit row names them all."""
    if not is_colour(values.get("accent", city.accent)):
        raise Refused(_("A colour looks like #0b5f66."), status=422)
    changed = [name for name, value in values.items() if getattr(city, name) != value]
    for name in changed:
        setattr(city, name, values[name])
    if changed:
        audit.record("changed settings", f"city {city.slug}", by=by, city_id=city.id, changed=changed)
    return changed
