"""The city's own map: outlines of its districts as paths of an SVG, without anything from elsewhere."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from citizen.cities.districts import District
from citizen.core.i18n import Text, localized

WIDTH = 1000


@dataclass(frozen=True)
class Shape:
    """A district on the map: its path, and a point inside its box for a label, in units of the picture."""

    code: str
    name: Text
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class CityMap:
    """All outlines in one picture. `bounds` are west, south, east, north in degrees."""

    width: int
    height: int
    bounds: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]

    @property
    def bounds_text(self) -> str:
        return ",".join(f"{degree:.5f}" for degree in self.bounds)


def city_map(districts: Sequence[District]) -> CityMap | None:
    """The map of the districts that have an outline; None where none has.

    An equirectangular projection at the city's own latitude: true enough for a city, and linear, so that a tap is
    turned back into degrees by a rule of three.
    """
    drawn = [district for district in districts if district.outline]
    points = [point for district in drawn for ring in _rings(district.outline) for point in ring]
    if not points:
        return None
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    stretch = math.cos(math.radians((south + north) / 2))
    height = max(1, round(WIDTH * (north - south) / max((east - west) * stretch, 1e-9)))
    frame = _Frame(west, north, WIDTH / max(east - west, 1e-9), height / max(north - south, 1e-9))
    shapes = tuple(_shape(district, frame) for district in drawn)
    return CityMap(WIDTH, height, (west, south, east, north), shapes)


@dataclass(frozen=True)
class _Frame:
    west: float
    north: float
    across: float
    down: float

    def place(self, point: Sequence[float]) -> tuple[int, int]:
        return round((point[0] - self.west) * self.across), round((self.north - point[1]) * self.down)


def _shape(district: District, frame: _Frame) -> Shape:
    rings = [[frame.place(point) for point in ring] for ring in _rings(district.outline)]
    path = "".join("M" + "L".join(f"{x} {y}" for x, y in _without_repeats(ring)) + "Z" for ring in rings)
    largest = max(rings, key=lambda ring: _span([x for x, _y in ring]) * _span([y for _x, y in ring]))
    xs, ys = [x for x, _y in largest], [y for _x, y in largest]
    return Shape(district.code, localized(district.name), path, (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2)


def _rings(geometry: dict[str, Any] | None) -> Iterable[list[list[float]]]:
    if geometry is None:
        return []
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def _without_repeats(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [point for place, point in enumerate(points) if place == 0 or point != points[place - 1]]


def _span(numbers: list[int]) -> int:
    return max(numbers) - min(numbers)
