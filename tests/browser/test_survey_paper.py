"""A paper sheet is typed in by keyboard alone, with the script and without it."""

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.db import db
from surveys.models import PaperEntry
from tests.browser.conftest import Visit
from tests.browser.watching import BROWSER, DESK, axe_findings, read
from tests.makers import make_staff, sign_in
from tests.surveys.makers import make_wave
from tests.surveys.staff.papering import make_batch, sheet_page

pytestmark = BROWSER


def open_sheet(app: Flask, city: City, visit: Visit, **options: object) -> Page:
    """Sheet 1 of a new batch, in the browser of an editor."""
    wave = make_wave(city)
    address = sheet_page(wave, make_batch(wave, is_double=False), 1)
    client: FlaskClient = sign_in(app.test_client(), make_staff(city, Role.EDITOR))
    cookie = client.get_cookie("plaza-session")
    page = visit("/riverton/", viewport=DESK, **options)
    root = page.url.removesuffix("/riverton/")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": root}])
    page.goto(address)
    return page


def typed() -> dict[int, object]:
    """What is kept of each sheet."""
    return read(lambda: {row.number: row.typed["values"] for row in db.session.scalars(select(PaperEntry))})


SHEET = {
    "mode": "car",
    "others": ["bus", "bike"],
    "why": "Rain\nand snow",
    "order": ["bike", "bus"],
    "grid": {"a": "yes", "b": "no"},
    "talk": {"s1": "agree", "s2": "disagree"},
    "rate": "dont_know",
    "nps": 10,
    "age": 41,
    "since": "2020-02-01",
    "job": "Baker",
    "home": {"district": "south"},
    "ok": True,
}


def test_a_sheet_is_typed_in_without_a_mouse(app: Flask, city: City, visit: Visit) -> None:
    page = open_sheet(app, city, visit)
    assert axe_findings(page) == []
    keys = page.keyboard
    expect(page.locator("[name='mode.typed']")).to_be_focused()
    for words in ("3", "", "1 2"):
        keys.type(words)
        keys.press("Enter")
    expect(page.locator("[name=mode][value=car]")).to_be_checked()
    expect(page.locator("[name=others]:checked")).to_have_count(2)
    keys.type("Rain")
    keys.press("Enter")
    keys.type("and snow")
    keys.press("Tab")
    page.locator("[name='order.rank.bus']").focus()
    for words in ("2", "1", "", "3", "1", "1", "3", "?", "10", "41", "1.2.2020", "Baker", "2", "1"):
        keys.type(words)
        keys.press("Enter")
    expect(page.get_by_role("button", name="Save and go on")).to_be_focused()
    assert typed() == {}
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sheet 2")
    expect(page.get_by_text("Sheet 1 is saved.")).to_be_visible()
    assert typed() == {1: SHEET}


def test_numbers_follow_the_boxes(app: Flask, city: City, visit: Visit) -> None:
    page = open_sheet(app, city, visit)
    page.locator("[name=others][value=car]").check()
    page.locator("[name=others][value=bus]").check()
    expect(page.locator("[name='others.typed']")).to_have_value("1 3")
    page.locator("[name='home.district']").select_option("north")
    expect(page.locator("[name='home.district.typed']")).to_have_value("1")
    page.locator("[name='home.district.typed']").fill("2")
    expect(page.locator("[name='home.district']")).to_have_value("south")
    page.locator("[name='mode.typed']").fill("2")
    page.locator("[name='mode.typed']").press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sheet 2")
    assert typed() == {1: {"mode": "bike", "others": ["bus", "car"], "home": {"district": "south"}}}


def test_without_the_script_enter_saves_no_half_sheet(app: Flask, city: City, visit: Visit) -> None:
    page = open_sheet(app, city, visit, java_script_enabled=False)
    page.locator("[name='mode.typed']").fill("3")
    page.locator("[name='mode.typed']").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sheet 1")
    page.locator("[name=age]").fill("340")
    page.get_by_role("button", name="Save and stop").click()
    expect(page.locator("#error-summary")).to_contain_text("9. Please write a number that is not larger than 120.")
    page.locator("[name='age.unreadable']").check()
    page.get_by_role("button", name="Save and stop").click()
    expect(page.get_by_text("Sheet 1 is saved.")).to_be_visible()
    assert typed() == {1: {"mode": "car"}}
