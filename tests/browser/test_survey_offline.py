"""A weak connection while a sheet is filled in: nothing typed is lost, and the sheet arrives once."""

import pytest
from limits import RateLimitItemPerSecond
from playwright.sync_api import Page, Route, expect

from citizen.cities.models import City
from citizen.core import limits
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from surveys.models import SurveyWave
from tests.browser.conftest import Visit
from tests.browser.sheets import SEND, arrived, at, fill_short, go, heading, kept_on, sheets, short
from tests.browser.watching import BROWSER, axe_findings
from tests.surveys.makers import make_wave

pytestmark = BROWSER

SENDS = "**/answers*"
FILLED = {"name": "Elm Row", "hours": 6, "wish": "Trees"}


@pytest.fixture
def wave(city: City) -> SurveyWave:
    return make_wave(city, short())


def without_network(page: Page) -> None:
    page.watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch", "ERR_FAILED")
    page.context.set_offline(True)


def problem(page: Page) -> str:
    line = page.get_by_role("alert")
    expect(line).not_to_be_empty()
    return line.inner_text()


def test_offline_from_the_second_page_on_it_goes_out_when_the_network_is_back(phone: Visit, wave: SurveyWave) -> None:
    page = phone(at(wave))
    without_network(page)
    fill_short(page)
    go(page, SEND)
    assert "kept on this device" in problem(page)
    assert axe_findings(page) == []
    assert sheets(wave) == []
    page.context.set_offline(False)
    arrived(page)
    assert sheets(wave) == [FILLED]
    assert kept_on(page) == []


def test_a_sheet_that_waits_goes_out_at_the_next_visit(phone: Visit, wave: SurveyWave) -> None:
    page = phone(at(wave))
    fill_short(page)
    without_network(page)
    go(page, SEND)
    assert "kept on this device" in problem(page)
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(at(wave, ""))
    expect(page.get_by_role("heading", name="Thank you. Your answers count.")).to_be_visible()
    page.goto(at(wave, ""))
    assert sheets(wave) == [FILLED]
    assert kept_on(page) == []


def test_a_reply_that_was_lost_after_the_commit_is_asked_for_again(phone: Visit, wave: SurveyWave) -> None:
    page = phone(at(wave))
    page.watch.expect("ERR_FAILED", "Failed to fetch")
    cut = [True]

    def lose_the_reply(route: Route) -> None:
        if cut.pop():
            route.fetch()
            route.abort()

    page.route(SENDS, lose_the_reply)
    fill_short(page)
    go(page, SEND)
    assert "did not arrive" in problem(page)
    assert sheets(wave) == [FILLED], "it was counted, only the reply got lost"
    page.unroute(SENDS)
    page.context.clear_cookies()
    page.reload()
    arrived(page)
    assert sheets(wave) == [FILLED]


def test_a_double_click_sends_once(visit: Visit, wave: SurveyWave) -> None:
    page = visit(at(wave))
    sent = []
    fill_short(page)
    page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/answers") else None)
    page.get_by_role("button", name=SEND).dblclick(no_wait_after=True)
    arrived(page)
    assert len(sent) == 1
    assert len(sheets(wave)) == 1


def test_an_ill_server_and_a_cafes_network_take_nothing_away(phone: Visit, wave: SurveyWave) -> None:
    page = phone(at(wave))
    page.watch.expect("503")
    fill_short(page)
    page.route(SENDS, lambda route: route.fulfill(status=503))
    go(page, SEND)
    assert "did not arrive" in problem(page)
    page.unroute(SENDS)
    page.route(SENDS, lambda route: route.fulfill(body="<h1>Free wifi: please sign in</h1>", content_type="text/html"))
    go(page, "Try again")
    expect(page.get_by_role("button", name="Try again")).to_be_enabled()
    page.unroute(SENDS)
    go(page, "Try again")
    arrived(page)
    assert sheets(wave) == [FILLED]


@pytest.fixture
def slow_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """One answer in two seconds from this network, so that the second one has to wait."""
    strict = RateLimitItemPerSecond(1, 2)
    monkeypatch.setattr(limits.seconds_to_wait, "__kwdefaults__", {"limit": strict})


def test_it_waits_where_too_many_answer_at_once(visit: Visit, wave: SurveyWave, slow_network: None) -> None:
    first, second = visit(at(wave)), visit(at(wave))
    second.watch.expect("429")
    for page in (first, second):
        page.route("**/answer", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
        page.watch.expect("ERR_FAILED")
        fill_short(page)
    go(first, SEND)
    arrived(first)
    go(second, SEND)
    assert "We send your answers again in" in problem(second)
    arrived(second)
    assert len(sheets(wave)) == 2


def test_what_was_begun_in_time_is_taken_after_the_close_and_later_no_more(phone: Visit, wave: SurveyWave) -> None:
    in_time, too_late = phone(at(wave)), phone(at(wave))
    too_late.watch.expect("409")
    for page in (in_time, too_late):
        fill_short(page)
    running.close(wave, by=COMMAND_LINE)
    db.session.commit()
    go(in_time, SEND)
    arrived(in_time)
    wave.grace_minutes = 0
    db.session.commit()
    go(too_late, SEND)
    expect(too_late.get_by_text("This survey has closed. Your answers came too late to count.")).to_be_visible()
    assert len(sheets(wave)) == 1


def test_where_the_browser_may_keep_nothing_the_open_page_still_sends(phone: Visit, wave: SurveyWave) -> None:
    page = phone("about:blank")
    page.add_init_script("Storage.prototype.setItem = Storage.prototype.getItem = () => { throw new Error(); }")
    page.goto(at(wave))
    fill_short(page)
    without_network(page)
    go(page, SEND)
    problem(page)
    page.context.set_offline(False)
    arrived(page)
    assert sheets(wave) == [FILLED]


def test_what_was_typed_before_the_network_went_is_there_after_a_reload(phone: Visit, wave: SurveyWave) -> None:
    page = phone(at(wave))
    page.route("**/answer", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    page.watch.expect("ERR_FAILED")
    page.get_by_label("What do you call your street?").fill("Elm Row")
    go(page)
    page.get_by_label("How many hours").fill("6")
    page.reload()
    expect(heading(page)).to_have_text("Second")
    expect(page.get_by_label("How many hours")).to_have_value("6")
    expect(page.get_by_text("These are your answers from last time.")).to_be_visible()
