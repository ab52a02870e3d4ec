"""What was begun and not sent: kept for whoever began it, and for nobody else."""

from dataclasses import replace
from email import message_from_string
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.accounts.models import User
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.core.mail import OutgoingMail
from citizen.participation.models import Assurance
from surveys import drafts, sealing
from surveys.drafts import Draft
from surveys.models import SurveyDraft, SurveySheet, SurveyWave
from tests.makers import make_staff, sign_in
from tests.surveys.filling import KEY, address, form_of, live_page, open_page, rows, send, soup_of, three_pages, turn
from tests.surveys.makers import make_wave, question, section

COOKIE = "plaza-draft-"


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, three_pages())


@pytest.fixture
def by_mail(city: City) -> SurveyWave:
    """A survey that asks for a confirmed address."""
    return make_wave(city, three_pages(), assurance=Assurance.CONTACT)


@pytest.fixture
def ana(app: Flask) -> User:
    return make_staff(None, email="ana@example.org")


def cookie(client: FlaskClient, wave: SurveyWave) -> Any:
    return client.get_cookie(f"{COOKIE}{wave.id}", path=address(wave))


def values(client: FlaskClient, wave: SurveyWave) -> dict[str, list[str]]:
    """What the check page would send."""
    return form_of(open_page(client, wave, "/check"), "form[action$=answers]")


def test_the_same_browser_goes_on_where_it_left_off(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    page = open_page(client, wave, "/answer")
    assert live_page(page)["data-page"] == "2"
    assert page.select_one("template[data-page='1'] [checked]")["value"] == "yes"


def test_another_browser_begins_anew(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    page = open_page(client.application.test_client(), wave, "/answer")
    assert live_page(page)["data-page"] == "1"
    assert page.select_one("[checked]") is None


def test_the_secret_is_in_the_cookie_and_nowhere_else(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    turn(client, wave, 2, {"q2": "My neighbour's dog"})
    held = cookie(client, wave)
    assert held.http_only
    assert held.same_site == "Lax"
    row = db.session.scalars(select(SurveyDraft)).one()
    assert held.value.encode() not in row.sealed + row.key
    assert b"neighbour" not in row.sealed
    assert row.day == clock.day_in("Europe/Berlin")


def keep(wave: SurveyWave, secret: str, typed: dict[str, list[str]]) -> None:
    with current_app.test_request_context():
        fresh = Draft(began_at=clock.now(), version=1)
        drafts.change_draft(wave, secret, fresh, lambda draft: replace(draft, typed=typed))


def test_a_draft_opens_only_with_its_secret_and_for_its_wave(city: City, wave: SurveyWave) -> None:
    secret, other = drafts.new_secret(), make_wave(city, three_pages())
    keep(wave, secret, {"q1": ["yes"]})
    assert drafts.open_draft(wave, secret).typed == {"q1": ["yes"]}
    assert drafts.open_draft(wave, drafts.new_secret()) is None
    assert drafts.open_draft(other, secret) is None


def test_a_row_that_was_moved_to_another_wave_opens_nothing(city: City, wave: SurveyWave) -> None:
    secret, other = drafts.new_secret(), make_wave(city, three_pages())
    keep(wave, secret, {"q1": ["yes"]})
    row = db.session.scalars(select(SurveyDraft)).one()
    db.session.add(SurveyDraft(city_id=city.id, wave_id=other.id, key=row.key, sealed=row.sealed, day=row.day))
    db.session.flush()
    assert drafts.open_draft(other, secret) is None


def test_a_draft_goes_when_it_was_sent(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    client.post(address(wave, "/answers"), data=values(client, wave))
    assert rows(SurveySheet) == 1
    assert rows(SurveyDraft) == 0
    assert cookie(client, wave) is None


def test_a_draft_goes_when_the_wave_is_sealed(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    wave.closed_at, wave.grace_minutes = clock.now(), 0
    db.session.commit()
    sealing.seal_ended_waves()
    assert rows(SurveyDraft) == 0


def test_starting_again_empties_it(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    reply = client.post(address(wave, "/fresh-start"))
    assert reply.status_code == 303
    assert rows(SurveyDraft) == 0
    page = client.get(reply.location).text
    assert "Everything is empty again" in page
    assert " checked" not in page


def test_starting_again_touches_nobody_elses(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    client.application.test_client().post(address(wave, "/fresh-start"))
    assert rows(SurveyDraft) == 1


def test_a_browser_without_cookies_is_told(client: FlaskClient, wave: SurveyWave) -> None:
    reply = turn(client, wave, 1, {"q1": "yes"})
    stranger = client.application.test_client(use_cookies=False)
    page = stranger.get(reply.location)
    assert page.status_code == 200
    assert "please allow one for this page" in page.text


def test_more_than_we_keep_is_refused_and_stays_on_the_page(client: FlaskClient, city: City) -> None:
    texts = [question(f"t{n}", "text", max_length=10_000) for n in range(60)]
    wave = make_wave(city, {"sections": [section("a", *texts[:30]), section("b", *texts[30:])]})
    long = "x" * 19_000
    turn(client, wave, 1, {f"t{n}": long for n in range(30)})
    reply = turn(client, wave, 2, {f"t{n}": long for n in range(30, 60)})
    assert reply.status_code == 422
    assert "more text than we can keep" in reply.text
    assert live_page(soup_of(reply)).find(id="q-t30-field").text.strip() == long
    assert open_page(client, wave, "/answer?page=1").find(id="q-t0-field").text.strip() == long


def test_a_field_without_end_is_cut(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    turn(client, wave, 2, {"q2": "x" * 200_000})
    field = open_page(client, wave, "/answer?page=2").find(id="q-q2-field")
    assert len(field["value"]) == 20_000


def test_fields_that_nobody_asked_for_are_not_kept(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes", "evil": "x", "q2": "of another page", "q1.rank.yes": "1"})
    assert set(values(client, wave)) == {"key", "began", "version", "q1"}


def test_the_browser_keeps_the_whole_sheet_in_the_background(client: FlaskClient, wave: SurveyWave) -> None:
    sent = {"q1": "yes", "q2": "", "q3": "Three", "whole": "1", "kept": "1764000000000"}
    reply = turn(client, wave, 2, sent, go="keep")
    assert (reply.status_code, reply.data) == (204, b"")
    page = open_page(client, wave, "/answer")
    assert live_page(page)["data-page"] == "2"
    assert page.select_one("[name=kept]")["value"] == "1764000000000"
    assert page.select_one("template[data-page='3'] input")["value"] == "Three"


class TestByMail:
    """A link to go on with, where the address is known."""

    def begin(self, client: FlaskClient, wave: SurveyWave, ana: User) -> str:
        """Ana fills in the first page and has the link sent. Gives where it leads."""
        sign_in(client, ana)
        client.post(address(wave, "/link"), data={"q1": "yes", "page": "1"})
        mail = db.session.scalars(select(OutgoingMail)).one()
        assert mail.to == "ana@example.org"
        link = next(line for line in mail.body.splitlines() if line.startswith("http"))
        return str(message_from_string(f"\n{link}").get_payload()).removeprefix("http://localhost")

    def test_another_device_goes_on_after_signing_in(
        self, app: Flask, client: FlaskClient, by_mail: SurveyWave, ana: User
    ) -> None:
        link = self.begin(client, by_mail, ana)
        phone = app.test_client()
        assert "Go on with your answers" in phone.get(link).text
        reply = phone.post(link)
        assert reply.location == address(by_mail, "/answer?lang=en")
        assert phone.get(reply.location).location.startswith("/sign-in")
        sign_in(phone, ana)
        assert open_page(phone, by_mail, "/answer?page=1").select_one("[checked]")["value"] == "yes"

    def test_both_devices_share_the_draft(
        self, app: Flask, client: FlaskClient, by_mail: SurveyWave, ana: User
    ) -> None:
        link, phone = self.begin(client, by_mail, ana), sign_in(app.test_client(), ana)
        phone.post(link)
        turn(phone, by_mail, 2, {"q2": "From the phone"})
        assert open_page(client, by_mail, "/answer?page=2").find(id="q-q2-field")["value"] == "From the phone"

    def test_somebody_else_with_the_link_sees_nothing(
        self, app: Flask, client: FlaskClient, by_mail: SurveyWave, ana: User
    ) -> None:
        link = self.begin(client, by_mail, ana)
        stranger = sign_in(app.test_client(), make_staff(None, email="eve@example.org"))
        assert stranger.post(link).status_code == 410
        page = open_page(stranger, by_mail, "/answer")
        assert live_page(page)["data-page"] == "1"
        assert page.select_one("[checked]") is None
        turn(stranger, by_mail, 1, {"q1": "no"})
        assert open_page(client, by_mail, "/answer?page=1").select_one("[checked]")["value"] == "yes"

    def test_looking_at_the_link_changes_nothing(
        self, app: Flask, client: FlaskClient, by_mail: SurveyWave, ana: User
    ) -> None:
        reply = app.test_client().get(self.begin(client, by_mail, ana))
        assert "Set-Cookie" not in reply.headers
        assert reply.headers["Referrer-Policy"] == "same-origin"
        assert "yes" not in reply.text.partition("<main")[2].partition("</main")[0]

    def test_a_link_that_is_over(self, client: FlaskClient, by_mail: SurveyWave, ana: User) -> None:
        link = self.begin(client, by_mail, ana)
        send(client, by_mail, {"q1": "yes"})
        assert client.get(link).status_code == 410
        assert client.post(link).status_code == 410
        assert client.get(address(by_mail, "/resume/nonsense")).status_code == 410

    def test_nobody_gets_a_link_who_is_not_signed_in(self, client: FlaskClient, by_mail: SurveyWave) -> None:
        reply = client.post(address(by_mail, "/link"), data={"q1": "yes", "page": "1"})
        assert reply.location.startswith("/sign-in")
        assert rows(OutgoingMail) == 0

    def test_there_is_no_link_where_no_address_is_asked_for(
        self, client: FlaskClient, wave: SurveyWave, ana: User
    ) -> None:
        sign_in(client, ana)
        assert client.post(address(wave, "/link"), data={"page": "1"}).status_code == 404
        assert client.get(address(wave, "/resume/x")).status_code == 404
        assert "Send me a link" not in client.get(address(wave, "/answer")).text

    def test_links_are_not_sent_without_end(self, client: FlaskClient, by_mail: SurveyWave, ana: User) -> None:
        sign_in(client, ana)
        replies = [client.post(address(by_mail, "/link"), data={"q1": "yes", "page": "1"}) for _ in range(7)]
        assert replies[-1].status_code == 429
        assert " checked" in replies[-1].text
        assert rows(OutgoingMail) < 7

    def test_the_address_is_asked_for_before_the_first_question(self, client: FlaskClient, by_mail: SurveyWave) -> None:
        assert "confirm your email address" in client.get(address(by_mail)).text
        assert client.get(address(by_mail, "/answer")).location.startswith("/sign-in?next=")

    def test_a_page_that_was_sent_after_the_session_ended_is_kept(
        self, app: Flask, client: FlaskClient, by_mail: SurveyWave, ana: User
    ) -> None:
        reply = turn(client, by_mail, 1, {"q1": "yes"})
        assert reply.location.startswith("/sign-in")
        sign_in(client, ana)
        assert open_page(client, by_mail, "/answer?page=1").select_one("[checked]")["value"] == "yes"

    def test_the_next_person_in_the_same_browser_sees_nothing(
        self, client: FlaskClient, by_mail: SurveyWave, ana: User
    ) -> None:
        sign_in(client, ana)
        turn(client, by_mail, 1, {"q1": "yes"})
        sign_in(client, make_staff(None, email="bruno@example.org"))
        assert open_page(client, by_mail, "/answer").select_one("[checked]") is None

    def test_sending_without_an_address_shows_everything_once_more(
        self, client: FlaskClient, by_mail: SurveyWave
    ) -> None:
        reply = send(client, by_mail, {"q1": "yes"})
        assert reply.status_code == 409
        assert "Confirm my email address" in reply.text
        assert f'value="{KEY}"' in reply.text
        assert rows(SurveySheet) == 0
