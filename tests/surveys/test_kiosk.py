"""A device that the city puts up: one visitor after the other, and nothing of one stays for the next."""

from datetime import timedelta

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.db import db
from citizen.participation.models import AnswerCount, Assurance
from surveys.kiosk import kiosk_link, may_have_kiosk
from surveys.models import SurveySheet, SurveyWave
from tests.makers import make_staff, post_form, sign_in
from tests.surveys.filling import (
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
from tests.surveys.makers import make_wave

DRAFT = "plaza-kiosk-draft-{}"


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, three_pages())


def link(wave: SurveyWave) -> str:
    with current_app.test_request_context():
        return kiosk_link(wave).removeprefix("http://localhost")


@pytest.fixture
def kiosk(client: FlaskClient, wave: SurveyWave) -> FlaskClient:
    """The device, after staff opened the link on it."""
    client.get(link(wave))
    return client


def fill_in(kiosk: FlaskClient, wave: SurveyWave, answer: str) -> None:
    """A visitor goes through all pages as the kiosk shows them, to the receipt."""
    form = soup_of(kiosk.get(address(wave, "/answer?kiosk=1"))).select_one("#sheet")
    for page, fields in ((1, {"q1": answer}), (2, {"q2": f"Because {answer}"}), (3, {"q3": ""})):
        kiosk.post(form["action"], data={"page": str(page), "go": "next", **fields})
    check = soup_of(kiosk.get(address(wave, "/check?kiosk=1"))).select_one("form[action*=answers]")
    assert "kiosk=1" in check["action"]
    reply = kiosk.post(check["action"], data=form_of(open_page(kiosk, wave, "/check?kiosk=1"), "form[action*=answers]"))
    assert "Your answers count" in kiosk.get(reply.location).text


def test_the_link_makes_a_kiosk_whose_address_gives_nothing_away(client: FlaskClient, wave: SurveyWave) -> None:
    reply = client.get(link(wave))
    assert reply.location == address(wave, "/kiosk")
    page = soup_of(client.get(reply.location))
    token = link(wave).rpartition("/")[2]
    assert token not in page.decode()
    assert page.select_one("main a.button")["href"] == address(wave, "/answer?kiosk=1")


def test_many_visitors_answer_on_one_device(kiosk: FlaskClient, wave: SurveyWave) -> None:
    for answer in ("yes", "no", "yes"):
        fill_in(kiosk, wave, answer)
    assert sorted(sheet["q1"] for sheet in answers()) == ["no", "yes", "yes"]
    assert db.session.execute(select(AnswerCount.channel, AnswerCount.n)).all() == [("kiosk", 3)]


def test_no_cookie_tells_visitors_apart_and_no_draft_stays(kiosk: FlaskClient, wave: SurveyWave) -> None:
    fill_in(kiosk, wave, "yes")
    assert kiosk.get_cookie("plaza-device") is None
    assert kiosk.get_cookie(DRAFT.format(wave.id), path=address(wave)) is None
    assert open_page(kiosk, wave, "/answer?kiosk=1").select_one("[checked]") is None


def test_what_a_visitor_left_behind_is_gone_at_the_start(kiosk: FlaskClient, wave: SurveyWave) -> None:
    turn(kiosk, wave, 1, {"q1": "yes"})
    kiosk.post(address(wave, "/answer?kiosk=1"), data={"q1": "yes", "page": "1", "go": "next"})
    held = kiosk.get_cookie(DRAFT.format(wave.id), path=address(wave))
    assert held.max_age is None
    assert held.expires is None
    kiosk.get(address(wave, "/kiosk"))
    assert live_page(open_page(kiosk, wave, "/answer?kiosk=1")).select_one("[checked]") is None


def test_the_draft_of_whoever_set_it_up_is_another_one(client: FlaskClient, wave: SurveyWave) -> None:
    turn(client, wave, 1, {"q1": "yes"})
    client.get(link(wave))
    assert live_page(open_page(client, wave, "/answer?kiosk=1")).select_one("[checked]") is None
    client.get(address(wave, "/kiosk"))
    assert open_page(client, wave, "/answer?page=1").select_one("[checked]")["value"] == "yes"


def test_the_same_browser_outside_of_the_kiosk_is_anybodys(kiosk: FlaskClient, wave: SurveyWave) -> None:
    send(kiosk, wave, {"q1": "yes"})
    assert db.session.scalar(select(AnswerCount.channel)) == "web"


def test_nobody_becomes_a_kiosk_by_the_address(client: FlaskClient, wave: SurveyWave) -> None:
    page = open_page(client, wave, "/answer?kiosk=1")
    assert page.select_one("#sheet").get("data-kiosk") is None
    client.post(address(wave, "/answers?kiosk=1"), data={"q1": "yes", "key": KEY})
    client.post(address(wave, "/answers?kiosk=1"), data={"q1": "yes", "key": OTHER_KEY})
    assert db.session.execute(select(AnswerCount.channel, AnswerCount.n)).all() == [("web", 1)]


def test_pages_of_a_kiosk_return_to_the_start(kiosk: FlaskClient, wave: SurveyWave) -> None:
    form = open_page(kiosk, wave, "/answer?kiosk=1")
    sheet = form.select_one("#sheet")
    assert (sheet["data-idle-seconds"], sheet["data-home"]) == ("90", address(wave, "/kiosk"))
    assert not sheet.has_attr("data-keep")
    assert f"270;url={address(wave, '/kiosk')}" in form.select_one("noscript").decode()
    reply = kiosk.post(address(wave, "/answers?kiosk=1"), data={"q1": "yes", "key": KEY})
    receipt = kiosk.get(reply.location)
    assert receipt.headers["Refresh"] == f"20;url={address(wave, '/kiosk')}"
    assert soup_of(receipt).select_one(".receipt") is None
    assert kiosk.get(address(wave, "/kiosk")).headers["Refresh"] == "300"


def test_nothing_leads_away_from_a_kiosk(kiosk: FlaskClient, wave: SurveyWave) -> None:
    for page in ("/kiosk", "/answer?kiosk=1"):
        links = {anchor["href"] for anchor in open_page(kiosk, wave, page).select("a[href]")} - {"#content"}
        assert all(link.startswith(address(wave)) for link in links), links


def test_the_next_visitor_gets_the_citys_language_again(kiosk: FlaskClient, wave: SurveyWave) -> None:
    page = open_page(kiosk, wave, "/answer?kiosk=1&lang=de")
    assert page.select_one("#sheet")["data-home"] == address(wave, "/kiosk")


def test_starting_again_leads_to_the_start(kiosk: FlaskClient, wave: SurveyWave) -> None:
    assert kiosk.post(address(wave, "/fresh-start?kiosk=1")).location == address(wave, "/kiosk")


def test_the_link_works_until_the_wave_ends(client: FlaskClient, wave: SurveyWave) -> None:
    before = link(wave)
    wave.closed_at = clock.now()
    assert client.get(before).status_code == 410


def test_a_kiosk_of_a_wave_that_has_ended_takes_nothing(kiosk: FlaskClient, wave: SurveyWave) -> None:
    wave.closed_at = clock.now() - timedelta(hours=2)
    assert kiosk.post(address(wave, "/answers?kiosk=1"), data={"q1": "yes", "key": KEY}).status_code == 409
    assert rows(SurveySheet) == 0


def test_a_link_is_for_one_wave(client: FlaskClient, city: City, wave: SurveyWave) -> None:
    token = link(make_wave(city, three_pages())).rpartition("/")[2]
    for bad in (token, "nonsense", f"{link(wave).rpartition('/')[2]}x"):
        assert client.get(address(wave, f"/kiosk/{bad}")).status_code == 410
    assert client.get(address(wave, "/kiosk")).location == address(wave)


def test_a_kiosk_cannot_stand_in_for_a_confirmed_address(client: FlaskClient, city: City) -> None:
    wave = make_wave(city, three_pages(), assurance=Assurance.CONTACT)
    assert not may_have_kiosk(wave)
    assert client.get(link(wave)).status_code == 410


def test_a_new_address_ends_the_kiosks_that_were_opened_with_the_old_one(
    app: Flask, kiosk: FlaskClient, wave: SurveyWave, city: City
) -> None:
    old = link(wave)
    editor = sign_in(app.test_client(), make_staff(city))
    page = f"/riverton/staff/surveys/waves/{wave.slug}"
    assert post_form(editor, f"{page}/kiosk", page=page).status_code == 303
    assert link(wave) != old
    assert send(kiosk, wave, {"q1": "yes"}, headers={}).status_code == 303
    assert [row.channel for row in db.session.scalars(select(AnswerCount))] == ["web"]
    assert app.test_client().get(old).status_code == 410
