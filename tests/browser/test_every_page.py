"""Every page in a real browser: nothing blocked, nothing that axe finds, nothing that sticks out."""

import io

import pytest
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, expect

from polls.models import Poll
from tests.browser.conftest import Visit
from tests.browser.places import citizens_places, peoples_places
from tests.browser.survey import ALL_LOOKS, FEW_LOOKS, Survey, told
from tests.browser.watching import BROWSER
from tests.makers import cast
from tests.site.conftest import world_of

pytestmark = BROWSER


@pytest.fixture(scope="module", params=["citizens", "people"])
def survey(request: pytest.FixtureRequest, migrated_app: Flask, chromium: Browser, address: str) -> Survey:
    """One walk, which the tests look at from many sides."""
    with world_of(migrated_app) as world:
        citizens = request.param == "citizens"
        places = citizens_places(world) if citizens else peoples_places(migrated_app, world)
        survey = Survey(migrated_app, world, chromium, address, ALL_LOOKS if citizens else FEW_LOOKS)
        for place in places:
            survey.look_at(place)
        survey.context.close()
    return survey


KINDS = ("axe", "policy", "320 pixels", "200 % text", "right to left", "German")


@pytest.mark.parametrize("kind", KINDS)
def test_on_every_page_nothing_is_found_by(survey: Survey, kind: str) -> None:
    assert not survey.findings[kind], told(survey.findings[kind])


def test_nothing_else_was_tried_and_forgotten(survey: Survey) -> None:
    assert set(survey.findings) <= set(KINDS)


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
