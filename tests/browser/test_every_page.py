"""Every page in a real browser: nothing blocked, nothing that axe finds, nothing that runs over the edge."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE
from tests.browser.places import Place, citizens_places, make_city_of_places, peoples_places
from tests.browser.watching import BROWSER, axe_findings
from tests.makers import sign_in
from tests.site.world import World

pytestmark = BROWSER

Visit = Callable[..., Page]
SIZES = {"phone": PHONE, "desk": DESK}
NOT_FOUND = "status of 404"
GONE = "status of 410"


@pytest.fixture
def world(app: Flask) -> World:
    return make_city_of_places()


@pytest.fixture(params=["citizens", "people"])
def places(request: pytest.FixtureRequest, app: Flask, world: World) -> list[Place]:
    return citizens_places(world) if request.param == "citizens" else peoples_places(app, world)


@pytest.fixture
def walk(app: Flask, visit: Visit, world: World, places: list[Place]) -> Callable[..., Iterator[tuple[Place, Page]]]:
    """Goes from place to place in one browser, signed in where that is needed."""

    def go(**options: object) -> Iterator[tuple[Place, Page]]:
        page = visit("/healthz", **options)
        page.watch.expect(NOT_FOUND, GONE)
        for place in places:
            page.context.clear_cookies()
            if place.who != "nobody":
                page.context.add_cookies(session_of(app, world, place.who, page))
            page.goto(place.address)
            yield place, page

    return go


def session_of(app: Flask, world: World, who: str, page: Page) -> list[dict]:
    client = sign_in(app.test_client(), world.people[who])
    cookie = client.get_cookie("plaza-session")
    return [{"name": "plaza-session", "value": cookie.value, "url": page.watch.address}]


def together(found: dict[str, list[str]]) -> str:
    """Each finding once, with the first of the pages that have it."""
    return "\n".join(["", *(f"{len(where)} × {what}\n     first on {where[0]}" for what, where in found.items())])


def test_axe_finds_nothing_in_light_and_dark_on_phone_and_desk(
    walk: Callable[..., Iterator[tuple[Place, Page]]],
) -> None:
    found: dict[str, list[str]] = {}
    for place, page in walk(bypass_csp=True):
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                rules = None if (size, scheme) == ("phone", "light") else ["color-contrast", "target-size"]
                for finding in axe_findings(page, rules):
                    found.setdefault(finding, []).append(f"{place.address} ({size}, {scheme})")
    assert not found, together(found)


def test_the_policy_blocks_nothing_and_nobody_else_is_asked(walk: Callable[..., Iterator[tuple[Place, Page]]]) -> None:
    """What went wrong is gathered by `visit` and told at the end."""
    assert sum(page.locator("h1").count() > 0 for _place, page in walk(viewport=DESK)) > 10


WIDER = """() => {
  const room = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > room + 1 || box.left < -1) && !one.closest(".scroll, [inert], .hidden, .skip");
  });
  return document.documentElement.scrollWidth > room ? wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)) : [];
}"""


@pytest.mark.parametrize("how", ["320 pixels", "twice the text", "right to left", "German"])
def test_nothing_runs_over_the_edge(walk: Callable[..., Iterator[tuple[Place, Page]]], how: str) -> None:
    viewport = {"width": 320, "height": 640} if how == "320 pixels" else PHONE
    found: dict[str, list[str]] = {}
    for place, page in walk(viewport=viewport, locale="de-DE" if how == "German" else "en-GB"):
        if how == "right to left":
            page.evaluate("document.documentElement.dir = 'rtl'")
        if how == "twice the text":
            page.evaluate("document.documentElement.style.fontSize = '200%'")
        for element in page.evaluate(WIDER):
            found.setdefault(element, []).append(place.address)
    assert not found, together(found)
