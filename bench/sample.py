"""A city with polls to measure on: the demo city, an empty poll to answer, and polls with many answers."""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import ColumnElement, func, insert, literal, select

from app import create_app
from bench.ideas import Pair, make_campaigns
from bench.surveys import make_surveys
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.config import Settings
from citizen.core.db import Base, add_to_counters, db
from citizen.participation.demo import make_demo_city
from citizen.participation.identity import Participant
from citizen.participation.models import AnswerCount, Assurance, Channel, Participation, Receipt
from polls import actions
from polls.answers import Answer, checked
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
RANDOM: dict[str, Callable[[int], ColumnElement[bytes]]] = {
    "sqlite": func.randomblob,
    "postgresql": lambda length: func.substring(func.sha256(func.uuid_send(func.gen_random_uuid())), 1, length),
}


def plaza(environment: Mapping[str, str]) -> Flask:
    return create_app(settings=Settings.from_env(environment))


@dataclass(frozen=True)
class Fields:
    """The form fields of an answer to the poll, and of a sheet of the survey, that are open for them.

    `campaigns`: what is compared between few ideas and many.
    """

    answer: str
    sheet: str
    campaigns: list[Pair]


def prepare(app: Flask) -> Fields:
    """Make the tables and the sample."""
    with app.app_context():
        upgrade(directory=str(Path(app.root_path) / "migrations"))
        make_demo_city(by=COMMAND_LINE)
        city = db.session.scalars(select(City).filter_by(slug=CITY)).one()
        for slug, answers in ((ANSWERED, 0), (FEW, FEW_ANSWERS), (MANY, MANY_ANSWERS)):
            make_poll(city, slug, answers)
        db.session.commit()
        options = db.session.scalars(select(Poll).filter_by(slug=ANSWERED)).one().options
        answer = "&".join(f"choice={option.id}" for option in options[:2])
        fields = Fields(answer, make_surveys(city), make_campaigns(city))
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


def make_poll(city: City, slug: str, answers: int) -> Poll:
    """Open for a week, with so many answers. Choose up to 2 of 6."""
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
    _fill(poll, answers)
    return poll


def _fill(poll: Poll, answers: int) -> None:
    """Store answers as the pages would have: the database makes the rows, the counters are what they add up to."""
    chosen = Counter(random.Random(answers).choices(_possible(poll), k=answers))
    _repeat(Participation, answers, _place(poll), {"participant": 32})
    _repeat(Receipt, answers, _place(poll) | {"outcome": "counted"}, {"key_digest": 32, "fingerprint": 32})
    for (answer, channel), number in chosen.items():
        by = Participant("bench", Assurance.DEVICE, channel)
        row = {"city_id": poll.city_id, "poll_id": poll.id, "answer": list(answer.chosen)}
        row |= {"channel": channel, "assurance": int(by.assurance)}
        _repeat(PollBallot, number, row, {"id": 16})
        add_to_counters(PollTally, [row | {"n": number} for row in rows_for(poll, answer, by)])
        add_to_counters(AnswerCount, [_place(poll) | _today(poll, by) | {"n": number}])
    if count(poll) != answers:
        raise RuntimeError(f"The sample has {count(poll)} answers instead of {answers}.")


def _possible(poll: Poll) -> list[tuple[Answer, Channel]]:
    ids = [option.id for option in poll.options]
    choices = [*itertools.combinations(ids, 1), *itertools.combinations(ids, 2)]
    return [(checked(poll, list(chosen)), channel) for chosen in choices for channel in (Channel.WEB, Channel.QR)]


def _place(poll: Poll) -> dict[str, Any]:
    return {"city_id": poll.city_id, "consultation_id": poll.id}


def _today(poll: Poll, by: Participant) -> dict[str, Any]:
    day = clock.day_in(poll.city.time_zone)
    return {"day": day, "channel": by.channel, "assurance": int(by.assurance)}


def _repeat(model: type[Base], times: int, row: dict[str, Any], random_bytes: dict[str, int]) -> None:
    """Insert the row so many times, with new random bytes in the named columns each time."""
    if not times:
        return
    columns = model.__table__.c
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < times))
    values: list[ColumnElement[Any]] = [literal(value, columns[name].type) for name, value in row.items()]
    noise = RANDOM[db.engine.dialect.name]
    values += [noise(length) for length in random_bytes.values()]
    rows = select(*values).select_from(numbers)
    db.session.connection().execute(insert(model).from_select([*row, *random_bytes], rows))
