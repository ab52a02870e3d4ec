"""Changing the districts of a city. Nothing here commits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete

from citizen.cities.districts import District
from citizen.cities.models import City
from citizen.cities.outlines import MAX_NAME, Outline
from citizen.core import audit
from citizen.core.audit import Actor
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.slugs import free_slug, slug_from
from citizen.core.texts import is_plain

MOST = 200


@dataclass(frozen=True)
class DistrictDraft:
    """A district as staff want it. Without a code it is new, and gets one from its name."""

    name: dict[str, str]
    code: str = ""
    outline: dict[str, Any] | None = field(default=None, compare=False)


def districts_of(city: City) -> list[District]:
    """In the order in which the city lists them."""
    return list(db.session.scalars(District.in_city(city)))


def drafts_of(city: City) -> list[DistrictDraft]:
    return [DistrictDraft(dict(row.name), row.code, row.outline) for row in districts_of(city)]


def write_districts(city: City, drafts: Sequence[DistrictDraft], *, by: Actor) -> None:
    """Have exactly these districts, in this order. Codes stay, so that earlier answers keep their place."""
    _ensure_sound(city, drafts)
    db.session.execute(delete(District).where(District.city_id == city.id))
    taken = {draft.code for draft in drafts if draft.code}
    for position, draft in enumerate(drafts):
        code = draft.code or _code_for(draft, city, taken)
        taken.add(code)
        row = District(city_id=city.id, code=code, position=position, name=draft.name, outline=draft.outline)
        db.session.add(row)
    db.session.flush()
    audit.record("changed districts", f"city {city.slug}", by=by, city_id=city.id, districts=len(drafts))


def with_outlines(drafts: Sequence[DistrictDraft], outlines: Sequence[Outline], language: str) -> list[DistrictDraft]:
    """Give each district the outline of its name; outlines of unknown names become new districts."""
    drawn = {outline.name.casefold(): outline for outline in outlines}
    known = []
    for draft in drafts:
        found = next((drawn.pop(name.casefold()) for name in draft.name.values() if name.casefold() in drawn), None)
        known.append(DistrictDraft(draft.name, draft.code, found.geometry if found else draft.outline))
    new = [DistrictDraft({language: outline.name}, "", outline.geometry) for outline in drawn.values()]
    return [*known, *new]


def _ensure_sound(city: City, drafts: Sequence[DistrictDraft]) -> None:
    problem = next(_problems(city, drafts), None)
    if problem:
        raise Refused(problem, status=422)


def _problems(city: City, drafts: Sequence[DistrictDraft]) -> Iterator[str]:
    if len(drafts) > MOST:
        yield _("A city can have at most %(most)s districts.", most=MOST)
    seen: set[str] = set()
    for draft in drafts:
        name = draft.name.get(city.languages[0], "")
        if not name:
            yield _("Each district needs a name in the main language of the city.")
        if any(len(words) > MAX_NAME or not is_plain(words) for words in draft.name.values()):
            yield _("A district's name has at most %(most)s characters, on one line.", most=MAX_NAME)
        if name.casefold() in seen:
            yield _("Two districts have the name “%(name)s”.", name=name)
        seen.add(name.casefold())


def _code_for(draft: DistrictDraft, city: City, taken: set[str]) -> str:
    wish = slug_from(draft.name[city.languages[0]])[:50] or "district"
    return free_slug(wish, lambda code: code in taken)
