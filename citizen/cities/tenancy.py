"""`/<city>/`: which city a request is about. Every look-up starts inside it."""

from typing import Any

from flask import Flask, abort, current_app, g
from sqlalchemy import Select, bindparam, select

from citizen.cities.models import City
from citizen.core.db import db
from citizen.core.kept import kept
from citizen.core.web import PUBLIC

REVISION = select(City.__table__.c.revision).where(City.__table__.c.slug == bindparam("slug"))


def init_app(app: Flask) -> None:
    app.url_value_preprocessor(enter_city)
    app.url_defaults(stay_in_city)
    app.context_processor(lambda: {"city": g.get("city")})


def enter_city(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the city out of the address and load it; 404 where there is none."""
    g.city = None
    if not values or "city_slug" not in values:
        return
    slug = values.pop("city_slug")
    g.city = _kept_city(slug) if _is_public(endpoint) else _city(slug)
    if g.city is None:
        abort(404)
    g.look_path = f"/{g.city.slug}/look.css"


def _is_public(endpoint: str | None) -> bool:
    """Public views never change a city, so that they can do with the one that is kept."""
    access = getattr(current_app.view_functions.get(endpoint or ""), "access", None)
    return access == PUBLIC


def _kept_city(slug: str) -> City | None:
    revision = db.session.connection().execute(REVISION, {"slug": slug}).scalar()
    if revision is None:
        return None
    return kept(("city", slug), revision, lambda: db.session.scalars(_with_slug(slug)).one())


def _city(slug: str) -> City | None:
    return db.session.scalar(_with_slug(slug))


def _with_slug(slug: str) -> Select[City]:
    return select(City).filter_by(slug=slug)


def stay_in_city(endpoint: str, values: dict[str, Any]) -> None:
    """Links of a city's pages lead into the same city."""
    city = g.get("city")
    if city is not None and current_app.url_map.is_endpoint_expecting(endpoint, "city_slug"):
        values.setdefault("city_slug", city.slug)
