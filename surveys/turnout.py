"""How many took part in a wave, by day and by channel: read-only, and nothing about who."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from citizen.core.db import db
from citizen.participation.models import AnswerCount, Burst
from surveys.models import SurveyDraft, SurveyWave


@dataclass(frozen=True)
class Turnout:
    """`n` counts sheets that were sent; `begun` those that are saved and not sent yet."""

    n: int
    days: tuple[tuple[date, int], ...]
    channels: tuple[tuple[str, int], ...]
    begun: int
    bursts: tuple[tuple[date, int], ...]


def turnout(wave: SurveyWave) -> Turnout:
    """From the kept counters: the same cost after ten sheets and after a hundred thousand."""
    place = {"city_id": wave.city_id, "consultation_id": wave.id}
    columns = AnswerCount.day, AnswerCount.channel, AnswerCount.n
    rows = db.session.execute(select(*columns).filter_by(**place)).all()
    days, channels = Counter[date](), Counter[str]()
    for day, channel, n in rows:
        days[day] += n
        channels[channel] += n
    bursts = db.session.execute(select(Burst.day, Burst.n).filter_by(**place).order_by(Burst.day))
    return Turnout(
        n=days.total(),
        days=tuple(sorted(days.items())),
        channels=tuple(channels.most_common()),
        begun=_begun(wave),
        bursts=tuple((day, n) for day, n in bursts),
    )


def _begun(wave: SurveyWave) -> int:
    query = select(func.count()).select_from(SurveyDraft).filter_by(city_id=wave.city_id, wave_id=wave.id)
    return db.session.scalar(query) or 0
