"""The result of a survey in a real browser: every picture, on a phone and on paper, and what is still being counted."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from citizen.cities.districts import District
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation.models import ResultsRule
from surveys import breakdowns, jobs
from surveys.models import SurveyText, SurveyWave
from surveys.seeding import example_wave, fill_wave
from tests.browser.conftest import Visit
from tests.browser.survey import WIDER
from tests.browser.test_states import QUIETLY, is_fine
from tests.browser.watching import BROWSER, DESK, PHONE
from tests.surveys.makers import make_wave

pytestmark = BROWSER

SQUARES = {"old-town": (8.0, 50.0), "harbour": (8.1, 50.0), "airfield": (8.0, 50.1)}


def square(west: float, south: float) -> dict:
    corners = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1], [west, south]]
    return {"type": "Polygon", "coordinates": [corners]}


@pytest.fixture
def wave(city: City) -> SurveyWave:
    """Thirty questions of every kind, answered by sixty, some of whose texts are approved."""
    for position, (code, corner) in enumerate(SQUARES.items()):
        row = District(
            city_id=city.id, code=code, position=position, name={"en": code.title()}, outline=square(*corner)
        )
        db.session.add(row)
    wave = example_wave(city, "plan", by=COMMAND_LINE)
    wave.results = ResultsRule.ALWAYS
    fill_wave(wave, 60, seed=4)
    db.session.query(SurveyText).update({"state": "approved"})
    db.session.commit()
    return wave


def open_result(visit: Visit, wave: SurveyWave, asked: str = "", **options: object) -> Page:
    return visit(f"/riverton/surveys/{wave.slug}/results{asked}", **{**QUIETLY, **options})


@pytest.mark.parametrize(
    ("asked", "viewport"),
    [("", PHONE), ("?lang=de", DESK), ("?by=district&lang=de", PHONE), ("?only=gender:f&by=age", DESK)],
)
def test_nothing_is_wrong_with_the_page(visit: Visit, wave: SurveyWave, asked: str, viewport: dict) -> None:
    is_fine(open_result(visit, wave, asked, viewport=viewport))


def test_every_kind_has_its_picture(visit: Visit, wave: SurveyWave) -> None:
    page = open_result(visit, wave)
    for code, picture in {
        "challenges": ".bars svg",
        "services": ".stack rect",
        "future": ".stack rect",
        "ways": ".grid svg",
        "minutes": ".bins svg",
        "last_bus": ".bins svg",
        "district": ".district-map path",
    }.items():
        expect(page.locator(f"#q-{code} {picture}").first).to_be_visible()
    assert page.get_by_role("img").count() == 1
    assert "Most come from" in (page.get_by_role("img").get_attribute("aria-label") or "")


def test_right_to_left_and_large_text_keep_everything_on_the_page(visit: Visit, wave: SurveyWave) -> None:
    page = open_result(visit, wave, viewport=PHONE)
    for change in ("dir = 'rtl'", "style.fontSize = '200%'"):
        page.evaluate(f"document.documentElement.{change}")
        assert page.evaluate(WIDER) == []


def test_on_paper_there_are_tables_and_no_forms(visit: Visit, wave: SurveyWave) -> None:
    page = open_result(visit, wave, viewport=DESK)
    table = page.locator("#q-challenges details table")
    expect(table).not_to_be_visible()
    page.emulate_media(media="print")
    expect(table).to_be_visible()
    for part in ("form.lens", ".contents"):
        expect(page.locator(part)).not_to_be_visible()


def test_the_keyboard_splits_the_result(visit: Visit, wave: SurveyWave) -> None:
    page = open_result(visit, wave, java_script_enabled=False)
    page.get_by_label("Compare groups").select_option(label="How old are you?")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.get_by_text("You see a part of the result")).to_be_visible()
    expect(page.locator("#q-challenges thead th")).to_have_count(7)
    page.get_by_role("link", name="See the whole result").press("Enter")
    expect(page.locator("#q-challenges .bars")).to_be_visible()


def test_what_is_being_counted_shows_by_itself(visit: Visit, wave: SurveyWave, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breakdowns, "SMALL", 10)
    page = open_result(visit, wave, "?by=gender")
    expect(page.get_by_text("This page looks again by itself.")).to_be_visible()
    is_fine(page)
    jobs.count_breakdowns()
    expect(page.locator("#q-challenges thead th")).not_to_have_count(0)


def test_three_waves_are_compared_with_curves(visit: Visit, wave: SurveyWave) -> None:
    for days, name in ((-90, "Before"), (-45, "During")):
        opens = clock.now() + timedelta(days=days)
        values = {"opens_at": opens, "name": {"en": name}, "results": ResultsRule.ALWAYS}
        fill_wave(make_wave(wave.city, survey=wave.survey, **values), 40, seed=-days)
    db.session.commit()
    page = visit(f"/riverton/surveys/{wave.slug}/comparison", **QUIETLY)
    page.locator("#q-challenges figure").scroll_into_view_if_needed()
    expect(page.locator("#q-challenges canvas")).to_be_visible()
    is_fine(page)
