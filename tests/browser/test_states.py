"""Pages as they are in the middle of something: axe finds nothing there either, and nothing sticks out."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.db import db
from polls.models import Poll, PollForm
from tests.browser.conftest import Visit
from tests.browser.survey import WIDER
from tests.browser.test_answering import SEND, at
from tests.browser.watching import BROWSER, NARROW, axe_findings
from tests.makers import make_poll, make_staff, sign_in

pytestmark = BROWSER

QUIETLY = {"reduced_motion": "reduce"}


def is_fine(page: Page) -> None:
    """Nothing for axe in light and dark, nothing wider than a narrow phone."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert axe_findings(page) == [], scheme
    page.set_viewport_size(NARROW)
    assert page.evaluate(WIDER) == []


def test_after_a_mistake(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll), **QUIETLY)
    page.get_by_role("button", name=SEND).click()
    expect(page.locator("#error-summary")).to_be_focused()
    is_fine(page)


def test_with_too_many_chosen(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll), **QUIETLY)
    for label in ("Tickets", "Times", "Maps"):
        page.get_by_text(label).click()
    is_fine(page)


def test_after_answering(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll), **QUIETLY)
    page.get_by_text("Maps").click()
    page.get_by_role("button", name=SEND).click()
    expect(page.locator("[data-answered]")).to_be_visible()
    is_fine(page)


def send_without_script(page: Page) -> None:
    """As a browser without JavaScript sends the form: without a key."""
    with page.expect_navigation():
        page.evaluate("form => (form.elements.key.value = '', form.submit())", page.query_selector("form[data-answer]"))


def test_the_confirmation_and_the_thanks_without_javascript(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll), **QUIETLY)
    page.get_by_text("Maps").click()
    send_without_script(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this your answer?")
    is_fine(page)
    with page.expect_navigation():
        page.evaluate("document.querySelector('form[data-answer]').submit()")
    expect(page.get_by_text("Your answer counts.")).to_be_visible()
    is_fine(page)


def test_in_the_middle_of_ranking(visit: Visit, city: City) -> None:
    page = visit(at(make_poll(city, form=PollForm.RANK, choose_max=3)), **QUIETLY)
    for label in ("Maps", "Times"):
        page.get_by_role("button", name=label, exact=True).click()
    is_fine(page)


def test_without_a_connection(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll), **QUIETLY)
    page.watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    page.get_by_text("Maps").click()
    page.context.set_offline(True)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    is_fine(page)


@pytest.fixture
def console(app: Flask, visit: Visit, city: City) -> Page:
    """The console, open in an admin's browser."""
    cookie = sign_in(app.test_client(), make_staff(city, Role.ADMIN)).get_cookie("plaza-session")
    db.session.commit()
    page = visit("about:blank", **QUIETLY)
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.watch.address}])
    page.goto("/riverton/staff/")
    return page


def test_an_empty_console(console: Page) -> None:
    is_fine(console)


def test_an_editor_that_came_back_with_mistakes(console: Page) -> None:
    console.goto("/riverton/staff/polls/new")
    console.get_by_role("button", name="Save and publish").click()
    expect(console.locator("#error-summary")).to_be_focused()
    is_fine(console)


def test_the_list_of_keys(console: Page) -> None:
    console.keyboard.press("?")
    expect(console.get_by_role("dialog")).to_be_visible()
    assert axe_findings(console) == []
    console.keyboard.press("Escape")
    expect(console.get_by_role("dialog")).not_to_be_visible()
