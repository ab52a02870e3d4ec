"""Lists of ideas in their orders, searched and filtered; the balance of a campaign."""

from datetime import timedelta

import pytest
from flask import Flask

from citizen.core import clock
from ideation.balance import balance
from ideation.listing import Order, Selection, page_of, public_page
from ideation.models import Campaign, Idea, Showing, Status
from tests.ideation.makers import make_campaign, make_idea, make_indexed


@pytest.fixture(autouse=True)
def speaking(app: Flask):
    with app.test_request_context(method="POST"):
        yield


def titles(campaign: Campaign, **values: object) -> list[str]:
    return [idea.title for idea in public_page(campaign, Selection(**values)).ideas]


@pytest.fixture
def listed(campaign) -> Campaign:
    make_indexed(campaign, "Solar roofs", supports=3, comments=1, mix=5, category="buildings", district="north")
    make_indexed(campaign, "Night lights off", supports=9, comments=0, mix=1, category="light", status="declined")
    make_indexed(campaign, "Roof gardens", supports=3, comments=7, mix=3, category="buildings")
    make_indexed(campaign, "Hidden", showing=Showing.HIDDEN)
    make_indexed(campaign, "Waiting", showing=Showing.HELD)
    return campaign


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (Order.NEW, ["Roof gardens", "Night lights off", "Solar roofs"]),
        (Order.SUPPORTED, ["Night lights off", "Roof gardens", "Solar roofs"]),
        (Order.DISCUSSED, ["Roof gardens", "Solar roofs", "Night lights off"]),
        (Order.MIXED, ["Night lights off", "Roof gardens", "Solar roofs"]),
    ],
)
def test_lists_have_four_orders(listed, order, found):
    assert titles(listed, order=order) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"category": "buildings"}, {"Solar roofs", "Roof gardens"}),
        ({"district": "north"}, {"Solar roofs"}),
        ({"status": Status.DECLINED}, {"Night lights off"}),
        ({"words": "roof"}, {"Solar roofs", "Roof gardens"}),
        ({"words": "roofs gard"}, {"Roof gardens"}),
        ({"words": "nothing at all"}, set()),
        ({"words": "%"}, {"Solar roofs", "Roof gardens", "Night lights off"}),
        ({"words": "hidden"}, set()),
    ],
)
def test_lists_are_searched_and_filtered(listed, values, found):
    assert set(titles(listed, **values)) == found


@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_each_other_without_gap_or_repetition(campaign, order):
    for number in range(25):
        make_idea(campaign, f"Idea {number}", supports=number % 3, comments=number % 2, mix=number % 4)
    found, after = [], None
    while True:
        page = page_of(Idea.public_in(campaign), order, after, most=7)
        found += [idea.id for idea in page.ideas]
        after = page.last
        if after is None:
            break
    assert len(found) == len(set(found)) == 25


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("äpf", ["Äpfel"]),
        ("apf", ["Äpfel"]),
        ("жил", ["Жильё"]),
        ("100", ["1000 trees"]),
        ("10%", ["1000 trees"]),
        ("___", []),
        ("tre", ["1000 trees"]),
    ],
)
def test_the_last_word_may_have_only_begun(campaign, words, found):
    for title in ("Äpfel", "Жильё", "1000 trees", "Trams"):
        make_indexed(campaign, title)
    assert titles(campaign, words=words) == found


def test_lists_know_only_their_campaign(city, listed):
    assert titles(make_campaign(city)) == []


def test_the_balance_counts_what_was_answered_and_how_long_it_took(campaign):
    now = clock.now()
    make_idea(campaign, "Old", created_at=now - timedelta(days=9))
    make_idea(campaign, "One", status="done", created_at=now - timedelta(days=4), answered_at=now)
    make_idea(campaign, "Two", status="declined", created_at=now - timedelta(days=8), answered_at=now)
    make_idea(campaign, "Three", showing=Showing.HIDDEN)
    found = balance(campaign)
    assert (found.ideas, found.answered, found.merged) == (3, 2, 0)
    assert found.median_wait == timedelta(days=6)
    assert found.waiting_since == now - timedelta(days=9)


def test_an_empty_balance_is_a_balance(campaign):
    found = balance(campaign)
    assert (found.ideas, found.answered, found.median_wait, found.waiting_since) == (0, 0, None, None)
