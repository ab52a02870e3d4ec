"""The one place that asks what time it is. Everything inside is UTC."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC, to the second: nothing we keep needs to be finer."""
    return datetime.now(UTC).replace(microsecond=0)


def day_in(zone: str) -> date:
    """Today's date where the city is."""
    return datetime.now(ZoneInfo(zone)).date()


def two_weeks_after(moment: datetime, zone: str) -> datetime:
    """The same time of day two weeks later, where the zone is: clocks may change in between."""
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0) + timedelta(days=14)
    return local.replace(tzinfo=ZoneInfo(zone))
