"""One campaign through all its stages: suggested on a phone, curated, merged, voted on, answered, and told by mail."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from citizen.accounts.models import Role
from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE, record
from citizen.core.db import db
from citizen.core.mail import OutgoingMail
from ideation import jobs, undoing
from ideation.models import Campaign, Idea, StageKind
from tests.accounts.makers import make_colleague
from tests.browser.conftest import Visit
from tests.browser.watching import BROWSER, DESK
from tests.makers import sign_in

pytestmark = BROWSER

QUESTION = "How could the city reduce its electricity consumption?"
METHODS = {"points": "Points: spread", "budget": "Budget: ideas have costs"}


@pytest.fixture
def console(app: Flask, visit: Visit, city: City) -> Page:
    """The console, open in an admin's browser."""
    cookie = sign_in(app.test_client(), make_colleague(city, Role.ADMIN)).get_cookie("plaza-session")
    db.session.commit()
    page = visit("about:blank", viewport=DESK)
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.watch.address}])
    page.goto("/riverton/staff/ideas/")
    return page


@pytest.mark.parametrize("method", list(METHODS))
def test_from_a_question_to_what_became_of_an_idea(app, console: Page, phone: Visit, monkeypatch, method: str) -> None:
    monkeypatch.setattr(jobs, "TIME_TO_UNDO", undoing.TIME_TO_UNDO * 0)
    address = plan_and_publish(console, method)
    suggest(phone, address, "Solar roofs on all schools", "The roofs are large and empty.", mail="ana@example.org")
    suggest(phone, address, "Dim the street lights at night", "Nobody is out at three o'clock.", mail="bo@example.org")
    suggest(phone, address, "Put solar roofs on every school", "The sun shines for free.", mail="cleo@example.org")
    support_instead(phone, address)
    merge(console, "Put solar roofs on every school", "Solar roofs on all schools")
    put_on_ballot(console)
    move(StageKind.VOTE, -1, 7)
    for points in ({"Solar": 3, "Dim": 1}, {"Solar": 2}):
        vote(phone, address, method, points)
    move(StageKind.VOTE, -7, -1)
    jobs.end_votes()
    read_result(phone, address, method)
    answer(console, "Solar roofs on all schools", "Accepted", "We build them on the three largest schools.")
    mails = tell()
    hear_once(mails)
    read_own_page(phone, mails)


def plan_and_publish(page: Page, method: str) -> str:
    """A campaign that takes ideas now and lets people vote next week. Its public address."""
    page.get_by_role("link", name="Plan the first campaign").click()
    page.locator("#title_en").fill(QUESTION)
    page.locator("#title_de").fill("Wie kann die Stadt Strom sparen?")
    page.get_by_text(METHODS[method]).click()
    page.locator("#votes_max").fill("5")
    page.locator("#per_idea_max").fill("3")
    if method == "budget":
        page.locator("#budget").fill("100000")
        page.get_by_text("Spread points").click()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    return page.get_by_label("Address", exact=True).input_value().removeprefix("http://localhost")


def suggest(phone: Visit, address: str, title: str, text: str, *, mail: str) -> None:
    """On a phone, without an account; the private page takes the address for news."""
    page = phone(address)
    page.get_by_role("link", name="Suggest an idea").first.tap()
    page.locator("#title").fill(title)
    page.locator("#text").fill(text)
    page.get_by_role("button", name="Send my idea").tap()
    expect(page.get_by_text("Thank you. Your idea has arrived.")).to_be_visible()
    page.locator("#email").fill(mail)
    page.get_by_role("button", name="Send me the link").tap()
    expect(page.get_by_text("We have sent you a mail.")).to_be_visible()
    page.goto(link_in(mail, "confirmation"))
    page.get_by_role("button", name="Yes, write to me").tap()
    expect(page.get_by_text("Your address is confirmed.")).to_be_visible()


def support_instead(phone: Visit, address: str) -> None:
    """Somebody begins to write the same, sees that it is there already, and supports it."""
    page = phone(f"{address}/new")
    page.locator("#title").press_sequentially("solar roofs schools")
    page.locator(".similar-idea", has_text="Solar roofs on all schools").get_by_role("button").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Solar roofs on all schools")
    expect(page.locator("#part")).to_contain_text("You are one of them.")


def merge(page: Page, gone: str, stays: str) -> None:
    page.goto(f"/riverton/staff/ideas/{campaign().slug}/ideas")
    for title in (gone, stays):
        page.get_by_label(f"Choose: {title}", exact=True).check()
    page.get_by_role("button", name="Merge").click()
    page.locator("#into").select_option(label=stays)
    page.get_by_role("button", name="Merge").click()
    expect(page.locator("tr", has_text=gone)).to_contain_text("Merged into another idea")


def put_on_ballot(page: Page) -> None:
    """With the keyboard: down, tick, down, tick."""
    page.locator("#showing").select_option(label="Public")
    expect(page.locator("[data-row]")).to_have_count(2)
    page.locator("h1").click()
    for key in "jxjx":
        page.keyboard.press(key)
    page.get_by_role("button", name="Put on the ballot").click()
    page.get_by_role("button", name="Put on the ballot").click()
    expect(page.get_by_text("Done: 2 ideas.")).to_be_visible()
    for idea, cost in zip(db.session.scalars(Idea.public_in(campaign())), (60_000, 70_000), strict=True):
        idea.assessed_cost = cost
    db.session.commit()


def vote(phone: Visit, address: str, method: str, points: dict[str, int]) -> None:
    page = phone(address)
    page.get_by_role("link", name="Vote now").tap()
    for begin, number in points.items():
        page.locator("[data-points-row]", has_text=begin).locator("input").fill(str(number))
    expect(page.locator("[data-points-left]")).to_contain_text("points left")
    page.get_by_role("button", name="Send my ballot").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def read_result(phone: Visit, address: str, method: str) -> None:
    page = phone(f"{address}/results")
    if method == "budget":
        expect(page.locator(".finding").first).to_have_text(
            "1 idea gets the money it needs: 60,000 EUR of 100,000 EUR."
        )
        expect(page.get_by_role("heading", name="How the winners came about")).to_be_visible()
    else:
        expect(page.locator(".finding").first).to_have_text("“Solar roofs on all schools” got most.")
    expect(page.locator("table")).to_contain_text("5")


def answer(page: Page, title: str, status: str, sentence: str) -> None:
    page.goto(f"/riverton/staff/ideas/{campaign().slug}/ideas")
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("button", name="Answer: set the status").click()
    page.locator("#status").select_option(label=status)
    page.locator("#sentence_en").fill(sentence)
    page.get_by_role("button", name="Answer: set the status").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def tell() -> list[OutgoingMail]:
    """The work of three minutes. All mails with news."""
    db.session.commit()
    for _minute in range(3):
        jobs.note_who_hears()
        jobs.tell_contributors()
    news = select(OutgoingMail).where(OutgoingMail.way_out.is_not(None)).order_by(OutgoingMail.id)
    mails = list(db.session.scalars(news))
    db.session.commit()
    return mails


def hear_once(mails: list[OutgoingMail]) -> None:
    """Who proposed the idea, or the one that was merged into it, hears of the answer, once each."""
    told = [mail.to for mail in mails if "We build them on the three largest schools." in mail.body]
    assert sorted(told) == ["ana@example.org", "cleo@example.org"]


def read_own_page(phone: Visit, mails: list[OutgoingMail]) -> None:
    mail = next(mail for mail in mails if mail.to == "ana@example.org")
    page = phone(re.search(r"http://localhost(/\S+/mine/\S+)", mail.body)[1])
    expect(page.get_by_role("heading", level=1)).to_have_text("What became of what I said")
    expect(page.locator("main")).to_contain_text("We build them on the three largest schools.")


def link_in(address: str, kind: str) -> str:
    db.session.commit()
    mail = db.session.scalars(select(OutgoingMail).filter_by(to=address)).one()
    db.session.commit()
    return str(re.search(rf"http://localhost(/\S+/{kind}/\S+)", mail.body)[1])


def campaign() -> Campaign:
    found = db.session.scalars(select(Campaign)).unique().one()
    db.session.commit()
    return found


def move(kind: StageKind, opens: int, closes: int) -> None:
    """Let a stage run from so many days ago to so many days ahead, as if time had passed."""
    found = campaign()
    stage = found.stage(kind)
    stage.opens_at, stage.closes_at = clock.now() + timedelta(days=opens), clock.now() + timedelta(days=closes)
    found.opens_at, found.closes_at = stage.opens_at - timedelta(days=1), stage.closes_at + timedelta(days=1)
    record("let time pass", "campaign", by=COMMAND_LINE, city_id=found.city_id)
    db.session.commit()
