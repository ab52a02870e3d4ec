"""Goes to every page once and tries everything on it: axe, narrow screens, large text, right to left, German."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from flask import Flask
from playwright.sync_api import Browser

from tests.browser.places import Place
from tests.browser.watching import DESK, HARMLESS, NARROW, PHONE, Watch, axe_findings
from tests.makers import sign_in
from tests.site.conftest import world_of
from tests.site.world import World

COLOURS = ["color-contrast", "target-size", "scrollable-region-focusable"]
"""What can differ between light and dark, phone and desk; everything else is looked at once."""

WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const scrolls = (one) => one && one !== document.body &&
    (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
  const wide = [...document.querySelectorAll("body *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > room + 1 || box.left < -1) && !scrolls(one.parentElement);
  });
  const width = `${document.documentElement.scrollWidth} pixels`;
  return [width, ...wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120))];
}"""
"""What sticks out of the page; what scrolls by itself may be as wide as it likes."""

Looks = tuple[tuple[dict[str, int], str], ...]
FEW_LOOKS: Looks = ((DESK, "dark"),)
ALL_LOOKS: Looks = ((PHONE, "dark"), (DESK, "dark"), (DESK, "light"))
"""After the phone in light: the other sizes and colours."""

QUIETLY = {"viewport": PHONE, "locale": "en-GB", "reduced_motion": "reduce"}
"""Without motion: in the middle of a change of colours nothing has its contrast."""

Findings = dict[str, dict[str, list[str]]]
"""By what was tried: what was found, and on which pages."""


class Survey:
    """What was found on all pages together."""

    def __init__(self, app: Flask, world: World, chromium: Browser, address: str, looks: Looks) -> None:
        self.app, self.world, self.address, self.looks = app, world, address, looks
        self.findings: Findings = defaultdict(lambda: defaultdict(list))
        self.context = chromium.new_context(**QUIETLY, base_url=address)
        self.page = self.context.new_page()
        self.watch = Watch(self.page, address)

    def look_at(self, place: Place) -> None:
        """Everything that can be tried on one page."""
        self._enter(place)
        self.page.goto(place.address)
        for kind, found in self._trials():
            for finding in found:
                self.findings[kind][finding].append(place.address)
        self._note_problems(place)

    def _enter(self, place: Place) -> None:
        self.context.clear_cookies()
        if place.who != "nobody":
            client = sign_in(self.app.test_client(), self.world.people[place.who])
            cookie = client.get_cookie("plaza-session")
            self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])

    def _trials(self) -> Iterator[tuple[str, list[str]]]:
        page = self.page
        yield "axe", axe_findings(page)
        for viewport, scheme in self.looks:
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=scheme)
            yield "axe", axe_findings(page, COLOURS)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(NARROW)
        yield "320 pixels", page.evaluate(WIDER)
        page.set_viewport_size(PHONE)
        for kind, there, back in ROOT_CHANGES:
            page.evaluate(there)
            yield kind, page.evaluate(WIDER)
            page.evaluate(back)
        page.goto(german(page.url))
        yield "German", page.evaluate(WIDER)

    def _note_problems(self, place: Place) -> None:
        for problem in self.watch.problems:
            if not any(word in problem for word in EXPECTED):
                self.findings["policy"][problem].append(place.address)
        self.watch.problems.clear()


ROOT_CHANGES = tuple(
    (kind, f"document.documentElement.{change}", f"document.documentElement.{undo}")
    for kind, change, undo in (
        ("200 % text", "style.fontSize = '200%'", "style.fontSize = ''"),
        ("right to left", "dir = 'rtl'", "dir = 'ltr'"),
    )
)
EXPECTED = (*HARMLESS, "status of 404", "status of 410")
"""Pages that are not there are looked at too."""


KINDS = ("axe", "policy", "320 pixels", "200 % text", "right to left", "German")
"""All that is tried."""


def surveyed(app: Flask, chromium: Browser, address: str, find: Callable[..., list[Place]], looks: Looks) -> Survey:
    """One walk to all the places that `find` names in a city that has them all."""
    with world_of(app) as world:
        survey = Survey(app, world, chromium, address, looks)
        for place in find(app, world):
            survey.look_at(place)
        survey.context.close()
    assert set(survey.findings) <= set(KINDS)
    return survey


def german(address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang=de"


def told(found: dict[str, list[str]]) -> str:
    """Each finding once, with the first of the pages that have it."""
    return "\n".join(["", *(f"{len(where)} × {what}\n     first on {where[0]}" for what, where in found.items())])
