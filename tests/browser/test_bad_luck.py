"""A weak connection, a nervous finger, a full bus: nothing is lost, and nothing counts twice."""

from collections.abc import Callable

import pytest
from limits import RateLimitItemPerSecond
from playwright.sync_api import Page, Route, expect

from citizen.core import limits
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from polls.models import Poll
from tests.browser.test_answering import SEND, THANKS, at
from tests.browser.watching import BROWSER, answers, counts

pytestmark = BROWSER

Visit = Callable[..., Page]
SENDS = "**/polls/*"


def is_sent(route: Route) -> bool:
    return route.request.method == "POST"


def finished(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)


def test_a_double_click_counts_once(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll))
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_text("Maps").click()
    page.get_by_role("button", name=SEND).dblclick(no_wait_after=True)
    finished(page)
    assert len(sent) == 1
    assert answers(poll) == 1


def test_a_double_click_without_javascript_counts_once(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll), java_script_enabled=False)
    page.get_by_text("Maps").click()
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("button", name=SEND).dblclick(no_wait_after=True)
    expect(page.get_by_text("Your answer counts.")).to_be_visible()
    assert answers(poll) == 1


def test_starting_again_without_javascript_counts_once(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll), java_script_enabled=False)
    for label, said in (("Maps", "Your answer counts."), ("Tickets", "You have already answered.")):
        page.goto(at(poll))
        page.get_by_text(label).click()
        page.get_by_role("button", name=SEND).click()
        page.get_by_role("button", name=SEND).click()
        expect(page.get_by_text(said)).to_be_visible()
    assert counts(poll) == {"Maps": 1, "Tickets": 0, "Times": 0}


def test_going_back_to_the_page_with_javascript_counts_once(visit: Visit, poll: Poll) -> None:
    page = visit(at(poll))
    page.get_by_text("Maps").click()
    page.get_by_role("button", name=SEND).click()
    finished(page)
    page.goto("/riverton/")
    page.go_back()
    page.get_by_text("Tickets").first.click()
    page.get_by_role("button", name=SEND).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have already answered")
    assert counts(poll) == {"Maps": 1, "Tickets": 0, "Times": 0}


def test_the_network_is_gone_between_commit_and_reply(phone: Visit, poll: Poll) -> None:
    page = phone(at(poll))
    page.watch.expect("ERR_FAILED", "Failed to fetch")
    cut = [True]

    def lose_the_reply(route: Route) -> None:
        if not (is_sent(route) and cut.pop()):
            route.fallback()
            return
        route.fetch()
        route.abort()

    page.route(SENDS, lose_the_reply)
    page.get_by_text("Maps").tap()
    page.get_by_role("button", name=SEND).tap()
    expect(page.get_by_role("alert")).to_contain_text("Your answer did not arrive. Nothing is lost.")
    assert answers(poll) == 1, "the first send was counted, only its reply got lost"
    page.unroute(SENDS)
    page.get_by_role("button", name="Try again").tap()
    finished(page)
    assert answers(poll) == 1


def test_without_a_connection_the_choice_waits(phone: Visit, poll: Poll) -> None:
    page = phone(at(poll))
    page.watch.expect("ERR_INTERNET_DISCONNECTED", "Failed to fetch")
    page.get_by_text("Maps").tap()
    page.context.set_offline(True)
    page.get_by_role("button", name=SEND).tap()
    expect(page.get_by_role("alert")).to_contain_text("There is no connection right now.")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").tap()
    finished(page)
    assert counts(poll)["Maps"] == 1


def test_a_failing_server_is_told_apart_from_a_refusal(phone: Visit, poll: Poll) -> None:
    page = phone(at(poll))
    page.watch.expect("503")
    page.route(SENDS, lambda route: route.fulfill(status=503) if is_sent(route) else route.fallback())
    page.get_by_text("Maps").tap()
    page.get_by_role("button", name=SEND).tap()
    expect(page.get_by_role("alert")).to_contain_text("Your answer did not arrive.")
    page.unroute(SENDS)
    page.get_by_role("button", name="Try again").tap()
    finished(page)


def test_the_page_of_a_cafes_network_takes_nothing_away(phone: Visit, poll: Poll) -> None:
    page = phone(at(poll))
    portal = "<html><body><h1>Free wifi: please sign in</h1></body></html>"
    page.route(
        SENDS,
        lambda route: route.fulfill(body=portal, content_type="text/html") if is_sent(route) else route.fallback(),
    )
    page.get_by_text("Maps").tap()
    page.get_by_role("button", name=SEND).tap()
    expect(page.get_by_role("alert")).not_to_be_empty()
    expect(page.get_by_label("Maps")).to_be_checked()
    assert answers(poll) == 0


@pytest.fixture
def slow_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """One answer in two seconds from this network, so that the second one has to wait."""
    strict = RateLimitItemPerSecond(1, 2)
    monkeypatch.setattr(limits.seconds_to_wait, "__kwdefaults__", {"limit": strict})


def test_when_too_many_answer_at_once_the_page_waits_and_sends_by_itself(
    phone: Visit, visit: Visit, poll: Poll, slow_network: None
) -> None:
    first, second = visit(at(poll)), phone(at(poll))
    second.watch.expect("429")
    for page, label in ((first, "Tickets"), (second, "Maps")):
        page.get_by_text(label).click()
    first.get_by_role("button", name=SEND).click()
    finished(first)
    second.get_by_role("button", name=SEND).click()
    expect(second.get_by_role("alert")).to_contain_text("We send your answer again in")
    finished(second)
    assert counts(poll) == {"Tickets": 1, "Maps": 1, "Times": 0}


def test_two_people_on_two_devices_count_twice(visit: Visit, poll: Poll) -> None:
    for _person in range(2):
        page = visit(at(poll))
        page.get_by_text("Times").click()
        page.get_by_role("button", name=SEND).click()
        finished(page)
    assert counts(poll)["Times"] == 2


def test_a_poll_that_closes_meanwhile_says_so(phone: Visit, poll: Poll) -> None:
    page = phone(at(poll))
    page.watch.expect("409")
    page.get_by_text("Maps").tap()
    running.close(poll, by=COMMAND_LINE)
    db.session.commit()
    page.get_by_role("button", name=SEND).tap()
    expect(page.locator("#answer")).to_contain_text("This poll has closed.")
    assert answers(poll) == 0
