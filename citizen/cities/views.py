"""The pages of a city as a whole, and the first page of the install."""

from flask import Blueprint, Response, g, redirect, render_template, url_for

from citizen.cities import look
from citizen.cities.models import all_cities
from citizen.core.db import db
from citizen.core.pages import shared_page
from citizen.core.web import public

bp = Blueprint("cities", __name__)


@bp.get("/")
@public
def index() -> Response:
    """The cities of this install; with one city, that city."""
    cities = list(db.session.scalars(all_cities()))
    if len(cities) == 1:
        return redirect(url_for("participation.home", city_slug=cities[0].slug))  # type: ignore[return-value]
    versions = [(city.slug, city.revision) for city in cities]
    return shared_page(lambda: render_template("cities/index.html", cities=cities), versions)


@bp.get("/<slug:city_slug>/look.css")
@public
def look_css() -> Response:
    """The city's colours."""
    response = shared_page(lambda: look.stylesheet(g.city.accent), mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@bp.get("/<slug:city_slug>/icon.svg")
@public
def icon() -> Response:
    """The mark in the browser's tab, in the city's colour."""
    response = shared_page(lambda: render_template("cities/icon.svg", fill=g.city.accent), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@bp.get("/<slug:city_slug>/about")
@public
def about() -> Response:
    return shared_page(lambda: render_template("cities/about.html"))


@bp.get("/<slug:city_slug>/privacy")
@public
def privacy() -> Response:
    return shared_page(lambda: render_template("cities/privacy.html"))


@bp.get("/<slug:city_slug>/accessibility")
@public
def accessibility() -> Response:
    return shared_page(lambda: render_template("cities/accessibility.html"))
