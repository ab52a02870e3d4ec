"""What goes wrong between the first page and the last: nothing typed is lost, nothing counts twice."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from limits import RateLimitItemPerMinute

from citizen.cities.models import City
from citizen.core import clock, limits
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from citizen.participation.models import Burst
from surveys import sealing
from surveys.beginning import began_token
from surveys.models import SurveyDraft, SurveySheet, SurveyWave
from tests.makers import make_participant
from tests.surveys.filling import (
    FRAGMENT,
    KEY,
    OTHER_KEY,
    address,
    answers,
    form_of,
    live_page,
    open_page,
    rows,
    send,
    soup_of,
    three_pages,
    turn,
)
from tests.surveys.makers import fill, make_wave


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, three_pages())


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """One network may do two things a minute."""
    monkeypatch.setattr(limits.seconds_to_wait, "__kwdefaults__", {"limit": RateLimitItemPerMinute(2)})


def close(wave: SurveyWave, *, minutes_ago: int = 1) -> None:
    wave.closed_at = clock.now() - timedelta(minutes=minutes_ago)
    db.session.commit()


def began(wave: SurveyWave, *, minutes_ago: int) -> str:
    return began_token(wave, clock.now() - timedelta(minutes=minutes_ago))


def test_a_foreign_option_is_refused_and_a_foreign_field_ignored(client: FlaskClient, wave: SurveyWave) -> None:
    assert turn(client, wave, 1, {"q1": "maybe"}).status_code == 422
    assert send(client, wave, {"q1": "yes", "nowhere": "x", "q9": "y"}).status_code == 303
    assert answers() == [{"q1": "yes"}]


@pytest.mark.parametrize("fields", [{"q1": "maybe"}, {"q1": "yes", "q2": "a\x00b"}, {"q1": "yes", "q3": "x" * 301}])
def test_a_whole_sheet_with_something_wrong_comes_back_with_everything(
    client: FlaskClient, wave: SurveyWave, fields: dict[str, str]
) -> None:
    reply = send(client, wave, {"q2": "Two", **fields}, headers=FRAGMENT)
    page = soup_of(reply)
    assert reply.status_code == 422
    assert page.select_one("#error-summary a")["href"].startswith("#q-")
    kept = {field["name"]: field["value"] for field in page.select("input[name=q2], input[name=q3]")}
    assert kept["q2"] == fields.get("q2", "Two")
    assert rows(SurveySheet) == 0


def test_sent_twice_counts_once_with_the_same_reply(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    form = form_of(open_page(client, wave, "/check"), "form[action$=answers]")
    replies = [client.post(address(wave, "/answers"), data=form) for _ in range(3)]
    assert len({reply.location for reply in replies}) == 1
    assert rows(SurveySheet) == 1


def test_a_replay_from_a_browser_that_never_got_the_reply(client: FlaskClient, wave: SurveyWave) -> None:
    send(client, wave, {"q1": "yes"})
    again = send(client.application.test_client(), wave, {"q1": "yes"})
    assert "Your answers count" in client.get(again.location).text
    assert rows(SurveySheet) == 1


def test_the_same_key_with_another_sheet(client: FlaskClient, wave: SurveyWave) -> None:
    send(client, wave, {"q1": "yes"})
    reply = send(client, wave, {"q1": "no"})
    assert reply.status_code == 409
    assert "already sent with another answer" in reply.text
    assert answers() == [{"q1": "yes"}]


def test_another_key_from_the_same_device(client: FlaskClient, wave: SurveyWave) -> None:
    send(client, wave, {"q1": "yes"})
    reply = send(client, wave, {"q1": "no"}, key=OTHER_KEY)
    assert "Your first answers count" in client.get(reply.location).text
    assert answers() == [{"q1": "yes"}]


def test_a_malformed_key(client: FlaskClient, wave: SurveyWave) -> None:
    assert send(client, wave, {"q1": "yes"}, key="1").status_code == 422
    assert rows(SurveySheet) == 0


class TestClosing:
    """The wave closes while somebody answers."""

    def test_what_was_begun_in_time_is_taken_within_the_grace(self, client: FlaskClient, wave: SurveyWave) -> None:
        token = began(wave, minutes_ago=30)
        close(wave, minutes_ago=10)
        assert send(client, wave, {"q1": "yes"}, began=token).status_code == 303
        assert rows(SurveySheet) == 1

    def test_page_by_page_too_and_the_page_says_until_when(self, client: FlaskClient, wave: SurveyWave) -> None:
        token = began(wave, minutes_ago=30)
        close(wave)
        assert turn(client, wave, 1, {"q1": "yes"}, began=token).location.endswith("page=2")
        page = open_page(client, wave, "/answer?page=2")
        assert "You began in time: please send your answers before" in page.text
        form = form_of(open_page(client, wave, "/check"), "form[action$=answers]")
        assert client.post(address(wave, "/answers"), data=form).status_code == 303

    @pytest.mark.parametrize("minutes", [5, -10])
    def test_what_was_begun_too_late_is_not(self, client: FlaskClient, wave: SurveyWave, minutes: int) -> None:
        token = began(wave, minutes_ago=minutes)
        close(wave, minutes_ago=10)
        reply = send(client, wave, {"q1": "yes"}, began=token)
        assert reply.status_code == 409
        assert "This survey has closed" in reply.text
        assert "It was open until" in reply.text

    @pytest.mark.parametrize("token", ["", "nonsense", "WzEsMV0.x"])
    def test_nobody_can_make_up_when_they_began(self, client: FlaskClient, wave: SurveyWave, token: str) -> None:
        close(wave)
        assert send(client, wave, {"q1": "yes"}, began=token).status_code == 409

    def test_the_moment_of_another_wave_does_not_help(self, client: FlaskClient, city: City, wave: SurveyWave) -> None:
        token = began(make_wave(city, three_pages()), minutes_ago=30)
        close(wave)
        assert send(client, wave, {"q1": "yes"}, began=token).status_code == 409

    def test_after_the_grace(self, client: FlaskClient, wave: SurveyWave) -> None:
        token = began(wave, minutes_ago=120)
        close(wave, minutes_ago=61)
        assert turn(client, wave, 1, {"q1": "yes"}, began=token).status_code == 409
        reply = send(client, wave, {"q1": "yes"}, began=token, headers=FRAGMENT)
        assert reply.status_code == 409
        assert soup_of(reply).select_one("#survey #sheet") is None
        assert client.get(address(wave, "/answer")).location == address(wave)

    def test_whoever_lost_the_reply_hears_it_after_the_close(self, client: FlaskClient, wave: SurveyWave) -> None:
        send(client, wave, {"q1": "yes"})
        close(wave, minutes_ago=61)
        reply = send(client, wave, {"q1": "yes"})
        assert "Your answers count" in client.get(reply.location).text

    def test_sealed_and_then_late(self, client: FlaskClient, wave: SurveyWave) -> None:
        token = began(wave, minutes_ago=120)
        close(wave, minutes_ago=61)
        sealing.seal_ended_waves()
        db.session.commit()
        assert send(client, wave, {"q1": "yes"}, began=token).status_code == 409
        assert rows(SurveySheet) == 0

    def test_withdrawn_meanwhile(self, client: FlaskClient, wave: SurveyWave) -> None:
        turn(client, wave, 1, {"q1": "yes"})
        running.withdraw(wave, {"en": "A mistake of ours."}, by=COMMAND_LINE)
        db.session.commit()
        assert "A mistake of ours." in client.get(client.get(address(wave, "/answer")).location).text
        assert turn(client, wave, 2, {"q2": "x"}).status_code == 409
        assert send(client, wave, {"q1": "yes"}).status_code == 409


class TestTwoTabs:
    """The same browser has the survey open twice."""

    def test_different_pages_do_not_hurt_each_other(self, client: FlaskClient, wave: SurveyWave) -> None:
        turn(client, wave, 1, {"q1": "yes"})
        turn(client, wave, 3, {"q3": "First tab"})
        turn(client, wave, 2, {"q2": "Second tab"})
        form = form_of(open_page(client, wave, "/check"), "form[action$=answers]")
        assert (form["q1"], form["q2"], form["q3"]) == (["yes"], ["Second tab"], ["First tab"])

    def test_the_last_write_of_a_page_wins(self, client: FlaskClient, wave: SurveyWave) -> None:
        turn(client, wave, 1, {"q1": "yes"})
        turn(client, wave, 1, {"q1": "no"})
        assert live_page(open_page(client, wave, "/answer?page=1")).select_one("[checked]")["value"] == "no"

    def test_what_is_sent_is_what_the_tab_showed(self, client: FlaskClient, wave: SurveyWave) -> None:
        turn(client, wave, 1, {"q1": "yes"})
        form = form_of(open_page(client, wave, "/check"), "form[action$=answers]")
        turn(client, wave, 1, {"q1": "no"})
        client.post(address(wave, "/answers"), data=form)
        assert answers() == [{"q1": "yes"}]

    def test_a_tab_that_was_left_open_after_sending(self, client: FlaskClient, wave: SurveyWave) -> None:
        turn(client, wave, 1, {"q1": "yes"})
        send(client, wave, {"q1": "yes"})
        reply = turn(client, wave, 2, {"q2": "Too late"})
        assert "You have already answered" in client.get(reply.location).text


@pytest.mark.usefixtures("hurried")
class TestTooFast:
    """One network sends faster than people do."""

    def test_a_sheet_waits_with_everything_in_it(self, client: FlaskClient, wave: SurveyWave) -> None:
        for name in ("a" * 32, "b" * 32):
            send(client.application.test_client(), wave, {"q1": "yes"}, key=name)
        reply = send(client, wave, {"q1": "yes", "q2": "Mine"})
        assert reply.status_code == 429
        assert int(reply.headers["Retry-After"]) > 0
        form = form_of(soup_of(reply), "form[action$=answers]")
        assert (form["key"], form["q2"]) == ([KEY], ["Mine"])
        assert rows(SurveySheet) == 2
        assert rows(Burst) == 1

    def test_a_new_draft_waits_with_everything_on_its_page(self, client: FlaskClient, wave: SurveyWave) -> None:
        for _ in range(2):
            turn(client.application.test_client(), wave, 1, {"q1": "yes"})
        reply = turn(client, wave, 1, {"q1": "no"})
        assert reply.status_code == 429
        assert live_page(soup_of(reply)).select_one("[checked]")["value"] == "no"
        assert rows(SurveyDraft) == 2

    def test_going_on_with_a_draft_is_never_too_fast(self, client: FlaskClient, wave: SurveyWave) -> None:
        replies = [turn(client, wave, 1, {"q1": "yes"}) for _ in range(6)]
        assert {reply.status_code for reply in replies} == {303}


def test_no_row_joins_a_sheet_to_its_draft_or_its_device(client: FlaskClient, wave: SurveyWave) -> None:
    """A sheet that was sent leaves the same rows as one that was never drafted."""
    turn(client, wave, 1, {"q1": "yes"})
    form = form_of(open_page(client, wave, "/check"), "form[action$=answers]")
    client.post(address(wave, "/answers"), data=form)
    fill(wave, make_participant("bruno").identity, q1="no")
    sheets = db.session.query(SurveySheet).all()
    assert {column.name for column in SurveySheet.__table__.columns} == {
        "city_id",
        "wave_id",
        "id",
        "version",
        "answers",
        "channel",
        "assurance",
    }
    assert len({len(sheet.id) for sheet in sheets}) == 1
    assert rows(SurveyDraft) == 0


def test_fields_beyond_all_bounds(client: FlaskClient, wave: SurveyWave) -> None:
    assert turn(client, wave, 1, {"q1": "yes", "q2": "x" * 2_000_000}).status_code == 413
    assert turn(client, wave, 1, {"q1": ["yes"] * 5_000}).status_code == 303
    assert len(form_of(open_page(client, wave, "/check"), "form[action$=answers]")["q1"]) <= 201
