"""Programs send answers: kiosks, sheets of paper, other software."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.participation.models import AnswerCount, Assurance, Receipt
from polls import statistics
from polls.models import Poll, PollBallot
from tests.api import KEY, OTHER_KEY, assert_problem, bearing, of, send
from tests.makers import make_poll, option_ids


@pytest.mark.parametrize(("channel", "stored"), [(None, "api"), ("kiosk", "kiosk"), ("paper", "paper")])
def test_an_answer_carries_the_tokens_channel(
    client: FlaskClient, poll: Poll, channel: str | None, stored: str
) -> None:
    assert send(client, poll, "Tickets", headers=bearing(poll.city, Role.VIEWER, channel=channel)).status_code == 201
    ballots = db.session.execute(select(PollBallot.channel, PollBallot.assurance)).all()
    counts = db.session.execute(select(AnswerCount.channel, AnswerCount.assurance)).all()
    assert ballots == counts == [(stored, Assurance.OPEN)]


def test_the_same_key_twice_is_one_answer_and_the_same_reply(client: FlaskClient, poll: Poll) -> None:
    kiosk = bearing(poll.city, Role.VIEWER, channel="kiosk")
    first, second = (send(client, poll, "Tickets", headers=kiosk) for _ in range(2))
    assert (first.status_code, first.data) == (second.status_code, second.data) == (201, b'{"outcome":"counted"}')
    assert statistics.count(poll) == 1


def test_capital_letters_make_no_other_key(client: FlaskClient, poll: Poll) -> None:
    kiosk = bearing(poll.city, Role.VIEWER)
    for key in (KEY, KEY.upper()):
        assert send(client, poll, "Tickets", headers=kiosk, key=key).status_code == 201
    assert statistics.count(poll) == 1


def test_the_same_key_with_another_answer_is_refused(client: FlaskClient, poll: Poll) -> None:
    kiosk = bearing(poll.city, Role.VIEWER)
    send(client, poll, "Tickets", headers=kiosk)
    assert_problem(send(client, poll, "Maps", headers=kiosk), 409)
    assert statistics.count(poll) == 1


def test_people_at_one_kiosk_all_count(client: FlaskClient, poll: Poll) -> None:
    kiosk = bearing(poll.city, Role.VIEWER, channel="kiosk")
    for key in (KEY, OTHER_KEY):
        send(client, poll, "Tickets", headers=kiosk, key=key)
    assert statistics.count(poll) == 2


def test_fifty_parallel_sends_of_one_key_are_one_answer(app: Flask, poll: Poll) -> None:
    kiosk = bearing(poll.city, Role.VIEWER, channel="kiosk")
    body = {"choices": option_ids(poll, "Tickets")}
    path, headers = of(poll, "answers"), kiosk | {"Idempotency-Key": KEY}
    db.session.commit()

    def act(_number: int) -> tuple[int, bytes]:
        reply = FlaskClient(app, app.response_class).post(path, json=body, headers=headers)
        return reply.status_code, reply.data

    with ThreadPoolExecutor(10) as pool:
        replies = set(pool.map(act, range(50)))
    assert replies == {(201, b'{"outcome":"counted"}')}
    assert statistics.count(poll) == 1


@pytest.mark.parametrize(("key", "status"), [("", 400), ("short", 422), ("g" * 32, 422), (KEY + "0", 422)])
def test_an_answer_needs_a_key(client: FlaskClient, poll: Poll, key: str, status: int) -> None:
    assert_problem(send(client, poll, "Tickets", headers=bearing(poll.city, Role.VIEWER), key=key), status)
    assert db.session.scalar(select(func.count()).select_from(Receipt)) == 0


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"choices": []},
        {"choices": ["ffffffff"]},
        {"choices": ["Tickets"]},
        {"choices": "yes"},
        {"choices": [1]},
        {"choices": ["other"], "other": "x" * 201},
        {"choices": ["other"], "other": "a\x00b"},
    ],
)
def test_an_answer_that_does_not_fit_is_refused(client: FlaskClient, poll: Poll, answer: dict[str, Any]) -> None:
    headers = bearing(poll.city, Role.VIEWER) | {"Idempotency-Key": KEY}
    assert_problem(client.post(of(poll, "answers"), json=answer, headers=headers), 422)
    assert statistics.count(poll) == 0


def test_more_than_may_be_chosen_is_refused(client: FlaskClient, poll: Poll) -> None:
    reply = send(client, poll, headers=bearing(poll.city, Role.VIEWER))
    assert "at most 2" in assert_problem(reply, 422)["detail"]


@pytest.mark.parametrize(
    "moments",
    [
        {"opens_at": clock.now() + timedelta(days=1)},
        {"closes_at": clock.now() - timedelta(minutes=1)},
    ],
)
def test_a_poll_that_is_not_open_takes_no_answer(client: FlaskClient, city: City, moments: dict[str, Any]) -> None:
    poll = make_poll(city, **moments)
    assert_problem(send(client, poll, "Tickets", headers=bearing(city, Role.VIEWER)), 409)


def test_a_poll_that_wants_a_confirmed_contact_takes_none_from_a_program(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, assurance=Assurance.CONTACT)
    assert_problem(send(client, poll, "Tickets", headers=bearing(city, Role.ADMIN)), 403)
    assert statistics.count(poll) == 0
