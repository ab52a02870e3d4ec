"""From the tap on the phone to the row in the database."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.participation.models import AnswerCount, Assurance, Receipt
from polls import statistics
from polls.models import OTHER, Poll, PollBallot, PollForm, PollOtherText
from tests.makers import make_poll, option_ids
from tests.polls.sending import KEY, address, counts, rows, send


def test_a_poll_shows_its_question_as_heading(client: FlaskClient, poll: Poll) -> None:
    page = client.get(address(poll)).text
    assert f"<h1>{poll.title['en']}</h1>" in page


def test_an_answer_counts_and_leads_to_the_result(client: FlaskClient, poll: Poll) -> None:
    reply = send(client, poll, "Tickets", "Maps")
    assert reply.status_code == 303
    assert "Your answer counts" in client.get(reply.location).text
    assert counts(poll) == {"Tickets": 1, "Maps": 1, "Times": 0}


def test_htmx_gets_the_fragment(client: FlaskClient, poll: Poll) -> None:
    data = {"choice": option_ids(poll, "Times"), "key": KEY}
    reply = client.post(address(poll), data=data, headers={"HX-Request": "true"})
    assert reply.status_code == 200
    assert reply.text.lstrip().startswith('<div id="answer"')
    assert "<html" not in reply.text


def test_without_a_key_a_confirmation_comes_first_and_nothing_is_stored(client: FlaskClient, poll: Poll) -> None:
    reply = send(client, poll, "Tickets", key="")
    assert "Is this your answer?" in reply.text
    assert rows(Receipt) == rows(PollBallot) == 0


def test_the_confirmation_brings_a_key_that_works(client: FlaskClient, poll: Poll) -> None:
    page = send(client, poll, "Tickets", key="").text
    key = page.split('name="key" value="')[1][:32]
    assert send(client, poll, "Tickets", key=key).status_code == 303
    assert statistics.count(poll) == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Please choose an answer"),
        ({"choice": ["nonsense"]}, "does not belong to this question"),
        ({"choice": ["x\x00"]}, "does not belong to this question"),
    ],
)
def test_bad_input_is_explained(client: FlaskClient, poll: Poll, sent: dict[str, Any], sentence: str) -> None:
    reply = client.post(address(poll), data={**sent, "key": KEY})
    assert reply.status_code == 422
    assert sentence in reply.text
    assert "<title>Error:" in reply.text
    assert rows(PollBallot) == 0


def test_too_many_are_explained_and_stay_chosen(client: FlaskClient, poll: Poll) -> None:
    reply = send(client, poll, "Tickets", "Times", "Maps")
    assert reply.status_code == 422
    assert "Please choose at most 2" in reply.text
    assert reply.text.count(" checked") == 3


def test_the_sentence_is_in_the_language_of_the_participant(client: FlaskClient, poll: Poll) -> None:
    reply = client.post(address(poll) + "?lang=de", data={"key": KEY})
    assert "Bitte wählen Sie" in reply.text


def test_a_malformed_key_is_refused(client: FlaskClient, poll: Poll) -> None:
    assert send(client, poll, "Maps", key="1").status_code == 422
    assert rows(PollBallot) == 0


def test_not_yet_open(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, opens_at=clock.now() + timedelta(hours=1))
    assert "opens on" in client.get(address(poll)).text
    reply = send(client, poll, "Maps")
    assert reply.status_code == 409
    assert "has not opened yet" in reply.text


def test_just_closed(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, closes_at=clock.now() - timedelta(seconds=1))
    reply = send(client, poll, "Maps")
    assert reply.status_code == 409
    assert "has closed" in reply.text
    assert rows(PollBallot) == 0


def test_a_draft_does_not_exist(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, published=False)
    assert client.get(address(poll)).status_code == 404
    assert send(client, poll, "Maps").status_code == 404


def test_another_citys_poll_does_not_exist(client: FlaskClient, poll: Poll, other_city: City) -> None:
    there = f"/{other_city.slug}/polls/{poll.slug}"
    assert client.get(there).status_code == 404
    assert client.post(there, data={"choice": option_ids(poll, "Maps"), "key": KEY}).status_code == 404


def test_an_unknown_city(client: FlaskClient, poll: Poll) -> None:
    assert client.get("/atlantis/polls/").status_code == 404


def test_a_text_of_a_megabyte_is_refused_and_the_choice_stays(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, has_other=True)
    reply = client.post(address(poll), data={"choice": [OTHER], "other_text": "x" * 1_000_000, "key": KEY})
    assert reply.status_code == 422
    assert "at most 200 characters" in reply.text
    assert " checked" in reply.text
    assert len(reply.data) < 20_000


def test_a_body_beyond_all_bounds_is_refused(client: FlaskClient, poll: Poll) -> None:
    reply = send(client, poll, "Maps", other_text="x" * 9_000_000)
    assert reply.status_code == 413
    assert "too large" in reply.text


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_answer_for_somebody(client: FlaskClient, poll: Poll, headers: dict[str, str]) -> None:
    data = {"choice": option_ids(poll, "Maps"), "key": KEY}
    assert client.post(address(poll), data=data, headers=headers).status_code == 403
    assert rows(PollBallot) == 0


def test_reading_sets_no_cookie_and_shares_no_key(client: FlaskClient, poll: Poll) -> None:
    reply = client.get(address(poll))
    assert "Set-Cookie" not in reply.headers
    assert 'name="key" value=""' in reply.text
    assert "public" in reply.headers["Cache-Control"]


def test_the_channel_of_the_code_is_counted(client: FlaskClient, poll: Poll) -> None:
    data = {"choice": option_ids(poll, "Maps"), "key": KEY}
    client.post(address(poll) + "?via=qr", data=data)
    assert db.session.scalar(select(AnswerCount.channel)) == "qr"


def test_nobody_can_claim_a_supervised_channel(client: FlaskClient, poll: Poll) -> None:
    client.post(address(poll) + "?via=kiosk", data={"choice": option_ids(poll, "Maps"), "key": KEY})
    assert db.session.scalar(select(AnswerCount.channel)) == "web"


def test_other_is_held_for_moderation(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, has_other=True)
    client.post(address(poll), data={"choice": [OTHER], "other_text": " Step-free routes ", "key": KEY})
    assert db.session.execute(select(PollOtherText.text, PollOtherText.state)).one() == (
        "Step-free routes",
        "held",
    )
    assert "Step-free" not in client.get(address(poll, "/results")).text


def test_other_needs_words(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, has_other=True)
    reply = client.post(address(poll), data={"choice": [OTHER], "key": KEY})
    assert reply.status_code == 422
    assert "Please write what you mean" in reply.text


def test_ranking_without_javascript(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, form=PollForm.RANK, choose_max=3)
    tickets, times, maps = option_ids(poll, "Tickets", "Times", "Maps")
    client.post(address(poll), data={f"rank-{maps}": "1", f"rank-{tickets}": "2", f"rank-{times}": "", "key": KEY})
    points = {str(bar.label): bar.points for bar in statistics.result(poll).bars}
    assert points == {"Maps": 2, "Tickets": 1, "Times": 0}


def test_a_scale_takes_its_values_only(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, form=PollForm.SCALE, scale_points=5)
    assert client.post(address(poll), data={"choice": "6", "key": KEY}).status_code == 422
    assert client.post(address(poll), data={"choice": "5", "key": KEY}).status_code == 303


def test_yes_no(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, form=PollForm.YES_NO)
    client.post(address(poll), data={"choice": "dont_know", "key": KEY})
    assert counts(poll) == {"Yes": 0, "No": 0, "I don't know": 1}


def test_shuffled_options_are_never_shared_and_keep_their_order_after_an_error(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, is_shuffled=True, options=tuple("ABCDEFGH"))
    orders = {client.get(address(poll)).text.split('name="order" value="')[1].split('"')[0] for _ in range(5)}
    assert len(orders) > 1
    assert "no-store" in client.get(address(poll)).headers["Cache-Control"]
    again = [client.post(address(poll), data={"order": "7", "key": KEY}).text for _ in range(2)]
    assert again[0] == again[1]


def test_an_answer_that_needs_a_confirmed_address_says_so_and_keeps_the_choice(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, assurance=Assurance.CONTACT)
    reply = send(client, poll, "Maps")
    assert reply.status_code == 409
    assert "confirm your email address" in reply.text
    assert " checked" in reply.text


def test_the_embed_may_be_framed_and_sets_no_cookie_before_answering(client: FlaskClient, poll: Poll) -> None:
    reply = client.get(address(poll, "/embed"))
    assert "frame-ancestors *" in reply.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in reply.headers
    data = {"choice": option_ids(poll, "Maps"), "key": KEY}
    assert "Your answer counts" in client.post(address(poll, "/embed"), data=data).text
    assert db.session.scalar(select(AnswerCount.channel)) == "embed"


@pytest.mark.parametrize("address", ["/%00/", "/riverton/polls/%00", "/RIVERTON/", "/riverton/polls/.."])
def test_an_odd_address_is_no_page(client: FlaskClient, city: City, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_page_from_before_an_edit_is_shown_again_with_the_choice(client: FlaskClient, poll: Poll) -> None:
    poll.edition += 1
    reply = send(client, poll, "Maps", edition=str(poll.edition - 1))
    assert reply.status_code == 409
    assert "was changed a moment ago" in reply.text
    assert " checked" in reply.text
    assert send(client, poll, "Maps", edition=str(poll.edition)).status_code == 303
