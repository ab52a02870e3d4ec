"""What the pages of a survey cost on a phone, as Chromium counts it."""

from collections.abc import Iterator
from typing import Any

import pytest

from citizen.cities.models import City
from surveys.models import SurveyWave
from tests.browser.conftest import Visit
from tests.browser.watching import BROWSER
from tests.surveys.filling import address
from tests.surveys.makers import AGREE, ENDS, MODES, PARTS, make_wave, question, section

pytestmark = BROWSER

START, ANSWERING = 14 * 1024, 45 * 1024
"""Bytes with their headers: the start page with all that it needs to be read, the sheet with everything."""

NEEDED = {"document", "stylesheet"}
WORDS = "tree square school market river bridge garden tram library harbour museum playground bench lamp street".split()


def thirty_questions() -> Iterator[dict[str, Any]]:
    """Of the usual kinds, each with words of its own."""
    kinds = [
        ("single", {"options": MODES}),
        ("multiple", {"options": MODES, "choose_max": 2}),
        ("scale", {"low": 1, "high": 5, **ENDS}),
        ("matrix", {"options": AGREE, "rows": PARTS}),
        ("ranking", {"options": MODES}),
        ("text", {}),
    ]
    for number in range(30):
        kind, values = kinds[number % len(kinds)]
        about = " ".join(WORDS[(number * step) % len(WORDS)] for step in (1, 4, 7))
        yield question(f"q{number}", kind, f"How satisfied are you with the {about} near your home?", **values)


@pytest.fixture
def wave(city: City) -> SurveyWave:
    questions = list(thirty_questions())
    pages = [section(f"s{place}", *questions[place : place + 5]) for place in range(0, 30, 5)]
    return make_wave(city, {"title": {"en": "Thirty questions"}, "sections": pages})


def loaded(visit: Visit, path: str) -> dict[str, tuple[str, int]]:
    """Everything that a first visit transfers: its kind and its size, by address."""
    page, found = visit("about:blank"), {}
    page.on("response", lambda response: found.update({response.url: response.request}))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    sizes = {url: request.sizes() for url, request in found.items()}
    return {
        url: (request.resource_type, sizes[url]["responseBodySize"] + sizes[url]["responseHeadersSize"])
        for url, request in found.items()
    }


def test_the_start_page_can_be_read_within_the_budget(visit: Visit, wave: SurveyWave) -> None:
    found = loaded(visit, address(wave))
    needed = {url: size for url, (kind, size) in found.items() if kind in NEEDED}
    assert len(needed) >= 2
    assert sum(needed.values()) <= START, needed


def test_a_sheet_of_thirty_questions_stays_within_the_budget(visit: Visit, wave: SurveyWave) -> None:
    found = loaded(visit, address(wave, "/answer"))
    assert any("survey-" in url and kind == "script" for url, (kind, _size) in found.items())
    assert sum(size for _kind, size in found.values()) <= ANSWERING, found
