"""After closing nobody can tell any more who took part, and nothing that was counted changes."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE, AuditEntry
from citizen.core.db import db
from citizen.participation import running
from citizen.participation.actions import has_taken_part
from citizen.participation.models import AnswerCount, ConsultationSecret, Participation, Receipt
from polls import statistics
from polls.jobs import seal_ended_polls
from polls.models import Poll, PollBallot, PollOtherText, PollTally
from tests.makers import cast, make_participant, make_poll, option_ids

PEOPLE = 60


@pytest.fixture
def answered(city: City) -> Poll:
    """A poll that many people answered and that has just ended."""
    poll = make_poll(city, has_other=True)
    for number in range(PEOPLE):
        cast(poll, ("Tickets", "Times", "Maps")[number % 3], by=f"person {number}")
    write_something_else(poll)
    return poll


def write_something_else(poll: Poll) -> None:
    for number in range(5):
        db.session.add(
            PollOtherText(city_id=poll.city_id, poll_id=poll.id, id=bytes([number] * 16), text=f"text {number}")
        )
    db.session.commit()


def end(poll: Poll) -> None:
    poll.closes_at = clock.now() - timedelta(seconds=1)
    db.session.commit()


def rows(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def stored(model: type[Any]) -> list[tuple[Any, ...]]:
    """All rows, as values, in no order that could matter."""
    return sorted(tuple(map(repr, row)) for row in db.session.execute(select(model.__table__)))


def test_secret_and_receipts_are_gone(answered: Poll) -> None:
    assert rows(ConsultationSecret) == 1
    assert rows(Receipt) == PEOPLE
    end(answered)
    seal_ended_polls()
    assert rows(ConsultationSecret) == rows(Receipt) == 0


def test_what_was_counted_stays(answered: Poll) -> None:
    before = [stored(model) for model in (Participation, PollBallot, PollTally, PollOtherText, AnswerCount)]
    result = statistics.result(answered)
    end(answered)
    seal_ended_polls()
    assert [stored(model) for model in (Participation, PollBallot, PollTally, PollOtherText, AnswerCount)] == before
    assert statistics.result(answered) == result


def test_nobody_can_be_recognized_any_more(answered: Poll) -> None:
    assert has_taken_part(answered, make_participant("person 7"))
    end(answered)
    seal_ended_polls()
    assert not has_taken_part(answered, make_participant("person 7"))


def test_a_late_answer_is_refused_and_changes_nothing(app: Flask, answered: Poll) -> None:
    data = {"choice": option_ids(answered, "Maps"), "key": "a" * 32}
    end(answered)
    seal_ended_polls()
    reply = app.test_client().post(f"/riverton/polls/{answered.slug}", data=data)
    assert reply.status_code == 409
    assert "came too late" in reply.text
    assert statistics.count(answered) == PEOPLE


def test_an_open_poll_keeps_its_secret(answered: Poll) -> None:
    seal_ended_polls()
    assert rows(ConsultationSecret) == 1
    assert answered.sealed_at is None


def test_it_happens_once_and_is_written_down(answered: Poll) -> None:
    end(answered)
    seal_ended_polls()
    sealed_at = answered.sealed_at
    seal_ended_polls()
    db.session.refresh(answered)
    assert answered.sealed_at == sealed_at
    query = select(func.count()).select_from(AuditEntry).where(AuditEntry.verb == "sealed")
    assert db.session.scalar(query) == 1


@pytest.mark.parametrize("how", ["closed", "withdrawn"])
def test_so_is_what_staff_ended_early(answered: Poll, how: str) -> None:
    by = COMMAND_LINE
    running.close(answered, by=by) if how == "closed" else running.withdraw(answered, {"en": "A mistake."}, by=by)
    db.session.commit()
    seal_ended_polls()
    assert rows(ConsultationSecret) == 0


def test_only_the_poll_that_ended_is_touched(answered: Poll, city: City) -> None:
    other = make_poll(city)
    cast(other, "Maps")
    end(answered)
    seal_ended_polls()
    assert rows(ConsultationSecret) == rows(Receipt) == 1
    assert has_taken_part(other, make_participant())


def storage_order(model: type[Any]) -> list[bytes]:
    """The keys of the rows in the order in which they stand on disk."""
    key = list(model.__table__.primary_key)[-1].name
    place = "ctid" if db.session.get_bind().dialect.name == "postgresql" else key
    return [
        bytes(row[0]) for row in db.session.execute(text(f"SELECT {key} FROM {model.__tablename__} ORDER BY {place}"))
    ]


@pytest.mark.parametrize("model", [Participation, PollBallot], ids=lambda model: model.__tablename__)
def test_the_order_on_disk_tells_nothing(answered: Poll, model: type[Any]) -> None:
    """PostgreSQL appends rows as they come, so they are written anew; SQLite keeps these by their random keys."""
    before = storage_order(model)
    end(answered)
    seal_ended_polls()
    after = storage_order(model)
    assert sorted(after) == sorted(before)
    if db.session.get_bind().dialect.name == "postgresql":
        assert after != before
    else:
        assert after == sorted(after)
        assert "WITHOUT ROWID" in str(db.session.scalar(schema_of(model)))


def schema_of(model: type[Any]) -> Any:
    return text("SELECT sql FROM sqlite_master WHERE name = :name").bindparams(name=model.__tablename__)


def test_before_closing_too_the_two_tables_stand_in_different_orders(answered: Poll) -> None:
    """On SQLite at any time; on PostgreSQL the rows of an open poll wait for the sealing."""
    if db.session.get_bind().dialect.name == "sqlite":
        assert storage_order(Participation) == sorted(storage_order(Participation))
        assert storage_order(PollBallot) == sorted(storage_order(PollBallot))
