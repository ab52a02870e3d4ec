"""A person with a cheap phone, 30 seconds and no account answers a poll."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from citizen.cities.models import City
from citizen.core import audit
from citizen.core.db import db
from citizen.participation.demo import make_demo_city
from polls.actions import poll_by_slug
from polls.models import Poll, PollForm
from tests.browser.watching import BROWSER, answers, counts
from tests.makers import make_poll

pytestmark = BROWSER

Visit = Callable[..., Page]
SEND = "Send my answer"
THANKS = "Thank you. Your answer counts."


def at(poll: Poll) -> str:
    return f"/riverton/polls/{poll.slug}"


def test_two_taps_answer_the_demo_poll_and_show_the_result(app: Flask, phone: Visit) -> None:
    city = make_demo_city(by=audit.COMMAND_LINE)
    poll = poll_by_slug("transport-app", city.id)
    db.session.commit()
    before = answers(poll)
    page = phone(at(poll))
    page.get_by_text("Live departure times").tap()
    page.get_by_role("button", name=SEND).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("table")).to_contain_text("Live departure times")
    assert page.url.endswith(at(poll)), "the answer arrived without a new page"
    assert answers(poll) == before + 1


def test_the_answer_comes_back_in_view_and_the_next_visit_says_so(phone: Visit, poll: Poll) -> None:
    page = phone(at(poll))
    page.get_by_text("Tickets").tap()
    page.get_by_role("button", name=SEND).tap()
    expect(page.get_by_role("heading", name=THANKS)).to_be_in_viewport()
    page.goto(at(poll))
    expect(page.get_by_text("You have answered this on this device.")).to_be_visible()


@pytest.mark.parametrize("form", ["multiple", "single", "rank", "scale", "yes_no"])
def test_without_javascript_one_page_more_confirms(visit: Visit, city: City, form: str) -> None:
    ends = {"scale_low": {"en": "bad"}, "scale_high": {"en": "good"}} if form == "scale" else {}
    poll = make_poll(city, form=PollForm(form), **ends)
    page = visit(at(poll), java_script_enabled=False)
    choose_something(page, form)
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this your answer?")
    assert answers(poll) == 0
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("Your answer counts.")).to_be_visible()
    assert answers(poll) == 1


def choose_something(page: Page, form: str) -> None:
    if form == "rank":
        page.get_by_label("Times").select_option("1")
        page.get_by_label("Maps").select_option("2")
    else:
        page.get_by_text({"scale": "4", "yes_no": "Yes"}.get(form, "Times"), exact=True).first.click()


def test_without_javascript_a_mistake_is_explained_and_nothing_is_lost(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll), java_script_enabled=False)
    for label in ("Tickets", "Times", "Maps"):
        page.get_by_text(label).click()
    page.get_by_role("button", name=SEND).click()
    expect(page).to_have_title(f"Error: {poll.title['en']} – Riverton")
    assert page.locator(":checked").count() == 3
    page.get_by_text("Maps").click()
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_text("Your answer counts.")).to_be_visible()
    assert counts(poll) == {"Tickets": 1, "Times": 1, "Maps": 0}


def test_by_keyboard_alone(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll))
    tab_to(page, "Tickets")
    page.keyboard.press("Space")
    tab_to(page, "Maps")
    page.keyboard.press("Space")
    tab_to(page, SEND)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert counts(poll) == {"Tickets": 1, "Maps": 1, "Times": 0}


def tab_to(page: Page, name: str) -> None:
    """Press the tab key until something with this name has the focus, and can be seen to have it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        label = focused.evaluate("e => (e.labels?.[0] ?? e).textContent.trim()")
        if label == name:
            assert focused.evaluate(FOCUS_SHOWS), f"nobody can see that {name} has the focus"
            return
    raise AssertionError(f"the tab key does not lead to {name}")


FOCUS_SHOWS = """element => [element, element.closest("label")].some((one) => {
  const style = one && getComputedStyle(one);
  return style && (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none");
})"""


def test_choosing_too_many_is_explained_and_never_blocked(phone: Visit, poll: Poll) -> None:
    page = phone(at(poll))
    line = page.locator("[data-count]")
    expect(line).to_have_text("0 of 2 chosen")
    page.get_by_text("Tickets").tap()
    expect(line).to_have_text("1 of 2 chosen")
    page.get_by_text("Times").tap()
    page.get_by_text("Maps").tap()
    expect(line).to_have_class("over")
    expect(line).to_contain_text("3")
    assert page.locator("input:disabled").count() == 0
    page.get_by_role("button", name=SEND).tap()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title(f"Error: {poll.title['en']} – Riverton")
    page.get_by_text("Maps").tap()
    page.get_by_role("button", name=SEND).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert counts(poll) == {"Tickets": 1, "Times": 1, "Maps": 0}


def test_ranking_by_buttons(phone: Visit, city: City) -> None:
    poll = make_poll(city, form=PollForm.RANK, choose_max=3)
    page = phone(at(poll))
    for label in ("Tickets", "Times", "Maps"):
        page.get_by_role("button", name=label, exact=True).tap()
    for act, label in (("up", "Maps"), ("up", "Maps"), ("remove", "Times")):
        page.locator(".ranked li", has_text=label).locator(f"[data-act={act}]").tap()
    assert page.locator(".ranked .rank-label").all_inner_texts() == ["Maps", "Tickets"]
    page.get_by_role("button", name=SEND).tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert counts(poll) == {"Maps": 1, "Tickets": 0, "Times": 0}


def test_ranking_by_keyboard(visit: Visit, city: City) -> None:
    poll = make_poll(city, form=PollForm.RANK, choose_max=3)
    page = visit(at(poll))
    for label in ("Times", "Tickets"):
        page.get_by_role("button", name=label, exact=True).press("Enter")
    page.locator(".ranked li", has_text="Tickets").locator("[data-act=up]").press("Enter")
    expect(page.locator("[data-ranking] [role=status]")).to_contain_text("Tickets")
    page.get_by_role("button", name=SEND).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    assert counts(poll) == {"Tickets": 1, "Times": 0, "Maps": 0}


def test_choices_that_were_not_sent_survive_a_reload(phone: Visit, poll: Poll) -> None:
    page = phone(at(poll))
    page.get_by_text("Maps").tap()
    key = page.locator("input[name=key]").input_value()
    page.reload()
    expect(page.get_by_label("Maps")).to_be_checked()
    assert page.locator("input[name=key]").input_value() == key


def test_in_german(visit: Visit, city: City) -> None:
    poll = make_poll(city, title={"en": "Which one?", "de": "Welche?"})
    page = visit(at(poll), locale="de-DE")
    expect(page.get_by_role("heading", level=1)).to_have_text("Welche?")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which one?")
