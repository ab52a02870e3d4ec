"""A moderator clears the inbox by keyboard alone; another one without any script."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.db import db
from citizen.moderation import sources
from citizen.moderation.models import ModerationItem
from tests.accounts.makers import make_colleague
from tests.browser.conftest import Visit
from tests.browser.watching import BROWSER, DESK, axe_findings, read
from tests.makers import sign_in
from tests.moderation.makers import Board, make_item

pytestmark = BROWSER


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    board = Board()
    monkeypatch.setitem(sources._sources, board.kind, board)
    return board


@pytest.fixture
def subjects(board: Board, city: City) -> list[str]:
    """Four texts that wait, the oldest first."""
    return [make_item(board, city, f"Text {number}", author=f"a{number}").subject for number in range(4)]


def inbox(app: Flask, visit: Visit, city: City, **options: object) -> Page:
    cookie = sign_in(app.test_client(), make_colleague(city, Role.MODERATOR)).get_cookie("plaza-session")
    db.session.commit()
    page = visit("about:blank", viewport=DESK, **options)
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.watch.address}])
    page.goto("/riverton/staff/inbox")
    return page


def states(board: Board, subjects: list[str]) -> list[str]:
    return [board.notes[subject].state for subject in subjects]


def waiting() -> int:
    return read(lambda: db.session.query(ModerationItem).filter_by(state="waiting").count())


def test_the_inbox_by_keyboard(app: Flask, visit: Visit, city: City, board: Board, subjects: list[str]) -> None:
    page = inbox(app, visit, city)
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_text("The text is shown.")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("Insult")
    page.keyboard.press("Tab")
    page.keyboard.type("A fool: no key is an act here")
    page.keyboard.press("Enter")
    expect(page.get_by_text("its author will be told")).to_be_visible()
    assert states(board, subjects) == ["shown", "hidden", "held", "held"]
    page.keyboard.press("u")
    expect(page.get_by_text("The text waits again.")).to_be_visible()
    assert states(board, subjects) == ["shown", "held", "held", "held"]
    page.keyboard.press("j")
    page.keyboard.press("g")
    expect(page.locator("[data-item]").nth(2).get_by_role("status")).to_contain_text("looks at it")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-item]").nth(3).locator("[data-tick]")).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Next text")
    page.keyboard.press("a")
    assert waiting() == 3
    assert axe_findings(page) == []


def test_keys_can_be_switched_off(app: Flask, visit: Visit, city: City, subjects: list[str]) -> None:
    page = inbox(app, visit, city)
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Use keyboard shortcuts").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    assert waiting() == 4


def test_the_inbox_without_javascript(app: Flask, visit: Visit, city: City, board: Board, subjects: list[str]) -> None:
    page = inbox(app, visit, city, java_script_enabled=False)
    page.locator("[data-item]").first.get_by_role("button", name="Show it").click()
    assert states(board, subjects)[0] == "shown"
    page.get_by_role("button", name="Undo the last decision").click()
    assert states(board, subjects)[0] == "held"
    page.locator("#only").select_option("all")
    page.get_by_role("button", name="Do not show …").click()
    expect(page.locator("h1")).to_have_text("Do not show 4 texts?")
    page.get_by_label("Reason, for the author to read").select_option("advertising")
    page.get_by_role("button", name="Do not show them").click()
    assert set(states(board, subjects)) == {"hidden"}
