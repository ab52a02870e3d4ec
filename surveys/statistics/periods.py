"""Days counted by month, and put together by year or by ten years where there are too many months to show."""

from collections import Counter
from collections.abc import Mapping

MOST_MONTHS = 24
MOST_YEARS = 30


def periods(months: Mapping[str, int]) -> dict[str, int]:
    """From "2026-01" to the finest of months, years and tens of years ("2020s") that can be shown, in order.

    Periods among them in which no day lies are there too, with 0.
    """
    given = {_number(month): n for month, n in months.items() if n}
    if not given:
        return {}
    first, last = min(given), max(given)
    if last - first < MOST_MONTHS:
        return {f"{number // 12:04d}-{number % 12 + 1:02d}": given.get(number, 0) for number in range(first, last + 1)}
    if last // 12 - first // 12 < MOST_YEARS:
        return {f"{year:04d}": n for year, n in _together(given, 12).items()}
    return {f"{ten * 10:04d}s": n for ten, n in _together(given, 120).items()}


def _together(given: Mapping[int, int], months: int) -> dict[int, int]:
    sums: Counter[int] = Counter()
    for number, n in given.items():
        sums[number // months] += n
    return {period: sums[period] for period in range(min(sums), max(sums) + 1)}


def _number(month: str) -> int:
    """Months since the year 0."""
    year, _hyphen, within = month.partition("-")
    return int(year) * 12 + int(within) - 1
