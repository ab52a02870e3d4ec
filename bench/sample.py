"""A city with polls to measure on: the demo city, an empty poll to answer, and polls with many answers."""

import random
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from app import create_app
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.config import Settings
from citizen.core.db import Base, add_to_counters, db
from citizen.participation.identity import Participant
from citizen.participation.models import AnswerCount, Assurance, Channel, Participation, Receipt
from polls import actions
from polls.answers import Answer, checked
from polls.demo import make_demo_city
from polls.models import Poll, PollBallot, PollForm, PollOption, PollTally
from polls.statistics import count
from polls.tallies import rows_for

TITLE = "What are the 2 most important features of a public transport app?"
LABELS = (
    "Live departure times",
    "Buying tickets",
    "Planning a trip",
    "News about delays",
    "Step-free routes",
    "Prices",
)
CITY, ANSWERED, FEW, MANY = "riverton", "answered", "few", "many"
FEW_ANSWERS, MANY_ANSWERS = 100, 100_000
CHUNK = 10_000


def plaza(environment: Mapping[str, str]) -> Flask:
    return create_app(settings=Settings.from_env(environment))


def prepare(app: Flask) -> str:
    """Make the tables and the sample. Returns the form fields of an answer to the poll that is open for them."""
    with app.app_context():
        upgrade(directory=str(Path(app.root_path) / "migrations"))
        make_demo_city(by=COMMAND_LINE)
        city = db.session.scalars(select(City).filter_by(slug=CITY)).one()
        for slug, answers in ((ANSWERED, 0), (FEW, FEW_ANSWERS), (MANY, MANY_ANSWERS)):
            poll = _make_poll(city, slug)
            _fill(poll, answers)
        db.session.commit()
        options = db.session.scalars(select(Poll).filter_by(slug=ANSWERED)).one().options
        fields = "&".join(f"choice={option.id}" for option in options[:2])
        db.engine.dispose()
    return fields


def ballots(app: Flask) -> int:
    """How many answers stand in the poll that is open for them: rows, not the kept counter."""
    with app.app_context():
        poll = db.session.scalars(select(Poll).filter_by(slug=ANSWERED)).one()
        query = select(func.count()).select_from(PollBallot).filter_by(city_id=poll.city_id, poll_id=poll.id)
        found = db.session.scalar(query) or 0
        if found != count(poll):
            raise RuntimeError(f"{found} answers are stored but {count(poll)} are counted.")
        db.engine.dispose()
    return found


def _make_poll(city: City, slug: str) -> Poll:
    """Open for a week. Choose up to 2 of 6."""
    now = clock.now()
    poll = Poll(city_id=city.id, city=city, slug=slug, title={"en": TITLE, "de": TITLE}, choose_max=2)
    poll.form, poll.opens_at, poll.closes_at = PollForm.MULTIPLE, now, now + timedelta(days=7)
    poll.options = [
        PollOption(city_id=city.id, position=position, label={"en": label, "de": label})
        for position, label in enumerate(LABELS)
    ]
    db.session.add(poll)
    db.session.flush()
    actions.publish(poll, by=COMMAND_LINE)
    db.session.flush()
    return poll


def _fill(poll: Poll, answers: int) -> None:
    """Store answers as the pages would have, many at a time, with the counters that they add up to."""
    for start in range(0, answers, CHUNK):
        _store(poll, _invented(poll, min(CHUNK, answers - start)))
    if count(poll) != answers:
        raise RuntimeError(f"The sample has {count(poll)} answers instead of {answers}.")


def _invented(poll: Poll, number: int) -> list[tuple[Participant, Answer]]:
    """Reproducible answers: every run of the bench measures the same result."""
    chance = random.Random(number)
    ids = [option.id for option in poll.options]
    return [
        (
            Participant("bench", Assurance.DEVICE, chance.choice([Channel.WEB, Channel.QR])),
            checked(poll, chance.sample(ids, chance.choice([1, 2]))),
        )
        for _ in range(number)
    ]


def _store(poll: Poll, cast: list[tuple[Participant, Answer]]) -> None:
    _insert(Participation, [_place(poll) | {"participant": secrets.token_bytes(32)} for _ in cast])
    _insert(Receipt, [_place(poll) | _receipt() for _ in cast])
    _insert(PollBallot, [_ballot(poll, by, answer) for by, answer in cast])
    _add(PollTally, (row for by, answer in cast for row in rows_for(poll, answer, by)))
    _add(AnswerCount, (_count(poll, by) for by, _answer in cast))


def _place(poll: Poll) -> dict[str, Any]:
    return {"city_id": poll.city_id, "consultation_id": poll.id}


def _receipt() -> dict[str, Any]:
    key, fingerprint = secrets.token_bytes(32), secrets.token_bytes(32)
    return {"key_digest": key, "fingerprint": fingerprint, "outcome": "counted"}


def _ballot(poll: Poll, by: Participant, answer: Answer) -> dict[str, Any]:
    row = {"city_id": poll.city_id, "poll_id": poll.id, "id": secrets.token_bytes(16)}
    return row | {"answer": list(answer.chosen), "channel": by.channel, "assurance": int(by.assurance)}


def _count(poll: Poll, by: Participant) -> dict[str, Any]:
    row = _place(poll) | {"day": clock.day_in(poll.city.time_zone), "channel": by.channel}
    return row | {"assurance": int(by.assurance), "n": 1}


def _insert(model: type[Base], rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(model.__table__), rows)  # type: ignore[arg-type]


def _add(model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Raise the counters once by their sums instead of once for each answer."""
    sums = Counter(tuple(sorted((name, value) for name, value in row.items() if name != "n")) for row in rows)
    add_to_counters(model, [dict(key) | {"n": number} for key, number in sums.items()])
