"""A real civic survey is brought, published and answered on a phone to its end, and its results are shown."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from citizen.cities.models import City
from citizen.core.db import db
from surveys import importers
from surveys.models import SurveySheet
from surveys.questionnaire import dumped
from tests.browser.conftest import Visit
from tests.browser.sheets import at
from tests.browser.watching import BROWSER
from tests.surveys.makers import make_wave
from tests.surveys.shared import questionnaire_file

pytestmark = BROWSER

FILE = "mitwirken_umfrage.xlsx"
ANSWERED = """page => {
  for (const question of page.querySelectorAll(".question:not([hidden])")) {
    const choice = question.querySelector("input[type=radio], input[type=checkbox]");
    const line = question.querySelector("input:not([type]), input[type=text], input[type=email], textarea");
    if (choice && !question.querySelector("input:checked")) choice.click();
    else if (!choice && line && !line.value) {
      line.value = /mail/i.test(question.textContent) ? "ana@example.org" : "12";
      line.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}"""


def answer_page(page: Page) -> None:
    """Choose or write something everywhere; twice, because an answer may bring up further questions."""
    for _time in range(2):
        page.locator(".sheet-page:visible").evaluate(ANSWERED)


def test_the_civic_survey_is_answered_to_the_end(phone: Visit, city: City) -> None:
    city.languages = ["de"]
    db.session.commit()
    questionnaire = importers.read(FILE, questionnaire_file(FILE), city.languages).questionnaire
    assert questionnaire is not None
    wave = make_wave(city, dumped(questionnaire), results="always")
    page = phone(at(wave), locale="de-DE")
    for _page in range(40):
        if page.locator(".sheet-page[data-page=check]:visible").count():
            break
        answer_page(page)
        page.locator("button[data-go=next]").click()
    assert page.locator("[data-summary] dt").count() > 20
    page.locator("button[data-go=next]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vielen Dank")
    assert len(db.session.scalars(select(SurveySheet)).all()) == 1
    page.goto(at(wave, "/results"))
    assert page.locator(".bars").count() > 10
