"""Every page of citizens in a real browser: nothing blocked, nothing that axe finds, nothing that sticks out."""

import io

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, expect

from polls.models import Poll
from tests.browser.conftest import Visit
from tests.browser.places import citizens_places
from tests.browser.survey import ALL_LOOKS, KINDS, Survey, surveyed, told
from tests.browser.watching import BROWSER
from tests.makers import cast

pytestmark = BROWSER


@pytest.fixture(scope="module")
def survey(migrated_app: Flask, chromium: Browser, address: str) -> Survey:
    """One walk, which the tests look at from many sides."""
    return surveyed(migrated_app, chromium, address, citizens_places, ALL_LOOKS)


@pytest.mark.parametrize("kind", KINDS)
def test_on_every_page_of_citizens_nothing_is_found_by(survey: Survey, kind: str) -> None:
    assert not survey.findings[kind], told(survey.findings[kind])


def test_with_forced_colours_a_chosen_card_still_shows(visit: Visit, poll: Poll) -> None:
    page = visit(f"/riverton/polls/{poll.slug}", forced_colors="active", reduced_motion="reduce")
    card = page.locator(".option").first
    before = card.screenshot()
    card.click()
    page.mouse.move(0, 0)
    expect(page.get_by_label("Tickets")).to_be_checked()
    assert card.screenshot() != before
    assert card.evaluate("one => getComputedStyle(one).borderStyle") == "solid"


def test_with_forced_colours_bars_still_show(visit: Visit, poll: Poll) -> None:
    cast(poll, "Maps")
    page = visit(f"/riverton/polls/{poll.slug}/results", forced_colors="active")
    bar = page.locator(".bar svg").first
    colours = Image.open(io.BytesIO(bar.screenshot())).convert("RGB").getcolors(1 << 20)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colours is not None
    most = max(colours)[1]
    assert f"rgb({most[0]}, {most[1]}, {most[2]})" != ground
