"""Ways through a sheet, and what arrived of it."""

from typing import Any

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from citizen.cities.districts import District
from citizen.cities.models import City
from citizen.core.db import db
from surveys.models import SurveySheet, SurveyText, SurveyWave
from tests.browser.watching import read
from tests.surveys.makers import every_kind, question, section

NEXT, CHECK, SEND, BACK = "Next", "Check my answers", "Send my answers", "Back"
THANKS = "Thank you. Your answers count."
KEPT = "Your answers are kept on this device"


def at(wave: SurveyWave, page: str = "/answer") -> str:
    return f"/riverton/surveys/{wave.slug}{page}"


def short() -> dict[str, Any]:
    """Three pages, a question on each; what is written on the first comes up on the third."""
    return {
        "title": {"en": "Three things"},
        "sections": [
            section("first", question("name", "line", "What do you call your street?", is_required=True)),
            section("second", question("hours", "number", "How many hours are you there?", most=24)),
            section("third", question("wish", "text", "What should change in {name}?")),
        ],
    }


def go(page: Page, button: str = NEXT) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def heading(page: Page) -> Locator:
    return page.locator(".sheet-page:visible h1")


def fill_short(page: Page) -> None:
    """Up to the check page."""
    page.get_by_label("What do you call your street?").fill("Elm Row")
    go(page)
    page.get_by_label("How many hours").fill("6")
    go(page)
    page.get_by_label("What should change in Elm Row?").fill("Trees")
    go(page, CHECK)
    expect(heading(page)).to_have_text("Check your answers")


def arrived(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)


def kept_on(page: Page) -> list[str]:
    """What stands in the browser's memory."""
    return list(page.evaluate("Object.entries(localStorage).flat()"))


def sheets(wave: SurveyWave) -> list[dict[str, Any]]:
    """The answers that arrived, with what was written freely."""
    return read(lambda: [_whole(sheet) for sheet in db.session.scalars(select(SurveySheet).filter_by(wave_id=wave.id))])


def _whole(sheet: SurveySheet) -> dict[str, Any]:
    texts = db.session.scalars(select(SurveyText).filter_by(wave_id=sheet.wave_id, sheet_id=sheet.id))
    return sheet.answers | {text.field: text.text for text in texts}


def make_drawn_districts(city: City) -> None:
    """Two districts, one above the other, ten hundredths of a degree wide."""
    for place, (code, name, south) in enumerate([("north", "North", 50.05), ("south", "South", 50.0)]):
        ring = [[8.0, south], [8.1, south], [8.1, south + 0.05], [8.0, south + 0.05], [8.0, south]]
        outline = {"type": "Polygon", "coordinates": [ring]}
        db.session.add(District(city_id=city.id, code=code, position=place, name={"en": name}, outline=outline))
    db.session.commit()


def everything() -> dict[str, Any]:
    """Every kind of question, and an earlier answer in a later text."""
    document = every_kind()
    document["sections"][1]["questions"][0]["text"] = {"en": "What matters when you take the {mode}?"}
    return document
