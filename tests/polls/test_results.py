"""What came out, who may see it when, and that every form of it says the same."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from citizen.participation.models import Channel, ResultsRule
from polls import actions, statistics
from polls.answers import checked
from polls.models import Poll, PollForm
from polls.report import finding
from tests.makers import cast, make_participant, make_poll, option_ids

KEY = "0123456789abcdef" * 2


def address(poll: Poll, page: str = "/results") -> str:
    return f"/{poll.city.slug}/polls/{poll.slug}{page}"


def answer_all(poll: Poll) -> None:
    cast(poll, "Tickets", "Maps", by="ana")
    cast(poll, "Tickets", by="ben", channel=Channel.QR)
    cast(poll, "Times", by="cem", channel=Channel.QR)


def test_shares_are_of_people_and_may_add_to_more_than_one(poll: Poll) -> None:
    answer_all(poll)
    result = statistics.result(poll)
    assert result.n == 3
    assert {str(bar.label): (bar.count, round(bar.share, 3)) for bar in result.bars} == {
        "Tickets": (2, 0.667),
        "Times": (1, 0.333),
        "Maps": (1, 0.333),
    }
    assert result.channels == {"web": 1, "qr": 2}


def test_the_longest_bar_stands_first(poll: Poll) -> None:
    answer_all(poll)
    assert str(statistics.result(poll).bars[0].label) == "Tickets"


def test_page_json_and_csv_agree(client: FlaskClient, poll: Poll) -> None:
    answer_all(poll)
    data = client.get(address(poll, "/results.json")).json
    lines = list(csv.DictReader(io.StringIO(client.get(address(poll, "/results.csv")).text)))
    page = client.get(address(poll)).text
    assert data["n"] == 3
    assert [(row["text"], int(row["count"])) for row in lines] == [(o["text"], o["count"]) for o in data["options"]]
    assert all(option["text"] in page for option in data["options"])
    assert "67%" in page


def test_a_kept_result_page_shows_a_new_answer(client: FlaskClient, poll: Poll) -> None:
    cast(poll, "Tickets")
    assert "1 response." in client.get(address(poll)).text
    cast(poll, "Tickets", by="ben")
    assert "2 responses." in client.get(address(poll)).text


def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient, poll: Poll) -> None:
    tag = client.get(address(poll)).headers["ETag"]
    assert client.get(address(poll), headers={"If-None-Match": tag}).status_code == 304


def test_a_text_that_looks_like_a_formula_stays_text(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, options=("=SUM(A1)", "Plain"))
    assert "'=SUM(A1)" in client.get(address(poll, "/results.csv")).text


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (ResultsRule.ALWAYS, True, True),
        (ResultsRule.AFTER_ANSWER, False, True),
        (ResultsRule.AFTER_CLOSE, False, False),
    ],
)
def test_results_show_when_staff_said(
    client: FlaskClient, city: City, rule: ResultsRule, before: bool, after: bool
) -> None:
    poll = make_poll(city, results=rule)
    cast(poll, "Maps", by="ben")
    assert ("1 response." in client.get(address(poll)).text) is before
    reply: Any = client.post(address(poll, ""), data={"choice": option_ids(poll, "Maps"), "key": KEY})
    assert ("2 responses." in client.get(reply.location).text) is after


def test_results_show_after_the_close_whatever_the_rule(client: FlaskClient, city: City) -> None:
    poll = make_poll(city, results=ResultsRule.AFTER_CLOSE)
    cast(poll, "Maps")
    assert client.get(address(poll, "/results.json")).status_code == 404
    poll.closes_at = clock.now() - timedelta(seconds=1)
    assert client.get(address(poll, "/results.json")).json["n"] == 1


def test_a_receipt_of_another_poll_shows_nothing(client: FlaskClient, city: City) -> None:
    open_one = make_poll(city)
    hidden = make_poll(city, results=ResultsRule.AFTER_ANSWER)
    cast(hidden, "Maps")
    reply = client.post(address(open_one, ""), data={"choice": option_ids(open_one, "Maps"), "key": KEY})
    receipt = reply.location.split("receipt=")[1]
    assert "1 response." not in client.get(address(hidden) + f"?receipt={receipt}").text


def test_a_withdrawn_poll_shows_its_reason_and_no_numbers(client: FlaskClient, poll: Poll) -> None:
    answer_all(poll)
    running.withdraw(poll, {"en": "The options were wrong."}, by=COMMAND_LINE)
    db.session.commit()
    for page in ("", "/results"):
        text = client.get(address(poll, page)).text
        assert "The options were wrong." in text
        assert "responses." not in text
    assert client.get(address(poll, "/results.json")).status_code == 404


def test_nobody_has_answered_yet(client: FlaskClient, poll: Poll) -> None:
    assert "Nobody has answered yet" in client.get(address(poll)).text


def test_a_tie_names_no_winner(poll: Poll) -> None:
    cast(poll, "Tickets", by="ana")
    cast(poll, "Maps", by="ben")
    assert finding(poll, statistics.result(poll)) == "No answer is ahead of all others."


def test_ranks_that_disagree_name_no_winner(city: City) -> None:
    poll = make_poll(city, form=PollForm.RANK, choose_max=3)
    for number in range(3):
        cast(poll, "Tickets", "Times", "Maps", by=f"a{number}")
    for number in range(2):
        cast(poll, "Times", "Maps", "Tickets", by=f"b{number}")
    result = statistics.result(poll)
    assert [bar.points for bar in result.bars] == [7, 6, 2]
    assert "depends on how you count" in finding(poll, result)


def test_the_median_of_a_scale(city: City) -> None:
    poll = make_poll(city, form=PollForm.SCALE, scale_points=5)
    for number, value in enumerate((1, 2, 5, 5)):
        person = make_participant(f"p{number}")
        actions.cast_ballot(poll, checked(poll, [str(value)]), f"{number:032x}", by=person)
    db.session.commit()
    result = statistics.result(poll)
    assert (result.mean, result.median) == (3.25, 3.5)
    assert [bar.id for bar in result.bars] == ["1", "2", "3", "4", "5"]


def test_the_code_leads_to_the_poll(client: FlaskClient, poll: Poll) -> None:
    reply = client.get(address(poll, "/qr.svg"))
    assert reply.mimetype == "image/svg+xml"
    assert 'xmlns="http://www.w3.org/2000/svg"' in reply.text


def test_the_poster_is_a_tagged_pdf(client: FlaskClient, poll: Poll) -> None:
    reply = client.get(address(poll, "/poster.pdf"))
    assert reply.data.startswith(b"%PDF")
    assert b"/StructTreeRoot" in reply.data


def test_the_event_screen_asks_for_its_part_again(client: FlaskClient, poll: Poll) -> None:
    cast(poll, "Maps")
    part = client.get(address(poll, "/live"), headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="live"')
