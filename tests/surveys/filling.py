"""Somebody fills in a sheet by its pages."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from sqlalchemy import func, select

from citizen.cities.models import City
from citizen.core.db import db
from surveys.models import SurveySheet, SurveyWave
from tests.surveys.makers import make_wave, question, section

KEY = "0123456789abcdef" * 2
OTHER_KEY = "f" * 32
FRAGMENT = {"HX-Request": "true"}
EVERYTHING = {
    "mode": "bus",
    "others": ["bike", "car"],
    "order.rank.bike": "1",
    "order.rank.bus": "2",
    "grid.a": "yes",
    "talk.s1": "agree",
    "rate": "4",
    "nps": "9",
    "age": "41",
    "since": "2001-02-03",
    "job": "Baker",
    "home.district": "north",
    "ok": "yes",
}
"""The fields of `every_kind`, filled in."""


def address(wave: SurveyWave, page: str = "") -> str:
    return f"/{wave.city.slug}/surveys/{wave.slug}{page}"


def turn(client: FlaskClient, wave: SurveyWave, page: int, fields: dict[str, Any] | None = None, **more: str) -> Any:
    """Send one page of the sheet: on, unless `go` says back."""
    sent = {"page": str(page), "version": str(wave.version), "go": "next", **(fields or {}), **more}
    return client.post(address(wave, "/answer"), data=sent)


def send(client: FlaskClient, wave: SurveyWave, fields: dict[str, Any], *, key: str = KEY, **more: Any) -> Any:
    """Send the whole sheet, as a browser with JavaScript does."""
    headers = more.pop("headers", {})
    sent = {"key": key, "version": str(wave.version), **fields, **more}
    return client.post(address(wave, "/answers"), data=sent, headers=headers)


def open_page(client: FlaskClient, wave: SurveyWave, page: str) -> BeautifulSoup:
    return soup_of(client.get(address(wave, page)))


def soup_of(reply: Any) -> BeautifulSoup:
    return BeautifulSoup(reply.text, "html.parser")


def live_page(soup: BeautifulSoup) -> Any:
    """The page that is seen without JavaScript."""
    return soup.select_one("#sheet .sheet-page")


def form_of(soup: BeautifulSoup, selector: str = "form") -> dict[str, list[str]]:
    """The fields of a form as a browser would send them."""
    found: dict[str, list[str]] = {}
    for field in soup.select_one(selector).select("input[name], select[name], textarea[name]"):
        if field.get("type") in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        value = field.get("value", "")
        if field.name == "textarea":
            value = field.text.removeprefix("\n")
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        found.setdefault(field["name"], []).append(value)
    return found


def rows(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def answers() -> list[dict[str, Any]]:
    """What the sheets hold that count."""
    return list(db.session.scalars(select(SurveySheet.answers)))


def three_pages(**more: Any) -> dict[str, Any]:
    """Three pages with one question each; the first one has to be answered."""
    yes_no = [{"code": "yes", "label": {"en": "Yes"}}, {"code": "no", "label": {"en": "No"}}]
    return {
        "title": {"en": "Three pages"},
        "sections": [
            section("one", question("q1", "single", "First?", options=yes_no, is_required=True)),
            section("two", question("q2", "line", "Second?"), **more),
            section("three", question("q3", "line", "Third?")),
        ],
    }


def ask(city: City, *questions: dict[str, Any], **more: Any) -> SurveyWave:
    return make_wave(city, {"sections": [section("s", *questions)], **more})


def shown(client: FlaskClient, wave: SurveyWave) -> Tag:
    page = live_page(open_page(client, wave, "/answer"))
    assert page is not None
    return page


def again(client: FlaskClient, wave: SurveyWave, fields: dict[str, Any]) -> BeautifulSoup:
    """The page as it comes back after these fields were sent."""
    turn(client, wave, 1, fields)
    return open_page(client, wave, "/answer?page=1")


def chosen(page: Tag, name: str) -> list[str]:
    return [field["value"] for field in page.select(f'input[name="{name}"][checked]')]
