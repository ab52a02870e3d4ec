"""The demo city Riverton. Every feature adds what it wants to show there."""

from collections.abc import Callable
from typing import Any

from citizen.cities.districting import DistrictDraft, write_districts
from citizen.cities.models import City
from citizen.core import audit
from citizen.core.audit import Actor
from citizen.core.db import db

Words = tuple[str, str]
Part = Callable[..., None]
_parts: list[Part] = []

DISTRICTS: dict[Words, list[tuple[int, int]]] = {
    ("Old Town", "Altstadt"): [(8, 10), (14, 9), (15, 13), (9, 15)],
    ("Harbour", "Hafen"): [(14, 9), (21, 7), (24, 11), (15, 13)],
    ("North Bank", "Nordufer"): [(2, 17), (9, 15), (15, 13), (24, 11), (23, 19), (4, 22)],
    ("Mill Quarter", "Mühlenviertel"): [(0, 9), (8, 10), (9, 15), (2, 17)],
    ("South Park", "Südpark"): [(3, 1), (13, 0), (14, 9), (8, 10), (0, 9)],
    ("Airfield", "Flugfeld"): [(13, 0), (22, 1), (21, 7), (14, 9)],
}
"""Corners of the districts, in steps of a few hundred metres east and north of a made-up place."""
WEST, SOUTH, STEP_EAST, STEP_NORTH = 9.40, 50.10, 0.004, 0.0026


def part(function: Part) -> Part:
    """Have this function called with the demo city, and who makes it, when one is made."""
    _parts.append(function)
    return function


def make_demo_city(*, by: Actor) -> City:
    """Riverton, with all that the features show there. Nothing is committed."""
    city = City(
        slug="riverton",
        name="Riverton",
        languages=["en", "de"],
        time_zone="Europe/Berlin",
        population=84_500,
        welcome=texts(
            (
                "We ask before we decide. Tell us what matters to you; most polls take 30 seconds.",
                "Wir fragen, bevor wir entscheiden. Sagen Sie uns, was Ihnen wichtig ist; "
                "die meisten Umfragen dauern 30 Sekunden.",
            )
        ),
        imprint=texts(
            (
                "City of Riverton (a city made up for this demo)\nTown Hall, 1 Market Square",
                "Stadt Riverton (für diese Vorführung erfunden)\nRathaus, Marktplatz 1",
            )
        ),
        contact="hello@riverton.example",
    )
    db.session.add(city)
    db.session.flush()
    audit.record("created", "city riverton", by=by, city_id=city.id)
    write_districts(city, [DistrictDraft(texts(name), "", _outline(way)) for name, way in DISTRICTS.items()], by=by)
    for make in _parts:
        make(city, by=by)
    return city


def texts(words: Words) -> dict[str, str]:
    """English and German, by language code."""
    return {code: text for code, text in zip(("en", "de"), words, strict=True) if text}


def _outline(corners: list[tuple[int, int]]) -> dict[str, Any]:
    ring = [[WEST + east * STEP_EAST, SOUTH + north * STEP_NORTH] for east, north in [*corners, corners[0]]]
    return {"type": "Polygon", "coordinates": [ring]}
