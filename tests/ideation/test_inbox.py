"""Ideas and comments in the inbox of the city: how they come in, and what a decision does to them."""

import secrets
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.core import clock
from citizen.core.audit import COMMAND_LINE, Actor
from citizen.core.db import db
from citizen.moderation import deciding
from citizen.moderation.deciding import Grounds
from citizen.moderation.models import ItemState, ModerationHit, ModerationItem, Verdict
from ideation import importing
from ideation.importers import read_table
from ideation.models import Campaign, Idea, IdeaComment, Showing
from tests.ideation.makers import make_campaign, make_idea

BASE = "/riverton/ideas/electricity"
SOLAR = {"title": "Solar roofs", "text": "On all schools", "category": "buildings", "language": "en"}
BY = Actor("command line", None, "tests")


def key() -> str:
    return secrets.token_hex(16)


def propose(client: FlaskClient, **sent: str) -> str:
    return str(client.post(f"{BASE}/new", data=SOLAR | {"key": key()} | sent).location)


def item() -> ModerationItem:
    return db.session.scalars(select(ModerationItem).order_by(ModerationItem.id.desc())).first()


def idea() -> Idea:
    return db.session.scalars(select(Idea).order_by(Idea.id.desc())).first()


def decide(campaign: Campaign, verdict: Verdict, reason: str = "") -> deciding.Decision:
    found = item()
    grounds = Grounds(reason, "The second sentence" if reason else "")
    decision = deciding.decide(campaign.city, found, verdict, grounds, seen=found.digest, by=COMMAND_LINE)
    db.session.commit()
    return decision


def test_a_new_idea_stands_in_the_inbox_with_its_context(client: FlaskClient, campaign: Campaign) -> None:
    propose(client)
    found = item()
    assert (found.source, found.subject, found.title) == ("idea", str(idea().id), "Solar roofs")
    assert found.is_shown
    assert found.path == f"{BASE}/{idea().id}"
    assert client.get(found.path).status_code == 200


def test_a_changed_idea_waits_again(app, client: FlaskClient, campaign: Campaign) -> None:
    own = propose(client).partition("?")[0]
    with app.test_request_context(method="POST"):
        decide(campaign, Verdict.APPROVE)
    client.post(f"{own}/ideas/{idea().id}/edit", data=SOLAR | {"title": "Something else", "edition": 1})
    assert item().title == "Something else"
    assert item().state == ItemState.WAITING


def test_what_its_author_took_back_is_forgotten(client: FlaskClient, campaign: Campaign) -> None:
    own = propose(client).partition("?")[0]
    client.post(f"{own}/ideas/{idea().id}/withdrawal")
    assert (item().state, item().text, item().title) == (ItemState.GONE, "", "")


def test_a_rejected_idea_is_hidden_and_restored(app, client: FlaskClient, campaign: Campaign) -> None:
    propose(client)
    with app.test_request_context(method="POST"):
        decision = decide(campaign, Verdict.REJECT, "insult")
        assert idea().showing == Showing.HIDDEN
        assert client.get(item().path).status_code == 404
        statement = db.session.scalars(select(deciding.Statement).filter_by(decision_id=decision.id)).unique().one()
        deciding.restore(statement, by=BY)
        db.session.commit()
    assert idea().showing == Showing.SHOWN
    assert client.get(item().path).status_code == 200


def test_a_held_idea_is_published(app, client: FlaskClient, city) -> None:
    careful = make_campaign(city, slug="electricity", premoderates=["ideas"])
    propose(client)
    with app.test_request_context(method="POST"):
        decide(careful, Verdict.APPROVE)
    assert idea().showing == Showing.SHOWN


def test_undoing_leaves_it_as_it_was(app, client: FlaskClient, city) -> None:
    careful = make_campaign(city, slug="electricity", premoderates=["ideas"])
    propose(client)
    with app.test_request_context(method="POST"):
        deciding.undo(decide(careful, Verdict.APPROVE), by=COMMAND_LINE)
        db.session.commit()
    assert idea().showing == Showing.HELD


def test_a_comment_is_hidden_and_the_number_of_comments_stays_right(app, client, campaign: Campaign) -> None:
    found = make_idea(campaign)
    client.post(f"{BASE}/{found.id}/comments", data={"key": key(), "text": "Nonsense."})
    assert (item().source, item().text) == ("idea_comment", "Nonsense.")
    with app.test_request_context(method="POST"):
        decide(campaign, Verdict.REJECT, "insult")
    assert db.session.scalars(select(IdeaComment)).one().showing == Showing.HIDDEN
    assert idea().comments == 0


def test_a_blocked_author_reads_why(app, client: FlaskClient, campaign: Campaign) -> None:
    propose(client)
    with app.test_request_context(method="POST"):
        grounds = Grounds("advertising", "Twenty times the same", clock.now() + timedelta(days=7))
        deciding.block(campaign.city, item(), grounds, by=COMMAND_LINE)
        db.session.commit()
    reply = client.post(f"{BASE}/new", data=SOLAR | {"key": key(), "title": "Once more"})
    assert reply.status_code == 403
    assert "You cannot write here until" in reply.text


def test_imported_ideas_that_look_like_attacks_come_in_with_what_was_found(app, campaign: Campaign) -> None:
    table = b"title,text\nSolar roofs,On schools\nxss test,<script>alert(1)</script> javascript:alert(1)\n"
    with app.test_request_context(method="POST"):
        report = importing.look(campaign, read_table(table))
        importing.save(campaign, report, "en", by=COMMAND_LINE)
        db.session.commit()
    assert item().title == "xss test"
    assert "probe" in set(db.session.scalars(select(ModerationHit.rule)))


def test_anybody_can_report_an_idea(client: FlaskClient, campaign: Campaign) -> None:
    found = make_idea(campaign)
    assert f"/riverton/report/idea/{found.id}" in client.get(f"{BASE}/{found.id}").text
    assert client.get(f"/riverton/report/idea/{found.id}").status_code == 200


@pytest.mark.parametrize("text", ["Write to ana@example.org", "Call +49 7531 900 123"])
def test_personal_data_is_pointed_out_before_it_is_sent(client: FlaskClient, campaign: Campaign, text: str) -> None:
    sent = SOLAR | {"key": key(), "text": text}
    page = client.post(f"{BASE}/new", data=sent)
    assert page.status_code == 200
    assert "Not sent yet" in page.text
    assert text in page.text
    assert db.session.scalar(select(Idea.id)) is None
    assert client.post(f"{BASE}/new", data=sent | {"as_it_is": "1"}).status_code == 303


def test_the_author_finds_the_decision_on_their_own_page(app, client: FlaskClient, campaign: Campaign) -> None:
    address = propose(client)
    with app.test_request_context(method="POST"):
        decide(campaign, Verdict.REJECT, "insult")
        db.session.commit()
    link = BeautifulSoup(client.get(address).text, "html.parser").find("a", string="Read the decision, or appeal")
    assert "Send the appeal" in client.get(link["href"]).text
    assert app.test_client().get("/riverton/ideas/electricity/1").status_code in {404, 410}
