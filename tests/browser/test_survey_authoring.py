"""Around the editor of surveys, in a browser: translating while others do, templates, the test run."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from surveys import drafting, library, templating
from surveys.models import Survey
from surveys.questionnaire import loaded
from surveys.texts import texts_of, with_texts
from tests.browser.conftest import Visit
from tests.browser.survey import ROOT_CHANGES, WIDER
from tests.browser.watching import BROWSER, DESK, NARROW, PHONE, axe_findings, read
from tests.makers import make_staff, sign_in
from tests.surveys.makers import every_kind, make_survey, question

pytestmark = BROWSER

SURVEYS = "/riverton/staff/surveys"


@pytest.fixture
def survey(city: City) -> Survey:
    """The thematic template in a city that also speaks French."""
    city.languages = ["en", "de", "fr"]
    survey = templating.begin_from(library.templates()[-1].questionnaire, city, by=COMMAND_LINE)
    db.session.commit()
    return survey


def open_page(app: Flask, city: City, visit: Visit, path: str, **options: object) -> Page:
    """A page of the console, in the browser of an editor."""
    client = sign_in(app.test_client(), make_staff(city, Role.EDITOR))
    cookie = client.get_cookie("plaza-session")
    page = visit("/riverton/", **({"viewport": DESK} | options))
    root = page.url.removesuffix("/riverton/")
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": root}])
    page.goto(f"{SURVEYS}{path}")
    return page


def title_in(survey_id: int, lang: str) -> str | None:
    return read(lambda: db.session.scalars(select(Survey.title).filter_by(id=survey_id)).one().get(lang))


def write(survey_id: int, lang: str, **texts: str) -> None:
    """Somebody else translates meanwhile."""

    db.session.expire_all()
    survey = db.session.get_one(Survey, survey_id)
    changed = with_texts(loaded(survey.document), lang, texts)
    drafting.change_survey(survey, changed, seen=survey.edition, by=COMMAND_LINE)
    db.session.commit()


def test_the_page_saves_by_itself_and_takes_in_what_others_write(
    app: Flask, city: City, survey: Survey, visit: Visit
) -> None:
    page = open_page(app, city, visit, f"/{survey.id}/translation/fr")
    texts = len([wording for wording in texts_of(loaded(survey.document)) if wording.is_written])
    progress, saved = page.locator("#translation-progress"), page.locator("[data-saved]")
    expect(progress).to_contain_text(f"0 of {texts} texts")
    page.locator("[name=title]").fill("Se déplacer")
    expect(saved).to_contain_text("Saved")
    expect(progress).to_contain_text(f"1 of {texts} texts")
    write(survey.id, "fr", intro="Bonjour")
    page.locator("[name=title]").fill("Se déplacer en ville")
    expect(page.locator("[name=intro]")).to_have_value("Bonjour")
    page.locator("[name=thanks]").fill("Merci")
    expect(progress).to_contain_text(f"3 of {texts} texts")
    assert title_in(survey.id, "fr") == "Se déplacer en ville"
    assert page.evaluate("document.querySelector('[name=intro]').value") == "Bonjour"


def test_both_writing_the_same_text_ends_in_a_choice(app: Flask, city: City, survey: Survey, visit: Visit) -> None:
    page = open_page(app, city, visit, f"/{survey.id}/translation/fr")
    page.watch.expect("status of 409")
    write(survey.id, "fr", title="Le leur")
    page.locator("[name=title]").fill("Le mien")
    expect(page.locator("[data-saved]")).to_contain_text("Press “Save” to see why.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[id='t-title-note']")).to_have_text("Saved now: Le leur")
    expect(page.locator("[name=title]")).to_have_value("Le mien")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-flashes]")).to_contain_text("Saved.")
    assert title_in(survey.id, "fr") == "Le mien"


def test_without_scripts_everything_is_a_form(app: Flask, city: City, survey: Survey, visit: Visit) -> None:
    page = open_page(app, city, visit, f"/{survey.id}/translation/fr?only=missing", java_script_enabled=False)
    page.locator("[name=title]").fill("Se déplacer")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-flashes]")).to_contain_text("Saved.")
    expect(page.locator("[name=title]")).to_have_count(0)
    page.goto(f"{SURVEYS}/templates")
    page.get_by_role("button", name="Use this").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What matters most in our city?")


def troubled(city: City) -> Survey:
    """A survey in which something is wrong of every sort."""
    document = every_kind()
    check = {"that": [">", ["answer", "odd"], 9], "message": {"en": "More than 9, please."}}
    document["sections"][0]["questions"] += [
        question("odd", "number", "How many?", least=0, most=5, checks=[check]),
        question("never", "line", "Who?", show_if=["=", 1, 2]),
        question("few", "single", "Which?"),
    ]
    return make_survey(city, document)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_read_by_everybody(app: Flask, city: City, survey: Survey, visit: Visit, scheme: str) -> None:
    bad, templates = troubled(city), ["/templates", "/templates/enablers", "/templates/mobility?in=de"]
    templating.keep_as_template(survey, by=COMMAND_LINE)
    paths = [*templates, f"/{survey.id}/translation/fr", f"/{survey.id}/trial", f"/{bad.id}/trial", f"/{bad.id}"]
    page = open_page(app, city, visit, "/templates", color_scheme=scheme)
    for path in paths:
        page.set_viewport_size(DESK)
        page.goto(f"{SURVEYS}{path}")
        assert axe_findings(page) == [], path
        page.set_viewport_size(NARROW)
        assert page.evaluate(WIDER) == [], path
        page.set_viewport_size(PHONE)
        for kind, there, back in ROOT_CHANGES:
            page.evaluate(there)
            assert page.evaluate(WIDER) == [], f"{path}: {kind}"
            page.evaluate(back)
