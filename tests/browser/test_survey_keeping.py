"""Going back, going away and coming again: what was typed is there, in this window and the next."""

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from citizen.cities.models import City
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from surveys import waves
from surveys.questionnaire import dumped, loaded
from tests.browser.conftest import Visit
from tests.browser.sheets import BACK, CHECK, NEXT, SEND, arrived, at, fill_short, go, heading, kept_on, sheets, short
from tests.browser.watching import BROWSER
from tests.surveys.makers import make_wave, question, section

pytestmark = BROWSER


def change(page: Page, text: str) -> None:
    """From the check page."""
    page.locator("[data-summary] > div", has_text=text).get_by_role("link").tap()


def test_back_reload_and_change_lose_nothing(phone: Visit, city: City) -> None:
    page = phone(at(make_wave(city, short())))
    fill_short(page)
    page.go_back()
    page.go_back()
    expect(heading(page)).to_have_text("Second")
    expect(page.get_by_role("textbox")).to_have_value("6")
    page.reload()
    expect(heading(page)).to_have_text("Second")
    expect(page.get_by_role("textbox")).to_have_value("6")
    go(page, BACK)
    expect(heading(page)).to_have_text("First")
    page.get_by_label("What do you call your street?").fill("Oak Lane")
    for button in (NEXT, NEXT, CHECK):
        go(page, button)
    change(page, "How many hours")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.get_by_role("textbox").fill("7")
    go(page, CHECK)
    expect(page.locator("[data-summary] > div").nth(1)).to_contain_text("7")
    expect(page.locator("[data-summary]")).to_contain_text("What should change in Oak Lane?")


def test_a_change_that_brings_up_something_new_leads_there(phone: Visit, city: City) -> None:
    document = short()
    document["sections"][1] |= {"show_if": ["=", ["answer", "name"], "Elm Row"]}
    page = phone(at(make_wave(city, document)))
    page.get_by_role("textbox").fill("Oak Lane")
    for button in (NEXT, CHECK):
        go(page, button)
    change(page, "What do you call")
    page.get_by_role("textbox").fill("Elm Row")
    go(page, CHECK)
    expect(heading(page)).to_have_text("Second")
    go(page, CHECK)
    expect(heading(page)).to_have_text("Check your answers")


def test_two_windows_share_what_is_typed(visit: Visit, city: City) -> None:
    wave = make_wave(city, short())
    first = visit(at(wave))
    second = first.context.new_page()
    second.goto(at(wave))
    first.get_by_role("textbox").fill("Elm Row")
    expect(second.get_by_role("textbox")).to_have_value("Elm Row")
    for button in (NEXT, NEXT, CHECK):
        go(second, button)
    go(second, SEND)
    arrived(second)
    go(first)
    go(first)
    go(first, CHECK)
    go(first, SEND)
    expect(first.get_by_role("heading", level=1)).to_have_text("You have already answered")
    assert len(sheets(wave)) == 1


def test_the_survey_is_renewed_in_the_middle(phone: Visit, city: City) -> None:
    wave = make_wave(city, short())
    page = phone(at(wave))
    fill_short(page)
    changed = short()
    changed["sections"][1]["questions"][0] |= {"text": {"en": "How many minutes are you there?"}}
    wave.survey.document = dumped(loaded(changed))
    waves.renew_wave(wave, by=COMMAND_LINE)
    db.session.commit()
    page.watch.expect("409")
    go(page, SEND)
    expect(heading(page)).to_have_text("Second")
    expect(page.get_by_text("The city has changed this survey since you began.")).to_be_visible()
    expect(page.get_by_label("How many minutes")).to_have_value("")
    page.get_by_label("How many minutes").fill("9")
    go(page)
    expect(page.get_by_label("What should change in Elm Row?")).to_have_value("Trees")
    go(page, CHECK)
    go(page, SEND)
    arrived(page)
    assert sheets(wave) == [{"name": "Elm Row", "hours": 9, "wish": "Trees"}]


def test_codes_may_be_words_that_browsers_use_themselves(phone: Visit, city: City) -> None:
    codes = "constructor valueOf method action before reset submit id name title length".split()
    wave = make_wave(
        city, {"title": {"en": "Words"}, "sections": [section("s", *(question(c, "line") for c in codes))]}
    )
    page = phone(at(wave))
    for code in codes[1:]:
        page.get_by_label(f"What about {code}?").fill(code)
    page.reload()
    expect(page.get_by_label("What about length?")).to_have_value("length")
    go(page, CHECK)
    expect(page.locator("[data-dropped]")).to_be_hidden()
    go(page, SEND)
    arrived(page)
    assert sheets(wave) == [{code: code for code in codes[1:]}]


def test_a_file_goes_with_the_sheet_and_is_kept_nowhere_before(
    app: Flask, phone: Visit, city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], survey_files=True))
    document = short()
    document["sections"][1]["questions"].append(question("plan", "file"))
    wave = make_wave(city, document)
    page = phone(at(wave))
    page.get_by_role("textbox").fill("Elm Row")
    go(page)
    plan = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 a plan"}
    page.locator("input[type=file]").set_input_files(plan)
    go(page)
    go(page, CHECK)
    expect(page.locator("[data-summary]")).to_contain_text("plan.pdf")
    assert not [text for text in kept_on(page) if "plan.pdf" in text]
    go(page, SEND)
    arrived(page)
    assert sheets(wave)[0]["plan"]["name"] == "plan.pdf"


def test_the_draft_waits_at_the_server_too(phone: Visit, city: City) -> None:
    page = phone(at(make_wave(city, short())))
    page.get_by_role("textbox").fill("Elm Row")
    with page.expect_response(lambda response: response.request.method == "POST") as kept:
        go(page)
    assert kept.value.status == 204
    page.evaluate("localStorage.clear(); history.replaceState(null, '')")
    page.reload()
    expect(heading(page)).to_have_text("Second")
    go(page, BACK)
    expect(page.get_by_role("textbox")).to_have_value("Elm Row")


def test_start_again_forgets_everything(phone: Visit, city: City) -> None:
    page = phone(at(make_wave(city, short())))
    page.get_by_role("textbox").fill("Elm Row")
    go(page)
    for answer in ("Keep my answers", "Remove them"):
        expect(heading(page)).to_have_text("Second")
        page.get_by_role("button", name="Start again").tap()
        page.get_by_role("dialog", name="Do you want to remove all your answers?").get_by_text(answer).tap()
    expect(heading(page)).to_have_text("First")
    expect(page.get_by_role("textbox")).to_have_value("")
    assert not [text for text in kept_on(page) if "Elm Row" in text]
