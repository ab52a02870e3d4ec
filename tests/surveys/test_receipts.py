"""After sending: the receipt, and whoever comes a second time."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from citizen.cities.models import City
from citizen.core import clock
from citizen.participation.models import Assurance, ResultsRule
from surveys.models import SurveyWave
from tests.surveys.filling import (
    address,
    send,
    soup_of,
    three_pages,
    turn,
)
from tests.surveys.makers import every_kind, make_wave


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, three_pages())


def test_the_receipt_names_nobody_and_can_be_saved(client: FlaskClient, wave: SurveyWave) -> None:
    page = soup_of(client.get(send(client, wave, {"q1": "yes", "q2": "My secret"}).location))
    receipt = page.select_one(".receipt")
    assert {dt.text for dt in receipt.select("dt")} == {"City", "Survey", "Arrived on", "Code"}
    assert "My secret" not in page.text
    saved = client.get(receipt.a["href"])
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert receipt.select("dd")[-1].text in saved.text


def test_a_forged_receipt_is_none(client: FlaskClient, wave: SurveyWave) -> None:
    other = make_wave(wave.city, three_pages())
    signed = send(client, wave, {"q1": "yes"}).location.partition("receipt=")[2]
    assert client.get(address(wave, f"/receipt?receipt={signed}")).status_code == 200
    assert client.get(address(other, f"/receipt?receipt={signed}")).status_code == 404
    assert client.get(address(wave, f"/receipt?receipt={signed}x")).status_code == 404
    assert client.get(address(wave, "/receipt")).status_code == 404


def test_after_answering_somebody_is_told_before_typing_again(client: FlaskClient, wave: SurveyWave) -> None:
    send(client, wave, {"q1": "yes"})
    page = client.get(address(wave, "/answer")).text
    assert "You have already answered" in page
    assert "The result is published after" in page
    assert "You have already answered" not in client.get(address(wave)).text


def test_an_open_survey_can_be_answered_again(client: FlaskClient, city: City) -> None:
    wave = make_wave(city, three_pages(), assurance=Assurance.OPEN)
    send(client, wave, {"q1": "yes"})
    assert client.get(address(wave, "/answer")).status_code == 200
    assert "already" not in client.get(address(wave, "/answer")).text


@pytest.mark.parametrize(
    ("rule", "words"),
    [(ResultsRule.AFTER_CLOSE, "After that the city publishes"), (ResultsRule.AFTER_ANSWER, "See the result")],
)
def test_the_receipt_says_when_the_result_comes(client: FlaskClient, city: City, rule: ResultsRule, words: str) -> None:
    wave = make_wave(city, three_pages(), results=rule)
    assert words in client.get(send(client, wave, {"q1": "yes"}).location).text


def test_the_citys_own_thanks(client: FlaskClient, city: City) -> None:
    wave = make_wave(city, three_pages() | {"thanks": {"en": "See you on the square."}})
    assert "See you on the square." in client.get(send(client, wave, {"q1": "yes"}).location).text


def test_a_wave_that_opens_later_leads_to_its_start_page(client: FlaskClient, city: City) -> None:
    wave = make_wave(city, every_kind(), opens_at=clock.now() + timedelta(days=1))
    assert client.get(address(wave, "/answer")).location == address(wave)
    assert "opens on" in client.get(address(wave)).text
    reply = turn(client, wave, 1, {"mode": "bus"})
    assert reply.status_code == 409
    assert "has not opened yet" in reply.text
