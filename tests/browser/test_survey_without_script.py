"""A whole survey on a cheap phone that runs no script: every kind of question, from the start to the receipt."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from citizen.cities.models import City
from surveys.models import SurveyWave
from tests.browser.conftest import Visit
from tests.browser.survey import ROOT_CHANGES, WIDER
from tests.browser.watching import BROWSER, NARROW, axe_findings, read
from tests.surveys.filling import address, answers
from tests.surveys.makers import every_kind, make_wave

pytestmark = BROWSER


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, slug="city-and-you")


@pytest.fixture
def page(phone: Visit, wave: SurveyWave) -> Page:
    return phone(address(wave), java_script_enabled=False)


def go(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).last.click()


def fits(page: Page) -> None:
    """Nothing sticks out: as it is, with text of twice the size, and from right to left."""
    assert page.evaluate(WIDER) == []
    for kind, there, back in ROOT_CHANGES:
        page.evaluate(there)
        assert page.evaluate(WIDER) == [], kind
        page.evaluate(back)


def test_from_the_start_to_the_receipt(page: Page) -> None:
    page.get_by_role("link", name="Start").click()
    first_page(page)
    second_page(page)
    third_page(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(page.get_by_text("1. Bike")).to_be_visible()
    go(page, "Send my answers")
    expect(page.get_by_role("heading", name="Your answers count")).to_be_visible()
    expect(page.get_by_role("heading", name="Your receipt")).to_be_visible()
    (sheet,) = read(answers)
    assert sheet == EXPECTED


EXPECTED: dict[str, Any] = {
    "mode": "car",
    "others": ["bus", "bike"],
    "order": ["bike", "car"],
    "grid": {"a": "yes", "b": "mid"},
    "talk": {"s1": "agree", "s2": "disagree"},
    "rate": 4,
    "nps": 10,
    "age": 41,
    "since": "2001-02-03",
    "home": {"district": "south"},
    "ok": True,
}


def first_page(page: Page) -> None:
    """Something required is missing first; then one more question comes up."""
    go(page, "Next")
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Please choose an answer").click()
    expect(page.get_by_role("radio", name="Bus")).to_be_focused()
    page.get_by_role("radio", name="Car").check()
    page.get_by_role("checkbox", name="Bus").check()
    page.get_by_role("checkbox", name="Bike").check()
    go(page, "Next")
    expect(page.get_by_text("One more question came up")).to_be_visible()
    page.get_by_label("Why the car?").fill("It rains.")
    go(page, "Next")


def second_page(page: Page) -> None:
    expect(page.get_by_text("Questions 4 to 8 of 13")).to_be_visible()
    page.get_by_label("Bike").select_option("1")
    page.get_by_label("Car", exact=True).select_option("2")
    matrix = page.get_by_role("group", name="Do you agree?")
    matrix.get_by_role("radiogroup", name="Quick").get_by_label("Agree", exact=True).check()
    matrix.get_by_role("radiogroup", name="Safe").get_by_label("Neither").check()
    page.get_by_role("radiogroup", name="More trees").get_by_label("Agree", exact=True).check()
    page.get_by_role("radiogroup", name="Fewer cars").get_by_label("Disagree").check()
    page.get_by_role("group", name="How good is it?").get_by_label("4").check()
    page.get_by_role("group", name="Would you recommend it?").get_by_label("10").check()
    go(page, "Next")


def third_page(page: Page) -> None:
    """Back and forth on the way: nothing typed is lost."""
    page.get_by_label("How old are you?").fill("41")
    page.get_by_label("Since when do you live here?").fill("2001-02-03")
    page.get_by_label("What do you do?").fill("Baker")
    page.get_by_label("Where do you live?").select_option(label="South")
    go(page, "Back")
    expect(page.get_by_label("Bike")).to_have_value("1")
    go(page, "Next")
    expect(page.get_by_label("What do you do?")).to_have_value("Baker")
    page.get_by_label("I agree that my answers are used.").check()
    go(page, "Check my answers")


def test_every_page_fits_and_speaks_to_everybody(visit: Visit, wave: SurveyWave) -> None:
    """Scripts are on here, so that axe can run; each page comes from the server all the same."""
    page = visit(address(wave), viewport=NARROW)
    page.route("**/survey-*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    for step in ("/answer", "post:1", "/answer?page=2", "/answer?page=3", "/check"):
        if step.startswith("post:"):
            page.get_by_role("radio", name="Car").check()
            with page.expect_navigation():
                go(page, "Next")
        else:
            page.goto(address(wave, step))
        fits(page)
        assert axe_findings(page) == []


def test_enter_in_a_line_goes_on(page: Page, wave: SurveyWave) -> None:
    page.goto(address(wave, "/answer"))
    page.get_by_role("radio", name="Bus").check()
    go(page, "Next")
    go(page, "Next")
    page.get_by_label("What do you do?").fill("Baker")
    page.get_by_label("What do you do?").press("Enter")
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(page.get_by_text("Baker")).to_be_visible()


def test_the_keyboard_alone_is_enough(page: Page, wave: SurveyWave) -> None:
    page.goto(address(wave, "/answer"))
    page.get_by_role("radio", name="Bus").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Bike")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="Bus")).to_be_checked()


def test_one_question_on_a_page(phone: Visit, city: City) -> None:
    wave = make_wave(city, every_kind() | {"layout": "question"}, slug="one-by-one")
    page = phone(address(wave, "/answer"), java_script_enabled=False)
    expect(page.get_by_role("heading", level=1, name="How do you travel most?")).to_be_visible()
    page.get_by_role("radio", name="Bike").check()
    for _ in range(11):
        go(page, "Next")
    go(page, "Check my answers")
    go(page, "Send my answers")
    expect(page.get_by_role("heading", name="Your answers count")).to_be_visible()
    assert read(answers) == [{"mode": "bike"}]
