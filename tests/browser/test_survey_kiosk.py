"""A device that many people use, one after the other: nothing of one stays for the next."""

from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from citizen.cities.models import City
from surveys.kiosk import IDLE_SECONDS, kiosk_link
from surveys.models import SurveyWave
from tests.browser.conftest import Visit
from tests.browser.sheets import SEND, arrived, at, fill_short, go, heading, kept_on, sheets, short
from tests.browser.watching import BROWSER, axe_findings
from tests.surveys.makers import make_wave

pytestmark = BROWSER

ASKED = "Are you still there?"
STAY = "I am still here"


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, short())


@pytest.fixture
def kiosk(app: Flask, phone: Visit, wave: SurveyWave) -> Page:
    """At its start, with a clock that tests move."""
    with app.test_request_context():
        link = urlsplit(kiosk_link(wave)).path
    page = phone("about:blank")
    page.clock.install()
    page.goto(link)
    page.get_by_role("link", name="Start").click()
    return page


def seconds(page: Page, number: int) -> None:
    page.clock.run_for(number * 1000)


def at_start(page: Page, wave: SurveyWave) -> None:
    expect(page.get_by_role("link", name="Start")).to_be_visible()
    assert urlsplit(page.url).path == at(wave, "/kiosk")


def test_two_people_answer_and_it_returns_to_its_start(kiosk: Page, wave: SurveyWave) -> None:
    for _person in range(2):
        fill_short(kiosk)
        assert kept_on(kiosk) == []
        go(kiosk, SEND)
        arrived(kiosk)
        seconds(kiosk, 20)
        at_start(kiosk, wave)
        kiosk.get_by_role("link", name="Start").click()
        expect(kiosk.get_by_role("textbox")).to_have_value("")
    assert len(sheets(wave)) == 2


def test_whoever_goes_away_leaves_nothing_behind(kiosk: Page, wave: SurveyWave) -> None:
    kiosk.get_by_role("textbox").fill("Elm Row")
    go(kiosk)
    seconds(kiosk, IDLE_SECONDS)
    expect(kiosk.get_by_role("dialog", name=ASKED)).to_be_visible()
    assert axe_findings(kiosk) == []
    seconds(kiosk, 10)
    at_start(kiosk, wave)
    kiosk.go_back()
    assert "Elm Row" not in kiosk.content()
    expect(kiosk.locator("input[name=name]")).to_have_value("")


def test_whoever_is_still_there_goes_on(kiosk: Page) -> None:
    kiosk.get_by_role("textbox").fill("Elm Row")
    go(kiosk)
    seconds(kiosk, IDLE_SECONDS)
    kiosk.get_by_role("button", name=STAY).tap()
    seconds(kiosk, IDLE_SECONDS - 20)
    expect(heading(kiosk)).to_have_text("Second")
    expect(kiosk.get_by_role("dialog")).to_have_count(0)
