"""The main job, from the first command to the last number: a city asks, people answer, everybody reads the result."""

import re
import time
from typing import Any

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.db import db
from tests.accounts.makers import PASSWORD, code_of, make_colleague
from tests.browser.conftest import Visit
from tests.browser.test_answering import SEND, THANKS
from tests.browser.watching import BROWSER, DESK, PHONE
from tests.makers import TRANSPORT, sign_in

pytestmark = BROWSER

GERMAN = "Welche 2 Funktionen einer App für Bus und Bahn sind am wichtigsten?"
OPTIONS = {"Buying tickets": "Fahrkarten kaufen", "Live departures": "Abfahrten in Echtzeit", "Maps": "Karten"}


def command(app: Flask, *arguments: str) -> str:
    """What a command of the operator prints."""
    db.session.commit()
    told = app.test_cli_runner().invoke(args=list(arguments))
    assert told.exit_code == 0, told.output
    db.session.commit()
    return told.output


def test_from_an_empty_install_to_a_result_that_everybody_can_read(app: Flask, visit: Visit, phone: Visit) -> None:
    command(app, "city", "create", "brookfield", "Brookfield", "--language", "en", "--language", "de")
    invitation = command(app, "staff", "add", "bea@brookfield.example", "--city", "brookfield", "--role", "admin")
    console = enter_by_invitation(visit, invitation)
    seconds = publish_the_poll(console)
    assert seconds < 60
    address = console.get_by_label("Address", exact=True).input_value().removeprefix("http://localhost")
    for chosen in (["Buying tickets", "Maps"], ["Maps"], ["Live departures", "Maps"]):
        answer(phone, address, chosen)
    answer(phone, address, ["Fahrkarten kaufen"], locale="de-DE", thanks="Ihre Antwort zählt")
    expected = {"Maps": 3, "Buying tickets": 2, "Live departures": 1}
    assert numbers_on_the_page(visit, address) == expected
    assert numbers_in(console, f"{address}/results.json", "options", "text") == expected
    slug = address.rpartition("/")[2]
    api = console.request.get(f"/api/v1/cities/brookfield/polls/{slug}/results")
    assert api.ok, api.text()
    assert api.json()["n"] == 4


def enter_by_invitation(visit: Visit, invitation: str) -> Page:
    """Choose a password, set up the second step with the key that the page shows, and stand in the console."""
    path = re.search(r"http://localhost(/password/\S+)", invitation)
    assert path, invitation
    page = visit(path[1], viewport=DESK)
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("I cannot scan it").click()
    secret = page.locator("main code").first.inner_text().replace(" ", "")
    page.locator("input[name=code]").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert page.locator("li code").count() == 10
    page.goto("/brookfield/staff/")
    return page


def publish_the_poll(page: Page) -> float:
    """From the empty console to the published poll in two languages. How many seconds it took."""
    started = time.monotonic()
    page.get_by_role("link", name="Write the first poll").click()
    page.locator("#title_en").fill(TRANSPORT)
    page.locator("#title_de").fill(GERMAN)
    page.get_by_text("Choose several, up to a").click()
    for place, (english, german) in enumerate(OPTIONS.items()):
        if page.locator(f"#options-{place}-label_en").count() == 0:
            page.get_by_role("button", name="Add an option").click()
        page.locator(f"#options-{place}-label_en").fill(english)
        page.locator(f"#options-{place}-label_de").fill(german)
    page.locator("#choose_max").fill("2")
    expect(page.locator("#preview")).to_contain_text("Live departures")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TRANSPORT)
    expect(page.get_by_label("Address", exact=True)).to_be_visible()
    return time.monotonic() - started


def answer(phone: Visit, address: str, chosen: list[str], *, thanks: str = THANKS, **options: Any) -> None:
    page = phone(address, **options)
    for label in chosen:
        page.get_by_text(label, exact=True).tap()
    page.locator("[data-send]").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text(thanks)


def numbers_on_the_page(visit: Visit, address: str) -> dict[str, int]:
    page = visit(f"{address}/results", viewport=PHONE)
    rows = page.locator("tbody tr")
    return {row.locator("th").inner_text(): int(row.locator("td").first.inner_text()) for row in rows.all()}


def numbers_in(page: Page, address: str, key: str, name: str) -> dict[str, int]:
    reply = page.request.get(address)
    assert reply.ok
    return {entry[name]: entry["count"] for entry in reply.json()[key]}


def test_signing_in_with_password_and_code(app: Flask, visit: Visit, city: City) -> None:
    bruno = make_colleague(city, Role.EDITOR)
    code = code_of(bruno)
    db.session.commit()
    page = visit("/riverton/staff/polls/", viewport=DESK)
    page.goto("/sign-in/password?next=/riverton/staff/polls/")
    page.locator("input[name=email]").fill("bruno@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/riverton/staff/polls/$"))
    page.get_by_role("button", name="Sign out").click()
    page.goto("/riverton/staff/polls/")
    expect(page).to_have_url(re.compile(r"/sign-in\?"))


@pytest.fixture
def editor(app: Flask, visit: Visit, city: City) -> Page:
    """The console, open in an editor's browser that runs no scripts."""
    bruno = make_colleague(city, Role.EDITOR)
    cookie = sign_in(app.test_client(), bruno).get_cookie("plaza-session")
    db.session.commit()
    page = visit("about:blank", viewport=DESK, java_script_enabled=False)
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.watch.address}])
    page.goto("/riverton/staff/")
    return page


def test_a_poll_is_written_and_published_without_javascript(editor: Page) -> None:
    page = editor
    page.get_by_role("link", name="Write the first poll").click()
    page.locator("#title_en").fill("Where should the market be?")
    page.get_by_text("Choose one", exact=True).click()
    for place, label in enumerate(("On the square", "By the river", "In the park")):
        if page.locator(f"#options-{place}-label_en").count() == 0:
            page.get_by_role("button", name="Add an option").click()
        page.locator(f"#options-{place}-label_en").fill(label)
    page.get_by_role("button", name="Move up").nth(2).click()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where should the market be?")
    page.goto(page.get_by_label("Address", exact=True).input_value().removeprefix("http://localhost"))
    assert page.locator(".option").all_inner_texts() == ["On the square", "In the park", "By the river"]
    expect(page.get_by_role("button", name=SEND)).to_be_visible()
