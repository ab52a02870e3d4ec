"""The author reads why, appeals in one step, and somebody else decides."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from citizen.core import clock
from citizen.core.db import db
from citizen.core.errors import Refused
from citizen.core.mail import OutgoingMail
from citizen.moderation import appealing, deciding
from citizen.moderation.deciding import Grounds
from citizen.moderation.keys import key_of
from citizen.moderation.models import Appeal, Outcome, Verdict
from tests.makers import csrf_token, post_form
from tests.moderation.makers import INSULT, acting, actor, decide, make_item, statement_of


@pytest.fixture
def statement(board, city, moderator):
    """Bruno has hidden a text with three votes."""
    item = make_item(board, city, "You fool", is_shown=True, votes=3, email="ana@example.org")
    return statement_of(decide(city, item, by=acting(moderator)))


def page_of(statement, city="riverton"):
    return f"/{city}/moderation/decisions/{key_of(statement.id)}"


def appeal(client, statement, text="It was a joke."):
    return client.post(f"{page_of(statement)}/appeal", data={"text": text})


def test_the_statement_says_what_article_17_asks_for(client, statement):
    reply = client.get(page_of(statement))
    assert reply.status_code == 200
    for part in (
        "Your text was hidden",
        "You fool",
        "Your text insults or attacks somebody.",
        "“Fool” in the second sentence",
        "House rules",
        "The text is shown nowhere",
        "without an end",
        "No program took part",
        "Send the appeal",
        "go to court",
    ):
        assert part in reply.text, part
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert reply.headers["Referrer-Policy"] == "no-referrer"


def test_it_speaks_the_authors_language(client, statement):
    assert "Ihr Text beleidigt jemanden" in client.get(f"{page_of(statement)}?lang=de").text


@pytest.mark.parametrize("key", ["1", "1-", "1-" + "0" * 32, "x-y", "99999999999-" + "0" * 32])
def test_nobody_guesses_the_link(client, statement, key):
    assert client.get(f"/riverton/moderation/decisions/{key}").status_code == 404


def test_the_link_opens_nothing_in_another_city_and_nothing_after_undoing(client, statement, other_city, moderator):
    assert client.get(page_of(statement, "hillside")).status_code == 404
    deciding.undo(statement.decision, by=acting(moderator))
    assert client.get(page_of(statement)).status_code == 404


def test_an_appeal_is_one_step_and_one_appeal(client, statement):
    assert appeal(client, statement).status_code == 303
    assert appeal(client, statement, "Again").status_code == 303
    [row] = db.session.scalars(select(Appeal)).unique().all()
    assert (row.text, row.outcome) == ("It was a joke.", None)
    assert row.due_at == row.at + timedelta(days=14)
    assert "We have your appeal" in client.get(page_of(statement)).text


def test_an_empty_appeal_comes_back(client, statement):
    reply = appeal(client, statement, "  ")
    assert reply.status_code == 422
    assert "Please write something first." in reply.text


def test_whoever_decided_does_not_decide_on_the_appeal(client, bruno, statement):
    appeal(client, statement)
    page = f"/riverton/staff/appeals/{statement.id}"
    assert "Somebody else has to look" in bruno.get(page).text
    token = csrf_token(bruno, "/riverton/staff/moderation/words?language=en")
    reply = bruno.post(page, data={"csrf_token": token, "answer": "No", "outcome": "upheld"})
    assert reply.status_code == 403
    assert db.session.scalars(select(Appeal.outcome)).all() == [None]


def test_granting_brings_everything_back_votes_too(client, dora, board, statement):
    appeal(client, statement)
    subject = statement.item.subject
    assert board.notes[subject].votes == 0
    reply = post_form(
        dora, f"/riverton/staff/appeals/{statement.id}", {"answer": "You are right.", "outcome": "granted"}
    )
    assert reply.status_code == 303
    assert (board.notes[subject].state, board.notes[subject].votes) == ("shown", 3)
    page = client.get(page_of(statement)).text
    assert "You were right" in page
    assert "not in force any more" in page
    mails = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
    assert [mail.subject for mail in mails] == ["Your text is not shown", "Your appeal has been decided"]


def test_a_decision_that_stays_is_explained(client, dora, board, statement):
    appeal(client, statement)
    page = f"/riverton/staff/appeals/{statement.id}"
    assert post_form(dora, page, {"answer": "", "outcome": "upheld"}).status_code == 422
    post_form(dora, page, {"answer": "It stays an insult.", "outcome": "upheld"})
    assert board.notes[statement.item.subject].state == "hidden"
    assert "It stays an insult." in client.get(page_of(statement)).text


def test_of_two_answers_one_counts(statement):
    row = appealing.appeal(statement, "No")
    appealing.decide_appeal(row, Outcome.UPHELD, "No", by=actor(98))
    with pytest.raises(Refused, match="already"):
        appealing.decide_appeal(row, Outcome.GRANTED, "Yes", by=actor(99))


def test_what_has_ended_cannot_be_appealed(board, city):
    until = clock.now() + timedelta(days=1)
    decision = decide(city, make_item(board, city), Verdict.REJECT, Grounds("insult", until=until))
    decision.until = clock.now()
    with pytest.raises(Refused, match="ended"):
        appealing.appeal(statement_of(decision), "Why?")


def test_a_late_answer_shows(client, viewer, statement):
    appeal(client, statement)
    row = db.session.scalars(select(Appeal)).unique().one()
    row.due_at = clock.now() - timedelta(days=1)
    assert "late" in viewer.get("/riverton/staff/appeals").text


def test_an_appeal_of_another_city_is_not_here(board, other_city, bruno):
    statement = statement_of(decide(other_city, make_item(board, other_city), Verdict.REJECT, INSULT))
    appealing.appeal(statement, "Why?")
    db.session.commit()
    assert bruno.get(f"/riverton/staff/appeals/{statement.id}").status_code == 404
