"""Outlines of districts from a GeoJSON file (RFC 7946): read, mended, made light enough for a page, never trusted."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from flask_babel import gettext as _
from shapely import set_precision
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from citizen.core.errors import Refused
from citizen.core.texts import is_plain

MAX_BYTES = 5 * 1024 * 1024
MAX_FEATURES = 200
MAX_NAME = 100
FINEST = 400
"""The shortest way that the map shows, as a fraction of its longer side."""
GRID = 1e-5
"""Degrees, about a metre."""
NAMES = ("name", "bezeichnung", "stadtteil", "district", "bezirk", "nom", "nombre", "title", "label")
"""What files call the name of a district, the usual first."""


@dataclass(frozen=True)
class Outline:
    """A district as the file names and draws it: a GeoJSON geometry, longitude before latitude."""

    name: str
    geometry: dict[str, Any]


def read_outlines(content: bytes) -> list[Outline]:
    """The districts of a file, in its order. Raises Refused with a sentence that says what to do."""
    if len(content) > MAX_BYTES:
        raise Refused(_("This file is too large. Please use a simplified one of at most 5 MB."), status=422)
    features = _features(content)
    key = _name_key([feature["properties"] for feature in features])
    shapes = [_shape(feature["geometry"]) for feature in features]
    finest = _longer_side(shapes) / FINEST
    names = [str(feature["properties"][key]).strip() for feature in features]
    return [Outline(name, _light(figure, finest)) for name, figure in zip(names, shapes, strict=True)]


def _features(content: bytes) -> list[dict[str, Any]]:
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Refused(_("This file is no GeoJSON. Please export the districts as GeoJSON."), status=422) from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise Refused(_("This file has no districts in it. Please export them as a FeatureCollection."), status=422)
    if len(features) > MAX_FEATURES:
        raise Refused(_("This file has more than %(most)s districts.", most=MAX_FEATURES), status=422)
    if not all(_is_feature(feature) for feature in features):
        raise Refused(_("Each district in the file needs a name and an outline (a polygon)."), status=422)
    return features


def _is_feature(feature: Any) -> bool:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return False
    geometry = feature.get("geometry")
    return isinstance(geometry, dict) and geometry.get("type") in {"Polygon", "MultiPolygon"}


def _name_key(properties: list[Mapping[str, Any]]) -> str:
    """The property that names the districts: a usual word for it, else the first text that differs everywhere."""
    keys = sorted(properties[0], key=lambda key: (_rank(key), list(properties[0]).index(key)))
    for key in keys:
        if _are_names([one.get(key) for one in properties]):
            return key
    raise Refused(_("No property of the file gives every district a name of its own."), status=422)


def _rank(key: str) -> int:
    return next((place for place, name in enumerate(NAMES) if name in key.casefold()), len(NAMES))


def _are_names(values: list[Any]) -> bool:
    texts = [value.strip() for value in values if isinstance(value, str)]
    is_whole = len(texts) == len(values) == len({text.casefold() for text in texts})
    return is_whole and all(0 < len(text) <= MAX_NAME and is_plain(text) for text in texts)


def _shape(geometry: dict[str, Any]) -> BaseGeometry:
    try:
        figure = shape(geometry)
        bounds = figure.bounds
    except (ShapelyError, ValueError, TypeError, IndexError, AttributeError):
        raise Refused(_("An outline in the file is broken. Please export it again."), status=422) from None
    if len(bounds) != 4 or not all(math.isfinite(number) for number in bounds):
        raise Refused(_("An outline in the file is broken. Please export it again."), status=422)
    if max(abs(bounds[0]), abs(bounds[2])) > 180 or max(abs(bounds[1]), abs(bounds[3])) > 90:
        words = _(
            "The file uses other coordinates than longitude and latitude. Please export it in WGS 84 (EPSG:4326)."
        )
        raise Refused(words, status=422)
    return figure


def _longer_side(shapes: Iterable[BaseGeometry]) -> float:
    bounds: list[tuple[float, float, float, float]] = [figure.bounds for figure in shapes]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    return max(max(b[2] for b in bounds) - west, max(b[3] for b in bounds) - south)


def _light(figure: BaseGeometry, finest: float) -> dict[str, Any]:
    """Simplified as far as the eye does not notice, valid, to a metre."""
    simple = set_precision(figure.buffer(0).simplify(finest), GRID)
    return dict(mapping(simple if not simple.is_empty else set_precision(figure.buffer(0), GRID)))
