"""What came out of a poll: read-only, frozen, and the same for page, CSV, API, embed and event screen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select

from citizen.core.db import db
from citizen.core.i18n import Text
from citizen.participation.models import AnswerCount, Burst
from insights.disclosure import publishable
from insights.ranking import borda, schulze
from insights.scales import mean, median
from polls.answers import choice_ids, choice_label
from polls.models import OTHER, Poll, PollForm, PollOtherText, PollTally

answered, tallied = AnswerCount.__table__.c, PollTally.__table__.c
DAYS = select(answered.day, answered.channel, answered.assurance, answered.n).where(
    answered.city_id == bindparam("city"), answered.consultation_id == bindparam("poll")
)
COUNT = select(func.coalesce(func.sum(answered.n), 0)).where(
    answered.city_id == bindparam("city"), answered.consultation_id == bindparam("poll")
)
TALLY = select(tallied.choice, tallied.rival, tallied.place, tallied.length, tallied.n).where(
    tallied.city_id == bindparam("city"), tallied.poll_id == bindparam("poll")
)
Rows = Sequence[Row[Any]]


@dataclass(frozen=True)
class Bar:
    """One choice: how many chose it (ranked it first, gave the value) and their share of all responses, 0 to 1."""

    id: str
    label: Text | str
    count: int
    share: float
    points: float | None = None
    order: int | None = None

    @property
    def percent(self) -> int:
        """Whole per cent, half up, as people round."""
        return int(self.share * 100 + 0.5)


@dataclass(frozen=True)
class Result:
    """The result of a poll. `n` counts responses; shares are of responses and may add to more than 1."""

    n: int
    bars: tuple[Bar, ...]
    channels: dict[str, int]
    assurances: dict[int, int]
    days: tuple[tuple[date, int], ...]
    mean: float | None
    median: float | None
    schulze: tuple[tuple[str, ...], ...]
    population: int | None

    @property
    def leading(self) -> tuple[Bar, ...]:
        """The bars that were chosen most; several where they tie, none without responses."""
        most = max((bar.count for bar in self.bars), default=0)
        return tuple(bar for bar in self.bars if most and bar.count == most)


def result(poll: Poll) -> Result:
    """Count what was answered, from the kept counters."""
    days, tally = _rows(DAYS, poll), _rows(TALLY, poll)
    n = sum(row.n for row in days)
    bars = _bars(poll, tally, n)
    values = {int(bar.id): bar.count for bar in bars} if poll.form == PollForm.SCALE else {}
    return Result(
        n=n,
        bars=bars,
        channels=_sums(days, "channel"),
        assurances=_sums(days, "assurance"),
        days=tuple(sorted(_sums(days, "day").items())),
        mean=mean(values),
        median=median(values),
        schulze=_schulze(poll, tally),
        population=poll.city.population,
    )


def count(poll: Poll) -> int:
    """Number of responses that count."""
    return db.session.connection().execute(COUNT, {"city": poll.city_id, "poll": poll.id}).scalar() or 0


def version(poll: Poll) -> tuple[int, int]:
    """Changes with every answer that counts and with every correction: what kept results hang on."""
    return count(poll), poll.edition


def burst_days(poll: Poll) -> list[Burst]:
    """Days on which a network sent faster than people do."""
    query = select(Burst).filter_by(city_id=poll.city_id, consultation_id=poll.id).order_by(Burst.day)
    return list(db.session.scalars(query))


def held_texts(poll: Poll) -> list[PollOtherText]:
    """What was written under "other" and waits for a decision, at most 200."""
    query = select(PollOtherText).filter_by(city_id=poll.city_id, poll_id=poll.id, state="held")
    return list(db.session.scalars(query.order_by(PollOtherText.id).limit(200)))


def approved_texts(poll: Poll) -> list[str]:
    """What was written under "other" and may be shown, at most 200."""
    if not poll.has_other:
        return []
    query = select(PollOtherText.text).filter_by(city_id=poll.city_id, poll_id=poll.id, state="approved")
    return list(db.session.scalars(query.order_by(PollOtherText.text).limit(200)))


def _rows(query: Select[Any], poll: Poll) -> Rows:
    """The kept counters as they are now, as plain rows: whole objects of them would cost more than all the rest."""
    return db.session.connection().execute(query, {"city": poll.city_id, "poll": poll.id}).all()


def _sums(rows: Rows, name: str) -> dict:  # type: ignore[type-arg]
    sums: Counter = Counter()  # type: ignore[type-arg]
    for row in rows:
        sums[getattr(row, name)] += row.n
    return dict(sums)


def _bars(poll: Poll, tally: Rows, n: int) -> tuple[Bar, ...]:
    """One bar for each choice: the longest first, but scales in their own order and "other" last."""
    counts: Counter[str] = Counter()
    for row in tally:
        if not row.rival and row.place <= 1:
            counts[row.choice] += row.n
    shown = publishable({choice: counts[choice] for choice in choice_ids(poll)})
    points = _points(poll, tally)
    bars = [
        Bar(choice, choice_label(poll, choice), number, number / n if n else 0.0, points.get(choice))
        for choice, number in shown.items()
    ]
    if poll.form in {PollForm.SCALE, PollForm.YES_NO}:
        return tuple(bars)
    return tuple(sorted(bars, key=lambda bar: (bar.id == OTHER, -(bar.points or 0), -bar.count)))


def _points(poll: Poll, tally: Rows) -> dict[str, float]:
    if poll.form != PollForm.RANK:
        return {}
    places: Counter[tuple[str, int, int]] = Counter()
    for row in tally:
        if not row.rival:
            places[row.choice, row.place, row.length] += row.n
    lengths: Counter[int] = Counter()
    for (_choice, place, length), number in places.items():
        if place == 1:
            lengths[length] += number
    return borda(choice_ids(poll), places, lengths)


def _schulze(poll: Poll, tally: Rows) -> tuple[tuple[str, ...], ...]:
    if poll.form != PollForm.RANK:
        return ()
    preferred: Counter[tuple[str, str]] = Counter()
    for row in tally:
        if row.rival:
            preferred[row.choice, row.rival] += row.n
    return tuple(tuple(group) for group in schulze(choice_ids(poll), preferred))
