"""Progress by growth rates, as Eurostat measures it and Statistics Canada publishes it with a score.

With a target: the actual compound annual growth rate, divided by the one that would lead from the first value to the
target. Without one: the growth rate itself. The score goes from -5 to 5. Statistics Canada, progress measurement of the
Canadian Indicator Framework; United Nations Statistics Division, Progress Chart Technical Note, for natural limits.
"""

from dataclasses import dataclass

ALMOST_ZERO = 0.001
"""Stands for a zero, from or to which no growth rate leads."""
NEAR_LIMIT = 4.44
MANY, SOME = 0.95, 0.60
MANY_A_YEAR, SOME_A_YEAR = 1.5, 0.5
"""Per cent a year, where there is no target."""


@dataclass(frozen=True)
class Series:
    """The first and the newest value of a series. `direction` is 1 where more is better, else -1; years may be parts.

    `limit` is a natural limit of the values, such as 100 of a percentage.
    """

    base_value: float | None
    base_year: float | None
    current_value: float | None
    current_year: float | None
    direction: int
    limit: float | None = None
    target: float | None = None
    target_year: float | None = None


@dataclass(frozen=True)
class Growth:
    """`value` is a ratio of growth rates, or a growth rate; `score` is between -5 and 5. None where there is none."""

    status: str
    value: float | None = None
    score: float | None = None


def growth(series: Series) -> Growth:
    """Raises ValueError where no growth rate leads from one value to the other, because their signs differ."""
    first, last, years = series.base_value, series.current_value, _years(series.base_year, series.current_year)
    if first is None or last is None or years is None:
        return Growth("not_available")
    rate = series.direction * _rate(first, last, years)
    if series.target is None:
        return _without_target(rate, first, series)
    return _with_target(rate, first, last, series.target, series)


def _years(start: float | None, end: float | None) -> float | None:
    if start is None or end is None or end <= start:
        return None
    return end - start


def _rate(first: float, last: float, years: float) -> float:
    """The compound annual growth rate."""
    start, end = first or ALMOST_ZERO, last or ALMOST_ZERO
    if start * end < 0:
        raise ValueError("No growth rate leads from a value above zero to one below it, or back.")
    return float((end / start) ** (1 / years)) - 1


def _with_target(rate: float, first: float, last: float, target: float, series: Series) -> Growth:
    years = _years(series.base_year, series.target_year)
    if years is None:
        raise ValueError("The target has no year after that of the first value.")
    goal = target or ALMOST_ZERO
    needed = abs(_rate(first, goal, years))
    ratio = rate / needed if needed else None
    if series.direction * (last - goal) >= 0:
        return Growth("target_achieved", ratio, 5.0)
    if ratio is None:
        return Growth("deterioration", None, -5.0)
    score = 7.1429 * ratio - 4.2857 if ratio >= SOME else 4.1667 * ratio - 2.5
    return Growth(_status(ratio, MANY, SOME), ratio, _clipped(score))


def _without_target(rate: float, first: float, series: Series) -> Growth:
    """In per cent a year. The nearer the first value was to its limit, the less growth counts as much."""
    percent = 100 * rate
    if percent >= 0:
        percent /= _room(first, series.limit, series.direction)
    return Growth(_status(percent, MANY_A_YEAR, SOME_A_YEAR), rate, _clipped(_score(percent)))


def _room(first: float, limit: float | None, direction: int) -> float:
    """1 far from the limit, less the nearer to it; mirrored where the limit is a least value."""
    if not limit:
        return 1.0
    near = first / limit if direction > 0 else (2 * limit - first) / limit
    room = 1 - near**NEAR_LIMIT if near > 0 else 1.0
    if room <= 0:
        raise ValueError("The first value stands on its natural limit or beyond it.")
    return float(room)


def _score(percent: float) -> float:
    if percent >= MANY_A_YEAR:
        return 5 * percent - 5
    if percent >= SOME_A_YEAR:
        return 2.5 * (percent - SOME_A_YEAR)
    return 5 * (percent - SOME_A_YEAR) if percent >= 0 else 1.25 * percent - 2.5


def _status(measure: float, many: float, some: float) -> str:
    if measure >= many:
        return "substantial_progress"
    if measure >= some:
        return "moderate_progress"
    return "limited_progress" if measure >= 0 else "deterioration"


def _clipped(score: float) -> float:
    return max(-5.0, min(5.0, score))
