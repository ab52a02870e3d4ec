"""What is wrong with an answer is said at once, beside the field and in a summary, in the words of the server."""

from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from playwright.sync_api import expect

from citizen.cities.models import City
from tests.browser.conftest import Visit
from tests.browser.sheets import CHECK, at, go
from tests.browser.watching import BROWSER
from tests.surveys.makers import MODES, choice, make_wave, question, section

pytestmark = BROWSER

BAD = {
    "mode": ["x"],
    "others": ["bus", "bike", "car"],
    "alone": ["bus", "none"],
    "few": ["bus"],
    "age": ["1.5"],
    "low": ["-3"],
    "high": ["1,234"],
    "fine": ["0.125"],
    "word": ["many"],
    "early": ["2019-12-31"],
    "late": ["2026-01-01"],
    "long": ["x" * 11],
    "own": ["abc"],
    "grid.a": ["car"],
}
"""What is typed, by field."""

NONE = choice("none", "None of these", role="none")
MUST = {"is_required": True}
TWO_ROWS = [choice("a", "A"), choice("b", "B")]
FOUR_SIGNS = ["matches", ["answer", "own"], "^.{4}$"]


def with_bounds() -> dict[str, Any]:
    """Each question with something that can be wrong with it; those from m_ on are left out."""
    return {
        "title": {"en": "Bounds"},
        "sections": [
            section(
                "all",
                question("mode", "single", options=[*MODES, choice("x", "Something else", role="other")]),
                question("others", "multiple", options=[*MODES, choice("walk", "On foot")], choose_max=2),
                question("alone", "multiple", options=[*MODES, NONE]),
                question("few", "multiple", options=MODES, choose_min=2),
                question("age", "number"),
                question("low", "number", least=0, most=120),
                question("high", "number", least=0, most=1000),
                question("fine", "number", decimals=1),
                question("word", "number"),
                question("early", "date", earliest="2020-01-01"),
                question("late", "date", latest="2025-12-31"),
                question("long", "text", max_length=10),
                question("own", "line", checks=[{"that": FOUR_SIGNS, "message": {"en": "Please write four signs."}}]),
                question("grid", "matrix", options=MODES, rows=TWO_ROWS, **MUST),
                question("m_single", "single", options=MODES, **MUST),
                question("m_rows", "statements", rows=TWO_ROWS, **MUST),
                question("m_text", "line", **MUST),
                question("m_number", "number", **MUST),
                question("m_consent", "consent", **MUST),
                question("m_date", "date", **MUST),
                question("m_place", "place", **MUST),
            )
        ],
    }


TYPE = """fields => {
  const named = (name) => [...document.querySelectorAll(`#sheet [name="${name}"]`)];
  const found = Object.entries(fields).flatMap(([name, values]) => named(name).map((field) => [field, values]));
  for (const [field, values] of found) {
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0];
  }
  for (const [field] of found) {
    if (field.type !== "checkbox" || !field.checked) field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""
"""A tick says nothing, or it would take back what does not go with it."""


def test_problems_are_said_in_the_words_of_the_server(visit: Visit, client: FlaskClient, city: City) -> None:
    wave = make_wave(city, with_bounds())
    page = visit(at(wave))
    page.evaluate(TYPE, BAD)
    go(page, CHECK)
    expect(page.locator("#error-summary")).to_be_focused()
    sent = client.post(at(wave), data=BAD | {"page": "1", "version": "1", "go": "next"})
    assert sent.status_code == 422
    assert said_in(page.content()) == said_in(sent.text)
    assert len(said_in(sent.text)) == len(BAD) + 7


def said_in(html: str) -> dict[str, str]:
    """What the page says is wrong, by question."""
    questions = BeautifulSoup(html, "html.parser").select(".question:not([hidden])")
    errors = {question["data-question"]: question.select_one(".error") for question in questions}
    return {str(code): error.get_text(" ", strip=True) for code, error in errors.items() if error}


def test_a_link_of_the_summary_leads_into_its_field(phone: Visit, city: City) -> None:
    page = phone(at(make_wave(city, with_bounds())))
    go(page, CHECK)
    page.locator("#error-summary a", has_text="Please write a number.").tap()
    expect(page.locator("#q-m_number-field")).to_be_focused()
    expect(page.locator("#q-m_number-field")).to_have_attribute("aria-describedby", "q-m_number-error")
    expect(page.locator("#q-m_number-field")).to_have_attribute("aria-invalid", "true")
