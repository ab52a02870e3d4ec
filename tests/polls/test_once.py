"""One answer each, whatever arrives twice, and nothing that tells whose it was."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.participation.models import Assurance, Burst, Participation
from polls import statistics
from polls.models import Poll, PollBallot
from tests.makers import cast, make_poll, make_staff, option_ids, sign_in
from tests.polls.sending import KEY, OTHER_KEY, address, counts, send


def test_the_same_key_twice_is_one_answer_and_the_same_reply(app: Flask, poll: Poll) -> None:
    first, second = (send(app.test_client(), poll, "Tickets") for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert first.headers["Set-Cookie"].split(";")[0] == second.headers["Set-Cookie"].split(";")[0]
    assert statistics.count(poll) == 1


def test_the_same_key_with_another_answer_is_refused(app: Flask, poll: Poll) -> None:
    send(app.test_client(), poll, "Tickets")
    reply = send(app.test_client(), poll, "Maps")
    assert reply.status_code == 409
    assert "The first answer counts" in reply.text
    assert counts(poll)["Maps"] == 0


def test_a_second_answer_of_one_browser_does_not_count(client: FlaskClient, poll: Poll) -> None:
    send(client, poll, "Tickets")
    reply = send(client, poll, "Maps", key=OTHER_KEY)
    assert "already answered" in client.get(reply.location).text
    assert counts(poll) == {"Tickets": 1, "Maps": 0, "Times": 0}


def test_a_class_behind_one_address_can_all_answer(app: Flask, poll: Poll) -> None:
    for pupil in range(30):
        send(app.test_client(), poll, "Times", key=f"{pupil:032x}")
    assert statistics.count(poll) == 30


def test_a_burst_is_slowed_and_told_to_staff_and_nothing_is_dropped_silently(app: Flask, poll: Poll) -> None:
    replies = [send(app.test_client(), poll, "Times", key=f"{number:032x}") for number in range(62)]
    assert [reply.status_code for reply in replies].count(429) == 2
    assert int(replies[-1].headers["Retry-After"]) > 0
    assert "Yours is still here" in replies[-1].text
    assert "checked" in replies[-1].text
    assert db.session.scalar(select(Burst.n)) == 2


def test_a_confirmed_address_counts_once_on_every_device(app: Flask, city: City) -> None:
    poll = make_poll(city, assurance=Assurance.CONTACT)
    ana = make_staff(None, email="ana@example.org")
    also_ana = make_staff(None, email="ana+second@example.org")
    send(sign_in(app.test_client(), ana), poll, "Maps")
    send(sign_in(app.test_client(), also_ana), poll, "Tickets", key=OTHER_KEY)
    assert counts(poll) == {"Maps": 1, "Tickets": 0, "Times": 0}


def test_nothing_joins_participation_and_ballots(poll: Poll) -> None:
    cast(poll, "Maps")
    shared = set(Participation.__table__.columns.keys()) & set(PollBallot.__table__.columns.keys())
    assert shared == {"city_id"}
    ballot = json.dumps([str(value) for value in db.session.execute(select(PollBallot.__table__)).one()])
    participant = db.session.scalar(select(Participation.participant))
    assert participant is not None
    assert participant.hex() not in ballot


def together(count: int, act: Any) -> list[Any]:
    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(act, range(count)))


def test_fifty_parallel_sends_of_one_key_are_one_answer_and_equal_replies(app: Flask, poll: Poll) -> None:
    data = {"choice": option_ids(poll, "Maps"), "key": KEY}
    where = address(poll)
    db.session.commit()

    def act(_number: int) -> tuple[int, str, str]:
        reply = FlaskClient(app, app.response_class).post(where, data=data)
        return reply.status_code, reply.location, reply.headers["Set-Cookie"].split(";")[0]

    assert len(set(together(50, act))) == 1
    assert counts(poll) == {"Maps": 1, "Tickets": 0, "Times": 0}


def test_fifty_parallel_answers_of_one_participant_count_once(app: Flask, poll: Poll) -> None:
    ids, where = option_ids(poll, "Maps"), address(poll)
    db.session.commit()

    def act(number: int) -> str:
        browser = FlaskClient(app, app.response_class)
        browser.set_cookie("plaza-device", "a" * 32)
        return browser.post(where, data={"choice": ids, "key": f"{number:032x}"}).location.split("outcome=")[1]

    outcomes = together(50, act)
    assert outcomes.count("counted") == 1
    assert outcomes.count("already") == 49
    assert counts(poll)["Maps"] == statistics.count(poll) == 1


def test_a_lost_reply_can_be_asked_for_again_after_the_close(client: FlaskClient, poll: Poll) -> None:
    send(client, poll, "Maps")
    poll.closes_at = clock.now() - timedelta(seconds=1)
    assert send(client, poll, "Maps").status_code == 303
    assert send(client, poll, "Maps", key=OTHER_KEY).status_code == 409
