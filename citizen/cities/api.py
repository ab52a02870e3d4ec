"""Cities as JSON."""

from flask import Blueprint, current_app, g
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.api import API_ROOT, Page, Reply, endpoint, page_of
from citizen.core.web import public

bp = Blueprint("cities_api", __name__, url_prefix=f"{API_ROOT}/cities")


class CityReply(Reply):
    """A city on this install. The first of its languages is the one that its texts always have."""

    slug: str
    name: str
    languages: list[str]
    time_zone: str
    population: int | None
    address: str


class CitiesReply(Reply):
    """Cities by their short names. `next` is the `after` of the next page, null on the last one."""

    cities: list[CityReply]
    next: str | None


@bp.get("")
@public
@endpoint("The cities on this install")
def index(query: Page) -> CitiesReply:
    cities, last = page_of(select(City).where(City.slug > (query.after or "")).order_by(City.slug), query)
    return CitiesReply(cities=[_reply(city) for city in cities], next=last.slug if last else None)


@bp.get("/<slug:city_slug>")
@public
@endpoint("One city", problems=(404,))
def show() -> CityReply:
    return _reply(g.city)


def _reply(city: City) -> CityReply:
    return CityReply(
        slug=city.slug,
        name=city.name,
        languages=city.languages,
        time_zone=city.time_zone,
        population=city.population,
        address=f"{current_app.extensions['settings'].base_url}/{city.slug}/",
    )
