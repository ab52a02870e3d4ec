"""The editor of surveys in a browser: by keyboard and by mouse, saving by itself, with somebody else beside it."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.audit import Actor
from citizen.core.db import db
from surveys import drafting
from surveys.drafting import Edit
from surveys.editing import parts
from surveys.models import Survey
from surveys.questionnaire import Questionnaire, loaded
from tests.browser.conftest import Visit
from tests.browser.watching import BROWSER, DESK, NARROW, PHONE, axe_findings, read
from tests.makers import make_staff, sign_in
from tests.surveys.makers import every_kind, make_survey
from tests.surveys.staff.writing import CONSOLE, SHORT

pytestmark = BROWSER

TABLET = {"width": 768, "height": 1024}
BRUNO = Actor("account", 99, "Bruno")


def open_console(app: Flask, city: City, visit: Visit, path: str, **options: object) -> Page:
    """A page of the console, in the browser of an editor."""
    cookie = sign_in(app.test_client(), make_staff(city, Role.EDITOR)).get_cookie("plaza-session")
    page = visit("about:blank", **({"viewport": DESK} | options))
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.watch.address}])
    page.goto(f"{CONSOLE}{path}")
    return page


def asked(survey_id: int) -> Questionnaire:
    return read(lambda: _fresh(survey_id))


def _fresh(survey_id: int) -> Questionnaire:
    db.session.expire_all()
    return loaded(db.session.get_one(Survey, survey_id).document)


def order(survey_id: int) -> list[str]:
    return [question.code for question in asked(survey_id).questions]


def writes_beside(survey_id: int, code: str, text: str) -> None:
    """Bruno changes a question in the meantime."""

    def apply(now: Questionnaire) -> Questionnaire:
        question = now.question(code)
        assert question is not None
        return parts.replace_question(now, code, question.model_copy(update={"text": {"en": text}}))

    db.session.expire_all()
    survey = db.session.get_one(Survey, survey_id)
    drafting.edit_survey(survey, Edit("question changed", code, apply), seen=survey.edition, by=BRUNO)
    db.session.commit()


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Saved")


def id_in(page: Page) -> int:
    found = re.search(r"/surveys/(\d+)", page.url)
    assert found, page.url
    return int(found[1])


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the button or link with this name has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()").startswith(name):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def test_four_questions_by_keyboard_and_by_mouse(app: Flask, city: City, visit: Visit) -> None:
    page = open_console(app, city, visit, "/new")
    page.get_by_label("Title of the survey").fill("Getting around")
    page.get_by_label("First question").fill("How do you travel?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Make the survey").press("Enter")
    survey_id = id_in(page)
    write_answers_by_keyboard(page)
    add_by_keyboard(page)
    add_by_mouse(page)
    assert order(survey_id) == ["q1", "q2", "q3", "q4"]
    options = [option.label["en"] for option in next(asked(survey_id).questions).options]
    assert options == ["Bus", "Bike", "On foot"]
    move_and_delete(page, survey_id)
    preview(page)


def write_answers_by_keyboard(page: Page) -> None:
    """Enter leads from one answer to the next; the page saves by itself."""
    page.wait_for_load_state()
    page.locator("#options-0-label").focus()
    for label in ("Bus", "Bike", "On foot"):
        page.keyboard.type(label)
        page.keyboard.press("Enter")
    expect(page.locator("#options-3-label")).to_be_focused()
    saved(page)
    expect(page.locator("#outline")).to_contain_text("How do you travel?")


def add_by_keyboard(page: Page) -> None:
    page.locator("#part-title").focus()
    tab_to(page, "Add below")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What kind of question?")).to_be_focused()
    tab_to(page, "Long text")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("Why do you travel so?")
    page.keyboard.press("Control+s")
    expect(page.locator("#at-q2")).to_contain_text("Why do you travel so?")
    expect(page.locator("#save")).to_be_visible()


def add_by_mouse(page: Page) -> None:
    """What was typed is saved before the page goes on, without waiting for it."""
    for kind, text in (("Scale", "How safe do you feel?"), ("Place in the city", "Where do you live?")):
        page.locator("#outline").get_by_role("link", name="Add a question").click()
        page.get_by_role("button", name=re.compile(f"^{kind}")).click()
        expect(page.locator("#text")).to_be_focused()
        page.keyboard.type(text)
    page.locator("#outline").get_by_role("link", name="Why do you travel so?").click()
    expect(page.locator("#part-title")).to_be_focused()
    expect(page.locator("#at-q4")).to_contain_text("Where do you live?")


def move_and_delete(page: Page, survey_id: int) -> None:
    """The focus stays with what was moved; what was deleted comes back."""
    page.locator("#up-q2").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-drop] > li").first).to_have_attribute("data-code", "q2")
    assert page.evaluate("document.activeElement.id") == "down-q2"
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator("#editor-notes")).to_contain_text("Deleted")
    assert order(survey_id) == ["q1", "q3", "q4"]
    page.locator("#undo-deletion").click()
    expect(page.locator("#at-q2")).to_be_visible()
    assert order(survey_id) == ["q2", "q1", "q3", "q4"]
    page.locator("#part-title").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-drop] > li").first).to_have_attribute("data-code", "q1")
    page.keyboard.press("Control+y")
    expect(page.locator("[data-drop] > li").first).to_have_attribute("data-code", "q2")


def preview(page: Page) -> None:
    page.get_by_role("link", name="Preview").click()
    phone = page.frame_locator("iframe")
    phone.get_by_label("Why do you travel so?").fill("It rains")
    phone.get_by_text("Bus", exact=True).click()
    phone.get_by_role("button", name="Check my answers").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Check your answers")
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone.get_by_text("This is the preview. Nothing was sent.")).to_be_visible()
    expect(page.locator(".spoken")).to_contain_text("Radio button, Bus, not chosen, 1 of 3")
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('sheet'))") == []
    assert not axe_findings(page)


@pytest.fixture
def survey(city: City) -> Survey:
    return make_survey(city, SHORT)


def test_somebody_else_writes_in_another_question(app: Flask, city: City, survey: Survey, visit: Visit) -> None:
    page = open_console(app, city, visit, f"/{survey.id}/questions/q1")
    writes_beside(survey.id, "q2", "Bruno's")
    page.locator("#text").fill("Mine")
    saved(page)
    expect(page.locator("#editor-notes")).to_contain_text("Bruno changed other parts")
    expect(page.locator("#at-q2")).to_contain_text("Bruno's")
    page.locator("#text").fill("Mine again")
    expect(page.locator("#at-q1")).to_contain_text("Mine again")


def test_somebody_else_writes_in_the_same_question(app: Flask, city: City, survey: Survey, visit: Visit) -> None:
    page = open_console(app, city, visit, f"/{survey.id}/questions/q1")
    page.watch.expect("status of 409")
    writes_beside(survey.id, "q1", "Bruno's")
    page.locator("#text").fill("Mine")
    expect(page.locator("[data-saved]")).to_contain_text("Press “Save” to see why.")
    page.locator("#outline").get_by_role("link", name="Why?").click()
    expect(page.locator("#text")).to_have_value("Mine")
    page.locator("#save").click()
    expect(page.locator("#conflict")).to_be_focused()
    expect(page.locator("#conflict")).to_contain_text("Bruno's")
    assert not axe_findings(page)
    assert asked(survey.id).question("q1").text == {"en": "Bruno's"}
    page.get_by_role("button", name="Save mine").click()
    expect(page.locator("#conflict")).to_have_count(0)
    assert asked(survey.id).question("q1").text == {"en": "Mine"}


def test_a_condition_is_built_and_saved_without_a_press_on_save(
    app: Flask, city: City, survey: Survey, visit: Visit
) -> None:
    page = open_console(app, city, visit, f"/{survey.id}/questions/q2")
    page.locator("summary", has_text="Show this question only if …").click()
    page.locator("#show-lines-add").click()
    page.get_by_label("Value").select_option("Car")
    expect(page.locator("#at-q2")).to_contain_text("If “How do you travel?” is “Car”")
    assert asked(survey.id).question("q2").show_if == ["=", ["answer", "q1"], "3"]


def test_a_question_is_dragged_into_another_section(app: Flask, city: City, survey: Survey, visit: Visit) -> None:
    page = open_console(app, city, visit, f"/{survey.id}/questions/q3")
    page.locator("#at-q1 .icon").first.drag_to(page.locator("#at-q3"), target_position={"x": 40, "y": 2})
    expect(page.locator("[data-drop=s2] > li").first).to_have_attribute("data-code", "q1")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    assert order(survey.id) == ["q2", "q1", "q3"]


def test_going_back_leads_to_the_question_before(app: Flask, city: City, survey: Survey, visit: Visit) -> None:
    page = open_console(app, city, visit, f"/{survey.id}/questions/q1")
    page.locator("#outline").get_by_role("link", name="Why?").click()
    expect(page.locator("#text")).to_have_value("Why?")
    page.locator("#text").fill("Why so?")
    page.locator("#save").click()
    expect(page.locator("#at-q2")).to_contain_text("Why so?")
    page.go_back()
    expect(page.locator("#text")).to_have_value("How do you travel?")


def test_what_is_wrong_takes_the_focus(app: Flask, city: City, survey: Survey, visit: Visit) -> None:
    page = open_console(app, city, visit, f"/{survey.id}/questions/q3")
    page.locator("#least").fill("many")
    page.locator("#save").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#least")).to_have_value("many")
    expect(page).to_have_title(re.compile("^Error:"))
    assert not axe_findings(page)


@pytest.mark.parametrize("viewport", [DESK, TABLET, PHONE, NARROW], ids=lambda size: str(size["width"]))
def test_every_part_fits_and_axe_finds_nothing(app: Flask, city: City, visit: Visit, viewport: dict[str, int]) -> None:
    survey = make_survey(city)
    page = open_console(app, city, visit, f"/{survey.id}/settings", viewport=viewport)
    codes = [question["code"] for section in every_kind()["sections"] for question in section["questions"]]
    pages = [f"/questions/{code}" for code in codes]
    for path in ("", "/settings", "/sections/travel", "/kinds", "/history", "/preview", *pages):
        page.goto(f"{CONSOLE}/{survey.id}{path}")
        page.evaluate("document.querySelectorAll('details').forEach((part) => (part.open = true))")
        assert axe_findings(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_everything_works_without_javascript(app: Flask, city: City, survey: Survey, visit: Visit) -> None:
    page = open_console(app, city, visit, f"/{survey.id}/settings", java_script_enabled=False)
    page.locator("#outline").get_by_role("link", name="Add a question").first.click()
    page.get_by_role("button", name=re.compile("^Choose several")).click()
    page.get_by_label("Question", exact=True).fill("Which parks?")
    page.locator("#options-0-label").fill("North Park")
    page.get_by_role("button", name="Add an answer").click()
    page.locator("#options-2-label").fill("South Park")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    page.locator("#up-q4").click()
    assert order(survey.id) == ["q1", "q4", "q2", "q3"]
    assert [option.label for option in asked(survey.id).question("q4").options] == [
        {"en": "North Park"},
        {"en": "South Park"},
    ]
    page.get_by_role("button", name="Delete", exact=True).click()
    page.get_by_role("button", name="Undo", exact=True).last.click()
    assert order(survey.id) == ["q1", "q4", "q2", "q3"]
