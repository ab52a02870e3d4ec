"""Anybody can report; reports gather, count once for each device, and hide nothing."""

import secrets

import pytest
from sqlalchemy import select

from citizen.core.db import db
from citizen.moderation import reporting
from citizen.moderation.models import ModerationItem, Report, Verdict
from tests.moderation.makers import Note, decide, make_item, make_submission


def send(client, item, **changes):
    data = {"key": secrets.token_hex(16), "reason": "insult", "text": ""} | changes
    return client.post(f"/riverton/report/note/{item.subject}", data=data)


def by(item, city, device, reason="insult", text=""):
    taken = reporting.report(city, "note", item.subject, reason, text, device=device)
    db.session.commit()
    db.session.refresh(item)
    return taken


def test_a_report_needs_no_account_and_brings_the_text_to_the_front(client, board, city):
    item = make_item(board, city, is_shown=True)
    reply = send(client, item)
    assert (reply.status_code, reply.location) == (303, f"/riverton/report/note/{item.subject}?sent=yes")
    assert "Thank you" in client.get(reply.location).text
    db.session.refresh(item)
    assert (item.cause, item.reports) == ("reported", 1)


def test_the_same_browser_counts_once(client, board, city):
    item = make_item(board, city, is_shown=True)
    send(client, item)
    assert send(client, item, reason="hate").status_code == 303
    db.session.refresh(item)
    assert item.reports == 1


def test_however_many_reports_hide_nothing(board, city):
    item = make_item(board, city, is_shown=True)
    for number in range(30):
        by(item, city, f"device {number}")
    assert (item.reports, item.state, board.notes[item.subject].state) == (30, "waiting", "shown")


def test_an_approved_text_waits_again_after_several_new_reports(board, city):
    item = make_item(board, city, is_shown=True)
    by(item, city, "first")
    decide(city, item, Verdict.APPROVE)
    assert (by(item, city, "second"), item.state) == (True, "decided")
    by(item, city, "third")
    by(item, city, "fourth")
    assert item.state == "waiting"


def test_a_text_from_before_there_was_an_inbox_can_be_reported(board, city):
    board.notes["old"] = Note(city.id, make_submission("An old text", is_shown=True), "shown")
    assert reporting.report(city, "note", "old", "insult", "", device="x")
    assert db.session.scalars(select(ModerationItem.cause)).all() == ["reported"]


@pytest.mark.parametrize("changes", [{"reason": ""}, {"reason": "nothing"}, {"reason": "other"}, {"key": "x"}])
def test_what_is_missing_is_asked_for(client, board, city, changes):
    item = make_item(board, city, is_shown=True)
    reply = send(client, item, **changes)
    assert reply.status_code == 422
    assert "<title>Error:" in reply.text
    assert db.session.scalars(select(Report)).all() == []


@pytest.mark.parametrize("state", ["held", "hidden"])
def test_what_the_public_cannot_read_is_not_here(client, board, city, state):
    item = make_item(board, city, "A secret")
    board.notes[item.subject].state = state
    reply = client.get(f"/riverton/report/note/{item.subject}")
    assert reply.status_code == 404
    assert "A secret" not in reply.text
    assert send(client, item).status_code == 404


@pytest.mark.parametrize("path", ["note/nothing", "nothing/1"])
def test_what_is_nowhere_is_404(client, board, city, path):
    assert client.get(f"/riverton/report/{path}").status_code == 404


def test_the_page_shows_what_it_is_about(client, board, city):
    item = make_item(board, city, "More <b>benches</b>", is_shown=True)
    page = client.get(f"/riverton/report/note/{item.subject}").text
    assert "More &lt;b&gt;benches" in page


def test_a_network_that_sends_many_has_to_wait(client, board, city):
    item = make_item(board, city, is_shown=True)
    replies = [send(client, item).status_code for _ in range(22)]
    assert replies[-1] == 429
