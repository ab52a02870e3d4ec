"""Once a day, moderators hear by mail what waits."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.mail import OutgoingMail
from citizen.moderation import jobs, settings
from tests.makers import make_staff
from tests.moderation.makers import make_item


@pytest.fixture
def morning(monkeypatch):
    """Eight o'clock in Riverton, in winter."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 14, 7, 0, tzinfo=UTC))


def mails():
    jobs.send_digests()
    return [(mail.to, mail.subject, mail.body) for mail in db.session.scalars(select(OutgoingMail))]


def test_moderators_are_told_once_a_day(morning, board, city, moderator):
    make_staff(city, Role.ADMIN)
    make_item(board, city)
    mails()
    [(to, subject, body)] = mails()
    assert (to, subject) == ("bruno@example.org", "Riverton: texts wait for a decision")
    assert "1 text waits for a decision." in body
    assert "Note: 1" in body
    assert "http://localhost/riverton/staff/inbox" in body


def test_an_admin_is_told_where_nobody_moderates(morning, board, city):
    admin = make_staff(city, Role.ADMIN)
    make_item(board, city)
    assert [to for to, _subject, _body in mails()] == [admin.email]


def test_nobody_is_told_of_nothing(morning, board, city, moderator):
    assert mails() == []


def test_a_city_can_switch_it_off(morning, board, city, moderator):
    make_item(board, city)
    settings.change_rules(city, {"sends_digest": False}, by=COMMAND_LINE)
    assert mails() == []


def test_it_comes_in_the_morning(board, city, moderator, monkeypatch):
    make_item(board, city)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 1, 14, 15, 0, tzinfo=UTC))
    assert mails() == []
