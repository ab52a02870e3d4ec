"""Pages of a campaign as citizens use them: reading, suggesting, supporting, commenting."""

import secrets

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation.models import Assurance
from ideation.merging import merge
from ideation.models import Campaign, CommentHelp, Idea, IdeaComment, IdeaSupport, Showing
from tests.ideation.makers import make_campaign, make_contributor, make_idea, make_indexed
from tests.makers import make_city

BASE = "/riverton/ideas/electricity"
SOLAR = {"title": "Solar roofs", "text": "On **all** schools", "category": "buildings", "language": "en"}


def key() -> str:
    return secrets.token_hex(16)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def the_idea() -> Idea:
    return db.session.scalars(select(Idea)).one()


def test_the_list_shows_public_ideas_only(client: FlaskClient, campaign: Campaign) -> None:
    for showing in (Showing.HELD, Showing.HIDDEN, Showing.WITHDRAWN):
        make_idea(campaign, f"An idea that is {showing}", showing=showing)
    make_idea(campaign, "Solar roofs on schools")
    page = client.get(BASE).text
    assert "Solar roofs on schools" in page
    assert "An idea that is" not in page


@pytest.mark.parametrize("showing", [Showing.HELD, Showing.HIDDEN, Showing.WITHDRAWN])
@pytest.mark.parametrize("page", ["", "/versions", "/card.png", "/mine", "/comments"])
def test_what_nobody_may_read_is_404_on_every_way_in(client, campaign, showing: Showing, page: str) -> None:
    idea = make_idea(campaign, "Secret title", showing=showing)
    reply = client.get(f"{BASE}/{idea.id}{page}")
    assert reply.status_code == 404
    assert b"Secret title" not in reply.data


def test_what_nobody_may_read_stands_in_no_feed_list_or_export(client: FlaskClient, campaign: Campaign) -> None:
    for showing in (Showing.HELD, Showing.HIDDEN, Showing.WITHDRAWN):
        make_indexed(campaign, f"Secret idea {showing}", showing=showing)
    for page in ("", "?q=secret", "/feed.atom", "/ideas.csv", "/balance"):
        assert "Secret idea" not in client.get(BASE + page, buffered=True).text, page
    assert "Secret idea" not in client.post(f"{BASE}/similar", data={"title": "Secret idea"}).text


def test_a_hidden_idea_says_why(client: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign, showing=Showing.HIDDEN, hidden_reason={"en": "It names a neighbour."})
    assert "It names a neighbour." in client.get(f"{BASE}/{idea.id}").text


def test_a_merged_idea_leads_to_the_other_one_and_says_so(client, campaign, app) -> None:
    one, other = make_idea(campaign, "Dim the lights"), make_idea(campaign, "Darker streets")
    with app.test_request_context():
        merge(campaign, [one], other, by=COMMAND_LINE)
        db.session.commit()
    reply = client.get(f"{BASE}/{one.id}")
    assert reply.status_code == 303
    page = client.get(reply.location).text
    assert "Dim the lights" in page
    assert "This idea was merged" in page


def test_markup_of_citizens_is_inert(client: FlaskClient, campaign: Campaign) -> None:
    text = '<script>alert(1)</script> <img src="https://elsewhere.example/x.png"> [x](javascript:alert(1)) hx-get="/x"'
    idea = make_idea(campaign, "<b>Bold</b>", text)
    page = BeautifulSoup(client.get(f"{BASE}/{idea.id}").text, "html.parser")
    written = page.find(class_="idea-text")
    assert "<script>alert(1)</script>" in written.get_text()
    assert written.find(["script", "img", "a"]) is None
    assert page.find("h1").get_text() == "<b>Bold</b>"


def test_an_idea_arrives_and_leads_to_its_private_page(client: FlaskClient, campaign: Campaign) -> None:
    reply = client.post(f"{BASE}/new", data=SOLAR | {"key": key()})
    assert reply.status_code == 303
    assert "/mine/" in reply.location
    assert "Solar roofs" in client.get(reply.location).text
    assert "plaza-device" in reply.headers["Set-Cookie"]


def test_the_same_form_twice_is_one_idea(client: FlaskClient, campaign: Campaign) -> None:
    sent = SOLAR | {"key": key()}
    replies = [client.post(f"{BASE}/new", data=sent) for _time in range(2)]
    assert [reply.status_code for reply in replies] == [303, 303]
    assert count(Idea) == 1


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client: FlaskClient, campaign: Campaign) -> None:
    reply = client.post(f"{BASE}/new", data=SOLAR | {"key": key(), "title": "", "category": "nothing"})
    assert reply.status_code == 422
    assert "Please give your idea a title." in reply.text
    assert "On **all** schools" in reply.text
    assert "<title>Error:" in reply.text
    assert count(Idea) == 0


@pytest.mark.parametrize("place", ["9,50,3", "here", "999,1"])
def test_a_place_that_is_none_is_refused(client: FlaskClient, campaign: Campaign, place: str) -> None:
    reply = client.post(f"{BASE}/new", data=SOLAR | {"key": key(), "place": place})
    assert reply.status_code == 422


def test_a_flood_of_emoji_and_turned_letters_is_refused_or_tamed(client: FlaskClient, campaign: Campaign) -> None:
    assert client.post(f"{BASE}/new", data=SOLAR | {"key": key(), "text": "🌳" * 25_000}).status_code == 422
    assert client.post(f"{BASE}/new", data=SOLAR | {"key": key(), "title": "abc\u202egpj.exe"}).status_code == 303
    assert "\u202e" not in the_idea().title


def test_ideas_wait_for_a_moderator_where_the_campaign_says_so(client: FlaskClient, city) -> None:
    make_campaign(city, slug="careful", premoderates=["ideas"])
    reply = client.post("/riverton/ideas/careful/new", data=SOLAR | {"key": key()})
    assert "A moderator reads it" in client.get(reply.location).text
    assert client.get(f"/riverton/ideas/careful/{the_idea().id}").status_code == 404


def test_outside_of_its_time_no_idea_is_taken(client: FlaskClient, city) -> None:
    make_campaign(city, slug="later", stages=("vote",))
    assert "In this campaign people vote" in client.get("/riverton/ideas/later/new").text
    reply = client.post("/riverton/ideas/later/new", data=SOLAR | {"key": key()})
    assert reply.status_code == 409
    assert "On **all** schools" in reply.text


def test_similar_ideas_appear_while_somebody_types(client: FlaskClient, campaign: Campaign) -> None:
    make_indexed(campaign, "Solar roofs on all the schools")
    make_indexed(campaign, "Fewer lamps in the park")
    found = client.post(f"{BASE}/similar", data={"title": "solar roof for schools", "text": "", "language": "en"}).text
    assert "Solar roofs on all the schools" in found
    assert "Fewer lamps" not in found


def test_support_counts_once_for_a_browser(client: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    for _time in range(3):
        reply = client.post(f"{BASE}/{idea.id}/support", data={"key": key()}, headers={"HX-Request": "true"})
        assert "You are one of them." in reply.text
    assert count(IdeaSupport) == 1
    client.post(f"{BASE}/{idea.id}/support/withdrawal", data={})
    assert count(IdeaSupport) == 0


def test_without_javascript_support_asks_once_more_and_counts_once(client: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    asked = client.post(f"{BASE}/{idea.id}/support", data={"key": ""})
    assert asked.status_code == 200
    assert count(IdeaSupport) == 0
    client.post(f"{BASE}/{idea.id}/support", data={"key": key()})
    client.post(f"{BASE}/{idea.id}/support", data={"key": ""})
    assert count(IdeaSupport) == 1


def test_a_stricter_campaign_asks_for_an_address_first(client: FlaskClient, city) -> None:
    strict = make_campaign(city, slug="strict", support_level=Assurance.CONTACT)
    idea = make_idea(strict)
    reply = client.post(f"/riverton/ideas/strict/{idea.id}/support", data={"key": key()})
    assert reply.status_code == 409
    assert "Confirm my email address" in reply.text


def test_a_comment_and_a_reply_stand_under_the_idea(client: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    client.post(f"{BASE}/{idea.id}/comments", data={"key": key(), "text": "What about birds?", "stance": "question"})
    parent = db.session.scalars(select(IdeaComment)).one()
    assert "What about birds?" in client.get(f"{BASE}/comments/{parent.id}/reply").text
    client.post(f"{BASE}/{idea.id}/comments", data={"key": key(), "text": "They love it.", "parent": parent.id})
    page = client.get(f"{BASE}/{idea.id}").text
    assert page.index("What about birds?") < page.index("They love it.")
    assert "2 comments" in page


def test_the_same_comment_form_twice_is_one_comment(client: FlaskClient, campaign: Campaign) -> None:
    idea, sent = make_idea(campaign), {"key": key(), "text": "Good."}
    for _time in range(2):
        assert client.post(f"{BASE}/{idea.id}/comments", data=sent).status_code == 303
    assert count(IdeaComment) == 1


def test_an_empty_comment_is_explained(client: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    reply = client.post(f"{BASE}/{idea.id}/comments", data={"key": key(), "text": "  \u200b "})
    assert reply.status_code == 422
    assert "Please write something first." in reply.text


def test_a_comment_without_a_key_is_shown_once_more(client: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    reply = client.post(f"{BASE}/{idea.id}/comments", data={"key": "", "text": "Good."})
    assert "Is this your comment?" in reply.text
    assert count(IdeaComment) == 0


def test_a_comment_helps_a_person_once(client: FlaskClient, campaign: Campaign) -> None:
    idea = make_idea(campaign)
    client.post(f"{BASE}/{idea.id}/comments", data={"key": key(), "text": "Good."})
    comment = db.session.scalars(select(IdeaComment)).one()
    for _time in range(2):
        client.post(f"{BASE}/comments/{comment.id}/help", data={"key": key()})
    assert count(CommentHelp) == 1


def test_an_idea_of_another_campaign_or_city_is_404(client: FlaskClient, campaign: Campaign) -> None:
    other = make_idea(make_campaign(campaign.city, slug="other"))
    hills = make_idea(make_campaign(make_city(slug="hillside", name="Hillside"), slug="electricity"))
    for idea in (other, hills):
        assert client.get(f"{BASE}/{idea.id}").status_code == 404
        assert client.post(f"{BASE}/{idea.id}/support", data={"key": key()}).status_code == 404


def test_the_feed_tells_of_ideas_and_answers(client: FlaskClient, campaign: Campaign) -> None:
    client.post(f"{BASE}/new", data=SOLAR | {"key": key()})
    feed = client.get(f"{BASE}/feed.atom")
    assert feed.mimetype == "application/atom+xml"
    assert "Solar roofs" in feed.text
    assert "Solar roofs" not in client.get(f"{BASE}/feed.atom?category=light").text
    assert client.get(f"{BASE}/feed.atom?category=nothing").status_code == 404


def test_lists_are_filtered_ordered_and_go_on(client: FlaskClient, campaign: Campaign) -> None:
    for number in range(25):
        make_idea(campaign, f"Idea {number:02}", category="light", supports=number)
    make_idea(campaign, "Another one", category="habits", author=make_contributor(campaign))
    first = client.get(f"{BASE}?category=light&order=supported").text
    assert "Another one" not in first
    assert first.index("Idea 24") < first.index("Idea 20")
    link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = client.get(link).text
    assert "Idea 00" in second
    assert "Idea 24" not in second
