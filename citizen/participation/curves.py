"""Answers over time, as a curve and its table."""

from datetime import date, timedelta
from typing import Any

from flask_babel import ngettext
from markupsafe import Markup

from citizen.core.i18n import number, short_day


def curve(days: tuple[tuple[date, int], ...]) -> dict[str, Any] | None:
    """Answers by day, days without any among them: a sentence, and the rows of the table. None before two days."""
    if len(days) < 2:
        return None
    numbers = dict(days)
    first, last = days[0][0], days[-1][0]
    every_day = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    best = max(every_day, key=lambda day: numbers.get(day, 0))
    reading = ngettext(
        "Most answers came on %(day)s: %(num)s.",
        "Most answers came on %(day)s: %(num)s.",
        numbers[best],
        day=short_day(best),
    )
    return {"reading": reading, "rows": [[_as_time(day), number(numbers.get(day, 0))] for day in every_day]}


def _as_time(day: date) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), short_day(day))
