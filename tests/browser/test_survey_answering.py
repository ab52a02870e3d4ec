"""A sheet is filled in on a phone, page by page, without the server: every kind of question, by tap and by keyboard."""

from playwright.sync_api import Locator, Page, expect

from citizen.cities.models import City
from tests.browser.conftest import Visit
from tests.browser.sheets import (
    BACK,
    CHECK,
    NEXT,
    SEND,
    arrived,
    at,
    everything,
    go,
    heading,
    kept_on,
    make_drawn_districts,
    sheets,
    short,
)
from tests.browser.survey import ROOT_CHANGES, WIDER
from tests.browser.watching import BROWSER, NARROW, PHONE, axe_findings
from tests.surveys.makers import MODES, choice, make_wave, question, section

pytestmark = BROWSER

ANSWERED = {
    "mode": "car",
    "others": ["bus", "bike"],
    "why": "Rain",
    "order": ["bike", "bus"],
    "grid": {"a": "yes", "b": "no"},
    "talk": {"s1": "agree"},
    "rate": 4,
    "nps": 10,
    "age": 41,
    "since": "2001-02-02",
    "job": "Baker",
    "home": {"district": "south"},
    "ok": True,
}


def is_well_made(page: Page) -> None:
    """Nothing for axe to find, and nothing that sticks out, however narrow, large or turned round the page is."""
    assert axe_findings(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate(WIDER) == []
    page.set_viewport_size(PHONE)
    for kind, there, back in ROOT_CHANGES:
        page.evaluate(there)
        assert page.evaluate(WIDER) == [], kind
        page.evaluate(back)


def test_every_kind_by_tap_and_every_page_is_well_made(phone: Visit, city: City) -> None:
    make_drawn_districts(city)
    wave = make_wave(city, everything())
    page = phone(at(wave), reduced_motion="reduce")
    go(page)
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page).to_have_title("Error: Travel – City and you – Riverton")
    is_well_made(page)
    tap_travel(page)
    is_well_made(page)
    go(page)
    expect(heading(page)).to_be_focused()
    expect(page).to_have_title("Views – City and you – Riverton")
    tap_views(page)
    is_well_made(page)
    go(page)
    tap_you(page)
    is_well_made(page)
    go(page, CHECK)
    expect(page.locator("[data-summary]")).to_contain_text("Quick: Agree")
    is_well_made(page)
    go(page, SEND)
    arrived(page)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page).to_have_title("Thank you. Your answers count. – City and you – Riverton")
    is_well_made(page)
    assert sheets(wave) == [ANSWERED]
    assert kept_on(page) == []


def asked(page: Page, code: str) -> Locator:
    return page.locator(f"#q-{code}")


def tap_travel(page: Page) -> None:
    asked(page, "mode").get_by_text("Car").tap()
    for label in ("Bus", "Bike"):
        asked(page, "others").get_by_text(label).tap()
    asked(page, "why").get_by_role("textbox").fill("Rain")


def tap_views(page: Page) -> None:
    expect(page.get_by_role("heading", name="What matters when you take the Car?")).to_be_visible()
    for label in ("Bike", "Bus"):
        asked(page, "order").get_by_role("button", name=label, exact=True).tap()
    for row, label in (("Quick", "Agree"), ("Safe", "Disagree")):
        asked(page, "grid").get_by_role("radiogroup", name=row).get_by_text(label, exact=True).tap()
    asked(page, "talk").get_by_role("radiogroup", name="More trees").get_by_text("Agree", exact=True).tap()
    asked(page, "rate").get_by_text("4", exact=True).tap()
    asked(page, "nps").locator("label", has_text="10").tap()


def tap_you(page: Page) -> None:
    asked(page, "age").get_by_role("textbox").fill("41")
    asked(page, "since").locator("input").fill("2001-02-02")
    asked(page, "job").get_by_role("textbox").fill("Baker")
    asked(page, "home").get_by_role("combobox").select_option("South")
    asked(page, "ok").get_by_text("I agree").tap()


def test_every_kind_by_keyboard_alone(visit: Visit, city: City) -> None:
    make_drawn_districts(city)
    wave = make_wave(city, everything())
    page = visit(at(wave))
    keys = page.keyboard
    reach(page, "#q-mode input")
    press(page, "ArrowDown ArrowDown")
    for _box in range(2):
        reach(page, "#q-others input:not(:checked)")
        keys.press("Space")
    reach(page, "#q-why textarea")
    keys.type("Rain")
    reach(page, "[data-go=next]")
    keys.press("Enter")
    expect(heading(page)).to_be_focused()
    rank_and_choose(page)
    reach(page, "[data-go=next]")
    keys.press("Enter")
    expect(heading(page)).to_be_focused()
    write_about_oneself(page)
    keys.press("Enter")
    expect(heading(page)).to_have_text("Check your answers")
    reach(page, "[data-go=next]")
    keys.press("Enter")
    arrived(page)
    assert sheets(wave) == [ANSWERED | {"home": {"district": "south", "point": [8.05, 50.048]}}]


def reach(page: Page, selector: str) -> None:
    """Press the tab key until this has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the tab key does not lead to {selector}")


def press(page: Page, names: str) -> None:
    for name in names.split():
        page.keyboard.press(name)


def rank_and_choose(page: Page) -> None:
    for code in ("bike", "bus"):
        name = code.title()
        page.locator("#q-order").get_by_role("button", name=name, exact=True).focus()
        page.keyboard.press("Enter")
    for selector, names in (
        ("#q-grid [data-row=a] input", "Space ArrowDown ArrowDown"),
        ("#q-grid [data-row=b] input", "Space"),
        ("#q-talk [data-row=s1] input", "Space"),
        ("#q-rate input", "Space ArrowRight ArrowRight ArrowRight"),
        ("#q-nps input", "ArrowLeft"),
    ):
        reach(page, selector)
        press(page, names)
    press(page, "ArrowLeft ArrowRight")


def write_about_oneself(page: Page) -> None:
    reach(page, "#q-age input")
    page.keyboard.type("41")
    reach(page, "#q-since input")
    page.keyboard.type("02022001")
    reach(page, "#q-job input")
    page.keyboard.type("Baker")
    reach(page, "#q-home svg")
    press(page, "ArrowDown")
    reach(page, "#q-ok input")
    page.keyboard.press("Space")


def test_questions_come_and_go_and_what_was_dropped_is_said(phone: Visit, city: City) -> None:
    wave = make_wave(city)
    page = phone(at(wave))
    expect(asked(page, "why")).to_be_hidden()
    asked(page, "mode").get_by_text("Car").tap()
    asked(page, "why").get_by_role("textbox").fill("Rain")
    asked(page, "mode").get_by_text("Bus").tap()
    expect(asked(page, "why")).to_be_hidden()
    for button in (NEXT, NEXT, CHECK):
        go(page, button)
    expect(page.locator("[data-dropped]")).to_contain_text("Why the car?")
    expect(page.locator("[data-summary]")).not_to_contain_text("Why the car?")
    go(page, SEND)
    arrived(page)
    assert sheets(wave) == [{"mode": "bus"}]


def test_skipped_pages_are_not_shown_and_progress_counts_what_is_still_to_come(phone: Visit, city: City) -> None:
    document = short()
    document["sections"][0]["questions"][0]["skips"] = [{"when": ["=", ["answer", "name"], "no"], "to": "third"}]
    page = phone(at(make_wave(city, document)))
    progress = page.locator("[data-progress]")
    expect(progress).to_contain_text("Question 1 of 3")
    page.get_by_role("textbox").fill("no")
    expect(progress).to_contain_text("Question 1 of 2, about 1 minute left")
    go(page)
    expect(heading(page)).to_have_text("Third")
    expect(progress.locator("progress")).to_have_js_property("position", 0.5)


def test_an_answer_can_be_removed_and_what_was_written_beside_other_goes_with_it(phone: Visit, city: City) -> None:
    options = [*MODES, choice("x", "Something else", role="other")]
    page = phone(
        at(
            make_wave(
                city, {"title": {"en": "One"}, "sections": [section("s", question("how", "single", options=options))]}
            )
        )
    )
    asked(page, "how").get_by_text("Something else").tap()
    asked(page, "how").get_by_role("textbox").fill("On foot")
    page.get_by_role("button", name="Remove my answer").tap()
    expect(page.get_by_role("button", name="Remove my answer")).to_be_hidden()
    go(page, CHECK)
    expect(page.locator("[data-summary]")).to_contain_text("Not answered")


def test_one_question_on_a_page_is_its_heading(phone: Visit, city: City) -> None:
    page = phone(at(make_wave(city, everything() | {"layout": "question"})))
    asked(page, "mode").get_by_text("Car").tap()
    for text in ("And how else?", "Why the car?"):
        go(page)
        expect(page.get_by_role("heading", level=1, name=text)).to_be_focused()
        expect(page).to_have_title(f"{text} – City and you – Riverton")
        assert axe_findings(page) == []
    page.get_by_role("textbox").press("Shift+Tab")
    go(page, BACK)
    expect(page.get_by_role("heading", level=1, name="And how else?")).to_be_focused()


def test_none_of_these_excludes_the_others_and_can_be_undone(phone: Visit, city: City) -> None:
    page = phone(at(make_wave(city)))
    others = asked(page, "others")
    for label in ("Bus", "Bike", "None of these"):
        others.get_by_text(label).tap()
    expect(others.locator(":checked")).to_have_count(1)
    expect(page.get_by_text("“None of these” takes the place of your other answers.")).to_have_role("status")
    others.get_by_text("None of these").tap()
    expect(others.locator(":checked")).to_have_count(2)
    expect(others.locator("[data-count]")).to_have_text("2 of 2 chosen")
    others.get_by_text("None of these").tap()
    others.get_by_text("Car").tap()
    expect(others.locator(":checked")).to_have_count(1)
    expect(page.get_by_text("“None of these” was taken back.")).to_be_attached()


def test_a_point_on_the_map(phone: Visit, city: City) -> None:
    make_drawn_districts(city)
    document = {"title": {"en": "Where"}, "sections": [section("here", question("home", "place"))]}
    wave = make_wave(city, document)
    page = phone(at(wave))
    plan, districts = page.get_by_role("application"), page.get_by_role("combobox")
    box = plan.bounding_box()
    plan.tap(position={"x": box["width"] / 2, "y": box["height"] / 4})
    expect(districts).to_have_value("north")
    expect(page.locator("path.chosen")).to_have_attribute("data-district", "north")
    assert axe_findings(page) == []
    for _step in range(30):
        plan.press("ArrowDown")
    expect(districts).to_have_value("south")
    districts.select_option("North")
    expect(page.get_by_text("The point was removed.")).to_be_attached()
    expect(page.locator(".point-mark")).to_have_count(0)
    plan.press("Shift+ArrowRight")
    page.get_by_role("button", name="Remove the point").tap()
    expect(plan).to_be_focused()
    go(page, CHECK)
    go(page, SEND)
    arrived(page)
    assert sheets(wave) == [{"home": {"district": "north"}}]
