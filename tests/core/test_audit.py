"""The log of staff acts: complete, in one chain, and telling where somebody changed it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from citizen.cities.models import City
from citizen.core import audit, clock
from citizen.core.audit import COMMAND_LINE, AuditEntry, first_broken_entry, record
from citizen.core.db import db


@pytest.fixture
def chain(city: City) -> list[int]:
    """Five acts; their numbers."""
    entries = [record("did", f"thing {number}", by=COMMAND_LINE, city_id=city.id, n=number) for number in range(5)]
    db.session.commit()
    return [entry.id for entry in entries]


def broken() -> int | None:
    db.session.expire_all()
    entry = first_broken_entry()
    return entry.id if entry else None


def test_an_untouched_chain_holds(chain: list[int]) -> None:
    assert broken() is None


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "undid"},
        {"subject": "nothing"},
        {"actor_name": "somebody else"},
        {"actor_id": 7},
        {"city_id": None},
        {"detail": {"n": 99}},
        {"at": clock.now() - timedelta(days=1)},
        {"digest": bytes(32)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_row_is_named(chain: list[int], change: dict[str, object]) -> None:
    db.session.execute(update(AuditEntry).where(AuditEntry.id == chain[2]).values(**change))
    db.session.commit()
    assert broken() == chain[2]


def test_a_row_that_was_taken_out_shows_at_the_next_one(chain: list[int]) -> None:
    db.session.execute(delete(AuditEntry).where(AuditEntry.id == chain[1]))
    db.session.commit()
    assert broken() == chain[2]


def test_two_rows_that_changed_places_show(chain: list[int]) -> None:
    first, second = (db.session.get(AuditEntry, number) for number in chain[1:3])
    assert first is not None
    assert second is not None
    first.subject, second.subject = second.subject, first.subject
    db.session.commit()
    assert broken() == chain[1]


def test_acts_at_the_same_moment_join_one_chain(app: Flask, city: City) -> None:
    city_id = city.id
    db.session.commit()

    def act(number: int) -> None:
        with app.app_context():
            record("did", f"thing {number}", by=COMMAND_LINE, city_id=city_id)
            db.session.commit()
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(24)))
    assert broken() is None
    assert len(list(db.session.scalars(select(AuditEntry.id)))) == 24


def test_what_was_rolled_back_leaves_no_row(city: City) -> None:
    record("did", "nothing", by=COMMAND_LINE, city_id=city.id)
    db.session.rollback()
    assert db.session.scalar(select(AuditEntry.id)) is None


def test_an_act_makes_the_pages_of_its_city_new(city: City, other_city: City) -> None:
    before = (city.revision, other_city.revision)
    record("did", "something", by=COMMAND_LINE, city_id=city.id)
    db.session.commit()
    db.session.expire_all()
    assert (city.revision, other_city.revision) == (before[0] + 1, before[1])


def test_the_command_names_the_broken_row(app: Flask, chain: list[int]) -> None:
    runner = app.test_cli_runner()
    db.session.commit()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    db.session.execute(update(AuditEntry).where(AuditEntry.id == chain[3]).values(verb="undid"))
    db.session.commit()
    told = runner.invoke(args=["audit", "verify"])
    assert told.exit_code == 1
    assert f"Row {chain[3]} " in told.output


def test_a_city_sees_its_own_acts_newest_first(chain: list[int], city: City, other_city: City) -> None:
    since = clock.now() - timedelta(minutes=5)
    assert [entry.id for entry in audit.entries_since(since, city.id)] == chain[::-1]
    assert audit.entries_since(since, other_city.id) == []
