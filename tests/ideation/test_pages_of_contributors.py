"""Somebody's own page, and the mails that lead there: each news once, and a way out of one click."""

import re
import secrets

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.core.mail import OutgoingMail, message_of
from ideation import curating, jobs, undoing
from ideation.models import Campaign, Contributor, Idea, IdeaVersion, Rhythm, Showing, Status
from ideation.passes import Purpose, pass_for
from tests.ideation.makers import make_contributor, make_idea

BASE = "/riverton/ideas/electricity"
SOLAR = {"title": "Solar roofs", "text": "On all schools", "category": "buildings", "language": "en"}


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for staff to change their mind."""
    monkeypatch.setattr(jobs, "TIME_TO_UNDO", undoing.TIME_TO_UNDO * 0)


def key() -> str:
    return secrets.token_hex(16)


def propose(client: FlaskClient) -> str:
    """Suggest an idea. The address of the private page."""
    location = client.post(f"{BASE}/new", data=SOLAR | {"key": key()}).location
    return str(location).partition("?")[0]


def mails() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def link_in(mail: OutgoingMail, page: str) -> str:
    return re.search(rf"http://localhost(/\S*/{page}/\S+)", mail.body).group(1)


def answer(app: Flask, campaign: Campaign, status: Status = Status.ACCEPTED) -> None:
    with app.test_request_context():
        idea = db.session.scalars(select(Idea)).one()
        curating.set_status(campaign, [idea], status, {"en": f"We say: {status}."}, by=COMMAND_LINE)
        db.session.commit()


def tell(times: int = 1) -> None:
    for _time in range(times):
        jobs.note_who_hears()
        jobs.tell_contributors()


def test_from_an_idea_to_a_mail_about_it(app, client, campaign, soon) -> None:
    own = propose(client)
    client.post(f"{own}/mail", data={"email": "ana@example.org", "rhythm": "at_once"})
    answer(app, campaign)
    tell()
    assert len(mails()) == 1, "nothing is sent before the address is confirmed"
    link = link_in(mails()[0], "confirmation")
    assert client.get(link).status_code == 200
    assert db.session.scalars(select(Contributor)).one().confirmed_at is None
    client.post(link)
    answer(app, campaign, Status.PLANNED)
    tell(3)
    assert len(mails()) == 2
    assert "We say: planned." in mails()[1].body
    assert "Solar roofs" in mails()[1].body


def test_everybody_with_a_part_in_it_hears_once(app, client, campaign, soon) -> None:
    propose(client)
    idea = db.session.scalars(select(Idea)).one()
    for name in ("supports", "comments", "follows"):
        person = app.test_client()
        if name == "supports":
            person.post(f"{BASE}/{idea.id}/support", data={"key": key()})
        elif name == "comments":
            person.post(f"{BASE}/{idea.id}/comments", data={"key": key(), "text": "Good."})
        person.post(f"{BASE}/follow", data={"topic": f"idea:{idea.id}", "key": key()})
    for number, contributor in enumerate(db.session.scalars(select(Contributor)).all()):
        contributor.email, contributor.confirmed_at = f"person{number}@example.org", idea.created_at
    answer(app, campaign)
    tell(3)
    assert sorted(mail.to for mail in mails()) == [f"person{number}@example.org" for number in range(4)]


def test_the_way_out_is_one_click_in_the_mail_program(app, client, campaign, soon) -> None:
    contributor = make_contributor(campaign, email="ana@example.org", rhythm=Rhythm.AT_ONCE)
    make_idea(campaign, author=contributor)
    contributor.confirmed_at = db.session.scalars(select(Idea)).one().created_at
    answer(app, campaign)
    tell()
    mail = mails()[0]
    message = message_of(mail, app.extensions["settings"])
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.post(link_in(mail, "leave")).status_code == 200
    answer(app, campaign, Status.DONE)
    tell()
    assert len(mails()) == 1


def test_a_wrong_address_is_explained(client: FlaskClient, campaign: Campaign) -> None:
    reply = client.post(f"{propose(client)}/mail", data={"email": "nobody"})
    assert reply.status_code == 422
    assert "This does not look like an email address" in reply.text
    assert mails() == []


def test_an_author_changes_an_idea_and_what_stood_there_stays(client: FlaskClient, campaign: Campaign) -> None:
    own = propose(client)
    idea = db.session.scalars(select(Idea)).one()
    page = client.get(f"{own}/ideas/{idea.id}/edit").text
    assert 'value="Solar roofs"' in page
    sent = SOLAR | {"title": "Solar roofs first", "edition": 1}
    assert client.post(f"{own}/ideas/{idea.id}/edit", data=sent).status_code == 303
    assert db.session.scalars(select(IdeaVersion)).one().title == "Solar roofs"
    changes = client.get(f"{BASE}/{idea.id}/versions").text
    assert "<ins>" in changes


def test_two_changes_at_once_lose_nothing(client: FlaskClient, campaign: Campaign) -> None:
    own = propose(client)
    idea = db.session.scalars(select(Idea)).one()
    for title, status in (("First", 303), ("Second", 409)):
        reply = client.post(f"{own}/ideas/{idea.id}/edit", data=SOLAR | {"title": title, "edition": 1})
        assert reply.status_code == status
    assert 'value="Second"' in reply.text


def test_an_author_takes_an_idea_back(client: FlaskClient, campaign: Campaign) -> None:
    own = propose(client)
    idea = db.session.scalars(select(Idea)).one()
    assert client.get(f"{own}/ideas/{idea.id}/withdrawal").status_code == 200
    client.post(f"{own}/ideas/{idea.id}/withdrawal")
    assert db.session.scalars(select(Idea)).one().showing == Showing.WITHDRAWN
    assert "took it back" in client.get(f"{BASE}/{idea.id}").text


def test_nobody_changes_anothers_idea(app: Flask, client: FlaskClient, campaign: Campaign) -> None:
    propose(client)
    idea = db.session.scalars(select(Idea)).one()
    with app.test_request_context():
        stranger = pass_for(make_contributor(campaign, "bruno"), Purpose.OWN_PAGE)
        leave = pass_for(make_contributor(campaign, "ana"), Purpose.WAY_OUT)
    assert client.post(f"{BASE}/mine/{stranger}/ideas/{idea.id}/edit", data=SOLAR).status_code == 404
    assert client.post(f"{BASE}/mine/{stranger}/ideas/{idea.id}/withdrawal").status_code == 404
    for token in (leave, f"{stranger}x", "nothing"):
        assert client.get(f"{BASE}/mine/{token}").status_code == 404


def test_the_browser_finds_its_own_page_again(app: Flask, client: FlaskClient, campaign: Campaign) -> None:
    own = propose(client)
    assert client.get(f"{BASE}/mine").location.partition("?")[0] == own
    assert "nothing was said here yet" in app.test_client().get(f"{BASE}/mine").text


def test_a_private_page_is_told_to_nobody(client: FlaskClient, campaign: Campaign) -> None:
    reply = client.get(propose(client))
    assert reply.headers["Referrer-Policy"] == "same-origin"
    assert reply.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in reply.headers["Cache-Control"]
