"""`/<city>/`: which city a request is about. Every look-up starts inside it."""

from typing import Any

from flask import Flask, abort, current_app, g
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.db import db


def init_app(app: Flask) -> None:
    app.url_value_preprocessor(enter_city)
    app.url_defaults(stay_in_city)
    app.context_processor(lambda: {"city": g.get("city")})


def enter_city(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take the city out of the address and load it; 404 where there is none."""
    g.city = None
    if not values or "city_slug" not in values:
        return
    g.city = db.session.scalar(select(City).filter_by(slug=values.pop("city_slug")))
    if g.city is None:
        abort(404)
    g.look_path = f"/{g.city.slug}/look.css"


def stay_in_city(endpoint: str, values: dict[str, Any]) -> None:
    """Links of a city's pages lead into the same city."""
    city = g.get("city")
    if city is not None and current_app.url_map.is_endpoint_expecting(endpoint, "city_slug"):
        values.setdefault("city_slug", city.slug)
