"""The one place that asks what time it is. Everything inside is UTC."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC, to the second: nothing we keep needs to be finer."""
    return datetime.now(UTC).replace(microsecond=0)


def day_in(zone: str) -> date:
    """Today's date where the city is."""
    return datetime.now(ZoneInfo(zone)).date()
